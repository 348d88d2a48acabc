"""Room descriptions: share read, accepted, and of their specifications that the scenes fulfil.

    python tests/benchmarks/descriptions.py CSV                      # read, make and judge every description
    python tests/benchmarks/descriptions.py CSV --read-only          # judge what was read; quick
    python tests/benchmarks/descriptions.py CSV --out FOLDER         # keeps each as it is done, and goes on
    python tests/benchmarks/descriptions.py CSV --out FOLDER --kept  # the table of what is kept so far
    python tests/benchmarks/descriptions.py CSV --out FOLDER --kept --judge  # after the measure has changed
    python tests/benchmarks/descriptions.py CSV --ids 4 9 --details --out FOLDER --pictures

CSV has the columns ID, Description, ObjCount, ObjAttr, OORel, OARel, Difficulty, as SceneEval annotates
rooms. A figure is the share of specifications that hold, over all descriptions; without a scene none holds.
How they are judged is in `sceneeval_metrics.py`, which objects answer to a noun in `sceneeval_words.py`.
`--read-only` looks in the task for the same counts, attributes and relations. Exit status 1 if a limit is
missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import statistics
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sceneeval_metrics as metrics
import sceneeval_words as words

from sage.asset import AssetStore
from sage.assets.vocabulary import TableVocabulary
from sage.errors import UserError
from sage.export.reading import read_scene
from sage.generators.recipes import room_types
from sage.scene import Scene
from sage.service.generation import generate
from sage.service.understanding import understand
from sage.task import Relation, RequiredObject, Task

METRICS = {"CNT": "ObjCount", "ATR": "ObjAttr", "OOR": "OORel", "OAR": "OARel"}
LEVELS = ("easy", "medium", "hard")
LIMITS = {"refused": 0.01, "accepted": 0.90, "CNT": 0.85, "ATR": 0.75, "OOR": 0.68, "OAR": 0.75}
"""Over all descriptions: `refused` at most, the others at least."""
_FINDINGS = 8
_EXAMPLES = 5
_MANY = 3

_ASKED: dict[str, frozenset[str]] = {
    name: frozenset(said.split())
    for name, said in {
        "on_top": "on in", "inside": "in on", "outside": "on next_to",
        "next_to": "next_to near touching left_of right_of in_front_of behind between around "
        "long_side short_side",
        "near": "near next_to", "across": "across facing", "far": "far",
        "front": "in_front_of", "back": "behind", "left": "left_of", "right": "right_of",
        "top": "above on", "bottom": "under", "bottom_region": "under", "facing": "facing",
        "middle": "in_middle between", "surround": "around", "long_side": "long_side",
        "short_side": "short_side", "top_region": "on in", "left_region": "left_part",
        "right_region": "right_part", "front_region": "front_part", "back_region": "back_part",
        "on_wall": "on", "against_wall": "against_wall on in_corner", "hanging": "on", "corner": "in_corner",
        "middle_of_room": "in_middle", "inside_room": "in_room",
    }.items()
}  # fmt: skip
"""By predicate the relations of a task that say it."""
_MUTUAL = frozenset(("next_to", "near", "across", "far"))


@dataclass(frozen=True)
class Outcome:
    """What became of a specification."""

    metric: str
    spec: str
    holds: bool
    cause: str = ""
    """Why it does not hold."""
    seen: bool = True
    """False if it holds only because the object has the word, which no scene shows."""


@cache
def vocabulary() -> TableVocabulary:
    """Return the default vocabulary."""
    return TableVocabulary(room_types())


def main() -> int:
    """Run, print the tables, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--read-only", action="store_true", help="judge the task, make no scene")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ids", nargs="*", help="only these")
    parser.add_argument("--limit", type=int, help="only so many, evenly drawn")
    parser.add_argument("--difficulty", choices=LEVELS)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--out", type=Path, help="a file for each description, kept and gone on from")
    parser.add_argument("--kept", action="store_true", help="make nothing, tell what --out holds")
    parser.add_argument("--judge", action="store_true", help="judge the scenes that --out holds anew")
    parser.add_argument("--pictures", action="store_true", help="write pictures to --out as well")
    parser.add_argument("--details", action="store_true", help="every specification that does not hold")
    options = parser.parse_args()
    if (options.pictures or options.kept or options.judge) and options.out is None:
        parser.error("--pictures, --kept and --judge need --out")
    with options.csv.open(newline="") as file:
        lines = _chosen(list(csv.DictReader(file)), options)
    rows = list(_rows(lines, options))
    _tell(rows, options)
    return _verdict(rows) if len(rows) == len(lines) else 1


