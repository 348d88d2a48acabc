"""Fitness equipment."""

from __future__ import annotations

import math

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families.forms import band, bulk, ellipsoid, hull, print_on, tiles, tube
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_STEEL_TUBE = 1500.0
"""Bulk density of a steel tube [kg/m3]."""


def treadmill(builder: AssetBuilder, size: Vec3) -> None:
    """Build a treadmill with its console at the back, facing the end where the user steps on."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    body = style.main("plastic", colours=("black", "black", "grey", "white"))
    steel = style.part("metal", style.colour("metal", "silver", "grey", "black"))
    belt, dark = style.part("rubber", "black"), style.part("electronics", "black")
    accent = style.part("plastic", str(style.rng.choice(["red", "orange", "blue", "green", "white"])))
    deck, back, rail = float(style.rng.uniform(0.13, 0.17)), -depth / 2, 0.09
    place = (0.02, 0, deck / 2 + 0.01)
    part.box((depth - 0.06, width - 0.1, deck - 0.02), place, dark, bevel=0.01, fill=bulk(dark, 330))
    for sign in (-1, 1):
        y = sign * (width / 2 - rail / 2 - 0.03)
        part.box((depth - 0.2, rail, 0.03), (0.1, y, deck - 0.005), body, bevel=0.006, fill=0.6)
        print_on(part, (depth - 0.5, 0.02, 0.002), (0.15, y, deck + 0.01), accent)
        for x in (back + 0.12, depth / 2 - 0.1):
            part.box((0.08, 0.08, 0.02), (x, sign * (width / 2 - 0.12), 0.01), belt)
    print_on(part, (depth - 0.4, width - 0.1 - 2 * rail, 0.006), (0.14, 0, deck), belt)
    part.cylinder(deck * 0.45, width - 0.1 - 2 * rail, (depth / 2 - 0.05, 0, deck * 0.52), dark, axis="y",
                  fill=0.3, collide=False)  # fmt: skip
    low, high = (0.38, width - 0.08), (0.2, width - 0.16)
    hood = [(back + 0.02 + x, y * w / 2, z) for (d, w), z in ((low, deck), (high, deck + 0.12))
            for x in (0, d) for y in (-1, 1)]  # fmt: skip
    hull(part, hood, body, fill=0.25)
    top, lean = height - 0.12, 0.16
    for sign in (-1, 1):
        y = sign * (width / 2 - 0.035)
        part.bar((back + 0.1, y, 0.02), (back + 0.1 + lean, y, top), 0.06, steel, sides=4, fill=0.22)
        part.bar((back + 0.08 + lean, y, top - 0.03), (back + 0.1 + lean + 0.42, y, top - 0.08), 0.045, belt,
                 fill=0.4)  # fmt: skip
    console = (0.09, width - 0.02, 0.24)
    middle, tilt = (back + 0.1 + lean, 0.0, top - 0.0), -0.5
    part.box(console, middle, body, bevel=0.006, rpy=(0, tilt, 0), fill=bulk(body, 320))
    _on_face(part, middle, tilt, console[0] / 2, (0.16, width * 0.45), 0.0, dark)
    glow = style.part("electronics", str(style.rng.choice(["blue", "turquoise", "green", "red"])))
    _on_face(part, middle, tilt, console[0] / 2 + 0.001, (0.1, width * 0.36), 0.0, glow)
    for sign in (-1, 1):
        _on_face(part, middle, tilt, console[0] / 2, (0.05, 0.06), sign * width * 0.34, accent)


def _on_face(
    part: Part, middle: Vec3, tilt: float, out: float, size: tuple[float, float], y: float, material: Material
) -> None:
    """Add a mark of (height, width) `size` on a face tilted about y, `out` [m] from `middle`."""
    place = (middle[0] + out * math.cos(tilt), y, middle[2] - out * math.sin(tilt))
    print_on(part, (0.002, size[1], size[0]), place, material, rpy=(0, tilt, 0))


def weight_bench(builder: AssetBuilder, size: Vec3) -> None:
    """Build a padded weight bench on a steel frame: flat, or with a slightly raised backrest."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cover = style.main("leather", colours=("black", "black", "red", "grey", "blue"))
    steel = style.part("metal", style.colour("metal", "black", "silver", "grey"))
    rubber = style.part("rubber", "black")
    pad, tube_m, soft = 0.065, 0.055, bulk(cover, 220)
    split = bool(style.rng.random() < 0.6)
    raised = math.radians(float(style.rng.uniform(0, 12))) if split else 0.0
    under = height - pad - (math.sin(raised) * depth * 0.6)
    narrow = min(width, float(style.rng.uniform(0.27, 0.31)))
    long = depth
    if split:
        rest, seat = long * 0.66, long * 0.33
        x = long / 2 - seat / 2
        part.box((seat, narrow + 0.02, pad), (x, 0, under + pad / 2), cover, bevel=0.02, fill=soft)
        hinge = x - seat / 2 - 0.012
        place = (hinge - rest / 2 * math.cos(raised), 0, under + pad / 2 + rest / 2 * math.sin(raised))
        part.box((rest, narrow, pad), place, cover, bevel=0.02, rpy=(0, raised, 0), fill=soft)
    else:
        part.box((long, narrow, pad), (0, 0, under + pad / 2), cover, bevel=0.02, fill=soft)
    fill = bulk(steel, _STEEL_TUBE)
    beam = under - tube_m / 2
    part.box((long * 0.86, tube_m, tube_m), (0, 0, beam), steel, fill=fill)
    for sign, foot in ((-1, width), (1, 0.7 * width)):
        x = sign * (depth / 2 - 0.13)
        part.box((tube_m, foot, tube_m), (x, 0, tube_m / 2 + 0.006), steel, fill=fill)
        post = beam - tube_m / 2 - tube_m - 0.006
        part.box((tube_m, tube_m, post), (x, 0, tube_m + 0.006 + post / 2), steel, bevel=0.0, fill=fill)
        for side in (-1, 1):
            shoe = (x, side * (foot / 2 - 0.03), (tube_m + 0.012) / 2)
            part.box((tube_m + 0.012, 0.06, tube_m + 0.012), shoe, rubber, fill=0.6)
    part.box((depth - 0.32, tube_m * 0.8, 0.04), (0, 0, 0.12), steel, fill=fill)
    builder.surface("seat", (long * 0.3, 0, under + pad), (long * 0.3, narrow - 0.04))


