"""Nouns and pronouns that are no objects, and classes of objects that rules distinguish."""

from __future__ import annotations

from sage.language.lexicon.entries import entries, mapped

__all__ = [
    "ARCHITECTURE",
    "BUILT_IN",
    "COLLECTIVES",
    "CONTAINERS",
    "COUNTED_PARTS",
    "DETERMINING",
    "DOORS",
    "FEATURES",
    "FLAT",
    "FLOORED",
    "GENERIC",
    "LIDS",
    "MEASURES",
    "NAMED_PARTS",
    "OPENINGS",
    "PACKAGES",
    "PAIRED",
    "PAIRS",
    "PARTS",
    "PART_OWNERS",
    "PRONOUNS",
    "REGIONS",
    "SCREENS",
    "SEATS",
    "STOOD_ON",
    "SURFACES",
    "TABLES",
    "TOPPED",
    "TOPS",
    "VAGUE",
    "VESSELS",
    "ZONES",
]

PAIRED = frozenset(entries("dumbbell, shoe, boot, slipper, sandal, sock, glove"))
"""What is used in pairs: a plural without a number stands for `PLAIN_PLURAL` pairs."""

COLLECTIVES = frozenset(entries("fruit, food, cutlery, silverware, crockery, clothes, clothing, stationery"))
"""Nouns that mean several things though they have no plural."""

PARTS: dict[str, str] = {
    "drawer": "drawer", "shelf": "shelf", "board": "shelf", "compartment": "compartment", "ledge": "ledge",
    "slot": "compartment", "section": "compartment",
}  # fmt: skip
"""Parts that can be named, and how their names begin in assets. Drawers and shelves are counted."""

COUNTED_PARTS = ("drawer", "shelf")

NAMED_PARTS = frozenset(entries("front, back, left, right, rear"))
"""Sides that tell the compartments of a thing apart."""

PART_OWNERS: dict[str, tuple[str, ...]] = {
    "drawer": ("dresser", "nightstand", "filing cabinet", "desk", "cabinet"),
    "shelf": ("bookcase", "shelf", "cabinet"),
    "compartment": ("caddy",),
    "ledge": ("whiteboard",),
    "region": ("stove", "table"),
}
"""Whose they are if nothing is said, best first."""

SURFACES: dict[tuple[str, str], str] = {
    ("bathtub", "edge"): "edge",
    ("bathtub", "rim"): "edge",
    ("whiteboard", "ledge"): "ledge",
}
"""What a part of a category is called in assets, where it is a surface of its own."""

PAIRS = frozenset(
    entries(
        "scissors, tongs, headphones, pliers, eyeglasses, trousers, jeans, shorts, pants, "
        "binoculars, tweezers, "
        "goggles, pajamas, pyjamas, sunglasses, clippers, earphones, shears, leggings, tights"
    )
)
"""Nouns that have only a plural."""

OPENINGS = frozenset(entries("door, lid, flap, cover"))
"""Parts that are opened and closed without being told apart."""

REGIONS = frozenset(
    entries(
        "edge, head, foot, side, top, end, surface, back, front, rim, center, centre, middle, corner, "
        "inside, burner, hob, cooktop, arm, armrest, headboard, footboard, tabletop, countertop, "
        "desktop, "
        "basin, knob, handle, dial, lever"
    )
)
"""Places on an object that no relation can tell from the object itself."""

FEATURES = frozenset(
    entries(
        "shade, leg, frame, handle, top, backrest, armrest, base, finish, trim, border, pattern, stripe, "
        "wheel, caster, foot, headboard, footboard, backboard, canopy, basin, faucet, tap, knob, edge, "
        "upholstery, cubby, compartment, panel, shelving, detail, accent, design, hinge, seat"
    )
)
"""Nouns after `with` for what things are made of or with: `a lamp with a yellow shade`."""

TOPS = ("tabletop", "countertop", "desktop", "surface", "top")

TABLES = frozenset(
    entries(
        "table, desk, counter, workbench, cabinet, dresser, nightstand, sideboard, vanity, "
        "bar, island, console"
    )
)
"""Words in the categories of furniture whose top is meant by `the tabletop` or `the surface`."""

ARCHITECTURE: dict[str, str] = {
    **mapped("window", "window, windowsill, window sill"),
    **mapped("wall", "wall"),
    **mapped("floor", "floor, ground"),
    **mapped("door", "door, doorway, entrance, front door"),
    **mapped("corner", "corner"),
    **mapped("middle", "middle, center, centre"),
    **mapped("room", "room, scene, space, house, apartment, environment, place"),
    **mapped("next room", "next room, other room, adjacent room, neighbouring room, neighboring room"),
    **mapped("ceiling", "ceiling"),
}
"""Nouns that are no objects, and what they stand for in a relation."""

