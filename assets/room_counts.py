"""Mean counts of objects per room by category and room type."""

from __future__ import annotations

from collections.abc import Mapping, Set

from sage.assets.family import Family

__all__ = ["ROOM_COUNTS", "counts_by_room"]

ROOM_COUNTS: dict[str, dict[str, float]] = {
    "air hockey table": {"gaming_room": 0.3, "playroom": 0.1, "basement": 0.1},
    "amplifier": {"music_room": 1.0, "studio": 0.3, "bedroom": 0.05, "living_room": 0.03},
    "aquarium": {"living_room": 0.1, "waiting_room": 0.2, "lobby": 0.2, "childrens_room": 0.1},
    "arcade machine": {"gaming_room": 1.0, "playroom": 0.1, "bar": 0.2, "basement": 0.1},
    "armchair": {"living_room": 0.8, "bedroom": 0.1, "lobby": 1.0, "library": 1.0},
    "backpack": {"childrens_room": 0.5, "bedroom": 0.3, "entryway": 0.4, "classroom": 5.0},
    "ball pit": {"playroom": 0.4, "childrens_room": 0.1},
    "bar cabinet": {"living_room": 0.2, "dining_room": 0.2, "bar": 1.0, "restaurant": 0.3},
    "bar table": {"bar": 2.0, "cafe": 1.0, "kitchen": 0.1, "break_room": 0.3},
    "barrel": {"bar": 0.5, "warehouse": 1.0, "basement": 0.2, "restaurant": 0.2},
    "bathroom scale": {"bathroom": 0.4},
    "bean bag": {
        "gaming_room": 0.8, "playroom": 0.6, "childrens_room": 0.4, "living_room": 0.2, "bedroom": 0.1,
        "dorm_room": 0.3,
    },
    "beer bottle": {"kitchen": 0.5, "living_room": 0.1, "bar": 30.0},
    "bookcase": {
        "living_room": 0.7, "bedroom": 0.4, "childrens_room": 0.6, "office": 0.6, "library": 6.0,
        "playroom": 0.5,
    },
    "bottle": {"kitchen": 2.0, "dining_room": 0.5, "living_room": 0.2},
    "box": {"storage_room": 5.0, "warehouse": 20.0, "garage": 2.0, "closet": 0.5, "office": 0.3},
    "bucket": {"storage_room": 0.5, "garage": 0.5, "laundry_room": 0.4, "bathroom": 0.1},
    "bunk bed": {"childrens_room": 0.4, "bedroom": 0.1},
    "caddy": {"office": 0.4, "childrens_room": 0.2},
    "cake": {"kitchen": 0.2, "dining_room": 0.1, "cafe": 1.0},
    "can": {"kitchen": 1.5, "dining_room": 0.3, "office": 0.2, "grocery_store": 9.0, "pantry": 4.0},
    "candlestick": {"dining_room": 0.6, "living_room": 0.3, "bedroom": 0.1},
    "canopy bed": {"bedroom": 0.1, "hotel_room": 0.1},
    "cash register": {"grocery_store": 2.0, "bar": 0.8, "restaurant": 0.3},
    "cat tree": {"living_room": 0.1, "bedroom": 0.02},
    "chaise": {"living_room": 0.2, "bedroom": 0.15, "lobby": 0.1},
    "chandelier": {
        "dining_room": 0.3, "living_room": 0.15, "lobby": 0.3, "entryway": 0.1, "bedroom": 0.05,
        "restaurant": 0.3,
    },
    "changing table": {"childrens_room": 0.2, "bedroom": 0.02},
    "clothes rail": {"closet": 0.8, "bedroom": 0.15, "laundry_room": 0.3, "studio": 0.1},
    "coaster": {"living_room": 0.6, "bar": 2.0, "dining_room": 0.4, "cafe": 1.0},
    "coat hooks": {"entryway": 0.8, "classroom": 0.5, "locker_room": 1.0, "corridor": 0.2},
    "coat rack": {"entryway": 0.6, "office": 0.2, "lobby": 0.3},
    "console table": {"entryway": 0.6, "living_room": 0.3, "corridor": 0.2, "dining_room": 0.1, "lobby": 0.3},
    "counter": {"kitchen": 3.0},
    "crate": {"garage": 0.8, "storage_room": 0.8, "warehouse": 4.0, "grocery_store": 2.0, "workshop": 0.5},
    "cup": {"kitchen": 2.5, "dining_room": 0.5, "break_room": 1.0, "bar": 0.2},
    "curtain": {"living_room": 1.5, "bedroom": 1.5, "childrens_room": 1.0, "dining_room": 1.0, "office": 0.5},
    "dartboard": {"gaming_room": 0.4, "bar": 0.5, "basement": 0.1, "garage": 0.05},
    "daybed": {"living_room": 0.1, "bedroom": 0.1, "studio": 0.1, "office": 0.05},
    "detergent": {"laundry_room": 1.0, "bathroom": 0.1},
    "diffuser": {"bathroom": 0.3, "living_room": 0.3, "bedroom": 0.3},
    "digital piano": {"music_room": 0.6, "living_room": 0.05, "bedroom": 0.05, "studio": 0.1},
    "drafting table": {"studio": 0.6, "office": 0.05, "workshop": 0.1},
    "dress form": {"studio": 0.2, "workshop": 0.05, "closet": 0.05, "bedroom": 0.02},
    "dresser": {"bedroom": 0.8, "dining_room": 0.3, "office": 0.1},
    "dressing table": {"bedroom": 0.5, "closet": 0.2, "hotel_room": 0.1},
    "drum kit": {"music_room": 0.6, "basement": 0.05, "garage": 0.05, "studio": 0.05},
    "easel": {"studio": 1.0, "childrens_room": 0.1, "playroom": 0.2, "classroom": 0.1},
    "electric guitar": {"music_room": 1.0, "bedroom": 0.1, "living_room": 0.05, "dorm_room": 0.1},
    "filing cabinet": {"office": 0.8, "lobby": 0.2},
    "fire extinguisher": {
        "corridor": 0.4, "warehouse": 1.0, "garage": 0.2, "lobby": 0.3, "workshop": 0.3, "kitchen": 0.1,
        "storage_room": 0.1,
    },
    "flashlight": {"garage": 0.3, "storage_room": 0.3, "bedroom": 0.1},
    "floor cushion": {"living_room": 0.5, "bedroom": 0.2, "childrens_room": 0.4, "playroom": 0.6},
    "floor mirror": {"bedroom": 0.4, "closet": 0.5, "entryway": 0.3, "gym": 0.3},
    "folder": {"office": 2.0, "computer_lab": 5.4, "childrens_room": 0.1, "living_room": 0.1},
    "foosball table": {"gaming_room": 0.5, "playroom": 0.2, "break_room": 0.2, "basement": 0.1},
    "game console": {"living_room": 0.4, "playroom": 0.5, "childrens_room": 0.3},
    "game controller": {"gaming_room": 2.0, "living_room": 0.4, "childrens_room": 0.3, "playroom": 0.5},
    "gas can": {"garage": 0.4, "workshop": 0.2},
    "grand piano": {"music_room": 0.5, "living_room": 0.05, "lobby": 0.1},
    "guitar": {"music_room": 1.0, "living_room": 0.1, "bedroom": 0.15, "dorm_room": 0.15},
    "hairbrush": {"bathroom": 0.4, "bedroom": 0.3},
    "hamper": {
        "laundry_room": 0.8, "bathroom": 0.4, "bedroom": 0.3, "childrens_room": 0.3, "closet": 0.3,
        "locker_room": 0.3,
    },
    "hand truck": {
        "warehouse": 1.0, "garage": 0.2, "storage_room": 0.1, "workshop": 0.1, "grocery_store": 0.2,
    },
    "handbag": {"closet": 0.5, "entryway": 0.5, "bedroom": 0.2},
    "hanging chair": {"living_room": 0.1, "bedroom": 0.05, "childrens_room": 0.05},
    "hat": {"entryway": 0.5, "closet": 0.5, "bedroom": 0.1},
    "helmet": {"garage": 0.3, "entryway": 0.2, "workshop": 0.4, "warehouse": 0.5},
    "hospital bed": {"hospital_room": 1.5},
    "hourglass": {"living_room": 0.1, "office": 0.1},
    "ironing board": {"laundry_room": 0.7, "closet": 0.1, "bedroom": 0.1},
    "jar": {"kitchen": 2.0, "pantry": 3.0, "living_room": 0.1},
    "kitchen island": {"kitchen": 0.6},
    "knife": {"dining_room": 4.3, "kitchen": 3.0, "restaurant": 8.0},
    "ladder": {"garage": 0.5, "storage_room": 0.4, "warehouse": 0.5, "workshop": 0.4},
    "laptop": {"office": 1.0, "living_room": 0.3, "bedroom": 0.2, "childrens_room": 0.1},
    "lectern": {"classroom": 0.5, "meeting_room": 0.2, "library": 0.1},
    "loft bed": {"childrens_room": 0.15, "dorm_room": 0.4},
    "lunch box": {"kitchen": 0.3, "break_room": 0.5, "classroom": 1.0},
    "magazine": {"living_room": 1.0, "bedroom": 0.3, "lobby": 4.0},
    "magazine rack": {"living_room": 0.2, "lobby": 0.6, "library": 0.5},
    "map": {"classroom": 0.7, "office": 0.2, "library": 0.3, "childrens_room": 0.1},
    "marker": {"classroom": 2.0, "office": 0.8, "meeting_room": 1.0, "childrens_room": 0.5},
    "microphone": {"studio": 0.5, "music_room": 0.6, "office": 0.05, "gaming_room": 0.1},
    "microphone stand": {"music_room": 0.8, "studio": 0.3},
    "microscope": {"laboratory": 2.0, "classroom": 0.1},
    "music stand": {"music_room": 1.5, "studio": 0.1, "classroom": 0.05},
    "newspaper": {"living_room": 0.5, "kitchen": 0.2, "lobby": 1.0},
    "notice board": {"office": 0.3, "classroom": 0.6, "corridor": 0.3, "break_room": 0.5},
    "paintbrush": {"studio": 4.0, "workshop": 0.5, "classroom": 0.5, "garage": 0.3},
    "palette": {"studio": 1.0},
    "pallet": {"warehouse": 6.0},
    "paper tray": {"office": 1.0},
    "pendant lamp": {
        "dining_room": 0.6, "kitchen": 0.5, "living_room": 0.3, "bedroom": 0.2, "restaurant": 1.0,
        "bar": 0.8, "cafe": 0.8,
    },
    "pet bed": {"living_room": 0.1, "bedroom": 0.05, "laundry_room": 0.05},
    "phone": {"living_room": 0.4, "bedroom": 0.4, "office": 0.5},
    "piano": {"music_room": 0.8, "living_room": 0.08, "classroom": 0.1, "library": 0.05},
    "picture": {
        "bedroom": 1.7, "living_room": 1.4, "dining_room": 0.7, "childrens_room": 0.9, "corridor": 0.9,
        "office": 0.4, "bathroom": 0.3,
    },
    "pillow": {"bedroom": 2.0, "living_room": 1.5, "childrens_room": 1.0},
    "ping pong table": {
        "gaming_room": 0.3, "playroom": 0.1, "basement": 0.15, "garage": 0.1, "break_room": 0.1,
    },
    "plant": {
        "living_room": 1.5, "office": 0.8, "dining_room": 0.6, "kitchen": 0.3, "bedroom": 0.4,
        "bathroom": 0.2, "lobby": 1.5,
    },
    "play tent": {"childrens_room": 0.4, "playroom": 0.6},
    "pool table": {"gaming_room": 0.5, "bar": 0.4, "basement": 0.15, "playroom": 0.1},
    "projector": {"meeting_room": 0.7, "classroom": 0.6, "living_room": 0.05},
    "punching bag": {"gym": 0.8, "garage": 0.1, "basement": 0.1},
    "puppet theater": {"playroom": 0.3, "childrens_room": 0.1},
    "pallet rack": {"warehouse": 6.0, "storage_room": 0.5, "garage": 0.3, "grocery_store": 0.5},
    "rack": {
        "kitchen": 0.3, "storage_room": 0.4, "pantry": 0.3, "laundry_room": 0.2, "bathroom": 0.2,
        "garage": 0.3, "basement": 0.2,
    },
    "radio": {"kitchen": 0.2, "living_room": 0.1, "workshop": 0.3, "bedroom": 0.1, "garage": 0.1},
    "reception desk": {"lobby": 0.8, "gym": 0.1},
    "record player": {"living_room": 0.3, "music_room": 0.4, "bedroom": 0.1, "studio": 0.1},
    "remote control": {"living_room": 1.0, "bedroom": 0.1},
    "rice cooker": {"kitchen": 0.3},
    "rocking chair": {"living_room": 0.1, "childrens_room": 0.2, "bedroom": 0.05},
    "rolling pin": {"kitchen": 0.3},
    "room divider": {"bedroom": 0.1, "living_room": 0.05, "studio": 0.2, "hospital_room": 0.4},
    "saucer": {"kitchen": 2.0, "dining_room": 0.5, "break_room": 1.0},
    "screw box": {"workshop": 1.5, "garage": 0.5},
    "server rack": {"computer_lab": 0.5, "office": 0.03, "storage_room": 0.02, "basement": 0.02},
    "sewing machine": {"workshop": 0.2, "living_room": 0.05, "bedroom": 0.05},
    "shelf": {
        "storage_room": 1.5, "pantry": 1.5, "living_room": 0.5, "office": 0.5, "garage": 0.6, "bedroom": 0.3,
        "childrens_room": 0.4, "kitchen": 0.3, "grocery_store": 4.0, "library": 6.0, "bar": 1.5,
    },
    "shoe rack": {"entryway": 0.5, "closet": 0.6, "locker_room": 0.5},
    "side table": {"living_room": 1.0, "bedroom": 0.4, "office": 0.1},
    "slide": {"playroom": 0.5, "childrens_room": 0.1},
    "sponge": {"kitchen": 0.8, "bathroom": 0.6, "classroom": 0.5},
    "spray bottle": {"kitchen": 0.4, "bathroom": 0.3, "laundry_room": 0.5},
    "stand mixer": {"kitchen": 0.3},
    "stool": {"kitchen": 0.5, "office": 0.1},
    "storage box": {
        "storage_room": 3.0, "living_room": 0.5, "bedroom": 0.5, "childrens_room": 0.5, "closet": 1.0,
        "office": 0.3,
    },
    "suitcase": {"closet": 0.6, "storage_room": 0.4, "bedroom": 0.2},
    "telescope": {"living_room": 0.03, "attic": 0.1, "library": 0.1, "bedroom": 0.03},
    "thermos": {"kitchen": 0.3, "break_room": 0.3, "office": 0.2},
    "tissue box": {"living_room": 0.5, "bedroom": 0.5, "bathroom": 0.4, "office": 0.3},
    "towel rail": {"bathroom": 0.8, "kitchen": 0.1},
    "traffic cone": {"warehouse": 1.0, "garage": 0.1},
    "trampoline": {"playroom": 0.3, "gym": 0.2, "childrens_room": 0.05},
    "tv stand": {"living_room": 0.8, "bedroom": 0.2},
    "typewriter": {"office": 0.05, "living_room": 0.03, "library": 0.1, "studio": 0.1},
    "umbrella": {"entryway": 0.6},
    "vacuum cleaner": {"storage_room": 0.4, "laundry_room": 0.3, "closet": 0.2, "living_room": 0.1},
    "vanity": {"bathroom": 0.9, "hotel_room": 0.2},
    "vending machine": {"break_room": 0.5, "lobby": 0.4, "corridor": 0.2},
    "vinyl record": {"living_room": 1.0, "music_room": 2.0, "bedroom": 0.3},
    "violin": {"music_room": 0.6, "bedroom": 0.03},
    "wardrobe": {"bedroom": 0.8, "childrens_room": 0.3, "closet": 1.0, "entryway": 0.1},
    "water dispenser": {"break_room": 0.7, "lobby": 0.4, "office": 0.3, "gym": 0.5, "meeting_room": 0.2},
    "watering can": {"living_room": 0.4, "garage": 0.2, "kitchen": 0.2},
    "whisk": {"kitchen": 0.8},
    "whiteboard": {"classroom": 0.8, "meeting_room": 0.7, "office": 0.3},
    "wine bottle": {"kitchen": 0.5, "dining_room": 0.3, "bar": 8.0, "restaurant": 2.0},
    "wine rack": {
        "kitchen": 0.2, "dining_room": 0.2, "bar": 1.0, "restaurant": 0.5, "pantry": 0.2, "basement": 0.1,
    },
    "wood stove": {"living_room": 0.05, "basement": 0.02, "workshop": 0.05},
    "workbench": {"garage": 0.4, "workshop": 1.5, "warehouse": 0.1},
}  # fmt: skip
"""Estimated mean count per room, by category and room type.

An estimate replaces the counts of the knowledge table, for categories which the table's source collection has
mostly in shops or in room types that are not supported here, or whose row is broader than the category: most
of its cabinets are in offices, where dressers are rare.
"""