def exercise_bike(builder: AssetBuilder, size: Vec3) -> None:
    """Build a stationary bike with the flywheel in front, the saddle at the back and level pedals."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = style.main("metal", colours=("black", "black", "white", "red", "grey"))
    black = style.part("plastic", "black")
    grip, steel = style.part("rubber", "black"), style.part("metal", "silver")
    cover = style.part("plastic", str(style.rng.choice(["black", "red", "grey", "blue", "white"])))
    fill, half = bulk(frame, _STEEL_TUBE), depth / 2
    for sign in (-1, 1):
        x = sign * (half - 0.05)
        part.box((0.07, width - 0.06, 0.05), (x, 0, 0.035), frame, bevel=0.008, fill=fill)
        for side in (-1, 1):
            place = (x, side * (width / 2 - 0.03), 0.032)
            part.box((0.085, 0.06, 0.064), place, grip, bevel=0.006, fill=0.7)
    part.box((depth - 0.1, 0.06, 0.07), (0, 0, 0.065), frame, bevel=0.006, fill=fill)
    radius = 0.235
    hub = (0.24 * depth, 0.0, 0.35)
    part.cylinder(radius, 0.03, hub, steel, axis="y", fill=0.3)
    part.cylinder(radius - 0.035, 0.036, hub, cover, axis="y", fill=0.1, collide=False)
    part.cylinder(0.03, 0.1, hub, black, axis="y", fill=0.5, collide=False)
    crank = (-0.02, 0.0, 0.36)
    guard = [(x + r * math.cos(a), side * 0.032, z + r * math.sin(a)) for x, z, r in
             ((hub[0], hub[2], 0.07), (crank[0], crank[2], 0.12))
             for a in np.linspace(0, 2 * np.pi, 16, endpoint=False) for side in (-1, 1)]  # fmt: skip
    hull(part, guard, cover, fill=bulk(cover, 250))
    for sign in (-1, 1):
        arm = (crank[0] + sign * 0.17, sign * 0.06, crank[2])
        part.box((0.19, 0.016, 0.03), (crank[0] + sign * 0.085, sign * 0.048, crank[2]), steel, fill=0.5,
                 collide=False)  # fmt: skip
        part.box((0.1, 0.09, 0.025), (arm[0], sign * 0.1, arm[2]), black, bevel=0.004, fill=0.6)
    seat_x, seat_z = -0.27 * depth, float(style.rng.uniform(0.82, 0.9))
    part.bar((-0.02, 0, 0.36), (seat_x, 0, seat_z - 0.08), 0.05, frame, fill=fill)
    part.bar((-0.02, 0, 0.36), (-0.1, 0, 0.08), 0.06, frame, fill=fill)
    saddle = [(seat_x + x, y, seat_z + z) for x, y, z in (
        (-0.12, 0.11, 0.0), (-0.12, -0.11, 0.0), (-0.1, 0.1, -0.06), (-0.1, -0.1, -0.06), (0.0, 0.06, 0.0),
        (0.0, -0.06, 0.0), (0.16, 0.02, -0.005), (0.16, -0.02, -0.005), (0.15, 0.015, -0.04),
        (0.15, -0.015, -0.04), (-0.13, 0.0, 0.005))]  # fmt: skip
    hull(part, saddle, grip, fill=0.4)
    top = (0.36 * depth, 0.0, height - 0.12)
    part.bar((0.17 * depth, 0, 0.09), (0.25 * depth, 0, 0.62), 0.06, frame, fill=fill)
    part.bar((0.25 * depth, 0, 0.6), top, 0.05, frame, fill=fill)
    part.bar((-0.02, 0, 0.36), (0.25 * depth, 0, 0.62), 0.05, frame, fill=fill)
    part.bar((top[0], -0.24, top[2]), (top[0], 0.24, top[2]), 0.03, grip)
    for sign in (-1, 1):
        part.bar((top[0], sign * 0.235, top[2]), (half - 0.03, sign * 0.225, top[2] + 0.08), 0.03, grip)
    middle, tilt = (top[0] + 0.02, 0.0, height - 0.07), 0.6 + math.pi
    part.box((0.03, 0.16, 0.13), middle, black, bevel=0.008, rpy=(0, tilt, 0), fill=0.5)
    screen = style.part("electronics", str(style.rng.choice(["turquoise", "green", "grey"])))
    _on_face(part, middle, tilt, 0.015, (0.07, 0.11), 0.0, screen)


def dumbbell(builder: AssetBuilder, size: Vec3) -> float:
    """Build a dumbbell with hexagonal heads, which keep it from rolling."""
    _, width, height = size
    style, part = builder.style, builder.part()
    head = style.main("rubber", colours=("black", "black", "grey", "blue", "red", "purple"))
    steel = style.part("metal", "silver")
    thick, long = 0.034, width * float(style.rng.uniform(0.24, 0.29))
    z = height / 2
    for sign in (-1, 1):
        outer, inner = sign * (width / 2 - 0.008), sign * (width / 2 - long)
        points = [_hexagon(height, y, z) for y in (outer, inner)]
        end = _hexagon(0.86 * height, sign * width / 2, z)
        core = np.concatenate([*points, end])
        part.solid(hull_mesh(core), head, [core], bulk(head, 1100))
        _iron(part, (0.58 * height, 0.75 * long, 0.58 * height), (0, (outer + inner) / 2, z), steel)
        part.cylinder(height * 0.3, 0.0025, (0, sign * width / 2, z), steel, axis="y", fill=0.0,
                      collide=False)  # fmt: skip
        collar = sign * (width / 2 - long - 0.005)
        part.cylinder(0.024, 0.012, (0, collar, z), steel, axis="y", collide=False)
    part.cylinder(thick / 2, width - 2 * long, (0, 0, z), steel, axis="y")
    return thick


def _iron(part: Part, size: Vec3, center: Vec3, metal: Material) -> None:
    """Add invisible ballast without a collider."""
    part.box(size, center, metal, collide=False, visible=False)


def _hexagon(height: float, y: float, z: float) -> Array:
    """Return a hexagon in the plane at `y`, with horizontal sides `height` apart [m], shape [6, 3]."""
    angles = np.arange(6) * np.pi / 3
    radius = height / 2 / math.cos(math.pi / 6)
    return np.column_stack([radius * np.cos(angles), np.full(6, y), z + radius * np.sin(angles)])


def dumbbell_rack(builder: AssetBuilder, size: Vec3) -> None:
    """Build a steel dumbbell rack: two or three shelves with a lip in front and at the back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    steel = style.main("metal", colours=("black", "black", "grey", "silver"))
    rubber = style.part("rubber", "black")
    fill, post, plate, lip = bulk(steel, 700), 0.06, 0.014, 0.03
    for sign in (-1, 1):
        y = sign * (width - post) / 2
        part.box((depth, post, 0.05), (0, y, 0.025), steel, bevel=0.004, fill=fill)
        for side in (-1, 1):
            place = (side * (depth - 0.05) / 2, y, 0.05 + (height - 0.05) / 2)
            part.box((0.05, post, height - 0.05), place, steel, bevel=0.004, fill=fill)
    inner, deep = width - 2 * post, depth - 0.006
    count = 2 if height < 0.78 else 3
    for index, z in enumerate(np.linspace(height - lip - 0.01, 0.1, count), start=1):
        part.box((deep, inner, plate), (0, 0, z - plate / 2), steel, bevel=0.001, fill=fill)
        for side in (-1, 1):
            place = (side * (deep - 0.012) / 2, 0, z + lip / 2 - plate / 2)
            part.box((0.012, inner, lip + plate), place, steel, bevel=0.002, fill=fill)
        print_on(part, (deep - 0.03, inner - 0.01, 0.001), (0, 0, z), rubber)
        clear = None if index == 1 else (height - lip - 0.11) / (count - 1) - plate - 0.002
        patch_m = (deep - 0.03, inner - 0.01)
        builder.surface(f"shelf_{index}", (0, 0, float(z)), patch_m, placement="in", shelf=True, height=clear)


