"""Merging and splitting datasets: nothing is lost, duplicated or changed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sage.dataset import Dataset
from sage.dataset.storage import Storage
from sage.dataset.tables import read_rows
from sage.errors import FolderError, UserError
from sage.export.reading import read_scene
from sage.service.dataset.batch import make
from sage.service.dataset.collection import merge, split
from sage.service.dataset.fsck import faults
from sage.service.dataset.manifest import write_tables
from sage.service.dataset.plan import PLAN_FILE, Entry, Mixture, Plan
from sage.service.dataset.record import publish, record_failure
from sage.service.runner import Outcome
from tests.makers import faulty
from tests.test_dataset import digest


def plan_of(seed: int, scenes: int = 6) -> Plan:
    entries = tuple(Entry(prompt=prompt) for prompt in ("a kitchen", "poor"))
    mixture = Mixture(entries=entries, in_order=True, augmentation={"pose": 2})
    return Plan(scenes=scenes, seed=seed, mixture=mixture, shares=(0.5, 0.25, 0.25))


def make_dataset(plan: Plan, folder: Path) -> Path:
    """Make a dataset of a bowl a scene; the variations of what is poor fail, as they do in earnest."""
    storage = Storage(str(folder))
    storage.write(PLAN_FILE, plan.model_dump_json().encode())
    with tempfile.TemporaryDirectory() as scratch:
        for index in range(plan.scenes):
            request, made = plan.request(index), Path(scratch) / "made"
            if request.prompt == "poor" and request.variation is not None:
                record_failure(storage, plan, index, Outcome(state="failed", kind="parent", reason="poor"))
                continue
            faulty.make(request.model_dump(mode="json"), out=str(made), progress=lambda stage: None)
            publish(storage, plan, index, made, Outcome(state="accepted"))
    write_tables(storage)
    return folder


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two datasets of six scenes each, of seeds of their own."""
    folder = tmp_path_factory.mktemp("made")
    return make_dataset(plan_of(3), folder / "three"), make_dataset(plan_of(4), folder / "four")


def scenes_of(folder: Path) -> Counter[tuple[object, ...]]:
    """Return what is in a dataset whatever its number."""
    rows = read_rows(Storage(str(folder)))
    return Counter((r["prompt"], r["seed"], r["state"], r["split"], r["sha256"], r["level"]) for r in rows)


def test_merging_keeps_every_scene_with_its_bytes_split_and_parent(
    halves: tuple[Path, Path], tmp_path: Path
) -> None:
    made = merge([str(half) for half in halves], str(tmp_path / "all"))
    assert made.scenes == 12 and [plan.seed for plan in made.sources] == [3, 4]
    assert scenes_of(tmp_path / "all") == scenes_of(halves[0]) + scenes_of(halves[1])
    assert list(faults(str(tmp_path / "all"), sample=0)) == []
    rows = list(read_rows(Storage(str(tmp_path / "all"))))
    assert [row["index"] for row in rows] == list(range(12))
    for row in rows:
        if row["level"]:
            parent = next(other for other in rows if other["folder"] == row["parent"])
            assert parent["split"] == row["split"] and parent["prompt"] == row["prompt"]
            assert row["index"] - parent["index"] in (1, 2)
    for stored in Dataset(tmp_path / "all"):
        scene, store = read_scene(stored.folder)
        assert store[scene.objects[0].asset].category == "bowl"


def test_parts_hold_what_is_of_them_and_merge_to_the_whole(halves: tuple[Path, Path], tmp_path: Path) -> None:
    merge([str(half) for half in halves], str(tmp_path / "all"))
    counts = split(str(tmp_path / "all"), str(tmp_path / "parts"))
    assert sum(counts.values()) == 12 and len(counts) > 1
    for name, count in counts.items():
        rows = list(read_rows(Storage(str(tmp_path / "parts" / name))))
        assert [row["split"] for row in rows] == [name] * count
        assert list(faults(str(tmp_path / "parts" / name), sample=0)) == []
    assert sum((scenes_of(tmp_path / "parts" / name) for name in counts), Counter()) == scenes_of(
        tmp_path / "all"
    )
    assert split(str(tmp_path / "all"), str(tmp_path / "rooms"), "room") == {"kitchen": 8}


@given(st.data())
@settings(max_examples=5, deadline=None)
def test_what_was_broken_off_goes_on_to_the_same_bytes(
    halves: tuple[Path, Path], data: st.DataObject
) -> None:
    stop = data.draw(st.integers(1, 11))
    with tempfile.TemporaryDirectory() as scratch:
        urls, whole, broken = (
            [str(half) for half in halves],
            Path(scratch) / "whole",
            Path(scratch) / "broken",
        )

        def breaking(count: int) -> None:
            if count == stop:
                raise KeyboardInterrupt

        merge(urls, str(whole))
        with pytest.raises(KeyboardInterrupt):
            merge(urls, str(broken), breaking)
        merge(urls, str(broken))
        assert digest(broken) == digest(whole)


def test_the_same_scenes_twice_are_refused(halves: tuple[Path, Path], tmp_path: Path) -> None:
    longer = make_dataset(plan_of(3, scenes=7), tmp_path / "longer")
    with pytest.raises(UserError, match="same scenes: both have seed 3"):
        merge([str(halves[0]), str(longer)], str(tmp_path / "all"))
    merge([str(half) for half in halves], str(tmp_path / "all"))
    with pytest.raises(UserError, match="same scenes"):
        merge([str(tmp_path / "all"), str(longer)], str(tmp_path / "more"))
    assert not (tmp_path / "more").exists()


def test_nothing_is_made_or_brought_where_something_else_is(
    halves: tuple[Path, Path], tmp_path: Path
) -> None:
    urls = [str(half) for half in halves]
    with pytest.raises(FolderError, match="another dataset"):
        merge(urls, urls[0])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "text").write_text("mine")
    with pytest.raises(FolderError, match="not empty"):
        merge(urls, str(tmp_path / "mine"))
    with pytest.raises(FolderError, match="no dataset"):
        split(str(tmp_path / "mine"), str(tmp_path / "parts"))
    merge(urls, str(tmp_path / "all"))
    with pytest.raises(FolderError, match="merged or split"):
        make(plan_of(3), str(tmp_path / "all"))


@pytest.mark.parametrize("broken", ["scenes/0000/0000000/scene.json", "asset", "assets/textures/gone.png"])
def test_a_broken_source_is_told(halves: tuple[Path, Path], tmp_path: Path, broken: str) -> None:
    folder = Path(shutil.copytree(halves[0], tmp_path / "copy", symlinks=True))
    record = folder / "records/0000/0000000.json"
    told = json.loads(record.read_text())
    if broken == "asset":
        shutil.rmtree(folder / "assets" / told["assets"][0])
    elif broken.startswith("assets"):
        record.write_text(json.dumps(told | {"textures": ["gone.png"]}))
        assert any("textures/gone.png is missing" in fault for fault in faults(str(folder), sample=0))
    else:
        (folder / broken).write_text("{}")
    with pytest.raises(FolderError, match=r"scene 0: .*(missing|another checksum).*--repair"):
        merge([str(folder), str(halves[1])], str(tmp_path / "all"))
