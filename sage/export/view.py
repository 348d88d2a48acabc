"""Cameras and lights that the export formats share."""

from __future__ import annotations

from sage.asset import Asset
from sage.rendering.camera import Camera
from sage.rendering.lighting import lamp_position
from sage.rendering.viewpoints import door_cameras, overview_camera, top_camera
from sage.scene import Room

__all__ = ["cameras", "ceiling_lamp_position"]


def cameras(rooms: tuple[Room, ...]) -> tuple[Camera, ...]:
    """Return `preview`, from above a corner; `top`, from above; and one at eye height in each door."""
    if not rooms:
        return ()
    return (overview_camera(rooms), top_camera(rooms), *(c for room in rooms for c in door_cameras(room)))


def ceiling_lamp_position(asset: Asset) -> tuple[float, float, float] | None:
    """Return the position of a ceiling lamp's bulb in the asset frame [m]; None for any other asset."""
    return lamp_position(asset) if asset.mount == "ceiling" else None
