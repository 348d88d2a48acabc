"""Acceptance rate of scenes, and their stability in MuJoCo.

    python tests/benchmarks/acceptance.py                 # every English single-room line, 3 seeds each
    python tests/benchmarks/acceptance.py --density dense
    python tests/benchmarks/acceptance.py --ids t02 --seeds 10

Every accepted scene is written to disk, judged there by `sage check`'s critics and by MuJoCo on
scene.xml, and against the relations that tests/data/tasks.jsonl expects. Exit status 1 if a limit
is missed.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mujoco
import numpy as np

from sage.assets.vocabulary import TableVocabulary
from sage.choices import Density
from sage.export.reading import read_scene
from sage.generators.recipes import room_types
from sage.service.checking import check
from sage.service.generation import generate
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.task import Relation

NOT_YET = ("t21", "r09")
"""Lines in another language, or of two rooms."""
MAX_DEPTH_M, MAX_DRIFT_M, MAX_TURN_RAD, SIMULATED_S = 0.001, 0.01, 0.1, 5.0
MIN_ACCEPTED = 0.95
MIN_OBJECTS = {"sparse": 0, "normal": 75, "dense": 120}
MAX_MEDIAN_CPU_S = {"sparse": 10.0, "normal": 10.0, "dense": 20.0}
ROOM, MAX_ROOM_CPU_S, MAX_PHYSICS_CPU_S = 75, 5.0, 1.5
"""Median cost, without preview, of a room scaled to so many objects, and of the physics critic in it."""
MIN_CATEGORIES, MAX_SHARE = 20, 0.25
MAX_RSS_MIB = 1536.0


@dataclass(frozen=True)
class Verdict:
    """What MuJoCo says of scene.xml."""

    bodies: int
    unstable: tuple[str, ...]
    depth: float
    """Deepest contact between different objects, at rest and after 5 s [m]."""


def mujoco_verdict(folder: Path) -> Verdict:
    """Load scene.xml from disk at its keyframe, run 5 s, and measure."""
    model = mujoco.MjModel.from_xml_path(str(folder / "scene.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, model.key("rest").id)
    mujoco.mj_forward(model, data)
    free = [model.jnt_bodyid[j] for j in range(model.njnt) if model.jnt_type[j] == 0]
    start = {b: (data.xpos[b].copy(), data.xquat[b].copy()) for b in free}
    depth = _depth(model, data)
    for _ in range(round(SIMULATED_S / model.opt.timestep)):
        mujoco.mj_step(model, data)
    depth = max(depth, _depth(model, data))
    unstable = []
    for body, (place, quat) in start.items():
        drift = float(np.linalg.norm(data.xpos[body] - place))
        turn = 2 * math.acos(min(1.0, abs(float(quat @ data.xquat[body]))))
        if not (drift < MAX_DRIFT_M and turn < MAX_TURN_RAD):
            unstable.append(f"{model.body(body).name} {drift * 1e3:.1f} mm {turn:.3f} rad")
    return Verdict(len(free), tuple(unstable), depth)


def _depth(model: mujoco.MjModel, data: mujoco.MjData) -> float:
    deepest = 0.0
    for contact in data.contact:
        a, b = (model.body_rootid[model.geom_bodyid[g]] for g in (contact.geom1, contact.geom2))
        if a != b:
            deepest = max(deepest, -float(contact.dist))
    return deepest


def unmet(line: dict[str, Any], folder: Path) -> Iterator[str]:
    """Yield what the task file expects and the scene does not hold."""
    scene, store = read_scene(folder)
    layout = Layout(scene, store)
    nouns = {*line["objects"], *(target for _, _, target in line["init"] if target)}
    ids = {noun: [o.id for o in scene.objects if _named(o.category, noun)] for noun in nouns}
    for noun, least in line["objects"].items():
        if len(ids[noun]) < least:
            yield f"{len(ids[noun])} {noun}, expected {least}"
    if line["room"] and scene.rooms[0].type not in line["room"]:
        yield f"room {scene.rooms[0].type}"
    for name, subject, target in line["init"]:
        relation = name.lstrip("!")
        pairs = [
            Relation.model_validate({"name": relation, "subject": a, "object": b})
            for a in ids.get(subject, [])
            for b in ([target] if target == "room" else ids.get(target, [""]))
        ]
        true = [holds(pair, layout) for pair in pairs if pair.subject != pair.object]
        if name.startswith("!") and all(true):
            yield f"{relation}({subject}, {target}) holds"
        if not name.startswith("!") and not any(true):
            yield f"{relation}({subject}, {target}) does not hold"


_VOCABULARY = TableVocabulary(room_types())


def _named(category: str, noun: str) -> bool:
    alike = category.split()[-1] == noun or {noun, category} == {"shelf", "bookcase"}
    return alike or _VOCABULARY.is_a(category, noun)


def main() -> int:
    """Run, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=Path, default=Path(__file__).parents[1] / "data/tasks.jsonl")
    parser.add_argument("--ids", nargs="*", help="by default all that can be made")
    parser.add_argument("--density", choices=list(MIN_OBJECTS), default="normal")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="write the scenes here and keep them")
    options = parser.parse_args()
    lines = {line["id"]: line for line in map(json.loads, options.tasks.read_text().splitlines())}
    known = (line for line in lines.values() if line["kind"] != "bad" and line["id"] not in NOT_YET)
    ids = options.ids or [line["id"] for line in known]
    rows: list[dict[str, Any]] = []
    spawn = multiprocessing.get_context("spawn")
    # MuJoCo keeps a cache of meshes; in a process of its own it does not count as our memory.
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor(1, spawn) as judge:
        root = options.keep or Path(scratch)
        for name in ids:
            for seed in range(options.first_seed, options.first_seed + options.seeds):
                folder = root / f"{name}_{seed}"
                rows.append(_one(lines[name], seed, options.density, folder, judge))
                _print(rows[-1])
    return _summary(rows, options.density)


