"""Every code block of the documentation runs or says why not; commands, options, links and figures exist."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from sage.appearance.patterns import PATTERNS
from sage.assets.families import FAMILIES
from sage.context import Context
from sage.critics import CRITICS
from sage.critics.shake import ShakeCritic
from sage.generators.recipes import room_types
from sage.geometry import Pose
from sage.service.cli import app
from sage.service.http.making import MAKER
from sage.task import RELATIONS, RequiredObject, StyleName
from tests.conftest import Stage
from tests.serving import serving
from tests.snippets import pages, setup_of, snippets

quick = pytest.mark.quick

PROJECT = Path(__file__).parents[1]
RUNNABLE = ("bash", "python", "console")
COMMAND = re.compile(r"\bsage (?P<name>[a-z]+)(?P<rest>[^`|#\n]*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
DRIVER = """
import json as _json, subprocess as _subprocess, sys as _sys
for _language, _code in _json.loads(_sys.argv[1]):
    print(_code, flush=True)
    if _language == "bash":
        _subprocess.run(["bash", "-euo", "pipefail", "-c", _code], check=True)
    elif _language == "python":
        exec(compile(_code, "block", "exec"), globals())
    else:
        _command, _, _expected = _code.removeprefix("$ ").partition("\\n")
        _done = _subprocess.run(["bash", "-c", _command], capture_output=True, text=True, check=True)
        assert _done.stdout.split()[: len(_expected.split())] == _expected.split(), _done.stdout
"""
"""Runs blocks in one folder and one Python namespace; console blocks hold a command and its first output."""


def runnable(page: Path) -> list[tuple[str, str]]:
    name = str(page.relative_to(PROJECT))
    return [
        (item.language, item.code)
        for item in snippets(PROJECT)
        if item.file == name and not item.marker and item.language in RUNNABLE
    ]


@pytest.mark.slow
@pytest.mark.parametrize("page", list(filter(runnable, pages(PROJECT))), ids=lambda page: page.stem)
def test_the_blocks_of_a_page_run(page: Path, tmp_path: Path, clean_environment: dict[str, str]) -> None:
    """Blocks without a marker run in order, as a reader would run them, beside a service if one is needed."""
    blocks = [*(("bash", command) for command in setup_of(page)), *runnable(page)]
    if "<!-- service -->" not in page.read_text():
        run(blocks, tmp_path, clean_environment)
        return
    with serving(tmp_path / "data", maker=MAKER, seconds=600.0) as (client, _):
        here = f":{client.http.base_url.port}"
        run([(kind, code.replace(":8000", here)) for kind, code in blocks], tmp_path, clean_environment)


def run(blocks: list[tuple[str, str]], folder: Path, environment: dict[str, str]) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    work = folder / "work"
    work.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, json.dumps(blocks)], cwd=work, env=environment | {"PATH": path},
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@quick
def test_every_block_is_run_or_says_why_not(project: Path) -> None:
    found = list(snippets(project))
    assert len(found) > 40
    tests = "".join(path.read_text() for path in sorted((project / "tests").glob("*.py")))
    for item in found:
        where = f"{item.file}: {item.code[:80]}"
        if item.marker == "test":
            assert f'"{item.name}"' in tests, f"no test reads {item.name!r}; {where}"
        elif item.language == "json":
            json.loads("{" + item.code + "}" if item.code.startswith('"') else item.code)
        elif item.language not in RUNNABLE:
            assert item.language == "", f"nothing runs it; {where}"
            assert not re.search(r"^(\$|sage|pip|python|curl|docker) ", item.code, re.MULTILINE), where


@quick
def test_names_in_python_blocks_are_defined(project: Path) -> None:
    """Also in blocks that cannot run here."""
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F821", "-"]
    for page in pages(project):
        name = str(page.relative_to(project))
        code = [item.code for item in snippets(project) if item.file == name and item.language == "python"]
        done = subprocess.run(ruff, input="\n".join(code), capture_output=True, text=True)
        assert done.returncode == 0, name + done.stdout


@quick
def test_no_block_is_indented(project: Path) -> None:
    """Indented blocks would escape the tests."""
    for page in pages(project):
        assert not re.search(r"^[ \t]+```", page.read_text(), re.MULTILINE), page


def options(project: Path) -> set[tuple[str, str, str]]:
    found = set()
    for path in pages(project):
        for command in COMMAND.finditer(path.read_text()):
            for option in OPTION.findall(command["rest"]):
                found.add((path.name, command["name"], option))
    return found


@quick
def test_every_command_and_option_exists(project: Path) -> None:
    group = typer.main.get_command(app)
    known = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        nested = getattr(command, "commands", {}).values()
        known[name] = {
            option
            for one in (command, *nested)
            for parameter in one.params
            for option in (*parameter.opts, *parameter.secondary_opts)
        } | {"--help"}
    written = options(project)
    assert len(written) > 50
    assert not {
        (file, name, option) for file, name, option in written if option not in known.get(name, set())
    }


@quick
def test_every_command_is_in_the_reference(project: Path) -> None:
    text = (project / "docs/reference/commands.md").read_text()
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert not [name for name in commands if f"`sage {name}" not in text]


@quick
def test_links_between_pages_lead_somewhere(project: Path) -> None:
    broken = []
    for page in [*pages(project), project / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append((page.name, target))
    assert not broken


@quick
def test_every_page_is_in_the_navigation(project: Path) -> None:
    listed = set(re.findall(r"[\w/]+\.md", (project / "mkdocs.yml").read_text()))
    assert listed == {str(page.relative_to(project / "docs")) for page in pages(project)[1:]}


def test_every_metric_is_defined(project: Path, stage: Stage, context: Context) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2))
    mug = stage.set_down("mug", table, role="target")
    wanted = RequiredObject(ids=(mug,), category="mug", name="mug", role="target")
    stage.ask(objects=[wanted], robot_bases={mug: Pose.planar(2.5, 1)})
    named = {"varied", "kept", "objects", "free", "realism", "functionality", "layout", "completeness"}
    for critic in (*CRITICS, ShakeCritic()):
        named |= critic.review(stage.scene, context).metrics.keys()
    assert len(named) > 25
    text = (project / "docs/reference/metrics.md").read_text()
    assert not [name for name in sorted(named) if f"`{name}`" not in text]


@quick
def test_figures_in_the_reference_are_current(project: Path) -> None:
    rooms = (project / "docs/reference/rooms.md").read_text()
    assert f"{len(FAMILIES)} kinds of objects" in rooms
    assert f"{len(room_types())} types of room" in rooms
    assert f"{len(PATTERNS)} materials" in rooms
    for style in StyleName.__args__:  # type: ignore[attr-defined]
        assert style in rooms, style
    assert f"{len(FAMILIES)} nouns" in (project / "docs/reference/tasks.md").read_text()
    relations = (project / "docs/reference/relations.md").read_text()
    assert not [name for name in RELATIONS if f"`{name}`" not in relations]
