"""Seats at tables, and table settings."""

from __future__ import annotations

from sage.language import lexicon
from sage.language.phrases import Phrase
from sage.language.stated import Stated
from sage.language.things import Reference

__all__ = ["imply_facing", "lay", "people_of", "seats", "seats_at", "serve", "setting", "table_named_last"]


def serve(stated: Stated, host: Reference, people: int) -> None:
    """Put chairs for people at a table, desk or counter; other things have none."""
    if host.is_one_of(("table", "desk", "counter")) or (
        host.category is not None and "table" in host.category.kinds
    ):
        seats(stated, host, people)


def table_named_last(stated: Stated) -> Reference | None:
    """Return the tables that were named last."""
    for thing in reversed(stated.things.recent):
        if "table" in (thing.category.name, *thing.category.kinds):
            return Reference((thing,), thing.ids)
    return None


def seats_at(stated: Stated, host: Reference) -> int:
    """Return how many seats were said to be at some tables."""
    seated = {r.subject for r in stated.initial if r.name in ("next_to", "facing") and r.object in host.ids}
    return sum(1 for name in seated if stated.things.of(name).category.mount == "floor")


def seats(stated: Stated, table: Reference, people: int) -> None:
    """Put chairs for people at each of some tables, unless chairs are named."""
    if not any(thing.category.name == "chair" for thing in stated.things.named):
        chairs = stated.things.make("chair", people * len(table.ids))
        stated.begin(*stated.say("next_to", chairs, table))


def lay(stated: Stated, table: Reference, people: int) -> None:
    """Put chairs and a setting for each of some people at tables; 0 are as many as sit there, or four."""
    people = people or seats_at(stated, table) or lexicon.AT_A_TABLE
    seats(stated, table, people)
    for noun in setting(stated):
        stated.begin(*stated.say("on", stated.things.make(noun, people * len(table.ids)), table))


def setting(stated: Stated) -> tuple[str, ...]:
    """Return what a table is set with where nobody says so, with a note."""
    stated.things.notes.append(f"the table is taken to be set with: {', '.join(lexicon.SETTING)}")
    return lexicon.SETTING


def imply_facing(stated: Stated) -> None:
    """Turn seats of which nothing is said to their tables."""
    placed = {relation.subject for relation in stated.initial if not relation.negated}
    placed |= {relation.subject for relation in stated.goal}
    for seat, table in lexicon.IMPLIED_FACING:
        tables = [thing for thing in stated.things.named if thing.category.name == table]
        for thing in stated.things.named:
            if thing.category.name == seat and tables and not placed & set(thing.ids):
                target = Reference((tables[0],), tables[0].ids)
                faced = stated.say("facing", Reference((thing,), thing.ids), target)
                stated.begin(*(relation for relation in faced if relation.name == "facing"))
                placed |= set(thing.ids)


def people_of(phrase: Phrase) -> int | None:
    """Return how many people `for four` or `for a family of four` speaks of, or None."""
    words = phrase.text.split()
    people = phrase.noun in lexicon.PEOPLE or phrase.noun == "one" or not words
    number = next((lexicon.NUMBERS[word] for word in words if word in lexicon.NUMBERS), None)
    if people or {*words} & lexicon.PEOPLE:
        return phrase.count if phrase.counted else number
    return 0 if phrase.text in lexicon.MEALS or phrase.noun in lexicon.MEALS else None
