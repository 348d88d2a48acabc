"""Command line: exit statuses, one-line errors, interruption, output."""

from __future__ import annotations

import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from sage.choices import LEVELS
from sage.export import DEFAULT_FORMATS
from sage.export.formats import FORMATS
from sage.llm import Limits
from sage.service.cli import main
from sage.service.commands.augment import LevelOption
from sage.service.commands.generate import generate
from sage.service.request import SceneRequest

PROMPT = "put the mug on the table"
SAGE = [sys.executable, "-m", "sage.service.cli"]
HEAVY = {"pybullet", "mujoco", "pxr", "langgraph", "trimesh", "numpy", "spacy", "thinc"}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Run]:
    """Runs `sage` in an empty folder, in this process."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def go(*arguments: str | Path, cwd: Path = elsewhere) -> subprocess.CompletedProcess[str]:
        command = ["sage", *map(str, arguments)]
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", command)
        capfd.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        code = caught.value.code or 0
        assert isinstance(code, int)
        return subprocess.CompletedProcess(command, code, *capfd.readouterr())

    yield go
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def generated(
    clean_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A scene folder, and what `sage generate` printed in a process of its own."""
    folder = tmp_path_factory.mktemp("generated") / "scene"
    command = [*SAGE, "generate", PROMPT, "--out", str(folder), "--seed", "1", "--density", "sparse"]
    done = subprocess.run(
        command, env=clean_environment, cwd=folder.parent, capture_output=True, text=True, timeout=300
    )
    return folder, done


@pytest.fixture
def copy(generated: tuple[Path, object], tmp_path: Path) -> Path:
    return Path(shutil.copytree(generated[0], tmp_path / "copy"))


def assert_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert len(lines[0]) < 400
    for word in words:
        assert word in lines[0]