_SHARED: tuple[tuple[dict[str, float], str], ...] = (
    (
        {"kitchen": 0.8, "pantry": 0.8, "dining_room": 0.2, "grocery_store": 10.0},
        "fruit, apple, banana, pear, lemon, orange, tomato, potato, onion, carrot, cabbage, bell pepper, "
        "watermelon, egg, egg carton, bread, croissant, butter, cheese, yogurt, cereal box, milk carton, "
        "juice carton, food can, spice jar, tea box, coffee tin, pasta box, flour bag, cookie box, "
        "ketchup, oil bottle, chips bag, chocolate bar",
    ),
    (
        {"kitchen": 0.8},
        "kettle, colander, baking tray, mixing bowl, dish rack, pepper mill, toaster, paper towel roll, "
        "dish soap, blender, coffee machine",
    ),
    (
        {"office": 1.0, "classroom": 3.0, "childrens_room": 0.5, "library": 0.5},
        "pencil, eraser, ruler, scissors, glue stick, calculator",
    ),
    (
        {"office": 0.8, "classroom": 0.5, "meeting_room": 0.3, "library": 0.3},
        "tape dispenser, hole punch, paper stack, envelope, clipboard, sticky notes, stapler",
    ),
    (
        {"living_room": 0.3, "bedroom": 0.3, "office": 0.3, "childrens_room": 0.2},
        "headphones, tablet, air purifier, electric heater, fan",
    ),
    (
        {"workshop": 1.5, "garage": 0.8, "storage_room": 0.2},
        "tool, hammer, screwdriver, pliers, wrench, drill, saw, tape measure, paint can, toolbox",
    ),
    (
        {"childrens_room": 2.0, "playroom": 2.0, "living_room": 0.2},
        "toy, toy car, toy train, toy block, toy dinosaur, toy drum, stacking rings, teddy bear, "
        "toy box, puzzle box, board game, rocking horse, doll house, crayon box, crayon, play table, "
        "activity table, train table, play kitchen, toy kitchen, toy kitchen counter, play kitchen counter, "
        "climbing frame, climbing structure, climbing triangle, jungle gym, monkey bars",
    ),
    (
        {"closet": 5.0, "bedroom": 1.0, "locker_room": 1.0, "laundry_room": 1.0},
        "clothes, shirt, trousers, cap",
    ),
    (
        {"closet": 4.0, "entryway": 3.0, "bedroom": 0.3, "childrens_room": 0.3, "living_room": 0.1},
        "shoe, boot, slipper",
    ),
    (
        {"bathroom": 0.8},
        "soap bar, toothbrush, toothpaste, toilet brush, bath mat",
    ),
    (
        {"garage": 0.3, "childrens_room": 0.5, "playroom": 0.5, "gym": 1.0},
        "ball, basketball, tennis racket, skateboard",
    ),
    (
        {"living_room": 0.2, "bedroom": 0.2, "office": 0.2},
        "desk clock, grandfather clock, ceiling speaker, floor speaker, lantern, string lights, "
        "christmas tree",
    ),
    ({"bedroom": 0.3, "bathroom": 0.2}, "table mirror"),
    (
        {"living_room": 0.3, "bedroom": 0.3, "office": 0.3, "classroom": 0.3},
        "air conditioner, smoke detector, security camera, calendar",
    ),
    ({"living_room": 0.05, "bedroom": 0.05}, "hammock, wreath"),
    ({"living_room": 0.2, "lobby": 0.3, "entryway": 0.2}, "floor vase"),
    ({"playroom": 0.1, "bar": 0.3, "gaming_room": 0.2}, "disco ball"),
    ({"meeting_room": 0.6, "classroom": 0.5, "living_room": 0.05}, "projector screen"),
    ({"living_room": 0.1, "bedroom": 0.1}, "ceiling chair"),
    (
        {"gym": 2.0},
        "weight plate, yoga mat, jump box, step platform",
    ),
)  # fmt: skip
"""Mean count per room for groups of categories, and for general nouns such as `fruit` that cover several."""

