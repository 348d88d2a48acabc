"""Datasets: plan, generation over Ray, resumption, checking and reading."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pyarrow.parquet as pq
import pytest
import ray
from hypothesis import given, settings
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from sage.choices import LEVELS, Level
from sage.dataset import Dataset, export_scene
from sage.dataset.storage import Storage
from sage.errors import FolderError, UserError
from sage.export.reading import read_scene
from sage.scene import Scene
from sage.service.dataset.batch import BatchOptions, Tally, make
from sage.service.dataset.card import statistics, write_card
from sage.service.dataset.fsck import faults
from sage.service.dataset.manifest import write_tables
from sage.service.dataset.plan import Entry, Mixture, Plan, read_entries, read_mixture
from sage.service.dataset.record import publish
from sage.service.dataset.tars import write_tars
from sage.service.runner import Outcome, ProcessLimits
from sage.service.understanding import understand
from tests.makers import faulty

PATH = f"{Path(__file__).parent / 'makers'}{os.pathsep}{Path(__file__).parents[1]}"
PROMPTS = ("a kitchen", "crash", "a kitchen", "poor", "hang", "eat", "a kitchen")
PLAN = Plan(
    scenes=len(PROMPTS), seed=3, mixture=Mixture(entries=[Entry(prompt=p) for p in PROMPTS], in_order=True)
)
OPTIONS = BatchOptions(
    workers=2, limits=ProcessLimits(seconds=8.0, memory_bytes=1 << 30), maker="faulty:make"
)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3-compatible server on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module", autouse=True)
def makers(request: pytest.FixtureRequest) -> Iterator[None]:
    """One Ray for all tests, whose processes find the makers of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", PATH)
        patch.setenv("AWS_ACCESS_KEY_ID", "someone")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
        ray.init(num_cpus=2, include_dashboard=False, object_store_memory=100_000_000, log_to_driver=False)
        yield
        ray.shutdown()


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of seven scenes, of which one crashes, one hangs and one eats memory."""
    folder = tmp_path_factory.mktemp("made") / "dataset"
    finish(PLAN, folder)
    return folder


def finish(plan: Plan, folder: Path | str, *, retry_failed: bool = False) -> Tally:
    tally = make(plan, str(folder), replace(OPTIONS, retry_failed=retry_failed))
    write_tables(Storage(str(folder)))
    write_card(Storage(str(folder)))
    return tally


def digest(folder: Path) -> dict[str, str]:
    """Return what the dataset is, leaving out how long it took."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    steady = (path for path in files if "logs" not in path.parts and path.name != "timings.parquet")
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in steady}


plans = st.builds(
    Plan,
    scenes=st.just(1000),
    seed=st.integers(0, 2**32),
    mixture=st.just(read_mixture(None)),
    variants=st.integers(1, 9),
)


def test_a_strict_plan_makes_strict_requests_and_any_other_says_nothing_of_it() -> None:
    assert PLAN.model_copy(update={"strict": True}).request(0).model_dump()["strict"] is True
    assert "strict" not in PLAN.model_dump() and "strict" not in PLAN.request(0).model_dump()


@given(plans, st.integers(0, 10**6))
def test_a_scene_depends_on_seed_and_number_alone(plan: Plan, index: int) -> None:
    longer = plan.model_copy(update={"scenes": 10**6 + 1})
    again = Plan.model_validate_json(longer.model_dump_json())
    assert again.request(index) == plan.request(index) and again.split(index) == plan.split(index)


def test_styles_are_drawn_by_weight_for_entries_that_leave_it_open() -> None:
    entries = (Entry(prompt="a"), Entry(prompt="b", style="classic"))
    mixture = Mixture(entries=entries, in_order=True, styles={"modern": 3.0, "rustic": 1.0})
    plan = Plan(scenes=800, seed=2, mixture=mixture)
    drawn = Counter(plan.request(index).style for index in range(0, 800, 2))
    assert drawn["modern"] + drawn["rustic"] == 400 and 0.65 < drawn["modern"] / 400 < 0.85
    assert plan.request(1).style == "classic"
    assert Plan(scenes=1, seed=2, mixture=Mixture(entries=entries)).request(0).style is None


