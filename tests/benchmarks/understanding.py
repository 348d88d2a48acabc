"""BDDL problems and prompts: share understood, and initial conditions that hold in the scenes.

    python tests/benchmarks/understanding.py --behavior FOLDER                  # 100 activities, evenly drawn
    python tests/benchmarks/understanding.py --behavior FOLDER --only-spatial   # spatial, one indoor room
    python tests/benchmarks/understanding.py --behavior FOLDER --all --rows rows.jsonl
    python tests/benchmarks/understanding.py --behavior FOLDER --draft          # first drafts, no critics
    python tests/benchmarks/understanding.py --tasks tests/data/tasks.jsonl

FOLDER is `activity_definitions` of the package bddl; it is found by itself where that is installed. A
condition counts as holding if `sage.spatial.predicates` says so of the settled scene; what was not
understood, cannot be made or found no place counts as failed. Of several rooms the one that is made
counts, gardens do not. `--rows` keeps each line as it is done and goes on from there. Exit status 1 if
a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sage.agent import Loop
from sage.asset import AssetStore
from sage.assets.parametric import ParametricAssets
from sage.assets.vocabulary import TableVocabulary
from sage.context import Context
from sage.critics import CRITICS
from sage.errors import UserError
from sage.generators import GENERATORS
from sage.generators.recipes import room_types
from sage.language.bddl.syntax import parse
from sage.planning.rules import RulesPlanner
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.definitions import activities
from sage.service.understanding import understand, understand_definition
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.task import Relation, Task

SPATIAL = ("ontop", "inside", "under", "nextto", "touching", "open", "inroom")
COUNTED = ("ontop", "inside", "under", "nextto", "open")
ELSEWHERE = "one room is made"
OUTDOORS = "only indoor rooms are made"
MIN_SPATIAL, MIN_LITERALS = 0.90, 0.85


def main() -> int:
    """Run, print the tables, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tasks", type=Path, help="lines with a prompt each")
    parser.add_argument("--behavior", type=Path, nargs="?", const=Path(), help="folder of the definitions")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only-spatial", action="store_true")
    parser.add_argument("--ids", nargs="*", help="only these")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--density", choices=("sparse", "normal", "dense"), default="normal")
    parser.add_argument("--max-rounds", type=int, default=8)
    parser.add_argument("--draft", action="store_true", help="the first draft: no critics, no repairs; quick")
    parser.add_argument("--rows", type=Path, help="a line for each, kept and gone on from")
    options = parser.parse_args()
    sources = dict(_sources(options))
    done = _kept(options.rows)
    rows = []
    for name, (text, formal) in sources.items():
        row = done.get(name) or _attempt(name, text, formal, options)
        if name not in done and options.rows:
            with options.rows.open("a") as file:
                file.write(json.dumps(row) + "\n")
        rows.append(row)
        print(_line(row), flush=True)
    return _summary(rows)


