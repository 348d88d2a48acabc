"""Adjectives: colours, materials, sizes, shapes, states and selectors of one of several objects."""

from __future__ import annotations

from typing import Literal

from sage.language.lexicon.entries import entries, mapped

__all__ = [
    "CHOICES",
    "COLOURS",
    "CONTRASTS",
    "FROM_SIDES",
    "KINDS",
    "MATERIALS",
    "OPENNESS",
    "OPPOSITE_CHOICES",
    "SHAPES",
    "SIZES",
    "STATES",
    "STYLES",
    "STYLE_NOUNS",
    "TONES",
]

COLOURS: dict[str, str] = {
    **{word: word for word in entries(
        "white, black, grey, silver, red, orange, yellow, green, blue, purple, pink, brown, beige, gold, "
        "copper, tan, turquoise"
    )},
    **mapped("grey", "gray, greyish, grayish, anthracite, charcoal"),
    **mapped("red", "crimson, scarlet, maroon, burgundy, reddish"),
    **mapped("blue", "navy, azure, bluish, indigo"),
    **mapped("green", "olive, lime, emerald, greenish"),
    **mapped("turquoise", "teal, cyan, aqua"),
    **mapped("purple", "violet, lilac, lavender"),
    **mapped("pink", "magenta, rose"),
    **mapped("brown", "chestnut"),
    **mapped("beige", "cream, ivory, creme, sand, khaki, off-white"),
    **mapped("white", "cream-white, snow-white, whitish"),
    **mapped("black", "ebony, jet-black, blackish"),
    **mapped("gold", "golden"),
    **mapped("yellow", "mustard, yellowish, lemon-yellow"),
    **mapped("orange", "amber, peach-coloured"),
}  # fmt: skip
"""Colour of an asset by colour word."""

TONES = frozenset(entries("light, dark, pale, bright, deep"))
"""Modifiers of a following colour: `dark blue`."""

MATERIALS: dict[str, str] = {
    **{word: word for word in entries(
        "wooden, wood, metal, metallic, steel, plastic, ceramic, porcelain, glass, leather, fabric, stone, "
        "marble, cardboard, paper, wicker, rubber, aluminium, iron, brass, chrome, bronze"
    )},
    **mapped("wooden", "oak, pine, walnut, beech, birch, mahogany, teak, bamboo, timber, plywood"),
    **mapped("metal", "tin"),
    **mapped("aluminium", "aluminum"),
    **mapped("iron", "cast-iron, wrought-iron"),
    **mapped("chrome", "chromed, chrome-plated"),
    **mapped("steel", "stainless, stainless-steel"),
    **mapped("fabric", "velvet, cotton, linen, wool, woollen, woolen, denim, canvas, textile, upholstered"),
    **mapped("ceramic", "clay, terracotta, stoneware, earthenware, china"),
    **mapped("glass", "crystal"),
    **mapped("stone", "granite, concrete, slate, quartz"),
    **mapped("wicker", "rattan, straw"),
    **mapped("plastic", "acrylic, nylon, vinyl"),
    **mapped("rubber", "silicone"),
}  # fmt: skip
"""Material of an asset by material word."""

SIZES: dict[str, str] = {
    **mapped(
        "small",
        "small, little, tiny, mini, compact, smallish, smaller, smallest, shorter, shortest, "
        "narrowest, thinner, thinnest, miniature, lowest",
    ),
    **mapped(
        "large",
        "large, big, huge, giant, king-size, king-sized, queen-size, queen-sized, spacious, king, queen, "
        "larger, largest, bigger, biggest, taller, tallest, wider, widest, longer, longest, oversized, "
        "enormous, massive, gigantic",
    ),
    **mapped("tall", "tall, high, towering"),
    **mapped("low", "low, low-slung, low-profile"),
    **mapped("long", "long"),
    **mapped("short", "short"),
    **mapped("wide", "wide"),
    **mapped("narrow", "narrow, slim, slender"),
}
"""Size attribute by adjective."""

SHAPES: dict[str, str] = {
    **mapped("l-shaped", "l-shaped, l-shape, corner, sectional"),
    **mapped("round", "round, circular"),
    **mapped("oval", "oval"),
    **mapped("square", "square"),
    **mapped("rectangular", "rectangular"),
}
"""Shape attribute by adjective."""

STATES = frozenset(
    entries(
        "empty, full, folded, unfolded, open, closed, dirty, clean, wet, dry, rolled, broken, hot, cold, "
        "used, unused, sliced, ripe, rotten, crumpled, half-empty, half-full, burning, lit, unopened, "
        "opened, chilled, cooled, heated, warmed, cooked, uncooked, raw, frozen, boiled, fried, baked, "
        "toasted, washed, rinsed, soaked, damp, dusty, stained, soiled, cleaned, chopped, peeled, unmade, "
        "locked, unlocked, upright, plugged-in, unplugged, filled, cracked, torn, ironed, wrinkled, "
        "stacked, wrapped"
    )
)
"""Adjectives for the state of an object, recorded with the task."""

OPENNESS: dict[str, Literal["open", "close"]] = {
    "open": "open", "opened": "open", "closed": "close", "shut": "close",
}  # fmt: skip
"""Action that leads to a state of doors, drawers and lids."""

STYLES = frozenset(
    entries(
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
"""Known adjectives without effect on an object; each is reported in a note."""

CONTRASTS: dict[str, str] = {
    **mapped("large", "smallest, smaller, shorter, shortest, narrowest, thinner, thinnest"),
    **mapped("small", "largest, larger, biggest, bigger, taller, tallest, wider, widest, longer, longest"),
}
"""Size of the other objects of the same category by superlative or comparative."""

KINDS = frozenset(("double",))
"""Adjectives for a variant with its own asset: a double sink has two basins."""

CHOICES: dict[str, str] = {
    **mapped("left", "left, leftmost, left-most, left-hand"),
    **mapped("right", "right, rightmost, right-most, right-hand"),
    **mapped("middle", "middle, central, center, centre"),
    **mapped("front", "front, frontmost, nearest, closest"),
    **mapped("back", "back, rear, hindmost, rearmost, farthest, furthest"),
    **mapped("top", "top, upper, topmost, uppermost"),
    **mapped("bottom", "bottom, lower, bottommost, lowermost, undermost"),
    **mapped("other", "other"),
}
"""Selector by adjective that singles out one of several objects."""

OPPOSITE_CHOICES = {
    "left": "right", "right": "left", "front": "back", "back": "front", "top": "bottom", "bottom": "top",
}  # fmt: skip
"""Opposite of each directional selector."""

FROM_SIDES: dict[str, str] = {
    f"{lead}{side}": side
    for side in ("left", "right", "front", "back")
    for lead in ("from the ", "from ", "counting from the ", "counted from the ", "from the far ")
}
"""Side that an ordinal counts from, by the phrase after the noun: `the second mug from the left`."""

STYLE_NOUNS = frozenset(
    entries(
        "style, styled, look, design, tones, tone, colours, colors, aesthetic, theme, themed, vibe, "
        "decor, charm"
    )
)
"""Nouns whose neighbouring words describe the look of a room."""
