"""Cameras and lights that the export formats share."""

from __future__ import annotations

from sage.asset import Asset
from sage.rendering.camera import Camera
from sage.rendering.lighting import is_lamp
from sage.rendering.viewpoints import door_cameras, overview_camera, top_camera
from sage.scene import Room

__all__ = ["cameras", "lamp_position"]

_BELOW_LAMP_M = 0.05


def cameras(rooms: tuple[Room, ...]) -> tuple[Camera, ...]:
    """Return `preview`, from above a corner; `top`, from above; and one at eye height in each door."""
    if not rooms:
        return ()
    return (overview_camera(rooms), top_camera(rooms), *(c for room in rooms for c in door_cameras(room)))


def lamp_position(asset: Asset) -> tuple[float, float, float] | None:
    """Return where the light of a ceiling lamp is, in the asset frame [m]; None if it is no such lamp."""
    return (0.0, 0.0, -_BELOW_LAMP_M) if asset.mount == "ceiling" and is_lamp(asset.category) else None