PRONOUNS: dict[str, str] = {
    **mapped("it", "it, itself, this, that"),
    **mapped("rest", "the rest, the remaining, the remaining ones, the others"),
    **mapped("them", "them, they, these, those, both, all of them, both of them, all, each"),
    **mapped("there", "there, in there"),
    **mapped("one", "one, ones"),
    **mapped("others", "each other, one another, each other's"),
    **mapped(
        "person",
        "me, us, you, i, we, he, she, him, her, someone, somebody, the user, the person, the human, "
        "yourself, my friend, the human's "
        "hand, my hand, the robot's hand, the hand",
    ),
    **mapped("nothing", "nothing, nothing else, nobody, no one"),
}
"""Words that stand for what was named before, or for people."""

DETERMINING = frozenset(entries("this, that, these, those, both, all, each, one, her"))
"""Those among them that can also stand before a noun."""

VAGUE = frozenset(
    entries(
        "object, objects, item, items, thing, things, everything, something, anything, stuff, all objects, "
        "all items, contents, belongings"
    )
)
"""Nouns that do not say what is meant."""

ZONES = frozenset(entries("area, space, zone, nook, section, quarters, corner, lounge, suite"))
"""Nouns after what a room is for: `laundry area`."""

GENERIC = frozenset(
    entries(
        "seat, unit, set, piece, item, system, station, setup, set-up, combo, fixture, collection, stall, "
        "enclosure, arrangement, organizer, holder"
    )
)
"""Nouns that leave what stands before them what it is: `bench seat`, `pen set`."""

MEASURES = frozenset(
    entries(
        "slice, piece, loaf, roll, stick, bit, bunch, head, chunk, half, portion, serving, sheet, block, "
        "pat, light, glow, shade, shadow, smell, sound"
    )
)
"""Nouns before `of` that leave what follows what it is: `a slice of bread`, `the glow of the lamp`."""

CONTAINERS = frozenset(
    entries(
        "refrigerator, microwave, dresser, wardrobe, toolbox, basket, box, cardboard box, bin, trash bin, "
        "sink, dishwasher, oven, cabinet, cupboard, bookcase, bowl, mug, cup, glass, jar, pot, vase, frying "
        "pan, kettle, crate, bucket, hamper, pen holder, chest, bag, bathtub, washing machine, wall "
        "cabinet, kitchen cabinet, filing cabinet, drawer, safe, backpack, suitcase, toy box, bottle"
    )
)
"""Categories that things come out of and go into, where nothing else is said; on all others they stand."""

PACKAGES = frozenset(
    entries("bottle, can, carton, jar, cup, box, bag, mug, glass, shampoo, detergent, tube, jug, plain")
)
"""Words in the categories of substances, which are made in what they are sold or served in."""

VESSELS = {"tub": "jar", "pot": "jar", "tin": "food can", "tube": "toothpaste", "pail": "bucket"}
"""Nouns before `of` for small containers, which are something else alone, and as what they are made."""

BUILT_IN = {"pantry": "cabinet", "larder": "cabinet", "closet": "wardrobe"}
"""Rooms that are furniture in another room, and as what they are made."""

TOPPED = frozenset(entries("dresser, nightstand, tv stand, sideboard, cabinet, filing cabinet, vanity"))
"""Containers that things rather stand on than lie in: `a dresser with a vase`."""

SCREENS = ("tv", "wall tv", "monitor", "laptop")
"""What `the screen` means once it was named."""

SEATS = ("chair", "office chair", "stool", "bar stool")
"""Seats that stand at something, which is rather meant than they are where nothing is named."""

FLAT = frozenset(
    entries(
        "table, dining table, coffee table, side table, counter, plate, tray, bed, sofa, chair, office "
        "chair, armchair, rug, stool, bench, stove, workbench, laptop, book, chopping board, cutting board, "
        "rack, dumbbell rack, weight bench, hand truck, whiteboard"
    )
)
"""Categories without an inside: in them means on them."""

FLOORED = frozenset(
    entries(
        "toolbox, basket, box, storage box, cardboard box, crate, toy box, bag, handbag, backpack, suitcase, "
        "bucket, watering can, umbrella, shoe, boot, slipper, ball, basketball, dumbbell, kettlebell, "
        "weight plate, yoga mat, helmet, gas can, traffic cone, fire extinguisher, paint can, toy car, "
        "toy train, teddy bear, doll, bathroom scale, toilet brush, desktop computer, lantern, barrel, pillow"
    )
)
"""Things that are carried about and stand on the floor where no furniture is named for them."""

DOORS = frozenset(
    entries(
        "microwave, refrigerator, wardrobe, dresser, cabinet, cupboard, oven, dishwasher, filing cabinet, "
        "nightstand, tv stand, wall cabinet, kitchen cabinet, sideboard, washing machine, desk, counter, "
        "safe, stove"
    )
)
"""Categories that `the door` can be of."""

LIDS = frozenset(entries("toolbox, toy box, chest, box, laptop, trash bin, pot, jar, kettle"))
"""Categories that `the lid` can be of."""

STOOD_ON = frozenset(("sink",))
"""Furniture that small things by it stand on the rim of."""
