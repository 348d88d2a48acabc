"""Rugs, pillows, towels and blankets."""

from __future__ import annotations

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, print_on
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_PINCH_M = 0.05
"""Gripper opening for a soft object, whose edge compresses to this thickness [m]."""


_OBLONG = 1.08
"""Largest ratio of length to width of square and round rugs."""


def _diamond(part: Part, center: tuple[float, float, float], half: tuple[float, float], thickness: float,
             material: Material) -> None:  # fmt: skip
    x, y, z = center
    ring = [(x + half[0], y), (x, y + half[1]), (x - half[0], y), (x, y - half[1])]
    points = [(a, b, h) for a, b in ring for h in (z, z + thickness)]
    hull(part, points, material, fill=0.0, collide=False)


def rug(builder: AssetBuilder, size: Vec3) -> None:
    """Build a rug: a rubber back and a woven pile with a border and stripes, diamonds or a plain field."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    pile = style.main("fabric", colours=("beige", "grey", "blue", "red", "green", "brown", "orange"))
    back = style.part("rubber", "grey")
    tone = str(rng.choice([c for c in ("white", "beige", "grey", "blue", "black", "brown")
                           if c != style.attributes["color"]]))  # fmt: skip
    second = style.part("fabric", tone)
    low, flat = 0.0016, height - 0.0008
    drawn = "square" if max(depth, width) < _OBLONG * min(depth, width) else "rectangular"
    shape = style.shape("round", "oval", "square", "rectangular", usual=drawn)
    builder.surface("top", (0, 0, 0), (depth, width), round=shape in ("round", "oval"))
    if shape in ("round", "oval"):
        _round_rug(builder, part, size, (pile, back, second), (low, flat))
        return
    part.box((depth - 0.01, width - 0.01, low), (0, 0, low / 2), back, bevel=0.0)
    part.box((depth, width, flat - low), (0, 0, (flat + low) / 2), pile, bevel=0.001, fill=bulk(pile, 300))
    edge = float(rng.uniform(0.05, 0.10))
    inset = float(rng.uniform(0.03, 0.08))
    x, y = depth / 2 - inset - edge / 2, width / 2 - inset - edge / 2
    for sign in (-1, 1):
        print_on(part, (edge, 2 * y + edge, 0.0008), (sign * x, 0, flat), second)
        print_on(part, (2 * x - edge, edge, 0.0008), (0, sign * y, flat), second)
    inner_x, inner_y = 2 * x - 2.2 * edge, 2 * y - 2.2 * edge
    pattern = int(rng.integers(3))
    if pattern == 0:
        count = int(rng.integers(4, 9))
        for place in (np.arange(count) - (count - 1) / 2) * inner_y / count:
            print_on(part, (inner_x, inner_y / count * 0.42, 0.0008), (0, float(place), flat), second)
    elif pattern == 1:
        count = max(2, round(inner_y / inner_x * 2))
        for place in (np.arange(count) - (count - 1) / 2) * inner_y / count:
            half = (inner_x * 0.46, inner_y / count * 0.46)
            _diamond(part, (0, float(place), flat - 0.0004), half, 0.0006, second)
            _diamond(part, (0, float(place), flat - 0.0004), (half[0] * 0.6, half[1] * 0.6), 0.0010, pile)
    part.box(
        (depth, 0.012, 0.002),
        (0, width / 2 - 0.006, flat - 0.0012),
        second,
        bevel=0.0,
        fill=0.0,
        collide=False,
    )
    part.box(
        (depth, 0.012, 0.002),
        (0, 0.006 - width / 2, flat - 0.0012),
        second,
        bevel=0.0,
        fill=0.0,
        collide=False,
    )


def _round_rug(
    builder: AssetBuilder,
    part: Part,
    size: Vec3,
    materials: tuple[Material, Material, Material],
    levels: tuple[float, float],
) -> None:
    """Build a round or oval rug with rings of the second colour."""
    (pile, back, second), (low, flat), turn = materials, levels, np.arange(48) * 2 * np.pi / 48

    def disc(share: float, bottom: float, top: float, material: Material, fill: float, collide: bool) -> None:
        ring = np.column_stack([np.cos(turn) * size[0], np.sin(turn) * size[1]]) * share / 2
        points = [np.column_stack([ring, np.full(48, z)]) for z in (bottom, top)]
        hull(part, np.concatenate(points), material, fill=fill, collide=collide)

    disc(0.99, 0.0, low, back, 1.0, True)
    disc(1.0, low, flat, pile, bulk(pile, 300), True)
    wide = float(builder.style.rng.uniform(0.06, 0.14))
    edges = np.arange(0.94, 0.2, -wide)[: int(builder.style.rng.choice([2, 4, 6]))]
    for index, share in enumerate(edges):
        top = flat + 0.0008 * (index + 1) / len(edges)
        disc(float(share), flat - 0.0004, top, (second, pile)[index % 2], 0.0, False)


def pillow(builder: AssetBuilder, size: Vec3) -> float:
    """Build a pillow that lies flat."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("feathers")
    grid = np.linspace(-1, 1, 17)
    u, v = (axis.ravel() for axis in np.meshgrid(grid, grid, indexing="ij"))
    pinch = float(style.rng.uniform(0.04, 0.09))
    puff = ((1 - u**4) * (1 - v**4)) ** float(style.rng.uniform(0.4, 0.55))
    half = np.maximum(puff, 0.04) * height / 2
    x, y = u * (1 - pinch * (1 - v**2)) * depth / 2, v * (1 - pinch * (1 - u**2)) * width / 2
    layers = [np.column_stack([x, y, height / 2 + sign * half]) for sign in (1, -1)]
    part.solid(_sheets(17, layers), material, [_lens(size)], fill=bulk(material, 60))
    return min(height, _PINCH_M)


