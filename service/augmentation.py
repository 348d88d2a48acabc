"""Generates variations of a scene with the same loop and critics."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sage.agent import Loop
from sage.asset import AssetStore
from sage.choices import Density, Disorder, Level
from sage.context import Context, never, silent
from sage.critics.variation import VariationCritic
from sage.errors import VariationRejected
from sage.export import DEFAULT_FORMATS
from sage.export.formats import choose_formats
from sage.export.partial import Partial, check_target
from sage.export.reading import read_scene
from sage.planning.variation import Variation, VariationPlanner
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.generation import make_or_resume
from sage.service.request import SceneRequest, user_errors
from sage.service.wiring import CRITICS, GENERATORS, edit_loop, make_context, scene_planner

__all__ = ["augment", "make_from_json", "vary"]


def make_from_json(
    request: dict[str, Any], *, out: str, progress: Callable[..., None] = silent
) -> SceneResult:
    """Generate the scene of a `SceneRequest` given as JSON, or the variation that it names.

    `sage.service.worker` calls it in a process of its own.
    """
    asked = SceneRequest.model_validate(request)
    if asked.variation is None:
        return make_or_resume(asked, out, progress=progress)
    return vary(asked, asked.variation, out, overwrite=True, progress=progress)


# More than seven parameters: the fields of SceneRequest and Variation, for completion and type checkers.
def augment(
    parent: Path | str,
    out: Path | str,
    *,
    level: Level,
    number: int = 0,
    seed: int = 0,
    density: Density = "normal",
    disorder: Disorder = "lived_in",
    max_rounds: int = 8,
    formats: str | Sequence[str] = DEFAULT_FORMATS,
    asset_pool: tuple[int, int] | None = None,
    overwrite: bool = False,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
) -> SceneResult:
    """Write a variation of a scene folder.

    It is determined by the parent's scene.json, the level, the number, the seed and the options.

    Args:
        parent: the scene folder to vary.
        out: folder to write.
        level: what varies; see `sage.planning.variation.Level`.
        number: distinguishes variations of one parent, level and seed.
        seed: seed of the variation.
        density: density of a new layout.
        disorder: disorder of a new layout.
        max_rounds: largest number of rounds of the loop.
        formats: names of export formats; see `sage.generate`.
        asset_pool: see `sage.generate`.
        overwrite: replace a scene folder at `out`.
        progress: called with the name of each stage.
        cancelled: polled; True ends the work and writes nothing.

    Raises:
        UserError: the parent is not a scene folder, or an option or `out` is invalid.
        VariationRejected: too little of the parent could be varied.
        Cancelled: `cancelled` returned True.
    """
    with user_errors():
        variation = Variation(parent=str(parent), level=level, number=number)
        request = SceneRequest(
            seed=seed, density=density, disorder=disorder, max_rounds=max_rounds, formats=formats,
            asset_pool=asset_pool, variation=variation,
        )  # fmt: skip
    return vary(request, variation, out, overwrite=overwrite, progress=progress, cancelled=cancelled)


def vary(
    request: SceneRequest,
    variation: Variation,
    out: Path | str,
    *,
    overwrite: bool = False,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
) -> SceneResult:
    """Write a variation of a scene folder, with the options of a request; see `augment`."""
    parent, folder, level = Path(variation.parent), Path(out), variation.level
    check_target(folder, overwrite=overwrite)
    scene, store = read_scene(parent)
    digest = hashlib.sha256((parent / "scene.json").read_bytes()).hexdigest()
    partial = Partial(folder)
    with partial.opened():
        context = make_context(AssetStore(partial.assets), progress, cancelled, asset_pool=request.asset_pool)
        scene = scene.replacing(seed=_seed(digest, variation, request.seed))
        if level == "layout":
            result = _laid_out_anew(scene, request, context)
        else:
            for name in {item.asset for item in scene.objects}:
                store.copy(name, context.store.folder)
            result = _varied(scene, level, context, request.max_rounds)
        origin = {"level": level, "number": variation.number, "seed": request.seed}
        result = replace(result, variation={"parent_sha256": digest, **origin})
        progress("export")
        result.write_into(partial, choose_formats(request.formats), context.check)
    return replace(result, store=AssetStore(folder / "assets"))


def _seed(parent_digest: str, variation: Variation, seed: int) -> int:
    key = f"{parent_digest}/{variation.level}/{variation.number}/{seed}"
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1


def _laid_out_anew(scene: Scene, request: SceneRequest, context: Context) -> SceneResult:
    """Generate another room of the same type for the same task."""
    same_room = request.model_copy(update={"room": scene.rooms[0].type})
    task = scene.task.model_copy(update={"robot_bases": {}})
    planner = scene_planner(same_room, None, context.store)
    loop = Loop(planner, GENERATORS, CRITICS, context, request.max_rounds)
    return loop.generate(task.prompt, understand=lambda _: task, seed=scene.seed)


def _varied(scene: Scene, level: Level, context: Context, max_rounds: int) -> SceneResult:
    """Vary poses, objects or looks until every critic passes.

    Raises:
        VariationRejected: too little could be varied, or too much was lost.
    """
    critic = VariationCritic(level, scene)
    planner = VariationPlanner(level, context.store)
    loop = edit_loop(planner, (critic, *CRITICS), context, max_rounds)
    result = loop.run(scene, (critic.review(scene, context),))
    verdict = next(critique for critique in result.critiques if critique.critic == critic.name)
    if not verdict.passed:
        raise VariationRejected("; ".join(finding.message for finding in verdict.findings))
    return result