ROOM_COUNTS |= {name: counts for counts, names in _SHARED for name in names.split(", ")}

_EVERYWHERE = frozenset(
    (
        "table", "side table", "coffee table", "chair", "office chair", "armchair", "sofa", "stool",
        "bar stool", "bench", "ottoman", "desk", "cabinet", "bookcase", "shelf", "dresser", "locker",
        "filing cabinet", "tv stand", "rug", "plant", "trash bin", "floor lamp", "ceiling lamp", "radiator",
        "mirror", "coat rack", "hamper", "magazine rack", "water dispenser", "fire extinguisher", "ladder",
    )
)  # fmt: skip
"""Furniture that occurs occasionally in every room type; the table lists at most six room types per row."""

_ALSO_IN: dict[str, tuple[str, ...]] = {
    "counter": ("bar", "break_room", "grocery_store", "laundry_room", "pantry", "restaurant"),
    "refrigerator": ("restaurant", "bar", "garage"),
    "pallet": ("garage", "grocery_store", "storage_room", "workshop"),
    "reception desk": ("bar", "grocery_store", "library", "restaurant"),
    "sink": ("bar", "break_room", "laundry_room", "locker_room", "restaurant"),
    "wardrobe": ("laundry_room",),
    "washing machine": ("garage",),
}
"""Room types in which other furniture occurs occasionally."""

