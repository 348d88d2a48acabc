"""Import contracts, engines imported by their owners only, function sizes, no network in tests."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sage.simulation.verification import ENGINES

pytestmark = pytest.mark.quick

PACKAGES = ("sage", "assets", "generators", "critics", "service")
ROUTES = ("__init__", "batches", "files", "jobs", "operation", "parameters", "scenes", "tasks")
OWNERS = {
    "pybullet": ["sage/simulation/physics.py"],
    "langgraph": ["sage/agent.py", "sage/checkpoint.py"],
    "pxr": [
        *(f"sage/export/{module}.py" for module in ("usd", "usd_geometry", "usd_specs")),
        *(f"sage/importing/usd/{module}.py" for module in ("joined", "layers", "prims", "stage")),
    ],
    "mujoco": ["sage/importing/mjcf.py"],
    "coacd": ["sage/importing/shapes.py"],
    "embreex": ["sage/rendering/raycast.py"],
    "open3d": ["sage/rendering/filament.py"],
    "openai": ["sage/llm.py"],
    "fastapi": [
        *(f"service/http/{name}.py" for name in ("app", "auth", "page/__init__", "problems")),
        *(f"service/http/routes/{name}.py" for name in ROUTES),
        *(f"service/http/{name}.py" for name in ("sending", "state")),
    ],
    "uvicorn": ["service/commands/serve.py", "service/mcp_server.py"],
    "ray": ["service/cluster.py", "service/dataset/batch.py"],
    "mcp": ["service/mcp_server.py"],
}
"""The files of the product that may import an engine; none: nobody does yet, add it here."""

PROGRAMS = "sage/simulation/loaders"
"""Programs that each run in their engine's own environment: no part of the product imports them."""
LOADER_LINES = 30

FORBIDDEN_NAMES = {"utils", "helpers", "manager", "base", "common", "misc"}


@cache
def sources(project: Path) -> list[tuple[str, ast.Module]]:
    paths = (path for package in PACKAGES for path in sorted((project / package).rglob("*.py")))
    return [(str(path.relative_to(project)), ast.parse(path.read_text())) for path in paths]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_layers_import_only_to_the_right(project: Path, clean_environment: dict[str, str]) -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(
        command, cwd=project, env=clean_environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


@pytest.mark.parametrize("engine", OWNERS)
def test_an_engine_is_imported_by_its_owners_alone(project: Path, engine: str) -> None:
    product = [(name, tree) for name, tree in sources(project) if not name.startswith(PROGRAMS)]
    users = [name for name, tree in product if engine in set(imported(tree))]
    assert users == OWNERS[engine]


def test_imports_are_absolute(project: Path) -> None:
    relative = [
        name
        for name, tree in sources(project)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative


def test_programs_for_simulators_import_nothing_of_ours_and_load_briefly(project: Path) -> None:
    programs = [(name, tree) for name, tree in sources(project) if name.startswith(PROGRAMS)]
    assert [Path(name).stem for name, _ in programs] == sorted(f"{name}_scene" for name in ENGINES)
    for name, tree in programs:
        assert not set(PACKAGES) & set(imported(tree)), name
        functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        used = [functions["load"], *(functions[part] for part in ("configure", "place") if part in functions)]
        assert sum((node.end_lineno or 0) - node.lineno + 1 for node in used) <= LOADER_LINES, name


def test_modules_are_named_after_what_they_define(project: Path) -> None:
    assert not [name for name, _ in sources(project) if Path(name).stem in FORBIDDEN_NAMES]


def test_the_core_imports_no_heavy_engine_by_itself(
    clean_environment: dict[str, str], tmp_path: Path
) -> None:
    heavy = {"pybullet", "langgraph", "pxr", "mujoco", "trimesh"}
    code = f"import sage, sage.scene, sage.task, sys; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_tests_are_refused_the_network() -> None:
    with pytest.raises(PermissionError, match="no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(PermissionError, match="no network"):
        socket.getaddrinfo("example.org", 443)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


MOST_PARAMETERS, MOST_LINES = 7, 60
EXEMPT = {
    "service/commands/": "a parameter is an option of the command line",
    "assets/families/": "a builder lists the solids of one object in order",
    "assets/builder.py": "keyword parameters of solids, as in modelling libraries",
    "assets/fittings.py": "the same",
    "assets/plain_body.py": "what a stand-in body must match",
    "service/generation.py:generate": "the fields of SceneRequest, for completion and type checkers",
    "service/augmentation.py:augment": "the same",
}
"""Public functions that may be wider or longer, by path or `path:name`, and why."""


def test_public_functions_are_narrow_and_short(project: Path) -> None:
    found = set()
    for name, tree in sources(project):
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
            width = len({argument.arg for argument in arguments} - {"self", "cls"})
            documented = (ast.get_docstring(node, clean=False) or "").count("\n") + 1
            length = (node.end_lineno or 0) - node.lineno + 1 - documented
            if width > MOST_PARAMETERS or length > MOST_LINES:
                found.add(f"{name}:{node.name}")
    assert not {name for name in found if not name.startswith(tuple(EXEMPT))}
    assert all(any(name.startswith(exempt) for name in found) for exempt in EXEMPT)
