"""Collision shapes of the assets of a scene."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter

from sage.asset import Surface, collision_file, read_hull
from sage.geometry import Vec3

__all__ = ["AssetShape", "shapes"]

_DECIMALS = 5
"""Decimals of coordinates [m]."""


class Piece(BaseModel):
    """A convex piece."""

    corners: list[Vec3] = Field(description="In the link's frame [m].")
    triangles: list[tuple[int, int, int]] = Field(
        description="Numbers of corners, counter-clockwise from outside."
    )


class LinkShape(BaseModel):
    """The convex pieces of a rigid part."""

    name: str
    pieces: list[Piece]


class AssetShape(BaseModel):
    """Collision shapes and support surfaces of an asset."""

    id: str
    links: list[LinkShape]
    surfaces: list[Surface]


def shapes(folder: Path) -> bytes:
    """Return a list of `AssetShape` of a scene folder as JSON."""
    found = [_shape(path.parent) for path in sorted((folder / "assets").glob("*/asset.json"))]
    return TypeAdapter(list[AssetShape]).dump_json(found)


def _shape(folder: Path) -> AssetShape:
    asset = json.loads((folder / "asset.json").read_text())
    links = [LinkShape(name=link["name"], pieces=list(_pieces(folder, link))) for link in asset["links"]]
    return AssetShape(id=asset["id"], links=links, surfaces=asset["surfaces"])


def _pieces(folder: Path, link: dict[str, Any]) -> Iterator[Piece]:
    for collider in link["colliders"]:
        points, faces = read_hull(folder / collision_file(link["name"], collider["name"]))
        yield Piece(corners=points.round(_DECIMALS).tolist(), triangles=faces.tolist())
