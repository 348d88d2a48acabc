"""Dataset plan: scene *i* depends on the seed of the dataset and *i* alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import numpy as np
import yaml
from pydantic import Field, NonNegativeInt, TypeAdapter, ValidationError, model_validator

from sage.choices import LEVELS, Density, Disorder, Level, StyleName
from sage.dataset.storage import Storage
from sage.dataset.tables import SHARD
from sage.errors import FolderError, UserError
from sage.export import DATASET_FORMATS
from sage.geometry import Frozen
from sage.planning.variation import Variation
from sage.service.definitions import definition_file
from sage.service.request import RoomName, SceneRequest

__all__ = [
    "MAX_SCENES",
    "PLAN_FILE",
    "Collection",
    "Entry",
    "Plan",
    "Split",
    "of_parent",
    "read_entries",
    "read_mixture",
    "read_plan",
    "scene_path",
]

PLAN_FILE = "dataset.json"
MAX_SCENES = 10_000_000
"""Largest number of scenes in a dataset."""
Split = Literal["train", "validation", "test"]


class Entry(Frozen):
    """Prompt of scenes of a dataset, with options; options that are None are drawn at random."""

    prompt: str = Field(min_length=1)
    weight: float = Field(default=1.0, gt=0)
    """Relative frequency in a mixture."""
    bddl: str = Field(default="", exclude_if=lambda value: not value)
    """Text of a BDDL problem in place of the prompt, which is then a label."""
    room: RoomName | None = None
    density: Density | None = None
    disorder: Disorder | None = None
    style: StyleName | None = Field(default=None, exclude_if=lambda value: value is None)


class Mixture(Frozen):
    """Prompts that scenes are drawn from, with weights."""

    entries: tuple[Entry, ...] = Field(min_length=1)
    densities: dict[Density, float] = {"sparse": 1.0, "normal": 3.0, "dense": 1.0}
    """Weights for entries without one."""
    disorders: dict[Disorder, float] = {"tidy": 1.0, "lived_in": 3.0, "messy": 1.0}
    """Weights for entries without one."""
    styles: dict[StyleName, float] = Field(default={}, exclude_if=lambda value: not value)
    """Weights for entries without one; without weights, the prompt or the seed decides."""
    in_order: bool = False
    """Use the entries in turn instead of drawing them by weight."""
    augmentation: dict[Level, NonNegativeInt] = {}
    """Number of variations of each level that follow every scene."""

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Levels of the variations of a scene, in order."""
        return tuple(level for level in LEVELS for _ in range(self.augmentation.get(level, 0)))


class _Numbered(Frozen):
    scenes: int = Field(ge=1, le=MAX_SCENES)

    def shards(self) -> Iterator[range]:
        """Yield the numbers of the scenes, a shard at a time."""
        for start in range(0, self.scenes, SHARD):
            yield range(start, min(start + SHARD, self.scenes))


