"""BDDL problems: reading, omissions, and initial conditions in the generated scenes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sage.context import Context
from sage.errors import SourceError, TaskImpossible, TaskNotUnderstood, UserError
from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.placement.task_assets import make_for_task
from sage.generators.populate import Populate
from sage.generators.settle import Settle
from sage.language.bddl import read_bddl
from sage.language.bddl.goals import MOST_CONDITIONS, _Expansion, ground
from sage.language.bddl.syntax import Expression, Literal, parse, shown
from sage.scene import Scene
from sage.service.cli import app
from sage.service.definitions import activities
from sage.service.generation import generate
from sage.service.understanding import definition_of
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.task import Relation, Task
from sage.vocabulary import Vocabulary

pytestmark = pytest.mark.quick

SAMPLES = Path(__file__).parent / "data/bddl"


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.bddl").read_text()


@pytest.fixture(scope="module")
def desk(vocabulary: Vocabulary) -> Task:
    return read_bddl(sample("clearing_the_desk"), vocabulary)


@pytest.fixture(scope="module")
def drawer(vocabulary: Vocabulary) -> Task:
    return read_bddl(sample("bowl_in_the_drawer"), vocabulary)


def problem(
    init: str, goal: str = "(and)", objects: str = "bowl.n.01_1 - bowl.n.01 table.n.02_1 - table.n.02"
) -> str:
    return f"(define (problem p) (:domain d) (:objects {objects}) (:init {init}) (:goal {goal}))"


ROOM = "(inroom table.n.02_1 dining_room)"

words = st.from_regex(r"[a-z][a-z_.?0-9-]{0,8}", fullmatch=True).filter(lambda word: word != "and")
expressions = st.recursive(words, lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=12)


@given(st.lists(words, min_size=2, max_size=4))
def test_what_is_written_is_read_again(terms: list[str]) -> None:
    text = problem(f"{ROOM}\n ; a remark (\n (not ({' '.join(terms)}))")
    assert parse(text).initial[1] == Literal(terms[0], tuple(t.lstrip("?") for t in terms[1:]), negated=True)


@given(expressions)
def test_a_goal_is_kept_as_it_is_nested(goal: Expression) -> None:
    assert parse(problem(ROOM, shown(goal))).goal == ["and", goal]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "begins with"),
        ("(define (problem p) (:objects a - b)", "never closed"),
        ("(define (problem p)))", "closes nothing"),
        ("(define (problem p) (:objects) (:init))", "no section :goal"),
        ("(define (problem p) (:objects) (:objects) (:init) (:goal (and)))", "twice"),
        (problem(ROOM, objects="a - b a - c"), "a 'b' and a 'c'"),
        (problem("(inroom (table) kitchen)"), "not a statement"),
        (problem(f"{ROOM} (ontop bowl.n.01_1 spoon_7)"), "spoon_7"),
        (problem(ROOM, "(forall (?x) (ontop ?x ?x))"), "not a typed variable"),
        (problem(ROOM, "(exists (?x - fork.n.01) (ontop ?x table.n.02_1))"), "fork.n.01"),
        (problem(ROOM, "(forn (3) (?x - bowl.n.01) (ontop ?x table.n.02_1))"), "there are only 1"),
        (problem("(ontop bowl.n.01_1 table.n.02_1)"), "in which room"),
        (problem("(inroom table.n.02_1 moon_base)"), "moon_base"),
        ("(" * 2000, "nested"),
        ("(define" + " x" * 200_000, "characters"),
        (problem(ROOM, objects="x" * 1000), "1000 characters, the limit is 200"),
        (problem(ROOM, objects=" ".join(f"x_{k}" for k in range(501))), "501 objects, the limit is 500"),
        (problem("(wet a) " * 2001), "2001 initial statements, the limit is 2000"),
    ],
)  # fmt: skip
def test_what_is_malformed_is_told(text: str, told: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(TaskNotUnderstood) as caught:
        read_bddl(text, vocabulary)
    assert told in str(caught.value)


def test_gardens_are_told_to_be_beyond_us(vocabulary: Vocabulary) -> None:
    with pytest.raises(TaskImpossible, match="garden"):
        read_bddl(problem("(inroom table.n.02_1 garden)"), vocabulary)


def test_parts_of_the_room_neither_open_nor_move(vocabulary: Vocabulary) -> None:
    objects = "bowl.n.01_1 - bowl.n.01 table.n.02_1 - table.n.02 window.n.01_1 - window.n.01"
    said = f"{ROOM} (inroom window.n.01_1 dining_room) (open window.n.01_1) (ontop bowl.n.01_1 window.n.01_1)"
    task = read_bddl(problem(said, objects=objects), vocabulary)
    assert [s.text for s in task.statements if s.fate == "omitted"] == [
        "open(window.n.01_1)", "ontop(bowl.n.01_1, window.n.01_1)",
    ]  # fmt: skip
    assert [str(relation) for relation in task.initial] == ["in_room(table_1, room)"]


def test_things_on_each_other_in_a_circle_are_refused(vocabulary: Vocabulary) -> None:
    round_about = f"{ROOM} (ontop bowl.n.01_1 table.n.02_1) (inside table.n.02_1 bowl.n.01_1)"
    with pytest.raises(TaskImpossible, match="circle"):
        read_bddl(problem(round_about), vocabulary)


def goal_of(condition: str, count: int = 3) -> list[str]:
    objects = {f"x_{k}": "x" for k in range(1, count + 1)} | {"t_1": "t", "t_2": "t"}
    goal = parse(problem(ROOM, condition)).goal
    return [str(said) for said in ground(goal, objects, lambda said: said.predicate == "on").literals]


@pytest.mark.parametrize(
    ("condition", "ways"),
    [
        ("(forall (?x - x) (on ?x t_1))", ["on(x_1, t_1)", "on(x_2, t_1)", "on(x_3, t_1)"]),
        ("(not (exists (?x - x) (on ?x t_1)))",
         ["not on(x_1, t_1)", "not on(x_2, t_1)", "not on(x_3, t_1)"]),
        ("(exists (?x - x) (on ?x x_1))", ["on(x_2, x_1)"]),
        ("(or (wet x_1) (on x_2 t_1))", ["on(x_2, t_1)"]),
        ("(or (wet x_1) (dry x_2))", ["wet(x_1)"]),
        ("(imply (on x_1 t_1) (on x_2 t_2))", ["not on(x_1, t_1)"]),
        ("(forn (2) (?x - x) (on ?x t_2))", ["on(x_1, t_2)", "on(x_2, t_2)"]),
        ("(forpairs (?x - x) (?t - t) (on ?x ?t))", ["on(x_1, t_1)", "on(x_2, t_2)"]),
        ("(fornpairs (1) (?x - x) (?t - t) (on ?x ?t))", ["on(x_1, t_1)"]),
        ("(forpairs (?x - x) (?y - x) (on ?x ?y))", ["on(x_1, x_2)", "on(x_3, x_1)"]),
        ("(forall (?x - x) (forall (?t - t) (not (on ?x ?t))))",
         [f"not on(x_{x}, t_{t})" for x in (1, 2, 3) for t in (1, 2)]),
    ],
)  # fmt: skip
def test_a_goal_is_worked_out_for_the_objects_there_are(condition: str, ways: list[str]) -> None:
    assert goal_of(condition) == ways


def test_a_goal_of_more_statements_than_anyone_wants_is_refused() -> None:
    with pytest.raises(TaskNotUnderstood, match="2000"):
        goal_of("(forall (?a - x) (forall (?b - x) (forall (?c - x) (on ?a ?b))))", count=20)


def nested(quantifier: str, depth: int, body: str) -> str:
    for k in range(depth):
        body = f"({quantifier} (?v{k} - x) {body})"
    return body


@given(
    quantifier=st.sampled_from(["forall", "exists", "forn (3)", "forpairs (?w - x)"]),
    body=st.sampled_from(["(and)", "(or)", "(not (and))", "(on ?v0 t_1)", "(and (and) (or (and) (and)))"]),
)
def test_a_goal_is_worked_out_in_a_bounded_number_of_steps(quantifier: str, body: str) -> None:
    objects = {f"x_{k}": "x" for k in range(6)}
    condition = parse(problem(ROOM, nested(quantifier, 12, body))).goal
    assert len(shown(condition)) < 1300
    steps = 0

    class Counting(_Expansion):
        def expand(self, goal: Expression, names: Mapping[str, str], *, holds: bool) -> list[Literal]:
            nonlocal steps
            steps += 1
            return super().expand(goal, names, holds=holds)

    with pytest.raises(TaskNotUnderstood, match=r"more than (2000 statements|10000 conditions): "):
        Counting(objects, lambda said: True).expand(condition, {}, holds=True)
    assert steps <= MOST_CONDITIONS + 1


def test_a_variable_within_hides_one_of_its_name_without() -> None:
    assert goal_of("(forn (1) (?x - x) (forall (?x - t) (on ?x t_1)))") == ["on(t_1, t_1)", "on(t_2, t_1)"]


def test_sections_that_are_not_known_are_told_and_skipped(vocabulary: Vocabulary) -> None:
    text = sample("bowl_in_the_drawer")
    more = text.replace("(:domain", "(:camera (:jitter_mode normal)) (:domain", 1).replace(
        "(:goal", "(:demonstration (Grasp plate_1)) (:goal", 1
    )
    read, plain = read_bddl(more, vocabulary), read_bddl(text, vocabulary)
    assert "sections without effect: :camera, :demonstration" in read.notes
    assert (read.objects, read.initial, read.goal) == (plain.objects, plain.initial, plain.goal)


def test_the_older_word_for_on_the_floor_is_known(vocabulary: Vocabulary) -> None:
    objects = "bowl.n.01_1 - bowl.n.01 table.n.02_1 - table.n.02 floor.n.01_1 - floor.n.01"
    task = read_bddl(problem(f"{ROOM} (onfloor bowl.n.01_1 floor.n.01_1)", objects=objects), vocabulary)
    assert Relation(name="on", subject="bowl_1", object="floor") in task.initial


def test_a_byte_order_mark_is_skipped(tmp_path: Path, vocabulary: Vocabulary) -> None:
    file = tmp_path / "desk.bddl"
    file.write_text(sample("clearing_the_desk"), encoding="utf-8-sig")
    assert read_bddl(definition_of(None, file, None), vocabulary) == read_bddl(
        sample("clearing_the_desk"), vocabulary
    )


def test_fixtures_alone_make_a_definition(vocabulary: Vocabulary) -> None:
    task = read_bddl(
        "(define (problem close) (:language close the top drawer of the cabinet)"
        " (:regions (top_region (:target cabinet_1))) (:fixtures cabinet_1 - wooden_cabinet)"
        " (:init (Open cabinet_1_top_region)) (:goal (Close cabinet_1_top_region)))",
        vocabulary,
    )
    assert [str(relation) for relation in task.goal] == ["closed(cabinet_1)"]


def test_an_activity_becomes_a_task(desk: Task) -> None:
    assert desk.prompt == "clearing the desk"
    assert desk.rooms == ("office",)
    assert desk.ids == {
        "desk_1", "bookcase_1", "hardback_1", "hardback_2", "mug_1", "carton_1", "pencil_1", "pencil_2",
        "alarm_clock_1",
    }  # fmt: skip
    said = {str(relation) for relation in desk.initial}
    assert said == {
        "in_room(desk_1, room)", "in_room(bookcase_1, room)", "on(hardback_1, desk_1)",
        "on(hardback_2, desk_1)", "on(mug_1, desk_1)", "on(carton_1, floor)", "in(pencil_1, carton_1)",
        "in(pencil_2, carton_1)", "next_to(mug_1, hardback_1)", "touching(hardback_2, hardback_1)",
        "under(alarm_clock_1, desk_1)", "not on(alarm_clock_1, bookcase_1)",
    }  # fmt: skip
    goal = {str(relation) for relation in desk.goal}
    assert goal == {
        "in(hardback_1, bookcase_1)", "in(hardback_2, bookcase_1)", "on(pencil_1, desk_1)",
        "on(mug_1, floor)",
    }  # fmt: skip


def test_each_object_knows_its_name_its_part_and_what_cannot_be_shown(desk: Task) -> None:
    by_id = {name: item for item in desk.objects for name in item.ids}
    assert by_id["mug_1"].aliases == ("mug.n.04_1",)
    assert by_id["mug_1"].unsimulated == ("filled with coffee",)
    assert by_id["desk_1"].unsimulated == ("covered with dust",)
    assert (by_id["pencil_1"].role, by_id["bookcase_1"].role) == ("target", "receptacle")
    assert by_id["carton_1"].category == "box"


def test_every_statement_is_accounted_for(desk: Task) -> None:
    fates = {(s.when, s.text.partition("(")[0].removeprefix("not "), s.fate) for s in desk.statements}
    assert ("initial", "filled", "not_simulated") in fates
    assert ("initial", "future", "not_simulated") in fates
    assert ("goal", "real", "not_simulated") in fates
    (omitted,) = [s for s in desk.statements if s.text == "ontop(pear.n.01_1, floor.n.01_2)"]
    assert omitted.fate == "omitted"
    assert "garden" in omitted.why
    assert any("2 statements are left out" in note and "garden" in note for note in desk.notes)
    definition = parse(desk.definition)
    read = [s.text for s in desk.statements if s.when == "initial"]
    mute = ("agent", "*")
    assert read == [str(s) for s in definition.initial if not any(word in str(s) for word in mute)]


@pytest.mark.parametrize(
    ("synset", "category"),
    [
        ("table.n.02", "table"), ("electric_refrigerator.n.01", "refrigerator"), ("cabinet.n.01", "cabinet"),
        ("carton.n.02", "box"), ("grocery_shelf.n.01", "pallet rack"), ("waffle_iron.n.01", "waffle maker"),
    ],
)  # fmt: skip
def test_a_synset_names_categories(synset: str, category: str, vocabulary: Vocabulary) -> None:
    exact, _ = vocabulary.of_synset(synset)
    assert exact[0].name == category


def test_a_general_synset_names_what_is_more_special(vocabulary: Vocabulary) -> None:
    exact, below = vocabulary.of_synset("chair.n.01")
    assert not exact
    assert {"chair", "armchair", "office chair"} <= {category.name for category in below}
    assert vocabulary.of_synset("nonsense.n.01") == ((), ())


def test_a_libero_file_becomes_a_task(drawer: Task) -> None:
    assert drawer.prompt == "put the green bowl in the top drawer and close it"
    assert drawer.rooms == ("kitchen",)
    by_id = {name: item for item in drawer.objects for name in item.ids}
    assert by_id["glossy_green_bowl_1"].category == "bowl"
    assert by_id["glossy_green_bowl_1"].attributes == {"color": "green"}
    assert by_id["glossy_green_bowl_1"].role == "target"
    assert by_id["wooden_cabinet_1"].category == "dresser"
    assert by_id["microwave_1"].unsimulated == ("switched on",)
    assert drawer.initial == (
        Relation(name="on", subject="glossy_green_bowl_1", object="kitchen_table"),
        Relation(name="on", subject="plate_1", object="kitchen_table"),
        Relation(name="open", subject="wooden_cabinet_1", part="drawer_1"),
    )
    assert drawer.goal == (
        Relation(name="in", subject="glossy_green_bowl_1", object="wooden_cabinet_1", part="drawer_1"),
        Relation(name="closed", subject="wooden_cabinet_1", part="drawer_1"),
    )
    assert any("ranges" in note for note in drawer.notes)
    assert any("stands on the floor" in note for note in drawer.notes)


def test_a_libero_type_that_nobody_knows_is_told(vocabulary: Vocabulary) -> None:
    text = sample("bowl_in_the_drawer").replace("plate_1 - plate", "plate_1 - flux_quandary")
    with pytest.raises(TaskNotUnderstood, match="flux quandary"):
        read_bddl(text, vocabulary)


@pytest.mark.parametrize("name", ["clearing_the_desk", "bowl_in_the_drawer"])
def test_what_a_definition_says_at_first_holds_once_the_scene_is_at_rest(name: str, context: Context) -> None:
    scene = Scene(task=read_bddl(sample(name), context.vocabulary), seed=0)
    for number, edit in enumerate(
        (FloorPlan(), Furnish(density="sparse"), Populate(clutter=False), Settle())
    ):
        scene = edit.apply(scene, context.drawing(0, number))
    layout = Layout(scene, context.store)
    assert [str(relation) for relation in scene.task.initial if not holds(relation, layout)] == []
    assert scene.task.ids <= {item.id for item in scene.objects}
    assert not np.isnan([item.pose.position for item in scene.objects]).any()


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Makes a package `bddl` with two activities look installed."""
    info = tmp_path / "bddl-3.6.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bddl\nVersion: 3.6.0\n")
    for name in ("clearing_the_desk", "watering_plants"):
        folder = tmp_path / "bddl/activity_definitions" / name
        folder.mkdir(parents=True)
        (folder / "problem0.bddl").write_text(sample("clearing_the_desk"))
    monkeypatch.syspath_prepend(str(tmp_path))
    activities.cache_clear()
    yield
    activities.cache_clear()


