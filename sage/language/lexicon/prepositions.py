"""Prepositions and adverbs of place."""

from __future__ import annotations

from sage.language.lexicon.entries import entries, mapped

__all__ = ["ADVERBIAL", "MANNERS", "PLACES", "POSSESSIVE_PLACES", "WALL_SIDES"]

PLACES: dict[str, str] = {
    **mapped(
        "on",
        "on top of, on top, on, upon, atop, up on, down on, all over, on the inside of, on the surface of, "
        "on the top "
        "of, at the top of, across the top of",
    ),
    **mapped("over", "over, directly over"),
    **mapped("above", "above, directly above, just above, high above"),
    **mapped("onto", "onto, on to"),
    **mapped("in", "in, inside of, inside, within, back in, on the inside of"),
    **mapped("into", "into, in to"),
    **mapped(
        "under",
        "under, underneath, below, beneath, directly under, directly below, directly beneath, from under, "
        "from underneath, tucked under",
    ),
    **mapped(
        "next_to",
        "next to, beside, by, alongside, adjacent to, at the side of, right next to, directly next to, "
        "adjoining, abutting, bordering, set beside, right beside, directly beside, to one side of, to the "
        "side of, on one side of, on a side of, on the side of, up next to",
    ),
    **mapped("next_to", "at its side, by its side, to its side"),
    **mapped(
        "flanking",
        "on either side of, on both sides of, on each side of, at either side of, at both sides of, at each "
        "side of, to either side of, to both sides of, to each side of, flanking",
    ),
    **mapped(
        "near",
        "near, near to, close to, closer to, nearer to, close by, within arm's reach of, "
        "within arm 's reach of, not far from, in the vicinity of, within reach of, within easy "
        "reach of, nearby, around the corner from",
    ),
    **mapped(
        "far",
        "far from, far away from, well away from, a long way from, furthest from, as far as, farther from, "
        "further from",
    ),
    **mapped("outside", "outside, outside of"),
    **mapped("nearest", "nearest to, nearest, closest to, closest"),
    **mapped("farthest", "farthest from, farthest away from, furthest away from"),
    **mapped(
        "left_of",
        "left of, to the left of, on the left of, to the left side of, at the left of, on the left-hand "
        "side of, on the left hand side of, to its left, on its left, at its left, to its left side, just "
        "left of, immediately left of",
    ),
    **mapped(
        "right_of",
        "right of, to the right of, on the right of, to the right side of, at the right of, on the "
        "right-hand side of, on the right hand side of, to its right, on its right, at its right, to its "
        "right side, just right of, immediately right of",
    ),
    **mapped("left_side", "on the left side of, on its left side, at the left side of, on the left half of"),
    **mapped("left_side", "on the left part of, in the left part of, on the left end of, at the left end of"),
    **mapped(
        "right_side", "on the right side of, on its right side, at the right side of, on the right half of"
    ),
    **mapped(
        "right_side", "on the right part of, in the right part of, on the right end of, at the right end of"
    ),
    **mapped(
        "front_side",
        "on the front of, at the front of, in the front of, at the front edge of, to the front of",
    ),
    **mapped(
        "back_side", "on the back of, at the rear of, at the back edge of, in the back of, to the back of"
    ),
    **mapped("back_left_side", "on the back left of, in the back left corner of, at the back left of"),
    **mapped("back_right_side", "on the back right of, in the back right corner of, at the back right of"),
    **mapped("front_left_side", "on the front left of, in the front left corner of, at the front left of"),
    **mapped(
        "front_right_side", "on the front right of, in the front right corner of, at the front right of"
    ),
    **mapped(
        "in_front_of", "in front of, ahead of, directly in front of, right in front of, just in front of"
    ),
    **mapped("behind", "behind, at the back of, from behind, directly behind, right behind"),
    **mapped("foot_of", "at the foot of, at the foot end of, at its foot"),
    **mapped("head_of", "at the head of, at the head end of, at its head"),
    **mapped(
        "long_side",
        "on its long side, along its long side, at its long side, on the long side of, at the long side of, "
        "along the long side of, on the long sides of, at the long sides of, along the long sides "
        "of, on each "
        "long side of, on one long side of, at each long side of",
    ),
    **mapped(
        "short_side",
        "on its short side, on the short side of, at the short side of, on the short sides of, at the short "
        "sides of, at each end of, at either end of, at both ends of, at the ends of, on each short side of, "
        "on one short side of, at one end of, at the end of, at its end, at the far end of, on each end of",
    ),
    **mapped(
        "facing",
        "facing, facing towards, facing toward, looking at, looking towards, looking toward, oriented "
        "towards, oriented toward, turned towards, turned toward, angled towards, angled toward, pointed at, "
        "pointing at, overlooking, directly facing",
    ),
    **mapped(
        "across",
        "opposite, opposite to, opposite from, across from, directly across from, directly opposite, on the "
        "opposite side of, at the opposite side of, on the other side of, across the room from, across",
    ),
    **mapped(
        "against", "against, along, up against, leaning against, propped against, lining, flush against"
    ),
    **mapped("between", "between, in between, from between, in the middle between, sandwiched between"),
    **mapped(
        "around", "around, surrounding, encircling, all around, arranged around, gathered around, round"
    ),
    **mapped(
        "middle_of",
        "in the middle of, in the center of, in the centre of, at the center of, at the centre of, at the "
        "middle of, in the very center of, in its center, in its centre, in its middle, at its center, at "
        "its centre, on the center of, on the middle of, centered on, centred on, centered in, centred in, "
        "centered under, centered at, near the center of, near the middle of",
    ),
    **mapped("centered", "centered around, centred around, centered about"),
    **mapped(
        "corner_of", "in the corner of, in a corner of, in one corner of, at the corner of, on the corner of"
    ),
    **mapped("at", "at"),
    **mapped("to", "to, toward, towards, over to, back to, in the direction of"),
    **mapped(
        "from",
        "from, away from, farther away from, further away from, out of, off, off of, "
        "from inside, from on, from the inside of, from within, from on top of",
    ),
    **mapped("with", "with"),
    **mapped("using", "using, with the help of, by means of"),
    **mapped(
        "contains",
        "containing, holding, full of, filled with, stacked with, loaded with, packed with, stocked with, "
        "bearing, lined with",
    ),
    **mapped("served", "laid for, set for, laid out for, set out for"),
    **mapped("laid", "set with, laid with, set for dinner with"),
    **mapped("for", "for, that seats, which seats, that seat, seating, with room for, with seats for"),
    **mapped("as", "as, like"),
    **mapped("of", "of"),
    **mapped(
        "during",
        "during, until, after, before, since, about, via, per, despite, out of reach of, because of, "
        "thanks to, according to, regardless of",
    ),
    **mapped("during", "instead of, in place of, rather than"),
    **mapped("through", "through, throughout"),
}
"""Relation by preposition; the longest match counts. `to`, `onto` and `into` are directed to a place, `from`
away from it."""

