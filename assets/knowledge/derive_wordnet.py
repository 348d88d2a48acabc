"""Derivation of `wordnet.tsv`, the concrete nouns of English, from WordNet; see `README.md` here."""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sage.assets.knowledge.table import household

__all__ = ["derive", "main"]

_WEIGHTS = {"artifact": 1.0, "food": 1.0, "plant": 0.6, "animal": 0.6, "object": 0.5, "substance": 0.5}
"""Weight of a sense indoors, by the lexicographer file of WordNet that contains it."""
_FILES = {5: "animal", 6: "artifact", 13: "food", 17: "object", 20: "plant", 27: "substance"}
"""Lexicographer files with concrete nouns, by number."""
_PHYSICAL = "physical_entity.n.01"
_CONCRETE = (
    "letter.n.01", "card.n.03", "ticket.n.01", "map.n.01", "poster.n.01", "sign.n.02", "diary.n.02",
    "menu.n.01", "receipt.n.02", "flag.n.01", "newspaper.n.01", "certificate.n.01", "sheet_music.n.01",
    "magazine.n.01", "postcard.n.01", "board_game.n.01", "newsletter.n.01", "booklet.n.01",
    "passport.n.02", "recipe.n.01", "dictionary.n.01", "calendar.n.01", "notice.n.02", "manuscript.n.01",
    "coinage.n.01", "paper_money.n.01", "trophy.n.02", "publication.n.01", "flower_arrangement.n.01",
    "wreath.n.01",
)  # fmt: skip
"""Synsets of physical objects that WordNet classifies as communication or as money."""
_EXCLUDED = frozenset(
    (
        "taxonomic_group.n.01",
        "microorganism.n.01",
        "chemical.n.01",
        "chemical_element.n.01",
        "body_substance.n.01",
    )
)
"""Synsets whose hyponyms are excluded unless they are food: such words do not name household objects."""
_KEPT = frozenset(
    ("cleansing_agent.n.01", "water.n.01", "wax.n.01", "incense.n.01", "glue.n.01", "salt.n.02")
)
"""Exceptions to `_EXCLUDED`."""
_LEAST_SHARE = 0.15
"""Smallest share of a word's uses that a concrete sense must have to be its meaning."""
_WORD = re.compile(r"[a-z][a-z0-9'._-]*")


@dataclass(frozen=True)
class _Synset:
    file: int
    """Number of the lexicographer file."""
    words: tuple[str, ...]
    above: tuple[str, ...]
    """Offsets of its hypernyms in `data.noun`."""


def derive(folder: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the synsets of the table, sorted by name: name, name of the first hypernym, nouns.

    Each noun belongs to one synset: the most frequent of its concrete senses, weighted by `_WEIGHTS`, or the
    one that `household.toml` gives.

    Args:
        folder: folder with `data.noun` and `index.sense` of WordNet 3.1.
    """
    synsets = dict(_synsets(folder / "data.noun"))
    senses = _senses(folder / "index.sense")
    numbers = {(word, offset): number for word, uses in senses.items() for number, offset, _ in uses}
    names = {offset: _name(offset, synset, numbers) for offset, synset in synsets.items()}
    offsets = {name: offset for offset, name in names.items()}
    chosen: dict[str, list[str]] = defaultdict(list)
    for word in sorted(senses.keys() | household().keys()):
        override = household().get(word)
        offset = _sense_indoors(senses[word], synsets, names) if override is None else offsets.get(override)
        if offset is not None and (override or word in synsets[offset].words):
            chosen[offset].append(word)
    kept: set[str] = set()
    pending = list(chosen)
    while pending:
        offset = pending.pop()
        if offset not in kept:
            kept.add(offset)
            pending += [above for above in synsets[offset].above if above in synsets][:1]
    for offset in sorted(kept, key=names.__getitem__):
        above = next((names[above] for above in synsets[offset].above if above in synsets), "")
        yield names[offset], above, tuple(chosen.get(offset, ()))


def _sense_indoors(
    uses: list[tuple[int, str, int]], synsets: dict[str, _Synset], names: dict[str, str]
) -> str | None:
    """Return the offset of the sense that a word has indoors, or None if it is rarely concrete."""
    frequency = {offset: count + 0.5 / number for number, offset, count in uses if offset in synsets}
    concrete = {offset: frequency[offset] * _weight(offset, synsets, names) for offset in frequency}
    if not frequency:
        return None
    best = max(concrete, key=concrete.__getitem__)
    frequent = frequency[best] >= _LEAST_SHARE * sum(frequency.values())
    return best if concrete[best] > 0 and frequent else None


def _weight(offset: str, synsets: dict[str, _Synset], names: dict[str, str]) -> float:
    """Return the weight of a sense indoors; 0 if it is not concrete."""
    above = {names[ancestor] for ancestor in _ancestors(offset, synsets)}
    if above.intersection(_CONCRETE):
        return _WEIGHTS["artifact"]
    file = _FILES.get(synsets[offset].file)
    excluded = file != "food" and above & _EXCLUDED and not above & _KEPT
    return 0.0 if file is None or excluded or _PHYSICAL not in above else _WEIGHTS[file]


def _ancestors(offset: str, synsets: dict[str, _Synset]) -> Iterator[str]:
    """Yield the offsets of a synset and of all its direct and indirect hypernyms."""
    pending, seen = [offset], set()
    while pending:
        current = pending.pop()
        if current in synsets and current not in seen:
            seen.add(current)
            yield current
            pending += synsets[current].above


def _synsets(path: Path) -> Iterator[tuple[str, _Synset]]:
    """Read `data.noun`; yield offsets and synsets without instances such as Big Ben."""
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        offset, file, _, count, *rest = line.partition(" | ")[0].split()
        words, pointers = rest[: 2 * int(count, 16) : 2], rest[2 * int(count, 16) + 1 :]
        above = [pointers[k + 1] for k in range(0, len(pointers) - 3, 4) if pointers[k] == "@"]
        if "@i" not in pointers:
            yield offset, _Synset(int(file), tuple(words), tuple(above))


def _senses(path: Path) -> dict[str, list[tuple[int, str, int]]]:
    """Read `index.sense`; return sense number, offset and number of uses of each sense of the nouns."""
    found: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for line in path.read_text().splitlines():
        key, offset, number, count = line.split()
        word, _, rest = key.partition("%")
        if rest.startswith("1:"):
            found[word].append((int(number), offset, int(count)))
    return found


def _name(offset: str, synset: _Synset, numbers: dict[tuple[str, str], int]) -> str:
    """Return the name of a synset, such as `bowl.n.01`."""
    word = synset.words[0].casefold()
    return f"{word}.n.{numbers[word, offset]:02d}"


def main() -> None:
    """Derive the table from WordNet and write it, one synset per line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with data.noun and index.sense of WordNet 3.1")
    parser.add_argument("table", type=Path, help="TSV file to write")
    arguments = parser.parse_args()
    rows = ("\t".join((name, above, " ".join(words))) for name, above, words in derive(arguments.folder))
    arguments.table.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
