"""Generates variations of a scene with the same loop and critics."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sage.agent import Loop
from sage.asset import AssetStore
from sage.context import Context, never, silent
from sage.critics.variation import VariationCritic
from sage.errors import VariationRejected
from sage.export import DEFAULT_FORMATS
from sage.export.formats import choose_formats
from sage.export.partial import Partial, check_target
from sage.export.reading import read_scene
from sage.planning.rules import RulesPlanner
from sage.planning.variation import Level, Variation, VariationPlanner
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.generation import make_or_resume
from sage.service.request import SceneRequest, requested
from sage.service.wiring import CRITICS, GENERATORS, OBJECT_EDITS, make_context
from sage.tools import Density, Disorder

__all__ = ["augment", "make_from_json"]


def make_from_json(
    request: dict[str, Any], *, out: str, progress: Callable[..., None] = silent
) -> SceneResult:
    """Generate the scene of a `SceneRequest` given as JSON, or the variation that it names.

    `sage.service.worker` calls it in a process of its own.
    """
    asked = SceneRequest.model_validate(request)
    if asked.variation is None:
        return make_or_resume(asked, out, progress=progress)
    return _augment(asked, asked.variation, Path(out), overwrite=True, progress=progress, cancelled=never)


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
    """Write a variation of a scene folder, which depends on the parent's scene, level, number and seed alone.

    Args:
        parent: a scene folder.
        out: folder to write.
        level: what varies; see `sage.planning.variation.Level`.
        number: variations of one parent, level and seed are told apart by it.
        seed: of the variation.
        density: of a new layout.
        disorder: of a new layout.
        max_rounds: of the loop.
        formats: what to write the scene in.
        asset_pool: see `generate`.
        overwrite: replace a scene that `out` holds.
        progress: called with the name of each stage.
        cancelled: asked often; True ends the work and writes nothing.

    Raises:
        UserError: the parent is no scene folder, or `out` cannot be taken.
        VariationRejected: too little of the parent could be varied.
        Cancelled: `cancelled` said so.
    """
    request = requested(
        seed=seed, density=density, disorder=disorder, max_rounds=max_rounds, formats=formats,
        asset_pool=asset_pool,
    )  # fmt: skip
    variation = Variation(parent=str(parent), level=level, number=number)
    return _augment(
        request, variation, Path(out), overwrite=overwrite, progress=progress, cancelled=cancelled
    )


def _augment(
    request: SceneRequest,
    variation: Variation,
    out: Path,
    *,
    overwrite: bool,
    progress: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> SceneResult:
    parent, level = Path(variation.parent), variation.level
    check_target(out, overwrite=overwrite)
    scene, store = read_scene(parent)
    digest = hashlib.sha256((parent / "scene.json").read_bytes()).hexdigest()
    partial = Partial(out)
    with partial.opened():
        assets = AssetStore(partial.assets)
        context = make_context(assets, progress, cancelled, asset_pool=request.asset_pool)
        scene = scene.replacing(seed=_seed(digest, level, variation.number, request.seed))
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
    return replace(result, store=AssetStore(out / "assets"))


def _seed(parent: str, level: Level, number: int, seed: int) -> int:
    digest = hashlib.sha256(f"{parent}/{level}/{number}/{seed}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


def _laid_out_anew(scene: Scene, request: SceneRequest, context: Context) -> SceneResult:
    """Generate another room of the same type for the same task."""
    planner = RulesPlanner(density=request.density, disorder=request.disorder, room_type=scene.rooms[0].type)
    task = scene.task.model_copy(update={"robot_bases": {}})
    loop = Loop(planner, GENERATORS, CRITICS, context, request.max_rounds)
    return loop.generate(task.prompt, understand=lambda _: task, seed=scene.seed)


def _varied(scene: Scene, level: Level, context: Context, max_rounds: int) -> SceneResult:
    """Vary what stands, until every critic passes.

    Raises:
        VariationRejected: too little could be varied, or too much was lost.
    """
    judge = VariationCritic(level, scene)
    planner = VariationPlanner(level, context.store)
    loop = Loop(planner, OBJECT_EDITS, (judge, *CRITICS), context, max_rounds)
    result = loop.run(scene, (judge.review(scene, context),))
    verdict = next(critique for critique in result.critiques if critique.critic == judge.name)
    if not verdict.passed:
        raise VariationRejected("; ".join(finding.message for finding in verdict.findings))
    return result
