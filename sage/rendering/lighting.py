"""Light sources of a scene: sky through windows, sun and lamps, in photometric units.

The sun follows its path at an equinox at 45 degrees north; +y of the world frame points north. Sun and sky
are those of thin high cloud, so that direct sun does not overexpose a room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sage.asset import Asset, AssetStore
from sage.errors import UserError
from sage.geometry import Array
from sage.scene import Room, Scene

__all__ = ["GLOW_M", "SHADE_M2", "Lamp", "Lighting", "Window", "is_lamp", "lamp_position", "lighting"]

_LATITUDE = math.radians(45)
_SUN_LX, _SKY_LX, _NIGHT_LX = 1800.0, 9000.0, 1.0
"""Illuminance by the sun on a surface facing it, and by the sky at day and at night on the ground [lx]."""
_RISE = math.radians(8)
"""Elevation of the sun at which it reaches 63 % of its illuminance [rad]."""
_NOON_COLOUR, _DUSK_COLOUR = np.array([1.0, 0.97, 0.92]), np.array([1.0, 0.62, 0.34])
_SKY_COLOUR = np.array([0.92, 0.97, 1.06])
_LAMP_COLOUR = np.array([1.0, 0.82, 0.60])
_LAMPS = frozenset(("lamp", "chandelier", "lantern"))
"""Words that mark a category as a lamp."""
_LAMP_LM = {"ceiling": 2400.0, "wall": 700.0, "floor": 1100.0, "surface": 500.0}
"""Luminous flux of a lamp by its mount [lm]."""
_INVISIBLE_LM = 3000.0
"""Luminous flux of the invisible lamp of a room without light sources [lm]."""
_REFLECTANCE = 0.55
"""Mean reflectance of a room's surfaces."""
GLOW_M, SHADE_M2 = 0.16, 0.15
"""Radius of the bright spot on a lampshade [m], and the area that the bulb illuminates [m2]."""
_BELOW_LAMP_M = 0.05
"""Distance of the light below a ceiling lamp [m]."""
_BULB_HEIGHT = 0.82
"""Height of the bulb of a standing lamp as a fraction of the lamp's height."""


@dataclass(frozen=True)
class Lamp:
    """An isotropic point light."""

    thing: str
    """Id of the lamp object; empty for an invisible lamp."""
    position: Array
    """Position in the world frame [m], shape [3]."""
    colour: Array
    """Linear RGB tint, near 1, shape [3]."""
    flux: float
    """Luminous flux [lm]."""
    reach: float = 0.0
    """Radius around the bulb within which the lampshade casts no shadow [m]."""


@dataclass(frozen=True)
class Window:
    """A rectangular pane as an area light of the sky's luminance."""

    middle: Array
    """Centre of the pane in the world frame [m], shape [3]."""
    along: Array
    """Horizontal vector of half the pane's width, world frame [m], shape [3]."""
    up: Array
    """Vertical vector of half the pane's height, world frame [m], shape [3]."""
    inward: Array
    """Unit normal into the room, world frame, shape [3]."""

    @property
    def area(self) -> float:
        """Area of the pane [m2]."""
        return float(4 * np.linalg.norm(self.along) * np.linalg.norm(self.up))


@dataclass(frozen=True)
class Lighting:
    """Lighting of a scene at one time of day."""

    hour: float
    """Time of day, 0 to 24 [h]."""
    to_sun: Array
    """Unit vector towards the sun in the world frame, below the horizon at night, shape [3]."""
    sun: Array
    """Illuminance of a surface that faces the sun, RGB [lx], shape [3]."""
    sky: Array
    """Luminance of the sky, RGB [cd/m2], shape [3]."""
    windows: tuple[Window, ...]
    lamps: tuple[Lamp, ...]
    indirect: Array
    """Mean illuminance by reflected light in the rooms, RGB [lx], shape [3]."""


def lighting(scene: Scene, store: AssetStore, hour: float | None = None) -> Lighting:
    """Return the lighting of a scene at a time of day.

    All lamps are on. If the scene has neither window nor lamp, each room gets an invisible lamp below its
    ceiling.

    Args:
        scene: Scene with windows and lamps.
        store: Store of its assets.
        hour: Time of day, 0 to 24 [h]; by default the scene's own.

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
        lamps = tuple(_invisible_lamp(room) for room in scene.rooms)
    return Lighting(
        hour, to_sun, sun, sky, windows, lamps, _indirect(scene, sky, sun, to_sun, windows, lamps)
    )


def is_lamp(category: str) -> bool:
    """Return whether objects of a category are light sources.

    Example:
        >>> is_lamp("floor lamp"), is_lamp("table")
        (True, False)
    """
    return not _LAMPS.isdisjoint(category.split())


def lamp_position(asset: Asset) -> tuple[float, float, float] | None:
    """Return the position of a lamp's bulb in the asset frame [m]; None if the asset is no lamp."""
    if not is_lamp(asset.category):
        return None
    if asset.mount == "ceiling":
        return (0.0, 0.0, -_BELOW_LAMP_M)
    return (0.0, 0.0, _BULB_HEIGHT * asset.size[2] if asset.mount != "wall" else asset.size[2] / 2)


def _to_sun(hour: float) -> Array:
    hour_angle = math.radians(15 * (hour - 12))
    east, south = -math.sin(hour_angle), math.cos(hour_angle) * math.sin(_LATITUDE)
    return np.array([east, -south, math.cos(hour_angle) * math.cos(_LATITUDE)])


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
            position = item.pose.apply(bulb)
            reach = max(asset.size[:2]) / 2 + _BELOW_LAMP_M
            found.append(Lamp(item.id, position, _LAMP_COLOUR, _LAMP_LM[asset.mount], reach))
    return found


def _invisible_lamp(room: Room) -> Lamp:
    point = room.floor.representative_point()
    return Lamp("", np.array([point.x, point.y, room.height - 0.1]), _LAMP_COLOUR, _INVISIBLE_LM)


def _indirect(
    scene: Scene, sky: Array, sun: Array, to_sun: Array, windows: tuple[Window, ...], lamps: tuple[Lamp, ...]
) -> Array:
    """Return the mean indirect illuminance [lx], by the integrating-sphere formula (Sumpner 1892)."""
    flux = sum((lamp.flux * lamp.colour for lamp in lamps), np.zeros(3))
    for window in windows:
        # Half of the pane's view is sky, and half is ground of a fifth of the sky's luminance.
        flux = flux + window.area * math.pi * sky * 0.6
        flux = flux + window.area * sun * max(0.0, -float(window.inward @ to_sun))
    area = sum(2 * room.floor.area + room.floor.length * room.height for room in scene.rooms)
    indirect: Array = flux * _REFLECTANCE / (1 - _REFLECTANCE) / max(area, 1e-6)
    return indirect
