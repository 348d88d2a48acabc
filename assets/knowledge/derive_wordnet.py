"""Derive `wordnet.tsv`, the concrete nouns of English, from WordNet: see README.md in this folder."""

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
"""How readily a sense is meant indoors, by the file of WordNet that it is in."""
_FILES = {5: "animal", 6: "artifact", 13: "food", 17: "object", 20: "plant", 27: "substance"}
_PHYSICAL = "physical_entity.n.01"
_ALSO = (
    "letter.n.01", "card.n.03", "ticket.n.01", "map.n.01", "poster.n.01", "sign.n.02", "diary.n.02",
    "menu.n.01", "receipt.n.02", "flag.n.01", "newspaper.n.01", "certificate.n.01", "sheet_music.n.01",
    "magazine.n.01", "postcard.n.01", "board_game.n.01", "newsletter.n.01", "booklet.n.01",
    "passport.n.02", "recipe.n.01", "dictionary.n.01", "calendar.n.01", "notice.n.02", "manuscript.n.01",
    "coinage.n.01", "paper_money.n.01", "trophy.n.02", "publication.n.01", "flower_arrangement.n.01",
    "wreath.n.01",
)  # fmt: skip
"""Things all the same that WordNet counts as communication or as money."""
_FOREIGN = frozenset(
    (
        "taxonomic_group.n.01",
        "microorganism.n.01",
        "chemical.n.01",
        "chemical_element.n.01",
        "body_substance.n.01",
    )
)
"""Synsets whose hyponyms are left out unless they are food: nobody keeps them at home by that name."""
_KEPT = frozenset(
    ("cleansing_agent.n.01", "water.n.01", "wax.n.01", "incense.n.01", "glue.n.01", "salt.n.02")
)
"""Hyponyms of these that are kept all the same."""
_LEAST_SHARE = 0.15
"""Of the uses of a word; a concrete sense with less is not what the word means."""
_WORD = re.compile(r"[a-z][a-z0-9'._-]*")


@dataclass(frozen=True)
class _Synset:
    file: int
    words: tuple[str, ...]
    above: tuple[str, ...]
    """Offsets of what is more general."""


def derive(folder: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Return the synsets of the table, sorted: name, that of the first more general one, nouns that mean it.

    Each noun means one synset: of its concrete senses the one that is used most, weighted by how readily it
    is
    meant indoors, or what `household.toml` says.

    Args:
        folder: with `data.noun` and `index.sense` of WordNet 3.1.
    """
    synsets = dict(_synsets(folder / "data.noun"))
    senses = _senses(folder / "index.sense")
    numbers = {(word, offset): number for word, uses in senses.items() for number, offset, _ in uses}
    names = {offset: _name(offset, synset, numbers) for offset, synset in synsets.items()}
    offsets = {name: offset for offset, name in names.items()}
    chosen: dict[str, list[str]] = defaultdict(list)
    for word in sorted(senses.keys() | household().keys()):
        told = household().get(word)
        offset = _meant(senses[word], synsets, names) if told is None else offsets.get(told)
        if offset is not None and (told or word in synsets[offset].words):
            chosen[offset].append(word)
    kept: set[str] = set()
    waiting = list(chosen)
    while waiting:
        offset = waiting.pop()
        if offset not in kept:
            kept.add(offset)
            waiting += [above for above in synsets[offset].above if above in synsets][:1]
    for offset in sorted(kept, key=names.__getitem__):
        above = next((names[above] for above in synsets[offset].above if above in synsets), "")
        yield names[offset], above, tuple(chosen.get(offset, ()))


def _meant(
    uses: list[tuple[int, str, int]], synsets: dict[str, _Synset], names: dict[str, str]
) -> str | None:
    """Return the sense that a word has indoors, or None if it is rarely concrete."""
    worth = {offset: count + 0.5 / number for number, offset, count in uses if offset in synsets}
    concrete = {offset: worth[offset] * _weight(offset, synsets, names) for offset in worth}
    if not worth:
        return None
    best = max(concrete, key=concrete.__getitem__)
    enough = worth[best] >= _LEAST_SHARE * sum(worth.values())
    return best if concrete[best] > 0 and enough else None


def _weight(offset: str, synsets: dict[str, _Synset], names: dict[str, str]) -> float:
    above = {names[each] for each in _above(offset, synsets)}
    if above.intersection(_ALSO):
        return _WEIGHTS["artifact"]
    file = _FILES.get(synsets[offset].file)
    foreign = file != "food" and above & _FOREIGN and not above & _KEPT
    return 0.0 if file is None or foreign or _PHYSICAL not in above else _WEIGHTS[file]


def _above(offset: str, synsets: dict[str, _Synset]) -> Iterator[str]:
    """Return a synset and all that are more general, by every way up."""
    waiting, seen = [offset], set()
    while waiting:
        current = waiting.pop()
        if current in synsets and current not in seen:
            seen.add(current)
            yield current
            waiting += synsets[current].above


def _synsets(path: Path) -> Iterator[tuple[str, _Synset]]:
    """Read the synsets that are no instances such as Big Ben."""
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        offset, file, _, count, *rest = line.partition(" | ")[0].split()
        words, pointers = rest[: 2 * int(count, 16) : 2], rest[2 * int(count, 16) + 1 :]
        above = [pointers[k + 1] for k in range(0, len(pointers) - 3, 4) if pointers[k] == "@"]
        if "@i" not in pointers:
            yield offset, _Synset(int(file), tuple(words), tuple(above))


def _senses(path: Path) -> dict[str, list[tuple[int, str, int]]]:
    """Read the nouns written in small letters: their senses' numbers, offsets and counts of uses."""
    found: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for line in path.read_text().splitlines():
        key, offset, number, count = line.split()
        word, _, rest = key.partition("%")
        if rest.startswith("1:"):
            found[word].append((int(number), offset, int(count)))
    return found


def _name(offset: str, synset: _Synset, numbers: dict[tuple[str, str], int]) -> str:
    word = synset.words[0].casefold()
    return f"{word}.n.{numbers[word, offset]:02d}"


def main() -> None:
    """Read WordNet, write the table: one synset a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("table", type=Path)
    arguments = parser.parse_args()
    rows = ("\t".join((name, above, " ".join(words))) for name, above, words in derive(arguments.folder))
    arguments.table.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