@given(plans)
@settings(max_examples=20)
def test_splits_have_their_shares_and_no_asset_seed_in_common(plan: Plan) -> None:
    splits = [plan.split(index) for index in range(1000)]
    pools = {
        name: {plan.request(i).asset_pool for i in range(50) if splits[i] == name} for name in set(splits)
    }
    assert 0.74 < splits.count("train") / 1000 < 0.86
    assert all(len(pool) <= 1 for pool in pools.values())
    assert len(set.union(*pools.values())) == sum(map(len, pools.values()))


@given(plans, st.dictionaries(st.sampled_from(LEVELS), st.integers(0, 3)), st.integers(0, 10**6))
def test_variations_follow_their_parent_into_its_split(
    plan: Plan, augmentation: dict[Level, int], index: int
) -> None:
    mixture = plan.mixture.model_copy(update={"augmentation": augmentation})
    plan = plan.model_copy(update={"scenes": 10**6 + 1, "mixture": mixture})
    parent, request = plan.parent_of(index), plan.request(index)
    if parent is None:
        assert request.variation is None and index % (1 + sum(augmentation.values())) == 0
        return
    assert index - sum(augmentation.values()) <= parent < index and plan.parent_of(parent) is None
    assert plan.split(parent) == plan.split(index)
    first = plan.request(parent)
    assert (first.asset_pool, first.prompt) == (request.asset_pool, request.prompt)
    assert first.seed != request.seed and request.variation is not None
    family = [plan.variation(k) for k in range(parent + 1, parent + 1 + sum(augmentation.values()))]
    assert len(set(family)) == len(family)
    assert Counter(v.level for v in family if v) == Counter({k: n for k, n in augmentation.items() if n})


@given(st.permutations(range(6)))
@settings(max_examples=4)
def test_the_order_in_which_scenes_come_in_does_not_matter(order: list[int]) -> None:
    digests = []
    for indices in (range(6), order):
        with tempfile.TemporaryDirectory() as scratch:
            storage = Storage(f"{scratch}/dataset")
            for index in indices:
                made = Path(scratch) / "made"
                request = PLAN.request(index)
                asked = request.model_dump(mode="json") | {"prompt": "a kitchen"}
                faulty.make(asked, out=str(made), progress=lambda stage: None)
                publish(storage, PLAN, index, made, Outcome(state="accepted"))
            digests.append(digest(Path(scratch) / "dataset"))
            bowls = {path.name for path in (Path(scratch) / "dataset/assets").glob("bowl_*")}
            assert len(bowls) == len({PLAN.request(index).seed % 2 for index in range(6)})
    assert digests[0] == digests[1]


def test_variations_come_with_their_parents(tmp_path: Path) -> None:
    entries = tuple(Entry(prompt=prompt) for prompt in ("a kitchen", "poor"))
    mixture = Mixture(entries=entries, in_order=True, augmentation={"pose": 1, "look": 1})
    plan = Plan(scenes=6, seed=3, mixture=mixture)
    finish(plan, tmp_path / "dataset")
    rows = pq.read_table(tmp_path / "dataset/manifest.parquet").to_pylist()
    assert [(row["state"], row["kind"], row["level"], row["number"]) for row in rows] == [
        ("accepted", "", None, None), ("accepted", "", "pose", 0), ("accepted", "", "look", 0),
        ("not_accepted", "implausible", None, None), ("failed", "parent", "pose", 0),
        ("failed", "parent", "look", 0),
    ]  # fmt: skip
    assert rows[1]["parent"] == rows[0]["folder"] and len({row["split"] for row in rows[:3]}) == 1
    found = statistics(Storage(str(tmp_path / "dataset")), plan.scenes)
    assert found.yields == {"look": (1, 2), "pose": (1, 2)}
    assert "| pose | 2 | 1 | 50.0% |" in (tmp_path / "dataset/README.md").read_text()


