"""Material library: colour, texture, density and friction.

Densities are those of the solid material; upholstery, mattresses and similar have their bulk density,
filling included. Friction is the Coulomb coefficient of the material on itself or on wood. The values are
rounded and lie within the range given by the reference in `Kind.source`:

- CRC: Handbook of Chemistry and Physics (densities of common materials)
- Marks: Standard Handbook for Mechanical Engineers (table 3.2.1, friction)
- FPL: Wood Handbook of the Forest Products Laboratory (chapters 4 and 5)
- Ashby: Materials Selection in Mechanical Design (appendix C)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sage.appearance.texture import MAP_KINDS, maps
from sage.asset import SHARED, Material

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
"""RGB as displayed (sRGB), 0..1, by colour word. Assets vary slightly around these values."""

_WOODS = {
    "oak": (0.72, 0.55, 0.36),
    "walnut": (0.40, 0.26, 0.17),
    "pine": (0.82, 0.66, 0.44),
    "birch": (0.86, 0.75, 0.58),
    "cherry": (0.58, 0.33, 0.20),
}


@dataclass(frozen=True)
class Kind:
    """A kind of material, such as `wood` or `ceramic`."""

    density: float
    """[kg/m3]"""
    friction: float
    """Coulomb coefficient."""
    source: str
    """Source of density and friction."""
    roughness: float = 0.7
    """Roughness of the metallic-roughness model, 0..1."""
    metallic: float = 0.0
    """Metallic share of the metallic-roughness model, 0..1."""
    pattern: str | None = None
    """Texture pattern, from `sage.appearance.patterns.PATTERNS`; None for a plain colour."""
    alpha: float = 1.0
    """Opacity, 0..1."""
    colours: tuple[str, ...] = ("white", "black", "grey", "blue", "red", "green")
    """Colours to choose from if none is requested."""
    muted: float = 0.0
    """Share of grey mixed into a colour that is not requested, 0..1; dyed cloth is less saturated than
    plastic."""


_TIMBER = "FPL: oak, walnut, pine, birch, cherry 500-700 kg/m3 at 12 % moisture; wood on wood 0.3-0.5"
_STEEL = "CRC: steel 7850; Marks: mild steel on mild steel, sliding 0.57, lightly greasy less"
_SHEET = "CRC: aluminium 2700, which stands for a shell of thin sheet; friction as of steel"
_CLOTH = "Ashby: natural fibres 1500 with 80 % air in the weave; cotton on wood 0.5-0.9"
_FOAM = "Ashby: flexible polyurethane foam 25-60 with its cover and springs; friction of the cloth"

KINDS: dict[str, Kind] = {
    "wood": Kind(620, 0.5, _TIMBER, 0.6, pattern="wood", colours=tuple(_WOODS)),
    "painted wood": Kind(
        620, 0.5, _TIMBER, 0.5,
        pattern="brushmarks", colours=("white", "grey", "beige", "blue", "green"), muted=0.3,
    ),
    "metal": Kind(7800, 0.45, _STEEL, 0.35, 0.9, pattern="brushed", colours=("silver", "grey", "black")),
    "sheet metal": Kind(2700, 0.45, _SHEET, 0.4, 0.6, pattern="brushed", colours=("white", "silver", "grey")),
    "painted metal": Kind(
        2700, 0.45, _SHEET, 0.45, 0.1,
        pattern="moulded", colours=("grey", "black", "white", "red", "blue", "green"),
    ),
    "ceramic": Kind(
        2300, 0.5, "CRC: porcelain 2300-2500; Ashby: glazed ware 0.4-0.6", 0.25,
        pattern="glaze", colours=("white", "blue", "beige", "green", "turquoise"), muted=0.2,
    ),
    "glass": Kind(
        2500, 0.5, "CRC: soda-lime glass 2400-2600; Marks: glass on glass, sliding 0.40", 0.05,
        alpha=0.45, colours=("white", "turquoise", "green"),
    ),
    "plastic": Kind(
        1050, 0.5, "Ashby: ABS 1010-1200, friction 0.4-0.6", 0.4,
        pattern="moulded", colours=("white", "black", "grey", "blue", "red", "yellow"),
    ),
    "rubber": Kind(1100, 0.9, "CRC: hard rubber 1190, soft 1100; Marks: 0.6-1.2 on dry solids", 0.9,
                   colours=("black", "grey")),
    "fabric": Kind(
        300, 0.8, _CLOTH, 0.95, pattern="weave", colours=("grey", "beige", "blue", "green"), muted=0.4
    ),
    "upholstery": Kind(
        70, 0.8, _FOAM, 0.95, pattern="weave", colours=("grey", "beige", "blue", "green", "brown"), muted=0.4
    ),
    "mattress": Kind(75, 0.8, _FOAM, 0.95, pattern="weave", colours=("white",)),
    "feathers": Kind(
        60, 0.8, "Ashby: loose fibre fill 20-60 with its ticking; friction of the cloth", 0.95,
        pattern="weave", colours=("white", "beige", "blue", "grey"), muted=0.4,
    ),
    "leather": Kind(
        860, 0.7, "CRC: dry leather 860; Marks: leather on oak, sliding 0.52, on itself more", 0.5,
        pattern="leather", colours=("brown", "black", "beige"), muted=0.1,
    ),
    "paper": Kind(750, 0.5, "CRC: paper 700-1150; paper on paper 0.4-0.6", 0.9,
                  pattern="paper", colours=("white", "red", "blue", "green")),
    "cardboard": Kind(
        150, 0.5, "Ashby: corrugated board 100-200 in bulk; friction of paper", 0.9,
        pattern="cardboard", colours=("tan",),
    ),
    "stone": Kind(
        2600, 0.6, "CRC: granite 2640-2760, marble 2600-2840; Marks: stone on stone 0.6-0.7", 0.5,
        pattern="stone", colours=("grey", "white", "black", "beige"),
    ),
    "wicker": Kind(320, 0.6, "FPL: willow 390-420 with the gaps of the weave; friction of wood", 0.9,
                   pattern="wicker", colours=("beige", "brown")),
    "electronics": Kind(900, 0.5, "bulk of a plastic shell with boards and air inside; friction of ABS", 0.4,
                        pattern="moulded", colours=("black", "grey", "white")),
    "soap": Kind(1000, 0.4, "bar soap 900-1100, in water as heavy as it; friction dry", 0.45,
                 colours=("white", "pink", "green", "beige", "yellow", "turquoise")),
    "food": Kind(1000, 0.5, "mostly water; friction of skins and crusts", 0.7,
                 pattern="crumb", colours=("beige", "white", "brown")),
}  # fmt: skip
"""All kinds of material, by name."""

_MARBLE_COLOURS = ("white", "beige")
"""Colours in which stone is marble; in others it is granite."""
_KIND_OF_WORD = {
    "wooden": "wood", "wood": "wood", "metal": "metal", "metallic": "metal", "steel": "metal",
    "plastic": "plastic", "ceramic": "ceramic", "porcelain": "ceramic", "glass": "glass",
    "leather": "leather", "fabric": "fabric", "stone": "stone", "marble": "stone",
    "cardboard": "cardboard", "paper": "paper", "wicker": "wicker", "rubber": "rubber",
    "aluminium": "metal", "iron": "metal", "brass": "metal", "chrome": "metal", "bronze": "metal",
}  # fmt: skip
"""Kind of material by the word of a request."""
_NATURAL_COLOURS = {
    "steel": ("silver", "grey"), "aluminium": ("silver",), "chrome": ("silver",), "iron": ("black", "grey"),
    "brass": ("gold",), "bronze": ("copper",), "marble": _MARBLE_COLOURS,
}  # fmt: skip
"""Natural colours of requested materials, used if no colour is requested."""
_VARIANTS = 3
"""Number of texture variants per pattern."""

Finishes = Mapping[str, tuple[str, ...]]
"""Colours or wood species used in a room, by kind of material."""


@dataclass
class Style:
    """Chooses the materials of one asset and records the resulting attributes and textures.

    The requested `color` and `material` apply to the main material, as does the requested `finish` (a wood
    species) if that is wood. All other parts are chosen at random, within `finishes`.
    """

    rng: np.random.Generator
    """Source of randomness."""
    requested: dict[str, str] = field(default_factory=dict)
    """Requested attributes, such as `{"color": "red"}`."""
    attributes: dict[str, str] = field(default_factory=dict)
    """Attributes of the asset as built."""
    textures: dict[str, bytes] = field(default_factory=dict)
    """PNG files of the chosen materials, by path relative to the asset's folder."""
    sizes: dict[str, float] = field(default_factory=dict)
    """Side of the square that one repeat of a base colour texture covers [m], by path."""
    finishes: Finishes = field(default_factory=dict)
    """Finishes of the room."""
    furnishing: bool = False
    """Whether the asset furnishes the room: the room's wood and paint then override the family's colours."""

    def main(self, *kinds: str, colours: tuple[str, ...] = ()) -> Material:
        """Choose the main material and record it in `attributes`.

        Args:
            kinds: kinds of material to choose from if none is requested.
            colours: colours to choose from if none is requested; empty for all colours of the kind.
        """
        requested_kind = _KIND_OF_WORD.get(self.requested.get("material", ""))
        kind = requested_kind or str(self.rng.choice(kinds))
        finish = self.requested.get("finish") if kind == "wood" else None
        natural = _NATURAL_COLOURS.get(self.requested.get("material", ""), ())
        colour = (
            finish
            or self.requested.get("color")
            or self._natural_colour(natural)
            or self.colour(kind, *colours)
        )
        if colour not in COLOURS and kind != "wood":
            colour = str(self.rng.choice(KINDS[kind].colours))
        material = self.part(kind, colour)
        self.attributes["material"] = self.requested.get("material", kind)
        self.attributes["color"] = "brown" if colour in _WOODS else colour
        if colour in _WOODS:
            self.attributes["finish"] = colour
        return material

    def _natural_colour(self, colours: tuple[str, ...]) -> str:
        """Choose one of the natural colours of a material; return an empty string if it has none."""
        return str(self.rng.choice(colours)) if colours else ""

    def shape(self, *available: str, usual: str) -> str:
        """Return the requested shape if it is available, else `usual`, and record it in `attributes`."""
        requested = self.requested.get("shape", "")
        self.attributes["shape"] = requested if requested in available else usual
        return self.attributes["shape"]

    def colour(self, kind: str, *colours: str) -> str:
        """Choose a colour for a kind of material, preferably one of the room's finishes.

        Args:
            kind: name in `KINDS`.
            colours: colours to choose from; empty for all colours of the kind.
        """
        finishes = self.finishes.get(kind, ())
        choices = [colour for colour in colours if colour in finishes] if colours else list(finishes)
        if not choices and self.furnishing and kind in ("wood", "painted wood"):
            choices = list(finishes)
        return str(self.rng.choice(choices or colours or KINDS[kind].colours))

    def part(self, kind: str, colour: str | None = None) -> Material:
        """Return a material of `kind` with a slightly varied colour.

        Args:
            kind: name in `KINDS`.
            colour: colour word or wood species; None chooses one with `colour()`.
        """
        base = KINDS[kind]
        colour = colour or self.colour(kind)
        rgb = np.array(_WOODS.get(colour) or COLOURS[colour])
        rgb = np.clip(rgb * self.rng.uniform(0.94, 1.04) + self.rng.normal(0, 0.008, 3), 0, 1)
        if base.muted and self.requested.get("color") != colour:
            rgb += base.muted * (float(rgb @ _LUMA) - rgb)
        red, green, blue = (round(float(value), 3) for value in rgb)
        name = f"{kind}_{colour}_{int(red * 255):02x}{int(green * 255):02x}{int(blue * 255):02x}"
        return Material(
            name=name.replace(" ", "_"),
            rgba=(red, green, blue, base.alpha),
            roughness=base.roughness,
            metallic=base.metallic,
            density=base.density,
            friction=base.friction,
            **self._maps(_pattern(kind, colour)),
        )

    def _maps(self, pattern: str | None) -> dict[str, str]:
        """Return the texture files of a pattern by field of `Material`, and add them to `textures`."""
        if pattern is None:
            return {}
        chosen = maps(pattern, int(self.rng.integers(_VARIANTS)))
        files = {kind: f"{SHARED}{chosen.file(kind)}" for kind in MAP_KINDS}
        self.textures |= {file: getattr(chosen, kind) for kind, file in files.items()}
        self.sizes[files["colour"]] = chosen.size
        return {"texture": files["colour"], "surface_map": files["surface"], "normal_map": files["normal"]}


_LUMA = np.array([0.30, 0.59, 0.11])
"""Luma weights of red, green and blue (ITU-R BT.601)."""


def _pattern(kind: str, colour: str) -> str | None:
    """Return the texture pattern of a kind of material in a colour."""
    if kind == "stone" and colour not in _MARBLE_COLOURS:
        return "granite"
    if kind == "metal" and colour == "black":
        return "worn"
    if kind in ("sheet metal", "metal") and colour in _ENAMELLED:
        return "moulded"
    return KINDS[kind].pattern


_ENAMELLED = ("white", "black", "red", "blue", "green", "yellow", "orange", "pink", "turquoise", "beige")
"""Colours in which metal is painted or enamelled rather than bare."""
