"""Edits: requested changes are made, everything else stays, and edits can be undone."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sage.asset import AssetStore
from sage.assets.parametric import ParametricAssets
from sage.assets.vocabulary import TableVocabulary
from sage.context import Context
from sage.critics.files import file_findings
from sage.errors import EditRejected, TaskNotUnderstood, UserError
from sage.export.reading import read_scene
from sage.generators.settle import Settle
from sage.geometry import Pose
from sage.language import lexicon
from sage.planning.changes import Change, changes_for
from sage.planning.requests import VERBS, read_instruction
from sage.result import SceneResult
from sage.scene import Room
from sage.service.cli import main
from sage.service.editing import edit, revisions, undo
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.task import Relation

if TYPE_CHECKING:
    from tests.conftest import Stage


def said(text: str, vocabulary: TableVocabulary) -> list[tuple[str, ...]]:
    """Return kind, objects and places of each request."""
    return [
        (
            request.kind,
            ", ".join("_".join(filter(None, (p.text, p.label))) for p in request.objects),
            *(
                f"{place.relation} {place.phrases[0].text or place.phrases[0].noun}"
                for place in request.places
            ),
        )
        for request in read_instruction(text, vocabulary).requests
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "move the lamp to the left nightstand and add two books on the shelf",
            [("move", "lamp", "to left nightstand"), ("add", "book", "on shelf")],
        ),
        ("Please remove the vase, the globe and both lamps.", [("remove", "vase, globe, lamp")]),
        ("get rid of the plant in the corner", [("remove", "plant", "in corner")]),
        ("no vases", [("remove", "vase")]),
        ("put the mug on the desk on the shelf", [("move", "mug", "on desk", "on shelf")]),
        ("put a plant next to the sofa", [("add", "plant", "next_to sofa")]),
        ("two more chairs at the table", [("add", "chair", "at table")]),
        (
            "add a mug on the desk and a plate on the table",
            [("add", "mug", "on desk"), ("add", "plate", "on table")],
        ),
        ("take the book from the bed and put it on the desk", [("move", "book", "from bed", "on desk")]),
        ("replace the sofa with a red armchair", [("replace", "sofa")]),
        ("swap the lamp and the vase", [("swap", "lamp")]),
        ("make the sofa on the left green", [("make", "sofa", "choice on the left")]),
        ("bigger table", [("make", "table")]),
        ("change the sofa to red", [("make", "sofa")]),
        (
            "open the top drawer of the dresser then close the microwave",
            [("open", "dresser"), ("close", "microwave")],
        ),
        ("turn the chair to face the window", [("turn", "chair", "facing window")]),
        ("remove mug_2", [("remove", "mug_2")]),
        ("tidy up", [("tidy", "")]),
        ("clear the desk", [("clear", "desk")]),
        ("move the lamp 30 cm to the left", [("shift", "lamp")]),
        ("push the mug on the desk slightly to the right", [("shift", "mug", "on desk")]),
        ("pull the chair half a metre away from the wall", [("shift", "chair", "from wall")]),
        (
            "move the lamp 20 cm to the left and the vase 10 cm closer to the mug, then open the wardrobe",
            [("shift", "lamp"), ("shift", "vase", "near mug"), ("open", "wardrobe")],
        ),
    ],
)
def test_what_is_asked_is_read(
    text: str, expected: list[tuple[str, ...]], vocabulary: TableVocabulary
) -> None:
    assert said(text, vocabulary) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no words"),
        ("turn on the lamp", "turn on"),
        ("the lamp", "requests no change"),
        ("remove", "name an object"),
        ("make the sofa nicer", "colour"),
        ("replace the sofa", "with a"),
        ("turn the chair sideways", "no direction"),
        ("is there a vase?", "requests no change"),
        ("defragment the disk", "defragment"),
        ("remove everything", "too much"),
        ("mach den Tisch gr\u00f6\u00dfer", "only English"),
        ("add a flurb on the table", "flurb"),
    ],
)
def test_what_cannot_be_read_is_named(stage: Stage, context: Context, text: str, words: str) -> None:
    stage.stand("table", Pose.planar(2, 2))
    stage.stand("chair", Pose.planar(3.5, 2))
    with pytest.raises(TaskNotUnderstood, match=words):
        changes(text, stage, context)


def changes(text: str, stage: Stage, context: Context) -> tuple[Change, ...]:
    requests = read_instruction(text, context.vocabulary).requests
    return changes_for(requests, stage.scene, stage.store, context.vocabulary)


def called(text: str, stage: Stage, context: Context) -> list[dict[str, Any]]:
    return [
        {"tool": call.tool} | call.arguments
        for change in changes(text, stage, context)
        for call in change.calls
    ]


@pytest.fixture
def furnished(stage: Stage) -> Stage:
    """Seen from the door at (0.7, 0): a desk to the left, another to the right, mugs on them, a plant."""
    stage.stand("desk", Pose.planar(0.5, 3.0))
    stage.stand("desk", Pose.planar(4.2, 2.0, 0.0, 3.14159))
    stage.set_down("mug", "desk_1")
    stage.set_down("mug", "desk_2")
    stage.set_down("vase", "desk_2", at=(0.0, 0.3))
    stage.stand("bookcase", Pose.planar(2.5, 3.8, 0.0, -1.5708))
    return stage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("remove the left desk", ["desk_1"]),
        ("remove the desk on the right", ["desk_2"]),
        ("remove the mug on the left desk", ["mug_1"]),
        ("remove mug_2", ["mug_2"]),
        ("remove both mugs", ["mug_1", "mug_2"]),
        ("remove all the mugs and the vase", ["mug_1", "mug_2", "vase_1"]),
        ("remove the mug next to the vase", ["mug_2"]),
        ("remove a mug", ["mug_1"]),
        ("clear the right desk", ["mug_2", "vase_1"]),
        ("remove the second mug from the left", ["mug_2"]),
        ("remove the first desk from the right", ["desk_2"]),
        ("remove the nearest desk", ["desk_1"]),
    ],
)
def test_phrases_mean_objects(furnished: Stage, context: Context, text: str, expected: list[str]) -> None:
    assert [call["object_id"] for call in called(text, furnished, context)] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("remove the mug", r"2 objects match.*mug_1.*on desk_1.*mug_2"),
        ("remove the three mugs", "only 2"),
        ("remove the third mug from the left", "only 2"),
        ("move the vase 30 cm", "no direction"),
        ("remove the sofa", r"no 'sofa'.*bookcase"),
        ("remove mug_7", r"no 'mug_7'"),
        ("move the vase", "no destination"),
        ("remove it", "refers to nothing"),
        ("move the vase to the mug on the table", "no 'table'"),
    ],
)
def test_phrases_that_mean_nothing_or_too_much_are_told(
    furnished: Stage, context: Context, text: str, words: str
) -> None:
    with pytest.raises(TaskNotUnderstood, match=words):
        changes(text, furnished, context)


def test_the_mug_that_is_to_go_where_another_is_already_is_the_other(
    furnished: Stage, context: Context
) -> None:
    (call,) = called("move the mug to the left desk", furnished, context)
    assert call == {"tool": "move_object", "object_id": "mug_2", "relation": "on", "reference": "desk_1"}


def test_it_is_what_was_named_last(furnished: Stage, context: Context) -> None:
    calls = called("add a chair next to the left desk and put the vase on it", furnished, context)
    assert [call.get("reference") for call in calls] == ["desk_1", "chair_1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("swap the bookcase for an armchair", ["replace_object bookcase_1 armchair"]),
        ("turn the bookcase into a sofa", ["replace_object bookcase_1 sofa"]),
        ("let's have a plant instead of the bookcase", ["replace_object bookcase_1 plant"]),
        ("replace both desks with small round tables", [f"replace_object desk_{k} table" for k in (1, 2)]),
        ("move the vase to the left of the mug on the right desk", ["move_object vase_1 left_of mug_2"]),
        ("move the mug on the left desk to the other desk", ["move_object mug_1 on desk_2"]),
        ("the vase should be on the left desk", ["move_object vase_1 on desk_1"]),
        ("take mug_1 off the desk and put it on the bookcase", ["move_object mug_1 on bookcase_1"]),
        ("get rid of the bookcase", ["remove_object bookcase_1"]),
        ("the bookcase has to go", ["remove_object bookcase_1"]),
        ("I don't like the vase, please take it away", ["remove_object vase_1"]),
        ("take everything off the left desk", ["remove_object mug_1"]),
        ("remove the left desk and everything on it", ["remove_object desk_1"]),
        ("clear everything but the vase off the right desk", ["remove_object mug_2"]),
        ("remove the mugs except mug_1", ["remove_object mug_2"]),
        ("remove one of the mugs", ["remove_object mug_1"]),
        ("remove the mug farthest from the door", ["remove_object mug_2"]),
        ("the bookcase is ugly, remove it", ["remove_object bookcase_1"]),
        ("I want the bookcase gone", ["remove_object bookcase_1"]),
        ("leave mug_1 where it is and remove the vase", ["remove_object vase_1"]),
        ("move the vase from the right desk to the left one", ["move_object vase_1 on desk_1"]),
        (
            "add a table with a bowl on it",
            ["place_object table_1 against_wall room", "place_object bowl_1 on table_1"],
        ),
        ("make the vase red instead of blue", ["replace_object vase_1"]),
        ("recolor the vase in green", ["replace_object vase_1"]),
        (
            "move everything on the right desk to the left desk",
            [f"move_object {name} on desk_1" for name in ("mug_2", "vase_1")],
        ),
        (
            "add two more chairs around the left desk",
            [f"place_object chair_{k} next_to desk_1" for k in (1, 2)],
        ),
        ("put another mug on each desk", [f"place_object mug_{k + 2} on desk_{k}" for k in (1, 2)]),
        ("put a plant in the corner by the window", ["place_object floor_plant_1 in_corner wall_north"]),
        ("put a lamp in the far corner", ["place_object floor_lamp_1 in_corner wall_north"]),
        ("hang a mirror above the left desk", ["place_object mirror_1 above desk_1"]),
        ("put a chair between the desks", ["place_object chair_1 between desk_1 desk_2"]),
        ("I'd like a chair against the left wall", ["place_object chair_1 against_wall wall_west"]),
        ("there should be a plant by the door", ["place_object floor_plant_1 next_to door_1"]),
        ("rotate the left desk a quarter turn", ["turn_object desk_1 90"]),
        ("rotate the left desk by 90 degrees", ["turn_object desk_1 90.0"]),
        ("rotate the left desk clockwise", ["turn_object desk_1 -90.0"]),
        ("the bookcase should face the window", ["turn_object bookcase_1 window_1"]),
        ("shift the bookcase 50 cm to the left and 10 cm to the right", ["shift_object bookcase_1 -0.4 0.0"]),
        ("make the left desk bigger", ["replace_object desk_1"]),
        ("change the colour of the vase to blue", ["replace_object vase_1"]),
        ("the walls should be light blue", ["paint_walls light blue"]),
        ("paint the walls dark green", ["paint_walls dark green"]),
    ],
)
def test_phrasings_become_calls(furnished: Stage, context: Context, text: str, expected: list[str]) -> None:
    keys = (
        "tool", "object_id", "relation", "reference", "other", "facing", "degrees", "x", "y", "color",
    )  # fmt: skip
    calls = called(text, furnished, context)
    for call in calls:
        if call["tool"] == "replace_object" and "category" in call:
            call["relation"] = call["category"]
    assert [" ".join(str(call[key]) for key in keys if key in call) for call in calls] == expected


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("remove the vase and defragment the disk", "not understood: 'defragment', 'disk'"),
        ("make the left desk bigger and darker", "'darker' has no effect on the desk"),
        ("add a flurb and a mug", "'flurb' is not known"),
        ("turn on the radio, then remove the vase", "'turn on' changes nothing"),
        ("remove the vsae", "'vsae' is read as 'vase'"),
    ],
)
def test_what_is_left_out_is_told(vocabulary: TableVocabulary, text: str, notes: str) -> None:
    read = read_instruction(text, vocabulary)
    assert len(read.requests) == 1 and notes in " ".join(read.notes)


def test_verbs_of_edits_are_verbs_of_the_reader() -> None:
    assert VERBS.keys() - lexicon.VERBS.keys() <= {"be"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("put the bookcase on the left desk", "stands on the floor"),
        ("add a chair and make it red", "another edit"),
        ("make the floor blue", "walls can be painted"),
        ("add a rug", "cannot be added"),
        ("tidy up", "nothing small"),
        ("clear the bookcase", "nothing is on"),
        ("put the vase in the third drawer of the bookcase", "has no drawer_3"),
    ],
)
def test_what_cannot_be_is_refused(furnished: Stage, context: Context, text: str, words: str) -> None:
    with pytest.raises(EditRejected, match=words):
        changes(text, furnished, context)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("move the vase 20 cm to the left", (-0.2, 0.0)),
        ("move the vase 20 cm to the right", (0.2, 0.0)),
        ("slide the vase 1 foot back", None),
        ("pull the left desk 0.5 m away from the wall", (0.5, 0.0)),
        ("push the left desk 10 cm towards the wall", (-0.1, 0.0)),
        ("move the bookcase 0.4 m forward", (0.0, -0.4)),
        ("move the right desk closer to the left desk", None),
    ],
)
def test_a_shift_goes_the_way_that_is_said(
    furnished: Stage, context: Context, text: str, expected: tuple[float, float] | None
) -> None:
    """The door is in the wall y = 0, so that to the left is -x for who stands in it."""
    if text.endswith("back"):
        with pytest.raises(EditRejected, match="no front"):
            changes(text, furnished, context)
        return
    (call,) = called(text, furnished, context)
    if expected is not None:
        assert (call["x"], call["y"]) == pytest.approx(expected, abs=1e-3)
    else:
        assert call["x"] < -0.2 and abs(call["y"]) < 0.2


# --- whole edits ---

INSTRUCTION = "move the mug on the right desk to the left desk"
KILLED = 9


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
    room: Room,
    vocabulary: TableVocabulary,
    make_stage: Callable[..., Stage],
) -> Path:
    """A folder with two desks, a mug on each, a vase, and a note of the user's own."""
    place = tmp_path_factory.mktemp("made")
    store = AssetStore(place / "assets")
    stage = make_stage(room, store)
    stage.stand("desk", Pose.planar(0.5, 3.0))
    stage.stand("desk", Pose.planar(4.4, 2.0, 0.0, float(np.pi)))
    stage.set_down("mug", "desk_1", at=(0.05, 0.3))
    stage.set_down("mug", "desk_2")
    stage.set_down("vase", "desk_2", at=(0.0, 0.3))
    source = ParametricAssets()
    context = Context(rng=np.random.default_rng(0), source=source, store=store, vocabulary=vocabulary)
    scene = Settle().apply(stage.scene, context)
    result = SceneResult(scene, True, (), "test", 1, (), store=store)
    result.write(place / "scene", formats="mjcf,glb")
    (place / "scene" / "notes.txt").write_text("mine")
    return place / "scene"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "scene"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def report(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "report.json").read_text()))


