"""Loudspeakers, ceiling fans, projectors and screens."""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, print_on, prism, rounded, tiles
from sage.assets.families.machines import table_fan
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def _cones(part: Part, face: float, cones: list[tuple[float, float]], dark: Material, cone: Material) -> None:
    """Add loudspeaker cones on a face at x = `face`, each given by its radius and z [m]."""
    for radius, z in cones:
        part.cylinder(radius, 0.02, (face, 0, z), dark, axis="x", top_radius=0.94 * radius, fill=0.2)
        part.cylinder(0.8 * radius, 0.002, (face + 0.010, 0, z), cone, axis="x", fill=0.0, collide=False)
        part.cylinder(0.34 * radius, 0.004, (face + 0.010, 0, z), dark, axis="x", fill=0.0, collide=False)


def wall_speaker(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted loudspeaker with two cones on a bracket."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("plastic", "wood", colours=("black", "white", "black", "walnut"))
    dark, cone = style.part("rubber", "black"), style.part("plastic", "grey")
    metal = style.part("metal", "black")
    gap = 0.045
    back, face = -depth / 2, depth / 2 - 0.012
    part.box((0.008, 0.09, 0.12), (back + 0.004, 0, height / 2), metal, bevel=0.002, fill=0.3)
    part.bar((back + 0.005, 0, height / 2), (back + gap + 0.01, 0, height / 2), 0.022, metal, fill=0.4)
    part.box((face - back - gap, width, height), ((face + back + gap) / 2, 0, height / 2), case, bevel=0.006,
             fill=bulk(case, 430))  # fmt: skip
    woofer = min(0.4 * width, 0.24 * height)
    _cones(part, face, [(woofer, 0.32 * height), (0.45 * woofer, 0.77 * height)], dark, cone)
    return depth


def floor_speaker(builder: AssetBuilder, size: Vec3) -> float:
    """Build a floor-standing loudspeaker on a plinth, with a column of cones in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("wood", "plastic", colours=("black", "walnut", "oak", "white", "cherry"))
    dark = style.part("rubber", "black")
    cone = style.part("plastic", str(style.rng.choice(["grey", "white", "yellow"])))
    plinth, front = 0.03, 0.012
    foot = style.part("wood", "walnut") if "black" not in case.name else style.part("plastic", "black")
    part.box((depth, width, plinth), (0, 0, plinth / 2), foot, bevel=0.004, fill=bulk(foot, 1000))
    deep, face = depth - 0.03, depth / 2 - front
    part.box((deep, width - 0.04, height - plinth), (face - deep / 2, 0, (height + plinth) / 2), case,
             bevel=0.006, fill=bulk(case, 310))  # fmt: skip
    woofer = 0.36 * (width - 0.04)
    step = 2.2 * woofer
    low = plinth + 1.7 * woofer
    cones = [(woofer, low + k * step) for k in range(int(style.rng.integers(2, 4)))]
    top = height - 1.1 * woofer
    cones = [pair for pair in cones if pair[1] + 1.9 * woofer < top]
    _cones(part, face, [*cones, (0.38 * woofer, top)], dark, cone)
    builder.surface("top", (face - deep / 2, 0, height), (deep - 0.02, width - 0.06))
    return width


def ceiling_speaker(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling-mounted round loudspeaker: a collar and a convex perforated grille."""
    style, part = builder.style, builder.part()
    radius, height = min(size[:2]) / 2, size[2]
    shell = style.main("plastic", colours=("white", "white", "black"))
    dark = style.part("plastic", "grey" if "white" in shell.name else "black")
    part.cylinder(0.8 * radius, 0.5 * height, (0, 0, 0.75 * height), shell, fill=bulk(shell, 900))
    profile = [(0.78 * radius, 0.0), (0.94 * radius, 0.12 * height), (radius, 0.5 * height)]
    part.lathe(profile, shell, fill=bulk(shell, 500))
    part.cylinder(0.74 * radius, 0.003, (0, 0, 0.0005), dark, fill=0.0, collide=False)
    holes = []
    for ring in range(1, 8):
        for turn in np.arange(6 * ring) * 2 * math.pi / (6 * ring):
            at = 0.09 * ring * radius
            holes.append(((0.008, 0.008, 0.002), (at * math.cos(turn), at * math.sin(turn), -0.0005)))
    tiles(part, holes, style.part("plastic", "black" if "white" in shell.name else "grey"))
    return 2 * radius


def ceiling_projector(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling-mounted projector on a pole, with its lens in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "black", "grey"))
    dark, steel = style.part("plastic", "black"), style.part("metal", "silver")
    lens, tall = 0.03, 0.13
    deep, x, front = depth - lens, -lens / 2, depth / 2 - lens
    prism(part, rounded(deep, width, 0.035, (x, 0)), 0.0, tall, shell, axis=2, fill=bulk(shell, 290))
    y, radius = float(style.rng.choice([-0.22, 0.22])) * width, 0.4 * tall
    part.cylinder(radius, 2 * lens, (front, y, tall / 2), dark, axis="x", fill=0.4)
    glass = style.part("glass", "blue").model_copy(update={"rgba": (0.25, 0.32, 0.5, 1.0)})
    part.cylinder(0.8 * radius, 0.002, (front + lens, y, tall / 2), steel, axis="x", fill=0.0, collide=False)
    part.cylinder(0.68 * radius, 0.004, (front + lens, y, tall / 2), glass, axis="x", fill=0.0, collide=False)
    vents = [((0.003, 0.36 * width, 0.005), (front, -y, tall / 2 + k * 0.016)) for k in range(-2, 3)]
    tiles(part, vents, style.part("plastic", "grey"))
    arm = tall + 0.04
    for turn in np.arange(4) * math.pi / 2 + math.pi / 4:
        tip = (x + 0.36 * deep * math.cos(turn), 0.36 * width * math.sin(turn))
        part.bar((x, 0, arm), (*tip, arm), 0.016, steel, fill=0.4)
        part.bar((*tip, arm), (*tip, tall - 0.005), 0.016, steel, fill=0.4)
    plate = 0.014
    part.cylinder(0.022, height - arm + 0.006, (x, 0, (height + arm - 0.006) / 2), steel, fill=0.25)
    part.cylinder(0.085, plate, (x, 0, height - plate / 2), steel, fill=0.4)
    return width