def _sheets(count: int, layers: list[Array]) -> trimesh.Trimesh:
    """Return the solid between an upper and a lower sheet of `count` x `count` points [m]."""
    index = np.arange(count * count).reshape(count, count)
    a, b, c, d = (
        index[i, j].ravel() for i in (slice(-1), slice(1, None)) for j in (slice(-1), slice(1, None))
    )
    upper = np.concatenate([np.column_stack([a, c, b]), np.column_stack([b, c, d])])
    rim = np.concatenate([index[:-1, 0], index[-1, :-1], index[:0:-1, -1], index[0, :0:-1]])
    after = np.roll(rim, -1)
    low = count * count
    side = np.concatenate(
        [np.column_stack([rim, rim + low, after]), np.column_stack([after, rim + low, after + low])]
    )
    faces = np.concatenate([upper, upper[:, ::-1] + low, side])
    mesh = trimesh.Trimesh(np.concatenate(layers), faces, process=False)
    if mesh.volume < 0:
        mesh.invert()
    return mesh


def _lens(size: Vec3) -> Array:
    """Return the corners of a flat block that is narrower at the bottom and top [m], shape [16, 3]."""
    half, height = np.array(size[:2]) / 2, size[2]
    corner = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    rows = ((0.70, 0.0), (0.94, 0.36), (0.94, 0.64), (0.70, 1.0))
    return np.concatenate([np.column_stack([corner * half * r, np.full(4, z * height)]) for r, z in rows])


def _folds(builder: AssetBuilder, size: Vec3, layers: int, density: float) -> float:
    """Build a cloth folded into `layers`, joined in front by rounded folds; return its grasp width [m]."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("fabric", colours=("white", "blue", "grey", "beige", "green", "pink", "turquoise"))
    fill = bulk(material, density)
    tone = style.part("fabric", style.colour("fabric", "white", "beige", "grey", "blue"))
    each = height / layers
    for index in range(layers):
        trim = 0.008 * float(style.rng.uniform(0, 1)) * (index > 0)
        layer = (depth - each / 2 - trim, width - trim, each)
        part.cushion(layer, (-each / 4, 0, each * (index + 0.5)), material, bulge=0.25, fill=fill)
    for pair in range(layers // 2):
        middle = each * (2 * pair + 1)
        part.cylinder(each * 0.98, width - 0.012, (depth / 2 - each, 0, middle), material, axis="y", fill=0.0,
                      collide=False)  # fmt: skip
    for offset in (0.30, 0.38):
        stripe = (0.020 if offset < 0.35 else 0.008, width * 0.985, 0.0012)
        print_on(part, stripe, (depth * offset - each / 2, 0, height), tone)
    builder.surface("top", (0, 0, height), (depth * 0.85, width * 0.85))
    return height


def towel(builder: AssetBuilder, size: Vec3) -> float:
    """Build a hand towel, folded into a flat stack."""
    return _folds(builder, size, int(builder.style.rng.choice([2, 4])), 60)


def blanket(builder: AssetBuilder, size: Vec3) -> float:
    """Build a blanket, folded into a flat stack; it is grasped by one fold."""
    return _folds(builder, size, 4, 40) / 4


FAMILIES = (
    Family(
        "rug", "rug.n.01", (0.90, 1.45, 0.005), (1.60, 2.60, 0.005), rug, "carpet", words=("carpet",
        "mat"), most=(1.6, 3.0, 0.005),
        mount="floor", has_front=False, fixed=True, covering=True,
    ),
    Family(
        "pillow", "pillow.n.01", (0.36, 0.42, 0.11), (0.46, 0.60, 0.15), pillow, "pillow", words=("cushion",),
        has_front=False,
    ),
    Family(
        "towel", "hand_towel.n.01", (0.20, 0.24, 0.040), (0.26, 0.32, 0.056), towel, "hand_towel",
        words=("hand towel", "folded towel"), has_front=False,
    ),
    Family(
        "blanket", "blanket.n.01", (0.38, 0.76, 0.15), (0.46, 0.86, 0.18), blanket, "blanket",
        words=("throw", "folded blanket", "quilt"), has_front=False,
    ),
)  # fmt: skip