def test_an_edit_does_what_was_asked_and_nothing_else(folder: Path) -> None:
    before, _ = read_scene(folder)
    edit(folder, INSTRUCTION)
    after, store = read_scene(folder)
    layout = Layout(after, store)
    assert holds(Relation(name="on", subject="mug_2", object="desk_1"), layout)
    assert [item for item in after.objects if item.id != "mug_2"] == [
        item for item in before.objects if item.id != "mug_2"
    ]
    assert not list(file_findings(after, folder))
    told = report(folder)
    assert told["formats"] == ["mjcf", "glb"]
    assert told["revision"] == 2 and told["edit"] == INSTRUCTION
    assert (folder / "notes.txt").read_text() == "mine"
    assert [path.name for path in folder.parent.iterdir()] == ["scene"]


def test_an_edit_moves_by_the_distance_that_is_said(folder: Path) -> None:
    before, _ = read_scene(folder)
    edit(folder, "move the desk on the left 30 cm away from the wall and the vase 10 cm to the left")
    after, _ = read_scene(folder)
    moved = {
        name: np.subtract(after[name].pose.position, before[name].pose.position)
        for name in ("desk_1", "desk_2", "mug_1", "vase_1")
    }
    assert moved["desk_1"][:2] == pytest.approx((0.3, 0.0), abs=0.02)
    assert moved["mug_1"][:2] == pytest.approx((0.3, 0.0), abs=0.02)
    assert moved["vase_1"][:2] == pytest.approx((-0.1, 0.0), abs=0.02)
    assert not np.any(moved["desk_2"])


