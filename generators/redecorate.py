"""Other materials and daylight for a whole scene."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
from pydantic import Field

from sage.appearance.reskin import reskinned
from sage.asset import Asset
from sage.context import Context
from sage.errors import AssetNotFound, ToolRejected
from sage.generators.floor_plan import FloorPlan
from sage.scene import Room, Scene, SceneObject
from sage.tools import Generator

__all__ = ["Redecorate"]

_VARIANTS = 8
"""Material variants of one asset, at most, so that scenes share files."""
_ATTEMPTS = 12
_HOURS = (7.0, 20.0)
_ANY_SIZE_M = (4.0, 4.0)
_FINISHES = (
    "floor_color", "floor_pattern", "wall_color", "wall_pattern", "trim_color", "door_color", "style",
    "finishes",
)  # fmt: skip
_VISIBLE = ("color", "material", "finish")


class Redecorate(Generator):
    """Give all objects, walls and floors other materials of the same kind, and the scene another hour.

    Geometry, poses, masses and friction stay, and so do the colours and materials that the task requires.
    """

    hour: float | None = Field(default=None, ge=0, le=24)
    """Hour of the day; by default drawn from 7 to 20."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with other materials."""
        if not scene.rooms:
            raise ToolRejected("there is no room to decorate; call floor_plan first")
        hour = round(float(context.rng.uniform(*_HOURS)), 1) if self.hour is None else self.hour
        rooms = tuple(_painted(room, scene, context) for room in scene.rooms)
        context = context.furnishing(rooms)
        others: dict[str, Asset] = {}
        for item in scene.objects:
            if item.asset not in others:
                context.check()
                others[item.asset] = _reskinned(item.asset, _asked(item.asset, scene), context)
        objects = tuple(_with_asset(item, others[item.asset], scene) for item in scene.objects)
        return scene.replacing(hour=hour, rooms=rooms, objects=objects)


def _painted(room: Room, scene: Scene, context: Context) -> Room:
    """Return a room with the finishes of a new one of its type, or as it is if its type has no recipe."""
    try:
        empty = FloorPlan(room_type=room.type, size=_ANY_SIZE_M)
        other = empty.apply(Scene(task=scene.task, seed=scene.seed), context).rooms[0]
    except ToolRejected:
        return room
    return room.model_copy(update={name: getattr(other, name) for name in _FINISHES})


def _asked(asset: str, scene: Scene) -> dict[str, str]:
    """Return the colour, material and finish that the task requires of any object with an asset."""
    required = [scene.task.required(item.id) for item in scene.objects if item.asset == asset]
    return {
        key: value for item in required if item for key, value in item.attributes.items() if key in _VISIBLE
    }


def _reskinned(name: str, asked: Mapping[str, str], context: Context) -> Asset:
    """Return one of the material variants of an asset, or the asset if its category has no other."""
    asset = context.store[name]
    variant = int(context.rng.integers(_VARIANTS))
    own = np.random.default_rng([*hashlib.sha256(name.encode()).digest()[:8], variant])
    alike = {"material": asset.attributes["material"]} if "material" in asset.attributes else {}
    for _ in range(_ATTEMPTS):
        try:
            donor = context.source.make(asset.category, own, alike | dict(asked))
        except AssetNotFound:
            break
        other = reskinned(asset, donor)
        if other is not None:
            context.store.add(other)
            return other
    return asset


def _with_asset(item: SceneObject, asset: Asset, scene: Scene) -> SceneObject:
    required = scene.task.required(item.id)
    attributes = asset.attributes | (required.attributes if required else {})
    return item.model_copy(update={"asset": asset.id, "attributes": attributes})
