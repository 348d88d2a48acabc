"""Session tools besides edits: start, review, render, undo, export."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from sage.critique import Finding, accepted
from sage.errors import FolderError, ToolRejected
from sage.export import DEFAULT_FORMATS
from sage.planning.describe import describe
from sage.rendering.views import ViewName, as_png, picture
from sage.scene import Scene
from sage.service.generation import start
from sage.service.workshop import CallHooks, Workshop
from sage.task import Task
from sage.tools import ToolCall, repairs
from sage.workbench import Workbench

__all__ = ["SCENE_TOOLS", "Answer", "SceneTool", "edit"]


@dataclass(frozen=True)
class Answer:
    """Result of a call: text, the same as data, and a picture of some tools."""

    text: str
    data: dict[str, Any] = field(default_factory=dict)
    png: bytes | None = None


class SceneTool(BaseModel, ABC):
    """Tool of a session: the fields are its schema, the docstring its manual."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: ClassVar[str]
    read_only: ClassVar[bool] = True

    @abstractmethod
    def answer(self, workshop: Workshop, root: Path, hooks: CallHooks) -> Answer:
        """Execute the call.

        Args:
            workshop: the open scenes.
            root: folder below which files may be written.
            hooks: progress and cancellation.

        Raises:
            SageError: the call is impossible; the message says what would work instead.
        """


class StartScene(SceneTool):
    """Start an empty scene for a robot's task or the description of a room; returns its id.

    The answer lists words that were not understood: if they matter, start another scene with other words.
    Then call floor_plan, furnish, populate and settle, in this order; review; repair the findings and settle
    again; export the scene once it is accepted.
    """

    name: ClassVar[str] = "start_scene"
    read_only: ClassVar[bool] = False

    task: str
    """Task in English, at most 4,000 characters, such as `put the mug in the microwave` or `a bedroom for two
    children`."""
    seed: int = 0
    """The same task, seed and calls give the same scene."""
    room: str | None = None
    """Type of room, such as `kitchen`, instead of the one that the task suggests."""
    strict: bool = False
    """Reject a task with words that are not understood, instead of ignoring them."""

    def answer(self, workshop: Workshop, root: Path, hooks: CallHooks) -> Answer:
        """Open a workbench."""
        scene_id = workshop.open(
            lambda folder: start(
                self.task, folder, seed=self.seed, room=self.room, strict=self.strict,
                planner="an MCP client",
            )
        )  # fmt: skip
        with workshop.at(scene_id, hooks) as bench:
            task = bench.scene.task
        asked = task.model_dump(mode="json", exclude_defaults=True)
        known = {name: value for name, value in asked.items() if name not in ("words", "statements")}
        text = f"{scene_id} is open and empty. Understood: {known}.{_not_shown(task)} Call floor_plan next."
        data = {"scene": scene_id, "task": asked, "understood": task.understood.model_dump(mode="json")}
        return Answer(text, data)


def _not_shown(task: Task) -> str:
    """Return sentences on the words of a prompt without effect on the scene."""
    parts = []
    if task.not_understood:
        words = ", ".join(repr(word.text) for word in task.not_understood)
        parts.append(f" Not understood, without effect ({task.coverage:.0%} of the words were): {words}.")
    if task.recorded:
        parts.append(f" Recorded, not simulated: {'; '.join(task.recorded)}.")
    return "".join(parts)


class _OfScene(SceneTool):
    """A tool that acts on one scene."""

    scene: str
    """Id of the scene, as start_scene returned it."""

    def answer(self, workshop: Workshop, root: Path, hooks: CallHooks) -> Answer:
        """Execute the call while no other call uses the scene."""
        with workshop.at(self.scene, hooks) as bench:
            return self.at(bench, root)

    @abstractmethod
    def at(self, bench: Workbench, root: Path) -> Answer:
        """Execute the call on the scene of a workbench."""


class Describe(_OfScene):
    """Read the plan of the scene: rooms, openings, and every object with id, place, size and support."""

    name: ClassVar[str] = "describe"

    def at(self, bench: Workbench, root: Path) -> Answer:
        """Return the plan."""
        return Answer(describe(bench.scene))


class Review(_OfScene):
    """Run the critics on the scene; returns metrics, findings, and calls that would repair them.

    The scene is accepted if every critic passes. Call settle before.
    """

    name: ClassVar[str] = "review"

    def at(self, bench: Workbench, root: Path) -> Answer:
        """Return the critiques."""
        _check_room(bench.scene)
        critiques = bench.review()
        fine = accepted(critiques)
        data = {
            "accepted": fine,
            "metrics": {name: value for c in critiques for name, value in c.metrics.items()},
            "critiques": [
                critique.model_dump(mode="json")
                | {"findings": [_finding_data(finding, bench) for finding in critique.findings]}
                for critique in critiques
            ],
        }
        lines = ["accepted: every critic passes" if fine else "not accepted"]
        for critique in critiques:
            metrics = ", ".join(f"{name} {value:g}" for name, value in critique.metrics.items())
            lines.append(f"{critique.critic} {'passed' if critique.passed else 'FAILED'}: {metrics}")
            lines += [f"- {_finding_text(finding, bench)}" for finding in critique.findings]
        return Answer("\n".join(lines), data)


def _finding_data(finding: Finding, bench: Workbench) -> dict[str, Any]:
    return finding.model_dump(mode="json") | {
        "mended_by": [call.model_dump() for call in repairs(finding, bench.scene, bench.tools)],
        "tools": _tools_for(finding, bench),
    }


