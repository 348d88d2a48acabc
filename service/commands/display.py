"""What commands print: results on standard output, progress on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
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

_VERDICTS = {True: "[green]passed[/]", False: "[red]failed[/]", None: "[yellow]absent[/]"}


@contextmanager
def showing_progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yield what shows the name of a stage on standard error."""
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
    """Print what a prompt was taken to ask for."""
    from rich.console import Console

    task = scene.task
    console = Console()
    objects = ", ".join(f"{item.count} x {item.name}" for item in task.objects) or "nothing in particular"
    console.print(f"[bold]understood[/]: {objects}; room: {', '.join(task.rooms)}", highlight=False)
    if task.initial:
        console.print(f"  initially: {'; '.join(map(str, task.initial))}", highlight=False)
    if task.goal:
        console.print(f"  goal: {'; '.join(map(str, task.goal))}", highlight=False)
    if task.excluded:
        console.print(f"  without: {', '.join(task.excluded)}", highlight=False)
    for note in task.notes:
        console.print(f"  note: {note}", highlight=False)


def print_task(task: Task, made_by: dict[str, str]) -> None:
    """Print a task as a table of its objects and lists of its conditions.

    Args:
        made_by: what stands in for a category that nothing makes as such.
    """
    from rich.console import Console
    from rich.table import Table

    columns = ("object", "ids", "made as", "role", "not simulated")
    table = Table(*columns, box=None, padding=(0, 2, 0, 0), header_style="bold")
    for items in _alike(task.objects):
        first = items[0]
        maker = made_by.get(first.category)
        made = f"{first.category}, by the builder of a {maker}" if maker else first.category
        asked = (*first.attributes.values(), *first.states)
        words = ", ".join(word for word in asked if word not in first.name)
        ids = ", ".join(name for item in items for name in item.ids)
        table.add_row(
            f"{first.name} ({words})" if words else first.name,
            ids if first.exact else f"{ids}, or more",
            made,
            first.role,
            "; ".join(first.unsimulated),
        )
    console = Console()
    console.print(f"[bold]{task.prompt}[/]", highlight=False)
    console.print(f"room: {', '.join(task.rooms)}", highlight=False)
    console.print(table)
    for title, lines in (
        ("initially", [str(relation) for relation in task.initial]),
        ("goal", [str(relation) for relation in task.goal]),
        ("without", list(task.excluded)),
        ("style", list(task.style)),
        ("not simulated", _told(task.statements, "not_simulated")),
        ("left out", _told(task.statements, "omitted")),
        ("note", list(task.notes)),
    ):
        for line in lines:
            console.print(f"{title}: {line}", highlight=False)


def _alike(objects: tuple[RequiredObject, ...]) -> list[list[RequiredObject]]:
    """Group what differs in nothing but its ids."""
    groups: dict[str, list[RequiredObject]] = {}
    for item in objects:
        key = item.model_dump_json(exclude={"ids", "aliases"})
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _told(statements: tuple[Statement, ...], fate: str) -> list[str]:
    return [f"{s.when}: {s.text} ({s.why})" for s in statements if s.fate == fate]


def print_contents(scene: Scene) -> None:
    """Print a table of what stands where."""
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
    """Print a table of the verdicts, and below it the findings."""
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
            console.print(f"  {critique.critic}: {finding.message}", highlight=False)
        for note in critique.notes:
            console.print(f"  note: {note}", highlight=False)