def test_scenes_are_drawn_by_weight() -> None:
    mixture = Mixture(entries=(Entry(prompt="a", weight=3), Entry(prompt="b", weight=1, density="dense")))
    plan = Plan(scenes=2000, seed=0, mixture=mixture)
    requests = [plan.request(index) for index in range(2000)]
    assert 0.70 < sum(request.prompt == "a" for request in requests) / 2000 < 0.80
    assert {request.density for request in requests if request.prompt == "b"} == {"dense"}
    assert len({request.seed for request in requests}) > 1990


def test_our_own_mixture_is_understood() -> None:
    for entry in read_mixture(None).entries:
        assert understand(entry.prompt).rooms


def test_one_bad_scene_costs_only_itself(dataset: Path) -> None:
    rows = pq.read_table(dataset / "manifest.parquet").to_pylist()
    assert [(row["state"], row["kind"]) for row in rows] == [
        ("accepted", ""), ("failed", "crash"), ("accepted", ""), ("not_accepted", "implausible"),
        ("failed", "time"), ("failed", "memory"), ("accepted", ""),
    ]  # fmt: skip
    assert "SIGSEGV" in rows[1]["reason"]
    told = {row["prompt"]: (row["coverage"], row["not_understood"]) for row in rows}
    assert told["poor"] == (0.0, ["poor"]) and told["a kitchen"] == (None, [])


def test_two_runs_give_the_same_bytes(dataset: Path, tmp_path: Path) -> None:
    finish(PLAN, tmp_path / "again")
    assert digest(tmp_path / "again") == digest(dataset)