def _finding_text(finding: Finding, bench: Workbench) -> str:
    calls = [f"{call.tool} {call.arguments}" for call in repairs(finding, bench.scene, bench.tools)]
    ways = "; or ".join(calls or _tools_for(finding, bench))
    return f"{finding.message} ({finding.kind})" + (f"; mended by {ways}" if ways else "")


def _tools_for(finding: Finding, bench: Workbench) -> list[str]:
    return [name for name, tool in bench.tools.items() if finding.kind in tool.repairs]


class Render(_OfScene):
    """Render the scene, without the ceiling and the walls that hide it; returns a picture."""

    name: ClassVar[str] = "render"

    view: ViewName = "preview"
    """`preview`: from the corner that shows most; `top`: from above, y upwards; or from beyond a corner."""
    width: int = Field(default=800, ge=64, le=1600)
    """Width of the picture [pixels]."""
    height: int = Field(default=600, ge=64, le=1200)
    """Height of the picture [pixels]."""

    def at(self, bench: Workbench, root: Path) -> Answer:
        """Return the picture."""
        _check_room(bench.scene)
        image = picture(bench.scene, bench.context.store, self.view, (self.width, self.height))
        return Answer(f"{self.view} of {self.scene}", png=as_png(image))


class Undo(_OfScene):
    """Undo the last edit."""

    name: ClassVar[str] = "undo"
    read_only: ClassVar[bool] = False

    def at(self, bench: Workbench, root: Path) -> Answer:
        """Restore the scene before the last edit."""
        before = bench.scene
        call = bench.undo()
        changed = _changes(before, bench.scene)
        return Answer(f"{call.tool} is undone. {_in_words(changed, bench.scene)}", changed)


class Export(_OfScene):
    """Write the scene as a folder: scene.json, files for simulators, a picture and a report.

    A scene that is not accepted is written too; its report says so.
    """

    name: ClassVar[str] = "export"
    read_only: ClassVar[bool] = False

    folder: str
    """Folder to write, relative to the root folder of the server; such as `kitchen_1`."""
    formats: tuple[str, ...] = DEFAULT_FORMATS
    """Export formats: of usd, mjcf, urdf, glb, sdf, sceneeval."""
    overwrite: bool = False
    """Replace a scene folder of that name."""

    def at(self, bench: Workbench, root: Path) -> Answer:
        """Write the scene folder."""
        _check_room(bench.scene)
        target = _below(root, self.folder)
        result = bench.result()
        result.write(target, formats=self.formats, overwrite=self.overwrite, check=bench.context.check)
        files = sorted(
            str(path.relative_to(target)) for path in target.iterdir() if path.is_file()
        )  # the main ones
        word = "accepted" if result.accepted else "written, but not accepted: call review"
        data = {"folder": str(target), "accepted": result.accepted, "files": files}
        return Answer(f"{target}: {word}", data)


class CloseScene(SceneTool):
    """Close a scene that is no longer needed; its edits are lost unless it was exported."""

    name: ClassVar[str] = "close_scene"
    read_only: ClassVar[bool] = False

    scene: str
    """Id of the scene."""

    def answer(self, workshop: Workshop, root: Path, hooks: CallHooks) -> Answer:
        """Close the scene when no other call uses it."""
        with workshop.at(self.scene, hooks):
            workshop.close(self.scene)
        return Answer(f"{self.scene} is closed")


SCENE_TOOLS: tuple[type[SceneTool], ...] = (
    StartScene, Describe, Review, Render, Undo, Export, CloseScene,
)  # fmt: skip


def edit(scene_id: str, call: ToolCall, workshop: Workshop, hooks: CallHooks) -> Answer:
    """Apply an edit to a scene; return what changed.

    Raises:
        SageError: the edit is impossible; the message says what would work instead.
    """
    with workshop.at(scene_id, hooks) as bench:
        before = bench.scene
        notes = bench.apply(call)
        changed = _changes(before, bench.scene)
        words = " ".join((f"{call.tool} is done.", _in_words(changed, bench.scene), *notes))
        return Answer(words, changed | {"notes": notes})


def _changes(before: Scene, after: Scene) -> dict[str, Any]:
    old, new = ({item.id: item for item in scene.objects} for scene in (before, after))
    return {
        "objects": len(new),
        "added": [name for name in new if name not in old],
        "removed": [name for name in old if name not in new],
        "moved": sum(name in old and old[name].pose != item.pose for name, item in new.items()),
    }


def _in_words(changed: dict[str, Any], scene: Scene) -> str:
    def parts() -> Iterator[str]:
        for word in ("added", "removed"):
            if changed[word]:
                yield f"{word} {', '.join(changed[word])}"
        if changed["moved"]:
            yield f"moved {changed['moved']}"

    room = f"a {scene.rooms[0].type} with {changed['objects']} objects" if scene.rooms else "no room"
    return f"The scene is {room}" + "".join(f"; {part}" for part in parts()) + "."


def _check_room(scene: Scene) -> None:
    if not scene.rooms:
        raise ToolRejected("there is no room yet; call floor_plan first")


def _below(root: Path, name: str) -> Path:
    """Return a folder below `root`, with links resolved.

    Raises:
        FolderError: the name is invalid, or leads out of `root`.
    """
    root = root.resolve()
    try:
        target = (root / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise FolderError(
            f"{name!r} is not the name of a folder: {error}; use a name such as kitchen_1"
        ) from error
    if target == root or not target.is_relative_to(root):
        raise FolderError(f"{name!r} is not below {str(root)!r}; name a folder in it, such as kitchen_1")
    return target