def kettlebell(builder: AssetBuilder, size: Vec3) -> float:
    """Build a kettlebell: a ball with a flat base below a wide handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    iron = style.main("metal", "rubber", colours=("black", "black", "grey", "blue", "red", "green"))
    radius = min(depth, width) / 2
    fill = bulk(iron, 1050)
    ball = radius * 0.9
    core = (1.1 * radius, 1.1 * radius, 1.0 * radius)
    _iron(part, core, (0, 0, 0.75 * ball), style.part("metal", "black"))
    ellipsoid(part, (radius, radius, ball), (0, 0, 0.8 * ball), iron, facet=0.6, fill=fill)
    thick, neck = 0.032, 0.8 * ball + 0.55 * ball
    top = height - thick / 2
    reach, mid = radius * 0.78, (neck + top) / 2
    points = [
        (0, -reach * 0.62, neck - 0.02), (0, -reach, mid), (0, -reach * 0.72, top - 0.008),
        (0, 0, top), (0, reach * 0.72, top - 0.008), (0, reach, mid), (0, reach * 0.62, neck - 0.02),
    ]  # fmt: skip
    tube(part, points, thick, iron, (1, 0, 0), fill)
    stripe = style.part("plastic", str(style.rng.choice(["red", "blue", "yellow", "orange", "grey"])))
    band(part, radius + 0.001, 0.8 * ball - 0.008, 0.8 * ball + 0.008, stripe, width=0.004)
    return thick


def weight_plate(builder: AssetBuilder, size: Vec3) -> float:
    """Build a bumper plate that lies flat, with a steel hub and a raised rim."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    rubber = style.main("rubber", colours=("black", "red", "blue", "yellow", "green", "grey"))
    steel, mark = style.part("metal", "silver"), style.part("paper", "white")
    fill = bulk(rubber, 500)
    rim, dish = radius * 0.8, height * 0.14
    profile = [(radius - 0.006, 0.0), (radius, 0.006), (radius, height - 0.006), (radius - 0.006, height)]
    outline = [(0.025, 0.0), *profile, (rim, height), (rim - 0.01, height - dish), (0.025, height - dish)]
    mesh = trimesh.creation.revolve(np.array([*outline, outline[0]]), sections=36)
    mesh.merge_vertices()
    if mesh.volume < 0:
        mesh.invert()
    ring = np.arange(24) * 2 * np.pi / 24
    piece = np.concatenate(
        [np.column_stack([r * np.cos(ring), r * np.sin(ring), np.full(24, z)]) for r, z in profile]
    )
    part.solid(mesh, rubber, [piece], fill)
    band(part, 0.055, height * 0.1, height - dish + 0.001, steel, width=0.03)
    for sign in (-1, 1):
        place = (0, sign * radius * 0.5, height - dish)
        print_on(part, (0.035, 0.09, 0.001), place, mark)
    band(part, radius * 0.98, height - 0.003, height + 0.0002, mark, width=0.004)
    builder.surface("top", (0, 0, height), (radius, radius), round=True)
    return height


