"""What the reader knows of English, as data: extend it here.

Nouns of objects and rooms are not here: they come from the vocabulary.
"""

from __future__ import annotations

from typing import Literal

Frame = Literal[
    "move", "take", "open", "close", "clear", "load", "lay", "stack", "turn", "idle", "describe", "exclude",
    "forbid",
]  # fmt: skip
"""What a verb needs: `move` an object to a place; `take` an object, perhaps from a place; `open` or `close`
one; `clear` a support; `load` a container with objects; `stack` objects; `turn` a device on or off. `idle`
verbs have no effect on where things are."""


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(","))


def _all(value: str, text: str) -> dict[str, str]:
    return dict.fromkeys(_list(text), value)


ARTICLES = frozenset(
    _list("a, an, the, whichever, whatever, this, that, these, those, my, your, our, his, her, their, its")
)
"""Determiners that neither count nor choose; all but `a` and `an` are definite."""

NUMBERS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        _list(
            "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, "
            "fifteen, sixteen, seventeen, eighteen, nineteen, twenty"
        ),
        start=1,
    )
} | {"both": 2, "dozen": 12, "single": 1, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}

QUANTIFIERS: dict[str, tuple[int, bool]] = {
    **dict.fromkeys(_list("a couple of, a pair of, the pair of, pair of, couple of, both of"), (2, True)),
    **dict.fromkeys(_list("exactly, about, another, one more, a single"), (1, True)),
    **dict.fromkeys(_list("every, each, every single, every one of"), (2, False)),
    **dict.fromkeys(_list("at least, more than, any"), (1, False)),
    **dict.fromkeys(_list("most, most of"), (3, False)),
    **dict.fromkeys(_list("some"), (2, False)),
    **dict.fromkeys(_list("a few, few, several, various, a number of, all of, all, assorted"), (3, False)),
    **dict.fromkeys(_list("a pile of, a stack of, the stack of, the pile of"), (3, False)),
    **dict.fromkeys(_list("a bunch of, a set of, a row of, a collection of, a group of"), (4, False)),
    **dict.fromkeys(
        _list("many, lots of, a lot of, plenty of, loads of, tons of, stacks of, piles of, rows of"),
        (6, False),
    ),
    **dict.fromkeys(_list("half a dozen, half dozen"), (6, True)),
    **dict.fromkeys(_list("half of, half"), (4, False)),
    "a dozen": (12, True),
}
"""How many, and whether exactly so many."""

HALVES = ("half of", "half")
"""Quantifiers that choose one of two; the others of them are there too."""

AT_LEAST = ("at least", "more than", "any")
"""Quantifiers before a number after which more are welcome."""

PLAIN_PLURAL = 2
"""How many a plural without a number stands for."""

PAIRED = frozenset(_list("dumbbell, shoe, boot, slipper, sandal, sock, glove"))
"""What is used in pairs: a plural without a number stands for `PLAIN_PLURAL` pairs."""

COLLECTIVES = frozenset(_list("fruit, food, cutlery, silverware, crockery, clothes, clothing, stationery"))
"""Nouns that mean several things though they have no plural."""

FULL = 6
"""How many at least things that are "full of" them hold."""

LOADED = 3
"""How many at least each of them holds."""

ORDINALS: dict[str, str] = {
    **_all("1", "top, upper, topmost, uppermost, first, 1st, highest"),
    **_all("2", "second, 2nd"),
    **_all("3", "third, 3rd"),
    **_all("4", "fourth, 4th"),
    **_all("5", "fifth, 5th"),
    **_all("-1", "bottom, lower, lowest, last, lowermost, bottommost"),
    **_all("middle", "middle, center, centre"),
}
"""Which of the parts, counted from the top; negative numbers count from the bottom."""

PARTS: dict[str, str] = {
    "drawer": "drawer", "shelf": "shelf", "board": "shelf", "compartment": "compartment", "ledge": "ledge",
    "slot": "compartment", "section": "compartment",
}  # fmt: skip
"""Parts that can be named, and how their names begin in assets. Drawers and shelves are counted."""

COUNTED_PARTS = ("drawer", "shelf")

NAMED_PARTS = frozenset(_list("front, back, left, right, rear"))
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

NUDGING = frozenset(
    _list("push, pull, slide, press down, nudge, roll, shove, shift, plug, drag, lower, mount")
)
"""Verbs of moving that may do without a place."""

TYPICAL: dict[str, tuple[tuple[str, ...], str]] = {
    "dishwasher": (("plate", "cup"), "counter"),
    "table": (("plate", "glass"), "sink"),
    "coffee table": (("cup", "magazine"), "tray"),
    "counter": (("plate", "cup"), "sink"),
    "sink": (("plate", "cup"), "counter"),
    "dish rack": (("plate", "bowl"), "counter"),
    "washing machine": (("towel", "shirt"), "hamper"),
    "clothes dryer": (("towel", "shirt"), "hamper"),
    "refrigerator": (("milk carton", "apple"), "counter"),
    "desk": (("mug", "book"), "box"),
    "suitcase": (("shirt", "towel"), "bed"),
}
"""What is cleared from a thing, and where it goes, if nobody says so."""

LAID = ("table", "dining table")