def ceiling_fan(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling fan with three to five pitched blades, sometimes with a light."""
    style, part = builder.style, builder.part()
    rng = style.rng
    height, radius = size[2], min(max(min(size[:2]) / 2, 0.54), 0.66)
    wood = style.main("wood", "painted wood", colours=("walnut", "oak", "white", "black", "grey"))
    metal = style.part("metal", style.colour("metal", "black", "silver", "gold", "white"))
    metal = metal.without_maps(name=f"smooth_{metal.name}", metallic=0.4)
    lit = rng.random() < 0.6
    low = 0.12 if lit else 0.03
    hub, motor = 0.105, 0.11
    part.lathe([(0.07, low - 0.03), (hub, low), (hub, low + 0.7 * motor), (0.04, low + motor)], metal,
               fill=bulk(metal, 900))  # fmt: skip
    if lit:
        glass = style.part("glass", "white").model_copy(update={"rgba": (1.0, 0.97, 0.88, 1.0)})
        bowl = [(0.02, 0.0), (0.075, 0.018), (0.105, 0.05), (0.11, low - 0.028)]
        part.lathe(bowl, glass, fill=bulk(glass, 500))
    part.cylinder(0.014, height - low - motor, (0, 0, (height + low + motor) / 2), metal, fill=0.4)
    part.lathe([(0.03, height - 0.07), (0.07, height - 0.02), (0.07, height)], metal, fill=bulk(metal, 900))
    count = int(rng.integers(3, 6))
    z = low + 0.35 * motor
    for turn in np.arange(count) * 2 * math.pi / count:
        along = np.array([math.cos(turn), math.sin(turn), 0.0])
        across = np.array([-math.sin(turn), math.cos(turn), -0.2])
        shape = [(0.2, 0.05), (0.24, 0.062), (radius - 0.05, 0.078), (radius - 0.012, 0.06), (radius, 0.03)]
        points = [
            r * along + side * half * across + (0, 0, z + lift)
            for r, half in shape
            for side in (-1, 1)
            for lift in (-0.004, 0.004)
        ]
        hull(part, points, wood, fill=bulk(wood, 550))
        root, tip = 0.08 * along, 0.26 * along
        part.bar((root[0], root[1], z), (tip[0], tip[1], z), 0.026, metal, sides=4, fill=0.3)
    return 2 * radius


def projector_screen(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted projector screen: white with a black border, a case above and a bar below."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("painted metal", colours=("white", "black", "grey"))
    white, black = style.part("fabric", "white").without_maps(name="screen"), style.part("plastic", "black")
    back, box = -depth / 2, depth
    part.box((depth, width, box), (0, 0, height - box / 2), case, bevel=0.01, fill=bulk(case, 420))
    sheet = width - 0.1
    x = back + 0.03
    part.box((0.004, sheet, height - box), (x, 0, (height - box) / 2), black, bevel=0.0, fill=0.5)
    edge = 0.035
    drop = 0.12
    size_in = (0.001, sheet - 2 * edge, height - box - drop - 0.04 - edge)
    print_on(part, size_in, (x + 0.0022, 0, 0.04 + edge / 2 + size_in[2] / 2), white)
    part.box((0.03, sheet + 0.03, 0.03), (x, 0, 0.015), case, bevel=0.004, fill=0.3)
    return depth


FAMILIES = (
    Family(
        "wall speaker", "loudspeaker.n.01", (0.15, 0.13, 0.24), (0.2, 0.18, 0.34), wall_speaker,
        "wall_mounted_loudspeaker",
        words=("wall loudspeaker", "wall mounted speaker", "mounted speaker", "surround speaker"),
        kinds=("speaker", "loudspeaker"), mount="wall", fixed=True,
    ),
    Family(
        "ceiling speaker", "loudspeaker.n.01", (0.2, 0.2, 0.07), (0.28, 0.28, 0.1), ceiling_speaker, "",
        words=("ceiling loudspeaker", "in ceiling speaker", "hanging speaker"),
        kinds=("speaker", "loudspeaker"), mount="ceiling", has_front=False, fixed=True, mass=2.0,
    ),
    Family(
        "floor speaker", "loudspeaker.n.01", (0.28, 0.22, 0.85), (0.36, 0.28, 1.15), floor_speaker, "",
        words=("tower speaker", "floorstanding speaker", "floor standing speaker", "standing speaker",
               "speaker tower", "floor loudspeaker", "large speaker"),
        kinds=("speaker", "loudspeaker"), mount="floor", mass=20.0,
    ),
    Family(
        "ceiling projector", "projector.n.02", (0.3, 0.3, 0.5), (0.38, 0.4, 0.75), ceiling_projector,
        "ceiling_mounted_projector",
        words=("ceiling mounted projector", "hanging projector", "mounted projector"),
        kinds=("projector",), mount="ceiling", fixed=True,
    ),
    Family(
        "projector screen", "screen.n.03", (0.09, 1.6, 1.15), (0.11, 2.4, 1.6), projector_screen, "",
        words=("projection screen", "movie screen", "cinema screen", "wall projector screen",
               "wall projection screen", "pull down screen", "theater screen", "hanging screen",
               "hanging projector screen", "home theater screen"),
        mount="wall", fixed=True, mass=9.0,
    ),
    Family(
        "ceiling fan", "ceiling_fan.n.01", (0.8, 0.9, 0.38), (1.34, 1.34, 0.52), ceiling_fan, "ceiling_fan",
        words=("hanging fan", "overhead fan", "ceiling fan with light"), kinds=("fan",), mount="ceiling",
        has_front=False, fixed=True,
    ),
    Family(
        "desk fan", "electric_fan.n.01", (0.22, 0.26, 0.36), (0.26, 0.32, 0.44), table_fan, "",
        words=("table fan", "small fan", "desktop fan", "tabletop fan", "portable fan"), kinds=("fan",),
        mass=3.0,
    ),
)  # fmt: skip
