"""Executes a job and reports each step with a picture; `sage.service.worker` calls `make`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sage.asset import AssetStore
from sage.errors import FolderError
from sage.export.revisions import revisions_of
from sage.geometry import Frozen
from sage.rendering.views import picture
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.editing import edit
from sage.service.generation import make_or_resume
from sage.service.request import SceneRequest
from sage.tools import Round

__all__ = ["MAKER", "EditRequest", "JobRequest", "make", "read_request", "steps_folder"]

MAKER = "sage.service.http.making:make"
_PICTURE = (640, 480)
_DECIMALS = 1
"""Decimals of positions [m] in which a scene must differ to be rendered again."""


class EditRequest(Frozen):
    """Request for an edited copy of a scene."""

    prompt: str
    """Prompt of the scene that is edited."""
    seed: int
    """Seed of the scene that is edited."""
    scene: str
    """Id of the scene that is edited."""
    instruction: str
    """What to change, in English."""


JobRequest = SceneRequest | EditRequest
"""Request of a job."""


def steps_folder(out: Path) -> Path:
    """Return the folder of the pictures that show how the scene in `out` was generated."""
    return out.with_name(f"{out.name}.steps")


def read_request(request: dict[str, Any]) -> JobRequest:
    """Return the request of a job from its JSON."""
    model = EditRequest if "instruction" in request else SceneRequest
    return model.model_validate(request)


def make(request: dict[str, Any], *, out: str, progress: Callable[..., None]) -> SceneResult:
    """Generate the scene of a job, or an edited copy of one, in the folder `out`.

    Args:
        request: a `JobRequest` as JSON values.
        out: folder to write the scene to.
        progress: called with the name of each stage; for the steps `call` and `review` of the loop also
            with the round, the outcome and the number of a picture.
    """
    folder, asked = Path(out), read_request(request)
    on_step = _StepReporter(steps_folder(folder), progress)
    if isinstance(asked, EditRequest):
        return _edited(asked, folder, progress, on_step)
    return make_or_resume(asked, folder, progress=progress, on_step=on_step)


def _edited(
    asked: EditRequest, out: Path, progress: Callable[..., None], on_step: _StepReporter
) -> SceneResult:
    """Copy the scene that is edited, edit the copy, and move it to `out`."""
    source, copy = out.with_name(asked.scene), out.with_name(f"{out.name}.copy")
    if not source.is_dir():
        raise FolderError(f"scene {asked.scene!r} was removed; it cannot be edited")
    shutil.rmtree(copy, ignore_errors=True)
    try:
        shutil.copytree(source, copy)
        result = edit(copy, asked.instruction, progress=progress, on_step=on_step)
        assert len(revisions_of(copy)) > 1
        shutil.rmtree(out, ignore_errors=True)
        copy.rename(out)
    finally:
        shutil.rmtree(copy, ignore_errors=True)
    return result


class _StepReporter:
    """Step callback that reports every step, with a picture if the scene has changed visibly."""

    def __init__(self, folder: Path, progress: Callable[..., None]) -> None:
        self._folder, self._progress = folder, progress
        self._seen: object = None
        self._pictures = 0

    def __call__(self, scene: Scene, store: AssetStore, step: Round) -> None:
        number = self._picture(scene, store)
        if step.verdicts:
            review = step.model_dump(mode="json", include={"round", "kept", "verdicts"})
            self._progress("review", **review, picture=number)
        else:
            call = step.calls[-1].model_dump(mode="json")
            event = {name: call.get(name) for name in ("tool", "outcome", "notes")}
            self._progress("call", round=step.round, **event, picture=number)

    def _picture(self, scene: Scene, store: AssetStore) -> int | None:
        """Write a picture and return its number, from 1; None if the scene has not changed visibly."""
        poses = [
            (item.id, item.asset, *(round(value, _DECIMALS) for value in item.pose.position))
            for item in scene.objects
        ]
        if not scene.rooms or poses == self._seen:
            return None
        self._seen = poses
        self._pictures += 1
        self._folder.mkdir(exist_ok=True)
        file = self._folder / f"{self._pictures}.jpg"
        picture(scene, store, "preview", _PICTURE).save(file, "JPEG", quality=82)
        return self._pictures
