"""Lights of a room: sky through windows, sun, and lamps.

Photometric units. The sun's path is that of an equinox at 45 degrees north; the world's y axis points
north. The day is one of thin high cloud, on which the sun is not so strong that its patches drown a room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sage.asset import Asset, AssetStore
from sage.errors import UserError
from sage.geometry import Array
from sage.scene import Room, Scene

__all__ = ["Lamp", "Lighting", "Window", "is_lamp", "lamp_position", "lighting"]

_LATITUDE = math.radians(45)
_SUN_LX, _SKY_LX, _NIGHT_LX = 1800.0, 9000.0, 1.0
_RISE = math.radians(8)
"""Height of the sun at which it has a share of 0.63 of its light."""
_NOON_COLOUR, _DUSK_COLOUR = np.array([1.0, 0.97, 0.92]), np.array([1.0, 0.62, 0.34])
_SKY_COLOUR = np.array([0.92, 0.97, 1.06])
_LAMP_COLOUR = np.array([1.0, 0.82, 0.60])
_LAMPS = frozenset(("lamp", "chandelier", "lantern"))
"""Words in the names of what shines."""
_LAMP_LM = {"ceiling": 2400.0, "wall": 700.0, "floor": 1100.0, "surface": 500.0}
"""Luminous flux by what a lamp is mounted on [lm]."""
_SPARE_LM = 3000.0
_REFLECTANCE = 0.55
"""Of everything in a room, on average."""
_BELOW_LAMP_M = 0.05
_BULB_HEIGHT = 0.82
"""Of a lamp that stands, as a share of the whole."""


@dataclass(frozen=True)
class Lamp:
    """A bulb that shines all round."""

    thing: str
    """The object's id; empty for a lamp that is not seen."""
    position: Array
    """[m], shape [3]."""
    colour: Array
    """RGB, about 1."""
    flux: float
    """[lm]"""
    reach: float = 0.0
    """How far its own shade is from the bulb, at most [m]."""


@dataclass(frozen=True)
class Window:
    """A pane through which the sky shines."""

    middle: Array
    """[m], shape [3]."""
    along: Array
    """Half its width as a vector [m], shape [3]."""
    up: Array
    """Half its height as a vector [m], shape [3]."""
    inward: Array
    """Unit vector into the room, shape [3]."""

    @property
    def area(self) -> float:
        """Of the pane [m2]."""
        return float(4 * np.linalg.norm(self.along) * np.linalg.norm(self.up))


@dataclass(frozen=True)
class Lighting:
    """The light of a scene at an hour."""

    hour: float
    to_sun: Array
    """Unit vector towards the sun, below the horizon at night, shape [3]."""
    sun: Array
    """Illuminance of a surface that faces the sun, RGB [lx]."""
    sky: Array
    """Luminance of the sky, RGB [cd/m2]."""
    windows: tuple[Window, ...]
    lamps: tuple[Lamp, ...]
    bounced: Array
    """Mean illuminance by light that was reflected in the rooms, RGB [lx]."""


def lighting(scene: Scene, store: AssetStore, hour: float | None = None) -> Lighting:
    """Return what lights a scene.

    All lamps are on. Rooms that have neither window nor lamp get an unseen lamp below the ceiling.

    Args:
        scene: whose windows and lamps shine.
        store: where its assets lie.
        hour: of the day, 0 to 24; by default the scene's own.

    Raises:
        UserError: `hour` is out of range.
    """
    hour = scene.hour if hour is None else hour
    if not 0 <= hour <= 24:
        raise UserError(f"the hour is {hour:g}; it must be from 0 to 24")
    to_sun = _to_sun(hour)
    strength = 1 - math.exp(-max(0.0, math.asin(to_sun[2])) / _RISE)
    sun = _SUN_LX * strength * (_DUSK_COLOUR + (_NOON_COLOUR - _DUSK_COLOUR) * strength)
    sky = (_NIGHT_LX + _SKY_LX * strength) / math.pi * _SKY_COLOUR
    windows = tuple(window for room in scene.rooms for window in _windows(room))
    lamps = tuple(_lamps(scene, store))
    if not windows and not lamps:
        lamps = tuple(_spare(room) for room in scene.rooms)
    return Lighting(hour, to_sun, sun, sky, windows, lamps, _bounced(scene, sky, sun, to_sun, windows, lamps))


def is_lamp(category: str) -> bool:
    """Return whether things of a category shine."""
    return not _LAMPS.isdisjoint(category.split())


def lamp_position(asset: Asset) -> tuple[float, float, float] | None:
    """Return where the bulb of a lamp is, in the asset frame [m]; None if it is no lamp."""
    if not is_lamp(asset.category):
        return None
    if asset.mount == "ceiling":
        return (0.0, 0.0, -_BELOW_LAMP_M)
    return (0.0, 0.0, _BULB_HEIGHT * asset.size[2] if asset.mount != "wall" else asset.size[2] / 2)


def _to_sun(hour: float) -> Array:
    turn = math.radians(15 * (hour - 12))
    east, south = -math.sin(turn), math.cos(turn) * math.sin(_LATITUDE)
    return np.array([east, -south, math.cos(turn) * math.cos(_LATITUDE)])


def _windows(room: Room) -> list[Window]:
    found = []
    for wall, window in room.windows:
        x, y = wall.point(window.offset, -wall.thickness / 2)
        found.append(
            Window(
                middle=np.array([x, y, window.sill + window.height / 2]),
                along=np.array([*wall.along, 0.0]) * window.width / 2,
                up=np.array([0.0, 0.0, window.height / 2]),
                inward=np.array([*wall.inward, 0.0]),
            )
        )
    return found


def _lamps(scene: Scene, store: AssetStore) -> list[Lamp]:
    found = []
    for item in scene.objects:
        asset = store[item.asset]
        bulb = lamp_position(asset)
        if bulb is not None:
            place = item.pose.apply(bulb)
            reach = max(asset.size[:2]) / 2 + _BELOW_LAMP_M
            found.append(Lamp(item.id, place, _LAMP_COLOUR, _LAMP_LM[asset.mount], reach))
    return found


def _spare(room: Room) -> Lamp:
    point = room.floor.representative_point()
    return Lamp("", np.array([point.x, point.y, room.height - 0.1]), _LAMP_COLOUR, _SPARE_LM)


def _bounced(
    scene: Scene, sky: Array, sun: Array, to_sun: Array, windows: tuple[Window, ...], lamps: tuple[Lamp, ...]
) -> Array:
    """Return the mean illuminance after the first reflection, as in an integrating sphere (Sumpner 1892)."""
    flux = sum((lamp.flux * lamp.colour for lamp in lamps), np.zeros(3))
    for window in windows:
        # A window sees half of the sky, and the ground outside, which is as bright as a fifth of it.
        flux = flux + window.area * math.pi * sky * 0.6
        flux = flux + window.area * sun * max(0.0, -float(window.inward @ to_sun))
    area = sum(2 * room.floor.area + room.floor.length * room.height for room in scene.rooms)
    bounced: Array = flux * _REFLECTANCE / (1 - _REFLECTANCE) / max(area, 1e-6)
    return bounced