def test_help_needs_no_heavy_import(clean_environment: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", *SAGE[1:], "--help"]
    done = subprocess.run(
        command, env=clean_environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "typer" in imported
    assert not HEAVY & imported


@pytest.mark.parametrize("arguments", [("--help",), ("generate", "--help"), ("check", "-h")])
def test_help_explains_and_succeeds(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    assert "Usage" in done.stdout
    assert done.stderr == ""


def test_the_version_is_that_of_the_package(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"sage {version('sage-scenes')}\n")


def test_an_accepted_scene_exits_0_and_tells_what_it_is(
    generated: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, done = generated
    assert done.returncode == 0, done.stderr
    assert "accepted" in done.stdout and str(folder) in done.stdout.replace("\n", "")
    assert "mug" in done.stdout and "table" in done.stdout
    assert (folder / "scene.json").is_file()
    assert "Traceback" not in done.stderr


def test_a_check_shakes_the_scene_if_told_to(run: Run, copy: Path) -> None:
    done = run("check", str(copy), "--shake", "--json")
    assert done.returncode == 0, done.stderr
    (shake,) = (c for c in json.loads(done.stdout)["critiques"] if c["critic"] == "shake")
    assert shake["metrics"]["stays_when_pulsed"] > 0.8
    assert shake["metrics"]["stays_when_nudged"] > 0.8


def test_a_good_folder_passes_the_check(run: Run, copy: Path) -> None:
    done = run("check", copy)
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout and "failed" not in done.stdout


def test_a_lifted_mug_fails_the_check_and_is_named(run: Run, copy: Path) -> None:
    data = json.loads((copy / "scene.json").read_text())
    mug = next(item for item in data["objects"] if item["id"] == "mug_1")
    mug["pose"]["position"][2] += 0.3
    (copy / "scene.json").write_text(json.dumps(data))
    done = run("check", copy)
    assert done.returncode == 3
    assert "mug_1" in done.stdout and "failed" in done.stdout
    told = json.loads(run("check", copy, "--json").stdout)
    assert told["accepted"] is False
    kinds = {f["kind"] for c in told["critiques"] for f in c["findings"] if "mug_1" in f["objects"]}
    assert kinds >= {"unstable", "unsupported"}


def test_a_check_as_json_is_json_and_nothing_else(run: Run, copy: Path) -> None:
    done = run("check", copy, "--json")
    told = json.loads(done.stdout)
    assert told["accepted"] is True
    assert {critique["critic"] for critique in told["critiques"]} >= {"task", "physics"}


def test_a_scene_that_is_not_accepted_is_written_and_exits_3(run: Run, tmp_path: Path) -> None:
    """A room of 2 x 2 m holds no sofa, bed and desk that a robot could get around."""
    prompt = "a bedroom of 2 by 2 metres with a double bed, a desk, a wardrobe and a dresser"
    done = run("generate", prompt, "--out", tmp_path / "scene", "--max-rounds", "1", "--quiet")
    assert done.returncode in (2, 3), done.stderr
    if done.returncode == 3:
        assert json.loads((tmp_path / "scene" / "report.json").read_text())["accepted"] is False


def test_the_schema_is_json_on_standard_output(run: Run) -> None:
    done = run("schema")
    assert done.returncode == 0 and done.stderr == ""
    assert "schema_version" in json.loads(done.stdout)["properties"]


def test_a_preview_of_a_folder_prints_where_the_picture_is(run: Run, copy: Path) -> None:
    (copy / "preview.png").unlink()
    done = run("preview", copy, "--quiet")
    assert done.returncode == 0
    assert done.stdout.strip() == str(copy / "preview.png")
    assert (copy / "preview.png").stat().st_size > 1000


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("", ("empty",)),
        ("   \n\t", ("empty",)),
        ("?!...", ("empty",)),
        ("put the flurb on the table", ("flurb",)),
        ("ponder the meaning of it all", ("no object or room",)),
        ("put the mug\x07 on the table", ("U+0007",)),
        ("stellen Sie die Tasse auf den Tisch", ("English",)),
        ("把杯子放在桌子上", ("English",)),
        ("put the mug on the table " * 4000, ("100000", "4000")),
    ],
    ids=["empty", "blank", "marks", "noun", "nothing", "control", "german", "chinese", "100 kB"],
)
def test_a_prompt_that_cannot_be_taken_is_one_line_and_writes_nothing(
    run: Run, tmp_path: Path, prompt: str, words: tuple[str, ...]
) -> None:
    assert_one_line(run("generate", prompt, "--out", tmp_path / "scene"), *words)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["generate", "preview"])
def test_strict_refuses_words_that_are_not_understood(run: Run, tmp_path: Path, command: str) -> None:
    done = run(command, "a bedroom with a frobnicator", "--out", tmp_path / "scene", "--strict")
    assert_one_line(done, "not understood: 'frobnicator'", "other words", "without 'strict'")
    assert not list(tmp_path.iterdir())


def test_what_is_not_understood_is_marked_and_told_and_the_scene_is_made(run: Run, tmp_path: Path) -> None:
    prompt = "a small [tidy] bathroom with a frobnicator; boil the kettle"
    told = run("task", prompt)
    assert told.returncode == 0, told.stderr
    done = run("generate", prompt, "--out", tmp_path / "scene", "--density", "sparse", "--formats", "mjcf")
    assert done.returncode == 0, done.stderr
    for shown in (told.stdout, done.stdout):
        assert "a small [tidy] bathroom with a [frobnicator]; (boil) the kettle" in " ".join(shown.split())
        assert "coverage: 5 of 6 words (83%)" in shown
        assert "not understood, without effect: [frobnicator]" in shown
        assert "recorded, not simulated: boil the kettle" in shown
    report = json.loads((tmp_path / "scene/report.json").read_text())
    assert [word["text"] for word in report["understood"]["not_understood"]] == ["frobnicator"]
    assert json.loads(run("task", prompt, "--json").stdout)["understood"]["coverage"] == pytest.approx(5 / 6)
    assert_one_line(run("task", prompt, "--strict"), "frobnicator")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--seed", "seven"), ("seed",)),
        (("--seed", "-1"), ("seed", "-1")),
        (("--seed", "1.5"), ("seed",)),
        (("--seed", str(2**63)), ("seed",)),
        (("--room", "sauna"), ("sauna", "kitchen")),
        (("--density", "crammed"), ("dense",)),
        (("--formats", "usd,fbx"), ("fbx", "usd", "sceneeval")),
        (("--max-rounds", "0"), ("max-rounds",)),
        (("--colour", "red"), ("--colour",)),
        (("extra",), ("extra",)),
    ],
)
def test_an_option_that_cannot_be_taken_is_one_line_and_writes_nothing(
    run: Run, tmp_path: Path, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert_one_line(run("generate", PROMPT, "--out", tmp_path / "scene", *options), *words)
    assert not list(tmp_path.iterdir())


def test_a_missing_option_or_an_unknown_command_is_one_line(run: Run) -> None:
    assert_one_line(run("generate", PROMPT), "--out")
    assert_one_line(run("paint"), "paint")


def test_an_out_that_is_a_file_is_one_line_and_the_file_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    assert_one_line(run("generate", PROMPT, "--out", tmp_path / "notes"), "notes", "file")
    assert (tmp_path / "notes").read_text() == "mine"


def test_an_out_below_a_file_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    assert_one_line(run("generate", PROMPT, "--out", tmp_path / "notes" / "scene"), "notes")
    assert (tmp_path / "notes").read_text() == "mine"


@pytest.mark.parametrize("option", [(), ("--overwrite",)])
def test_an_out_that_holds_something_else_is_one_line_and_it_stays(
    run: Run, tmp_path: Path, option: tuple[str, ...]
) -> None:
    (tmp_path / "thesis.txt").write_text("chapter one")
    assert_one_line(run("generate", PROMPT, "--out", tmp_path, *option))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_scene_is_replaced_only_when_told_to(run: Run, copy: Path) -> None:
    before = (copy / "scene.json").read_bytes()
    assert_one_line(run("generate", PROMPT, "--out", copy), "--overwrite")
    assert (copy / "scene.json").read_bytes() == before
    options = ("--seed", "2", "--density", "sparse", "--overwrite", "--json")
    done = run("generate", PROMPT, "--out", copy, *options)
    assert json.loads(done.stdout)["seed"] == 2
    assert json.loads((copy / "scene.json").read_text())["seed"] == 2
    assert [path.name for path in copy.parent.iterdir()] == ["copy"]


def test_more_formats_are_written_into_a_folder(run: Run, copy: Path) -> None:
    done = run("export", copy, "--formats", "sdf")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(copy / "scene.sdf")]
    assert (copy / "scene.sdf").stat().st_size > 1000
    assert_one_line(run("export", copy, "--formats", "obj"), "obj", "sceneeval")
    assert_one_line(run("export", copy / "nowhere"), "scene.json")


