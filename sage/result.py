"""Scene results: the scene, its verdicts and its transcript; written as a folder."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sage.asset import AssetStore
from sage.critique import Critique, Finding
from sage.errors import ExportError
from sage.export import DEFAULT_FORMATS
from sage.export.partial import Partial, check_target
from sage.scene import Scene
from sage.tools import Memory, Round

if TYPE_CHECKING:
    from PIL.Image import Image

    from sage.export.formats import Format
    from sage.rendering.views import ViewName

__all__ = ["SceneResult"]

_VERSIONS = ("sage-scenes", "pybullet", "numpy", "trimesh")
"""Packages whose versions determine the bytes of a scene."""


@dataclass(frozen=True)
class SceneResult:
    """Scene with its critiques and transcript, whether it was accepted or not."""

    scene: Scene
    accepted: bool
    critiques: tuple[Critique, ...]
    planner: str
    """Names of the planners that chose the edits, in the order in which they took over."""
    rounds: int
    transcript: tuple[Round, ...]
    """One entry per round; with a picture if there is more than one round."""
    seconds: dict[str, float] = field(default_factory=dict)
    """CPU seconds by stage: each generator and critic by name."""
    language_model: dict[str, Any] | None = None
    """Usage of language models: turns, tokens, dollars, reason of a fallback; None if none took part."""
    not_reproducible: tuple[str, ...] = ()
    """Reasons why the same prompt, seed and version may give another scene; empty if they give this one."""
    variation: dict[str, Any] | None = None
    """Checksum of the parent, level, number and seed; None if the scene is not a variation."""
    memory: Memory = field(default_factory=dict, repr=False, compare=False)
    """Memory of the planner after the last round."""
    store: AssetStore | None = field(default=None, repr=False, compare=False)
    """Geometry of the objects: in the folder that was written, otherwise in a temporary folder that is
    removed with the store."""

    @property
    def metrics(self) -> dict[str, float]:
        """Metrics of the critics, by name; defined in docs/reference/metrics.md."""
        return {name: value for critique in self.critiques for name, value in critique.metrics.items()}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings of the critics."""
        return tuple(finding for critique in self.critiques for finding in critique.findings)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Notes of the edits that were kept, such as pieces that found no place."""
        notes: dict[str, tuple[str, ...]] = {}
        for step in self.transcript:
            if step.kept:
                notes |= {call.tool: call.notes for call in step.calls}
        return tuple(itertools.chain.from_iterable(notes.values()))

    def picture(self, view: ViewName = "preview", size: tuple[int, int] = (800, 600)) -> Image:
        """Return a rendered image of the scene.

        Args:
            view: name of the view.
            size: width and height [pixels].

        Raises:
            ExportError: the scene has no room.
        """
        from sage.rendering.views import picture

        if not self.scene.rooms:
            raise ExportError("there is no room to show: no planned room could be built")
        return picture(self.scene, self._assets(), view, size)

    def report(self) -> dict[str, Any]:
        """Return the content of report.json, without formats and export times.

        Raises:
            ExportError: the result has no asset store.
        """
        store = self._assets()
        counted = [item for item in self.scene.objects if not item.covering]
        assets = [store[name] for name in sorted({item.asset for item in self.scene.objects})]
        return {
            "accepted": self.accepted,
            "reproducible": not self.not_reproducible,
            "not_reproducible": list(self.not_reproducible),
            "metrics": self.metrics,
            "object_count": len(counted),
            "understood": self.scene.task.understood.model_dump(mode="json"),
            "left_out": list(self.left_out),
            "critiques": [critique.model_dump(mode="json") for critique in self.critiques],
            "planner": self.planner,
            "language_model": self.language_model,
            "seed": self.scene.seed,
            **({"variation": self.variation} if self.variation else {}),
            "rounds": self.rounds,
            "cpu_seconds": self.seconds,
            "versions": {name: version(name) for name in _VERSIONS},
            "attributions": [
                {"asset": asset.id, "provenance": asset.provenance, "licence": asset.licence}
                for asset in assets
            ],
            "transcript": [step.model_dump(mode="json") for step in self.transcript],
        }

    def write(
        self,
        out: Path | str,
        *,
        formats: str | Sequence[str] | None = None,
        overwrite: bool = False,
        check: Callable[[], None] = lambda: None,
    ) -> Path:
        """Write the scene as a folder, atomically; return its path.

        Args:
            out: folder to write.
            formats: names of export formats: `usd`, `mjcf`, `urdf`, `glb`, `sdf`, `sceneeval`, or `all`; by
                default the first four.
            overwrite: replace a scene folder at `out`.
            check: called before the finished folder is moved to `out`; may raise `Cancelled`.

        Raises:
            UserError: the folder or a format is invalid.
            FolderError: the folder cannot be written, or the disk is full.
            ExportError: the scene has no room, or the result no asset store.
        """
        from sage.export.formats import choose_formats

        chosen = choose_formats(formats or DEFAULT_FORMATS)
        check_target(Path(out), overwrite=overwrite)
        partial = Partial(Path(out))
        with partial.opened():
            self.write_into(partial, chosen, check)
        return Path(out)

    def write_into(self, partial: Partial, formats: Sequence[Format], check: Callable[[], None]) -> None:
        """Write the scene into an opened partial folder; see `sage.export.folder.write_scene`."""
        from sage.export.folder import write_scene

        write_scene(self.scene, self._assets(), partial, formats, self.report(), check)

    def _assets(self) -> AssetStore:
        if self.store is None:
            raise ExportError("the result has no asset store, and thus no geometry")
        return self.store