@pytest.mark.usefixtures("installed")
def test_an_activity_is_found_by_its_name_however_it_is_written() -> None:
    for name in ("clearing_the_desk", "Clearing the desk", "clearing-the-desk"):
        assert definition_of(None, None, name) == sample("clearing_the_desk")
    with pytest.raises(TaskNotUnderstood, match="the nearest are clearing_the_desk"):
        definition_of(None, None, "cleaning_the_desk")


def test_a_missing_package_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise PackageNotFoundError(name)

    activities.cache_clear()
    monkeypatch.setattr("sage.service.definitions.distribution", absent)
    with pytest.raises(SourceError, match=r"pip install --no-deps bddl==3\.6\.0"):
        definition_of(None, None, "clearing_the_desk")


@pytest.mark.parametrize(
    "given", [{}, {"prompt": "a kitchen", "behavior": "x"}, {"bddl": "x", "behavior": "x"}]
)
def test_a_prompt_a_file_and_an_activity_exclude_each_other(given: dict[str, str]) -> None:
    with pytest.raises(UserError, match="give a prompt, a BDDL file or a BEHAVIOR activity"):
        generate(**given)  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "picture.bddl").write_bytes(bytes(range(256)))
    for path in (tmp_path / "missing.bddl", tmp_path, tmp_path / "picture.bddl"):
        with pytest.raises(SourceError, match="cannot be read as text"):
            definition_of(None, path, None)


