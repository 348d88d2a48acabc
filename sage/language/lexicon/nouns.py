"""Nouns and pronouns that are not objects, and groups of categories that rules distinguish."""

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
    "PORTABLE",
    "PRONOUNS",
    "REGIONS",
    "RIM_SUPPORTS",
    "SCREENS",
    "SEATS",
    "SURFACES",
    "TABLES",
    "TOPPED",
    "TOPS",
    "VAGUE",
    "VESSELS",
    "ZONES",
]

PAIRED = frozenset(entries("dumbbell, shoe, boot, slipper, sandal, sock, glove"))
"""Objects used in pairs: a plural without a number means `PLAIN_PLURAL` pairs."""

COLLECTIVES = frozenset(entries("fruit, food, cutlery, silverware, crockery, clothes, clothing, stationery"))
"""Mass nouns that mean several objects."""

PARTS: dict[str, str] = {
    "drawer": "drawer", "shelf": "shelf", "board": "shelf", "compartment": "compartment", "ledge": "ledge",
    "slot": "compartment", "section": "compartment",
}  # fmt: skip
"""Prefix of the part name in assets, by noun."""

COUNTED_PARTS = ("drawer", "shelf")
"""Parts with a number in their name: `drawer_1`."""

NAMED_PARTS = frozenset(entries("front, back, left, right, rear"))
"""Sides in the names of compartments: `compartment_left`."""

PART_OWNERS: dict[str, tuple[str, ...]] = {
    "drawer": ("dresser", "nightstand", "filing cabinet", "desk", "cabinet"),
    "shelf": ("bookcase", "shelf", "cabinet"),
    "compartment": ("caddy",),
    "ledge": ("whiteboard",),
    "region": ("stove", "table"),
}
"""Likely owners of a part that is named alone, best first."""

SURFACES: dict[tuple[str, str], str] = {
    ("bathtub", "edge"): "edge",
    ("bathtub", "rim"): "edge",
    ("whiteboard", "ledge"): "ledge",
}
"""Part name in assets, by category and noun, of parts that are separate support surfaces."""

PAIRS = frozenset(
    entries(
        "scissors, tongs, headphones, pliers, eyeglasses, trousers, jeans, shorts, pants, "
        "binoculars, tweezers, "
        "goggles, pajamas, pyjamas, sunglasses, clippers, earphones, shears, leggings, tights"
    )
)
"""Plurale tantum nouns, whose plural form can be one object."""

OPENINGS = frozenset(entries("door, lid, flap, cover"))
"""Parts that open and close and are not numbered."""

REGIONS = frozenset(
    entries(
        "edge, head, foot, side, top, end, surface, back, front, rim, center, centre, middle, corner, "
        "inside, burner, hob, cooktop, arm, armrest, headboard, footboard, tabletop, countertop, "
        "desktop, "
        "basin, knob, handle, dial, lever"
    )
)
"""Regions of an object that relations do not distinguish from the object itself."""

FEATURES = frozenset(
    entries(
        "shade, leg, frame, handle, top, backrest, armrest, base, finish, trim, border, pattern, stripe, "
        "wheel, caster, foot, headboard, footboard, backboard, canopy, basin, faucet, tap, knob, edge, "
        "upholstery, cubby, compartment, panel, shelving, detail, accent, design, hinge, seat"
    )
)
"""Nouns after `with` that are features of an object rather than contents: `a lamp with a yellow shade`."""

TOPS = ("tabletop", "countertop", "desktop", "surface", "top")
"""Nouns for the top surface of furniture."""

TABLES = frozenset(
    entries(
        "table, desk, counter, workbench, cabinet, dresser, nightstand, sideboard, vanity, "
        "bar, island, console"
    )
)
"""Words in names of categories that `the tabletop` or `the surface` can refer to."""

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
"""Room element that a noun refers to."""

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
"""Canonical pronoun by phrase that refers to objects named before, or to people."""

DETERMINING = frozenset(entries("this, that, these, those, both, all, each, one, her"))
"""Pronouns that are also determiners: `both cups`."""

VAGUE = frozenset(
    entries(
        "object, objects, item, items, thing, things, everything, something, anything, stuff, all objects, "
        "all items, contents, belongings"
    )
)
"""Nouns too vague to name an object."""

