"""Agent loop: keeps drafts that are not worse, reports rejections to the planner, stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from sage.agent import Loop, review_scene
from sage.context import Context
from sage.critique import Critic, Critique, Finding
from sage.errors import Cancelled, CriticFailed, SageError, TaskNotUnderstood, ToolRejected
from sage.geometry import Pose
from sage.result import SceneResult
from sage.scene import Room, Scene, SceneObject
from sage.task import Task
from sage.tools import CallRecord, Generator, Memory, Plan, ToolCall, Tools

pytestmark = pytest.mark.quick

SEED = 7
TASK = Task(prompt="a box", kind="room", rooms=("kitchen",))


class Put(Generator):
    """Put a box into the room, somewhere, or refuse a heavy one."""

    object_id: str
    heavy: bool = False

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the edited scene."""
        if self.heavy:
            raise ToolRejected(f"{self.object_id!r} weighs 90 kg; put one below 20 kg")
        x = float(context.rng.random())
        item = SceneObject(
            id=self.object_id, category="box", name="box", asset="box_0", pose=Pose.planar(x, 0),
            size=(1, 1, 1), room="kitchen", support="floor",
        )  # fmt: skip
        return scene.adding(item)


class Drop(Generator):
    """Take a box out of the room, whatever it is for."""

    object_id: str

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the edited scene."""
        return scene.removing(self.object_id)


class Pack(Generator):
    """Leave two boxes out, and say so."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene as it was."""
        context.note("no place for 2 box")
        return scene


class Build(Generator):
    """Start with a room that holds nothing."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the edited scene."""
        return scene.replacing(rooms=(ROOMS[0],), objects=())


ROOMS: list[Room] = []
GENERATORS = (Build, Put, Drop, Pack)


@dataclass
class ScriptedPlanner:
    """Makes the calls of a script, one tuple a round, and remembers what it was told."""

    script: list[tuple[ToolCall, ...]]
    name: str = "scripted"
    told: list[tuple[Scene, tuple[Critique, ...], tuple[str, ...]]] = field(default_factory=list)

    def plan(
        self,
        scene: Scene,
        critiques: tuple[Critique, ...],
        tools: Tools,
        rejections: tuple[str, ...],
        memory: Memory,
    ) -> Plan:
        """Return the next tuple of calls."""
        assert self.script, "the loop asked for more rounds than the script has"
        assert set(tools) == {generator.tool_name() for generator in GENERATORS}
        self.told.append((scene, critiques, rejections))
        return Plan(self.script.pop(0), memory)


@pytest.fixture
def planner() -> Iterator[Callable[..., ScriptedPlanner]]:
    """Writes a script, and fails if the loop did not play it to its end."""
    written: list[ScriptedPlanner] = []

    def write(*rounds: list[ToolCall]) -> ScriptedPlanner:
        written.append(ScriptedPlanner([tuple(calls) for calls in rounds]))
        return written[-1]

    yield write
    assert not any(scripted.script for scripted in written), "steps of the script are left over"


@dataclass(frozen=True)
class Wants:
    """Wants boxes to be there; counts missing ones as unmet, and forbidden ones as collisions."""

    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    name: str = "wants"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        missing = [
            Finding(kind="missing", objects=(n,), message=f"{n} is missing")
            for n in self.required
            if n not in scene
        ]
        bad = [
            Finding(kind="collision", objects=(n,), message=f"{n} collides")
            for n in self.forbidden
            if n in scene
        ]
        share = 1 - (len(missing) + len(bad)) / max(1, len(self.required) + len(self.forbidden))
        return Critique(critic=self.name, score=share, passed=not missing + bad, findings=(*bad, *missing))


@dataclass(frozen=True)
class Breaks:
    """Raises instead of judging."""

    error: Exception
    name: str = "breaks"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        raise self.error


@pytest.fixture(autouse=True)
def _room(room: Room) -> None:
    ROOMS[:] = [room]


def call(tool: str, **arguments: Any) -> ToolCall:
    return ToolCall(tool=tool, arguments=arguments)


BUILD = call("build")


def put(name: str, **more: Any) -> ToolCall:
    return call("put", object_id=name, **more)


def run(planner: ScriptedPlanner, critic: Critic, context: Context, **options: Any) -> SceneResult:
    loop = Loop(planner, GENERATORS, (critic,), context, **options)
    return loop.generate("a box", understand=lambda prompt: TASK, seed=SEED)


def test_a_scene_that_passes_at_once_is_accepted_after_one_round(planner: Any, context: Context) -> None:
    scripted = planner([BUILD, put("box_1")])
    result = run(scripted, Wants(("box_1",)), context)
    assert result.accepted
    assert result.rounds == 1
    assert result.planner == "scripted"
    assert result.scene.seed == SEED and result.scene.task == TASK
    assert [entry.outcome for entry in result.transcript[0].calls] == ["applied", "applied"]
    assert set(result.seconds) == {"understand", "build", "put", "wants"}