SETTING = ("plate", "fork", "knife", "glass")
"""What a table is set with, if nobody says so."""

AT_A_TABLE = 4
"""Guests, where nobody says how many."""

MEALS = (
    "dinner", "breakfast", "lunch", "brunch", "supper", "tea", "a meal", "guests", "company", "a party",
    "a dinner party", "a feast", "a family dinner", "a formal dinner",
)  # fmt: skip
"""What a table is set for if not for a number of people."""

DISPOSING = frozenset(
    _list("throw, toss, throw away, throw out, dump, chuck, get rid of, discard, dispose of")
)
"""Verbs that lead to the trash bin if nothing else is said."""

ORDERING = frozenset(
    _list("arrange, organize, organise, sort, rearrange, group, store, align, line up, gather, pair, let")
)
"""Verbs of moving that may be said of things where they are."""

COVERING = frozenset(_list("cover, top, decorate, garnish"))
"""Verbs of loading after which the contents are on the object."""

SLIDING: dict[str, Frame] = {"pull": "open", "slide": "open", "push": "close"}
"""Verbs of moving that open or close drawers."""

PAIRS = frozenset(
    _list(
        "scissors, tongs, headphones, pliers, eyeglasses, trousers, jeans, shorts, pants, "
        "binoculars, tweezers, "
        "goggles, pajamas, pyjamas, sunglasses, clippers, earphones, shears, leggings, tights"
    )
)
"""Nouns that have only a plural."""

OPENINGS = frozenset(_list("door, lid, flap, cover"))
"""Parts that are opened and closed without being told apart."""

REGIONS = frozenset(
    _list(
        "edge, head, foot, side, top, end, surface, back, front, rim, center, centre, middle, corner, "
        "inside, burner, hob, cooktop, arm, armrest, headboard, footboard, tabletop, countertop, "
        "basin, knob, handle, dial, lever"
    )
)
"""Places on an object that no relation can tell from the object itself."""

FEATURES = frozenset(
    _list(
        "shade, leg, frame, handle, top, backrest, armrest, base, finish, trim, border, pattern, stripe, "
        "wheel, caster, foot, headboard, footboard, backboard, canopy, basin, faucet, tap, knob, edge, "
        "upholstery, cubby, compartment, panel, shelving, detail, accent, design, hinge, seat"
    )
)
"""Nouns after `with` for what things are made of or with: `a lamp with a yellow shade`."""

TOPS = ("tabletop", "countertop", "surface", "top")
TABLES = frozenset(
    _list(
        "table, desk, counter, workbench, cabinet, dresser, nightstand, sideboard, vanity, "
        "bar, island, console"
    )
)
"""Words in the categories of furniture whose top is meant by `the tabletop` or `the surface`."""

ARCHITECTURE: dict[str, str] = {
    **_all("window", "window, windowsill, window sill"),
    **_all("wall", "wall"),
    **_all("floor", "floor, ground"),
    **_all("door", "door, doorway, entrance, front door"),
    **_all("corner", "corner"),
    **_all("middle", "middle, center, centre"),
    **_all("room", "room, scene, space, house, apartment, environment, place"),
    **_all("next room", "next room, other room, adjacent room, neighbouring room, neighboring room"),
    **_all("ceiling", "ceiling"),
}
"""Nouns that are no objects, and what they stand for in a relation."""

PRONOUNS: dict[str, str] = {
    **_all("it", "it, itself, this, that"),
    **_all("rest", "the rest, the remaining, the remaining ones, the others"),
    **_all("them", "them, they, these, those, both, all of them, both of them, all, each"),
    **_all("there", "there, in there"),
    **_all("one", "one, ones"),
    **_all("others", "each other, one another, each other's"),
    **_all(
        "person",
        "me, us, you, i, we, he, she, him, her, someone, somebody, the user, the person, the human, "
        "yourself, my friend, the human's "
        "hand, my hand, the robot's hand, the hand",
    ),
    **_all("nothing", "nothing, nothing else, nobody, no one"),
}
"""Words that stand for what was named before, or for people."""

DETERMINING = frozenset(_list("this, that, these, those, both, all, each, one, her"))
"""Those among them that can also stand before a noun."""

