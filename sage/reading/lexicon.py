"""What the reader knows of English, as data: extend it here.

Nouns of objects and rooms are not here: they come from the vocabulary.
"""

from __future__ import annotations

from typing import Literal

from sage.task import Density, Disorder, StyleName

Frame = Literal["move", "take", "open", "close", "clear", "load", "stack", "turn", "idle"]
"""What a verb needs: `move` an object to a place; `take` an object, perhaps from a place; `open` or `close`
one; `clear` a support; `load` a container with objects; `stack` objects; `turn` a device on or off. `idle`
verbs have no effect on where things are."""


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(","))


def _all(value: str, text: str) -> dict[str, str]:
    return dict.fromkeys(_list(text), value)


ARTICLES = frozenset(_list("a, an, the, this, that, these, those, my, your, our, his, her, their, its"))
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

OPENINGS = frozenset(_list("door, lid, flap, cover"))
"""Parts that are opened and closed without being told apart."""

REGIONS = frozenset(
    _list(
        "edge, head, foot, side, top, end, surface, back, front, rim, center, centre, middle, corner, "
        "inside, burner, hob, cooktop, arm, armrest, seat, tabletop, basin, knob, handle, dial, lever"
    )
)
"""Places on an object that no relation can tell from the object itself."""

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
    **_all("them", "them, they, these, those, both, all of them, both of them, all, each"),
    **_all("there", "there, inside, inside it, inside them, in there, in it, in them, within it, into it"),
    **_all("one", "one, ones"),
    **_all("others", "each other, one another, each other's"),
    **_all(
        "person",
        "me, us, you, him, her, someone, the user, the person, the human, yourself, my friend, the human's "
        "hand, my hand, the robot's hand, the hand",
    ),
    **_all("nothing", "nothing, nothing else, nobody, no one"),
}
"""Words that stand for what was named before, or for people."""

DETERMINING = frozenset(_list("this, that, these, those, both, all, each, one, her"))
"""Those among them that can also stand before a noun."""

PLACES: dict[str, str] = {
    **_all("on", "on top of, on, upon, atop, over, up on, down on, all over, on the inside of"),
    **_all("onto", "onto, on to"),
    **_all("in", "in, inside of, inside, within, back in"),
    **_all("into", "into, in to"),
    **_all("under", "under, underneath, below, beneath, from under, from underneath"),
    **_all(
        "next_to",
        "next to, beside, by, alongside, adjacent to, at the side of, on either side of, on both sides of, "
        "on each side of, at either side of, right next to",
    ),
    **_all("next_to", "at its side, by its side"),
    **_all("near", "near, near to, close to, close by, not far from, in the vicinity of"),
    **_all("nearest", "nearest to, nearest, closest to, closest"),
    **_all("farthest", "farthest from, farthest away from, furthest from, furthest away from"),
    **_all(
        "left_of",
        "left of, to the left of, on the left of, to the left side of, at the left of, on the left-hand "
        "side of, to its left, on its left, at its left, to its left side",
    ),
    **_all(
        "right_of",
        "right of, to the right of, on the right of, to the right side of, at the right of, on the "
        "right-hand side of, to its right, on its right, at its right, to its right side",
    ),
    **_all("left_side", "on the left side of"),
    **_all("right_side", "on the right side of"),
    **_all("in_front_of", "in front of, ahead of"),
    **_all("behind", "behind, in back of, at the back of, from behind"),
    **_all(
        "facing",
        "facing, facing towards, facing toward, opposite, opposite to, across from, faces, face, looking at",
    ),
    **_all("against_wall", "against, along, up against"),
    **_all("between", "between, in between, from between"),
    **_all("around", "around, surrounding"),
    **_all("at", "at"),
    **_all("to", "to, toward, towards, over to, back to"),
    **_all(
        "from",
        "from, out of, off, off of, from inside, from on, from the inside of, from within, from on top of",
    ),
    **_all("with", "with, surrounded by, flanked by"),
    **_all(
        "contains",
        "containing, holding, full of, filled with, stacked with, loaded with, packed with, covered with, "
        "stocked with",
    ),
    **_all("served", "laid for, set for, laid out for, set out for"),
    **_all("laid", "set with, laid with, set for dinner with"),
    **_all("above", "above"),
    **_all("for", "for, that seats, which seats, that seat, seating, with room for, with seats for"),
}
"""Prepositions, longest match first. `to`, `onto`, `into` lead to a place, `from` away from it."""

OF_IT = frozenset(text for text in PLACES if "its" in text.split())
"""Those that say themselves what they refer to: `to its left`."""