POSSESSIVE_PLACES = frozenset(text for text in PLACES if "its" in text.split())
"""Prepositions that include their object: `to its left`."""

ADVERBIAL: dict[str, str] = {
    **mapped("above", "above, overhead, up above"),
    **mapped("under", "below, underneath, beneath"),
    **mapped("near", "nearby, close by, near by"),
    **mapped("in", "inside, within"),
    **mapped("on", "on top, atop, on its top, on the top, on its surface"),
    **mapped(
        "next_to", "beside, alongside, adjacent, at its side, to the side, off to the side, on the side"
    ),
    **mapped("in_front_of", "in front, up front"),
    **mapped("behind", "behind"),
    **mapped("across", "opposite, across"),
    **mapped("between", "in between, between"),
    **mapped("around", "around, all around"),
    **mapped("flanking", "on either side, on both sides, on each side, at either side, to either side"),
    **mapped("left_side", "on the left, on the left side, to the left, at the left, on the left-hand side"),
    **mapped(
        "right_side", "on the right, on the right side, to the right, at the right, on the right-hand side"
    ),
    **mapped("front_side", "at the front, in the front"),
    **mapped("back_side", "at the back, in the back, at the rear"),
    **mapped("short_side", "at each end, at either end, at both ends, on each end"),
    **mapped("long_side", "on each long side, on the long side, on the long sides, along the long side"),
    **mapped("foot_of", "at the foot"),
    **mapped("head_of", "at the head"),
    **mapped("middle_of", "in the middle, in the center, in the centre, at the center, at the centre"),
    **mapped("middle_of", "centered, centred, center stage, centre stage, at center stage, at centre stage"),
}
"""Relation by preposition or adverb without an object, which refers to an object named before."""

WALL_SIDES: dict[str, str] = {
    "left": "left", "left-hand": "left", "right": "right", "right-hand": "right", "back": "back",
    "far": "back", "rear": "back", "front": "front", "door": "front", "entrance": "front", "long": "long",
    "longer": "long", "longest": "long", "short": "short", "shorter": "short", "shortest": "short",
}  # fmt: skip
"""Wall or corner of a room as seen from the door, by adjective."""

_CRITERIA = entries(
    "kind, type, sort, category, size, height, width, length, weight, thickness, colour, color, shape, age, "
    "name, title, author, genre, brand, label, owner, material, date, number, use, purpose, function, "
    "alphabet, flavour, flavor, freshness, theme, subject, topic, texture, pattern, season, importance, price"
)
"""Sorting criteria: `sort the books by colour`."""

MANNERS: dict[str, str] = {
    **{f"by {of}{criterion}": "manner" for criterion in _CRITERIA for of in ("", "the ", "their ")},
    **{f"by their {criterion}s": "manner" for criterion in _CRITERIA},
    **mapped(
        "side_by_side",
        "side by side, side-by-side, in a row, in a line, in one line, in one row, next to each "
        "other, in a neat "
        "row, in a neat line, lined up",
    ),
    **mapped(
        "manner",
        "a quarter turn, a half turn, half a turn, a full turn, "
        "upside down, upside-down, face down, face up, in rows, in order, in a circle, one by one, "
        "in pairs, in a "
        "grid, one at a time, two by two, at the same time, in any order, one after the other, on "
        "its side, on end, at an "
        "angle, in a semicircle, in a cluster, in a corner-to-corner line, back to back, by hand, "
        "with care, with "
        "both hands, with one hand, with your hand, with the gripper, with your gripper, using both "
        "arms, as usual",
    ),
}
"""Relation by adverbial phrase of manner; `side_by_side` relates the objects to each other."""