def _one(line: dict[str, Any], seed: int, density: Density, folder: Path, judge: Executor) -> dict[str, Any]:
    start = time.process_time()
    result = generate(line["prompt"], out=folder, seed=seed, density=density, overwrite=True)
    cpu = time.process_time() - start
    counts = Counter(item.category for item in result.scene.objects if not item.covering)
    row: dict[str, Any] = {
        "id": line["id"], "seed": seed, "accepted": result.accepted, "rounds": result.rounds, "cpu": cpu,
        "objects": counts.total(), "categories": len(counts),
        "share": max(counts.values(), default=0) / max(1, counts.total()),
        "stages": json.loads((folder / "report.json").read_text())["cpu_seconds"], "problems": [],
    }  # fmt: skip
    if not result.accepted:
        row["problems"] = [f.message for c in result.critiques if not c.passed for f in c.findings]
        return row
    verdict = judge.submit(mujoco_verdict, folder).result()
    _, critiques = check(folder)
    metrics = {name: value for critique in critiques for name, value in critique.metrics.items()}
    row |= {
        "bodies": verdict.bodies,
        "unstable": len(verdict.unstable),
        "depth_mm": verdict.depth * 1e3,
        "metrics": metrics,
    }
    row["problems"] = [
        *verdict.unstable,
        *(f"{c.critic}: {f.message}" for c in critiques if not c.passed for f in c.findings),
        *unmet(line, folder),
    ]
    return row


def _print(row: dict[str, Any]) -> None:
    word = "accepted" if row["accepted"] else "NOT accepted"
    engine = ""
    if row["accepted"]:
        engine = f"mujoco unstable {row['unstable']}/{row['bodies']} depth {row['depth_mm']:.2f} mm"
    print(
        f"{row['id']} seed {row['seed']}: {word}, rounds {row['rounds']}, {row['objects']} objects of "
        f"{row['categories']} kinds, at most {row['share']:.0%} of one, {row['cpu']:.1f} CPU s  {engine}",
        flush=True,
    )
    for problem in row["problems"]:
        print(f"    {problem}", flush=True)