class Plan(_Numbered):
    """Everything that determines a dataset; `dataset.json` in its folder."""

    format: Literal["sage-dataset-1"] = "sage-dataset-1"
    seed: int = Field(ge=0)
    mixture: Mixture
    formats: tuple[str, ...] = DATASET_FORMATS
    max_rounds: int = 8
    strict: bool = Field(default=False, exclude_if=lambda value: not value)
    """Reject prompts with words that are not understood."""
    variants: int = Field(default=10, ge=1)
    """Assets per category and palette that the scenes of a split share."""
    verify: tuple[str, ...] = ()
    """Simulators in which each scene is verified."""
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)
    """Shares of train, validation and test."""
    parent: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """Scene folder of which all scenes are variations."""
    version: str = Field(default_factory=lambda: version("sage-scenes"))

    @model_validator(mode="after")
    def _parent_is_varied(self) -> Plan:
        if self.parent is not None and not self.mixture.levels:
            raise ValueError("a plan with a parent needs a level of augmentation")
        return self

    def request(self, index: int) -> SceneRequest:
        """Return the request for scene `index`; seed and open options are drawn from its own random stream.

        A variation has the options of its parent, and another seed.
        """
        own, place = self._family(index)
        rng = np.random.default_rng([self.seed, own])
        seed = int(rng.integers(2**32))
        mixture = self.mixture
        if mixture.in_order:
            entry = mixture.entries[own % len(mixture.entries)]
        else:
            entry = mixture.entries[int(np.searchsorted(self._cumulative, rng.random(), side="right"))]
        density = entry.density or _drawn(mixture.densities, rng)
        disorder = entry.disorder or _drawn(mixture.disorders, rng)
        style = entry.style or (_drawn(mixture.styles, rng) if mixture.styles else None)
        if place:
            seed = int(np.random.default_rng([self.seed, own, 3, place]).integers(2**32))
        return SceneRequest(
            prompt=entry.prompt, seed=seed, room=entry.room, density=density, disorder=disorder,
            style=style, strict=self.strict, max_rounds=self.max_rounds, formats=self.formats,
            asset_pool=(_pool_seed(self.seed, self.split(index)), self.variants),
            bddl=entry.bddl, variation=self.variation(index),
        )  # fmt: skip

    def variation(self, index: int) -> Variation | None:
        """Return parent and level of scene `index`; None if it is not a variation."""
        own, place = self._family(index)
        if not place:
            return None
        earlier, place = divmod(place - 1, len(self.mixture.levels))
        level = self.mixture.levels[place]
        number = earlier * self.mixture.augmentation[level] + self.mixture.levels[:place].count(level)
        parent = self.parent or f"scenes/{scene_path(own * self.size_of_family)}"
        return Variation(parent=parent, level=level, number=number)

    @property
    def size_of_family(self) -> int:
        """Scenes per drawn entry: one, and its variations."""
        return 1 + len(self.mixture.levels)

    def parent_of(self, index: int) -> int | None:
        """Return the number of the parent of scene `index`; None if it has none in this dataset."""
        own, place = self._family(index)
        return own * self.size_of_family if place and self.parent is None else None

    def _family(self, index: int) -> tuple[int, int]:
        """Return the number of the drawn entry, and the place among its variations; 0 for the scene."""
        if self.parent is not None:
            return 0, index + 1
        return divmod(index, self.size_of_family)

    @cached_property
    def _cumulative(self) -> Any:
        weights = np.cumsum([entry.weight for entry in self.mixture.entries])
        return weights / weights[-1]

    def split(self, index: int) -> Split:
        """Return the split of scene `index`, which does not depend on the other scenes.

        Each split has its own asset pool, so that scenes of two splits share no asset seed. Variations are
        in the split of their parent; those of a scene folder are for training.
        """
        if self.parent is not None:
            return "train"
        draw = np.random.default_rng([self.seed, self._family(index)[0], 1]).random()
        train, validation, _ = self.shares
        return "train" if draw < train else "validation" if draw < train + validation else "test"


class Collection(_Numbered):
    """Plan of a dataset that was merged or split from others."""

    format: Literal["sage-dataset-collection-1"] = "sage-dataset-collection-1"
    sources: tuple[Plan, ...] = Field(min_length=1)
    """Plans of the scenes."""

    @property
    def version(self) -> str:
        """Versions of sage that generated the scenes."""
        return ", ".join(sorted({plan.version for plan in self.sources}))


_READER: TypeAdapter[Plan | Collection] = TypeAdapter(
    Annotated[Plan | Collection, Field(discriminator="format")]
)


def read_plan(storage: Storage) -> Plan | Collection:
    """Read the plan of a dataset.

    Raises:
        FolderError: it is not a dataset, or its plan is broken.
    """
    try:
        return _READER.validate_json(storage.read(PLAN_FILE))
    except FileNotFoundError:
        raise FolderError(f"{storage.url!r} is not a dataset: it has no {PLAN_FILE}") from None
    except ValueError as error:
        raise FolderError(f"{PLAN_FILE} of {storage.url!r} is broken: {error}") from error


