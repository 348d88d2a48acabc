"""Reading of spatial phrases in room descriptions."""

from __future__ import annotations

import pytest

from sage.assets.vocabulary import TableVocabulary
from sage.generators.recipes import room_types
from sage.language.prompt import read
from sage.task import Task

pytestmark = pytest.mark.quick

VOCABULARY = TableVocabulary(room_types())

SAID = [
    # What small things stand on where only a neighbour or a place in the room is said.
    ("On a wall shelf a mug sits center stage, and a vase stands to its right.",
     "on(mug_1, wall_shelf_1); in_middle(mug_1, wall_shelf_1); on(vase_1, wall_shelf_1); "
     "right_of(vase_1, mug_1)"),
    ("A counter supports a toaster beneath a pan rack.", "on(toaster_1, counter_1)"),
    ("A clock hangs above the sideboard, with a candle and a bowl placed below.",
     "above(wall_clock_1, cabinet_1); on(candle_1, cabinet_1); on(bowl_1, cabinet_1)"),
    ("A mirror hangs above the vanity, with a bath mat below.", "in_front_of(bath_mat_1, vanity_1)"),
    ("A toolbox rests against the wall near the door.",
     "against_wall(toolbox_1, room); on(toolbox_1, floor)"),
    ("A toaster stands in the corner next to the door.",
     "on(toaster_1, side_table_1); in_corner(side_table_1, room); next_to(side_table_1, door)"),
    ("A desk holds a laptop. A ruler lies beside a notebook.", "on(ruler_1, desk_1); on(notebook_1, desk_1)"),
    ("A towel rail holds two towels beside the bathtub.",
     "in(towel_1, towel_rail_1); next_to(towel_rail_1, bathtub_1)"),
    ("A mug and a plate sit on a low table next to the sofa.",
     "on(mug_1, table_1); on(plate_1, table_1); next_to(table_1, sofa_1)"),
    ("A cup and a bowl sit on a tray on the table, with two spoons resting on the left.",
     "on(cup_1, tray_1); left_of(spoon_1, tray_1); left_of(spoon_2, tray_1); on(spoon_1, table_1)"),
    ("A cat tree stands in the corner of the room with three scratching posts arranged around its base.",
     "next_to(scratching_post_1, cat_tree_1); next_to(scratching_post_2, cat_tree_1)"),
    ("A cabinet stands against the back wall close to the door.",
     "against_wall(cabinet_1, room); near(cabinet_1, door)"),
    # Another of the same, and compounds that the parser divides.
    ("One plant stands to the left of a mirror and another stands to the right.",
     "left_of(plant_1, mirror_1); right_of(plant_2, mirror_1)"),
    ("Above the door hangs a speaker.", "on(wall_speaker_1, wall); next_to(wall_speaker_1, door)"),
    ("A laptop stands on the desk with a notebook in front and a pen to its right.",
     "in_front_of(notebook_1, laptop_1); right_of(pen_1, notebook_1)"),
    ("On the TV stand the clock sits in the middle, while on the desk a lamp is centered, and a mug rests "
     "on the left.",
     "on(desk_clock_1, tv_stand_1); in_middle(table_lamp_1, desk_1); on(mug_1, desk_1)"),
    ("A shelf carries a blue paint can and a soap bar stand beside a folded towel.",
     "in(paint_can_1, shelf_1); in(soap_dish_1, shelf_1); next_to(soap_dish_1, towel_1)"),
    ("A green paint can sit on a low shelf.", "on(paint_can_1, shelf_1)"),
    # Lists, and what a place at their end is said of.
    ("A kitchen with a washing machine and a dryer side by side against the wall near the door.",
     "next_to(clothes_dryer_1, washing_machine_1); against_wall(washing_machine_1, room); "
     "against_wall(clothes_dryer_1, room); near(washing_machine_1, door); near(clothes_dryer_1, door)"),
    ("A bedroom with a bed with two nightstands on each side, a wardrobe, and a bench in front of the bed.",
     "left_of(nightstand_1, bed_1); right_of(nightstand_2, bed_1); in_front_of(bench_1, bed_1)"),
    ("A bedroom with a bed, with a small desk and bookshelf tucked into the corner.",
     "in_corner(desk_1, room); in_corner(bookcase_1, room)"),
    ("A table with four chairs on the short sides and a bench along one long side.",
     "short_side(chair_4, table_1); long_side(bench_1, table_1)"),
    ("A kitchen has a cabinet. A stove and a fridge stand nearby.",
     "near(stove_1, cabinet_1); near(refrigerator_1, cabinet_1)"),
    ("A table surrounded by three stools, and a teddy bear and a block resting on the tabletop.",
     "around(stool_1, table_1); around(stool_3, table_1); on(teddy_bear_1, table_1); on(block_1, table_1)"),
    ("A green lamp and a silver tablet rest on the table while a red book sits left of them.",
     "on(table_lamp_1, table_1); on(tablet_1, table_1)"),
    # Participles, and what they describe.
    ("A kitchen has a tall cabinet along the left wall topped with a basket.",
     "against_wall(cabinet_1, room.left); on(basket_1, cabinet_1)"),
    ("A cart is parked in front of the washing machine supporting a bottle.",
     "in_front_of(serving_cart_1, washing_machine_1)"),
    ("A playroom featuring a low table with board games, surrounded by three small chairs.",
     "on(board_game_1, table_1); around(chair_1, table_1); around(chair_3, table_1)"),
    ("An island with a marble top, flanked by two bar stools on its long side.",
     "long_side(bar_stool_1, kitchen_island_1); long_side(bar_stool_2, kitchen_island_1)"),
    ("Two tables stand on either side of the bed, while a desk is set in the corner, equipped with a lamp.",
     "left_of(table_1, bed_1); right_of(table_2, bed_1); in_corner(desk_1, room); on(desk_lamp_1, desk_1)"),
    # Verbs that follow and, places at the front, adverbs.
    ("A basket holds two towels and stands next to the dryer.",
     "in(towel_1, basket_1); in(towel_2, basket_1); next_to(basket_1, clothes_dryer_1)"),
    ("A vanity sits against one wall, and across the room a bathtub occupies the corner.",
     "against_wall(vanity_1, room); across(bathtub_1, vanity_1); in_corner(bathtub_1, room)"),
    ("A desk stands under the window, and nearby a table stands in the center, with a plant nearby.",
     "under(desk_1, window); near(table_1, desk_1); in_middle(table_1, room); near(plant_1, table_1)"),
    ("On the coffee table a book lies next to a pen set, and a calculator sits beside a tablet.",
     "on(book_1, coffee_table_1); on(calculator_1, coffee_table_1); next_to(calculator_1, tablet_1)"),
    ("Against the back wall stands a bookcase with three vases on top and above it hangs a round clock.",
     "against_wall(bookcase_1, room.back); above(wall_clock_1, bookcase_1)"),
    ("A kitchen with a stove and a table, pots on the shelf and lemons on the table.",
     "on(pot_1, shelf_1); on(lemon_1, table_1)"),
    ("A playroom with a rug. A wooden slide slopes down near the door.", "near(slide_1, door)"),
    ("Two books lie on top of the table. By the door lies a ball.",
     "on(book_1, table_1); on(book_2, table_1); next_to(ball_1, door)"),
    ("A sofa faces the TV, sitting across from the desk.", "facing(sofa_1, tv_1); across(sofa_1, desk_1)"),
    # Pronouns, parts and names that refer to what was named before.
    ("A room with a bookshelf against the left wall, a sofa facing it, and a rug in front of the sofa.",
     "against_wall(bookcase_1, room.left); facing(sofa_1, bookcase_1)"),
    ("The workshop has a workbench under a picture and a tool chest beside it. On the bench lies a hammer.",
     "next_to(toolbox_1, workbench_1); on(hammer_1, workbench_1)"),
    ("A sofa bed stands against the wall, and a pillow lies on the sofa.",
     "against_wall(sofa_1, room); on(pillow_1, sofa_1)"),
    ("An armchair stands by the wall, and a lamp stands beside the seat.",
     "next_to(table_lamp_1, armchair_1)"),
    ("A gaming PC on a desk under the window, with a keyboard and a mouse on its surface.",
     "on(keyboard_1, desk_1); on(computer_mouse_1, desk_1)"),
    ("A bedroom with a queen bed and a wooden chest at the bed's foot.", "in_front_of(toy_box_1, bed_1)"),
    ("A room with a coffee table, a desk well away from that table, and a round table near the door.",
     "far(desk_1, coffee_table_1); near(table_1, door)"),
    ("A vase with flowers stands on the dining table.", "on(vase_1, table_1)"),
    # The room's own elements.
    ("A sideboard stands along the door wall.", "against_wall(cabinet_1, room.front)"),
    ("A desk stands against the wall to the right.", "against_wall(desk_1, room.right)"),
    ("An office where a walnut desk stands centered.", "in_middle(desk_1, room)"),
    ("A cellar with an oak table centered on the floor.", "in_middle(table_1, room)"),
    ("An office centered around a large desk.", "in_middle(desk_1, room)"),
    # Mounts.
    ("Two lanterns hang from the ceiling.", "on(paper_lantern_1, ceiling); on(paper_lantern_2, ceiling)"),
    ("A lamp stands on the floor beside the sofa.", "on(floor_lamp_1, floor); next_to(floor_lamp_1, sofa_1)"),
    ("A palm stands on the side table.", "on(plant_1, side_table_1)"),
    ("A shelf hangs on the wall above the sofa.", "on(wall_shelf_1, wall); above(wall_shelf_1, sofa_1)"),
    ("A TV hangs on the wall opposite the sofa.", "on(wall_tv_1, wall); across(wall_tv_1, sofa_1)"),
]  # fmt: skip
"""Descriptions and relations among those that they state."""


