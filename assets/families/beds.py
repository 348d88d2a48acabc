"""What people sleep in."""

from __future__ import annotations

import numpy as np

from assets.families.forms import bulk
from assets.family import Family
from assets.fittings import legs, solid_share, timber
from assets.sculpt import Part, Sculpture
from sage.asset import Material
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_MATTRESS = 0.2
_HEADBOARD = 0.06
_RAIL = 0.03
_BOARDS = 320.0


def bed(s: Sculpture, size: Vec3) -> None:
    """Build a bed with its head at the back: frame, mattress and a blanket, no pillows."""
    style, part = s.style, s.part()
    rng = style.rng
    frame = timber(style)
    linen = style.part("mattress", "white")
    colours = ["white", "beige", "grey", "blue", "green", "turquoise"]
    blanket = style.part("feathers", str(rng.choice(colours)))
    depth, width, _ = size
    top = round(float(rng.uniform(0.48, 0.54)), 3)
    rail_top = top - _MATTRESS + 0.07
    rail_tall = float(rng.uniform(0.14, 0.2))
    low = rail_top - rail_tall
    back, front, fill = -depth / 2, depth / 2, solid_share(frame, _BOARDS)
    long = depth - _HEADBOARD
    middle = back + _HEADBOARD + long / 2
    for sign in (-1, 1):
        place = (middle, sign * (width - _RAIL) / 2, rail_top - rail_tall / 2)
        part.box((long, _RAIL, rail_tall), place, frame, bevel=0.004, fill=fill)
    foot_tall = rail_tall + (0.1 if rng.random() < 0.4 else 0.0)
    place = (front - _RAIL / 2, 0, low + foot_tall / 2)
    part.box((_RAIL, width - 2 * _RAIL, foot_tall), place, frame, bevel=0.004, fill=fill)
    inner = (long - _RAIL - 0.01, width - 2 * _RAIL - 0.01)
    slats = top - _MATTRESS
    place = (middle - _RAIL / 2, 0, slats - 0.01)
    part.box((inner[0] + 0.01, inner[1] + 0.01, 0.02), place, frame, bevel=0.0, fill=fill)
    legs(part, "square", (long - 0.02, width - 0.02), low, 0.065, frame, x=middle)
    part.box((0.06, 0.06, low), (middle, 0, low / 2), frame, fill=fill)
    part.box((long - 0.1, 0.06, slats - 0.02 - low), (middle, 0, (low + slats - 0.02) / 2), frame, fill=fill)
    _headboard(part, s, size, frame, low)
    part.cushion(
        (*inner, _MATTRESS),
        (middle - _RAIL / 2, 0, top - _MATTRESS / 2),
        linen,
        bulge=0.12,
        fill=bulk(linen, 48),
    )
    hang = top - rail_top + 0.002
    _blanket(part, middle - _RAIL / 2, inner, top, hang, blanket, linen, float(rng.uniform(0.62, 0.74)))
    s.surface("top", (middle - _RAIL / 2, 0, top), (inner[0] - 0.08, inner[1] - 0.08))


def _blanket(
    part: Part,
    x: float,
    inner: tuple[float, float],
    top: float,
    hang: float,
    material: Material,
    sheet: Material,
    share: float,
) -> None:
    """Lay a blanket over the foot of the mattress, folded back at its upper edge.

    The mattress carries what lies on it: the blanket's 4 mm give way.
    """
    long, width = inner[0] * share, inner[1] + 0.006
    middle = x + inner[0] / 2 - long / 2 + 0.003
    rise = 0.004
    place = (middle, 0, top + rise - hang / 2)
    part.box((long, width, hang), place, material, bevel=0.016, fill=0.1, collide=False)
    fold = 0.22
    place = (middle - long / 2 + fold / 2 - 0.01, 0, top + rise + 0.004 - hang / 2)
    part.box((fold, width + 0.003, hang - 0.004), place, sheet, bevel=0.016, fill=0.05, collide=False)


def _headboard(part: Part, s: Sculpture, size: Vec3, frame: Material, low: float) -> None:
    """Add the board at the head: plain, of slats, or padded."""
    rng = s.style.rng
    back, width, height = -size[0] / 2, size[1], size[2]
    fill, post = solid_share(frame, _BOARDS), 0.055
    x = back + _HEADBOARD / 2
    kind = str(rng.choice(["plain", "slats", "padded"]))
    if kind == "padded":
        cloth = s.style.part("fabric")
        part.box(
            (_HEADBOARD, width, height - 0.06),
            (x, 0, 0.06 + (height - 0.06) / 2),
            cloth,
            bevel=0.02,
            fill=bulk(cloth, 120),
        )
        for sign in (-1, 1):
            part.box((0.05, 0.05, 0.07), (x, sign * (width / 2 - 0.1), 0.035), frame)
        return
    for sign in (-1, 1):
        place = (x, sign * (width - post) / 2, height / 2)
        part.box((_HEADBOARD, post, height), place, frame, bevel=0.006, fill=fill)
    inner = width - 2 * post
    if kind == "plain":
        tall = height - low - 0.03
        part.box((0.03, inner, tall), (x, 0, low + tall / 2), frame, fill=fill)
        return
    for z, tall in ((height - 0.05, 0.07), (low + 0.07, 0.14)):
        part.box((0.035, inner, tall), (x, 0, z), frame, bevel=0.006, fill=fill)
    start, end = low + 0.14, height - 0.085
    for y in np.linspace(-inner / 2, inner / 2, round(inner / 0.11) + 1)[1:-1]:
        part.box((0.018, 0.035, end - start), (x, float(y), (start + end) / 2), frame, fill=fill)


FAMILIES = (
    Family(
        "bed", "bed.n.01", (2.05, 1.45, 0.9), (2.2, 1.95, 1.2), bed, "bed",
        words=("double bed", "king-size bed", "king size bed", "queen-size bed"), mount="floor",
    ),
    Family(
        "single bed", "single_bed.n.01", (2.0, 0.98, 0.85), (2.15, 1.1, 1.1), bed, "bed",
        words=("twin bed", "child's bed"), kinds=("bed",), mount="floor",
    ),
)  # fmt: skip