_SIMILAR_ROOM_SHARE = 0.3
"""Mean count in a room type without data, relative to that in a similar room type."""

_OCCASIONAL = 0.02
"""Mean count per room of furniture that occurs occasionally."""

_ROOM_NAMES = {
    "utility_room": "laundry_room", "infirmary": "hospital_room", "chemistry_lab": "laboratory",
}  # fmt: skip
"""Room types by their name in the table, where it differs."""

_SIMILAR_ROOMS: dict[str, tuple[str, ...]] = {
    "attic": ("storage_room", "bedroom", "childrens_room", "living_room"),
    "basement": ("storage_room", "living_room", "laundry_room", "workshop", "gym", "garage"),
    "cafe": ("restaurant", "bar", "dining_room", "kitchen", "grocery_store"),
    "dorm_room": ("bedroom", "office", "childrens_room"),
    "gaming_room": ("living_room", "playroom", "office", "bar", "break_room"),
    "hospital_room": ("bedroom", "childrens_room", "bathroom", "lobby", "break_room"),
    "hotel_room": ("bedroom", "living_room", "office"),
    "laboratory": ("workshop", "classroom", "office", "break_room"),
    "music_room": ("living_room", "office", "library", "classroom"),
    "studio": ("workshop", "office", "living_room", "classroom", "break_room"),
    "waiting_room": ("lobby", "living_room", "playroom", "office"),
}
"""Similar room types of those for which the table has no data."""


def counts_by_room(family: Family, table: Mapping[str, float], rooms: Set[str]) -> dict[str, float]:
    """Return the mean count per room of a family's category, by room type.

    Sources in order: the estimate for the category in `ROOM_COUNTS`, the knowledge table, and the estimate
    for a more general noun. Room types without data take a share of the counts of similar ones.

    Args:
        family: family of the category.
        table: mean count per room in the knowledge table, by its room types.
        rooms: room types that can be furnished.
    """
    known = {_ROOM_NAMES.get(room, room): count for room, count in table.items()}
    kind = next((kind for kind in family.kinds if kind in ROOM_COUNTS), "")
    estimate = ROOM_COUNTS.get(family.category, {} if rooms & known.keys() else ROOM_COUNTS.get(kind, {}))
    occasional = rooms if family.category in _EVERYWHERE else _ALSO_IN.get(family.category, ())
    counts = dict.fromkeys(sorted(occasional), _OCCASIONAL) | (estimate or known)
    for room, similar in _SIMILAR_ROOMS.items():
        count = _SIMILAR_ROOM_SHARE * max(counts.get(other, 0.0) for other in similar)
        if room in rooms and count > counts.get(room, 0.0):
            counts[room] = round(count, 3)
    return counts