def scene_path(index: int) -> str:
    """Return the path of scene `index` below a folder of shards, such as `0000/0000123`."""
    return f"{index // SHARD:04d}/{index:07d}"


def _pool_seed(seed: int, split: Split) -> int:
    return int(np.random.default_rng([seed, get_args(Split).index(split), 2]).integers(2**63))


def _drawn(weights: dict[Any, float], rng: np.random.Generator) -> Any:
    names = list(weights)
    share = np.array([weights[name] for name in names])
    return names[int(rng.choice(len(names), p=share / share.sum()))]


def of_parent(prompt: str, levels: Iterable[Level], density: Density, disorder: Disorder) -> Mixture:
    """Return the mixture of variations of one scene: one of each level in turn."""
    entry = Entry(prompt=prompt, density=density, disorder=disorder)
    return Mixture(entries=(entry,), in_order=True, augmentation=dict.fromkeys(levels, 1))


def read_mixture(path: Path | None) -> Mixture:
    """Read a mixture from a YAML file; None reads that of the package.

    Raises:
        UserError: the file is not a mixture; the message names the field.
    """
    source = path or resources.files(__package__).joinpath("mixture.yaml")
    try:
        return Mixture.model_validate(yaml.safe_load(source.read_text()))
    except (OSError, yaml.YAMLError) as error:
        raise UserError(f"{str(source)!r} cannot be read as YAML: {error}") from error
    except ValidationError as error:
        raise UserError(f"{str(source)!r} is not a mixture: {_first(error)}") from error
    except UserError as error:
        raise UserError(f"{str(source)!r} is not a mixture: {error}") from error


def read_entries(path: Path) -> Mixture:
    """Read prompts in order: lines of text, JSON objects, CSV rows with a header, or a folder of BDDL files.

    JSON objects and rows have a `prompt` and may have `room`, `density`, `disorder` and `style`.

    Raises:
        UserError: the file cannot be read, or a line is invalid; the message names it.
    """
    if path.is_dir():
        return _definitions(path)
    readers = {".txt": _lines, ".jsonl": _json_lines, ".csv": _rows}
    if path.suffix not in readers:
        raise UserError(
            f"{path.name!r} is not a file of prompts: name one that ends in {', '.join(readers)}, "
            "or a folder of .bddl"
        )
    entries = []
    try:
        for number, fields in readers[path.suffix](path):
            try:
                entries.append(Entry.model_validate(fields))
            except ValidationError as error:
                raise UserError(f"{str(path)!r}, line {number}: {_first(error)}") from error
            except UserError as error:
                raise UserError(f"{str(path)!r}, line {number}: {error}") from error
    except (OSError, ValueError, csv.Error) as error:
        raise UserError(f"{str(path)!r} cannot be read: {error}") from error
    if not entries:
        raise UserError(f"{str(path)!r} holds no prompt")
    return Mixture(entries=tuple(entries), in_order=True)


def _definitions(folder: Path) -> Mixture:
    """Return the BDDL problems below a folder, sorted, each labelled by its path."""
    files = sorted(folder.rglob("*.bddl"))
    if not files:
        raise UserError(f"{str(folder)!r} holds no .bddl file; name a folder with BDDL problems")
    names = (file.relative_to(folder).with_suffix("").as_posix() for file in files)
    entries = (Entry(prompt=n, bddl=definition_file(f)) for n, f in zip(names, files, strict=True))
    return Mixture(entries=tuple(entries), in_order=True)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.strip():
            yield number, {"prompt": line.strip()}


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, fields in _lines(path):
        yield number, json.loads(fields["prompt"])


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            yield rows.line_num, {name: value for name, value in row.items() if value}


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
