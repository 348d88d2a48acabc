"""Verbs with their argument frames, and adverbs of manner."""

from __future__ import annotations

from typing import Literal

from sage.language.lexicon.entries import entries, mapped

__all__ = [
    "ACTIONS",
    "ADVERBS",
    "ARRANGING",
    "COVERING",
    "DESCRIPTIVE",
    "DIRECTIONS",
    "DISPOSING",
    "HOLDING",
    "IMPERATIVES",
    "MANNER",
    "NUDGING",
    "PASSIVE",
    "PROCESSES",
    "REQUESTS",
    "RESTING",
    "RESULTS",
    "SLIDING",
    "STATELESS",
    "VERBS",
    "Frame",
]

Frame = Literal[
    "move", "take", "open", "close", "clear", "load", "lay", "stack", "turn", "idle", "describe", "exclude",
    "forbid",
]  # fmt: skip
"""Meaning and arguments of a verb.

`move` an object to a place; `take` an object, optionally from a place; `open` or `close` an object; `clear` a
support; `load` a container with objects; `lay` a table; `stack` objects; `turn` a device on or off. `idle`
verbs do not change the arrangement. `describe` is a statement, `exclude` and `forbid` rule something out.
"""

VERBS: dict[str, Frame] = {
    **dict.fromkeys(
        entries(
            "put, place, set, lay, stand, drop, throw, toss, move, transfer, carry, push, slide, pull, "
            "return, hang, lean, insert, position, rest, deposit, stash, relocate, shift, dump, chuck, "
            "slip, sort, arrange, leave, drag, roll, hide, park, tuck, stow, keep, store, stick, shove, "
            "line up, align, get rid of, organize, organise, gather, distribute, put down, put away, put "
            "back, set down, lay down, place down, throw away, throw out, discard, dispose of, hang up, "
            "hand over, hand, give, pass, deliver, bring back, take back, add, load up into, shove, nudge, "
            "slot, plug, hook, mount, lower, squeeze, pour, sweep, nest, reposition, place back, hang back "
            "up, clip, press down, lead, line, dip, set up, attach, let, stash away, rearrange, "
            "group, nestle, pair, add in, create, include, install, order"
        ),
        "move",
    ),
    **dict.fromkeys(
        entries(
            "pick up, pick, grab, take, take out, get, get out, fetch, lift, lift up, remove, collect, "
            "retrieve, grasp, hold, bring, pull out, find, go get, go and get, go fetch, pick out, raise, "
            "grip, catch, locate, look for, search for, bring over, lift off, unhook, seize, snatch, fish "
            "out, hand me, get me, fetch me, bring me, give me, pass me, hand us, bring us, get us, "
            "choose, select, "
            "scoop, delete, erase, take away, lose"
        ),
        "take",
    ),
    **dict.fromkeys(entries("avoid, refrain from, skip"), "forbid"),
    **dict.fromkeys(entries("stack, stack up, pile, pile up"), "stack"),
    **dict.fromkeys(entries("open, open up, uncover"), "open"),
    **dict.fromkeys(entries("close, shut"), "close"),
    **dict.fromkeys(
        entries(
            "clear, clear off, clear up, tidy, tidy up, clean up, empty, unload, unpack, clear away, "
            "straighten up"
        ),
        "clear",
    ),
    **dict.fromkeys(
        entries("turn on, switch on, turn off, switch off, power on, power off, light up"), "turn"
    ),
    **dict.fromkeys(entries("load, fill, pack, load up, fill up, cover, top, decorate, garnish"), "load"),
    **dict.fromkeys(
        entries(
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
            "turn over, flip over, roll over, push over, fall over, bump, get ready, stir in"
        ),
        "idle",
    ),
}
"""Frame by verb of instructions; the longest match counts."""

REQUESTS = frozenset(entries("want, like, need, wish, love, hope, expect, prefer"))
"""Verbs that introduce a request: `I want`."""

RESULTS = frozenset(
    entries(
        "make, change, paint, repaint, colour, color, recolour, recolor, dye, turn, be, convert, have, "
        "keep, want"
    )
)
"""Verbs with a resultative adjective after their object: `make the table bigger`."""

DIRECTIONS = frozenset(
    entries(
        "left, right, forward, forwards, backward, backwards, upward, downward, aside, sideways, leftward, "
        "leftwards, rightward, rightwards, back, ahead, clockwise, counterclockwise, "
        "counter-clockwise, anticlockwise, anti-clockwise"
    )
)
"""Adverbs of direction of a motion or rotation."""

IMPERATIVES = frozenset(verb.partition(" ")[0] for verb in VERBS)
"""First words of the verbs of instructions."""

HOLDING = frozenset(
    entries(
        "pick up, pick, grab, take, take out, get, get out, lift, lift up, remove, retrieve, grasp, hold, "
        "pull out, fetch, collect, raise, grip, catch, seize, snatch, fish out, go get, go and get, go "
        "fetch, pick out, lift off, unhook, bring, bring me, hand me, get me, fetch me, pass me, bring us, "
        "get us, give me, hand us, bring over"
    )
)
"""Verbs whose goal, without a destination, is that the object is held."""

STATELESS = ("find", "locate", "look for", "search for")
"""Verbs of frame `take` without a goal state."""

RESTING = ("place", "position", "store", "arrange", "hang", "leave", "keep", "rest", "set", "lay", "stand")
"""Verbs whose passive states a location, not an instruction: `is placed`."""

