"""Default assumptions: seats at tables, table settings, objects to clear away."""

from __future__ import annotations

from sage.language.lexicon.entries import entries

__all__ = [
    "ACTORS",
    "CHILDREN",
    "DEFAULT_DINERS",
    "IMPLIED_FACING",
    "LAID",
    "MEALS",
    "PEOPLE",
    "SETTING",
    "TABLE_ROOMS",
    "TYPICAL_CONTENTS",
    "WORKPLACES",
]

TYPICAL_CONTENTS: dict[str, tuple[tuple[str, ...], str]] = {
    "dishwasher": (("plate", "cup"), "counter"),
    "table": (("plate", "glass"), "sink"),
    "coffee table": (("cup", "magazine"), "tray"),
    "counter": (("plate", "cup"), "sink"),
    "sink": (("plate", "cup"), "counter"),
    "dish rack": (("plate", "bowl"), "counter"),
    "washing machine": (("towel", "shirt"), "hamper"),
    "clothes dryer": (("towel", "shirt"), "hamper"),
    "refrigerator": (("milk carton", "apple"), "counter"),
    "desk": (("mug", "book"), "box"),
    "suitcase": (("shirt", "towel"), "bed"),
}
"""Default contents to clear from a category, and their destination."""

LAID = ("table", "dining table")
"""Categories that can be set for a meal."""

SETTING = ("plate", "fork", "knife", "glass")
"""Default place setting."""

DEFAULT_DINERS = 4
"""Default number of people at a table."""

MEALS = (
    "dinner", "breakfast", "lunch", "brunch", "supper", "tea", "a meal", "guests", "company", "a party",
    "a dinner party", "a feast", "a family dinner", "a formal dinner",
)  # fmt: skip
"""Occasions that a table is set for without a number of people."""

IMPLIED_FACING = (("office chair", "desk"), ("chair", "table"), ("chair", "desk"))
"""Pairs of a seat and the category that it faces by default."""

WORKPLACES: dict[str, tuple[str, ...]] = {
    "classroom": ("desk", "chair"),
    "office": ("desk", "office chair"),
    "computer_lab": ("desk", "office chair"),
    "childrens_room": ("single bed",),
}
"""Objects per person in a room described by its number of people, by room type."""

TABLE_ROOMS = ("dining_room", "meeting_room", "break_room", "kitchen")
"""Room types in which a number of people implies a table with that many seats."""

CHILDREN = frozenset(entries("children, kids, toddlers, girls, boys, siblings, brothers, sisters, twins"))
"""Nouns for people who imply one bed each."""

PEOPLE = (
    frozenset(
        entries(
            "people, person, persons, guests, guest, places, pupils, students, adults, workers, employees, "
            "colleagues, teachers, diners, customers, players, visitors, residents, participants"
        )
    )
    | CHILDREN
)
"""Nouns for people."""

ACTORS = frozenset(entries("robot, agent, human, arm, he, she, you, we, i, assistant, manipulator, gripper"))
"""Nouns and pronouns for whoever executes an instruction."""