def test_what_a_call_left_out_is_noted_beside_its_outcome_and_nowhere_else(
    planner: Any, context: Context
) -> None:
    told: list[str] = []
    scripted = planner([BUILD, call("pack"), put("box_1")])
    result = run(scripted, Wants(("box_1",)), replace(context, note=told.append))
    notes = [entry.notes for entry in result.transcript[0].calls]
    assert notes == [(), ("no place for 2 box",), ()]
    assert not told


def test_the_planner_starts_from_nothing_and_then_hears_the_verdicts(planner: Any, context: Context) -> None:
    scripted = planner([BUILD, put("box_1")], [put("box_2")])
    result = run(scripted, Wants(("box_1", "box_2")), context)
    first, second = scripted.told
    assert first == (Scene(task=TASK, seed=SEED), (), ())
    assert "box_1" in second[0]
    assert [finding.message for finding in second[1][0].findings] == ["box_2 is missing"]
    assert result.accepted and result.rounds == 2


def test_a_round_that_makes_the_scene_worse_is_not_kept(planner: Any, context: Context) -> None:
    scripted = planner([BUILD, put("box_1")], [call("drop", object_id="box_1")], [put("box_2")])
    result = run(scripted, Wants(("box_1", "box_2")), context)
    assert [record.kept for record in result.transcript] == [True, False, True]
    assert {item.id for item in result.scene.objects} == {"box_1", "box_2"}
    assert "box_1" in scripted.told[2][0]


def test_each_round_has_a_picture_unless_the_first_is_the_last(planner: Any, context: Context) -> None:
    def told(*rounds: list[ToolCall]) -> list[str | None]:
        wants = Wants(("box_1", "box_2"))
        result = run(planner(*rounds), wants, context, thumbnail=lambda scene: f"{len(scene.objects)} boxes")
        return [record.picture for record in result.transcript]

    assert told([BUILD, put("box_1")], [put("box_2")]) == ["1 boxes", "2 boxes"]
    assert told([BUILD, put("box_1"), put("box_2")]) == [None]


def test_a_hard_failure_outweighs_what_is_missing(planner: Any, context: Context) -> None:
    scripted = planner([BUILD], [put("box_1"), put("box_2"), put("bad_1")], [])
    result = run(scripted, Wants(("box_1", "box_2"), ("bad_1",)), context)
    assert [record.kept for record in result.transcript] == [True, False, False]
    assert not result.scene.objects
    assert not result.accepted


def test_a_round_that_is_as_good_is_kept(planner: Any, context: Context) -> None:
    scripted = planner([BUILD, put("box_1")], [put("other_1")], [])
    result = run(scripted, Wants(("box_2",)), context)
    assert "other_1" in result.scene
    assert [record.kept for record in result.transcript] == [True, True, False]


def test_a_round_that_changes_nothing_is_not_judged_again(planner: Any, context: Context) -> None:
    scripted = planner([BUILD, put("box_1")], [put("box_2", heavy=True)], [])
    result = run(scripted, Wants(("box_2",)), context)
    assert [bool(record.verdicts) for record in result.transcript] == [True, False, False]
    assert not result.accepted


def test_a_refused_call_reaches_the_next_plan_as_text_and_spares_the_others(
    planner: Any, context: Context
) -> None:
    scripted = planner([BUILD, put("box_1", heavy=True), put("box_2")], [put("box_1")])
    result = run(scripted, Wants(("box_1", "box_2")), context)
    assert scripted.told[1][2] == ("put: 'box_1' weighs 90 kg; put one below 20 kg",)
    assert "box_2" in scripted.told[1][0]
    calls = result.transcript[0].calls
    assert [entry.outcome for entry in calls] == ["applied", "rejected", "applied"]
    assert calls[1].reason == "'box_1' weighs 90 kg; put one below 20 kg"
    told = calls[1].model_dump(mode="json")
    assert told["outcome"] == f"rejected: {calls[1].reason}" and "reason" not in told
    assert CallRecord.model_validate(told) == calls[1]
    assert result.accepted


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (call("paint", object_id="box_1"), ("no tool 'paint'", "build, put, drop")),
        (call("put"), ("put", "object_id")),
        (put("box_1", heavy="perhaps"), ("put", "heavy")),
        (put("box_1", colour="red"), ("put", "colour")),
    ],
)
def test_an_unknown_tool_or_a_bad_argument_is_a_rejection(
    planner: Any, context: Context, wrong: ToolCall, words: tuple[str, ...]
) -> None:
    scripted = planner([BUILD, wrong], [put("box_1")])
    result = run(scripted, Wants(("box_1",)), context)
    (text,) = scripted.told[1][2]
    assert all(word in text for word in words)
    assert result.accepted