BINDERS = _list(
    "that is, that are, which is, which are, that stands, that stand, which stands, which stand, that lies, "
    "that lie, which lies, which lie, that sits, that sit, which sits, that hangs, that was, standing, "
    "lying, sitting, placed, located, resting, hanging, positioned, kept, stored, arranged, mounted, found, "
    "situated, currently, that are lying, that is lying, which is lying, that is standing, dropped, strewn, "
    "leaning, that leans, that lean, scattered, spread, propped, hung, parked, installed"
)
"""Between a noun and the preposition that tells where it is now."""

PURPOSES = _list(
    "so that it is, so it is, such that it is, so that they are, in such a way that it is, so that it "
    "stands, so that it lies, so that it sits, so that it ends up"
)
"""Between a verb's object and where it is to be."""

COPULAS = frozenset(
    _list(
        "is, are, was, were, stands, stand, lies, lie, sits, sit, hangs, hang, goes, go, should, must, be, "
        "rests, rest"
    )
)
"""Verbs of statements: `the mug is on the table`."""

NEGATIONS = _list(
    "no, without any, without a, without an, without, not any, not a, free of, but no, and no, neither, "
    "nor, not have, not have any, not contain, not contain any, does not have, does not have any, do not "
    "want, do not want any, do not need, i do not want, i do not want any, i do not need, we do not want, "
    "must not contain, must not contain any, must not have, must not have any, should not have, should not "
    "have any, should not contain, should not contain any, does not contain, has no, have no, there is no, "
    "there are no, there should be no, there must be no, there should not be any, there should not be a, "
    "there must not be any, but without, but without any, except, but not any, lacks, lacking, minus, "
    "devoid of, leave out, leave out any, excluding"
)

FORBIDDING = _list(
    "but without, and without, but do not, but never, but avoid, do not, never, must not, should not, can "
    "not, may not, avoid, refrain from, do not ever, be careful not to, take care not to, try not to, "
    "without, instead of, rather than, you must not, you should not"
)
"""Before a verb: what is not to be done."""

DUTIES = frozenset(
    " ".join(filter(None, (modal, verb, done)))
    for modal in _list(
        "should, must, needs to, need to, has to, have to, ought to, is to, are to, is supposed to, are "
        "supposed to, shall, to"
    )
    for verb in _list("be, go, end up, end up being, come, get, sit, stand, lie")
    for done in ("", *_list("placed, put, moved, set, stored, brought, returned, left, transferred, carried"))
) | frozenset(_list("goes, go, belongs, belong, belongs back, goes back"))
"""After a noun: what follows is to hold in the end."""

ENSURING = _list(
    "make sure that, make sure, ensure that, ensure, see to it that, be sure that, make certain that, check "
    "that, get it so that, verify that"
)
"""Before a statement that is to hold in the end."""

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
            "up, clip, press down, lead"
        ),
        "move",
    ),
    **dict.fromkeys(
        _list(
            "pick up, pick, grab, take, take out, get, get out, fetch, lift, lift up, remove, collect, "
            "retrieve, grasp, hold, bring, pull out, find, go get, go and get, go fetch, pick out, raise, "
            "grip, catch, locate, look for, search for, bring over, lift off, unhook, seize, snatch, fish "
            "out, hand me, get me, fetch me, bring me, give me, pass me, hand us, bring us, get us"
        ),
        "take",
    ),
    **dict.fromkeys(_list("stack, stack up, pile, pile up"), "stack"),
    **dict.fromkeys(_list("open, open up, uncover"), "open"),
    **dict.fromkeys(_list("close, shut"), "close"),
    **dict.fromkeys(
        _list("clear, clear off, clear up, tidy, tidy up, clean up, empty, unload, unpack, clear away"),
        "clear",
    ),
    **dict.fromkeys(_list("turn on, switch on, turn off, switch off, power on, power off, light up"), "turn"),
    **dict.fromkeys(_list("load, fill, pack, load up, fill up"), "load"),
    **dict.fromkeys(
        _list(
            "switch, wipe, clean, wash, water, press, touch, look at, use, turn, rotate, inspect, approach, "
            "wipe down, dust, go to, walk to, drive to, navigate to, push in, restock, heat, heat up, warm, "
            "warm up, cook, boil, fry, bake, toast, microwave, cool, cool down, chill, freeze, rinse, "
            "slice, cut, chop, peel, fold, unfold, examine, observe, look, turn around, turn left, turn "
            "right, walk, head to, serve, stir, toggle, plug in, unplug, wait, scrub, polish, mop, vacuum, "
            "iron, dry, soak, point at, point to, show, read, play, start, stop, activate, deactivate, "
            "shake, flip, twist, spin, screw, unscrew, unlock, lock, prepare, make ready, water, feed, "
            "count, check, knock on, ring, scoop, mix, wrap, unwrap, tie, wear, return to, back up, watch, "
            "drink, eat, clean off, wash up, tidy away, dust off, crack, squash, smell, tap, poke, "
            "straighten, align, pick between"
        ),
        "idle",
    ),
}
"""Imperatives, longest match first."""

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


