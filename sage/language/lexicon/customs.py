"""Conventions left unsaid: seats at tables, table settings, what is cleared away."""

from __future__ import annotations

from sage.language.lexicon.entries import entries

__all__ = [
    "ACTORS",
    "AT_A_TABLE",
    "CHILDREN",
    "IMPLIED_FACING",
    "LAID",
    "MEALS",
    "PEOPLE",
    "SETTING",
    "TABLE_ROOMS",
    "TYPICAL",
    "WORKPLACES",
]

TYPICAL: dict[str, tuple[tuple[str, ...], str]] = {
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
"""What is cleared from a thing, and where it goes, if nobody says so."""

LAID = ("table", "dining table")

SETTING = ("plate", "fork", "knife", "glass")
"""What a table is set with, if nobody says so."""

AT_A_TABLE = 4
"""Guests, where nobody says how many."""

MEALS = (
    "dinner", "breakfast", "lunch", "brunch", "supper", "tea", "a meal", "guests", "company", "a party",
    "a dinner party", "a feast", "a family dinner", "a formal dinner",
)  # fmt: skip
"""What a table is set for if not for a number of people."""

IMPLIED_FACING = (("office chair", "desk"), ("chair", "table"), ("chair", "desk"))
"""Seats that face what they belong to, though nobody says so."""

WORKPLACES: dict[str, tuple[str, ...]] = {
    "classroom": ("desk", "chair"),
    "office": ("desk", "office chair"),
    "computer_lab": ("desk", "office chair"),
    "childrens_room": ("single bed",),
}
"""What a room for a number of people has for each of them."""

TABLE_ROOMS = ("dining_room", "meeting_room", "break_room", "kitchen")
"""Rooms for a number of people in which these sit at a table."""

CHILDREN = frozenset(entries("children, kids, toddlers, girls, boys, siblings, brothers, sisters, twins"))
"""People with a bed each."""

PEOPLE = (
    frozenset(
        entries(
            "people, person, persons, guests, guest, places, pupils, students, adults, workers, employees, "
            "colleagues, teachers, diners, customers, players, visitors, residents, participants"
        )
    )
    | CHILDREN
)

ACTORS = frozenset(entries("robot, agent, human, arm, he, she, you, we, i, assistant, manipulator, gripper"))
"""Subjects of what is to be done."""