def _summary(rows: list[dict[str, Any]], density: Density) -> int:
    accepted = [row for row in rows if row["accepted"]]
    share = len(accepted) / len(rows)
    bodies = sum(row["bodies"] for row in accepted)
    unstable = sum(row["unstable"] for row in accepted)
    depth = max((row["depth_mm"] for row in accepted), default=0.0)
    cpu = statistics.median(row["cpu"] for row in rows)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    problems = sum(bool(row["problems"]) for row in accepted)
    names = ("supported", "in_bounds", "task", "stable_strict", "collision", "openable", "navigable")
    means = {
        name: statistics.fmean(row["metrics"][name] for row in accepted) if accepted else math.nan
        for name in names
    }
    print()
    print(f"accepted              {share:7.1%}   of {len(rows)} (limit {MIN_ACCEPTED:.0%})")
    print(
        f"mujoco stable, strict {1 - unstable / max(1, bodies):7.1%}   of {bodies} free bodies (limit 100%)"
    )
    print(f"mujoco deepest contact {depth:6.2f} mm (limit {MAX_DEPTH_M * 1e3:g} mm)")
    for name in names:
        print(f"sage check {name:<14} {means[name]:6.3f}")
    print(f"scenes with a problem {problems:7d}   (limit 0)")
    objects = statistics.fmean(row["objects"] for row in rows)
    kinds, most = min(row["categories"] for row in rows), max(row["share"] for row in rows)
    print(f"objects a room        {objects:7.1f}   mean (limit {MIN_OBJECTS[density]})")
    print(f"kinds a room          {kinds:7d}   fewest (limit {MIN_CATEGORIES})")
    print(f"share of one kind     {most:7.1%}   most (limit {MAX_SHARE:.0%})")
    print(f"CPU seconds a scene   {cpu:7.2f}   median (limit {MAX_MEDIAN_CPU_S[density]:g})")
    print(f"peak memory           {rss:7.0f}   MiB (limit {MAX_RSS_MIB:g})")
    stages: dict[str, list[float]] = {}
    for row in rows:
        for stage, value in row["stages"].items():
            stages.setdefault(stage, []).append(value)
    scale = [ROOM / row["objects"] for row in rows]
    room = statistics.median(
        k * (row["cpu"] - row["stages"]["preview"]) for k, row in zip(scale, rows, strict=True)
    )
    physics = statistics.median(
        k * row["stages"]["physics"] / row["rounds"] for k, row in zip(scale, rows, strict=True)
    )
    print(f"  for {ROOM} objects   {room:7.2f}   without preview (limit {MAX_ROOM_CPU_S:g})")
    print(f"  a physics check  {physics:7.2f}   (limit {MAX_PHYSICS_CPU_S:g})")
    total = sum(sum(values) for values in stages.values())
    for stage, values in sorted(stages.items(), key=lambda item: -sum(item[1])):
        print(f"  {stage:<16} {statistics.median(values):6.2f} CPU s median, {sum(values) / total:5.1%}")
    good = share >= MIN_ACCEPTED and unstable == 0 and depth <= MAX_DEPTH_M * 1e3 and problems == 0
    full = objects >= MIN_OBJECTS[density] and (density == "sparse" or kinds >= MIN_CATEGORIES)
    quick = cpu <= MAX_MEDIAN_CPU_S[density] and room <= MAX_ROOM_CPU_S and physics <= MAX_PHYSICS_CPU_S
    quick = quick and rss <= MAX_RSS_MIB
    return 0 if good and full and most <= MAX_SHARE and quick else 1


if __name__ == "__main__":
    sys.exit(main())
