"""SceneEval's relations on boxes with known scores, and word matching."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sage.assets.vocabulary import TableVocabulary
from sage.geometry import Array, Pose
from sage.scene import Opening, Room, Wall
from sage.vocabulary import PLAIN, Category
from tests.benchmarks.sceneeval_metrics import (
    SATISFIED,
    Body,
    Box,
    Spec,
    architecture,
    compares,
    element_score,
    element_words,
    groups,
    object_score,
    object_words,
    read_specs,
)
from tests.benchmarks.sceneeval_words import kind_of, matches, told

_FACES = np.array([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1],
                   [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]])  # fmt: skip


def block(
    x: float, y: float, z: float = 0.0, size: tuple[float, float, float] = (1, 1, 1), yaw: float = 0.0
) -> Body:
    """A box that stands at a place, its front along `yaw`."""
    pose = Pose.planar(x, y, z, yaw)
    box = Box(np.array([x, y, z + size[2] / 2]), pose.matrix[:3, :3], np.array(size) / 2)
    return Body(box, box.corners[_FACES])


def scored(word: str, target: Body, anchor: Body, noun: str = "table") -> float:
    return object_score(object_words(word, noun), [target], anchor)


def holds(word: str, target: Body, anchor: Body, noun: str = "table") -> bool:
    return scored(word, target, anchor, noun) > SATISFIED


@pytest.fixture(scope="module")
def room() -> Room:
    """4 x 5 m and 2.6 m high, a door in the south wall, a window in the north wall."""
    corners = [(0.0, 0.0), (4.0, 0.0), (4.0, 5.0), (0.0, 5.0)]
    door = Opening(id="door_1", kind="door", offset=1.0, width=0.9, height=2.1)
    window = Opening(id="window_1", kind="window", offset=2.0, width=1.2, height=1.2, sill=0.9)
    openings = {0: (door,), 2: (window,)}
    walls = tuple(
        Wall(id=f"wall_{k}", start=corners[k], end=corners[(k + 1) % 4], height=2.6, thickness=0.1,
             openings=openings.get(k, ()))
        for k in range(4)
    )  # fmt: skip
    return Room(id="room_1", type="bedroom", polygon=tuple(corners), height=2.6, walls=walls)


def placed(word: str, element: str, target: Body, room: Room) -> bool:
    score = element_score(element_words(word, element), element, target, [architecture(room)])
    return score > SATISFIED


def test_specifications_are_read_as_they_are_written() -> None:
    specs = read_specs("eq,2,chair; ge,1,next_to,0,bed,night_stand ;")
    assert specs == (Spec("eq", 2, ("chair",)), Spec("ge", 1, ("next_to", "0", "bed", "night_stand")))
    assert str(specs[0]) == "eq,2,chair"


@given(st.integers(0, 9), st.integers(0, 9))
def test_numbers_are_compared(wanted: int, number: int) -> None:
    found = {c: compares(Spec(c, wanted, ()), number) for c in ("eq", "gt", "ge", "lt", "le")}
    assert found["eq"] == (found["ge"] and found["le"])
    assert found["gt"] != found["le"]
    assert found["lt"] != found["ge"]


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [("next_to", 0.0, 0.79), ("near", 0.21, 1.79), ("across", 1.21, 4.29), ("far", 3.71, 9.0)],
)
def test_bands_of_distance_end_where_their_gaussians_fall_to_a_half(
    word: str, first: float, last: float
) -> None:
    for gap in (first + 0.02, (first + last) / 2, last - 0.02):
        assert holds(word, block(1 + gap, 0), block(0, 0))
    for gap in (first - 0.02, last + 0.02):
        if 0 < gap < 9:
            assert not holds(word, block(1 + gap, 0), block(0, 0))


def test_things_on_top_are_over_the_footprint_and_above_the_box() -> None:
    table, cup = block(0, 0, size=(1, 1, 0.75)), (0.1, 0.1, 0.1)
    assert scored("on", block(0.3, 0.3, 0.75, cup), table) == 1.0
    assert not holds("on", block(0.3, 0.3, 0.60, cup), table)
    assert not holds("on", block(0.52, 0.3, 0.75, cup), table)


def test_things_on_a_shelf_are_inside_or_on_top_of_it() -> None:
    shelf, book = block(0, 0, size=(0.3, 1, 2)), (0.1, 0.1, 0.2)
    assert not holds("on", block(0, 0, 1, book), shelf)
    assert holds("on", block(0, 0, 1, book), shelf, "book_shelf")
    assert holds("on", block(0, 0, 2, book), shelf, "wall_shelf")


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_what_is_not_inside_is_outside(x: float, y: float) -> None:
    box, toy = block(0, 0), block(x, y, 0.2, (0.3, 0.3, 0.3))
    assert scored("inside", toy, box) + scored("outside", toy, box) == pytest.approx(1.0)


def test_sides_are_those_of_who_looks_at_the_front() -> None:
    sofa, lamp = block(0, 0, yaw=math.pi / 2), (0.3, 0.3, 0.9)
    assert holds("front", block(0, 1, size=lamp), sofa)
    assert holds("behind", block(0, -1, size=lamp), sofa)
    assert holds("left", block(1, 0, size=lamp), sofa)
    assert holds("right", block(-1, 0, size=lamp), sofa)


def test_a_side_is_the_strip_before_the_face_enlarged_by_a_quarter() -> None:
    sofa, lamp = block(0, 0), (0.2, 0.2, 0.2)
    assert holds("front", block(1, 0.5 * 1.25 - 0.02, size=lamp), sofa)
    assert not holds("front", block(1, 0.5 * 1.25 + 0.02, size=lamp), sofa)
    assert holds("above", block(0, 0, 3, lamp), sofa)
    assert holds("under", block(0, 0, 0.1, lamp), sofa)


def test_the_long_and_the_short_side_of_a_table() -> None:
    table, chair = block(0, 0, size=(0.8, 1.6, 0.75)), (0.4, 0.4, 0.7)
    before, beside = block(0.6, 0.3, size=chair), block(0, 1.0, size=chair)
    assert holds("long_side", before, table)
    assert not holds("short_side", before, table)
    assert holds("short_side", beside, table)
    assert not holds("long_side", beside, table)
    assert not holds("long_side", block(0.35, 0.3, size=chair), table)
    assert scored("long_side", before, block(0, 0, size=(0.8, 0.8, 0.75))) == 0.0


def test_facing_follows_rays_to_the_mesh() -> None:
    screen, seat = block(3, 0, size=(0.1, 0.6, 1)), (0.6, 0.6, 0.9)
    assert scored("facing", block(0, 0, size=seat), screen) == pytest.approx(1.0, abs=0.05)
    assert scored("facing", block(0, 0, size=seat, yaw=math.pi), screen) == 0.0
    assert scored("facing", block(0, 0, size=seat), block(3, 0, 1.2, (0.1, 0.6, 0.6))) == 0.0
    assert scored("facing", block(0, 2, size=seat), screen) == 0.0


def test_at_the_foot_is_in_front_and_next_to() -> None:
    bed, bench = block(0, 0, size=(2, 1.6, 0.5)), (0.4, 1.2, 0.45)
    assert holds("foot", block(1.3, 0, size=bench), bed)
    assert not holds("foot", block(3, 0, size=bench), bed)
    assert not holds("foot", block(-1.3, 0, size=bench), bed)


def around(angles: list[float], distances: list[float]) -> list[Body]:
    return [
        block(d * math.cos(a), d * math.sin(a), size=(0.3, 0.3, 0.5))
        for a, d in zip(angles, distances, strict=True)
    ]


@given(st.integers(3, 8), st.floats(0, 6), st.floats(0.5, 3))
def test_even_spacing_surrounds_and_two_do_not(count: int, first: float, distance: float) -> None:
    angles = [first + k * 2 * math.pi / count for k in range(count)]
    even, table = around(angles, [distance] * count), block(0, 0, size=(0.5, 0.5, 0.5))
    predicates = object_words("surround", "table")
    assert object_score(predicates, even, table) == pytest.approx(1.0)
    assert object_score(predicates, even[:2], table) == 0.0
    beside = around([first + 0.1 * k for k in range(count)], [distance * (1 + k) for k in range(count)])
    assert object_score(predicates, beside, table) < SATISFIED


def test_the_middle_of_a_thing_is_within_29_cm() -> None:
    table, vase = block(0, 0), (0.1, 0.1, 0.2)
    assert holds("center", block(0.28, 0, 1, vase), table)
    assert not holds("center", block(0.31, 0, 1, vase), table)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-3, 3), st.sampled_from(
    ["on", "inside", "left", "front", "near", "facing", "long_side", "center", "under"]
))  # fmt: skip
def test_moving_and_turning_everything_changes_no_score(x: float, y: float, yaw: float, word: str) -> None:
    def moved(body: Body) -> Body:
        pose = Pose.planar(x, y, 0.0, yaw)
        turned: Array = pose.matrix[:3, :3] @ body.box.axes
        return Body(Box(pose.apply([body.box.center])[0], turned, body.box.half),
                    pose.apply(body.triangles.reshape(-1, 3)).reshape(-1, 3, 3))  # fmt: skip

    anchor = block(0.2, -0.1, size=(0.8, 1.4, 0.7), yaw=0.3)
    target = block(0.9, 0.4, 0.2, (0.5, 0.4, 0.9), yaw=2.8)
    before, after = scored(word, target, anchor), scored(word, moved(target), moved(anchor))
    assert after == pytest.approx(before, abs=0.02)


def test_pictures_hang_on_a_wall_within_a_centimetre(room: Room) -> None:
    size = (0.02, 0.6, 0.4)
    assert placed("on", "wall", block(0.01 + 0.005, 2, 1.4, size), room)
    assert not placed("on", "wall", block(0.01 + 0.05, 2, 1.4, size), room)


def test_things_against_a_wall_are_within_30_cm_and_a_little(room: Room) -> None:
    assert placed("against", "wall", block(0.5 + 0.3, 2.5), room)
    assert placed("against", "wall", block(0.5 + 0.40, 2.5), room)
    assert not placed("against", "wall", block(0.5 + 0.45, 2.5), room)


def test_a_corner_is_near_two_perpendicular_walls(room: Room) -> None:
    assert placed("corner", "room", block(0.5, 0.5), room)
    assert placed("corner", "room", block(0.5 + 0.9, 0.5 + 0.9), room)
    assert not placed("corner", "room", block(0.5, 2.5), room)
    assert not placed("corner", "room", block(-2, -2), room)


def test_lamps_hang_from_the_ceiling(room: Room) -> None:
    lamp = (0.4, 0.4, 0.5)
    assert placed("hang", "ceiling", block(2, 2, 2.1, lamp), room)
    assert placed("hang", "ceiling", block(2, 2, 2.1 - 0.04, lamp), room)
    assert not placed("hang", "ceiling", block(2, 2, 2.1 - 0.06, lamp), room)


def test_the_middle_of_a_room_is_wider_for_large_things(room: Room) -> None:
    assert placed("middle", "room", block(2, 2.5), room)
    small, large = block(2, 1.5, size=(0.2, 0.2, 0.2)), block(2, 1.5, size=(3, 3, 0.2))
    near, far = (
        element_score(("middle_of_room",), "room", each, [architecture(room)]) for each in (small, large)
    )
    assert near < far
    assert not placed("middle", "room", block(0.3, 0.3, size=(0.2, 0.2, 0.2)), room)


def test_bands_of_distance_hold_to_doors_and_windows(room: Room) -> None:
    bin_ = (0.3, 0.3, 0.4)
    assert placed("next", "door", block(1.0, 0.4, size=bin_), room)
    assert placed("near", "door", block(1.0, 1.2, size=bin_), room)
    assert not placed("near", "door", block(1.0, 0.2, size=bin_), room)
    assert not placed("near", "door", block(3.5, 4.5, size=bin_), room)
    assert placed("far", "door", block(3.5, 4.5, size=bin_), room)
    assert placed("under", "window", block(2, 4.6, size=(0.8, 1.2, 0.75)), room)
    assert not placed("under", "window", block(2, 1, size=(0.8, 1.2, 0.75)), room)


def test_in_a_room_wants_a_room_of_that_name(room: Room) -> None:
    assert placed("in", "bedroom", block(2, 2), room)
    assert not placed("in", "bathroom", block(2, 2), room)


def test_combinations_are_of_distinct_objects() -> None:
    matched = {"table": ["t"], "chair": ["a", "b", "c"]}
    relation, anchor, found = groups(Spec("eq", 2, ("next", "0", "table", "chair")), matched)
    assert (relation, anchor) == ("next", "table")
    assert found == [("t", ("a",)), ("t", ("b",)), ("t", ("c",))]
    pairs = groups(Spec("eq", 1, ("near", "0", "table", "chair:0", "chair:1")), matched)[2]
    assert [others for _, others in pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert groups(Spec("eq", 1, ("near", "0", "chair:0", "chair:1")), {"chair": ["a", "b"]})[2] == [
        ("a", ("b",)),
        ("b", ("a",)),
    ]


def test_an_anchor_is_given_by_its_index() -> None:
    matched = {"bed": ["b"], "rug": ["r"]}
    assert groups(Spec("eq", 1, ("under", "1", "rug", "bed")), matched)[1:] == ("bed", [("b", ("r",))])


def test_a_thing_answers_to_the_noun_that_fits_best(vocabulary: TableVocabulary) -> None:
    nouns = ["lamp", "desk_lamp", "table", "coffee_table"]
    assert matches("desk lamp", "white desk lamp", nouns, vocabulary) == ("desk_lamp", "kind")
    assert matches("floor lamp", "floor lamp", nouns, vocabulary) == ("lamp", "kind")
    assert matches("coffee table", "coffee table", nouns, vocabulary) == ("coffee_table", "kind")
    assert matches("bed", "bed", nouns, vocabulary) is None


class _PlainVases(TableVocabulary):
    """A vocabulary in which nothing makes vases."""

    def find(self, noun: str) -> Category | None:
        found = super().find(noun)
        return found and found.model_copy(update={"stand_in": PLAIN} if found.name == "vase" else {})


def test_a_plain_body_answers_to_its_words_alone(vocabulary: TableVocabulary) -> None:
    plain = _PlainVases(vocabulary.room_types())
    assert matches("vase", "blue vase", ["vase"], plain) == ("vase", "plain")
    assert matches("vase", "thing", ["vase"], vocabulary) == ("vase", "kind")
    assert matches("vase", "thing", ["vase"], plain) is None


def test_words_in_another_order_or_number_are_the_same_noun(vocabulary: TableVocabulary) -> None:
    assert matches("chair", "black gaming chairs", ["gaming_chair"], vocabulary) is not None
    assert matches("spool", "spool of red thread", ["spool_of_thread"], vocabulary) is not None
    assert matches("shelf", "oak shelf", ["wall_shelf"], vocabulary) is None
    assert matches("shelf", "oak shelf", ["wall_shelf"], vocabulary, support="wall") == ("wall_shelf", "kind")
    assert matches("bowl", "bowl", ["bowl_of_tomatoes"], vocabulary) == ("bowl_of_tomatoes", "kind")


@pytest.mark.parametrize(
    ("word", "kind"),
    [("pale_blue", "colour"), ("wooden", "material"), ("marble_top", "material"), ("round", "shape"),
     ("l_shaped", "shape"), ("very_large", "size"), ("low_profile", "size"), ("queen_sized", "bed size"),
     ("two_seater", "seats"), ("wall_mounted", "mount"), ("folded", "state"), ("modern", "style"),
     ("runway", "other")],
)  # fmt: skip
def test_attributes_are_of_a_kind(word: str, kind: str) -> None:
    assert kind_of(word) == kind


def test_words_that_an_object_has_are_kept() -> None:
    assert told("picnic_style", "large picnic table")
    assert not told("double_sink", "vanity with sink")
