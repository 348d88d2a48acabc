"""Acceptance and relations of rooms with many required relations, given as tasks.

    python tests/benchmarks/arrangements.py               # every room, one seed each
    python tests/benchmarks/arrangements.py --seeds 3 --only bedroom --pictures FOLDER

Prints for each room whether it was accepted, what is missing, which relations do not hold, how many unasked
kin there are of what was counted, and the CPU seconds. Exit status 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from sage.agent import Loop
from sage.asset import AssetStore
from sage.assets.vocabulary import TableVocabulary
from sage.context import silent
from sage.critics import CRITICS
from sage.generators import GENERATORS
from sage.generators.recipes import room_types
from sage.planning.rules import RulesPlanner
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.wiring import make_context
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.task import Relation, RequiredObject, Task

MIN_PRESENT, MIN_HOLDING, MIN_ACCEPTED, MAX_MEDIAN_CPU_S = 0.99, 0.9, 0.8, 25.0

ROOMS: dict[str, tuple[str, str, str]] = {
    "bedroom": (
        "bedroom",
        "bed; nightstand x2; wardrobe; bench; desk; chair; picture; ceiling lamp; table lamp x2; rug",
        "against_wall bed_1 room back; left_of nightstand_1 bed_1; right_of nightstand_2 bed_1; "
        "on table_lamp_1 nightstand_1; on table_lamp_2 nightstand_2; in_corner wardrobe_1 room far; "
        "in_front_of bench_1 bed_1; under desk_1 window; in_front_of chair_1 desk_1; facing chair_1 desk_1; "
        "on picture_1 wall; above picture_1 bed_1; on ceiling_lamp_1 ceiling; under rug_1 bed_1",
    ),
    "living": (
        "living_room",
        "sofa; tv stand; tv; coffee table; armchair x2; rug; floor lamp; bookcase; plant; picture; "
        "vase; book x3",
        "against_wall sofa_1 room back; across tv_stand_1 sofa_1; on tv_1 tv_stand_1; facing tv_1 sofa_1; "
        "in_front_of coffee_table_1 sofa_1; left_of armchair_1 coffee_table_1; "
        "right_of armchair_2 coffee_table_1; facing armchair_1 coffee_table_1; "
        "facing armchair_2 coffee_table_1; under rug_1 coffee_table_1; next_to floor_lamp_1 sofa_1; "
        "against_wall bookcase_1 room; in_corner plant_1 room; on picture_1 wall; above picture_1 sofa_1; "
        "on vase_1 coffee_table_1; on book_1 coffee_table_1; on book_2 bookcase_1; on book_3 bookcase_1",
    ),
    "dining": (
        "dining_room",
        "table; chair x6; ceiling lamp; cabinet; mirror; rug; vase; plate x6; fork x6; plant x2",
        "in_middle table_1 room; long_side chair_1 table_1; long_side chair_2 table_1; "
        "long_side chair_3 table_1; long_side chair_4 table_1; short_side chair_5 table_1; "
        "short_side chair_6 table_1; above ceiling_lamp_1 table_1; against_wall cabinet_1 room; "
        "above mirror_1 cabinet_1; on mirror_1 wall; under rug_1 table_1; on vase_1 table_1; "
        + "".join(f"on plate_{k} table_1; on fork_{k} table_1; " for k in range(1, 7))
        + "".join(f"next_to fork_{k} plate_{k}; " for k in range(1, 7))
        + "in_corner plant_1 room; in_corner plant_2 room",
    ),
    "round_dining": (
        "dining_room",
        "table shape=round; chair x4; rug; ceiling lamp; bowl; apple x3",
        "in_middle table_1 room; around chair_1 table_1; around chair_2 table_1; around chair_3 table_1; "
        "around chair_4 table_1; under rug_1 table_1; above ceiling_lamp_1 table_1; on bowl_1 table_1; "
        "in_middle bowl_1 table_1; in apple_1 bowl_1; in apple_2 bowl_1; in apple_3 bowl_1",
    ),
    "office": (
        "office",
        "desk x4; office chair x4; monitor x4; keyboard x4; desktop computer x4; filing cabinet x2; "
        "whiteboard; trash bin; plant",
        "".join(
            f"in_front_of office_chair_{k} desk_{k}; facing office_chair_{k} desk_{k}; "
            f"on monitor_{k} desk_{k}; on keyboard_{k} desk_{k}; in_front_of keyboard_{k} monitor_{k}; "
            f"under desktop_computer_{k} desk_{k}; "
            for k in range(1, 5)
        )
        + "against_wall filing_cabinet_1 room; next_to filing_cabinet_2 filing_cabinet_1; "
        "on whiteboard_1 wall; "
        "near trash_bin_1 door; in_corner plant_1 room",
    ),
    "study": (
        "office",
        "desk; office chair; bookcase x2; armchair; floor lamp; rug; laptop; desk lamp; mug; picture x2",
        "under desk_1 window; in_front_of office_chair_1 desk_1; against_wall bookcase_1 room left; "
        "next_to bookcase_2 bookcase_1; in_corner armchair_1 room; next_to floor_lamp_1 armchair_1; "
        "in_middle rug_1 room; on laptop_1 desk_1; on desk_lamp_1 desk_1; left_of desk_lamp_1 laptop_1; "
        "on mug_1 desk_1; right_of mug_1 laptop_1; on picture_1 wall; on picture_2 wall; "
        "next_to picture_2 picture_1",
    ),
    "kitchen": (
        "kitchen",
        "refrigerator; stove; sink; table; chair x2; microwave; toaster; bowl; apple x3; trash bin",
        "left_of refrigerator_1 stove_1; right_of sink_1 stove_1; in_middle table_1 room; "
        "facing chair_1 table_1; facing chair_2 table_1; next_to chair_1 table_1; next_to chair_2 table_1; "
        "on bowl_1 table_1; in apple_1 bowl_1; in apple_2 bowl_1; in apple_3 bowl_1; near trash_bin_1 door",
    ),
    "bathroom": (
        "bathroom",
        "bathtub; toilet; sink; mirror; towel rail; hamper; rug; plant",
        "against_wall bathtub_1 room; next_to toilet_1 sink_1; above mirror_1 sink_1; on mirror_1 wall; "
        "on towel_rail_1 wall; next_to hamper_1 bathtub_1; in_front_of rug_1 bathtub_1; under plant_1 window",
    ),
    "far_tables": (
        "living_room",
        "coffee table; desk; side table; block; saucer; can",
        "far desk_1 coffee_table_1; far side_table_1 coffee_table_1; far side_table_1 desk_1; "
        "on block_1 coffee_table_1; on saucer_1 coffee_table_1; on can_1 side_table_1",
    ),
    "childrens": (
        "childrens_room",
        "bunk bed; desk; chair; toy box; bookcase; rug; toy car x3; toy block x2; bean bag x2; hamper",
        "in_corner bunk_bed_1 room; under desk_1 window; in_front_of chair_1 desk_1; "
        "next_to toy_box_1 bunk_bed_1; against_wall bookcase_1 room; "
        "in_middle rug_1 room; on toy_car_1 floor; next_to toy_car_1 toy_box_1; in toy_car_2 toy_box_1; "
        "in toy_car_3 toy_box_1; on toy_block_1 bookcase_1; on toy_block_2 bookcase_1; "
        "next_to bean_bag_2 bean_bag_1; near hamper_1 door",
    ),
    "two_sofas": (
        "living_room",
        "sofa x2; coffee table; fireplace; armchair; picture; rug; side table x2; table lamp x2",
        "across sofa_2 sofa_1; facing sofa_1 sofa_2; facing sofa_2 sofa_1; "
        "between coffee_table_1 sofa_1 sofa_2; "
        "against_wall fireplace_1 room; facing armchair_1 fireplace_1; above picture_1 fireplace_1; "
        "under rug_1 coffee_table_1; next_to side_table_1 sofa_1; next_to side_table_2 sofa_2; "
        "on table_lamp_1 side_table_1; on table_lamp_2 side_table_2",
    ),
    "mutual": (
        "bedroom",
        "bed; nightstand; dresser; chair",
        "next_to bed_1 nightstand_1; next_to nightstand_1 bed_1; across dresser_1 bed_1; "
        "facing dresser_1 bed_1; near chair_1 window",
    ),
}  # fmt: skip
"""By name: the type of room, the things, and the relations between them."""


def task_of(room: str, things: str, relations: str, prompt: str = "") -> Task:
    """Build a task from `thing x2 color=red; ...` and `relation subject object part; ...`."""
    objects = []
    for line in things.split(";"):
        words = line.split()
        attributes = dict(word.split("=") for word in words if "=" in word)
        count = next((int(word[1:]) for word in words if re.fullmatch(r"x\d+", word)), 1)
        noun = " ".join(word for word in words if "=" not in word and not re.fullmatch(r"x\d+", word))
        stem = noun.replace(" ", "_")
        ids = tuple(f"{stem}_{k}" for k in range(1, count + 1))
        name = " ".join([*attributes.values(), noun])
        objects.append(RequiredObject(ids=ids, category=noun, name=name, attributes=attributes))
    initial = []
    for line in relations.split(";"):
        words = line.split()
        if not words or words[0] not in Relation.model_fields["name"].annotation.__args__:
            continue
        name, subject, target, *more = words
        last = {"other" if name == "between" else "part": more[0]} if more else {}
        initial.append(Relation(name=name, subject=subject, object=target, **last))  # type: ignore[arg-type]
    return Task(
        prompt=prompt or room, kind="room", rooms=(room,), objects=tuple(objects), initial=tuple(initial)
    )


@dataclass(frozen=True)
class Outcome:
    """What became of a described room."""

    accepted: bool
    missing: tuple[str, ...]
    failed: tuple[str, ...]
    relations: int
    objects: int
    kin: tuple[str, ...]
    seconds: float
    rounds: int


def outcome(result: SceneResult, store: AssetStore, seconds: float) -> Outcome:
    """Judge a scene by its task."""
    task, layout = result.scene.task, Layout(result.scene, store)
    missing = tuple(sorted(task.ids - {located.item.id for located in layout}))
    failed = []
    for relation in task.initial:
        names = {relation.subject, relation.object, relation.other} & task.ids
        if names & set(missing) or not holds(relation, layout):
            failed.append(str(relation))
    is_a = TableVocabulary(room_types()).is_a
    others = [located.item for located in layout if located.item.id not in task.ids]
    kin = tuple(o.id for o in others if any(is_a(o.category, asked.category) for asked in task.objects))
    return Outcome(
        result.accepted, missing, tuple(failed), len(task.initial), len(task.ids), kin, seconds, result.rounds
    )


def main() -> int:
    """Generate every room and print what became of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    outcomes = []
    for name, (room, things, relations) in ROOMS.items():
        if options.only not in name:
            continue
        for seed in range(options.seeds):
            store = AssetStore(Path(tempfile.mkdtemp()))
            task = task_of(room, things, relations)
            start = time.process_time()
            loop = Loop(RulesPlanner(), GENERATORS, CRITICS, make_context(store, silent))
            result = loop.run(Scene(task=task, seed=seed))
            result = replace(result, store=store)
            found = outcome(result, store, time.process_time() - start)
            outcomes.append(found)
            print(
                f"{name:13} {seed} {'ok  ' if found.accepted else 'FAIL'} {found.seconds:5.1f} s "
                f"{found.rounds} rounds, {found.relations - len(found.failed)}/{found.relations} hold",
                *(["missing:", *found.missing] if found.missing else []),
                *(["fail:", *found.failed] if found.failed else []),
                *(["kin:", *found.kin] if found.kin else []),
                *sorted({f"{f.kind}: {f.message}" for c in result.critiques if not c.passed
                         for f in c.findings})[:6],
                flush=True, sep="\n    " if found.failed or found.missing or not found.accepted else " ",
            )  # fmt: skip
            if options.pictures:
                options.pictures.mkdir(parents=True, exist_ok=True)
                for view in ("top", "preview"):
                    result.picture(view).save(options.pictures / f"{name}_{seed}_{view}.png")
    present = 1 - sum(len(o.missing) for o in outcomes) / sum(o.objects for o in outcomes)
    holding = 1 - sum(len(o.failed) for o in outcomes) / sum(o.relations for o in outcomes)
    accepted = sum(o.accepted for o in outcomes) / len(outcomes)
    median = statistics.median(o.seconds for o in outcomes)
    print(f"present {present:.1%}, hold {holding:.1%}, accepted {accepted:.1%}, median {median:.1f} CPU s")
    good = present >= MIN_PRESENT and holding >= MIN_HOLDING and accepted >= MIN_ACCEPTED
    return 0 if good and median <= MAX_MEDIAN_CPU_S else 1


if __name__ == "__main__":
    sys.exit(main())
