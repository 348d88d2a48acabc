"""Every code block of the documentation is run or says why not; every command and option in it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from sage.service.cli import app
from tests.snippets import snippets

pytestmark = pytest.mark.quick

MARKERS = {"test", "run", "not run"}
COMMAND = re.compile(r"\bsage (?P<name>[a-z]+)(?P<rest>[^`|#\n]*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def test_every_python_block_is_run_or_says_why_not(project: Path) -> None:
    blocks = [item for item in snippets(project) if item.language in ("python", "toml")]
    assert len(blocks) > 10
    assert not [(item.file, item.code[:60]) for item in blocks if item.marker not in MARKERS]


def options(project: Path) -> set[tuple[str, str, str]]:
    found = set()
    for path in [project / "README.md", *sorted((project / "docs").rglob("*.md"))]:
        for command in COMMAND.finditer(path.read_text()):
            for option in OPTION.findall(command["rest"]):
                found.add((path.name, command["name"], option))
    return found


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


def test_links_between_pages_lead_somewhere(project: Path) -> None:
    pages = [project / "README.md", *sorted((project / "docs").rglob("*.md"))]
    broken = []
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append((page.name, target))
    assert not broken
