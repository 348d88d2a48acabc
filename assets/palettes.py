"""Colour and material palettes of interior styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np

from sage.assets.materials import COLOURS, Finishes
from sage.choices import StyleName
from sage.geometry import Vec3
from sage.scene import FloorPattern, WallPattern

__all__ = ["PALETTES", "STYLES", "USUAL_STYLES", "Palette", "palette_of", "palette_with", "wall_color"]

STYLES: tuple[StyleName, ...] = get_args(StyleName)
"""All interior styles."""

USUAL_STYLES: tuple[StyleName, ...] = ("modern", "rustic", "classic", "industrial", "scandinavian")
"""Styles to choose from if none is requested."""


@dataclass(frozen=True)
class Palette:
    """Materials and colours of a room.

    Colours of objects are words; colours of floors, walls, trim and doors are RGB as displayed (sRGB), 0..1.
    """

    style: StyleName
    finishes: Finishes
    """Colours or wood species of the objects, by kind of material."""
    planks: Vec3
    """Floor planks."""
    tiles: Vec3
    """Floor tiles."""
    carpet: Vec3
    """Fitted carpet."""
    wall: tuple[WallPattern, Vec3]
    """Pattern and colour of the walls."""
    accent: tuple[WallPattern, Vec3]
    """Pattern and colour of an accent wall, if the room has one."""
    wall_tiles: tuple[WallPattern, Vec3]
    """Pattern and colour of wall tiles, in bathrooms and behind stoves and sinks."""
    trim: Vec3 = (0.95, 0.95, 0.93)
    """Skirting boards and frames."""
    door: Vec3 = (0.93, 0.92, 0.90)
    """Door leaves."""
    parquet: bool = False
    """Whether floor planks are laid as parquet."""

    def floor(self, covering: FloorPattern) -> tuple[FloorPattern, Vec3]:
        """Return the pattern and colour of a floor with this covering."""
        if covering == "planks":
            return ("parquet" if self.parquet else "planks"), self.planks
        colours = {"parquet": self.planks, "tiles": self.tiles, "carpet": self.carpet}
        return covering, colours.get(covering, _SCREED)


_SCREED: Vec3 = (0.66, 0.65, 0.63)
"""Colour of floors without a covering."""


def _finishes(
    wood: str, metal: str, cloth: str, paint: str, stone: str, appliance: str, ceramic: str, leather: str
) -> Finishes:
    """Return finishes by kind of material; each argument is a list of colours separated by spaces."""
    words_of_kind = {
        "wood": wood, "metal": metal, "fabric": cloth, "upholstery": cloth,
        "feathers": f"{cloth} white",
        "painted wood": paint, "stone": stone, "sheet metal": appliance, "ceramic": ceramic,
        "leather": leather,
    }  # fmt: skip
    return {kind: tuple(dict.fromkeys(words.split())) for kind, words in words_of_kind.items()}


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
    Palette(
        "coastal",
        _finishes("birch oak", "silver gold", "white blue", "blue white",
                  "white", "white", "white turquoise", "beige"),
        planks=(0.80, 0.71, 0.58), tiles=(0.86, 0.86, 0.83), carpet=(0.80, 0.75, 0.66),
        wall=("panelling", (0.93, 0.94, 0.93)), accent=("panelling", (0.55, 0.70, 0.77)),
        wall_tiles=("wall_tiles", (0.80, 0.89, 0.91)), door=(0.94, 0.95, 0.95),
    ),
    Palette(
        "bohemian",
        _finishes("oak walnut", "gold copper", "orange green beige", "green brown",
                  "beige", "white", "orange turquoise", "brown tan"),
        planks=(0.62, 0.44, 0.28), tiles=(0.72, 0.48, 0.35), carpet=(0.66, 0.42, 0.30),
        wall=("plaster", (0.93, 0.87, 0.78)), accent=("plaster", (0.72, 0.44, 0.32)),
        wall_tiles=("mosaic", (0.50, 0.68, 0.66)), trim=(0.90, 0.86, 0.78), door=(0.55, 0.37, 0.22),
    ),
    Palette(
        "bohemian",
        _finishes("oak pine", "gold black", "green beige purple", "brown white",
                  "beige", "white", "green orange", "tan"),
        planks=(0.66, 0.50, 0.33), tiles=(0.74, 0.64, 0.50), carpet=(0.42, 0.48, 0.36),
        wall=("plaster", (0.92, 0.90, 0.82)), accent=("wallpaper", (0.34, 0.47, 0.38)),
        wall_tiles=("wall_tiles", (0.42, 0.58, 0.48)), trim=(0.88, 0.85, 0.77), door=(0.60, 0.44, 0.28),
    ),
    Palette(
        "dark",
        _finishes("walnut", "black gold", "black purple", "black",
                  "black", "black", "black red", "black"),
        planks=(0.20, 0.14, 0.11), tiles=(0.20, 0.20, 0.22), carpet=(0.18, 0.15, 0.20),
        wall=("paint", (0.17, 0.17, 0.21)), accent=("wallpaper", (0.30, 0.16, 0.28)),
        wall_tiles=("wall_tiles", (0.20, 0.21, 0.23)), trim=(0.14, 0.14, 0.15), door=(0.15, 0.14, 0.15),
    ),
    Palette(
        "pastel",
        _finishes("birch", "gold silver", "pink white turquoise", "pink white",
                  "white", "white", "pink white", "pink"),
        planks=(0.86, 0.77, 0.66), tiles=(0.90, 0.87, 0.86), carpet=(0.88, 0.80, 0.82),
        wall=("paint", (0.95, 0.87, 0.88)), accent=("wallpaper", (0.75, 0.85, 0.88)),
        wall_tiles=("mosaic", (0.88, 0.80, 0.86)), door=(0.96, 0.95, 0.94),
    ),
)  # fmt: skip
"""All palettes; each style has at least one."""


def palette_with(finishes: Finishes) -> Palette | None:
    """Return the palette with exactly these finishes, or None."""
    return next((palette for palette in PALETTES if dict(palette.finishes) == dict(finishes)), None)


def wall_color(words: str) -> Vec3 | None:
    """Return the wall colour named by words such as `dark blue`, or None if they name no colour.

    Wall paint is paler than objects of the same colour.

    Returns:
        RGB as displayed (sRGB), 0..1.

    Example:
        >>> wall_color("blue"), wall_color("dark blue")
        ((0.452, 0.548, 0.764), (0.155, 0.235, 0.415))
        >>> wall_color("wooden") is None
        True
    """
    *shades, name = _NUANCES.get(words.casefold(), words.casefold()).split() or [""]
    if name not in COLOURS:
        return None
    white, black = next((_SHADES[shade] for shade in shades if shade in _SHADES), _PAINTED)
    red, green, blue = (channel * (1.0 - white - black) + white * _WHITE for channel in COLOURS[name])
    return (round(red, 3), round(green, 3), round(blue, 3))


_WHITE = 0.95
_PAINTED, _PALE, _DEEP = (0.4, 0.0), (0.7, 0.0), (0.1, 0.4)
_SHADES = {"dark": _DEEP, "deep": _DEEP, "light": _PALE, "pale": _PALE, "pastel": _PALE}
"""Shares of white and black mixed into a colour, by adjective."""
_NUANCES = {
    "navy": "dark blue", "navy blue": "dark blue", "teal": "turquoise", "charcoal": "dark grey",
    "gray": "grey", "light gray": "light grey", "dark gray": "dark grey",
    "burgundy": "dark red", "maroon": "dark red",
    "cream": "light beige", "ivory": "light beige", "off-white": "white", "sage": "light green",
    "sage green": "light green", "mint": "light green", "olive": "dark green", "lavender": "light purple",
    "lilac": "light purple", "peach": "light orange", "terracotta": "orange", "sky blue": "light blue",
    "forest green": "dark green", "emerald": "green", "mustard": "yellow", "rose": "pink",
    "blush": "light pink",
}  # fmt: skip
"""Common names of paints, each as a shade and a colour word."""


def palette_of(style: StyleName, rng: np.random.Generator) -> Palette:
    """Draw one of the palettes of a style."""
    own = [palette for palette in PALETTES if palette.style == style]
    return own[int(rng.integers(len(own)))]