VERBS: dict[str, Frame] = {
    **dict.fromkeys(
        _list(
            "put, place, set, lay, stand, drop, throw, toss, move, transfer, carry, push, slide, pull, "
            "return, hang, lean, insert, position, rest, deposit, stash, relocate, shift, dump, chuck, "
            "slip, sort, arrange, leave, drag, roll, hide, park, tuck, stow, keep, store, stick, shove, "
            "line up, align, get rid of, organize, organise, gather, distribute, put down, put away, put "
            "back, set down, lay down, place down, throw away, throw out, discard, dispose of, hang up, "
            "hand over, hand, give, pass, deliver, bring back, take back, add, load up into, shove, nudge, "
            "slot, plug, hook, mount, lower, squeeze, pour, sweep, nest, reposition, place back, hang back "
            "up, clip, press down, lead, line, dip, set up, attach, let, stash away, rearrange, "
            "group, nestle, pair, add in, create, include, install"
        ),
        "move",
    ),
    **dict.fromkeys(
        _list(
            "pick up, pick, grab, take, take out, get, get out, fetch, lift, lift up, remove, collect, "
            "retrieve, grasp, hold, bring, pull out, find, go get, go and get, go fetch, pick out, raise, "
            "grip, catch, locate, look for, search for, bring over, lift off, unhook, seize, snatch, fish "
            "out, hand me, get me, fetch me, bring me, give me, pass me, hand us, bring us, get us, "
            "choose, select, "
            "scoop, delete, erase, take away, lose"
        ),
        "take",
    ),
    **dict.fromkeys(_list("avoid, refrain from, skip"), "forbid"),
    **dict.fromkeys(_list("stack, stack up, pile, pile up"), "stack"),
    **dict.fromkeys(_list("open, open up, uncover"), "open"),
    **dict.fromkeys(_list("close, shut"), "close"),
    **dict.fromkeys(
        _list(
            "clear, clear off, clear up, tidy, tidy up, clean up, empty, unload, unpack, clear away, "
            "straighten up"
        ),
        "clear",
    ),
    **dict.fromkeys(_list("turn on, switch on, turn off, switch off, power on, power off, light up"), "turn"),
    **dict.fromkeys(_list("load, fill, pack, load up, fill up, cover, top, decorate, garnish"), "load"),
    **dict.fromkeys(
        _list(
            "switch, wipe, clean, wash, water, press, touch, look at, use, turn, rotate, inspect, approach, "
            "wipe down, dust, go to, walk to, drive to, navigate to, push in, restock, heat, heat up, warm, "
            "warm up, cook, boil, fry, bake, toast, microwave, cool, cool down, chill, freeze, rinse, "
            "slice, cut, chop, peel, fold, unfold, examine, observe, look, turn around, turn left, turn "
            "right, walk, head to, serve, stir, toggle, plug in, unplug, wait, scrub, polish, mop, vacuum, "
            "iron, dry, soak, point at, point to, show, read, play, start, stop, activate, deactivate, "
            "shake, flip, twist, spin, screw, unscrew, unlock, lock, prepare, make ready, water, feed, "
            "count, check, knock, knock on, ring, mix, wrap, unwrap, tie, wear, return to, back up, watch, "
            "drink, eat, clean off, wash up, tidy away, dust off, crack, squash, smell, tap, poke, "
            "straighten, pick between, defrost, drain, season, simmer, adjust, tighten, loosen, "
            "steam, swap, preheat, "
            "wind up, make, help, ignore, reach, begin, replace, substitute, exchange, change, convert, "
            "trade, paint, repaint, colour, color, recolour, recolor, dye, resize, enlarge, shrink, widen, "
            "darken, lighten, brighten, face, point, orient, turn into, knock over, tip over, "
            "turn over, flip over, roll over, push over, fall over, bump"
        ),
        "idle",
    ),
}
"""Imperatives, longest match first."""

WISHES = frozenset(_list("want, like, need, wish, love, hope, expect, prefer"))
"""Verbs after which comes what somebody asks for."""

RESULTS = frozenset(
    _list(
        "make, change, paint, repaint, colour, color, recolour, recolor, dye, turn, be, convert, have, "
        "keep, want"
    )
)
"""Verbs after whose object an adjective says what it is to become: `make the table bigger`."""

DIRECTIONS = frozenset(
    _list(
        "left, right, forward, forwards, backward, backwards, upward, downward, aside, sideways, leftward, "
        "leftwards, rightward, rightwards, back, ahead, clockwise, counterclockwise, "
        "counter-clockwise, anticlockwise, anti-clockwise"
    )
)
"""Adverbs that say which way something moves or turns."""

IMPERATIVES = frozenset(verb.partition(" ")[0] for verb in VERBS)
"""First words of imperatives."""

HOLDING = frozenset(
    _list(
        "pick up, pick, grab, take, take out, get, get out, lift, lift up, remove, retrieve, grasp, hold, "
        "pull out, fetch, collect, raise, grip, catch, seize, snatch, fish out, go get, go and get, go "
        "fetch, pick out, lift off, unhook, bring, bring me, hand me, get me, fetch me, pass me, bring us, "
        "get us, give me, hand us, bring over"
    )
)
"""Verbs after which a thing is held, if nothing else is said of it."""

STATELESS = ("find", "locate", "look for", "search for")


RESTING = ("place", "position", "store", "arrange", "hang", "leave", "keep", "rest", "set", "lay", "stand")
"""Verbs of which `is placed` tells where a thing is, not what is to be done."""

ACTORS = frozenset(_list("robot, agent, human, arm, he, she, you, we, i, assistant, manipulator, gripper"))
"""Subjects of what is to be done."""

WHOLE = ("everything", "anything", "all things", "every item", "all objects", "all items")
"""Nouns for all that is somewhere."""

VAGUE = frozenset(
    _list(
        "object, objects, item, items, thing, things, everything, something, anything, stuff, all objects, "
        "all items, contents, belongings"
    )
)
"""Nouns that do not say what is meant."""

PARTICLES = frozenset(_list("up, down, back, away, out, over, off, together, upright, aside, along, again"))
"""Words after a verb's object that add nothing to its preposition."""

