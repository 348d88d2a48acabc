"""Relations on simple geometry, and their invariances."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from sage.asset import Asset
from sage.geometry import Pose
from sage.scene import Scene
from sage.spatial.layout import Layout
from sage.spatial.predicates import gap, holds, is_supported, part_name, rests_on, wall_distances
from sage.task import RELATIONS, Relation

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage

CUBE_M = 0.4
MIDDLE = (2.5, 2.0)
"""Of the room, where the reference stands; it looks along x."""

anywhere = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture
def cube(block: Callable[..., Asset]) -> Asset:
    return block((CUBE_M, CUBE_M, CUBE_M), has_front=True)


def says(stage: Stage, name: str, subject: str, reference: str = "", **fields: object) -> bool:
    relation = Relation.model_validate({"name": name, "subject": subject, "object": reference} | fields)
    return holds(relation, stage.layout)


FLOOR_CASES = [
    # relation, subject ahead and to the left (of one who looks along x) of the reference, its yaw, holds
    ("next_to", (0.0, 0.7), 0.0, True),
    ("next_to", (0.0, 0.89), 0.0, True),
    ("next_to", (0.0, 0.92), 0.0, False),
    ("near", (0.0, 1.2), 0.0, True),
    ("near", (1.89, 0.0), 0.0, True),
    ("near", (1.92, 0.0), 0.0, False),
    # one who faces the front of the reference looks along -x: his left is at -y
    ("left_of", (0.0, -0.8), 0.0, True),
    ("left_of", (0.0, 0.8), 0.0, False),
    ("left_of", (0.8, 0.0), 0.0, False),
    ("right_of", (0.0, 0.8), 0.0, True),
    ("right_of", (0.0, -0.8), 0.0, False),
    ("right_of", (-0.8, 0.0), 0.0, False),
    ("in_front_of", (0.8, 0.0), 0.0, True),
    ("in_front_of", (-0.8, 0.0), 0.0, False),
    ("in_front_of", (0.0, 0.8), 0.0, False),
    ("behind", (-0.8, 0.0), 0.0, True),
    ("behind", (0.8, 0.0), 0.0, False),
    ("behind", (0.0, -0.8), 0.0, False),
    ("facing", (-1.0, 0.0), 0.0, True),
    ("facing", (-1.0, 0.0), math.radians(12), True),
    ("facing", (-1.0, 0.0), math.radians(-12), True),
    ("facing", (-1.0, 0.0), math.radians(29), False),
    ("facing", (-1.0, 0.0), math.pi, False),
    # what the rays along the front meet, a strip at the edge, is 22 degrees to the side
    ("facing", (-0.6, 0.35), 0.0, False),
    ("facing", (-1.6, 0.35), 0.0, True),
]


@pytest.mark.parametrize(("name", "offset", "yaw", "expected"), FLOOR_CASES)
def test_a_relation_on_the_floor_holds_by_distance_and_direction(
    stage: Stage, cube: Asset, name: str, offset: tuple[float, float], yaw: float, expected: bool
) -> None:
    reference = stage.stand(cube, Pose.planar(*MIDDLE))
    subject = stage.stand(cube, Pose.planar(MIDDLE[0] + offset[0], MIDDLE[1] + offset[1], 0, yaw))
    assert says(stage, name, subject, reference) is expected
    assert says(stage, name, subject, reference, negated=True) is not expected


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("against_wall", (0.2 + 0.29, 2.0), True),
        ("against_wall", (0.2 + 0.32, 2.0), False),
        ("against_wall", (2.5, 4.0 - 0.25), True),
        ("in_corner", (0.45, 0.45), True),
        ("in_corner", (4.6, 3.6), True),
        ("in_corner", (0.45, 2.0), False),
        ("in_corner", (2.5, 2.0), False),
        ("in_middle", (2.5, 2.0), True),
        ("in_middle", (2.9, 2.3), True),
        ("in_middle", (4.6, 3.6), False),
        ("in_middle", (0.4, 2.0), False),
    ],
)
def test_a_relation_to_the_room_holds_by_distance_to_walls(
    stage: Stage, cube: Asset, name: str, place: tuple[float, float], expected: bool
) -> None:
    subject = stage.stand(cube, Pose.planar(*place))
    assert says(stage, name, subject, "room") is expected


def test_a_thing_is_on_what_it_lies_on_and_not_beside_or_above_it(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    mug = stage.set_down("mug", table)
    floating = stage.set_down("mug", table, at=(0.2, 0.2), lift=0.05)
    beside = stage.stand("mug", Pose.planar(0.6, 3.5))
    assert says(stage, "on", mug, table)
    assert not says(stage, "on", floating, table)
    assert not says(stage, "on", beside, table)
    assert not says(stage, "on", table, mug)
    assert not says(stage, "in", mug, table)


def test_a_thing_is_on_the_floor_up_to_a_centimetre(stage: Stage) -> None:
    mug = stage.stand("mug", Pose.planar(*MIDDLE, 0.0009))
    above = stage.stand("mug", Pose.planar(1.5, 2.0, 0.012))
    assert says(stage, "on", mug, "floor")
    assert not says(stage, "on", above, "floor")


def test_a_thing_is_lifted_well_above_what_is_below_it(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    resting = stage.set_down("mug", table)
    held = stage.set_down("mug", table, at=(0.2, 0.2), lift=0.08)
    low = stage.set_down("mug", table, at=(-0.2, 0.2), lift=0.03)
    above_floor = stage.stand("mug", Pose.planar(0.6, 3.5, 0.3))
    on_floor = stage.stand("mug", Pose.planar(0.6, 3.0))
    verdicts = {name: says(stage, "lifted", name) for name in (resting, held, low, above_floor, on_floor)}
    assert verdicts == {resting: False, held: True, low: False, above_floor: True, on_floor: False}


def test_a_thing_in_a_cavity_is_in_and_not_on(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    microwave = stage.set_down("microwave", table)
    inside = stage.set_down("mug", microwave, "inside")
    above = stage.set_down("mug", microwave, "top")
    assert says(stage, "in", inside, microwave)
    assert not says(stage, "on", inside, microwave)
    assert says(stage, "on", above, microwave)
    assert not says(stage, "in", above, microwave)


def test_a_thing_on_a_shelf_board_is_both_on_and_in(stage: Stage) -> None:
    bookcase = stage.stand("bookcase", Pose.planar(*MIDDLE))
    mug = stage.set_down("mug", bookcase, "shelf_2")
    assert says(stage, "on", mug, bookcase)
    assert says(stage, "in", mug, bookcase)
    assert says(stage, "on", mug, bookcase, part="shelf_2")
    assert not says(stage, "on", mug, bookcase, part="shelf_1")


def test_parts_are_counted_from_the_top_and_from_both_ends(stage: Stage) -> None:
    dresser = stage.stand("dresser", Pose.planar(*MIDDLE))
    heights = {p.surface.name: p.z for p in stage.layout[dresser].patches}
    assert heights["drawer_1"] > heights["drawer_2"] > heights["drawer_3"]
    towel = stage.set_down("towel", dresser, "drawer_3")
    assert says(stage, "in", towel, dresser, part="drawer_3")
    assert says(stage, "in", towel, dresser, part="drawer_-1")
    assert not says(stage, "in", towel, dresser, part="drawer_middle")
    assert not says(stage, "in", towel, dresser, part="drawer_9")
    assert not says(stage, "in", towel, dresser, part="shelf_1")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("drawer_2", "drawer_2"),
        ("drawer_-1", "drawer_3"),
        ("drawer_-3", "drawer_1"),
        ("drawer_middle", "drawer_2"),
        ("drawer_-4", None),
        ("drawer_4", None),
        ("door_-1", None),
        ("top", "top"),
        ("bottom", None),
    ],
)
def test_a_part_is_found_by_number_from_either_end_or_as_the_middle_one(
    part: str, expected: str | None
) -> None:
    assert part_name(part, ("top", "drawer_1", "drawer_2", "drawer_3")) == expected


def test_a_thing_is_under_what_spans_it_and_not_under_what_carries_it(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    basket = stage.stand("basket", Pose.planar(*MIDDLE))
    beside = stage.stand("basket", Pose.planar(4.2, 2.0))
    mug = stage.set_down("mug", table)
    assert says(stage, "under", basket, table)
    assert not says(stage, "under", beside, table)
    assert not says(stage, "under", mug, table)
    assert not says(stage, "under", table, basket)


def test_a_thing_is_under_and_next_to_a_window_by_the_wall_it_is_in(stage: Stage, cube: Asset) -> None:
    below = stage.stand(cube, Pose.planar(2.5, 3.7))
    opposite = stage.stand(cube, Pose.planar(2.5, 0.3))
    aside = stage.stand(cube, Pose.planar(0.3, 3.7))
    for name in ("under", "next_to"):
        assert says(stage, name, below, "window_1")
        assert says(stage, name, below, "window")
        assert not says(stage, name, opposite, "window_1")
        assert not says(stage, name, aside, "window_1")


def test_a_thing_on_another_is_not_next_to_it(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    mug = stage.set_down("mug", table)
    bowl = stage.set_down("bowl", table, at=(0.0, 0.3))
    assert says(stage, "next_to", mug, bowl)
    assert not says(stage, "next_to", mug, table)


def test_things_at_different_heights_are_not_next_to_each_other(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    mug = stage.set_down("mug", table)
    low = stage.stand("mug", Pose.planar(*MIDDLE))
    assert not says(stage, "next_to", mug, low)


def test_a_thing_is_between_two_others_on_the_line_that_joins_them(stage: Stage, cube: Asset) -> None:
    first, last = (stage.stand(cube, Pose.planar(x, 2.0)) for x in (1.0, 4.0))
    inside = stage.stand(cube, Pose.planar(2.6, 2.1))
    off = stage.stand(cube, Pose.planar(2.5, 3.7))
    beyond = stage.stand(cube, Pose.planar(4.7, 2.0))
    assert says(stage, "between", inside, first, other=last)
    assert says(stage, "between", inside, last, other=first)
    assert not says(stage, "between", off, first, other=last)
    assert not says(stage, "between", beyond, first, other=last)


@pytest.mark.parametrize(
    ("share", "is_open", "is_closed"),
    [(0.0, False, True), (0.015, False, True), (0.1, False, False), (0.25, True, False), (1.0, True, False)],
)
def test_a_drawer_is_open_from_a_fifth_and_closed_below_a_fiftieth(
    stage: Stage, share: float, is_open: bool, is_closed: bool
) -> None:
    dresser = stage.stand("dresser", Pose.planar(*MIDDLE))
    joint = stage.layout[dresser].asset.joint("drawer_1_joint")
    stage.change(dresser, joints=stage.scene[dresser].joints | {joint.name: share * joint.upper})
    assert says(stage, "open", dresser) is is_open
    assert says(stage, "closed", dresser) is is_closed
    assert says(stage, "open", dresser, part="drawer_1") is is_open
    assert not says(stage, "open", dresser, part="drawer_-1")
    assert says(stage, "closed", dresser, part="drawer_-1")


def test_what_has_no_door_is_neither_open_nor_closed(stage: Stage, cube: Asset) -> None:
    thing = stage.stand(cube, Pose.planar(*MIDDLE))
    assert not says(stage, "open", thing)
    assert not says(stage, "closed", thing)


def test_sides_of_a_thing_without_a_front_are_as_seen_from_the_door(
    stage: Stage, cube: Asset, block: Callable[..., Asset]
) -> None:
    """The door is at (0.7, 0): its way to the middle is mostly along y."""
    reference = stage.stand(block((CUBE_M, CUBE_M, CUBE_M)), Pose.planar(0.7, 2.0))
    places = {"in_front_of": (0.7, 1.0), "behind": (0.7, 3.0), "right_of": (1.6, 2.0)}
    for expected, place in places.items():
        thing = stage.stand(cube, Pose.planar(*place))
        true = [name for name in (*places, "left_of") if says(stage, name, thing, reference)]
        assert true == [expected]


def test_a_relation_to_what_does_not_exist_is_an_error(stage: Stage, cube: Asset) -> None:
    thing = stage.stand(cube, Pose.planar(*MIDDLE))
    for name in ("on", "next_to", "facing", "left_of"):
        with pytest.raises(KeyError):
            says(stage, name, thing, "nothing_1")


def test_an_object_rests_on_the_patch_below_it(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    mug = stage.set_down("mug", table)
    layout = stage.layout
    patch = rests_on(layout[mug], layout[table])
    assert patch is not None and patch.surface.name == "top"
    assert rests_on(layout[table], layout[mug]) is None


def test_gaps_and_wall_distances_are_between_faces(stage: Stage, cube: Asset) -> None:
    a = stage.stand(cube, Pose.planar(1.0, 1.0))
    b = stage.stand(cube, Pose.planar(2.0, 1.0))
    layout = stage.layout
    assert gap(layout[a], layout[b]) == pytest.approx(1.0 - CUBE_M)
    distances = wall_distances(layout[a], stage.scene.rooms[0])
    assert distances == pytest.approx(
        {"wall_south": 0.8, "wall_west": 0.8, "wall_north": 2.8, "wall_east": 3.8}
    )


@anywhere
@given(x=st.floats(-1.6, 1.6), y=st.floats(-1.4, 1.4))
def test_left_and_right_mirror_each_other_and_no_side_is_its_opposite(
    stage: Stage, cube: Asset, x: float, y: float
) -> None:
    assume(math.hypot(x, y) > 0.6)
    stage.clear()
    reference = stage.stand(cube, Pose.planar(*MIDDLE))
    here = stage.stand(cube, Pose.planar(MIDDLE[0] + x, MIDDLE[1] + y))
    mirrored = stage.stand(cube, Pose.planar(MIDDLE[0] + x, MIDDLE[1] - y))
    assert says(stage, "left_of", here, reference) == says(stage, "right_of", mirrored, reference)
    for name in ("in_front_of", "behind"):
        assert says(stage, name, here, reference) == says(stage, name, mirrored, reference)
    assert not (says(stage, "left_of", here, reference) and says(stage, "right_of", here, reference))
    assert not (says(stage, "in_front_of", here, reference) and says(stage, "behind", here, reference))


@anywhere
@given(x=st.floats(-100, 100), y=st.floats(-100, 100), turn=st.floats(-math.pi, math.pi))
def test_moving_and_turning_the_whole_scene_changes_no_relation(
    stage: Stage, block: Callable[..., Asset], x: float, y: float, turn: float
) -> None:
    stage.clear()
    _furnish(stage, block)
    before = stage.layout
    after = Layout(_moved(stage.scene, Pose.planar(x, y, 0, turn)), stage.store)
    changed = [str(r) for r in _statements(stage.scene) if holds(r, before) != holds(r, after)]
    assert not changed


def _furnish(stage: Stage, block: Callable[..., Asset]) -> None:
    """Stand things such that every relation holds somewhere and fails somewhere."""
    table = stage.stand("table", Pose.planar(2.4, 2.1, 0, 0.3))
    stage.set_down("mug", table, at=(0.1, 0.2))
    stage.set_down("bowl", table, at=(0.1, -0.25))
    stage.set_down("mug", table, at=(-0.1, 0.3), lift=0.2)
    stage.stand("basket", Pose.planar(2.5, 2.3))
    dresser = stage.stand("dresser", Pose.planar(4.6, 3.3, 0, math.pi))
    joint = stage.layout[dresser].asset.joint("drawer_1_joint")
    stage.change(dresser, joints=stage.scene[dresser].joints | {joint.name: 0.5 * joint.upper})
    stage.set_down("towel", dresser, "drawer_2")
    bench = stage.stand(block((0.5, 1.4, 0.4), has_front=True), Pose.planar(3.97, 1.07))
    stage.set_down("mug", bench, at=(0.2, 0.6))
    stage.set_down("bowl", bench, at=(-0.2, -0.6))
    stage.stand(block((0.3, 0.3, 0.3)), Pose.planar(4.48, 1.0))
    stage.stand(block((0.3, 0.3, 0.3)), Pose.planar(3.93, 2.02))
    stage.stand("nightstand", Pose.planar(0.4, 0.8))
    stage.stand(block((0.4, 0.4, 0.4)), Pose.planar(2.6, 3.7))
    stage.stand(block((0.3, 0.3, 0.3), has_front=True), Pose.planar(2.5, 0.8, 0, math.pi / 2))


def _moved(scene: Scene, world_from_old: Pose) -> Scene:
    def place(point: tuple[float, float]) -> tuple[float, float]:
        x, y, _ = world_from_old.apply([*point, 0.0])
        return (float(x), float(y))

    room = scene.rooms[0]
    walls = tuple(
        wall.model_copy(update={"start": place(wall.start), "end": place(wall.end)}) for wall in room.walls
    )
    polygon = tuple(place(corner) for corner in room.polygon)
    objects = tuple(item.model_copy(update={"pose": world_from_old @ item.pose}) for item in scene.objects)
    return scene.replacing(
        rooms=(room.model_copy(update={"walls": walls, "polygon": polygon}),), objects=objects
    )


def _statements(scene: Scene) -> list[Relation]:
    """Return every relation between any two objects, an object and the room, the window or the floor."""
    ids = [item.id for item in scene.objects]
    alone = ("open", "closed", "lifted", "against_wall", "in_corner", "in_middle")
    found = [
        Relation.model_validate({"name": name, "subject": a, "object": "room"}) for name in alone for a in ids
    ]
    for name in set(RELATIONS) - {*alone, "between"}:
        found += [
            Relation.model_validate({"name": name, "subject": a, "object": b})
            for a in ids
            for b in ids
            if a != b
        ]
    found += [Relation(name="under", subject=a, object="window_1") for a in ids]
    found += [Relation(name="on", subject=a, object="floor") for a in ids]
    found += [Relation(name="in_room", subject=a, object="room") for a in ids]
    found += [Relation(name="between", subject=a, object=ids[0], other=ids[-1]) for a in ids[1:-1]]
    return found


def test_the_scene_of_the_moving_test_has_every_relation_both_true_and_false(
    stage: Stage, block: Callable[..., Asset]
) -> None:
    """Else the property above would say nothing."""
    _furnish(stage, block)
    layout = stage.layout
    verdicts = {(r.name, holds(r, layout)) for r in _statements(stage.scene)}
    assert {name for name, holding in verdicts if holding} == set(RELATIONS)
    assert {name for name, holding in verdicts if not holding} == set(RELATIONS)


def test_a_thing_is_in_the_room_that_holds_it_by_id_or_type(
    stage: Stage, block: Callable[..., Asset]
) -> None:
    _furnish(stage, block)
    item, room = stage.scene.objects[0], stage.scene.rooms[0]
    for name, holding in ((room.id, True), (room.type, True), ("room", True), ("attic", False)):
        relation = Relation(name="in_room", subject=item.id, object=name)
        assert holds(relation, stage.layout) is holding


def test_what_lies_on_other_contents_of_a_container_is_supported_by_it(
    stage: Stage, block: Callable[..., Asset]
) -> None:
    hamper = stage.stand("hamper", Pose.planar(*MIDDLE))
    inside = {"support": hamper, "support_part": "inside", "placement": "in"}
    lower = stage.stand(block((0.1, 0.1, 0.05)), Pose.planar(*MIDDLE, 0.01), **inside)
    upper = stage.stand(block((0.1, 0.1, 0.05)), Pose.planar(*MIDDLE, 0.06), **inside)
    located = stage.layout[upper]
    stacked = {frozenset((hamper, lower)), frozenset((lower, upper))}
    assert is_supported(located, stage.layout, stacked)
    assert not is_supported(located, stage.layout, {frozenset((hamper, lower))})
    assert not is_supported(located, stage.layout, {frozenset((lower, upper))})