def _sources(options: argparse.Namespace) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield what is to be understood by name: its text, and whether that is a definition."""
    if options.tasks:
        lines = [json.loads(line) for line in options.tasks.read_text().splitlines()]
        yield from ((line["id"], (line["prompt"], False)) for line in lines if line["kind"] != "bad")
    if options.behavior is None and options.tasks:
        return
    folder = options.behavior
    found = {f.parent.name: f for f in sorted(folder.glob("*/problem0.bddl"))} if folder else activities()
    texts = {name: file.read_text() for name, file in found.items()}
    if options.only_spatial:
        texts = {name: text for name, text in texts.items() if _only_spatial(text)}
    names = options.ids or list(texts)
    if not options.ids and not options.all and len(names) > options.sample:
        names = [names[k * len(names) // options.sample] for k in range(options.sample)]
    yield from ((name, (texts[name], True)) for name in names)


def _only_spatial(text: str) -> bool:
    """Return whether all initial conditions are spatial and lie in one indoor room."""
    initial = parse(text).initial
    rooms = {literal.terms[1] for literal in initial if literal.predicate == "inroom"}
    return (
        all(literal.predicate in SPATIAL for literal in initial)
        and len(rooms - {"garden"}) == len(rooms) == 1
    )


def _kept(path: Path | None) -> dict[str, dict[str, Any]]:
    """Return the rows of an earlier run; a line that was being written when it was killed is cut off."""
    if path is None or not path.exists():
        return {}
    text = path.read_text()
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole)
    return {row["id"]: row for row in map(json.loads, whole.splitlines())}


def _attempt(name: str, text: str, formal: bool, options: argparse.Namespace) -> dict[str, Any]:
    """Do one; what breaks is a row of its own and fails, so that the others are still measured."""
    try:
        return _one(name, text, formal, options)
    except Exception as error:
        traceback.print_exc()
        return {"id": name, "formal": formal, "spatial": formal and _only_spatial(text), "error": repr(error)}


def _one(name: str, text: str, formal: bool, options: argparse.Namespace) -> dict[str, Any]:
    start = time.process_time()
    row: dict[str, Any] = {"id": name, "formal": formal, "spatial": formal and _only_spatial(text)}
    try:
        task = understand_definition(text) if formal else understand(text)
    except UserError as error:
        return row | {"error": str(error)}
    conditions = list(_conditions(task))
    row["understood"] = not any(c["why"] and c["counts"] for c in conditions) and not (
        any(s.fate == "omitted" and ELSEWHERE not in s.why for s in task.statements)
    )
    with tempfile.TemporaryDirectory() as scratch:
        store = AssetStore(Path(scratch))
        result = _made(task, store, options)
        layout = Layout(result.scene, store)
        for condition in conditions:
            relation = condition.pop("relation")
            condition["why"] = condition["why"] or _failure(relation, layout, task)
    return row | {
        "conditions": conditions,
        "accepted": None if options.draft else result.accepted,
        "rounds": result.rounds,
        "objects": len(result.scene.objects),
        "seconds": round(time.process_time() - start, 1),
        "kinds": sorted({f.kind for c in result.critiques if not c.passed for f in c.findings}),
        "findings": [f.message for c in result.critiques if not c.passed for f in c.findings][:6],
    }


def _conditions(task: Task) -> Iterator[dict[str, Any]]:
    """Yield each initial condition that is of rigid bodies: what it says, and why it was not taken."""
    if not task.statements:
        for relation in task.initial:
            name = f"not {relation.name}" if relation.negated else relation.name
            yield {"predicate": name, "text": str(relation), "why": "", "counts": True, "relation": relation}
    for statement in task.statements:
        if statement.when != "initial" or statement.fate == "not_simulated" or ELSEWHERE in statement.why:
            continue
        negated = statement.text.startswith("not ")
        name = statement.text.removeprefix("not ").partition("(")[0]
        yield {
            "predicate": "negated" if negated else name,
            "text": statement.text,
            "why": statement.why.rpartition(": ")[2],
            "counts": name in COUNTED,
            "relation": statement.relation,
        }


def _made(task: Task, store: AssetStore, options: argparse.Namespace) -> SceneResult:
    context = Context(
        rng=np.random.default_rng(0),
        source=ParametricAssets(),
        store=store,
        vocabulary=TableVocabulary(room_types()),
    )
    planner = RulesPlanner(density=options.density)
    critics = () if options.draft else CRITICS
    rounds = 1 if options.draft else options.max_rounds
    return Loop(planner, GENERATORS, critics, context, rounds).run(Scene(task=task, seed=options.seed))


def _failure(relation: Relation | None, layout: Layout, task: Task) -> str:
    """Return why a condition does not hold in a scene; nothing if it does."""
    if relation is None:
        return ""
    for name, word in ((relation.subject, "subject"), (relation.object, "object")):
        required = task.required(name)
        if required is not None and name not in layout:
            other = task.required(relation.object if word == "subject" else relation.subject)
            joined = f" ({relation.name} {other.category})" if other else ""
            return f"no place for a {required.category}{joined}"
    if holds(relation, layout):
        return ""
    kinds = [layout[n].item.category for n in (relation.subject, relation.object) if n in layout]
    return f"does not hold: {relation.name} of {', '.join(kinds)}"


def _line(row: dict[str, Any]) -> str:
    if "error" in row:
        return f"{row['id']}: {row['error'][:120]}"
    verdict = {None: "a draft", True: "accepted", False: "not accepted"}[row["accepted"]]
    counted = [c for c in row["conditions"] if c["counts"]]
    failed = [c for c in counted if c["why"]]
    lines = [
        f"{row['id']}: {len(counted) - len(failed)} of {len(counted)} hold, "
        f"{verdict}, rounds {row['rounds']}, "
        f"{row['objects']} objects, {row['seconds']} CPU s"
    ]
    lines += [f"    {c['text']}: {c['why']}" for c in row["conditions"] if c["why"]]
    lines += [f"    finding: {message}" for message in row["findings"]]
    return "\n".join(lines)


def _summary(rows: list[dict[str, Any]]) -> int:
    outdoors = [row for row in rows if OUTDOORS in row.get("error", "")]
    indoors = [row for row in rows if row not in outdoors]
    made = [row for row in indoors if "error" not in row]
    conditions = [c for row in made for c in row["conditions"] if c["counts"]]
    complete = [row for row in made if not any(c["why"] for c in row["conditions"])]
    spatial = [row for row in indoors if row["spatial"]]
    print()
    print(f"definitions and prompts  {len(rows)}, of them outdoors and not made {len(outdoors)}")
    print(f"made                     {_share(made, indoors)}")
    print(f"understood completely    {_share([row for row in made if row['understood']], indoors)}")
    print(f"all conditions hold      {_share(complete, indoors)}")
    if any(row["accepted"] is not None for row in made):
        print(f"accepted                 {_share([row for row in made if row['accepted']], indoors)}")
    whole = [row for row in spatial if row in complete]
    print(f"only spatial, one room   {_share(whole, spatial)} hold completely (limit {MIN_SPATIAL:.0%})")
    held = [c for c in conditions if not c["why"]]
    print(f"conditions that hold     {_share(held, conditions)} (limit {MIN_LITERALS:.0%})")
    for name in sorted({c["predicate"] for c in conditions}):
        own = [c for c in conditions if c["predicate"] == name]
        print(f"  {name:<10} {_share([c for c in own if not c['why']], own)}")
    reasons = Counter(c["why"] for row in made for c in row["conditions"] if c["why"])
    reasons.update(row["error"] for row in indoors if "error" in row)
    print("reasons of failure")
    for reason, count in reasons.most_common(60):
        print(f"  {count:5d}  {reason}")
    rejections = Counter(kind for row in made if row["accepted"] is False for kind in row.get("kinds", ()))
    print("scenes not accepted, by kind of finding")
    for kind, count in rejections.most_common():
        print(f"  {count:5d}  {kind}")
    if made:
        seconds = sorted(row["seconds"] for row in made)
        print(f"CPU seconds a scene      {seconds[len(seconds) // 2]:.1f} median, {seconds[-1]:.1f} most")
    enough = not spatial or len(whole) >= MIN_SPATIAL * len(spatial)
    return 0 if enough and len(held) >= MIN_LITERALS * len(conditions) else 1


def _share(part: Iterable[Any], whole: Iterable[Any]) -> str:
    some, all_ = len(list(part)), len(list(whole))
    return f"{some} of {all_} = {some / max(1, all_):.1%}"


if __name__ == "__main__":
    sys.exit(main())
