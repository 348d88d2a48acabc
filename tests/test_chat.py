"""Language models over the real protocol: planning, editing, judging, and every failure."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from sage.context import Context
from sage.critics.vision import VisionCritic
from sage.critique import Critique, Finding, accepted, no_worse
from sage.errors import ChatFailed, TaskNotUnderstood, UserError
from sage.generators import GENERATORS
from sage.geometry import Pose
from sage.language.llm_reader import read_with_model
from sage.llm import Chat, Endpoint, Limits
from sage.planning.language_model import ChatPlanner
from sage.planning.rules import RulesPlanner
from sage.rendering.views import as_png
from sage.scene import Scene
from sage.service.checking import check
from sage.service.commands.display import print_verdicts
from sage.service.editing import edit
from sage.service.generation import generate, resume
from sage.task import Task

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


def make(model: Model, out: Path, **options: Any) -> tuple[Any, dict[str, Any]]:
    given = Limits(turns=8, seconds=60.0, request_s=5.0)
    chosen = {"planner": "openai", "density": "sparse", "limits": given} | options
    result = generate(PROMPT, out=out, **chosen)
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


def test_an_interrupted_conversation_goes_on_and_what_it_used_counts(model: Model, tmp_path: Path) -> None:
    model.script = [understood(), call(*BUILD)]

    def interrupt(step: str) -> None:
        if step == "settle":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(PROMPT, out=tmp_path / "scene", density="sparse", planner="openai", progress=interrupt)
    assert len(model.asked) == 2
    result = resume(tmp_path / "scene")
    assert result.accepted and result.planner == "openai scripted"
    assert len(model.asked) == 2
    assert result.language_model is not None and result.language_model["tokens_in"] == 2000


def test_a_model_edits_a_scene_in_any_language(model: Model, tmp_path: Path) -> None:
    model.script = [understood(), call(*BUILD)]
    scene = make(model, tmp_path / "scene")[0].scene
    spare = next(o.id for o in scene.objects if not scene.supported_by(o.id) and o.support in scene)
    model.script = [call(("remove_object", {"object_id": spare}), ("settle", {"only": []}))]
    model.asked.clear()
    result = edit(tmp_path / "scene", "wirf etwas weg", planner="openai")
    assert {item.id for item in scene.objects} - {item.id for item in result.scene.objects} == {spare}
    assert result.planner == "openai scripted" and result.language_model is not None
    (asked,) = model.asked
    assert "wirf etwas weg" in asked["messages"][1]["content"]
    assert "floor_plan" not in {tool["function"]["name"] for tool in asked["tools"]}
    told = json.loads((tmp_path / "scene" / "report.json").read_text())
    assert told["revision"] == 2 and told["reproducible"] is False


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
        from sage.language.prompt import read as by_grammar

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
        ({"rooms": ["castle"]}, "no room type 'castle'"),
        ({"objects": [MUG | {"category": "mugg"}]}, "no category 'mugg'; the nearest are mug"),
        ({"objects": [MUG, MUG]}, "used twice"),
        ({"objects": [MUG | {"ids": ["mug; rm"]}]}, "is not like"),
        ({"objects": [MUG], "goal": [GOAL]}, "'table_1', which is not an object id"),
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


def test_a_model_gives_no_account_of_words(model: Model, vocabulary: Any) -> None:
    word = {"text": "mug", "start": 0, "fate": "object"}
    model.script = [understood(words=[word])]
    task = read(model, "put the mug on the table", vocabulary)
    assert task.words == () and task.understood.coverage is None
    assert "words" not in model.asked[0]["response_format"]["json_schema"]["schema"]["properties"]


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


def pictures(request: dict[str, Any]) -> list[Image.Image]:
    """Return the pictures of a request."""
    urls = [
        part["image_url"]["url"]
        for message in request["messages"]
        if isinstance(message["content"], list)
        for part in message["content"]
        if part["type"] == "image_url"
    ]
    assert all(url.startswith("data:image/png;base64,") for url in urls)
    return [Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))) for url in urls]


def words(request: dict[str, Any]) -> str:
    """Return all that a request says in words."""
    contents = [message["content"] for message in request["messages"]]
    return "\n".join(
        part if isinstance(part, str) else part.get("text", "")
        for content in contents
        for part in ([content] if isinstance(content, str) else content)
    )


def test_a_model_that_sees_is_shown_the_room_from_above(model: Model, tmp_path: Path) -> None:
    model.script = [understood(), call(*BUILD[:1]), call(*BUILD[1:])]
    result, report = make(model, tmp_path / "scene", vision=True, formats="mjcf")
    assert result.accepted and result.planner == "openai scripted"
    _reading, first, second = model.asked
    assert not pictures(first), "there is no room to be seen yet"
    (picture,) = pictures(second)
    assert picture.size == (800, 600)
    assert picture.convert("L").getextrema() != (0, 0)
    assert "from above" in words(second)
    assert report["language_model"]["pictures"] == 1
    assert report["language_model"]["pictures_refused"] == ""


@pytest.fixture
def seeing(model: Model) -> ChatPlanner:
    """A planner that shows a white picture."""
    chat = Chat(Endpoint("scripted", model.url))
    return ChatPlanner(chat, RulesPlanner(), lambda scene: as_png(Image.new("RGB", (8, 8), "white")))


TOOLS = {generator.tool_name(): generator for generator in GENERATORS}


@pytest.mark.parametrize("status", [400, 404, 500])
def test_an_endpoint_that_refuses_pictures_is_told_in_words_alone(
    model: Model, scene: Scene, seeing: ChatPlanner, status: int
) -> None:
    answer = call(*BUILD)
    model.script = [lambda request: status if pictures(request) else answer(request)]
    for _ in range(2):
        assert [wish.tool for wish in seeing.plan(scene, (), TOOLS, (), {}).calls] == [
            name for name, _ in BUILD
        ]
    assert (seeing.pictures, seeing.gave_up) == (0, "")
    assert f"{status}" in seeing.pictures_refused
    shown = [bool(pictures(request)) for request in model.asked]
    assert shown[0] and shown[-2:] == [False, False], "not asked with a picture again"
    assert seeing.chat.used.tokens_in == 2000


def test_an_endpoint_that_refuses_everything_is_left(model: Model, scene: Scene, seeing: ChatPlanner) -> None:
    model.script = [lambda request: 400]
    assert seeing.plan(scene, (), TOOLS, (), {}).calls[0].tool == "floor_plan"
    assert "400" in seeing.gave_up
    assert seeing.name == "rules"


def test_pictures_are_not_sent_unless_asked_for(model: Model, scene: Scene, seeing: ChatPlanner) -> None:
    model.script = [call(*BUILD)]
    seeing.look = None
    seeing.plan(scene, (), TOOLS, (), {})
    assert not any(pictures(request) for request in model.asked)


def opinion(score: float = 8, **fields: Any) -> dict[str, Any]:
    names = ("realism", "functionality", "layout", "completeness")
    return {name: {"score": score, "reason": f"{name} is plain to see"} for name in names} | fields


def test_a_model_that_sees_judges_five_views(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAGE_VLM_MODEL", "seer")
    wish = {"kind": "suggestion", "objects": [], "change": "hang a mirror"}
    model.script = [say(json.dumps(opinion(suggestions=[wish])))]
    result, report = make(model, tmp_path / "scene", planner="rules", vlm=True, formats="mjcf")
    (request,) = model.asked
    assert request["model"] == "seer"
    assert request["response_format"]["type"] == "json_schema"
    seen = pictures(request)
    assert len({picture.tobytes() for picture in seen}) == 5
    assert "room closet" in words(request) and PROMPT in words(request)
    critique = result.critiques[-1]
    assert result.accepted and critique.passed and critique.score == 0.8
    assert critique.metrics == dict.fromkeys(("realism", "functionality", "layout", "completeness"), 8)
    assert [finding.message for finding in critique.findings] == ["hang a mirror"]
    assert "layout 8: layout is plain to see" in critique.notes
    assert report["reproducible"] is False
    assert report["not_reproducible"] == ["seer judged pictures"]
    assert report["language_model"]["vision_model"] == "seer"
    assert report["language_model"]["tokens_in"] == 1000
    assert report["metrics"]["realism"] == 8
    _, critiques = check(tmp_path / "scene/scene.xml", vlm=True)
    assert critiques[-1].metrics["layout"] == 8


def test_what_a_model_sees_is_mended_like_anything_else(model: Model, tmp_path: Path) -> None:
    blamed: list[str] = []

    def judge(request: dict[str, Any]) -> Any:
        if blamed:
            return say(json.dumps(opinion()))(request)
        found = re.search(r"^(\w+_\d+) \(.*, on \w+_\d+(\.\w+)?$", words(request), re.MULTILINE)
        assert found is not None
        blamed.append(found[1])
        wish = {"kind": "implausible", "objects": [found[1], "ghost_1"], "change": "take it away"}
        return say(json.dumps(opinion(3, suggestions=[wish])))(request)

    model.script = [judge]
    result, report = make(model, tmp_path / "scene", planner="rules", vlm=True, formats="mjcf")
    assert result.accepted and result.rounds == 2
    assert blamed[0] not in result.scene
    first, second = report["transcript"]
    assert not next(v for v in first["verdicts"] if v["critic"] == "vision")["passed"]
    assert {"tool": "remove_object", "arguments": {"object_id": blamed[0]}, "outcome": "applied"} in second[
        "calls"
    ]


@pytest.mark.parametrize(
    ("turn", "limits", "why"),
    [
        (lambda request: 500, {}, "the endpoint failed"),
        (say("A lovely room!"), {}, "no JSON object"),
        (say(json.dumps(opinion(11))), {}, "less than or equal to 10"),
        (say(json.dumps({"realism": opinion()["realism"]})), {}, "functionality: Field required"),
        (lambda request: {"role": "assistant", "content": None, "refusal": "no"}, {}, "refused"),
        (say(json.dumps(opinion())), {"turns": 0}, "limit of 0 turns"),
    ],
)
def test_a_judge_that_fails_is_absent_and_neither_passes_nor_fails(
    model: Model,
    scene: Scene,
    context: Context,
    capsys: pytest.CaptureFixture[str],
    turn: Turn,
    limits: dict[str, int],
    why: str,
) -> None:
    model.script = [turn]
    chat = Chat(Endpoint("scripted", model.url), Limits(**limits))
    critique = VisionCritic(chat, "scripted", size=(64, 48)).review(scene, context)
    assert critique.passed is None and critique.score is None
    assert critique.not_judged.keys() == {"realism", "functionality", "layout", "completeness"}
    assert all(why in reason for reason in critique.not_judged.values())
    assert not critique.metrics and not critique.findings
    assert critique.model_dump(mode="json")["passed"] is None
    print_verdicts((critique,))
    assert capsys.readouterr().out.splitlines()[1].split() == ["vision", "absent"]


def a_critique(critic: str, score: float | None) -> Critique:
    passed = None if score is None else score == 1
    return Critique(critic=critic, score=score, passed=passed)


def test_scenes_are_compared_by_what_was_judged_of_both() -> None:
    fine, poor, absent = (a_critique("vision", score) for score in (0.9, 0.2, None))
    other = a_critique("task", 1.0)
    assert no_worse((other, poor), (other, absent))
    assert no_worse((other, absent), (other, fine))
    assert not no_worse((other, poor), (other, fine))
    assert not accepted((other, poor)) and accepted((other, absent))


def test_rules_stop_where_only_words_are_left(stage: Any) -> None:
    stage.stand("table", Pose.planar(2.5, 2.0))
    wish = Finding(kind="suggestion", message="hang a mirror")
    critique = Critique(critic="vision", score=0.4, passed=False, findings=(wish,))
    assert RulesPlanner().plan(stage.scene, (critique,), {}, (), {}).calls == ()