ZONES = frozenset(entries("area, space, zone, nook, section, quarters, corner, lounge, suite"))
"""Nouns after the purpose of a room: `laundry area`."""

GENERIC = frozenset(
    entries(
        "seat, unit, set, piece, item, system, station, setup, set-up, combo, fixture, collection, stall, "
        "enclosure, arrangement, organizer, holder"
    )
)
"""Nouns that do not change the category of the noun before them: `bench seat`, `pen set`."""

MEASURES = frozenset(
    entries(
        "slice, piece, loaf, roll, stick, bit, bunch, head, chunk, half, portion, serving, sheet, block, "
        "pat, light, glow, shade, shadow, smell, sound"
    )
)
"""Nouns before `of` that do not change what follows: `a slice of bread`, `the glow of the lamp`."""

CONTAINERS = frozenset(
    entries(
        "refrigerator, microwave, dresser, wardrobe, toolbox, basket, box, cardboard box, bin, trash bin, "
        "sink, dishwasher, oven, cabinet, cupboard, bookcase, bowl, mug, cup, glass, jar, pot, vase, frying "
        "pan, kettle, crate, bucket, hamper, pen holder, chest, bag, bathtub, washing machine, wall "
        "cabinet, kitchen cabinet, filing cabinet, drawer, safe, backpack, suitcase, toy box, bottle"
    )
)
"""Categories whose contents are inside by default; on all others they are on top."""

PACKAGES = frozenset(
    entries("bottle, can, carton, jar, cup, box, bag, mug, glass, shampoo, detergent, tube, jug, plain")
)
"""Words in names of categories that are packages or vessels of a substance."""

VESSELS = {"tub": "jar", "pot": "jar", "tin": "food can", "tube": "toothpaste", "pail": "bucket"}
"""Category of nouns that are small containers only before `of`: `a tub of butter`."""

BUILT_IN = {"pantry": "cabinet", "larder": "cabinet", "closet": "wardrobe"}
"""Category of nouns for rooms that are furniture within another room."""

TOPPED = frozenset(entries("dresser, nightstand, tv stand, sideboard, cabinet, filing cabinet, vanity"))
"""Containers with objects on top rather than inside after `with`: `a dresser with a vase`."""

SCREENS = ("tv", "wall tv", "monitor", "laptop")
"""Categories that `the screen` can refer to."""

SEATS = ("chair", "office chair", "stool", "bar stool")
"""Seats at other furniture; an implied reference skips them in favour of that furniture."""

FLAT = frozenset(
    entries(
        "table, dining table, coffee table, side table, counter, plate, tray, bed, sofa, chair, office "
        "chair, armchair, rug, stool, bench, stove, workbench, laptop, book, chopping board, cutting board, "
        "rack, dumbbell rack, weight bench, hand truck, whiteboard"
    )
)
"""Categories without an inside, where `in` means `on`."""

PORTABLE = frozenset(
    entries(
        "toolbox, basket, box, storage box, cardboard box, crate, toy box, bag, handbag, backpack, suitcase, "
        "bucket, watering can, umbrella, shoe, boot, slipper, ball, basketball, dumbbell, kettlebell, "
        "weight plate, yoga mat, helmet, gas can, traffic cone, fire extinguisher, paint can, toy car, "
        "toy train, teddy bear, doll, bathroom scale, toilet brush, desktop computer, lantern, barrel, pillow"
    )
)
"""Portable categories that are on the floor if no support is stated."""

DOORS = frozenset(
    entries(
        "microwave, refrigerator, wardrobe, dresser, cabinet, cupboard, oven, dishwasher, filing cabinet, "
        "nightstand, tv stand, wall cabinet, kitchen cabinet, sideboard, washing machine, desk, counter, "
        "safe, stove"
    )
)
"""Categories that `the door` can belong to."""

LIDS = frozenset(entries("toolbox, toy box, chest, box, laptop, trash bin, pot, jar, kettle"))
"""Categories that `the lid` can belong to."""

RIM_SUPPORTS = frozenset(("sink",))
"""Furniture whose rim supports small objects next to it."""
