"""Code blocks of the README and the documentation, by the comment above each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Snippet", "code_of", "pages", "setup_of", "snippets"]

_BLOCK = re.compile(
    r"(?:<!-- *(?P<marker>test|run|not run): *(?P<name>.+?) *-->\s*)?"
    r"^```(?P<language>\w*)\n(?P<code>.*?)^```",
    re.DOTALL | re.MULTILINE,
)
_SETUP = re.compile(r"<!-- *setup: *(.+?) *-->")


class Snippet(NamedTuple):
    """A fenced block."""

    file: str
    """Path below the project."""
    marker: str
    """`test`, `run` or `not run`; empty for blocks that run with their page."""
    name: str
    """Name of the test or simulator, or the reason for `not run`."""
    language: str
    code: str


def pages(project: Path) -> list[Path]:
    """Return README.md and the pages of docs/ in order."""
    return [project / "README.md", *sorted((project / "docs").rglob("*.md"))]


def snippets(project: Path) -> Iterator[Snippet]:
    """Yield the blocks of all pages in order."""
    for path in pages(project):
        for found in _BLOCK.finditer(path.read_text()):
            yield Snippet(
                str(path.relative_to(project)), found["marker"] or "", found["name"] or "",
                found["language"], found["code"],
            )  # fmt: skip


def setup_of(page: Path) -> list[str]:
    """Return the commands of a page's `<!-- setup: command -->`, which run before its blocks."""
    return _SETUP.findall(page.read_text())


def code_of(project: Path, name: str) -> list[str]:
    """Return the code of the blocks below `<!-- test: name -->`."""
    found = [item.code for item in snippets(project) if (item.marker, item.name) == ("test", name)]
    assert found, f"no block below <!-- test: {name} -->"
    return found