def gym_mat(builder: AssetBuilder, size: Vec3) -> None:
    """Build a thick flat gym mat, in one piece or of folding panels."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cover = style.main("upholstery", colours=("blue", "blue", "red", "green", "black", "grey"))
    seam = style.part("fabric", style.colour("fabric", "black", "white", "grey"))
    count = int(style.rng.choice([1, 3, 4]))
    each = depth / count
    for index in range(count):
        x = -depth / 2 + (index + 0.5) * each
        part.box(
            (each - 0.001, width, height),
            (x, 0, height / 2),
            cover,
            bevel=0.008,
            fill=bulk(cover, 70),
            collide=False,
        )
        if index:
            print_on(part, (0.012, width - 0.02, 0.002), (x - each / 2, 0, height - 0.001), seam)
    part.box(size, (0, 0, height / 2), cover, fill=0.0, visible=False)
    for sign in (-1, 1):
        print_on(part, (depth * 0.98, 0.003, 0.006), (0, sign * width / 2, height / 2), seam)
        print_on(part, (0.05, 0.12, 0.004), (sign * (depth / 2 - 0.05), width * 0.3, height - 0.0015), seam)


def yoga_mat(builder: AssetBuilder, size: Vec3) -> float:
    """Build a rolled-up yoga mat with two straps; it lies on a flat facet."""
    _, width, height = size
    style, part = builder.style, builder.part()
    foam = style.main("rubber", colours=("purple", "blue", "turquoise", "pink", "green", "grey"))
    inside, strap = style.part("rubber", "grey"), style.part("fabric", "black")
    ends, middle = ((0, -width / 2), (0, width / 2)), height / 2
    part.bar((*ends[0], middle), (*ends[1], middle), height - 0.002, foam, sides=16, fill=bulk(foam, 420),
             collide=False)  # fmt: skip
    hidden = trimesh.creation.box((0.01, width, 0.01))
    hidden.apply_translation((0, 0, middle))
    angles = (np.arange(16) + 0.5) * np.pi / 8
    rim = np.column_stack([np.cos(angles), np.zeros(16), np.sin(angles)]) * middle / math.cos(np.pi / 16)
    touch = np.concatenate([rim + np.array((0, y, middle)) for _, y in ends])
    part.solid(hidden, foam, [touch], fill=0.0, visible=False)
    for sign in (-1, 1):
        for turn in range(1, 5):
            mesh = trimesh.creation.annulus(middle * turn / 5, middle * turn / 5 + 0.003, 0.002, sections=12)
            place = np.array((0, sign * width / 2, middle))
            mesh.vertices = np.asarray(mesh.vertices)[:, [1, 2, 0]] + place
            part.solid(mesh, inside, [], fill=0.0)
        y = sign * width * 0.27
        part.bar((0, y - 0.018, middle), (0, y + 0.018, middle), height, strap, sides=16, fill=0.0,
                 collide=False)  # fmt: skip
    print_on(part, (0.006, width, 0.004), (middle * 0.8, 0, middle * 1.62), inside, rpy=(0, 0.7, 0))
    return height


def jump_box(builder: AssetBuilder, size: Vec3) -> None:
    """Build a jump box: plywood with hand slots, or foam."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    if style.rng.random() < 0.65 or "material" in style.requested:
        skin = style.main("wood", colours=("birch", "pine", "oak"))
    else:
        skin = style.main("leather", colours=("black", "red", "blue"))
    dark, mark = style.part("rubber", "black"), style.part("paper", "white")
    wood = style.attributes["material"] != "leather"
    part.box(size, (0, 0, height / 2), skin, bevel=0.004 if wood else 0.015, fill=bulk(skin, 135))
    for sign in (-1, 1):
        if wood:
            print_on(part, (0.13, 0.002, 0.035), (0, sign * width / 2, height * 0.72), dark)
            for x in (-1, 1):
                for z in (0.03, height - 0.03):
                    print_on(part, (0.01, 0.002, 0.01), (x * (depth / 2 - 0.012), sign * width / 2, z), dark)
            print_on(part, (0.002, width * 0.5, 0.012), (sign * depth / 2, 0, height * 0.6), dark)
            print_on(part, (0.002, width * 0.3, 0.012), (sign * depth / 2, 0, height * 0.52), dark)
        else:
            print_on(part, (0.002, width * 0.5, height * 0.16), (sign * depth / 2, 0, height * 0.6), mark)
            print_on(part, (depth - 0.05, 0.002, 0.012), (0, sign * width / 2, height * 0.5), mark)
    builder.surface("top", (0, 0, height), (depth - 0.04, width - 0.04))