def test_the_command_line_shows_what_is_understood() -> None:
    path = str(SAMPLES / "clearing_the_desk.bddl")
    shown = CliRunner().invoke(app, ["task", path], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    assert "hardback_1, hardback_2" in shown.output
    assert "filled with coffee" in shown.output
    assert "initially: in(pencil_1, carton_1)" in shown.output
    assert "left out: initial: ontop(pear.n.01_1, floor.n.01_2)" in shown.output
    data = json.loads(CliRunner().invoke(app, ["task", path, "--json"]).output)
    assert Task.model_validate({key: data[key] for key in Task.model_fields if key in data}).rooms == (
        "office",
    )
    words = CliRunner().invoke(app, ["task", "put the mug in the waffle maker", "--json"])
    assert json.loads(words.output)["stand_ins"] == {"waffle maker": "toaster"}


def test_what_a_task_opens_or_fills_is_made_such_that_it_can(context: Context) -> None:
    objects = (
        "recycling_bin.n.01_1 - recycling_bin.n.01 backpack.n.01_1 - backpack.n.01 pen.n.01_1 - pen.n.01"
    )
    said = (
        "(inroom recycling_bin.n.01_1 bedroom) (inroom backpack.n.01_1 bedroom) "
        "(open recycling_bin.n.01_1) (inside pen.n.01_1 backpack.n.01_1)"
    )
    task = read_bddl(problem(said, objects=objects), context.vocabulary)
    recycling_bin, backpack, _ = task.objects
    assert any(
        joint.opens != "none"
        for joint in make_for_task("recycling_bin_1", recycling_bin, task, context).joints
    )
    made = make_for_task("backpack_1", backpack, task, context)
    assert any(surface.placement == "in" for surface in made.surfaces)
    assert made.category == "backpack"
    assert "box" in made.provenance