ADVERBS = frozenset(
    _list(
        "everywhere, anywhere, carefully, gently, slowly, quickly, neatly, very, really, directly, right, "
        "exactly, just, also, too, only, well, properly, firmly, tightly, fully, completely, please, now, "
        "then, first, together, again, afterwards, straight, nearby, elsewhere, somewhere, safely, softly, "
        "rather, quite, nicely, tidily, else, extra, slightly, carefully, back, away, afterward, already, "
        "still, instead, maybe, perhaps, actually, simply, once, even, all, ever, always"
    )
)
"""Words that say how. All words that end in `ly` count as such too."""

MANNER = frozenset(_list("upside, upright, sideways, diagonally"))
"""Words that say how a thing is to stand, which no relation tells."""

SIDES: dict[str, str] = {
    **_all(
        "left",
        "on the left, on the left side, on the left-hand side, to the left, at the left, on the far left, "
        "farthest to the left, furthest to the left",
    ),
    **_all(
        "right",
        "on the right, on the right side, on the right-hand side, to the right, at the right, on the far "
        "right, farthest to the right, furthest to the right",
    ),
    **_all("middle", "in the middle, in the center, in the centre"),
    **_all("front", "in front, at the front, in the front"),
    **_all("back", "at the back, in the back, in the rear, at the rear"),
}
"""After a noun: which of several is meant."""

CHOICES: dict[str, str] = {
    **_all("left", "left, leftmost, left-most, left-hand"),
    **_all("right", "right, rightmost, right-most, right-hand"),
    **_all("middle", "middle, central, center, centre"),
    **_all("front", "front, frontmost, nearest, closest"),
    **_all("back", "back, rear, hindmost, rearmost, farthest, furthest"),
    **_all("top", "top, upper, topmost, uppermost"),
    **_all("bottom", "bottom, lower, bottommost, lowermost, undermost"),
    **_all("other", "other"),
}
"""Adjectives that choose one of several, and which."""

RANKS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        ("first, 1st", "second, 2nd", "third, 3rd", "fourth, 4th", "fifth, 5th", "sixth, 6th"), start=1
    )
    for word in _list(words)
} | {"last": -1}
"""Adjectives that choose one of several by its place in a row; the last is counted from the end."""

FROM_SIDES: dict[str, str] = {
    f"{lead}{side}": side
    for side in ("left", "right", "front", "back")
    for lead in ("from the ", "from ", "counting from the ", "counted from the ", "from the far ")
}
"""After a noun with a rank: where the row begins."""

OPPOSITE_CHOICES = {
    "left": "right", "right": "left", "front": "back", "back": "front", "top": "bottom", "bottom": "top",
}  # fmt: skip

ZONES = frozenset(_list("area, space, zone, nook, section, quarters, corner, lounge, suite"))
"""Nouns after what a room is for: `laundry area`."""

GENERIC = frozenset(
    _list(
        "seat, unit, set, piece, item, system, station, setup, set-up, combo, fixture, collection, stall, "
        "enclosure, arrangement, organizer, holder"
    )
)
"""Nouns that leave what stands before them what it is: `bench seat`, `pen set`."""

MEASURES = frozenset(
    _list(
        "slice, piece, loaf, roll, stick, bit, bunch, head, chunk, half, portion, serving, sheet, block, "
        "pat, light, glow, shade, shadow, smell, sound"
    )
)
"""Nouns before `of` that leave what follows what it is: `a slice of bread`, `the glow of the lamp`."""

PARTIES = _list("a family of, a group of, a class of, a party of, up to, about, around")
"""Before a number of people."""

COLOURS: dict[str, str] = {
    **{word: word for word in _list(
        "white, black, grey, silver, red, orange, yellow, green, blue, purple, pink, brown, beige, gold, "
        "copper, tan, turquoise"
    )},
    **_all("grey", "gray, greyish, grayish, anthracite, charcoal"),
    **_all("red", "crimson, scarlet, maroon, burgundy, reddish"),
    **_all("blue", "navy, azure, bluish, indigo"),
    **_all("green", "olive, lime, emerald, greenish"),
    **_all("turquoise", "teal, cyan, aqua"),
    **_all("purple", "violet, lilac, lavender"),
    **_all("pink", "magenta, rose"),
    **_all("brown", "chestnut"),
    **_all("beige", "cream, ivory, creme, sand, khaki, off-white"),
    **_all("white", "cream-white, snow-white, whitish"),
    **_all("black", "ebony, jet-black, blackish"),
    **_all("gold", "golden"),
    **_all("yellow", "mustard, yellowish, lemon-yellow"),
    **_all("orange", "amber, peach-coloured"),
}  # fmt: skip
"""Words for colours, and the colour that they are made in."""

TONES = frozenset(_list("light, dark, pale, bright, deep"))
"""Words that shade the colour after them."""