def _gerund(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    doubled = first in _list(
        "put, set, get, grab, cut, drop, chop, shut, mop, stop, tap, wrap, slip, dump, grip"
    )
    stem = first[:-1] if first.endswith("e") and not first.endswith("ee") else first
    stem = f"{stem}{stem[-1]}" if doubled and first not in ("dump",) else stem
    stem = "ty" if first == "tie" else "ly" if first == "lie" else stem
    return f"{stem}ing {rest}".strip()


GERUNDS: dict[str, str] = {_gerund(verb): verb for verb in VERBS}
"""`putting down`, and the verb that it is of."""


def _participle(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    irregular = {
        "put": "put", "set": "set", "lay": "laid", "stand": "stood", "throw": "thrown", "take": "taken",
        "bring": "brought", "leave": "left", "hold": "held", "get": "got", "give": "given", "shut": "shut",
        "hang": "hung", "hide": "hidden", "keep": "kept", "stick": "stuck", "grip": "gripped",
        "slip": "slipped",
        "drop": "dropped", "drag": "dragged", "transfer": "transferred", "grab": "grabbed", "wrap": "wrapped",
        "cut": "cut", "chop": "chopped",
    }  # fmt: skip
    plain = (
        f"{first}d" if first.endswith("e") else f"{first[:-1]}ied" if first.endswith("y") else f"{first}ed"
    )
    return f"{irregular.get(first, plain)} {rest}".strip()


PARTICIPLES: dict[str, str] = {_participle(verb): verb for verb in VERBS if VERBS[verb] != "idle"}
"""`picked up`, and the verb that it is of."""

RESTING = ("place", "position", "store", "arrange", "hang", "leave", "keep", "rest", "set", "lay", "stand")
"""Verbs of which `is placed` tells where a thing is, not what is to be done."""

ACTORS = ("robot", "and", "then", ",", "it", "agent", "human", "arm", "he", "she")
"""Words after which `picks up` is what a robot does."""

VAGUE = frozenset(
    _list(
        "object, objects, item, items, thing, things, everything, something, anything, stuff, all objects, "
        "all items, contents, belongings"
    )
)
"""Nouns that do not say what is meant."""

GERUND_LEADS = frozenset(
    _list(
        "after, before, by, mind, when, while, start, begin, finish, on, for, try, of, without, avoid, "
        "from, than, upon, and, ,"
    )
)
"""Words after which a gerund is read as its verb."""

PARTICLES = frozenset(_list("up, down, back, away, out, over, off, together, upright, aside, along, again"))
"""Words after a verb's object that add nothing to its preposition."""

DESCRIBE = _list(
    "there is, there are, there should be, there must be, create, generate, make, build, design, furnish, "
    "give me, i want, i would like, i need, show me, imagine, it has, it contains, it should have, it "
    "should contain, has, have, featuring, features, including, includes, include, contains, containing, "
    "plus, as well as, along with, together with, with, consisting of, that has, which has, that contains, "
    "equipped with, furnished with, where, in which, and also, it needs, also, i need a scene with, set up, "
    "provide, we need, we want, we have, i have, there was, there were, simulate, let there be, i want to "
    "have, include also, that contain, that have, generate me, please create, create me, in it, a scene in "
    "which, a scene where, a scene of, a scene with, furnished, with a view of"
)
"""Before what a room holds."""

POLITE = _list(
    "please, if, in case, can you, could you, would you, will you, can the robot, i want you to, i would "
    "like you to, i need you to, you should, you must, you have to, you need to, you can, the robot should, "
    "the robot must, the robot has to, the robot needs to, the robot can, a robot should, a robot must, a "
    "robot has to, a robot can, a robot to, the robot to, the robot, a robot, robot, hey, hi, hello, help "
    "me to, help me, let us, your task is to, the task is to, task, go and, try to, be sure to, make sure "
    "to, and, then, and then, after that, afterwards, next, finally, first, firstly, secondly, now, lastly, "
    "also, just, so, kindly, thanks, thank you, would you mind, do you mind, could you please, would you "
    "please, it would be great if you could, it would be nice if you could, i would appreciate it if you "
    "could, if you do not mind, if possible, would it be possible to, is it possible to, how would you, how "
    "do i, how can you, how do you, can i have you, will you, would you be so kind as to, be so kind as to, "
    "be so kind to, your job is to, the job is to, my job is to, the robot's job is to, job is to, the goal "
    "is to, your goal is to, goal, task is to, instruction, i would like the robot to, i want the robot to, "
    "i would love you to, i need the robot to, before you, after you, before, after, when you, once you, "
    "while you, when, once, while, until, before that, after this, following that, subsequently, meanwhile, "
    "instead, again, remember to, do not forget to, you may, feel free to, proceed to, continue to, need "
    "to, we need to, we should, we must, let me see you, right, ok, okay, alright, well, good, great, if "
    "you can, as soon as you can, immediately, at once, now, in order to, in the end, in the meantime, i "
    "need you to please, there, here, human, assistant, hey robot, dear robot, sir, asap, please do, and "
    "please, start, begin, go, come and, it is time to, once done, when done, start by, begin by, i want "
    "to, i would like to, you are to, to, as well, but"
)
"""Between clauses; without effect."""

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

ARRAYS = _list(
    "in a row, in a line, in rows, in order, in a circle, side by side, one by one, in pairs, in a grid, "
    "one at a time, as usual, at the same time, in any order, in the end, to one another, with care, with "
    "both hands, with one hand, by hand, with your hand, with your left hand, with your right hand, with "
    "your gripper, with the gripper, in your hand, in your gripper, in time, for me, for us, for you, for "
    "dinner, for lunch, for breakfast, for later, for cooking, for storage, for safekeeping, for cleaning, "
    "for washing, on it own"
)
"""How things are to stand among themselves, which no relation tells either."""

DIRECTIONS = _list(
    "to the left, to the right, to the left side, to the right side, left, right, leftward, rightward, "
    "leftwards, rightwards, forward, forwards, backward, backwards, to the side, to one side, to the front, "
    "to the back, upward, upwards, downward, downwards, clockwise, counterclockwise, anticlockwise, "
    "halfway, a bit, a little, a little bit, all the way, sideways, closer, further, around, aside"
)
"""Where to push or turn a thing; no relation tells that."""

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

MEASURES = frozenset(
    _list(
        "slice, piece, loaf, roll, stick, bit, bunch, head, chunk, half, portion, serving, sheet, block, pat"
    )
)
"""Nouns before `of` that leave what follows what it is: `a slice of bread`."""

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

DENSITIES: dict[str, Density] = {
    **dict.fromkeys(
        _list(
            "minimalist, minimalistic, minimal, sparse, sparsely, decluttered, spartan, bare, japandi, zen"
        ),
        "sparse",
    ),
    **dict.fromkeys(_list("cluttered, crowded, overfull, crammed, densely"), "dense"),
}
"""Words that say how much there is in a room."""

DISORDERS: dict[str, Disorder] = {
    **dict.fromkeys(
        _list("tidy, neat, organized, organised, orderly, spotless, uncluttered, decluttered, immaculate"),
        "tidy",
    ),
    **dict.fromkeys(
        _list("messy, untidy, chaotic, disorganized, disorganised, disorderly, cluttered, unkempt, trashed"),
        "messy",
    ),
}
"""Words that say how neat a room is."""

MOODS = DENSITIES.keys() | DISORDERS.keys()

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

_LOOKS: dict[StyleName, str] = {
    "modern": "modern, contemporary, minimalist, minimalistic, sleek, futuristic, mid-century",
    "rustic": "rustic, farmhouse, country, country-style, cottage, cabin, mediterranean",
    "classic": "classic, classical, traditional, victorian, elegant, vintage, antique, colonial, "
    "old-fashioned",
    "industrial": "industrial, loft, loft-style, urban",
    "scandinavian": "scandinavian, nordic, scandi, japandi, swedish, danish, norwegian",
}

LOOKS: dict[str, StyleName] = {word: style for style, words in _LOOKS.items() for word in _list(words)}
"""Words for how a room looks, and the style that they mean."""

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

OTHER_ROOMS = frozenset(
    _list(
        "toilet, laboratory, lab, hospital room, laundry, attic, garden, balcony, terrace, flat, house, "
        "hotel room, factory, hospital, church, theatre, theater, cinema, museum, street, sauna, spa"
    )
)
"""Rooms that people ask for and that the vocabulary does not hold; they are refused by name."""

BOUNDARIES = (
    frozenset(
        _list(
            "and, or, but, then, while, that, which, who, where, with, without, of, from, to, please, "
            "there, is, are, was, has, have, contains, so, because, before, after, until, if, not, no, for, "
            "each, every, both, another, it, them, at, as, plus, including, featuring, needs, need, "
            "belongs, belong, instead, neither, nor, once, when, will"
        )
    )
    | {word for word in ARTICLES if word != "a"}
    | {"a"}
)
"""Words that no noun phrase runs across."""