@pytest.mark.parametrize(("prompt", "relations"), [pytest.param(*row, id=row[0]) for row in SAID])
def test_a_description_states_where_things_are(prompt: str, relations: str) -> None:
    stated = {str(relation) for relation in task(prompt).initial}
    assert set(relations.split("; ")) <= stated


@pytest.mark.parametrize(
    ("prompt", "unsaid"),
    [
        ("A kitchen has a tall cabinet along the left wall topped with a basket.", "against_wall(basket_1"),
        ("A basket holds two towels and stands next to the dryer.", "next_to(towel_1"),
        ("A bedroom with a bed with two nightstands, a wardrobe and a desk.", "next_to(wardrobe_1"),
        ("Three desks, each with a computer tower underneath.", "on(desktop_computer_1"),
        ("A table supports two jars with a paintbrush resting near the jars.", "in(paintbrush_1"),
    ],
)
def test_a_description_does_not_state_more_than_it_says(prompt: str, unsaid: str) -> None:
    assert not [relation for relation in task(prompt).initial if str(relation).startswith(unsaid)]


@pytest.mark.parametrize(
    ("prompt", "noun", "attributes"),
    [
        ("a bean bag in bright orange", "bean bag", {"color": "orange"}),
        ("a table made of dark oak", "table", {"material": "wooden"}),
        ("a floor lamp with a yellow shade by the bed", "floor lamp", {"color": "yellow"}),
        ("along the wall, a green bookshelf holds three books", "bookshelf", {"color": "green"}),
        ("an island with a marble top", "island", {"material": "marble"}),
    ],
)
def test_looks_may_follow_their_noun(prompt: str, noun: str, attributes: dict[str, str]) -> None:
    found = next(item for item in task(prompt).objects if item.name.endswith(noun))
    assert attributes.items() <= found.attributes.items()


