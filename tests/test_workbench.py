"""Interactive sessions: failures leave the scene unchanged, calls are reproducible."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sage.errors import Cancelled, PlannerError, TaskImpossible, ToolRejected
from sage.scene import Scene
from sage.service.generation import start
from sage.service.workshop import CallHooks, Workshop
from sage.simulation import physics
from sage.tools import ToolCall
from sage.workbench import Workbench

pytestmark = pytest.mark.quick

EMPTY_ROOM = ToolCall(tool="floor_plan", arguments={"size": [3, 2.5]})
DESK = ToolCall(tool="place_object", arguments={"category": "desk", "relation": "against_wall"})
MUG = ToolCall(tool="place_object", arguments={"category": "mug", "relation": "on", "reference": "desk_1"})
SETTLE = ToolCall(tool="settle")


def a_bench(folder: Path, **options: Any) -> Workbench:
    return start("an office", folder, **options)


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """An office with a desk."""
    bench = a_bench(tmp_path / "assets")
    bench.apply(EMPTY_ROOM)
    bench.apply(DESK)
    return bench


def test_an_edit_that_is_refused_leaves_the_scene_and_is_on_record(bench: Workbench) -> None:
    before = bench.scene
    with pytest.raises(ToolRejected, match="nothing makes a 'snark'"):
        bench.apply(MUG.model_copy(update={"arguments": MUG.arguments | {"category": "snark"}}))
    with pytest.raises(PlannerError, match="there is no tool 'paint'"):
        bench.apply(ToolCall(tool="paint"))
    assert bench.scene is before
    outcomes = [record.calls[0].outcome for record in bench.result().transcript]
    assert outcomes[:2] == ["applied", "applied"]
    assert outcomes[2:] == ["rejected", "rejected"]


def test_an_edit_that_is_cancelled_leaves_the_scene(bench: Workbench) -> None:
    before = bench.scene
    bench.context = replace(bench.context, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        bench.apply(MUG)
    assert bench.scene is before
    bench.context = replace(bench.context, cancelled=lambda: False)
    bench.apply(MUG)
    assert bench.undo() == MUG
    assert [step.calls[0].outcome for step in bench.result().transcript][2:] == ["failed", "undone"]


def test_undo_takes_back_edit_after_edit(bench: Workbench) -> None:
    with_desk = bench.scene
    bench.apply(MUG)
    assert bench.undo() == MUG
    assert bench.scene is with_desk
    assert bench.undo() == DESK
    assert not bench.scene.objects
    assert bench.undo() == EMPTY_ROOM
    with pytest.raises(ToolRejected, match="nothing left to undo"):
        bench.undo()
    assert {record.calls[0].outcome for record in bench.result().transcript} == {"undone"}


def test_the_same_calls_give_the_same_scene_and_another_seed_another(tmp_path: Path) -> None:
    scenes = []
    for number, seed in enumerate((4, 4, 5)):
        bench = a_bench(tmp_path / str(number), seed=seed)
        for call in (EMPTY_ROOM, DESK, MUG, SETTLE):
            bench.apply(call)
        scenes.append(bench.scene.model_dump_json(exclude={"seed"}))
    assert scenes[0] == scenes[1] != scenes[2]


def test_critics_are_asked_once_for_each_scene_that_stands(bench: Workbench) -> None:
    asked = []

    class Counting:
        name = "counting"

        def review(self, scene: Scene, context: Any) -> Any:
            from sage.critique import Critique

            asked.append(len(scene.objects))
            return Critique(critic=self.name, score=1.0, passed=True)

    bench.critics = (Counting(),)
    assert bench.result().accepted
    bench.review()
    bench.apply(MUG)
    bench.review()
    bench.undo()
    bench.review()
    assert asked == [1, 2, 1]


def test_the_report_says_who_chose_the_edits(bench: Workbench, tmp_path: Path) -> None:
    bench.apply(SETTLE)
    bench.result().write(tmp_path / "scene")
    report = json.loads((tmp_path / "scene" / "report.json").read_text())
    assert report["planner"] == "a caller"
    assert report["reproducible"] is False
    assert report["not_reproducible"] == ["a caller chose the edits"]


def test_a_type_of_room_may_be_asked_for(tmp_path: Path) -> None:
    bench = start("pick up the mug", tmp_path, room="meeting room")
    bench.apply(ToolCall(tool="floor_plan"))
    assert bench.scene.rooms[0].type == "meeting_room"
    with pytest.raises(TaskImpossible, match="'castle'"):
        start("pick up the mug", tmp_path, room="castle")


@pytest.fixture
def now() -> list[float]:
    """The time that the workshop's clock shows."""
    return [0.0]


@pytest.fixture
def workshop(now: list[float]) -> Iterator[Workshop]:
    workshop = Workshop(most=2, idle_s=10.0, clock=lambda: now[0])
    yield workshop
    workshop.close_all()


def test_only_so_many_scenes_are_open(workshop: Workshop) -> None:
    first, _ = workshop.open(a_bench), workshop.open(a_bench)
    with pytest.raises(ToolRejected, match="2 scenes are open, the limit is 2"):
        workshop.open(a_bench)
    with workshop.at(first, CallHooks()):
        workshop.close(first)
    workshop.open(a_bench)


def test_a_scene_left_alone_is_forgotten_and_its_files_too(workshop: Workshop, now: list[float]) -> None:
    old = workshop.open(a_bench)
    with workshop.at(old, CallHooks()) as bench:
        folder = bench.context.store.folder
    now[0] = 9.0
    young = workshop.open(a_bench)
    now[0] = 11.0
    with pytest.raises(ToolRejected, match="no scene"), workshop.at(old, CallHooks()):
        pass
    assert workshop.open_ids == (young,)
    assert not folder.exists()


def test_a_scene_that_someone_is_at_is_not_forgotten(workshop: Workshop, now: list[float]) -> None:
    busy = workshop.open(a_bench)
    with workshop.at(busy, CallHooks()):
        now[0] = 100.0
        workshop.open(a_bench)
        assert busy in workshop.open_ids


def test_one_call_at_a_time_is_at_a_scene_and_may_give_up_waiting(workshop: Workshop) -> None:
    scene_id = workshop.open(a_bench)
    inside, leave, order = threading.Event(), threading.Event(), []

    def first() -> None:
        with workshop.at(scene_id, CallHooks()):
            inside.set()
            leave.wait(20)
            order.append("first")

    def second() -> None:
        with workshop.at(scene_id, CallHooks()):
            order.append("second")

    threads = [threading.Thread(target=work) for work in (first, second)]
    threads[0].start()
    assert inside.wait(20)
    with pytest.raises(Cancelled), workshop.at(scene_id, CallHooks(cancelled=lambda: True)):
        pass
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join(20)
    assert order == ["first", "second"]


def test_threads_that_divert_the_standard_streams_at_once_give_them_back(
    capfd: pytest.CaptureFixture[str],
) -> None:
    inside, left = threading.Event(), threading.Event()

    def first() -> None:
        with physics._quiet():
            inside.set()
            left.wait(0.5)
        left.set()

    def second() -> None:
        inside.wait(20)
        with physics._quiet():
            left.wait(20)

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    os.write(1, b"heard")
    assert capfd.readouterr().out == "heard"