def test_an_edit_hangs_paints_and_puts_between(folder: Path) -> None:
    before, _ = read_scene(folder)
    edit(
        folder,
        "hang a mirror above the left desk, put a chair between the desks and paint the walls light blue",
    )
    after, store = read_scene(folder)
    layout = Layout(after, store)
    assert holds(Relation(name="above", subject="mirror_1", object="desk_1"), layout)
    assert holds(Relation(name="between", subject="chair_1", object="desk_1", other="desk_2"), layout)
    assert after.rooms[0].wall_color != before.rooms[0].wall_color


def test_a_shift_that_has_no_room_tells_how_far_it_could_go(folder: Path) -> None:
    with pytest.raises(EditRejected, match=r"would leave.*m are free"):
        edit(folder, "move the vase 3 m to the left")


def test_every_edit_can_be_taken_back(folder: Path) -> None:
    first = bytes_of(folder)
    edit(folder, "remove the vase and add a book on the left desk")
    second = bytes_of(folder)
    edit(folder, "make the left desk white")
    assert [(r.number, r.edit, r.current) for r in revisions(folder)] == [
        (1, None, False),
        (2, "remove the vase and add a book on the left desk", False),
        (3, "make the left desk white", True),
    ]
    scene, store = read_scene(folder)
    assert store[scene["desk_1"].asset].attributes["color"] == "white"
    assert {"mug_1", "book_1"} <= {item.id for item in scene.supported_by("desk_1")}
    assert undo(folder).number == 2
    assert bytes_of(folder) == second
    assert undo(folder).number == 1
    assert bytes_of(folder) == first
    with pytest.raises(UserError, match="nothing to undo"):
        undo(folder)


