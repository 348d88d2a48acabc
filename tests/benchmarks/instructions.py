"""Robot instructions: share read, and share of their nouns and goals in the task.

    python tests/benchmarks/instructions.py FILE              # one instruction a line
    python tests/benchmarks/instructions.py FILE --generate   # makes the scenes too
    python tests/benchmarks/instructions.py FILE --details    # what is missing of each

Nouns are the heads of the parser's noun phrases that name physical things (`Vocabulary.concrete`), without
parts of the room, people, and parts and sides of other things. With `--generate` a noun is present if an
object of the scene answers to it; else if a required object of the task does. Exit status 1 if a limit is
missed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import sceneeval_words as words

from sage.assets.vocabulary import TableVocabulary
from sage.errors import UserError
from sage.generators.recipes import room_types
from sage.language.pipeline import parse
from sage.language.tokens import singulars, tokens
from sage.service.generation import generate
from sage.service.understanding import understand
from sage.task import Task

MIN_READ, MIN_PRESENT, MIN_GOALS = 0.97, 0.92, 1.0
_PARTS = frozenset(
    "side top bottom edge front back middle center centre corner end handle door drawer button lever cord "
    "compartment burner seat armrest headboard ledge reach place pile stack row line rest one half piece "
    "slice pair couple kind degree centimetre minute time moment hour meal breakfast lunch dinner room "
    "kitchen bathroom bedroom hall floor wall ceiling window stair leftover spill guest person child dog "
    "robot arm hand".split()
)
"""Nouns that name parts, places, amounts, people or what is not rigid, and no object of their own."""


@dataclass
class Row:
    """What became of an instruction."""

    text: str
    refused: str = ""
    nouns: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    goals: int = 0
    recorded: int = 0
    not_understood: tuple[str, ...] = ()
    accepted: bool | None = None
    findings: tuple[str, ...] = ()
    seconds: float = 0.0
    kinds: list[str] = field(default_factory=list)


@cache
def vocabulary() -> TableVocabulary:
    """Return the default vocabulary."""
    return TableVocabulary(room_types())


def main() -> int:
    """Run, print the figures, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, help="one instruction a line")
    parser.add_argument("--generate", action="store_true", help="make the scenes as well")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="only so many, evenly drawn")
    parser.add_argument("--details", action="store_true", help="what is missing of each instruction")
    options = parser.parse_args()
    lines = [line.strip() for line in options.file.read_text().splitlines() if line.strip()]
    if options.limit and options.limit < len(lines):
        lines = [lines[k * len(lines) // options.limit] for k in range(options.limit)]
    rows = []
    for line in lines:
        rows.append(_row(line, options))
        if options.details or options.generate:
            print(*_line(rows[-1]), sep="\n    ", flush=True)
    return _summary(rows, options)


def concrete_nouns(text: str) -> tuple[str, ...]:
    """Return the nouns of a text that name things: compounds whole where the vocabulary has them."""
    known = vocabulary()
    said = [token.text for token in tokens(text)]
    found = []
    for chunk in parse(said).noun_chunks:
        head = chunk.root
        if head.pos_ not in ("NOUN", "PROPN"):
            continue
        owned = [word.i for word in chunk if word.tag_ == "POS" and word.i < head.i]
        own = [word for word in chunk if max(owned, default=-1) < word.i <= head.i]
        named = [word.text.lower() for word in own if word.pos_ not in ("DET", "PRON", "NUM", "PUNCT")]
        tails = [" ".join(named[first:]) for first in range(len(named))]
        noun = next((tail for tail in tails if known.find(tail) is not None), named[-1])
        last = noun.split()[-1]
        if {last, *singulars(last)} & _PARTS or not known.concrete(noun):
            continue
        found.append(noun)
    return tuple(dict.fromkeys(found))


def _row(text: str, options: argparse.Namespace) -> Row:
    start = time.process_time()
    row = Row(text, nouns=concrete_nouns(text))
    try:
        task = understand(text)
        made = [(item.category, item.name, "") for item in task.objects]
        if options.generate:
            result = generate(text, seed=options.seed)
            task, store = result.scene.task, result.store
            assert store is not None
            made = [(o.category, o.name, store[o.asset].synset) for o in result.scene.objects]
            row.accepted = result.accepted
            failed = [f for c in result.critiques if not c.passed for f in c.findings]
            row.findings, row.kinds = tuple(f.message for f in failed[:3]), sorted({f.kind for f in failed})
        _fill(row, task, made)
    except UserError as error:
        row.refused, row.absent = f"{type(error).__name__}: {error}", row.nouns
    row.seconds = time.process_time() - start
    return row


def _fill(row: Row, task: Task, made: list[tuple[str, str, str]]) -> None:
    row.goals = len(task.goal)
    row.recorded = len([s for s in task.statements if s.when == "goal"])
    row.not_understood = tuple(word.text for word in task.not_understood)
    row.absent = tuple(noun for noun in row.nouns if not _present(noun, made))


def _present(noun: str, made: list[tuple[str, str, str]]) -> bool:
    members = set(vocabulary().members(noun))
    return any(
        category in members or words.matches(category, name, [noun], vocabulary(), synset)
        for category, name, synset in made
    )


def _line(row: Row) -> Iterator[str]:
    verdict = {None: "read", True: "accepted", False: "not accepted"}[row.accepted]
    yield f"{row.text}"
    yield (
        f"refused: {row.refused}"
        if row.refused
        else (f"{verdict}, {row.goals} goals, {row.recorded} recorded, {row.seconds:.1f} CPU s")
    )
    if row.absent and not row.refused:
        yield f"absent: {', '.join(row.absent)}"
    if row.not_understood:
        yield f"not understood: {', '.join(row.not_understood)}"
    yield from (f"finding: {message}" for message in row.findings)


def _summary(rows: list[Row], options: argparse.Namespace) -> int:
    read = [row for row in rows if not row.refused]
    nouns = [noun for row in rows for noun in row.nouns]
    absent = [noun for row in rows for noun in row.absent]
    meant = [row for row in read if row.goals or row.recorded]
    where = "objects of the scene" if options.generate else "objects of the task"
    present = 1 - len(absent) / max(1, len(nouns))
    print(f"\ninstructions                  {len(rows)}")
    print(f"read                          {_share(read, rows)} (limit {MIN_READ:.0%})")
    counted = f"{len(nouns) - len(absent)} of {len(nouns)} = {present:.1%}"
    print(f"nouns that are {where}  {counted} (limit {MIN_PRESENT:.0%})")
    print(f"with a goal or a record       {_share(meant, rows)} (limit {MIN_GOALS:.0%})")
    print(f"  with a goal                 {_share([row for row in read if row.goals], rows)}")
    print(f"goals, records an instruction {_mean(read, 'goals')}, {_mean(read, 'recorded')}")
    if options.generate:
        print(f"accepted                      {_share([row for row in rows if row.accepted], rows)}")
    print(f"CPU s, median                 {statistics.median(row.seconds for row in rows):.2f}")
    _counts("refused", (row.refused for row in rows if row.refused))
    _counts("without goal or record", (row.text for row in read if row not in meant))
    _counts("nouns that are absent, of instructions that were read", (n for row in read for n in row.absent))
    _counts("words not understood", (word for row in rows for word in row.not_understood))
    _counts("scenes not accepted, by kind of finding", (kind for row in rows for kind in row.kinds))
    good = (
        len(read) >= MIN_READ * len(rows) and present >= MIN_PRESENT and len(meant) >= MIN_GOALS * len(rows)
    )
    return 0 if good else 1


def _counts(title: str, found: Iterator[str]) -> None:
    counts = Counter(found)
    if counts:
        print(f"\n{title}: {counts.total()}")
        for what, count in counts.most_common(50):
            print(f"  {count:4d}  {what}")


def _mean(rows: list[Row], name: str) -> str:
    return f"{statistics.mean(getattr(row, name) for row in rows):.2f}" if rows else "-"


def _share(part: list[Row], whole: list[Row]) -> str:
    return f"{len(part)} of {len(whole)} = {len(part) / max(1, len(whole)):.1%}"


if __name__ == "__main__":
    sys.exit(main())