def test_help_names_every_format(run: Run) -> None:
    told = run("generate", "--help").stdout
    assert all(name in told for name in FORMATS)


def test_options_default_to_the_fields_of_a_request() -> None:
    given = {name: item.default for name, item in inspect.signature(generate).parameters.items()}
    fields = {name: field.default for name, field in SceneRequest.model_fields.items()}
    fields |= {"formats": ",".join(DEFAULT_FORMATS), "prompt": None, "bddl": None}
    shared = given.keys() & fields.keys()
    assert len(shared) > 10
    assert {name: given[name] for name in shared} == {name: fields[name] for name in shared}
    assert tuple(LevelOption) == LEVELS
    assert (given["max_tokens"], given["max_seconds"]) == (Limits().tokens, Limits().seconds)


def test_a_check_of_no_scene_folder_is_one_line(run: Run, tmp_path: Path) -> None:
    assert_one_line(run("check", tmp_path), "scene.json")
    assert_one_line(run("check", tmp_path / "nowhere"), "nowhere")
    (tmp_path / "scene.json").write_text("{")
    assert_one_line(run("check", tmp_path), "scene.json")


def wait_until(true: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    for _ in range(6000):
        if true():
            return
        assert process.poll() is None, "the program ended before it was interrupted"
        time.sleep(0.01)
    raise AssertionError("what the test waits for never came")


def obey_signals() -> None:
    """Undo what a shell does to the signals of a job in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def interrupted(
    clean_environment: dict[str, str], place: Path, number: signal.Signals, moment: Path
) -> subprocess.CompletedProcess[str]:
    """Generate `place / "scene"` until something is there, and then send a signal."""
    process = subprocess.Popen(
        [*SAGE, "generate", PROMPT, "--out", str(place / "scene"), "--density", "sparse"],
        env=clean_environment, cwd=place.parent, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=obey_signals,
    )  # fmt: skip
    try:
        wait_until(lambda: bool(list(place.glob(str(moment)))), process)
        os.kill(process.pid, number)
        output, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in errors and output == ""
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


@pytest.mark.parametrize(
    ("number", "moment"),
    [(signal.SIGINT, Path("scene.partial/assets/*")), (signal.SIGTERM, Path("scene.partial/scene/assets"))],
    ids=["making", "writing"],
)
def test_an_interruption_leaves_no_scene_and_tells_how_to_go_on(
    run: Run,
    clean_environment: dict[str, str],
    tmp_path: Path,
    number: signal.Signals,
    moment: Path,
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    done = interrupted(clean_environment, place, number, moment)
    assert done.returncode == 130, done.stderr
    assert f"sage generate --resume {place / 'scene'}" in done.stderr.splitlines()[-1]
    assert [path.name for path in place.iterdir()] == ["scene.partial"]
    assert_one_line(run("generate", PROMPT, "--out", place / "scene"), "--resume", "--overwrite")
    assert_one_line(run("generate", "--resume", place / "scene", "--seed", "5"), "seed", "5", "0")
    assert_one_line(run("generate", PROMPT + " now", "--resume", place / "scene"), "prompt")
    done = run("generate", PROMPT, "--resume", place / "scene", "--seed", "0", "--quiet")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in place.iterdir()] == ["scene"]
    assert_one_line(run("generate", "--resume", place / "scene"), "no interrupted run")


@pytest.mark.parametrize(
    ("package", "module", "arguments", "extra"),
    [
        ("ray", "sage.service.dataset.batch", ("batch", "--scenes", "3", "--out", "dataset"), "batch"),
        ("uvicorn", "sage.service.http.app", ("serve",), "service"),
        ("mcp_types", "sage.service.mcp_server", ("mcp",), "mcp"),
    ],
)
def test_a_command_whose_packages_are_absent_names_the_extra(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    module: str,
    arguments: tuple[str, ...],
    extra: str,
) -> None:
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    done = run(*arguments)
    assert done.returncode == 2 and f"pip install 'sage-scenes[{extra}]'" in done.stderr
    assert done.stderr.count("\n") == 1
