"""A language model drives whole scenes over the real protocol, and whatever it does, a scene comes out."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sage.chat import Chat, Endpoint, Limits
from sage.chat_reader import read_with_model
from sage.errors import ChatFailed, TaskNotUnderstood, UserError
from sage.task import Task
from service.wiring import generate

PROMPT = "a closet"
BUILD = (
    ("floor_plan", {}),
    ("furnish", {"density": "sparse"}),
    ("populate", {"density": "sparse"}),
    ("settle", {}),
)

Turn = Callable[[dict[str, Any]], Any]
"""Takes a request; returns a message, an HTTP status, or raw bytes."""


def say(text: str) -> Turn:
    return lambda request: {"role": "assistant", "content": text}


def call(*calls: tuple[str, Any]) -> Turn:
    texts = [(name, given if isinstance(given, str) else json.dumps(given)) for name, given in calls]
    listed = [
        {"id": f"call_{k}", "type": "function", "function": {"name": name, "arguments": text}}
        for k, (name, text) in enumerate(texts)
    ]
    return lambda request: {"role": "assistant", "content": None, "tool_calls": listed}


class Model(ThreadingHTTPServer):
    """An endpoint that plays a script, the last turn for ever, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Turn] = []
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        """What a client is given."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    """Answers chat completions."""

    server: Model

    def do_POST(self) -> None:
        """Play the next turn."""
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(request)
        script = self.server.script
        answer = (script.pop(0) if len(script) > 1 else script[0])(request)
        if isinstance(answer, int):
            self.send(answer, b'{"error": {"message": "not now"}}')
        elif isinstance(answer, bytes):
            self.send(200, answer)
        else:
            body = {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": "scripted",
                "choices": [{"index": 0, "message": answer, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
            }
            self.send(200, json.dumps(body).encode())

    def send(self, status: int, body: bytes) -> None:
        """Send one answer."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    server = Model()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("SAGE_MODEL", "scripted")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    yield server
    server.shutdown()
    server.server_close()


def understood(**fields: Any) -> Turn:
    """Answer the reading of `PROMPT`, or of what `fields` say."""
    task = {"kind": "room", "rooms": ["closet"]} | fields
    return say(json.dumps(task))


def make(model: Model, out: Path, **limits: Any) -> tuple[Any, dict[str, Any]]:
    given = Limits(**({"turns": 8, "seconds": 60.0, "request_s": 5.0} | limits))
    result = generate(PROMPT, out=out, density="sparse", planner="openai", limits=given)
    return result, json.loads((out / "report.json").read_text())


def test_a_competent_model_builds_the_scene_by_itself(model: Model, tmp_path: Path) -> None:
    model.script = [understood(), call(*BUILD)]
    result, report = make(model, tmp_path / "scene")
    assert result.accepted
    assert result.planner == "openai scripted"
    assert report["language_model"]["gave_up"] == ""
    assert report["language_model"]["tokens_in"] == 2000
    assert report["reproducible"] is False
    reading, planning = model.asked
    assert reading["response_format"]["type"] == "json_schema"
    assert {tool["function"]["name"] for tool in planning["tools"]} >= {"floor_plan", "furnish", "settle"}


def test_a_call_with_wrong_arguments_comes_back_with_what_is_wrong(model: Model, tmp_path: Path) -> None:
    wrong = call(("floor_plan", {"grow": 99}), ("paint", {}), ("floor_plan", "{grow"))
    model.script = [understood(), wrong, call(("floor_plan", {}), ("furnish", {"density": 3})), call(*BUILD)]
    result, report = make(model, tmp_path / "scene")
    assert result.accepted and result.planner == "openai scripted"
    complaint = model.asked[2]["messages"][-1]["content"]
    assert "less than or equal to 3" in complaint
    assert "there is no tool 'paint'" in complaint
    assert "not a JSON object" in complaint
    assert "furnish: density" in model.asked[3]["messages"][-1]["content"]
    assert "rejected" in report["transcript"][0]["calls"][1]["outcome"]


@pytest.mark.parametrize(
    ("name", "turn", "why"),
    [
        ("nonsense", say("I like closets."), "held no call"),
        ("garbage", lambda request: b"\x00 data: {]", "the endpoint"),
        ("not a completion", lambda request: b'{"choices": 7}', "no chat completion"),
        ("broken server", lambda request: 500, "the endpoint failed"),
        ("too many requests", lambda request: 429, "the endpoint failed"),
        ("refusal", lambda request: {"role": "assistant", "content": None, "refusal": "no"}, "refused"),
        ("idle for ever", call(("remove_object", {"object_id": "nothing_1"})), "changed nothing"),
    ],
)
def test_whatever_a_model_does_the_scene_is_finished_by_rules(
    model: Model, tmp_path: Path, name: str, turn: Turn, why: str
) -> None:
    model.script = [turn]
    result, report = make(model, tmp_path / "scene")
    assert result.accepted, name
    assert result.planner.endswith("rules")
    assert why in report["language_model"]["gave_up"]
    assert report["transcript"][-1]["planner"] == "rules"


