"""Plausibility of objects: room types, sizes, masses and functional groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sage.context import Context
from sage.critique import Critique, Finding
from sage.scene import Scene
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import gap, holds
from sage.task import Relation
from sage.vocabulary import PLAIN

__all__ = ["PlausibilityCritic"]

_GROUPS: tuple[tuple[str, str, float], ...] = (
    ("office chair", "desk", 0.5),
    ("nightstand", "bed", 0.5),
    ("coffee table", "sofa", 0.8),
)
"""Category, partner and largest distance to the nearest partner [m], if there is a partner."""

_FACING: tuple[tuple[str, str], ...] = (("office chair", "desk"), ("sofa", "tv stand"))
"""Category and the category that it faces, if there is one."""

_FOR_PEOPLE = ("chair", "stool", "bench", "sofa", "armchair", "office chair", "bed")
"""Seats and beds, which belong on the floor or a rug."""

_LARGE_M2 = 0.2
"""Least footprint of objects that are unusual in a room type [m2]."""
_WELL_KNOWN = 20
"""Least number of categories known for a room type before others count as unusual there."""


@dataclass(frozen=True)
class PlausibilityCritic:
    """Checks sizes, masses, room types and functional groups against typical values of each category."""

    name: str = "plausibility"
    side_range: tuple[float, float] = (0.5, 2.0)
    """Least and largest side relative to the typical one of the category, compared smallest with smallest."""
    mass_range: tuple[float, float] = (0.4, 2.5)
    """Least and largest mass relative to the typical one of the category."""
    passing: float = 0.9
    """Least share of plausible objects."""
    plain: int = 2
    """Number of plain bodies, which stand in for categories without a builder, that is tolerated."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        layout = Layout(scene, context.store)
        on_furniture = tuple(_on_furniture(layout, context))
        faults = [
            *on_furniture,
            *self._sizes(layout, context),
            *_unusual(scene, context),
            *_groups(layout, context),
        ]
        bodies = tuple(_plain(layout, context))
        findings = (*faults, *bodies)
        faulty = {name for finding in faults for name in finding.objects[:1]}
        plain = {name for finding in bodies for name in finding.objects} - faulty
        total = max(1, len(scene.objects))
        share = 1.0 - (len(faulty) + len(plain)) / total if scene.objects else 0.0
        forgiven = min(len(plain), self.plain) / total
        return Critique(
            critic=self.name,
            score=max(0.0, share),
            passed=share + forgiven >= self.passing and not on_furniture,
            findings=findings,
            metrics={"plausible": round(share, 4)},
        )

    def _sizes(self, layout: Layout, context: Context) -> Iterator[Finding]:
        for located in layout:
            known = context.vocabulary.find(located.item.category)
            if known is None:
                yield _implausible(located, f"{located.item.category!r} is not in the vocabulary", 0, 0)
                continue
            low, high = self.side_range
            for side, typical in zip(sorted(located.asset.size), sorted(known.size), strict=True):
                if not known.covering and not low <= side / typical <= high:
                    text = f"a side of {side:.2f} m; {typical:.2f} m is typical of a {known.name}; replace it"
                    yield _implausible(located, text, side / typical, high)
                    break
            low, high = self.mass_range
            if not low <= located.asset.mass / known.mass <= high:
                text = f"weighs {located.asset.mass:.2f} kg; {known.mass:.2f} kg is typical; replace it"
                yield _implausible(located, text, located.asset.mass / known.mass, high)


def _implausible(located: Located, text: str, value: float, limit: float) -> Finding:
    return Finding(
        kind="implausible",
        objects=(located.item.id,),
        message=f"{located.item.id!r}: {text}",
        value=round(value, 3),
        limit=limit,
    )


def _plain(layout: Layout, context: Context) -> Iterator[Finding]:
    """Yield findings on plain bodies, which stand in for categories without a builder."""
    for located in layout:
        known = context.vocabulary.find(located.item.category)
        if known is not None and known.stand_in == PLAIN:
            yield Finding(
                kind="implausible",
                objects=(located.item.id,),
                message=f"{located.item.id!r} is a plain body, not a {known.name}; remove it if possible",
            )


def _on_furniture(layout: Layout, context: Context) -> Iterator[Finding]:
    """Yield findings on seats and beds on furniture where the task does not require them."""
    asked = {(r.subject, r.object) for r in layout.scene.task.initial if r.name == "on" and not r.negated}
    for located in layout:
        item = located.item
        known = context.vocabulary.find(item.category)
        if known is None or known.mount != "floor" or item.support not in layout:
            continue
        carrier = context.vocabulary.find(layout[item.support].item.category)
        if carrier is None or carrier.covering or (item.id, item.support) in asked:
            continue
        if any(context.vocabulary.is_a(item.category, noun) for noun in _FOR_PEOPLE):
            yield Finding(
                kind="implausible",
                objects=(item.id,),
                message=f"{item.id!r}: a {item.category} stands on a {carrier.name}; move it to the floor",
            )


def _unusual(scene: Scene, context: Context) -> Iterator[Finding]:
    """Yield findings on large objects that are common in other room types but never in this one.

    Room types with few known categories are not judged.
    """
    met = Counter(room for category in context.vocabulary.categories() for room in category.rooms)
    for item in scene.objects:
        known = context.vocabulary.find(item.category)
        if known is None or item.id in scene.task.ids or known.mount != "floor" or not known.rooms:
            continue
        room = scene.room(item.room)
        if met[room.type] < _WELL_KNOWN or known.size[0] * known.size[1] < _LARGE_M2:
            continue
        if known.rooms.get(room.type, 0.0) == 0.0 and max(known.rooms.values()) >= 0.5:
            yield Finding(
                kind="implausible",
                objects=(item.id,),
                message=f"{item.id!r}: a {item.category} is unusual in a {room.type}; remove or replace it",
            )


def _groups(layout: Layout, context: Context) -> Iterator[Finding]:
    is_a = context.vocabulary.is_a

    def of_kind(noun: str) -> list[Located]:
        return [located for located in layout if is_a(located.item.category, noun)]

    for member, leader, reach in _GROUPS:
        leaders = of_kind(leader)
        for located in of_kind(member) if leaders else []:
            nearest = min(gap(located, other) for other in leaders)
            if nearest > reach:
                yield Finding(
                    kind="not_grouped",
                    objects=(located.item.id,),
                    message=f"{located.item.id!r} is {nearest:.2f} m from the nearest {leader}; at most "
                    f"{reach} m is usual: move it there",
                    value=round(nearest, 3),
                    limit=reach,
                )
    for member, target in _FACING:
        targets = of_kind(target)
        for located in of_kind(member) if targets else []:
            if not any(_faces(located, other, layout) for other in targets):
                yield Finding(
                    kind="not_grouped",
                    objects=(located.item.id,),
                    message=f"{located.item.id!r} does not face a {target}; turn it",
                )


def _faces(located: Located, other: Located, layout: Layout) -> bool:
    return holds(Relation(name="facing", subject=located.item.id, object=other.item.id), layout)
