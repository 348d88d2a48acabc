"""Palettes of styles: the few materials that a room of a style keeps to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from assets.materials import Finishes
from sage.geometry import Vec3
from sage.scene import FloorPattern, WallPattern
from sage.task import StyleName

__all__ = ["PALETTES", "STYLES", "Palette", "palette_of", "palette_with"]

STYLES: tuple[StyleName, ...] = get_args(StyleName)


@dataclass(frozen=True)
class Palette:
    """What a room is made of. Colours of things are words, those of its shell RGB as displayed."""

    style: StyleName
    finishes: Finishes
    planks: Vec3
    tiles: Vec3
    carpet: Vec3
    wall: tuple[WallPattern, Vec3]
    accent: tuple[WallPattern, Vec3]
    """What one wall may bear instead."""
    wall_tiles: tuple[WallPattern, Vec3]
    trim: Vec3 = (0.95, 0.95, 0.93)
    door: Vec3 = (0.93, 0.92, 0.90)
    parquet: bool = False
    """Whether boards of floors are laid as parquet."""

    def floor(self, covering: FloorPattern) -> tuple[FloorPattern, Vec3]:
        """Return what a floor of planks, tiles, carpet or the like is in this palette, with its colour."""
        if covering == "planks":
            return ("parquet" if self.parquet else "planks"), self.planks
        colours = {"parquet": self.planks, "tiles": self.tiles, "carpet": self.carpet}
        return covering, colours.get(covering, _SCREED)


_SCREED: Vec3 = (0.66, 0.65, 0.63)


def _finishes(
    wood: str, metal: str, cloth: str, paint: str, stone: str, appliance: str, ceramic: str, leather: str
) -> Finishes:
    """Return finishes from words; cloth is what things are sewn, upholstered and bedded in."""
    told = {
        "wood": wood, "metal": metal, "fabric": cloth, "upholstery": cloth,
        "feathers": f"{cloth} white",
        "painted wood": paint, "stone": stone, "sheet metal": appliance, "ceramic": ceramic,
        "leather": leather,
    }  # fmt: skip
    return {kind: tuple(dict.fromkeys(words.split())) for kind, words in told.items()}


PALETTES: tuple[Palette, ...] = (
    Palette(
        "modern",
        _finishes("walnut", "black silver", "grey beige", "white grey",
                  "white", "silver", "white black", "black"),
        planks=(0.52, 0.40, 0.30), tiles=(0.62, 0.62, 0.61), carpet=(0.58, 0.57, 0.55),
        wall=("paint", (0.93, 0.92, 0.90)), accent=("paint", (0.36, 0.41, 0.44)),
        wall_tiles=("wall_tiles", (0.92, 0.92, 0.91)), door=(0.94, 0.94, 0.93),
    ),
    Palette(
        "modern",
        _finishes("oak", "silver", "grey blue", "white grey",
                  "grey", "white", "white grey", "black"),
        planks=(0.70, 0.56, 0.41), tiles=(0.80, 0.79, 0.77), carpet=(0.47, 0.50, 0.54),
        wall=("paint", (0.92, 0.93, 0.93)), accent=("paint", (0.55, 0.63, 0.66)),
        wall_tiles=("mosaic", (0.82, 0.87, 0.89)), door=(0.94, 0.94, 0.93),
    ),
    Palette(
        "rustic",
        _finishes("pine oak", "black copper", "beige green", "beige white",
                  "beige", "white", "beige green", "brown"),
        planks=(0.66, 0.48, 0.31), tiles=(0.70, 0.51, 0.39), carpet=(0.68, 0.60, 0.49),
        wall=("plaster", (0.93, 0.88, 0.79)), accent=("panelling", (0.80, 0.72, 0.60)),
        wall_tiles=("wall_tiles", (0.90, 0.86, 0.77)), trim=(0.58, 0.42, 0.27), door=(0.60, 0.43, 0.27),
    ),
    Palette(
        "rustic",
        _finishes("cherry pine", "black", "beige brown", "green white",
                  "grey", "white", "white blue", "brown"),
        planks=(0.55, 0.39, 0.26), tiles=(0.62, 0.56, 0.49), carpet=(0.60, 0.52, 0.43),
        wall=("plaster", (0.92, 0.90, 0.85)), accent=("brick", (0.90, 0.85, 0.80)),
        wall_tiles=("wall_tiles", (0.82, 0.86, 0.80)), trim=(0.90, 0.87, 0.80), door=(0.56, 0.60, 0.52),
    ),
    Palette(
        "classic",
        _finishes("cherry", "gold", "beige red", "white beige",
                  "white", "white", "white gold", "brown"),
        planks=(0.50, 0.33, 0.21), tiles=(0.86, 0.83, 0.78), carpet=(0.52, 0.34, 0.32),
        wall=("wallpaper", (0.88, 0.83, 0.73)), accent=("wallpaper", (0.67, 0.36, 0.32)),
        wall_tiles=("wall_tiles", (0.93, 0.91, 0.86)), door=(0.92, 0.90, 0.86), parquet=True,
    ),
    Palette(
        "classic",
        _finishes("walnut", "gold silver", "blue beige", "white beige",
                  "black", "white", "white blue", "brown black"),
        planks=(0.46, 0.32, 0.21), tiles=(0.84, 0.84, 0.82), carpet=(0.33, 0.38, 0.47),
        wall=("wallpaper", (0.82, 0.86, 0.87)), accent=("wallpaper", (0.45, 0.54, 0.62)),
        wall_tiles=("wall_tiles", (0.90, 0.92, 0.92)), door=(0.45, 0.30, 0.19), parquet=True,
    ),
    Palette(
        "industrial",
        _finishes("walnut oak", "black", "grey brown", "grey black",
                  "grey", "silver", "black grey", "brown black"),
        planks=(0.45, 0.35, 0.27), tiles=(0.50, 0.50, 0.50), carpet=(0.42, 0.41, 0.40),
        wall=("plaster", (0.80, 0.79, 0.77)), accent=("brick", (0.90, 0.85, 0.80)),
        wall_tiles=("wall_tiles", (0.87, 0.87, 0.86)), trim=(0.22, 0.22, 0.23), door=(0.30, 0.31, 0.32),
    ),
    Palette(
        "scandinavian",
        _finishes("birch", "black silver", "grey white", "white grey",
                  "white", "white", "white grey", "beige"),
        planks=(0.82, 0.71, 0.57), tiles=(0.84, 0.84, 0.82), carpet=(0.75, 0.73, 0.69),
        wall=("paint", (0.95, 0.95, 0.94)), accent=("paint", (0.66, 0.71, 0.68)),
        wall_tiles=("wall_tiles", (0.95, 0.95, 0.94)), door=(0.95, 0.95, 0.94),
    ),
    Palette(
        "scandinavian",
        _finishes("pine birch", "silver", "beige blue", "white",
                  "white", "white", "white blue", "beige brown"),
        planks=(0.78, 0.65, 0.49), tiles=(0.78, 0.79, 0.79), carpet=(0.66, 0.68, 0.70),
        wall=("paint", (0.94, 0.93, 0.90)), accent=("panelling", (0.86, 0.88, 0.88)),
        wall_tiles=("wall_tiles", (0.93, 0.94, 0.95)), door=(0.95, 0.95, 0.94),
    ),
)  # fmt: skip
"""All palettes; a style has one or more."""


def palette_with(finishes: Finishes) -> Palette | None:
    """Return the palette whose finishes these are; None if they are nobody's."""
    return next((palette for palette in PALETTES if dict(palette.finishes) == dict(finishes)), None)


def palette_of(style: StyleName, rng: np.random.Generator) -> Palette:
    """Draw one of the palettes of a style."""
    own = [palette for palette in PALETTES if palette.style == style]
    return own[int(rng.integers(len(own)))]
