"""Cameras and lamp positions of exported scenes."""

from __future__ import annotations

from sage.asset import Asset
from sage.rendering.camera import Camera
from sage.rendering.lighting import lamp_position
from sage.rendering.viewpoints import door_cameras, overview_camera, top_camera
from sage.scene import Room

__all__ = ["cameras", "ceiling_lamp_position"]


def cameras(rooms: tuple[Room, ...]) -> tuple[Camera, ...]:
    """Return the named cameras of an exported scene.

    They are `preview`, from above a corner; `top`, from straight above; and one at eye height in each door.
    Without rooms there are none.
    """
    if not rooms:
        return ()
    return (overview_camera(rooms), top_camera(rooms), *(c for room in rooms for c in door_cameras(room)))


def ceiling_lamp_position(asset: Asset) -> tuple[float, float, float] | None:
    """Return the position of a ceiling lamp's bulb in the asset frame [m]; None for any other asset."""
    return lamp_position(asset) if asset.mount == "ceiling" else None