def _chosen(lines: list[dict[str, str]], options: argparse.Namespace) -> list[dict[str, str]]:
    if options.ids:
        lines = [line for line in lines if line["ID"] in options.ids]
    if options.difficulty:
        lines = [line for line in lines if line["Difficulty"] == options.difficulty]
    if options.limit and options.limit < len(lines):
        lines = [lines[k * len(lines) // options.limit] for k in range(options.limit)]
    return lines


def _rows(lines: list[dict[str, str]], options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield what became of each description, those that are kept first."""
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    kept = [(line, _kept(line, options)) for line in lines]
    yield from (row for _, row in kept if row is not None)
    missing = [line for line, row in kept if row is None]
    if options.kept or not missing:
        return
    if options.jobs == 1:
        results: Iterable[dict[str, Any]] = (_attempt(line, options) for line in missing)
        yield from map(_announced, results)
        return
    with ProcessPoolExecutor(options.jobs) as pool:
        yield from map(_announced, pool.map(_attempt, missing, [options] * len(missing)))


def _announced(row: dict[str, Any]) -> dict[str, Any]:
    held = " ".join(
        f"{metric} {sum(o.holds for o in found)}/{len(found)}"
        for metric in METRICS
        if (found := [o for o in _outcomes([row]) if o.metric == metric])
    )
    verdict = {None: "read", True: "accepted", False: "not accepted"}[row.get("accepted")]
    told = (
        f"refused: {row['refused']}" if row["refused"] else f"{verdict}, {row['seconds']:.1f} CPU s, {held}"
    )
    print(f"{row['id']} ({row['difficulty']}): {told}", file=sys.stderr, flush=True)
    return row


def _kept(line: dict[str, str], options: argparse.Namespace) -> dict[str, Any] | None:
    """Return what an earlier run kept of the same description, or None."""
    if options.out is None or not (path := options.out / f"{line['ID']}.json").exists():
        return None
    row: dict[str, Any] = json.loads(path.read_text())
    asked = (options.read_only, options.seed, line["Description"])
    if (row["read_only"], row["seed"], row["description"]) != asked:
        return None
    if options.judge and not row["refused"] and not row["read_only"]:
        row |= _judged(line, *read_scene(options.out / line["ID"]))
        _write(row, path)
    return row


def _attempt(line: dict[str, str], options: argparse.Namespace) -> dict[str, Any]:
    """Do one and keep it; what breaks is a row of its own and fails, so that the others are still judged."""
    start = time.process_time()
    row: dict[str, Any] = {
        "id": line["ID"], "description": line["Description"], "difficulty": line["Difficulty"],
        "read_only": options.read_only, "seed": options.seed, "refused": "",
    }  # fmt: skip
    try:
        row |= _read(line) if options.read_only else _made(line, options)
    except UserError as error:
        row |= _failed(line, f"{type(error).__name__}: {error}")
    except Exception as error:
        traceback.print_exc()
        row |= _failed(line, f"broke: {error!r}")
    row["seconds"] = round(time.process_time() - start, 2)
    if options.out:
        _write(row, options.out / f"{line['ID']}.json")
    return row


def _write(row: dict[str, Any], path: Path) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(row, indent=1))
    part.rename(path)


def _failed(line: dict[str, str], why: str) -> dict[str, Any]:
    cause = f"no scene: {why.partition(':')[0]}"
    lost = [Outcome(name, str(spec), False, cause).__dict__ for name, spec in _specs(line)]
    return {"refused": why, "accepted": False, "outcomes": lost}


def _specs(line: dict[str, str]) -> Iterator[tuple[str, metrics.Spec]]:
    for metric, column in METRICS.items():
        yield from ((metric, spec) for spec in metrics.read_specs(line[column]))


def _nouns(line: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(spec.words[0] for spec in metrics.read_specs(line["ObjCount"])))


# --- the scene -------------------------------------------------------------------------------------


def _made(line: dict[str, str], options: argparse.Namespace) -> dict[str, Any]:
    start = time.process_time()
    result = generate(line["Description"], seed=options.seed)
    made = round(time.process_time() - start, 2)
    assert result.store is not None
    if options.out:
        _keep(result.scene, result.store, options.out / line["ID"])
    if options.pictures:
        for view in ("top", "preview"):
            result.picture(view).save(options.out / f"{line['ID']}_{view}.png")
    failed = [f for critique in result.critiques if not critique.passed for f in critique.findings]
    return {
        "accepted": result.accepted, "rounds": result.rounds, "made_s": made,
        "room": result.scene.rooms[0].type, "objects": len(result.scene.objects),
        "kinds": sorted({f.kind for f in failed}),
        "findings": [f"{f.kind}: {f.message}" for f in failed[:_FINDINGS]],
        "left_out": list(result.left_out),
        "not_understood": [word.text for word in result.scene.task.not_understood],
        **_judged(line, result.scene, result.store),
    }  # fmt: skip


def _keep(scene: Scene, store: AssetStore, folder: Path) -> None:
    """Keep a scene and its assets, so that it can be judged again."""
    shutil.rmtree(folder, ignore_errors=True)
    for asset in sorted({item.asset for item in scene.objects}):
        store.copy(asset, folder / "assets")
    (folder / "scene.json").write_text(scene.model_dump_json(indent=1))


def _judged(line: dict[str, str], scene: Scene, store: AssetStore) -> dict[str, Any]:
    """Judge a scene by the specifications of its description."""
    synsets = {item.id: store[item.asset].synset for item in scene.objects}
    found = words.match(scene, _nouns(line), vocabulary(), synsets)
    judge = _SceneJudge(scene, store, _by_noun(_nouns(line), found))
    return {
        "matches": [each.__dict__ for each in found],
        "outcomes": [judge.outcome(metric, spec).__dict__ for metric, spec in _specs(line)],
    }


def _by_noun(nouns: Sequence[str], found: Iterable[words.Match]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {noun: [] for noun in nouns}
    for each in found:
        named[each.noun].append(each.object)
    return named


class _Judge:
    """Judges specifications, given which objects answer to which noun."""

    def __init__(self, matched: dict[str, list[str]]) -> None:
        self.matched = matched

    def outcome(self, metric: str, spec: metrics.Spec) -> Outcome:
        """Judge one specification."""
        return {"CNT": self._count, "ATR": self._attribute, "OOR": self._objects, "OAR": self._element}[
            metric
        ](spec)

    def attribute(self, object_id: str, word: str) -> words.Judged:
        """Judge an attribute of an object."""
        raise NotImplementedError

    def related(self, relation: str, anchor_noun: str, anchor: str, others: tuple[str, ...]) -> float:
        """Return how well others are in a relation to an anchor."""
        raise NotImplementedError

    def placed(self, relation: str, element: str, object_id: str) -> float:
        """Return how well an object is in a relation to an element of the room."""
        raise NotImplementedError

    def _count(self, spec: metrics.Spec) -> Outcome:
        found = len(self.matched[spec.words[0]])
        if metrics.compares(spec, found):
            return Outcome("CNT", str(spec), True)
        if not found:
            return Outcome("CNT", str(spec), False, "no object answers to the noun")
        off = found - spec.count
        few = "many" if off > 0 else "few"
        cause = f"{abs(off) if abs(off) < _MANY else 'more'} too {few}"
        return Outcome("CNT", str(spec), False, cause)

    def _attribute(self, spec: metrics.Spec) -> Outcome:
        noun, word = spec.words
        kind = words.kind_of(word)
        if missing := self._missing([noun]):
            return Outcome("ATR", str(spec), False, missing)
        judged = [self.attribute(each, word) for each in self.matched[noun]]
        good = [each for each in judged if each.fate in ("shown", "kept")]
        holds = metrics.compares(spec, len(good))
        seen = all(each.fate == "shown" for each in good)
        bad = Counter(each.fate for each in judged if each not in good)
        cause = f"{kind}: {bad.most_common(1)[0][0] if bad else 'other number of objects'}"
        return Outcome("ATR", str(spec), holds, "" if holds else cause, seen)

    def _objects(self, spec: metrics.Spec) -> Outcome:
        relation, anchor, found = metrics.groups(spec, self.matched)
        nouns = [noun.partition(":")[0] for noun in spec.words[2:]]
        if missing := self._missing(nouns):
            return Outcome("OOR", str(spec), False, missing)
        scores = [self.related(relation, anchor, *each) for each in found]
        return self._counted("OOR", spec, scores)

    def _element(self, spec: metrics.Spec) -> Outcome:
        relation, noun, element = spec.words
        if missing := self._missing([noun]):
            return Outcome("OAR", str(spec), False, missing)
        scores = [self.placed(relation, element, each) for each in self.matched[noun]]
        return self._counted("OAR", spec, scores)

    def _missing(self, nouns: Iterable[str]) -> str:
        lost = [noun for noun in nouns if not self.matched.get(noun)]
        return "no object answers to the noun" if lost else ""

    def _counted(self, metric: str, spec: metrics.Spec, scores: list[float]) -> Outcome:
        number = sum(score > metrics.SATISFIED for score in scores)
        if metrics.compares(spec, number):
            return Outcome(metric, str(spec), True)
        cause = (
            "holds too often" if number > spec.count else "holds for too few" if number else "does not hold"
        )
        return Outcome(metric, str(spec), False, f"{cause} (best score {max(scores, default=0.0):.2f})")


class _SceneJudge(_Judge):
    """Judges a scene."""

    def __init__(self, scene: Scene, store: AssetStore, matched: dict[str, list[str]]) -> None:
        super().__init__(matched)
        self._scene, self._store = scene, store
        ids = {name for names in matched.values() for name in names}
        self._bodies = {
            item.id: metrics.body(item, self._store[item.asset]) for item in scene.objects if item.id in ids
        }
        self._rooms = tuple(metrics.architecture(room) for room in scene.rooms)

    def attribute(self, object_id: str, word: str) -> words.Judged:
        item = self._scene[object_id]
        return words.shown(word, item, self._store[item.asset], self._scene, vocabulary())

    def related(self, relation: str, anchor_noun: str, anchor: str, others: tuple[str, ...]) -> float:
        targets = [self._bodies[name] for name in others]
        return metrics.object_score(
            metrics.object_words(relation, anchor_noun), targets, self._bodies[anchor]
        )

    def placed(self, relation: str, element: str, object_id: str) -> float:
        predicates = metrics.element_words(relation, element)
        return metrics.element_score(predicates, element, self._bodies[object_id], self._rooms)


# --- the task --------------------------------------------------------------------------------------


def _read(line: dict[str, str]) -> dict[str, Any]:
    task = understand(line["Description"])
    nouns = _nouns(line)
    found = [
        words.Match(name, *best)
        for item in task.objects
        if (best := words.matches(item.category, item.name, nouns, vocabulary(), support=_hung(task, item)))
        for name in item.ids
    ]
    judge = _TaskJudge(task, _by_noun(nouns, found))
    return {
        "room": task.rooms[0], "not_understood": [word.text for word in task.not_understood],
        "matches": [each.__dict__ for each in found],
        "outcomes": [judge.outcome(metric, spec).__dict__ for metric, spec in _specs(line)],
    }  # fmt: skip


def _hung(task: Task, item: RequiredObject) -> str:
    """Return `wall` or `ceiling` if a task says that things are there."""
    said = (each.object for each in task.initial if each.name == "on" and each.subject == item.ids[0])
    return next((place for place in said if place in ("wall", "ceiling")), "")


class _TaskJudge(_Judge):
    """Judges what was read: objects, attributes and relations as the task states them."""

    def __init__(self, task: Task, matched: dict[str, list[str]]) -> None:
        super().__init__(matched)
        self._task = task

    def attribute(self, object_id: str, word: str) -> words.Judged:
        item = self._task.required(object_id)
        assert item is not None
        kept = words.told(word, item.name, *item.attributes.values(), *item.states)
        mounted = words.kind_of(word) == "mount" and any(
            self._states(name, object_id, "wall") for name in ("on",)
        )
        return words.Judged(words.kind_of(word), "shown" if kept or mounted else "lost")

    def related(self, relation: str, anchor_noun: str, anchor: str, others: tuple[str, ...]) -> float:
        def said(predicate: str) -> bool:
            names = _ASKED[predicate]
            return all(
                any(self._states(name, other, anchor) for name in names)
                or (predicate == "on_top" and self._states("under", anchor, other))
                or any(self._states(name, anchor, other) for name in names & _MUTUAL)
                for other in others
            )

        predicates = metrics.object_words(relation, anchor_noun)
        return float(any(all(said(predicate) for predicate in each) for each in predicates))

    def placed(self, relation: str, element: str, object_id: str) -> float:
        place = _place(element)
        item = self._task.required(object_id)
        known = vocabulary().find(item.category) if item else None
        if known is not None and known.mount == place and relation in ("on", "hang", "hang_from", "mount"):
            return 1.0
        wanted = {
            name for predicate in metrics.element_words(relation, element) for name in _ASKED[predicate]
        }
        if relation in ("under", "beneath", "below"):
            wanted |= {"under"}
        if relation in ("front", "in_front"):
            wanted |= {"in_front_of"}
        if place == "room" and relation == "in":
            return float(element.replace("_", " ") in {room.replace("_", " ") for room in self._task.rooms})
        return float(any(self._states(name, object_id, place) for name in wanted))

    def _states(self, name: str, subject: str, target: str) -> bool:
        return any(self._is(each, name, subject, target) for each in self._task.initial)

    def _is(self, each: Relation, name: str, subject: str, target: str) -> bool:
        if each.negated or each.name != name or each.subject != subject:
            return False
        to_wall = each.name in ("against_wall", "in_corner") and target in ("wall", "room")
        return to_wall or target in (each.object, each.other)


# --- the tables ------------------------------------------------------------------------------------


def _outcomes(rows: Iterable[dict[str, Any]]) -> list[Outcome]:
    return [Outcome(**each) for row in rows for each in row["outcomes"]]


def _tell(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    if options.read_only:
        print("judged is the task that was read: no scene was made\n")
    columns = ["difficulty", "number", "refused", "accepted", *METRICS, "ATR seen", "CPU s"]
    print("|", " | ".join(columns), "|")
    print("|", " | ".join("---" for _ in columns), "|")
    for level in (*LEVELS, "all"):
        some = [row for row in rows if level in (row["difficulty"], "all")]
        if some:
            print("|", " | ".join([level, *_figures(some, options.read_only)]), "|")
    print(
        "\nOver all specifications; a description without a scene fails its own. `ATR seen` leaves out what"
        "\nno scene shows and the object has in words (style, opinions, patterns). CPU s: all told, median."
    )
    _losses(rows)
    _tell_matches(rows)
    if options.details:
        print("\nspecifications that do not hold")
        for row in rows:
            for each in _outcomes([row]):
                if not each.holds:
                    print(f"  {row['id']:>4} {each.metric} {each.spec}: {each.cause}")


def _figures(rows: list[dict[str, Any]], read_only: bool) -> list[str]:
    refused = sum(bool(row["refused"]) for row in rows)
    accepted = "-" if read_only else _percent(sum(bool(row["accepted"]) for row in rows), len(rows))
    outcomes = _outcomes(rows)
    shares = [
        _percent(sum(o.holds for o in own), len(own))
        for metric in METRICS
        for own in [[o for o in outcomes if o.metric == metric]]
    ]
    own = [o for o in outcomes if o.metric == "ATR"]
    seen = "-" if read_only else _percent(sum(o.holds and o.seen for o in own), len(own))
    median = statistics.median(row["seconds"] for row in rows)
    return [str(len(rows)), _percent(refused, len(rows)), accepted, *shares, seen, f"{median:.2f}"]


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _losses(rows: list[dict[str, Any]]) -> None:
    """Print what is lost and why, most frequent first."""
    refused = [(row["id"], row["refused"]) for row in rows if row["refused"]]
    if refused:
        print("\nwithout a scene")
        for name, why in refused:
            print(f"  {name:>4} {why}")
    outcomes = [(row["id"], each) for row in rows for each in _outcomes([row])]
    _count(
        "CNT: noun not matched",
        outcomes,
        lambda o: o.metric == "CNT" and o.cause.startswith("no object"),
        lambda o: o.spec.split(",")[2],
        40,
    )
    _count("CNT: by how many", outcomes, lambda o: o.metric == "CNT", lambda o: o.cause)
    _count(
        "CNT: number differs, by noun",
        outcomes,
        lambda o: o.metric == "CNT" and " too " in o.cause,
        lambda o: f"{o.spec.split(',')[2]}: {o.cause}",
        30,
    )
    _count("ATR: by cause", outcomes, lambda o: o.metric == "ATR", lambda o: o.cause)
    _count(
        "ATR: words not shown or lost",
        outcomes,
        lambda o: o.metric == "ATR" and ":" in o.cause and "no scene" not in o.cause,
        lambda o: f"{o.spec.split(',')[3]} ({o.cause.partition(': ')[2]})",
        30,
    )
    for metric in ("OOR", "OAR"):
        own = [(name, each) for name, each in outcomes if each.metric == metric]
        sizes = Counter(_relation(each) for _, each in own)
        of = {name: f"{name}, of {count}" for name, count in sizes.items()}
        _count(f"{metric}: by relation", own, _any, lambda o, of=of: of[_relation(o)])
        _count(f"{metric}: by cause", own, _any, lambda o: o.cause.partition(" (")[0])
    judged = [row for row in rows if not row["refused"] and "accepted" in row]
    kinds = Counter(kind for row in judged if not row["accepted"] for kind in row["kinds"])
    if judged:
        print("\nscenes not accepted, by kind of finding")
        for kind, count in kinds.most_common():
            some = [row["id"] for row in judged if not row["accepted"] and kind in row["kinds"]]
            print(f"  {count:4d}  {kind} ({', '.join(some[:_EXAMPLES])})")
    missed = Counter(word for row in rows for word in row.get("not_understood", ()))
    print(
        f"\nwords not understood: {missed.total()}, "
        f"in {sum(bool(row.get('not_understood')) for row in rows)} descriptions"
    )
    print("  " + ", ".join(f"{word} {count}" for word, count in missed.most_common(40)))


def _any(_: Outcome) -> bool:
    return True


def _relation(outcome: Outcome) -> str:
    """Return the relation of a specification, and its element of the room: `near door`."""
    parts = outcome.spec.split(",")
    return f"{parts[2]} {_place(parts[4])}" if outcome.metric == "OAR" else parts[2]


def _place(element: str) -> str:
    return element if element in ("wall", "door", "window", "ceiling") else "room"


def _count(
    title: str,
    outcomes: list[tuple[str, Outcome]],
    chosen: Callable[[Outcome], bool],
    named: Callable[[Outcome], str],
    most: int = 30,
) -> None:
    lost = [(name, each) for name, each in outcomes if not each.holds and chosen(each)]
    if not lost:
        return
    print(f"\n{title}: {len(lost)} lost")
    counts = Counter(named(each) for _, each in lost)
    for what, count in counts.most_common(most):
        some = list(dict.fromkeys(name for name, each in lost if named(each) == what))
        print(f"  {count:4d}  {what} ({', '.join(some[:_EXAMPLES])})")


def _tell_matches(rows: list[dict[str, Any]]) -> None:
    """Print how the objects that answer to a noun were matched."""
    found = [each for row in rows for each in row.get("matches", ())]
    print(f"\nobjects that answer to a noun: {len(found)}")
    for how, what in words.HOW.items():
        some = Counter(each["noun"] for each in found if each["how"] == how)
        named = "" if how == "kind" else ": " + ", ".join(f"{noun} {n}" for noun, n in some.most_common(25))
        print(f"  {some.total():4d}  {what}{named}")


def _verdict(rows: list[dict[str, Any]]) -> int:
    outcomes = _outcomes(rows)
    good = sum(bool(row["refused"]) for row in rows) <= LIMITS["refused"] * len(rows)
    if not all(row["read_only"] for row in rows):
        good &= sum(bool(row["accepted"]) for row in rows) >= LIMITS["accepted"] * len(rows)
    for metric in METRICS:
        own = [o.holds for o in outcomes if o.metric == metric]
        good &= sum(own) >= LIMITS[metric] * len(own)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
