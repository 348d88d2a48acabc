"""Generates variations of a scene with the same loop and critics."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sage.agent import Loop, generate_scene
from sage.asset import AssetStore
from sage.assets.pool import AssetPool
from sage.context import Context, never, silent
from sage.critics import CRITICS
from sage.critics.variation import VariationCritic
from sage.errors import VariationRejected
from sage.export.formats import DEFAULT_FORMATS, choose_formats
from sage.export.partial import Partial, check_target
from sage.export.reading import read_scene
from sage.generators import GENERATORS
from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.populate import Populate
from sage.planning.rules import RulesPlanner
from sage.planning.variation import Level, Variation, VariationPlanner
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.wiring import generate_or_resume, make_context
from sage.tools import Density, Disorder

__all__ = ["augment", "generate_or_augment"]

_TOOLS = tuple(tool for tool in GENERATORS if tool not in (FloorPlan, Furnish, Populate))
"""The generators that edit single objects."""


def generate_or_augment(
    *,
    out: Path | str,
    variation: dict[str, Any] | None = None,
    progress: Callable[[str], None] = silent,
    **arguments: Any,
) -> SceneResult:
    """Make a scene, with the fields of a `sage.service.runner.SceneRequest`, or the variation of one."""
    definition = arguments.pop("bddl", "")
    if variation is None and definition:
        file = Path(tempfile.gettempdir()) / "task.bddl"
        file.write_text(definition, encoding="utf-8")
        return generate_or_resume(out=out, progress=progress, **arguments | {"prompt": None, "bddl": file})
    if variation is None:
        return generate_or_resume(out=out, progress=progress, **arguments)
    asked = Variation.model_validate(variation)
    names = ("seed", "density", "disorder", "max_rounds", "formats", "asset_pool")
    return augment(
        asked.parent, out, level=asked.level, number=asked.number, progress=progress, overwrite=True,
        **{name: arguments[name] for name in names if name in arguments},
    )  # fmt: skip


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
    chosen = choose_formats(formats)
    check_target(Path(out), overwrite=overwrite)
    scene, store = read_scene(Path(parent))
    digest = hashlib.sha256((Path(parent) / "scene.json").read_bytes()).hexdigest()
    partial = Partial(Path(out))
    with partial.opened():
        context = make_context(AssetStore(partial.assets), progress, cancelled)
        if asset_pool is not None:
            context = replace(context, source=AssetPool(context.source, *asset_pool))
        scene = scene.replacing(seed=_seed(digest, level, number, seed))
        if level == "layout":
            planner = RulesPlanner(density=density, disorder=disorder, room_type=scene.rooms[0].type)
            result = _laid_out_anew(scene, planner, context, max_rounds)
        else:
            for name in {item.asset for item in scene.objects}:
                store.copy(name, context.store.folder)
            result = _varied(scene, level, context, max_rounds)
        told = {"parent_sha256": digest, "level": level, "number": number, "seed": seed}
        result = replace(result, variation=told)
        progress("export")
        result.write_into(partial, chosen, context.check)
    return replace(result, store=AssetStore(Path(out) / "assets"))


def _seed(parent: str, level: Level, number: int, seed: int) -> int:
    digest = hashlib.sha256(f"{parent}/{level}/{number}/{seed}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


def _laid_out_anew(scene: Scene, planner: RulesPlanner, context: Context, max_rounds: int) -> SceneResult:
    """Make a room for the same task, from nothing."""
    task = scene.task.model_copy(update={"robot_bases": {}})
    return generate_scene(
        task.prompt, understand=lambda _: task, planner=planner, generators=GENERATORS, critics=CRITICS,
        context=context, seed=scene.seed, max_rounds=max_rounds,
    )  # fmt: skip


def _varied(scene: Scene, level: Level, context: Context, max_rounds: int) -> SceneResult:
    """Vary what stands, until every critic passes.

    Raises:
        VariationRejected: too little could be varied, or too much was lost.
    """
    judge = VariationCritic(level, scene)
    planner = VariationPlanner(level, context.store)
    loop = Loop(planner, _TOOLS, (judge, *CRITICS), context, max_rounds)
    result = loop.run(scene, (judge.review(scene, context),))
    verdict = next(critique for critique in result.critiques if critique.critic == judge.name)
    if not verdict.passed:
        raise VariationRejected("; ".join(finding.message for finding in verdict.findings))
    return result
