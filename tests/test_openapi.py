"""The service conforms to its OpenAPI document for arbitrary requests."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sage.client import Client
from tests.serving import serving

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
EXAMPLES = 12


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("openapi"), most_waiting=100) as (client, _):
        yield client


@pytest.fixture(scope="module")
def scene(client: Client) -> str:
    return client.wait(client.generate("a kitchen").id).id


@pytest.fixture(scope="module")
def document(client: Client) -> schemathesis.schemas.BaseSchema:
    return schemathesis.openapi.from_url(f"{client.http.base_url}/openapi.json")


@pytest.mark.slow
def test_every_operation_answers_as_documented(
    document: schemathesis.schemas.BaseSchema, client: Client, scene: str
) -> None:
    seen = set()
    for found in document.get_all_operations():
        operation = found.ok()
        seen.add(operation.label)
        _try(operation, scene)
    assert len(seen) >= 18


def _try(operation: schemathesis.schemas.APIOperation, scene: str) -> None:
    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @hypothesis.given(case=_cases(operation), real=hypothesis.strategies.booleans())
    def check(case: schemathesis.Case, real: bool) -> None:
        if real:
            _make_real(case, scene)
        case.call_and_validate(checks=CHECKS)

    check()


def _cases(operation: schemathesis.schemas.APIOperation) -> hypothesis.strategies.SearchStrategy:
    """Return requests as they are documented and, where something is to be sent, others."""
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (operation.body or operation.query or operation.headers):
        return good
    return good | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def _make_real(case: schemathesis.Case, scene: str) -> None:
    """Put the id of a scene and a task that can be understood where others were made up."""
    for name in ("scene_id", "job_id"):
        if name in (case.path_parameters or {}) and case.method != "DELETE":
            case.path_parameters[name] = scene
    body = case.body if isinstance(case.body, dict) else {}
    scenes = body.get("scenes")
    for order in (body, *(scenes if isinstance(scenes, list) else ())):
        if isinstance(order, dict) and isinstance(order.get("task"), str):
            order["task"] = "a kitchen"
            order.pop("bddl", None)
