"""Console output of commands: results on standard output, progress on standard error."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from sage.critique import Critique
    from sage.scene import Scene
    from sage.task import RequiredObject, Statement, Task

__all__ = [
    "print_contents",
    "print_json",
    "print_task",
    "print_understood",
    "print_verdicts",
    "showing_progress",
]

_MARKS = {"not_understood": ("[", "]", "bold red"), "recorded": ("(", ")", "yellow")}
"""Marks before and after a word by its effect, and their colour on a terminal."""
_SPACES = re.compile(r"\s+")
_VERDICTS = {True: "[green]passed[/]", False: "[red]failed[/]", None: "[yellow]absent[/]"}


@contextmanager
def showing_progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the name of a stage on standard error."""
    if quiet:
        yield lambda message: None
        return
    from rich.console import Console
    from rich.markup import escape

    console = Console(stderr=True)
    with console.status("starting") as status:

        def show(message: str) -> None:
            status.update(escape(message))
            if not console.is_terminal and ":" in message and not message.startswith("critic"):
                console.print(escape(message), highlight=False, soft_wrap=True)

        yield show


def print_json(data: dict[str, Any]) -> None:
    """Print data on standard output."""
    typer.echo(json.dumps(data, indent=1))


def print_understood(scene: Scene) -> None:
    """Print what was understood of the prompt of a scene."""
    from rich.console import Console

    task = scene.task
    console = Console()
    objects = ", ".join(f"{item.count} x {item.name}" for item in task.objects) or "no objects"
    _print_line(console, "understood", f"{objects}; room: {', '.join(task.rooms)}", style="bold")
    for title, words in (
        ("initially", "; ".join(map(str, task.initial))),
        ("goal", "; ".join(map(str, task.goal))),
        ("without", ", ".join(task.excluded)),
    ):
        if words:
            _print_line(console, f"  {title}", words)
    if any(word.fate in _MARKS for word in task.words):
        _print_line(console, "  words", _marked(task))
    _print_words(console, task, "  ")
    for note in task.notes:
        _print_line(console, "  note", note)


def _print_words(console: Console, task: Task, indent: str = "") -> None:
    """Print the coverage of a prompt, the words without effect, and those that are only recorded."""
    if not task.words:
        return
    count, lost = len(task.words), dict.fromkeys(word.text for word in task.not_understood)
    share = f"{count - len(task.not_understood)} of {count} words ({task.coverage:.0%})"
    _print_line(console, f"{indent}coverage", share)
    if lost:
        _print_line(console, f"{indent}not understood, without effect", f"[{'], ['.join(lost)}]")
    if task.recorded:
        _print_line(console, f"{indent}recorded, not simulated", "; ".join(task.recorded))


def _marked(task: Task) -> Text:
    """Return the prompt in one line, with marks at words without effect on the scene."""
    from rich.text import Text

    line = Text()
    for text, fate in task.passages:
        before, after, style = _MARKS.get(fate or "", ("", "", ""))
        line.append(f"{before}{_SPACES.sub(' ', text)}{after}", style)
    return line


def _print_line(console: Console, title: str, words: str | Text, *, style: str = "") -> None:
    """Print a title and text, without interpreting markup."""
    from rich.text import Text

    console.print(Text.assemble((title, style), ": ", words))


def print_task(task: Task, made_by: dict[str, str]) -> None:
    """Print a task as a table of its objects and lists of its conditions.

    Args:
        task: the task.
        made_by: stand-in category of each category without a builder of its own.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    columns = ("object", "ids", "made as", "role", "not simulated")
    console = Console()
    table = Table(*columns, box=None, padding=(0, 2, 0, 0), header_style="bold")
    for items in _alike(task.objects):
        first = items[0]
        maker = made_by.get(first.category)
        made = f"{first.category}, by the builder of a {maker}" if maker else first.category
        asked = (*first.attributes.values(), *first.states)
        words = ", ".join(word for word in asked if word not in first.name)
        ids = ", ".join(name for item in items for name in item.ids)
        cells = (
            f"{first.name} ({words})" if words else first.name,
            ids if first.exact else f"{ids}, or more",
            made,
            first.role,
            "; ".join(first.unsimulated),
        )
        table.add_row(*map(escape, cells))
    console.print(_marked(task), style="bold")
    _print_words(console, task)
    _print_line(console, "room", ", ".join(task.rooms))
    console.print(table)
    for title, lines in (
        ("initially", [str(relation) for relation in task.initial]),
        ("goal", [str(relation) for relation in task.goal]),
        ("without", list(task.excluded)),
        ("style", list(task.style)),
        ("not simulated", _with_fate(task.statements, "not_simulated") if task.definition else []),
        ("left out", _with_fate(task.statements, "omitted")),
        ("note", list(task.notes)),
    ):
        for line in lines:
            _print_line(console, title, line)


def _alike(objects: tuple[RequiredObject, ...]) -> list[list[RequiredObject]]:
    """Group objects that differ only in their ids."""
    groups: dict[str, list[RequiredObject]] = {}
    for item in objects:
        key = item.model_dump_json(exclude={"ids", "aliases"})
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _with_fate(statements: tuple[Statement, ...], fate: str) -> list[str]:
    return [f"{s.when}: {s.text} ({s.why})" for s in statements if s.fate == fate]


def print_contents(scene: Scene) -> None:
    """Print a table of the objects by support."""
    from rich.console import Console
    from rich.table import Table

    table = Table("where", "what", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for place, names in _by_support(scene).items():
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        things = ", ".join(name if count == 1 else f"{count} {name}" for name, count in counts.items())
        table.add_row(place, things)
    count = sum(not item.covering for item in scene.objects)
    room = scene.rooms[0]
    console = Console()
    console.print(f"[bold]{room.type}[/], {room.floor.area:.1f} m2, {count} objects", highlight=False)
    console.print(table)


def _by_support(scene: Scene) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for item in scene.objects:
        places.setdefault(item.support, []).append(item.name)
    return places


def print_verdicts(critiques: tuple[Critique, ...]) -> None:
    """Print a table of the verdicts, followed by the findings."""
    from rich.console import Console
    from rich.table import Table

    table = Table("critic", "verdict", "metrics", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for critique in critiques:
        metrics = ", ".join(f"{name} {value:g}" for name, value in critique.metrics.items())
        table.add_row(critique.critic, _VERDICTS[critique.passed], metrics)
    for critique in critiques:
        for metric, reason in critique.not_judged.items():
            table.add_row(metric, "not judged", reason)
    console = Console()
    console.print(table)
    for critique in critiques:
        for finding in critique.findings:
            _print_line(console, f"  {critique.critic}", finding.message)
        for note in critique.notes:
            _print_line(console, "  note", note)