MATERIALS: dict[str, str] = {
    **{word: word for word in _list(
        "wooden, wood, metal, metallic, steel, plastic, ceramic, porcelain, glass, leather, fabric, stone, "
        "marble, cardboard, paper, wicker, rubber"
    )},
    **_all("wooden", "oak, pine, walnut, beech, birch, mahogany, teak, bamboo, timber, plywood"),
    **_all("metal", "aluminium, aluminum, iron, cast-iron, brass, chrome, tin, bronze"),
    **_all("steel", "stainless, stainless-steel"),
    **_all("fabric", "velvet, cotton, linen, wool, woollen, woolen, denim, canvas, textile, upholstered"),
    **_all("ceramic", "clay, terracotta, stoneware, earthenware, china"),
    **_all("glass", "crystal"),
    **_all("stone", "granite, concrete, slate, quartz"),
    **_all("wicker", "rattan, straw"),
    **_all("plastic", "acrylic, nylon, vinyl"),
    **_all("rubber", "silicone"),
}  # fmt: skip
"""Words for materials, and the material that things are made of for them."""

SIZES: dict[str, str] = {
    **_all(
        "small",
        "small, little, tiny, mini, compact, smallish, narrow, smaller, smallest, shorter, shortest, "
        "narrowest, thinner, thinnest, miniature, lowest",
    ),
    **_all(
        "large",
        "large, big, huge, giant, king-size, king-sized, queen-size, queen-sized, spacious, king, queen, "
        "larger, largest, bigger, biggest, taller, tallest, wider, widest, longer, longest, oversized, "
        "enormous, massive, gigantic",
    ),
}

SHAPES: dict[str, str] = {
    **_all("l-shaped", "l-shaped, l-shape, corner"),
    **_all("round", "round, circular"),
    **_all("oval", "oval"),
    **_all("square", "square"),
    **_all("rectangular", "rectangular"),
}

STATES = frozenset(
    _list(
        "empty, full, folded, unfolded, open, closed, dirty, clean, wet, dry, rolled, broken, hot, cold, "
        "used, unused, sliced, ripe, rotten, crumpled, half-empty, half-full, burning, lit, unopened, "
        "opened, chilled, cooled, heated, warmed, cooked, uncooked, raw, frozen, boiled, fried, baked, "
        "toasted, washed, rinsed, soaked, damp, dusty, stained, soiled, cleaned, chopped, peeled, unmade, "
        "locked, unlocked, upright, plugged-in, unplugged, filled, cracked, torn, ironed, wrinkled, "
        "stacked, wrapped"
    )
)

OPENNESS: dict[str, Literal["open", "close"]] = {
    "open": "open", "opened": "open", "closed": "close", "shut": "close",
}  # fmt: skip
"""States of doors, drawers and lids, and how they come about."""

STYLES = frozenset(
    _list(
        "cosy, cozy, old, new, nice, pretty, beautiful, simple, plain, fancy, comfortable, comfy, bright, "
        "dark, light, low, high, tall, short, long, wide, thin, thick, heavy, warm, soft, hard, typical, "
        "normal, standard, ordinary, realistic, retro, sturdy, shiny, cute, favourite, favorite, other, "
        "same, whole, entire, left, right, front, back, rear, near, far, nearest, closest, next, "
        "adjustable, desktop, built-in, single, airy, sunny, medium, medium-sized, average, deep, shallow, "
        "spare, fresh, matching, striped, patterned, standing, student, family, two-seat, two-seater, "
        "three-seat, three- seater, reading, writing, working, child, children, kid, kids, man, woman, "
        "person, people, guest, matte, glossy, lovely, bohemian, boho, japanese, art-deco, shabby-chic, "
        "eclectic, chic, luxury, tropical, coastal, gothic, sharp, blunt, transparent, clear, opaque, "
        "remaining, own, first, last, certain, particular, specific, correct, wrong, proper, right-hand, "
        "left-hand, upside-down, healthy, tasty, delicious, colourful, colorful, multicoloured, "
        "multicolored, multi-coloured, multi-colored, two-tone, checkered, floral, dotted, coloured, "
        "colored, hand-made, handmade, dark-coloured, pale, deep-blue, bright-coloured, comfortably, "
        "formal, casual, dining, outdoor, indoor, baby, adult, regular, usual, common, random, different, "
        "identical, similar, various, additional, free-standing, freestanding, wall-mounted, ceiling- "
        "mounted, fitted, foldable, folding, portable, cordless, digital, analog, smart, metallic-looking, "
        "quiet, well-lit, stylish, luxurious, walk-in, gas, electric"
    )
)
"""Adjectives that are understood to say nothing that can be asked of an object; they go into the notes."""

CONTRASTS: dict[str, str] = {
    **_all("large", "smallest, smaller, shorter, shortest, narrowest, thinner, thinnest"),
    **_all("small", "largest, larger, biggest, bigger, taller, tallest, wider, widest, longer, longest"),
}
"""Sizes that tell a thing from another of its kind, and the size that the other has."""

KINDS = frozenset(("double",))
"""Words for a variant that is made in its own way: a double sink has two basins."""

CONTAINERS = frozenset(
    _list(
        "refrigerator, microwave, dresser, wardrobe, toolbox, basket, box, cardboard box, bin, trash bin, "
        "sink, dishwasher, oven, cabinet, cupboard, bookcase, bowl, mug, cup, glass, jar, pot, vase, frying "
        "pan, kettle, crate, bucket, hamper, pen holder, chest, bag, bathtub, washing machine, wall "
        "cabinet, kitchen cabinet, filing cabinet, drawer, safe, backpack, suitcase, toy box, bottle"
    )
)
"""Categories that things come out of and go into, where nothing else is said; on all others they stand."""