def step_platform(builder: AssetBuilder, size: Vec3) -> None:
    """Build an aerobics step: a ribbed top on risers."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    body = style.main("plastic", colours=("black", "grey", "purple", "blue", "turquoise"))
    rubber = style.part("rubber", str(style.rng.choice(["grey", "black"])))
    riser = style.part("plastic", str(style.rng.choice(["black", "red", "green", "yellow", "purple"])))
    plate, fill = 0.075, bulk(body, 190)
    part.box((depth, width, plate), (0, 0, height - plate / 2), body, bevel=0.015, fill=fill)
    part.box((depth - 0.05, width - 0.05, 0.004), (0, 0, height - 0.0015), rubber, fill=0.2, collide=False)
    ribs = [
        ((0.006, width - 0.09, 0.001), (x, 0.0, height + 0.0006)) for x in np.linspace(-0.38, 0.38, 9) * depth
    ]
    tiles(part, ribs, body)
    tall = height - plate
    count = max(1, round(tall / 0.05))
    for sign in (-1, 1):
        for level in range(count):
            z = (level + 0.5) * tall / count
            inset = 0.012 * (level % 2)
            block = (depth - 0.03 - inset, width * 0.28 - inset, tall / count)
            part.box(block, (0, sign * width * 0.34, z), riser, bevel=0.008, fill=bulk(riser, 130))
    builder.surface("top", (0, 0, height), (depth - 0.06, width - 0.06))


FAMILIES: tuple[Family, ...] = (
    Family(
        "treadmill", "treadmill.n.01", (1.55, 0.68, 1.2), (1.75, 0.78, 1.38), treadmill, "treadmill",
        words=("running machine",), mount="floor",
    ),
    Family(
        "weight bench", "flat_bench.n.02", (1.15, 0.42, 0.47), (1.3, 0.52, 0.62), weight_bench, "flat_bench",
        words=("bench press", "flat bench", "workout bench", "gym bench"), mount="floor",
    ),
    Family(
        "exercise bike", "exercise_bike.n.01", (1.0, 0.5, 1.15), (1.15, 0.56, 1.28), exercise_bike,
        "exercise_bike", words=("stationary bike", "stationary bicycle", "spinning bike"), mount="floor",
    ),
    Family(
        "dumbbell", "dumbbell.n.01", (0.148, 0.25, 0.128), (0.162, 0.32, 0.140), dumbbell, "free_weight",
        words=("free weight", "hand weight"), has_front=False,
    ),
    Family(
        "dumbbell rack", "free_weight_rack.n.01", (0.42, 1.0, 0.7), (0.5, 1.6, 0.95), dumbbell_rack,
        "free_weight_rack", words=("weight rack",), kinds=("rack",), mount="floor",
    ),
    Family(
        "kettlebell", "weight.n.02", (0.16, 0.16, 0.22), (0.19, 0.19, 0.27), kettlebell, "free_weight",
        words=("kettle bell",), has_front=False,
    ),
    Family(
        "weight plate", "weight.n.02", (0.36, 0.36, 0.045), (0.42, 0.42, 0.055), weight_plate, "",
        words=("weight disc", "weight disk", "bumper plate", "barbell plate"), has_front=False,
    ),
    Family(
        "gym mat", "mat.n.03", (1.5, 0.75, 0.05), (2.0, 1.1, 0.055), gym_mat, "gym_mat",
        words=("exercise mat", "tumbling mat"), mount="floor", has_front=False,
    ),
    Family(
        "yoga mat", "yoga_mat.n.01", (0.074, 0.6, 0.074), (0.079, 0.66, 0.079), yoga_mat, "",
        words=("rolled yoga mat",), has_front=False,
    ),
    Family(
        "jump box", "box.n.01", (0.45, 0.55, 0.45), (0.55, 0.65, 0.6), jump_box, "",
        words=("plyometric box", "plyo box"), mount="floor", has_front=False,
    ),
    Family(
        "step platform", "footstool.n.01", (0.34, 0.75, 0.12), (0.4, 0.95, 0.18), step_platform, "",
        words=("aerobic step", "fitness step"), mount="floor", has_front=False,
    ),
)  # fmt: skip
