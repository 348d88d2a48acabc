"""Furniture and settings implied by a number of people."""

from __future__ import annotations

from sage.language import lexicon
from sage.language.arrangement import Arrangement
from sage.language.seating import seats
from sage.language.things import Reference, Thing, Things
from sage.task import Relation

__all__ = ["settle_in"]


def settle_in(arrangement: Arrangement, room: str, count: int, people: str) -> None:
    """Give everybody a place in a room: a desk with a seat, a chair at the table, a bed.

    Args:
        arrangement: what is known of the room so far; it is added to.
        room: a room type.
        count: how many they are.
        people: who they are, in the plural: `people`, `pupils`, `children`.
    """
    things = arrangement.things
    if room == "bedroom" and people in lexicon.CHILDREN:
        room = "childrens_room"
    if room == "restaurant":
        enough = _extend(arrangement, "table", -(-count // lexicon.AT_A_TABLE))
        seats(arrangement, enough, lexicon.AT_A_TABLE)
    elif room in lexicon.TABLE_ROOMS:
        tables = (t for t in things.named if "table" in (t.category.name, *t.category.kinds))
        table = next(tables, None)
        seats(arrangement, Reference((table,), table.ids) if table else things.make("table"), count)
    elif room in lexicon.WORKPLACES:
        place, *sides = lexicon.WORKPLACES[room]
        _extend(arrangement, place, count)
        for side in sides:
            _seat(arrangement, place, side)
    else:
        things.notes.append(f"'for {count} {people}' has no effect")


def _extend(arrangement: Arrangement, noun: str, count: int) -> Reference:
    """Name at least so many of a noun, those that were named as such among them."""
    things = arrangement.things
    thing = next((thing for thing in things.named if thing.noun == noun), None)
    if thing is None:
        return things.make(noun, count, new=True)
    return arrangement.at_least(Reference((thing,), thing.ids), count)


def _seat(arrangement: Arrangement, places: str, seat: str) -> None:
    """Put a seat at every place that has none yet, as far as seats were named these."""
    things = arrangement.things
    seated = {r.object for r in arrangement.initial if r.name in ("next_to", "facing")}
    used = {r.subject for r in arrangement.initial}
    for desks in [thing for thing in things.named if thing.category.name == places]:
        empty = [name for name in desks.ids if name not in seated]
        free = _free(things, seat, used)
        if len(free) < len(empty):
            made = things.make(seat, len(empty) - len(free), new=True).things[0]
            made.noun = made.name = desks.noun.removesuffix(places) + seat
            free += made.ids
        pairs = zip(free, empty, strict=False)
        arrangement.begin(*(Relation(name="next_to", subject=chair, object=desk) for chair, desk in pairs))
        used |= set(free)


def _free(things: Things, seat: str, used: set[str]) -> list[str]:
    def seats(thing: Thing) -> bool:
        return seat in (thing.category.name, *thing.category.kinds)

    return [name for thing in things.named if seats(thing) for name in thing.ids if name not in used]
