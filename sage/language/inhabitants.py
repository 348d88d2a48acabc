"""Furniture implied by the number of people in a room."""

from __future__ import annotations

from sage.language import lexicon
from sage.language.arrangement import Arrangement
from sage.language.entities import Entities, Entity, Reference
from sage.language.seating import seats
from sage.task import Relation

__all__ = ["furnish_for_occupants"]


def furnish_for_occupants(arrangement: Arrangement, room: str, count: int, people: str) -> None:
    """Add furniture for each person in a room: a desk with a seat, a chair at the table, or a bed.

    Args:
        arrangement: objects and relations so far; extended.
        room: room type.
        count: number of people.
        people: plural noun for them: `people`, `pupils`, `children`.
    """
    entities = arrangement.entities
    if room == "bedroom" and people in lexicon.CHILDREN:
        room = "childrens_room"
    if room == "restaurant":
        enough = _extend(arrangement, "table", -(-count // lexicon.DEFAULT_DINERS))
        seats(arrangement, enough, lexicon.DEFAULT_DINERS)
    elif room in lexicon.TABLE_ROOMS:
        tables = (t for t in entities.named if "table" in (t.category.name, *t.category.kinds))
        table = next(tables, None)
        seats(arrangement, Reference((table,), table.ids) if table else entities.make("table"), count)
    elif room in lexicon.WORKPLACES:
        furniture, *seat_nouns = lexicon.WORKPLACES[room]
        _extend(arrangement, furniture, count)
        for seat in seat_nouns:
            _seat(arrangement, furniture, seat)
    else:
        entities.notes.append(f"'for {count} {people}' has no effect")


def _extend(arrangement: Arrangement, noun: str, count: int) -> Reference:
    """Return at least `count` objects of a noun, including those already named with it."""
    entities = arrangement.entities
    entity = next((entity for entity in entities.named if entity.noun == noun), None)
    if entity is None:
        return entities.make(noun, count, new=True)
    return arrangement.at_least(Reference((entity,), entity.ids), count)


def _seat(arrangement: Arrangement, furniture: str, seat: str) -> None:
    """Put a seat at every piece of furniture that has none yet, using seats already named first."""
    entities = arrangement.entities
    seated = {r.object for r in arrangement.initial if r.name in ("next_to", "facing")}
    used = {r.subject for r in arrangement.initial}
    for desks in [entity for entity in entities.named if entity.category.name == furniture]:
        empty = [name for name in desks.ids if name not in seated]
        free = _free(entities, seat, used)
        if len(free) < len(empty):
            made = entities.make(seat, len(empty) - len(free), new=True).entities[0]
            made.noun = made.name = desks.noun.removesuffix(furniture) + seat
            free += made.ids
        pairs = zip(free, empty, strict=False)
        arrangement.add_initial(
            *(Relation(name="next_to", subject=chair, object=desk) for chair, desk in pairs)
        )
        used |= set(free)


def _free(entities: Entities, seat: str, used: set[str]) -> list[str]:
    def is_seat(entity: Entity) -> bool:
        return seat in (entity.category.name, *entity.category.kinds)

    return [name for entity in entities.named if is_seat(entity) for name in entity.ids if name not in used]