NUDGING = frozenset(
    entries("push, pull, slide, press down, nudge, roll, shove, shift, plug, drag, lower, mount")
)
"""Verbs of frame `move` that need no destination."""

DISPOSING = frozenset(
    entries("throw, toss, throw away, throw out, dump, chuck, get rid of, discard, dispose of")
)
"""Verbs whose default destination is the trash bin."""

ARRANGING = frozenset(
    entries(
        "arrange, organize, organise, sort, rearrange, group, store, align, line up, gather, pair, let, order"
    )
)
"""Verbs of frame `move` that can apply to objects in place."""

PROCESSES = frozenset(
    entries(
        "cool, cool off, cool down, soak, dry, dry off, defrost, thaw, chill, drain, drip, simmer, steam, "
        "warm up, air, rise, proof, marinate, dangle, settle, set"
    )
)
"""Verbs of processes at a location: `let it cool on the rack`."""

ACTIONS = frozenset(
    entries(
        "rinse, scrub, wash, wipe, clean, stir, shake, dusting, polish, press, push, twist, spin, turn, tap, "
        "knock, squeeze, mop, sweep, brush, soak, poke, nudge, kick, mix, whisk, toss, tug, pull, pat, flip, "
        "rub, once-over, wipe-down, hoover, vacuum, go, try, check, look, inspection, blast, spray"
    )
)
"""Action nouns after `give`: `give the pan a scrub`."""

COVERING = frozenset(entries("cover, top, decorate, garnish"))
"""Verbs of frame `load` that put the contents on the object rather than into it."""

SLIDING: dict[str, Frame] = {"pull": "open", "slide": "open", "push": "close"}
"""Frame of verbs of motion when their object is a drawer."""

DESCRIPTIVE: dict[str, str] = {
    **mapped(
        "",
        "be, stand, sit, lie, rest, hang, lean, remain, perch, nestle, nest, stay, reside, live, "
        "wait, float, "
        "dangle, arch, extend, run, stretch, slope, curve, wind, descend, jut, loom, "
        "rise, tower, protrude, sprawl, await, appear, emerge, "
        "place, position, locate, situate, set, put, lay, arrange, mount, suspend, affix, attach, fix, "
        "install, tuck, prop, park, leave, store, keep, stack, pile, scatter, strew, spread, drape, leave, "
        "line up, fit, build, embed, secure, hide, stash, organize, organise, align, pin, tape, stick, "
        "hook, group, cluster, gather, station, space, line, push, pull, slide, drop, roll, turn, "
        "open, close, belong, go, pose, balance, curl, slump, grow, blink, glow, burn, mark, seat, "
        "distribute",
    ),
    **mapped(
        "contains",
        "hold, support, contain, house, carry, bear, store, display, showcase, have, include, boast, "
        "feature, present, "
        "reveal, host, incorporate, sport, possess, fill, stock, load, pack, equip, furnish, fit, outfit, "
        "litter, cram, clutter",
    ),
    **mapped("on_it", "top, crown, cover, adorn, decorate, drape, grace, cap, dot, deck, layer, dress"),
    **mapped("facing", "face, overlook, view, watch"),
    **mapped("flanking", "flank"),
    **mapped("around", "surround, encircle, ring, enclose, circle, encompass"),
    **mapped("occupies", "occupy, fill, anchor, dominate, center, centre, define, ground, command"),
    **mapped("against", "line, hug, border, edge, span"),
    **mapped("between", "separate, divide, partition"),
    **mapped("next_to", "accompany, complement, pair, match, join, meet, adjoin, abut, neighbor, neighbour"),
    **mapped("above", "illuminate, light, overhang, crown"),
    **mapped("in", "inhabit"),
    **mapped("sees", "see, find, notice, spot, discover, meet, encounter, add, want, need, choose, showcase"),
}
"""Relation of the subject to the object by descriptive verb: `the desk holds a lamp`.

Verbs with an empty relation locate their subject by the preposition after them.
"""

PASSIVE: dict[str, str] = {
    **mapped(
        "contains",
        "fill, load, pack, stock, line, equip, furnish, fit, outfit, litter, cram, clutter, stuff, scatter",
    ),
    **mapped(
        "topped",
        "top, cover, adorn, decorate, drape, grace, cap, dot, deck, crown, layer, dress, set, strew, stack, "
        "pile, accent, lay, mount, hang, sprinkle",
    ),
    **mapped("flanked", "flank"),
    **mapped("surrounded", "surround, encircle, ring, enclose, circle"),
    **mapped("beside", "accompany, complement, pair, match, join, meet, border"),
    **mapped("lit", "illuminate, light"),
    **mapped("supported", "support"),
    **mapped("divided", "separate, divide"),
    **mapped("centered", "anchor, dominate, center, centre"),
}
"""Relation by verb whose participle is followed by `by` or `with`: `topped with a vase`."""

ADVERBS = frozenset(
    entries(
        "everywhere, anywhere, carefully, gently, slowly, quickly, neatly, very, really, directly, right, "
        "exactly, just, also, too, only, well, properly, firmly, tightly, fully, completely, please, now, "
        "then, first, together, again, afterwards, straight, nearby, elsewhere, somewhere, safely, softly, "
        "rather, quite, nicely, tidily, else, extra, slightly, carefully, back, away, afterward, already, "
        "still, instead, maybe, perhaps, actually, simply, once, even, all, ever, always"
    )
)
"""Adverbs without effect on the arrangement."""

MANNER = frozenset(entries("upside, upright, sideways, diagonally"))
"""Adverbs of orientation, which no relation expresses."""