def test_a_run_makes_what_is_missing_or_broken_and_nothing_else(dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    subprocess.run(["cp", "-a", dataset, folder], check=True)
    whole = digest(folder)
    untouched = (folder / "scenes/0000/0000006/scene.json").stat().st_mtime_ns
    (folder / "records/0000/0000000.json").unlink()
    (folder / "scenes/0000/0000002/scene.json").write_text("half")
    tally = finish(PLAN, folder)
    assert (tally.already, tally.made) == (len(PROMPTS) - 2, 2)
    assert digest(folder) == whole
    assert (folder / "scenes/0000/0000006/scene.json").stat().st_mtime_ns == untouched


def test_the_card_tells_what_sharing_saves(dataset: Path) -> None:
    def size(folder: Path, *, without: str = "") -> int:
        files = (p for p in folder.rglob("*") if p.is_file() and not (without and without in p.parts))
        return sum(path.stat().st_size for path in files)

    rows = pq.read_table(dataset / "manifest.parquet").to_pylist()
    folders = [dataset / row["folder"] for row in rows if row["folder"]]
    own = sum(size(folder, without="assets") for folder in folders)
    used = {name: size(dataset / "assets" / name) for row in rows for name in row["assets"]}
    alone = own + sum(used[name] for row in rows for name in row["assets"])
    found = statistics(Storage(str(dataset)), PLAN.scenes)
    assert found.share == pytest.approx((own + sum(used.values())) / alone)
    assert f": {found.share:.0%} of what the scenes take" in (dataset / "README.md").read_text()


def test_a_manifest_of_another_version_is_told(dataset: Path, tmp_path: Path) -> None:
    rows = pq.read_table(dataset / "manifest.parquet")
    pq.write_table(rows.drop_columns(["asset_bytes"]), tmp_path / "manifest.parquet")
    with pytest.raises(FolderError, match="another version: its manifest has no asset_bytes"):
        statistics(Storage(str(tmp_path)), PLAN.scenes)


def test_failed_scenes_are_tried_again_when_asked(dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    subprocess.run(["cp", "-a", dataset, folder], check=True)
    assert finish(PLAN, folder, retry_failed=True).states == {"failed": 3}


def test_another_plan_is_refused(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="seed 3, not 4"):
        make(PLAN.model_copy(update={"seed": 4}), str(dataset), OPTIONS)
    with pytest.raises(FolderError, match="more than 2"):
        make(PLAN.model_copy(update={"scenes": 2}), str(dataset), OPTIONS)
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderError, match="not empty"):
        make(PLAN, str(tmp_path), OPTIONS)


@pytest.mark.slow
def test_a_killed_run_goes_on(dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    program = (
        "import sys; from sage.service.dataset.batch import BatchOptions, make\n"
        "from sage.service.dataset.plan import Plan; from sage.service.runner import ProcessLimits\n"
        "options = BatchOptions(workers=2, maker='faulty:make', limits=ProcessLimits(8.0, 1 << 30))\n"
        "make(Plan.model_validate_json(sys.argv[1]), sys.argv[2], options)"
    )
    command = [sys.executable, "-c", program, PLAN.model_dump_json(), str(folder)]
    driver = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if (folder / "records/0000/0000000.json").exists():
            break
        time.sleep(0.1)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    finish(PLAN, folder)
    assert digest(folder) == digest(dataset)


def test_what_was_changed_is_found(dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    subprocess.run(["cp", "-a", dataset, folder], check=True)
    assert list(faults(str(folder), sample=0)) == []
    (folder / "scenes/0000/0000000/report.json").write_text("{}")
    (folder / "scenes/0000/0000002/scene.json").unlink()
    (asset,) = json.loads((folder / "records/0000/0000006.json").read_text())["assets"]
    subprocess.run(["rm", "-r", folder / "assets" / asset], check=True)
    found = list(faults(str(folder), sample=0, repair=True))
    assert any("report.json has another checksum" in fault for fault in found)
    assert any("scene.json is missing" in fault for fault in found)
    assert any(f"asset {asset} is missing" in fault for fault in found)
    finish(PLAN, folder)
    assert list(faults(str(folder), sample=0)) == [] and digest(folder) == digest(dataset)


@pytest.mark.slow
def test_a_bucket_holds_the_same_as_a_folder(dataset: Path, tmp_path: Path) -> None:
    system, bucket = fsspec.filesystem("s3"), "s3://scenes/made"
    system.mkdir("scenes")
    finish(PLAN, bucket)
    system.get(bucket, str(tmp_path / "copy"), recursive=True)
    assert digest(tmp_path / "copy") == digest(dataset)
    system.rm("scenes/made/scenes/0000/0000002/scene.json")
    system.pipe("scenes/made/scenes/0000/0000006/report.json", b"{}")
    found = list(faults(bucket, sample=0, repair=True))
    assert any("scene.json is missing" in fault for fault in found) and len(found) == 3
    assert finish(PLAN, bucket).made == 2 and list(faults(bucket, sample=0)) == []
    scene, store = pickle.loads(pickle.dumps(Dataset(bucket)))[0].open()
    assert store[scene.objects[0].asset].category == "bowl"
    export_scene(bucket, 2, tmp_path / "alone")
    assert (tmp_path / "alone/scene.json").is_file()


def test_tars_hold_the_scenes_of_each_split(dataset: Path, tmp_path: Path) -> None:
    counts = write_tars(str(dataset), str(tmp_path / "tars"), 1, folders=True)
    again = write_tars(str(dataset), str(tmp_path / "again"), 1, folders=True)
    assert counts == again and sum(counts.values()) == len(Dataset(dataset)) == 3
    assert digest(tmp_path / "tars") == digest(tmp_path / "again")
    for item in Dataset(dataset):
        found = [path for path in (tmp_path / "tars").glob(f"{item.row['split']}-*.tar")]
        tars = (tarfile.open(path) for path in found)
        samples = {tar.getnames()[0]: tar for tar in tars}
        tar = samples[f"{item.row['scene']}.json"]
        member = tar.extractfile(f"{item.row['scene']}.scene.json")
        assert member is not None and Scene.model_validate_json(member.read()) == item.scene
        packed = tar.extractfile(f"{item.row['scene']}.tar")
        with tarfile.open(fileobj=packed) as inner:
            inner.extractall(tmp_path / "folders", filter="data")
        assert read_scene(tmp_path / "folders" / item.row["scene"])[0] == item.scene
        for opened in samples.values():
            opened.close()


def test_definitions_of_a_folder_are_tasks(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    for name in ("z", "a/b/c"):
        (tmp_path / f"{name}.bddl").write_text(f"(define (problem {name}))")
    entries = read_entries(tmp_path).entries
    assert [entry.prompt for entry in entries] == ["a/b/c", "z"]
    plan = Plan(scenes=2, seed=0, mixture=read_entries(tmp_path))
    assert "problem z" in plan.request(1).bddl
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match=r"no \.bddl"):
        read_entries(tmp_path / "empty")


def test_a_bucket_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match="cannot be written"):
        make(PLAN, "s3://nowhere/made", OPTIONS)


def test_what_breaks_off_leaves_no_file() -> None:
    fsspec.filesystem("s3").mkdir("torn")
    storage = Storage("s3://torn/made")
    with pytest.raises(ZeroDivisionError), storage.writing("half") as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert not storage.exists("half")
    storage.write("whole", b"whole")
    assert storage.names("") == {"whole"} and storage.read("whole") == b"whole"


def test_no_cluster_is_told_soon() -> None:
    start = time.monotonic()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        dead = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "sage.service.cli", "batch", "--scenes", "1", "--ray", dead]
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([*command, "--out", f"{folder}/made"], capture_output=True, text=True)
    assert done.returncode == 2 and f"no Ray at '{dead}'" in done.stderr
    assert time.monotonic() - start < 60


def test_it_is_read_lazily_and_pickled(dataset: Path, tmp_path: Path) -> None:
    scenes = Dataset(dataset)
    assert len(scenes) == 3 and len(Dataset(dataset, accepted=False)) == 4
    assert sum(len(Dataset(dataset, split)) for split in ("train", "validation", "test")) == 3
    again = pickle.loads(pickle.dumps(scenes))
    assert [item.scene.seed for item in again] == [item.row["seed"] for item in scenes]
    scene, store = scenes[0].open()
    assert store[scene.objects[0].asset].category == "bowl"
    with pytest.raises(IndexError):
        scenes[3]
    with pytest.raises(UserError, match="no split"):
        Dataset(dataset, "holdout")
    with pytest.raises(FolderError, match="no manifest"):
        export_scene(str(tmp_path), 0, tmp_path / "nothing")
    export_scene(str(dataset), 2, tmp_path / "alone")
    assert len(list((tmp_path / "alone/assets").glob("bowl_*/asset.json"))) == 1
    assert not (tmp_path / "alone/assets").is_symlink()


def test_a_reader_exits_cleanly(dataset: Path) -> None:
    """Arrow's threads may abort the interpreter at exit (apache/arrow#50482)."""
    script = f"from sage.dataset import Dataset; Dataset({str(dataset)!r})"
    for _ in range(6):
        subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("tasks.txt", "a kitchen\n\nan office\n", None),
        ("tasks.jsonl", '{"prompt": "a kitchen", "density": "dense"}\n{"prompt": "an office"}\n', None),
        ("tasks.csv", "prompt,room\na kitchen,\nan office,office\n", None),
        ("tasks.jsonl", '{"prompt": "a kitchen"}\n{"task": "an office"}\n', "line 2: prompt"),
        ("tasks.csv", "prompt,room\na kitchen,\nan office,ofice\n", "line 3: .*'ofice'"),
        ("tasks.txt", "\n", "holds no prompt"),
        ("tasks.doc", "", "not a file of prompts"),
    ],
)
def test_files_of_tasks(tmp_path: Path, name: str, text: str, words: str | None) -> None:
    (tmp_path / name).write_text(text)
    if words:
        with pytest.raises(UserError, match=words):
            read_entries(tmp_path / name)
    else:
        assert [entry.prompt for entry in read_entries(tmp_path / name).entries] == ["a kitchen", "an office"]