def test_the_same_edit_gives_the_same_scene(folder: Path, tmp_path: Path) -> None:
    twin = Path(shutil.copytree(folder, tmp_path / "twin"))
    for place in (folder, twin):
        edit(place, "turn the right desk to face the window, then add a chair next to it")
    assert (folder / "scene.json").read_bytes() == (twin / "scene.json").read_bytes()


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ("put a piano on the left desk", "stands on the floor"),
        ("move the vase into the mug on the left desk", "no free spot"),
        ("move mug_1 to the left desk", "already is as requested"),
    ],
)
def test_what_cannot_be_done_changes_nothing_and_says_why(folder: Path, instruction: str, words: str) -> None:
    before = bytes_of(folder)
    with pytest.raises(EditRejected, match=words):
        edit(folder, instruction)
    assert bytes_of(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["scene"]


@pytest.mark.parametrize("step", ["critic: edit", "move_object", "settle", "export"])
def test_an_edit_that_is_killed_loses_nothing(folder: Path, step: str) -> None:
    before = bytes_of(folder)

    def progress(name: str) -> None:
        if name == step:
            os._exit(KILLED)

    process = multiprocessing.get_context("fork").Process(
        target=edit, args=(folder, INSTRUCTION), kwargs={"progress": progress}
    )
    process.start()
    process.join(300)
    assert process.exitcode == KILLED
    assert bytes_of(folder) == before
    if step == "export":
        edit(folder, INSTRUCTION)
        assert [path.name for path in folder.parent.iterdir()] == ["scene"]
        assert len(revisions(folder)) == 2


def test_the_task_keeps_what_it_needs(folder: Path) -> None:
    data = json.loads((folder / "scene.json").read_text())
    needed = {"ids": ["vase_1"], "category": "vase", "name": "vase", "role": "target"}
    data["task"]["objects"] = [needed]
    (folder / "scene.json").write_text(json.dumps(data))
    with pytest.raises(EditRejected, match=r"the task needs vase_1.*move or replace"):
        edit(folder, "remove the vase")


@dataclass
class Done:
    """What a command left."""

    status: int
    output: str
    errors: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `sage edit` in this process."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def go(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["sage", "edit", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        return Done(int(caught.value.code or 0), *capfd.readouterr())

    yield go
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_the_command_line_edits_lists_and_undoes(run: Run, folder: Path) -> None:
    before = (folder / "scene.json").read_bytes()
    done = run(folder, "remove the vase")
    assert done.status == 0, done.errors
    assert "* 2: remove the vase" in done.output and "as it was generated" in done.output
    listed = json.loads(run(folder, "--revisions", "--json").output)["revisions"]
    assert [(r["number"], r["edit"]) for r in listed] == [(1, None), (2, "remove the vase")]
    refused = run(folder, "put the left desk on the right desk")
    assert refused.status == 3 and "stands on the floor" in refused.errors
    mistaken = run(folder, "remove the piano")
    assert mistaken.status == 2 and "no 'piano'" in mistaken.errors and "mug" in mistaken.errors
    done = run(folder, "--undo")
    assert done.status == 0 and "revision 1" in done.output
    assert (folder / "scene.json").read_bytes() == before
    assert run(folder).status == 2


def test_the_convenience_for_python_users_is_the_same_function() -> None:
    import sage

    assert sage.edit is edit