PACKAGES = frozenset(
    _list("bottle, can, carton, jar, cup, box, bag, mug, glass, shampoo, detergent, tube, jug, plain")
)
"""Words in the categories of substances, which are made in what they are sold or served in."""

BUILT_IN = {"pantry": "cabinet", "larder": "cabinet", "closet": "wardrobe"}
"""Rooms that are furniture in another room, and as what they are made."""

TOPPED = frozenset(_list("dresser, nightstand, tv stand, sideboard, cabinet, filing cabinet"))
"""Containers that things rather stand on than lie in: `a dresser with a vase`."""

FLAT = frozenset(
    _list(
        "table, dining table, coffee table, side table, counter, plate, tray, bed, sofa, chair, office "
        "chair, armchair, rug, stool, bench, stove, workbench, laptop, book, chopping board, cutting board, "
        "rack, dumbbell rack, weight bench, hand truck, whiteboard"
    )
)
"""Categories without an inside: in them means on them."""

DOORS = frozenset(
    _list(
        "microwave, refrigerator, wardrobe, dresser, cabinet, cupboard, oven, dishwasher, filing cabinet, "
        "nightstand, tv stand, wall cabinet, kitchen cabinet, sideboard, washing machine, desk, counter, "
        "safe, stove"
    )
)
"""Categories that `the door` can be of."""

LIDS = frozenset(_list("toolbox, toy box, chest, box, laptop, trash bin, pot, jar, kettle"))
"""Categories that `the lid` can be of."""

IMPLIED_FACING = (("office chair", "desk"), ("chair", "table"), ("chair", "desk"))
"""Seats that face what they belong to, though nobody says so."""

WORKPLACES: dict[str, tuple[str, ...]] = {
    "classroom": ("desk", "chair"),
    "office": ("desk", "office chair"),
    "computer_lab": ("desk", "office chair"),
    "childrens_room": ("single bed",),
}
"""What a room for a number of people has for each of them."""

TABLE_ROOMS = ("dining_room", "meeting_room", "break_room", "kitchen")
"""Rooms for a number of people in which these sit at a table."""

CHILDREN = frozenset(_list("children, kids, toddlers, girls, boys, siblings, brothers, sisters, twins"))
"""People with a bed each."""

PEOPLE = (
    frozenset(
        _list(
            "people, person, persons, guests, guest, places, pupils, students, adults, workers, employees, "
            "colleagues, teachers, diners, customers, players, visitors, residents, participants"
        )
    )
    | CHILDREN
)

STOOD_ON = frozenset(("sink",))
"""Furniture that small things by it stand on the rim of."""

MISLEADING = frozenset(
    _list(
        "watering can, paper towel, toilet paper, toilet bowl, toilet seat, car seat, flower bed, river "
        "bed, water bed, dog bed, cat bed, pool table, changing table, ironing board, punching bag, "
        "shopping cart, phone booth, computer chip, bar stool, chess board, mouse trap, baking tray, dog "
        "bowl, book shelf light, bean bag, sleeping bag, candy bar, chocolate bar, cereal bar, energy bar, "
        "groceries, towel bar, grab bar, salad bar, space bar, crow bar"
    )
)
"""Compounds that are not just a special kind of what their last word names."""