@pytest.mark.parametrize(
    ("prompt", "counts"),
    [
        ("three bowls on the table, each bowl next to a pair of spoons", {"bowl": 3, "spoon": 6}),
        ("a pair of headphones on the desk", {"headphones": 1}),
        ("a sofa bed by the wall and a pillow on the sofa", {"sofa": 1}),
        ("a table with four chairs around it, two on each long side", {"chair": 4}),
        ("a kitchen table with two bench seats", {"bench": 2}),
        ("a can of cola on the counter", {"can": 1}),
        ("a bowl of fruit on the table", {"bowl": 1, "fruit": 3}),
        ("five crayons and a crayon box on the desk", {"crayon": 5, "crayon box": 1}),
        ("a red climbing frame next to a slide", {"climbing frame": 1, "photo frame": 0, "slide": 1}),
        ("a cat tree with two scratching posts beside it", {"cat tree": 1, "scratching post": 2}),
        ("a tea set of four cups on the counter", {"cup": 4, "teapot": 0}),
    ],
)
def test_things_are_counted_once(prompt: str, counts: dict[str, int]) -> None:
    found = dict.fromkeys([noun for noun, count in counts.items() if not count], 0)
    for item in task(prompt).objects:
        for noun in counts:
            if noun in (item.category, item.name.split()[-1]):
                found[noun] = found.get(noun, 0) + item.count
    assert found == counts


def task(prompt: str) -> Task:
    """Return what is read of a prompt."""
    return read(prompt, VOCABULARY)