def test_a_model_that_hangs_is_left_after_its_time(model: Model, tmp_path: Path) -> None:
    free = threading.Event()
    model.script = [lambda request: free.wait(20) and 500]
    start = time.monotonic()
    with pytest.raises(ChatFailed, match="not answered within 1 s"):
        Chat(Endpoint("scripted", model.url), Limits(request_s=1.0)).ask([{"role": "user", "content": "?"}])
    assert time.monotonic() - start < 10
    free.set()


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(turns=2), "2 turns"),
        (Limits(tokens=2000), "2000 tokens"),
        (Limits(dollars=0.004, prices=(1.0, 10.0)), "0.004 dollars"),
    ],
)
def test_a_conversation_ends_at_its_limit(model: Model, limits: Limits, why: str) -> None:
    model.script = [say("well")]
    chat = Chat(Endpoint("scripted", model.url), limits)
    chat.ask([{"role": "user", "content": "?"}])
    chat.ask([{"role": "user", "content": "?"}])
    with pytest.raises(ChatFailed, match=why):
        chat.ask([{"role": "user", "content": "?"}])
    assert len(model.asked) == 2


def test_seconds_are_a_limit_too(model: Model) -> None:
    model.script = [say("well")]
    now = iter((0.0, 50.0))
    chat = Chat(Endpoint("scripted", model.url), Limits(seconds=40.0), clock=lambda: next(now))
    chat.ask([{"role": "user", "content": "?"}])
    with pytest.raises(ChatFailed, match="40 seconds"):
        chat.ask([{"role": "user", "content": "?"}])


GERMAN = "Stell die Tasse auf den Tisch"
MUG = {"ids": ["mug_1"], "category": "mug", "name": "mug", "role": "target"}
TABLE = {"ids": ["table_1"], "category": "table", "name": "table", "role": "receptacle"}
GOAL = {"name": "on", "subject": "mug_1", "object": "table_1"}


def read(model: Model, prompt: str, vocabulary: Any) -> Task:
    def grammar(words: str) -> Task:
        from sage.reader import read as by_grammar

        return by_grammar(words, vocabulary)

    return read_with_model(prompt, Chat(Endpoint("scripted", model.url)), vocabulary, grammar)


def test_a_model_reads_what_the_grammar_cannot(model: Model, vocabulary: Any) -> None:
    model.script = [
        understood(kind="task", rooms=["kitchen"], objects=[MUG, TABLE], goal=[GOAL], prompt="else")
    ]
    task = read(model, GERMAN, vocabulary)
    assert task.prompt == GERMAN
    assert [str(relation) for relation in task.goal] == ["on(mug_1, table_1)"]
    assert not task.notes


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"rooms": ["castle"]}, "no type of room 'castle'"),
        ({"objects": [MUG | {"category": "mugg"}]}, "no category 'mugg'; near are mug"),
        ({"objects": [MUG, MUG]}, "used twice"),
        ({"objects": [MUG | {"ids": ["mug; rm"]}]}, "is not like"),
        ({"objects": [MUG], "goal": [GOAL]}, "'table_1', which is no id"),
        ({"goal": [GOAL | {"name": "glued_to"}]}, "goal.0.name"),
        ({"rooms": []}, "rooms"),
    ],
)
def test_a_reading_that_does_not_hold_is_told_back_and_then_left_to_grammar(
    model: Model, vocabulary: Any, answer: dict[str, Any], why: str
) -> None:
    model.script = [understood(**answer)]
    task = read(model, "put the mug on the table", vocabulary)
    assert why in model.asked[1]["messages"][-1]["content"]
    assert [str(relation) for relation in task.goal] == ["on(mug_1, table_1)"]
    assert why in task.notes[-1]


def test_if_neither_understands_both_reasons_are_told(model: Model, vocabulary: Any) -> None:
    model.script = [say("Tasse!")]
    with pytest.raises(TaskNotUnderstood, match=r"English.*no JSON object"):
        read(model, GERMAN, vocabulary)


def test_an_endpoint_must_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SAGE_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UserError, match="SAGE_MODEL"):
        generate(PROMPT, out=tmp_path / "scene", planner="openai")
    monkeypatch.setenv("SAGE_MODEL", "scripted")
    with pytest.raises(UserError, match="OPENAI_API_KEY"):
        generate(PROMPT, out=tmp_path / "scene", planner="openai")
