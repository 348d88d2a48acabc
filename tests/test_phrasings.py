"""Reading of instructions as robot benchmarks and people phrase them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sage.assets.vocabulary import TableVocabulary
from sage.errors import TaskImpossible, TaskNotUnderstood, UserError
from sage.generators.recipes import room_types
from sage.language.prompt import read

pytestmark = pytest.mark.quick

VOCABULARY = TableVocabulary(room_types())


@dataclass(frozen=True)
class Said:
    """A prompt and what is to be understood of it."""

    prompt: str
    things: str = ""
    """Everything that is required: `2 mug, sink`; not looked at if empty."""
    goal: str | None = None
    """All goals, divided by semicolons; not looked at if None."""
    start: str = ""
    """Some of what holds at first."""
    named: str = ""
    """Names that some of the things have, with their attributes."""
    told: str = ""
    """Words that some note has."""
    size: tuple[float, float] | None = None
    area: float | None = None
    excluded: str = ""
    states: str = ""
    """`sponge_1 wet, ...`."""


SEVERAL_STEPS = [
    Said(
        "open the middle drawer of the dresser, put the bowl in it and close it",
        "dresser, bowl",
        "in(bowl_1, dresser_1.drawer_middle)",
        "closed(dresser_1.drawer_middle)",
    ),
    Said(
        "open the top drawer of the cabinet and put the bowl inside",
        "cabinet, bowl",
        "open(cabinet_1.drawer_1); in(bowl_1, cabinet_1.drawer_1)",
    ),
    Said(
        "Put the bowl in the bottom drawer of the cabinet and close it.",
        "cabinet, bowl",
        "in(bowl_1, cabinet_1.drawer_-1); closed(cabinet_1.drawer_-1)",
        "open(cabinet_1.drawer_-1)",
    ),
    Said("turn on the stove and put the frying pan on it", "stove, frying pan", "on(frying_pan_1, stove_1)"),
    Said(
        "put both the soup can and the tomato sauce in the basket",
        "food can, tomato sauce, basket",
        "in(food_can_1, basket_1); in(tomato_sauce_1, basket_1)",
    ),
    Said(
        "put the yellow and white mug in the microwave and close it",
        "mug, microwave",
        "in(mug_1, microwave_1); closed(microwave_1)",
    ),
    Said(
        "put the white mug on the left plate and put the yellow mug on the right plate",
        "2 mug, 2 plate",
        "on(mug_1, plate_1); on(mug_2, plate_2)",
        "left_of(plate_1, plate_2)",
    ),
    Said(
        "pick up the book and place it in the back compartment of the caddy",
        "book, caddy",
        "in(book_1, caddy_1.compartment_back)",
    ),
    Said(
        "Walk to the coffee table, pick up the remote, then turn around and put it on the sofa",
        "coffee table, remote control, sofa",
        "on(remote_control_1, sofa_1)",
    ),
    Said(
        "first take the apple out of the fridge, then wash it in the sink, and finally place it on the plate",
        "apple, refrigerator, sink, plate",
        "on(apple_1, plate_1)",
        "in(apple_1, refrigerator_1)",
    ),
    Said(
        "Heat the potato in the microwave and put it on the table",
        "potato, microwave, table",
        "on(potato_1, table_1)",
        told="heat",
    ),
    Said(
        "Put a chilled tomato in the sink",
        "tomato, sink",
        "in(tomato_1, sink_1)",
        states="tomato_1 chilled",
    ),
    Said(
        "Put a clean, wet sponge in the bathtub.",
        "sponge, bathtub",
        "in(sponge_1, bathtub_1)",
        states="sponge_1 wet",
    ),
    Said(
        "slice the bread with the knife and put a slice of bread in the fridge",
        "bread, knife, refrigerator",
        "in(bread_1, refrigerator_1)",
        told="slice",
    ),
    Said(
        "Examine the book under the light of the desk lamp.",
        "book, desk lamp",
        told="examine",
    ),
    Said("look at the statue in the light of the floor lamp", "figurine, floor lamp", told="look at"),
    Said(
        "Before you close the fridge, put the milk in it.",
        "refrigerator, milk carton",
        "in(milk_carton_1, refrigerator_1); closed(refrigerator_1)",
        "open(refrigerator_1)",
    ),
    Said(
        "After opening the drawer of the desk, place the pen inside",
        "desk, pen",
        "open(desk_1.drawer_1); in(pen_1, desk_1.drawer_1)",
    ),
    Said(
        "grab the towel, fold it, and lay it on the bed",
        "towel, bed",
        "on(towel_1, bed_1)",
        told="fold",
    ),
    Said(
        "Take the plates from the dishwasher and stack them in the wall cabinet",
        "2 plate, dishwasher, wall cabinet",
        start="in(plate_1, dishwasher_1); in(plate_2, dishwasher_1)",
    ),
    Said(
        "Move the mug from the coffee table to the kitchen counter; then bring the book to the coffee table.",
        "coffee table, mug, counter, book",
        "on(mug_1, counter_1); on(book_1, coffee_table_1)",
        "on(mug_1, coffee_table_1)",
    ),
]

WHICH_ONE = [
    Said(
        "pick up the black bowl between the plate and the ramekin and place it on the plate",
        "2 bowl, plate, ramekin",
        "on(bowl_1, plate_1)",
        "between(bowl_1, plate_1, ramekin_1)",
        named="black bowl",
    ),
    Said(
        "pick up the black bowl next to the cookie box and place it on the plate",
        "bowl, cookie box, plate",
        "on(bowl_1, plate_1)",
        "next_to(bowl_1, cookie_box_1)",
    ),
    Said(
        "pick up the black bowl on the stove and place it on the plate",
        "bowl, stove, plate",
        "on(bowl_1, plate_1)",
        "on(bowl_1, stove_1)",
    ),
    Said(
        "pick up the black bowl in the top drawer of the wooden cabinet and place it on the plate",
        "bowl, cabinet, plate",
        "on(bowl_1, plate_1)",
        "in(bowl_1, cabinet_1.drawer_1)",
        named="wooden cabinet",
    ),
    Said(
        "pick up the black bowl from table center and place it on the plate",
        "bowl, table, plate",
        "on(bowl_1, plate_1)",
        "on(bowl_1, table_1)",
    ),
    Said(
        "pick up the book on the left and place it on top of the shelf",
        "2 book, shelf",
        "on(book_1, shelf_1)",
        "left_of(book_1, book_2)",
        named="left book",
    ),
    Said(
        "pick up the book on the right and place it under the cabinet shelf",
        "2 book, cabinet",
        start="right_of(book_1, book_2)",
    ),
    Said("put the left mug into the sink", "2 mug, sink", "in(mug_1, sink_1)", "left_of(mug_1, mug_2)"),
    Said(
        "place the rightmost can in the bin",
        "2 can, trash bin",
        "in(can_1, trash_bin_1)",
        "right_of(can_1, can_2)",
    ),
    Said(
        "pick the middle mug and put it on the tray",
        "3 mug, tray",
        "on(mug_1, tray_1)",
        "between(mug_1, mug_2, mug_3)",
    ),
    Said(
        "place the can on the second shelf of the bookcase", "can, bookcase", "on(can_1, bookcase_1.shelf_2)"
    ),
    Said("put the can on the second shelf", "can, bookcase", "on(can_1, bookcase_1.shelf_2)"),
    Said(
        "move the vase from the third shelf from the bottom to the table",
        "vase, bookcase, table",
        "on(vase_1, table_1)",
        "in(vase_1, bookcase_1.shelf_-3)",
    ),
    Said(
        "put the book in the caddy's front compartment",
        "book, caddy",
        "in(book_1, caddy_1.compartment_front)",
    ),
    Said(
        "place the book in the left compartment of the caddy",
        "book, caddy",
        "in(book_1, caddy_1.compartment_left)",
    ),
    Said(
        "put the mug closest to the sink on the tray",
        "2 mug, sink, tray",
        "on(mug_1, tray_1)",
        "next_to(mug_1, sink_1); not next_to(mug_2, sink_1)",
    ),
    Said(
        "bring me the cup nearest the kettle",
        "2 cup, kettle",
        start="next_to(cup_1, kettle_1); not next_to(cup_2, kettle_1)",
    ),
    Said(
        "put the bottle farthest from the sink into the fridge",
        "2 bottle, sink, refrigerator",
        "in(bottle_1, refrigerator_1)",
        "next_to(bottle_2, sink_1); not next_to(bottle_1, sink_1)",
    ),
    Said(
        "there are two cups, put the red one in the sink",
        goal="in(cup_1, sink_1)",
        named="red cup",
    ),
    Said(
        "take the mugs off the table and put the red one in the dishwasher",
        "2 mug, table, dishwasher",
        named="red mug",
    ),
    Said("pick up the red one of the two balls", "2 ball", "lifted(ball_1)", named="red ball"),
    Said("put the bigger box on the smaller one", "2 box", "on(box_1, box_2)", named="bigger box"),
    Said(
        "grab the tallest bottle and place it on the counter",
        "2 bottle, counter",
        "on(bottle_1, counter_1)",
        named="tallest bottle",
    ),
    Said(
        "put the leftmost bottle next to the rightmost bottle",
        "2 bottle",
        "next_to(bottle_1, bottle_2)",
    ),
    Said(
        "put the cup behind the laptop in the sink",
        "cup, laptop, sink",
        "in(cup_1, sink_1)",
        "behind(cup_1, laptop_1)",
    ),
    Said(
        "the mug to the left of the laptop goes to the dishwasher",
        "mug, laptop, dishwasher",
        "in(mug_1, dishwasher_1)",
        "left_of(mug_1, laptop_1)",
    ),
    Said(
        "pick up the spoon lying beside the bowl",
        "spoon, bowl",
        "lifted(spoon_1)",
        "next_to(spoon_1, bowl_1)",
    ),
    Said("put the other mug on the shelf", "2 mug, shelf", "on(mug_1, shelf_1)"),
    Said(
        "take the upper book of the two stacked books and put it on the desk",
        "2 book, desk",
        "on(book_1, desk_1)",
        "on(book_1, book_2)",
    ),
    Said("hand me the pen in the corner of the desk", "pen, desk", start="on(pen_1, desk_1)"),
]

ATTRIBUTES = [
    Said(
        "put the blue-handled knife on the cutting board",
        "knife, cutting board",
        "on(knife_1, cutting_board_1)",
        told="blue-handled",
    ),
    Said(
        "stack the small green block on the large red block",
        "2 block",
        "on(block_1, block_2)",
        named="small green block",
    ),
    Said("place the red cube on top of the blue cube", "2 cube", "on(cube_1, cube_2)"),
    Said(
        "put the light blue towel on the dark brown chair",
        "towel, chair",
        "on(towel_1, chair_1)",
        named="light blue towel",
    ),
    Said("put the open notebook on the desk", "notebook, desk", states="notebook_1 open"),
    Said("switch off the lamp that is on", "table lamp", states="table_lamp_1 on", told="switch off"),
    Said("turn on the desk lamp", "desk lamp", states="desk_lamp_1 off", told="turn on"),
    Said(
        "put the mug in the open drawer of the dresser",
        "mug, dresser",
        "in(mug_1, dresser_1.drawer_1)",
        "open(dresser_1.drawer_1)",
    ),
    Said(
        "take the plate out of the closed microwave",
        "plate, microwave",
        "lifted(plate_1)",
        "closed(microwave_1); in(plate_1, microwave_1)",
    ),
    Said(
        "put the mug into the microwave, which is open",
        "mug, microwave",
        "in(mug_1, microwave_1)",
        "open(microwave_1)",
    ),
    Said(
        "throw away the empty bottles",
        "2 bottle, trash bin",
        "in(bottle_1, trash_bin_1); in(bottle_2, trash_bin_1)",
        states="bottle_1 empty",
    ),
    Said(
        "a bedroom with an unmade bed and a half-empty bookcase",
        "bed, bookcase",
        states="bed_1 unmade, bookcase_1 half-empty",
    ),
    Said("fold the shirt on the bed", "shirt, bed", start="on(shirt_1, bed_1)", told="fold"),
    Said(
        "put the full glass of water on the nightstand",
        "glass, nightstand",
        "on(glass_1, nightstand_1)",
        states="glass_1 full",
    ),
    Said("a kitchen with a stainless steel fridge and marble countertops", "refrigerator, 2 counter"),
    Said("put the transparent glass jar on the wooden shelf", "jar, shelf", named="wooden shelf"),
    Said("bring the sharp knife to the round table", "knife, table", named="round table", told="sharp"),
    Said("put the lid on the pot", "lid, pot", "on(lid_1, pot_1)"),
    Said("a multi-coloured rug and a grey-blue armchair in a living room", "rug, armchair"),
]

HOW_MANY = [
    Said(
        "put both mugs in the dishwasher",
        "2 mug, dishwasher",
        "in(mug_1, dishwasher_1); in(mug_2, dishwasher_1)",
    ),
    Said("put all the apples in the bowl", "3 apple, bowl"),
    Said("put all of the toys into the box", "toy car, teddy bear, toy block, box"),
    Said("move every book to the shelf", "2 book, shelf", "on(book_1, shelf_1); on(book_2, shelf_1)"),
    Said("put each fork on a plate", "2 fork, 2 plate", "on(fork_1, plate_1); on(fork_2, plate_2)"),
    Said("put a dozen eggs in the basket", "12 egg, basket"),
    Said("half a dozen oranges on the table in a kitchen", "6 orange, table", start="on(orange_6, table_1)"),
    Said("put a few pencils into the pen holder", "3 pencil, pen holder"),
    Said("several books on the desk in an office", "3 book, desk", start="on(book_1, desk_1)"),
    Said("place a couple of cups on the tray", "2 cup, tray"),
    Said(
        "put half of the apples in the basket",
        "4 apple, basket",
        "in(apple_1, basket_1); in(apple_2, basket_1)",
    ),
    Said(
        "put half of the six apples into the bowl",
        "6 apple, bowl",
        "in(apple_1, bowl_1); in(apple_2, bowl_1); in(apple_3, bowl_1)",
    ),
    Said("put one of the three mugs on the tray", "3 mug, tray", "on(mug_1, tray_1)"),
    Said("put two of the five books on the bed", "5 book, bed", "on(book_1, bed_1); on(book_2, bed_1)"),
    Said("put the three remaining cups on the shelf", "3 cup, shelf", told="remaining"),
    Said("a pair of shoes on the shoe rack in a closet", "2 shoe, shoe rack"),
    Said("put 3 cans and 2 bottles in the crate", "3 can, 2 bottle, crate"),
    Said("a couple of chairs around a table", "2 chair, table"),
    Said("put at least four plates on the table", "4 plate, table"),
    Said("put any mug on the table", "mug, table", "on(mug_1, table_1)"),
]

NOT_THERE = [
    Said("a living room with no sofa", excluded="sofa"),
    Said("a kitchen without any chairs", excluded="chair"),
    Said("a living room, but no tv and no plants", excluded="tv, plant"),
    Said(
        "an office with a desk but without a computer or a printer",
        "desk",
        excluded="desktop computer, printer",
    ),
    Said("a bedroom that has neither a mirror nor a rug", excluded="mirror, rug"),
    Said("the room must not contain any books, just a bed", "bed", excluded="book"),
    Said("a living room; there should be no lamps", excluded="table lamp"),
    Said("I don't want a carpet in the bedroom", excluded="rug"),
    Said(
        "put the mug on the table, don't touch the vase",
        "mug, table, vase",
        "on(mug_1, table_1)",
        told="vase",
    ),
    Said(
        "put the cup in the sink without spilling anything",
        "cup, sink",
        "in(cup_1, sink_1)",
        told="spilling",
    ),
    Said(
        "place the plate on the table, but not on the place mat",
        "plate, table, place mat",
        "on(plate_1, table_1); not on(plate_1, place_mat_1)",
    ),
    Said("move the box without knocking over the vase to the desk", "box, vase, desk", "on(box_1, desk_1)"),
    Said(
        "never put the knife in the drawer, put it on the board instead", told="put the knife in the drawer"
    ),
    Said(
        "avoid the chair and bring the cup to the sink", "chair, cup, sink", "in(cup_1, sink_1)", told="avoid"
    ),
]

SIZES = [
    Said("a bedroom, 3 m x 2.5 m", size=(3.0, 2.5)),
    Said("a 10 square metre bedroom", area=10.0),
    Said("a kitchen of 10 square metres", area=10.0),
    Said("a 20 m2 living room", area=20.0),
    Said("a living room of about 20m\u00b2", area=20.0),
    Said("a 12 by 14 feet bedroom", size=(3.658, 4.267)),
    Said("a 12' x 14' bedroom", size=(3.658, 4.267)),
    Said("a 4-by-5-metre kitchen", size=(4.0, 5.0)),
    Said("a kitchen that is 4 meters long and 3 meters wide", size=(4.0, 3.0)),
    Said("a four by five meter kitchen", size=(4.0, 5.0)),
    Said("a living room measuring 5m by 4m with a sofa", "sofa", size=(5.0, 4.0)),
    Said("a 150 sq ft office", area=13.94),
    Said("an office of 150 square feet", area=13.94),
    Said("a 3m-wide and 4m-long bathroom", size=(3.0, 4.0)),
    Said("a 16 square meters bedroom with a 2 m wide bed", "bed", area=16.0, told="2 m"),
    Said(
        "put the mug on the table in a room of 5 by 4 m", "mug, table", "on(mug_1, table_1)", size=(5.0, 4.0)
    ),
    Said("a square bedroom with 4 m sides", size=(4.0, 4.0)),
    Said("a 10'6\" x 12' office", size=(3.2, 3.658)),
]

STYLES = [
    Said("a rustic kitchen", told="rustic"),
    Said("a modern living room with a messy desk", "desk", told="messy"),
    Said("a cluttered office", told="cluttered"),
    Said("a minimalist bedroom in white", told="minimalist"),
    Said("an untidy teenager's bedroom with clothes on the floor", told="untidy"),
    Said("a sparsely furnished living room in Scandinavian style", told="scandinavian"),
    Said("a bright, airy, tidy loft-style living room", told="tidy"),
]

POLITE = [
    Said("Could you please put the mug on the table?", "mug, table", "on(mug_1, table_1)"),
    Said("Would you mind putting the mug on the table?", "mug, table", "on(mug_1, table_1)"),
    Said("I'd like you to bring me the cup from the counter.", "cup, counter", start="on(cup_1, counter_1)"),
    Said("The bowl should be placed on the table.", "bowl, table", "on(bowl_1, table_1)"),
    Said("The mug needs to be put in the dishwasher", "mug, dishwasher", "in(mug_1, dishwasher_1)"),
    Said("make sure that the mug is on the table", "mug, table", "on(mug_1, table_1)"),
    Said("Make sure the drawer of the nightstand is closed.", "nightstand", "closed(nightstand_1.drawer_1)"),
    Said("ensure all the drawers of the dresser are closed", "dresser", "closed(dresser_1)"),
    Said("I want the apple to be in the bowl", "apple, bowl", "in(apple_1, bowl_1)"),
    Said(
        "it would be great if you could move the lamp onto the desk",
        "table lamp, desk",
        "on(table_lamp_1, desk_1)",
    ),
    Said("The red block has to go into the box.", "block, box", "in(block_1, box_1)"),
    Said("The cup must end up in the sink", "cup, sink", "in(cup_1, sink_1)"),
    Said("I spilled my coke, can you bring me a sponge?", "coke, sponge", told="i spilled my coke"),
    Said("How would you bring me an apple from the table?", "apple, table", start="on(apple_1, table_1)"),
    Said("Let's get the water bottle into the bin", "bottle, trash bin", "in(bottle_1, trash_bin_1)"),
    Said("The robot's job is to put the can in the bin.", "can, trash bin", "in(can_1, trash_bin_1)"),
    Said(
        "Help me tidy up: the toys belong in the toy box",
        "toy car, teddy bear, toy block, toy box",
        "in(toy_car_1, toy_box_1); in(teddy_bear_1, toy_box_1); in(toy_block_1, toy_box_1)",
    ),
    Said("Get the cup onto the tray, will you?", "cup, tray", "on(cup_1, tray_1)"),
    Said(
        "My glasses are on the nightstand; bring them to the desk",
        "2 glass, nightstand, desk",
        start="on(glass_1, nightstand_1)",
    ),
    Said(
        "I am thirsty. Please fetch a bottle of water from the fridge.",
        "bottle, refrigerator",
        told="thirsty",
    ),
]

TYPING = [
    Said("pikc up teh bowl", "bowl", "lifted(bowl_1)", told="pikc"),
    Said(
        "put the mug in the refridgerator",
        "mug, refrigerator",
        "in(mug_1, refrigerator_1)",
        told="refrigerator",
    ),
    Said("put the bowl on the tabel", "bowl, table", "on(bowl_1, table_1)", told="table"),
    Said("plcae the plte on the tabel plese", "plate, table", "on(plate_1, table_1)"),
    Said(
        "open the micorwave and put the mug insde",
        "microwave, mug",
        "open(microwave_1); in(mug_1, microwave_1)",
    ),
    Said("a livingroom with a bookshelve", "bookcase"),
    Said("a kitchn with four chiars", "4 chair"),
    Said("PUT THE MUG ON THE TABLE!!!", "mug, table", "on(mug_1, table_1)"),
    Said("put the mug on the the table", "mug, table", "on(mug_1, table_1)"),
    Said("put mug in sink", "mug, sink", "in(mug_1, sink_1)"),
    Said("Put the grey mug on the gray plate", "mug, plate", "on(mug_1, plate_1)"),
    Said("move the couch-side table next to the armchair", told="couch"),
    Said("put the night-stand beside the bed", "nightstand, bed", "next_to(nightstand_1, bed_1)"),
    Said(
        "put the rubbish in the dustbin",
        goal="in(can_1, trash_bin_1); in(chips_bag_1, trash_bin_1); in(newspaper_1, trash_bin_1)",
    ),
    Said("put the knives in the drawer", "2 knife, dresser"),
    Said("put the caf\u00e9 cup on the table", "cup, table", "on(cup_1, table_1)"),
    Said("put the cr\u00e8me-coloured vase on the shelf", "vase, shelf", named="creme vase"),
]

ALONE = [
    Said("pick up the mug", "mug", "lifted(mug_1)"),
    Said("lift the red block from the table", "block, table", "lifted(block_1)", "on(block_1, table_1)"),
    Said("grasp the bottle", "bottle", "lifted(bottle_1)"),
    Said("take the umbrella out of the stand", "umbrella, umbrella stand", "lifted(umbrella_1)"),
    Said(
        "get the milk from the fridge",
        "milk carton, refrigerator",
        "lifted(milk_carton_1)",
        "in(milk_carton_1, refrigerator_1)",
    ),
    Said("close the laptop", "laptop", "closed(laptop_1)", "open(laptop_1)"),
    Said("push the button", told="button"),
    Said("slide the plate to the right", "plate", told="right"),
    Said("push the maroon button, then push the green button", told="button"),
    Said("rotate the pink block 90 degrees to the left", "block", told="rotate"),
    Said("go push the red block left", "block", told="left"),
    Said("turn off the light bulb", told="light bulb"),
    Said("hang the mug on the rack", "mug, rack", "on(mug_1, rack_1)"),
    Said("stack the blocks", "2 block", "on(block_2, block_1)"),
    Said("stack the three cups on top of each other", "3 cup", "on(cup_2, cup_1); on(cup_3, cup_2)"),
    Said("unload the dishwasher", "dishwasher, 2 plate, 2 cup, counter", told="taken to be"),
    Said("water the plant", "plant", told="water"),
    Said("set the table for two", told="table"),
    Said("clean up the living room", told="clean"),
]

EVERYDAY = [
    Said("put the toaster on the counter", "toaster, counter", "on(toaster_1, counter_1)"),
    Said("put the moka pot on the stove", "moka pot, stove", "on(moka_pot_1, stove_1)"),
    Said("put the cream cheese box and the butter in the basket", "cream cheese box, butter, basket"),
    Said(
        "Move the stuffed animal from the bed to the toy box.",
        "teddy bear, bed, toy box",
        "in(teddy_bear_1, toy_box_1)",
        "on(teddy_bear_1, bed_1)",
    ),
    Said(
        "find the action figure on the couch and place it on the side table",
        "toy, sofa, side table",
        "on(toy_1, side_table_1)",
        "on(toy_1, sofa_1)",
    ),
    Said(
        "collect the cushions from the floor and put them on the sofa",
        "2 pillow, sofa",
        start="on(pillow_1, floor)",
    ),
    Said("place the kettle on the stove's front burner", "kettle, stove", "on(kettle_1, stove_1)"),
    Said(
        "put the sweet potato into the pot on the left stove burner",
        "sweet potato, pot, stove",
        "in(sweet_potato_1, pot_1)",
    ),
    Said(
        "pick the vegetable from the counter and place it in the sink",
        "carrot, counter, sink",
        "in(carrot_1, sink_1)",
    ),
    Said(
        "pick the cup from the counter and place it in the cabinet",
        "cup, counter, cabinet",
        "in(cup_1, cabinet_1)",
    ),
    Said(
        "a study with a desk, a bookcase next to it and a lamp on the desk",
        "desk, bookcase, table lamp",
        start="next_to(bookcase_1, desk_1); on(table_lamp_1, desk_1)",
    ),
    Said(
        "kitchen: table, four chairs, fridge, stove; fruit bowl on the table",
        "table, 4 chair, refrigerator, stove, bowl",
    ),
    Said(
        "a bathroom with the toilet to the left of the sink",
        "toilet, sink",
        start="left_of(toilet_1, sink_1)",
    ),
    Said(
        "a kids' room where toys are scattered all over the floor",
        "toy car, teddy bear, toy block",
        start="on(toy_car_1, floor)",
    ),
    Said("I need a scene in which a robot can put dishes into a dishwasher", "plate, bowl, cup, dishwasher"),
    Said(
        "bring the newspaper which is on the armchair to the person on the sofa", "newspaper, armchair, sofa"
    ),
    Said("put the scissors and a roll of tape into the drawer", told="drawer"),
    Said("serve the cake on the plate", told="serve"),
    Said("dining room, table for six, chandelier above the table", "table, 6 chair, chandelier"),
    Said("put the groceries into the fridge", "milk carton, bread, egg carton, cereal box, refrigerator"),
    Said(
        "Place the vase so that it is between the lamp and the clock on the dresser.",
        "vase, table lamp, wall clock, dresser",
        "between(vase_1, table_lamp_1, wall_clock_1)",
    ),
    Said(
        "arrange the cups in a line on the shelf",
        "2 cup, shelf",
        "next_to(cup_2, cup_1); on(cup_1, shelf_1); on(cup_2, shelf_1)",
    ),
    Said(
        "put the mug upside down on the drying rack",
        "mug, dish rack",
        "on(mug_1, dish_rack_1)",
        told="upside",
    ),
    Said(
        "put the pan on the stove and the pot on the counter, then close the cabinet door",
        "frying pan, stove, pot, counter, cabinet",
        "on(frying_pan_1, stove_1); on(pot_1, counter_1); closed(cabinet_1)",
    ),
]

STILL_MORE = [
    Said(
        "Navigate to the fridge. Open it. Grab the milk.",
        "refrigerator, milk carton",
        "open(refrigerator_1); lifted(milk_carton_1)",
    ),
    Said(
        "if the drawer of the desk is open, close it",
        "desk",
        "closed(desk_1.drawer_1)",
        "open(desk_1.drawer_1)",
    ),
    Said("turn the lamp on", "table lamp", states="table_lamp_1 off", told="turn on"),
    Said("switch the tv off and close the laptop", "tv, laptop", "closed(laptop_1)", states="tv_1 on"),
    Said("the robot picks up the mug and places it on the shelf", "mug, shelf", "on(mug_1, shelf_1)"),
    Said("The mug is picked up and placed on the shelf.", "mug, shelf", "on(mug_1, shelf_1)"),
    Said("(pick up) the [red] mug!", "mug", "lifted(mug_1)", named="red mug"),
    Said("place each cup on its saucer", "2 cup, 2 saucer", "on(cup_1, saucer_1); on(cup_2, saucer_2)"),
    Said(
        "stack the blue block on the red block, then the green block on the blue one",
        "3 block",
        "on(block_1, block_2); on(block_3, block_1)",
    ),
    Said(
        "put the apples from the left bowl into the right bowl",
        "2 apple, 2 bowl",
        "in(apple_1, bowl_2); in(apple_2, bowl_2)",
        "in(apple_1, bowl_1); left_of(bowl_1, bowl_2)",
    ),
    Said(
        "put the spoon in the mug that is to the left of the laptop",
        "spoon, mug, laptop",
        "in(spoon_1, mug_1)",
        "left_of(mug_1, laptop_1)",
    ),
    Said(
        "open the middle drawer of the cabinet",
        "filing cabinet",
        "open(filing_cabinet_1.drawer_middle)",
        told="made as a filing cabinet",
    ),
    Said("a kitchen with a fridge, whose door is open", "refrigerator", start="open(refrigerator_1)"),
    Said("a kitchen that has a table which seats four", "table, 4 chair"),
    Said("a living room in the style of the 1970s", told="1970s"),
    Said("a warehouse with 4 pallet racks, tidy", "4 pallet rack", told="tidy"),
    Said("tidy up the messy desk", "desk, 2 mug, 2 book, box", told="taken to be"),
    Said("put the apple \U0001f34e on the plate", "apple, plate", "on(apple_1, plate_1)", told="\U0001f34e"),
    Said("a caf\u00e9 with a table", "table"),
    Said("an empty room", ""),
    Said(
        "a living room with a sofa facing a tv and a coffee table between them",
        "sofa, tv, coffee table",
        start="between(coffee_table_1, sofa_1, tv_1)",
    ),
    Said(
        "place the remote controls side by side on the coffee table",
        "2 remote control, coffee table",
        "next_to(remote_control_2, remote_control_1); on(remote_control_1, coffee_table_1); "
        "on(remote_control_2, coffee_table_1)",
    ),
    Said(
        "put the left block on the plate",
        "2 block, plate",
        "on(block_1, plate_1)",
        "left_of(block_1, block_2)",
    ),
]

MANNERS_AND_PARTS = [
    Said(
        "Group the jars by size: small ones to the left of the stove, big ones to its right.",
        "3 jar, stove",
        "left_of(jar_1, stove_1); right_of(jar_3, stove_1)",
    ),
    Said("Sort the tools by their owners.", "hammer, screwdriver, pliers, wrench", ""),
    Said(
        "Take the pie out of the oven and let it cool down on the counter.",
        "pie, oven, counter",
        "on(pie_1, counter_1)",
        "in(pie_1, oven_1)",
    ),
    Said("Let the towel dry on the rack.", "towel, rack", "on(towel_1, rack_1)"),
    Said(
        "Give the pan a quick scrub and put it on the stove.",
        "frying pan, stove",
        "on(frying_pan_1, stove_1)",
    ),
    Said("Wash the jar and put its lid back on.", "jar, lid", "on(lid_1, jar_1)"),
    Said("Empty the teapot, then put the lid back on it.", "teapot, lid", "on(lid_1, teapot_1)"),
    Said("Take the lid off the saucepan.", "pot, lid", "lifted(lid_1)", "on(lid_1, pot_1)"),
    Said(
        "From the vegetables in the basket, pick one carrot and put it on the plate.",
        goal="on(carrot_1, plate_1)",
        start="in(carrot_1, basket_1)",
    ),
    Said(
        "Slice the bread, then move it from the board to the basket.",
        "bread, cutting board, basket",
        "in(bread_1, basket_1)",
        "on(bread_1, cutting_board_1)",
    ),
    Said("wipe the board", "whiteboard"),
    Said("Salt the steak and move it from the board to the plate.", "steak, cutting board, plate"),
    Said("unplug the iron and leave it on the board", "iron, ironing board", "on(iron_1, ironing_board_1)"),
    Said("take the marker off the board", "marker, whiteboard"),
    Said("Get the mixing bowl ready on the worktop.", "mixing bowl, counter", ""),
    Said(
        "close the bottom drawer of the dresser and put the lamp on top of it",
        "dresser, table lamp",
        "closed(dresser_1.drawer_-1); on(table_lamp_1, dresser_1)",
    ),
    Said(
        "stack the blue block in the back on the blue block at the front",
        "2 block",
        "on(block_1, block_2)",
        "behind(block_1, block_2)",
    ),
    Said("put the mug at the back on the tray", "2 mug, tray", "on(mug_1, tray_1)", "behind(mug_1, mug_2)"),
    Said("push the cup to the front of the microwave", "cup, microwave", "in_front_of(cup_1, microwave_1)"),
]
ENDS_OF_ROOMS = [
    Said(
        "A classroom with a whiteboard at the front and a bookcase at the back.",
        "whiteboard, bookcase",
        "",
        "on(whiteboard_1, wall.front); against_wall(bookcase_1, room.back)",
    ),
    Said(
        "A sofa stands at the front of the room and a desk on the left side of the room.",
        "sofa, desk",
        "",
        "against_wall(sofa_1, room.front); against_wall(desk_1, room.left)",
    ),
]
UNDERSTOOD = [
    *SEVERAL_STEPS, *WHICH_ONE, *ATTRIBUTES, *HOW_MANY, *NOT_THERE, *SIZES, *STYLES, *POLITE, *TYPING, *ALONE,
    *EVERYDAY, *STILL_MORE, *MANNERS_AND_PARTS, *ENDS_OF_ROOMS,
]  # fmt: skip


def _relations(text: str) -> set[str]:
    return {part.strip() for part in text.split(";") if part.strip()}


def _counts(text: str) -> dict[str, int]:
    pairs = [part.strip().partition(" ") for part in text.split(",") if part.strip()]
    return {
        (rest if first.isdigit() else f"{first} {rest}".strip()): int(first) if first.isdigit() else 1
        for first, _, rest in pairs
    }


@pytest.mark.parametrize("said", [pytest.param(said, id=said.prompt) for said in UNDERSTOOD])
def test_what_people_say_is_understood(said: Said) -> None:
    found = read(said.prompt, VOCABULARY)
    if said.things:
        counts: dict[str, int] = {}
        for item in found.objects:
            counts[item.category] = counts.get(item.category, 0) + item.count
        assert counts == _counts(said.things)
    if said.goal is not None:
        assert set(map(str, found.goal)) == _relations(said.goal)
    assert _relations(said.start) <= set(map(str, found.initial))
    assert said.named in {said.named and item.name for item in found.objects} | {""}
    told = (*found.notes, *(statement.text for statement in found.statements))
    assert said.told in " ".join(told).lower()
    assert said.size is None or found.size == said.size
    assert said.area is None or (
        found.size and found.size[0] * found.size[1] == pytest.approx(said.area, rel=0.01)
    )
    assert {noun.strip() for noun in said.excluded.split(",") if noun} <= set(found.excluded)
    for pair in filter(None, said.states.split(",")):
        name, state = pair.split()
        item = found.required(name)
        assert item is not None and state in item.states


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("pon la taza en la mesa", "Spanish"),
        ("stelle die Tasse auf den Tisch", "German"),
        ("r\u00e4ume bitte den Tisch ab", "German"),
        ("mets la tasse sur la table", "French"),
        ("une chambre avec un lit", "French"),
        ("metti la tazza sul tavolo", "Italian"),
        ("zet de kop op tafel", "Dutch"),
        ("\u628a\u676f\u5b50\u653e\u5230\u684c\u5b50\u4e0a", "Chinese"),
        ("\u30ab\u30c3\u30d7\u3092\u7f6e\u3044\u3066", "Japanese"),
        ("\ucef5\uc744 \ub193\uc544", "Korean"),
        ("\u043f\u043e\u0441\u0442\u0430\u0432\u044c \u0447\u0430\u0448\u043a\u0443", "Russian"),
        ("put the \u676f\u5b50 on the table", "Chinese"),
    ],
)
def test_another_language_is_named_and_refused(prompt: str, language: str) -> None:
    with pytest.raises(TaskNotUnderstood, match=language) as caught:
        read(prompt, VOCABULARY)
    assert "English" in str(caught.value)


@pytest.mark.parametrize("word", ["coach", "mag", "quandary"])
def test_a_real_word_is_never_taken_for_a_slip(word: str) -> None:
    try:
        found = read(f"put the {word} on the table", VOCABULARY)
    except TaskNotUnderstood as error:
        assert f"'{word}'" in str(error)
    else:
        assert found.objects[0].name == word


@pytest.mark.parametrize(
    ("prompt", "error", "words"),
    [
        ("open the box", TaskImpossible, ["box", "toy box"]),
        ("close the jar", TaskImpossible, ["jar", "opens"]),
        ("put the can on the fifth shelf of the nightstand", TaskImpossible, ["nightstand", "5"]),
        ("put everything into the box", TaskNotUnderstood, ["'everything'", "name the objects"]),
        ("pick up the object on the table", TaskNotUnderstood, ["'object'"]),
        ("do not touch the vase, never open the drawer", TaskNotUnderstood, ["'not'"]),
    ],
)
def test_what_cannot_be_is_refused_at_once(prompt: str, error: type[UserError], words: list[str]) -> None:
    with pytest.raises(error) as caught:
        read(prompt, VOCABULARY)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_adjectives_say_how_full_and_how_neat_a_room_is() -> None:
    said = {"a cluttered office": ("dense", "messy"), "a minimalist bedroom": ("sparse", None),
            "a tidy kitchen": (None, "tidy"), "a kitchen": (None, None)}  # fmt: skip
    for prompt, mood in said.items():
        found = read(prompt, VOCABULARY)
        assert (found.density, found.disorder) == mood