PLACES: dict[str, str] = {
    **_all(
        "on",
        "on top of, on top, on, upon, atop, up on, down on, all over, on the inside of, on the surface of, "
        "on the top "
        "of, at the top of, across the top of",
    ),
    **_all("over", "over, directly over"),
    **_all("above", "above, directly above, just above, high above"),
    **_all("onto", "onto, on to"),
    **_all("in", "in, inside of, inside, within, back in, on the inside of"),
    **_all("into", "into, in to"),
    **_all(
        "under",
        "under, underneath, below, beneath, directly under, directly below, directly beneath, from under, "
        "from underneath, tucked under",
    ),
    **_all(
        "next_to",
        "next to, beside, by, alongside, adjacent to, at the side of, right next to, directly next to, "
        "adjoining, abutting, bordering, set beside, right beside, directly beside, to one side of, to the "
        "side of, on one side of, on a side of, on the side of, up next to",
    ),
    **_all("next_to", "at its side, by its side, to its side"),
    **_all(
        "flanking",
        "on either side of, on both sides of, on each side of, at either side of, at both sides of, at each "
        "side of, to either side of, to both sides of, to each side of, flanking",
    ),
    **_all(
        "near",
        "near, near to, close to, closer to, nearer to, close by, within arm's reach of, "
        "within arm 's reach of, not far from, in the vicinity of, within reach of, within easy "
        "reach of, nearby, around the corner from",
    ),
    **_all(
        "far",
        "far from, far away from, well away from, a long way from, furthest from, as far as, farther from, "
        "further from",
    ),
    **_all("outside", "outside, outside of"),
    **_all("nearest", "nearest to, nearest, closest to, closest"),
    **_all("farthest", "farthest from, farthest away from, furthest away from"),
    **_all(
        "left_of",
        "left of, to the left of, on the left of, to the left side of, at the left of, on the left-hand "
        "side of, on the left hand side of, to its left, on its left, at its left, to its left side, just "
        "left of, immediately left of",
    ),
    **_all(
        "right_of",
        "right of, to the right of, on the right of, to the right side of, at the right of, on the "
        "right-hand side of, on the right hand side of, to its right, on its right, at its right, to its "
        "right side, just right of, immediately right of",
    ),
    **_all("left_side", "on the left side of, on its left side, at the left side of, on the left half of"),
    **_all("left_side", "on the left part of, in the left part of, on the left end of, at the left end of"),
    **_all(
        "right_side", "on the right side of, on its right side, at the right side of, on the right half of"
    ),
    **_all(
        "right_side", "on the right part of, in the right part of, on the right end of, at the right end of"
    ),
    **_all("front_side", "on the front of, at the front of, in the front of, at the front edge of"),
    **_all("back_side", "on the back of, at the rear of, at the back edge of, in the back of"),
    **_all("back_left_side", "on the back left of, in the back left corner of, at the back left of"),
    **_all("back_right_side", "on the back right of, in the back right corner of, at the back right of"),
    **_all("front_left_side", "on the front left of, in the front left corner of, at the front left of"),
    **_all("front_right_side", "on the front right of, in the front right corner of, at the front right of"),
    **_all("in_front_of", "in front of, ahead of, directly in front of, right in front of, just in front of"),
    **_all("behind", "behind, at the back of, from behind, directly behind, right behind"),
    **_all("foot_of", "at the foot of, at the foot end of, at its foot"),
    **_all("head_of", "at the head of, at the head end of, at its head"),
    **_all(
        "long_side",
        "on its long side, along its long side, at its long side, on the long side of, at the long side of, "
        "along the long side of, on the long sides of, at the long sides of, along the long sides "
        "of, on each "
        "long side of, on one long side of, at each long side of",
    ),
    **_all(
        "short_side",
        "on its short side, on the short side of, at the short side of, on the short sides of, at the short "
        "sides of, at each end of, at either end of, at both ends of, at the ends of, on each short side of, "
        "on one short side of, at one end of, at the end of, at its end, at the far end of, on each end of",
    ),
    **_all(
        "facing",
        "facing, facing towards, facing toward, looking at, looking towards, looking toward, oriented "
        "towards, oriented toward, turned towards, turned toward, angled towards, angled toward, pointed at, "
        "pointing at, overlooking, directly facing",
    ),
    **_all(
        "across",
        "opposite, opposite to, opposite from, across from, directly across from, directly opposite, on the "
        "opposite side of, at the opposite side of, on the other side of, across the room from, across",
    ),
    **_all("against", "against, along, up against, leaning against, propped against, lining, flush against"),
    **_all("between", "between, in between, from between, in the middle between, sandwiched between"),
    **_all("around", "around, surrounding, encircling, all around, arranged around, gathered around, round"),
    **_all(
        "middle_of",
        "in the middle of, in the center of, in the centre of, at the center of, at the centre of, at the "
        "middle of, in the very center of, in its center, in its centre, in its middle, at its center, at "
        "its centre, on the center of, on the middle of, centered on, centred on, centered in, centred in, "
        "centered under, centered at, near the center of, near the middle of",
    ),
    **_all("centered", "centered around, centred around, centered about"),
    **_all(
        "corner_of", "in the corner of, in a corner of, in one corner of, at the corner of, on the corner of"
    ),
    **_all("at", "at"),
    **_all("to", "to, toward, towards, over to, back to, in the direction of"),
    **_all(
        "from",
        "from, away from, farther away from, further away from, out of, off, off of, "
        "from inside, from on, from the inside of, from within, from on top of",
    ),
    **_all("with", "with"),
    **_all("using", "using, with the help of, by means of"),
    **_all(
        "contains",
        "containing, holding, full of, filled with, stacked with, loaded with, packed with, stocked with, "
        "bearing, lined with",
    ),
    **_all("served", "laid for, set for, laid out for, set out for"),
    **_all("laid", "set with, laid with, set for dinner with"),
    **_all("for", "for, that seats, which seats, that seat, seating, with room for, with seats for"),
    **_all("as", "as, like"),
    **_all("of", "of"),
    **_all(
        "during",
        "during, until, after, before, since, about, via, per, despite, out of reach of, because of, "
        "thanks to, according to, regardless of",
    ),
    **_all("during", "instead of, in place of, rather than"),
    **_all("through", "through, throughout"),
}
"""Prepositions, longest match first. `to`, `onto`, `into` lead to a place, `from` away from it."""

OF_IT = frozenset(text for text in PLACES if "its" in text.split())
"""Those that say themselves what they refer to: `to its left`."""

ADVERBIAL: dict[str, str] = {
    **_all("above", "above, overhead, up above"),
    **_all("under", "below, underneath, beneath"),
    **_all("near", "nearby, close by, near by"),
    **_all("in", "inside, within"),
    **_all("on", "on top, atop, on its top, on the top, on its surface"),
    **_all("next_to", "beside, alongside, adjacent, at its side, to the side, off to the side"),
    **_all("in_front_of", "in front, up front"),
    **_all("behind", "behind"),
    **_all("across", "opposite, across"),
    **_all("between", "in between, between"),
    **_all("around", "around, all around"),
    **_all("flanking", "on either side, on both sides, on each side, at either side, to either side"),
    **_all("left_side", "on the left, on the left side, to the left, at the left, on the left-hand side"),
    **_all(
        "right_side", "on the right, on the right side, to the right, at the right, on the right-hand side"
    ),
    **_all("short_side", "at each end, at either end, at both ends, on each end"),
    **_all("long_side", "on each long side, on the long side, on the long sides, along the long side"),
    **_all("foot_of", "at the foot"),
    **_all("head_of", "at the head"),
    **_all("middle_of", "in the middle, in the center, in the centre, at the center, at the centre"),
    **_all("middle_of", "centered, centred"),
}
"""Prepositions that stand alone, after which something named before is meant."""