def test_rejections_are_told_once(planner: Any, context: Context) -> None:
    scripted = planner([BUILD, put("box_1", heavy=True)], [put("box_2")], [put("box_1")])
    run(scripted, Wants(("box_1", "box_2")), context)
    assert len(scripted.told[1][2]) == 1
    assert scripted.told[2][2] == ()


def test_the_budget_ends_in_a_result_that_is_not_accepted(planner: Any, context: Context) -> None:
    scripted = planner([BUILD], [put("other_1")], [put("other_2")])
    result = run(scripted, Wants(("box_1",)), context, max_rounds=3)
    assert not result.accepted
    assert result.rounds == 3
    assert "other_2" in result.scene


def test_many_rounds_are_possible(planner: Any, context: Context) -> None:
    scripted = planner([BUILD], *([put(f"other_{k}")] for k in range(39)))
    assert run(scripted, Wants(("box_1",)), context, max_rounds=40).rounds == 40


def test_a_planner_with_nothing_left_to_try_ends_the_loop(planner: Any, context: Context) -> None:
    scripted = planner([BUILD], [])
    result = run(scripted, Wants(("box_1",)), context)
    assert not result.accepted
    assert result.rounds == 2


def test_each_call_draws_from_its_own_stream(planner: Any, context: Context) -> None:
    scripted = planner([BUILD, put("box_1")], [put("box_2")])
    result = run(scripted, Wants(("box_1", "box_2")), context)
    for number, name in ((1, "box_1"), (2, "box_2")):
        drawn = float(np.random.default_rng([SEED, number]).random())
        assert result.scene[name].pose.position[0] == drawn


@dataclass(frozen=True)
class Absent:
    """Could not judge."""

    name: str = "absent"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        return Critique(critic=self.name, score=None, passed=None, not_judged={"beauty": "out of reach"})


def test_a_critic_that_cannot_judge_does_not_hold_a_scene_up(planner: Any, context: Context) -> None:
    result = run(planner([BUILD]), Absent(), context)
    assert result.accepted and result.rounds == 1
    assert result.critiques[0].not_judged == {"beauty": "out of reach"}
    assert result.transcript[0].verdicts[0].passed is None


def test_a_critic_that_breaks_is_an_error_and_names_itself(planner: Any, context: Context) -> None:
    with pytest.raises(CriticFailed, match=r"'breaks'.*ZeroDivisionError") as caught:
        run(planner([BUILD]), Breaks(ZeroDivisionError("by zero")), context)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_critic_that_breaks_with_an_error_of_ours_is_an_error_too(planner: Any, context: Context) -> None:
    with pytest.raises(SageError, match="cannot load"):
        run(planner([BUILD]), Breaks(SageError("cannot load")), context)


def test_a_critic_that_refuses_a_tool_is_not_a_rejection(planner: Any, context: Context) -> None:
    with pytest.raises(SageError, match="not mine"):
        run(planner([BUILD]), Breaks(ToolRejected("not mine")), context)


@pytest.mark.parametrize("after", [0, 1, 2, 3, 5])
def test_cancelling_stops_the_loop_wherever_it_is(context: Context, after: int) -> None:
    seen: list[str] = []

    def progress(message: str) -> None:
        seen.append(message)

    cancelling = replace(context, progress=progress, cancelled=lambda: len(seen) > after)
    rounds = [(BUILD, put("box_1")), *((put(f"other_{k}"),) for k in range(20))]
    with pytest.raises(Cancelled):
        run(ScriptedPlanner(rounds), Wants(("box_2",)), cancelling, max_rounds=20)
    assert len(seen) <= after + 2


def test_a_prompt_that_is_not_understood_is_the_users_error(planner: Any, context: Context) -> None:
    def refuse(prompt: str) -> Task:
        raise TaskNotUnderstood(f"no object in {prompt!r}")

    with pytest.raises(TaskNotUnderstood, match="a box"):
        loop = Loop(ScriptedPlanner([]), GENERATORS, (Wants(),), context)
        loop.generate("a box", understand=refuse, seed=0)


def test_critics_are_asked_in_order_and_timed(scene: Scene, context: Context) -> None:
    seconds: dict[str, float] = {}
    critics = (Wants(name="first"), Wants(("box_1",), name="second"))
    critiques = review_scene(scene, critics, context, seconds)
    assert [critique.critic for critique in critiques] == ["first", "second"]
    assert [critique.passed for critique in critiques] == [True, False]
    assert list(seconds) == ["first", "second"]


def test_the_same_script_gives_the_same_result(context: Context) -> None:
    def once() -> SceneResult:
        script = [(BUILD, put("box_1")), (put("box_2"),)]
        return run(ScriptedPlanner(script), Wants(("box_1", "box_2")), context)

    first, second = once(), once()
    assert first.scene.model_dump_json() == second.scene.model_dump_json()
    assert first.transcript == second.transcript
