"""What parts are made of: colour, grain, density and grip.

Densities and friction coefficients are typical engineering values (density of the solid, Coulomb
coefficient of the material on itself or on wood), rounded. Upholstery is given its bulk density.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sage.asset import Material
from sage.texture import texture_png

__all__ = ["COLOURS", "KINDS", "Kind", "Style"]

COLOURS: dict[str, tuple[float, float, float]] = {
    "white": (0.93, 0.92, 0.89),
    "black": (0.07, 0.07, 0.08),
    "grey": (0.50, 0.51, 0.53),
    "silver": (0.75, 0.76, 0.78),
    "red": (0.74, 0.10, 0.09),
    "orange": (0.88, 0.42, 0.09),
    "yellow": (0.92, 0.76, 0.16),
    "green": (0.18, 0.47, 0.23),
    "blue": (0.12, 0.28, 0.64),
    "purple": (0.40, 0.20, 0.52),
    "pink": (0.89, 0.53, 0.61),
    "brown": (0.40, 0.25, 0.14),
    "beige": (0.84, 0.76, 0.63),
    "gold": (0.80, 0.61, 0.26),
    "tan": (0.71, 0.54, 0.36),
    "copper": (0.72, 0.42, 0.28),
    "turquoise": (0.20, 0.60, 0.60),
}
"""Colour words and their RGB, 0..1. Small random shifts stay within the word."""

_WOODS = {
    "oak": (0.72, 0.55, 0.36),
    "walnut": (0.40, 0.26, 0.17),
    "pine": (0.82, 0.66, 0.44),
    "birch": (0.86, 0.75, 0.58),
    "cherry": (0.58, 0.33, 0.20),
}


@dataclass(frozen=True)
class Kind:
    """A kind of material."""

    density: float
    """[kg/m3]"""
    friction: float
    roughness: float = 0.7
    metallic: float = 0.0
    grain: str | None = None
    """Which procedural texture it shows."""
    alpha: float = 1.0
    colours: tuple[str, ...] = ("white", "black", "grey", "blue", "red", "green")
    """What it is made in when nobody asks."""


KINDS: dict[str, Kind] = {
    "wood": Kind(620, 0.5, 0.6, grain="wood", colours=tuple(_WOODS)),
    "painted wood": Kind(620, 0.5, 0.5, colours=("white", "grey", "beige", "blue", "green")),
    "metal": Kind(7800, 0.45, 0.35, 0.9, grain="brushed", colours=("silver", "grey", "black")),
    "sheet metal": Kind(2700, 0.45, 0.4, 0.6, grain="brushed", colours=("white", "silver", "grey")),
    "painted metal": Kind(2700, 0.45, 0.45, 0.1, colours=("grey", "black", "white", "red", "blue", "green")),
    "ceramic": Kind(2300, 0.5, 0.25, colours=("white", "blue", "beige", "green", "turquoise")),
    "glass": Kind(2500, 0.5, 0.05, alpha=0.45, colours=("white", "turquoise", "green")),
    "plastic": Kind(1050, 0.5, 0.4, colours=("white", "black", "grey", "blue", "red", "yellow")),
    "rubber": Kind(1100, 0.9, 0.9, colours=("black", "grey")),
    "fabric": Kind(300, 0.8, 0.95, grain="weave", colours=("grey", "beige", "blue", "green")),
    "upholstery": Kind(70, 0.8, 0.95, grain="weave", colours=("grey", "beige", "blue", "green", "brown")),
    "mattress": Kind(75, 0.8, 0.95, grain="weave", colours=("white",)),
    "feathers": Kind(60, 0.8, 0.95, grain="weave", colours=("white", "beige", "blue", "grey")),
    "leather": Kind(860, 0.7, 0.5, grain="speckle", colours=("brown", "black", "beige")),
    "paper": Kind(750, 0.5, 0.9, grain="speckle", colours=("white", "red", "blue", "green")),
    "cardboard": Kind(150, 0.5, 0.9, grain="speckle", colours=("tan",)),
    "stone": Kind(2600, 0.6, 0.5, grain="stone", colours=("grey", "white", "black", "beige")),
    "wicker": Kind(320, 0.6, 0.9, grain="weave", colours=("beige", "brown")),
    "electronics": Kind(900, 0.5, 0.4, colours=("black", "grey", "white")),
    "soap": Kind(1000, 0.4, 0.45, colours=("white", "pink", "green", "beige", "yellow", "turquoise")),
    "food": Kind(1000, 0.5, 0.7, grain="speckle", colours=("beige", "white", "brown")),
}
"""Every kind of material that a family may use."""

_ASKED = {
    "wooden": "wood", "wood": "wood", "metal": "metal", "metallic": "metal", "steel": "metal",
    "plastic": "plastic", "ceramic": "ceramic", "porcelain": "ceramic", "glass": "glass",
    "leather": "leather", "fabric": "fabric", "stone": "stone", "marble": "stone",
    "cardboard": "cardboard", "paper": "paper", "wicker": "wicker", "rubber": "rubber",
}  # fmt: skip
_VARIANTS = 3


@dataclass
class Style:
    """Chooses materials for one asset and remembers what was chosen.

    `asked` holds the attributes of the request: `color` and `material` bind the main material, and
    `finish` the wood it is made of, if it is of wood; every other part is free.
    """

    rng: np.random.Generator
    asked: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    """What the asset turned out to be."""
    textures: dict[str, bytes] = field(default_factory=dict)
    """PNG files by name that the chosen materials refer to."""

    def main(self, *kinds: str, colours: tuple[str, ...] = ()) -> Material:
        """Choose what the asset is mostly made of: what was asked for, else one of `kinds`."""
        asked_kind = _ASKED.get(self.asked.get("material", ""))
        kind = asked_kind or str(self.rng.choice(kinds))
        choices = colours or KINDS[kind].colours
        finish = self.asked.get("finish") if kind == "wood" else None
        colour = finish or self.asked.get("color") or str(self.rng.choice(choices))
        if colour not in COLOURS and kind != "wood":
            colour = str(self.rng.choice(KINDS[kind].colours))
        material = self.part(kind, colour)
        self.attributes["material"] = self.asked.get("material", kind)
        self.attributes["color"] = "brown" if colour in _WOODS else colour
        if colour in _WOODS:
            self.attributes["finish"] = colour
        return material

    def part(self, kind: str, colour: str | None = None) -> Material:
        """Choose a material of `kind` for a part, of `colour` or at random."""
        base = KINDS[kind]
        colour = colour or str(self.rng.choice(base.colours))
        rgb = np.array(_WOODS.get(colour) or COLOURS[colour])
        rgb = np.clip(rgb * self.rng.uniform(0.94, 1.04) + self.rng.normal(0, 0.008, 3), 0, 1)
        texture = None
        if base.grain:
            variant = int(self.rng.integers(_VARIANTS))
            texture = f"{base.grain}_{variant}.png"
            self.textures[texture] = texture_png(base.grain, variant)
        red, green, blue = (round(float(value), 3) for value in rgb)
        name = f"{kind}_{colour}_{int(red * 255):02x}{int(green * 255):02x}{int(blue * 255):02x}"
        return Material(
            name=name.replace(" ", "_"),
            rgba=(red, green, blue, base.alpha),
            texture=texture,
            roughness=base.roughness,
            metallic=base.metallic,
            density=base.density,
            friction=base.friction,
        )