SETTLED: dict[str, str] = {
    **_all(
        "",
        "be, stand, sit, lie, rest, hang, lean, remain, perch, nestle, nest, stay, reside, live, "
        "wait, float, "
        "dangle, arch, extend, run, stretch, loom, rise, tower, protrude, sprawl, await, appear, emerge, "
        "place, position, locate, situate, set, put, lay, arrange, mount, suspend, affix, attach, fix, "
        "install, tuck, prop, park, leave, store, keep, stack, pile, scatter, strew, spread, drape, leave, "
        "line up, fit, build, embed, secure, hide, stash, organize, organise, align, pin, tape, stick, "
        "hook, group, cluster, gather, station, space, line, push, pull, slide, drop, roll, turn, "
        "open, close, belong, go, pose, balance, curl, slump, grow, blink, glow, burn, mark, seat, "
        "distribute",
    ),
    **_all(
        "contains",
        "hold, support, contain, house, carry, bear, store, display, showcase, have, include, boast, "
        "feature, present, "
        "reveal, host, incorporate, sport, possess, fill, stock, load, pack, equip, furnish, fit, outfit, "
        "litter, cram, clutter",
    ),
    **_all("on_it", "top, crown, cover, adorn, decorate, drape, grace, cap, dot, deck, layer, dress"),
    **_all("facing", "face, overlook, view, watch"),
    **_all("flanking", "flank"),
    **_all("around", "surround, encircle, ring, enclose, circle, encompass"),
    **_all("occupies", "occupy, fill, anchor, dominate, center, centre, define, ground, command"),
    **_all("against", "line, hug, border, edge, span"),
    **_all("between", "separate, divide, partition"),
    **_all("next_to", "accompany, complement, pair, match, join, meet, adjoin, abut, neighbor, neighbour"),
    **_all("above", "illuminate, light, overhang, crown"),
    **_all("in", "inhabit"),
    **_all("sees", "see, find, notice, spot, discover, meet, encounter, add, want, need, choose, showcase"),
}
"""Verbs of description, and how their subject relates to their object: `the desk holds a lamp`. The verbs of
the first group tell only where their subject is; the preposition after them says how."""

PASSIVE: dict[str, str] = {
    **_all(
        "contains",
        "fill, load, pack, stock, line, equip, furnish, fit, outfit, litter, cram, clutter, stuff, scatter",
    ),
    **_all(
        "topped",
        "top, cover, adorn, decorate, drape, grace, cap, dot, deck, crown, layer, dress, set, strew, stack, "
        "pile, accent, lay, mount, hang, sprinkle",
    ),
    **_all("flanked", "flank"),
    **_all("surrounded", "surround, encircle, ring, enclose, circle"),
    **_all("beside", "accompany, complement, pair, match, join, meet, border"),
    **_all("lit", "illuminate, light"),
    **_all("supported", "support"),
    **_all("divided", "separate, divide"),
    **_all("centered", "anchor, dominate, center, centre"),
}
"""Participles with `by` or `with`, and how what follows relates to their subject: `topped with a vase`."""

WALL_SIDES: dict[str, str] = {
    "left": "left", "left-hand": "left", "right": "right", "right-hand": "right", "back": "back",
    "far": "back", "rear": "back", "front": "front", "door": "front", "entrance": "front", "long": "long",
    "longer": "long", "longest": "long", "short": "short", "shorter": "short", "shortest": "short",
}  # fmt: skip
"""Words for one of the walls or corners of a room, and which it is as seen from the door."""

MANNERS: dict[str, str] = {
    **_all(
        "side_by_side",
        "side by side, side-by-side, in a row, in a line, in one line, in one row, next to each "
        "other, in a neat "
        "row, in a neat line, lined up",
    ),
    **_all(
        "manner",
        "a quarter turn, a half turn, half a turn, a full turn, "
        "upside down, upside-down, face down, face up, in rows, in order, in a circle, one by one, "
        "in pairs, in a "
        "grid, one at a time, two by two, at the same time, in any order, one after the other, on "
        "its side, on end, at an "
        "angle, in a semicircle, in a cluster, in a corner-to-corner line, back to back, by hand, "
        "with care, with "
        "both hands, with one hand, with your hand, with the gripper, with your gripper, using both "
        "arms, as usual",
    ),
}
"""Adverbial phrases that say how things stand among themselves, or how something is to be done."""

STYLE_NOUNS = frozenset(
    _list(
        "style, styled, look, design, tones, tone, colours, colors, aesthetic, theme, themed, vibe, "
        "decor, charm"
    )
)
"""Nouns before or after which words say how a room looks."""
