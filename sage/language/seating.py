"""Implied seats and table settings."""

from __future__ import annotations

from sage.language import lexicon
from sage.language.entities import Reference
from sage.language.phrases import Phrase
from sage.language.stated import Stated

__all__ = ["imply_facing", "lay", "people_of", "seats", "seats_at", "serve", "setting", "table_named_last"]


def serve(stated: Stated, host: Reference, people: int) -> None:
    """Add chairs for a number of people at a table, desk or counter; other hosts get none."""
    if host.is_one_of(("table", "desk", "counter")) or (
        host.category is not None and "table" in host.category.kinds
    ):
        seats(stated, host, people)


def table_named_last(stated: Stated) -> Reference | None:
    """Return the most recently mentioned tables, or None."""
    for entity in reversed(stated.entities.recent):
        if "table" in (entity.category.name, *entity.category.kinds):
            return Reference((entity,), entity.ids)
    return None


def seats_at(stated: Stated, host: Reference) -> int:
    """Return the number of seats stated to be at the given tables."""
    seated = {r.subject for r in stated.initial if r.name in ("next_to", "facing") and r.object in host.ids}
    return sum(1 for name in seated if stated.entities.of(name).category.mount == "floor")


def seats(stated: Stated, table: Reference, people: int) -> None:
    """Add chairs for a number of people at each table, unless the prompt names chairs."""
    if not any(entity.category.name == "chair" for entity in stated.entities.named):
        chairs = stated.entities.make("chair", people * len(table.ids))
        stated.add_initial(*stated.relate("next_to", chairs, table))


def lay(stated: Stated, table: Reference, people: int) -> None:
    """Add chairs and place settings to tables.

    Args:
        stated: receives the new objects and relations.
        table: the tables.
        people: settings per table; 0 for one per seat, or four if there are no seats.
    """
    people = people or seats_at(stated, table) or lexicon.DEFAULT_DINERS
    seats(stated, table, people)
    for noun in setting(stated):
        stated.add_initial(*stated.relate("on", stated.entities.make(noun, people * len(table.ids)), table))


def setting(stated: Stated) -> tuple[str, ...]:
    """Return the nouns of the default place setting, and add a note on the assumption."""
    stated.entities.notes.append(f"the table is taken to be set with: {', '.join(lexicon.SETTING)}")
    return lexicon.SETTING


def imply_facing(stated: Stated) -> None:
    """Make seats without a stated place face their table or desk."""
    placed = {relation.subject for relation in stated.initial if not relation.negated}
    placed |= {relation.subject for relation in stated.goal}
    for seat, table in lexicon.IMPLIED_FACING:
        tables = [entity for entity in stated.entities.named if entity.category.name == table]
        for entity in stated.entities.named:
            if entity.category.name == seat and tables and not placed & set(entity.ids):
                target = Reference((tables[0],), tables[0].ids)
                faced = stated.relate("facing", Reference((entity,), entity.ids), target)
                stated.add_initial(*(relation for relation in faced if relation.name == "facing"))
                placed |= set(entity.ids)


def people_of(phrase: Phrase) -> int | None:
    """Return the number of people in `for four` or `for a family of four`.

    Returns:
        0 for a meal such as `for dinner`; None if no number is given or the phrase is not about people.
    """
    words = phrase.text.split()
    people = phrase.noun in lexicon.PEOPLE or phrase.noun == "one" or not words
    number = next((lexicon.NUMBERS[word] for word in words if word in lexicon.NUMBERS), None)
    if people or {*words} & lexicon.PEOPLE:
        return phrase.count if phrase.counted else number
    return 0 if phrase.text in lexicon.MEALS or phrase.noun in lexicon.MEALS else None
