"""Generates scenes from requests, resumes interrupted runs, and opens interactive sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sage.agent import Loop
from sage.asset import AssetStore
from sage.checkpoint import Checkpointer, checkpoints
from sage.choices import Density, Disorder, PlannerName, StyleName
from sage.context import Context, StepCallback, ignore_step, never, silent
from sage.errors import CheckpointError, TaskImpossible
from sage.export import DEFAULT_FORMATS
from sage.export.formats import choose_formats
from sage.export.partial import Partial, check_target
from sage.generators.floor_plan import MAX_SIDE_M, MIN_SIDE_M
from sage.language.checks import check_understood
from sage.llm import Chat, Limits
from sage.rendering.views import thumbnail
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.request import SceneRequest, user_errors
from sage.service.run import Run
from sage.service.understanding import definition_of, understand, understand_definition
from sage.service.wiring import (
    CRITICS,
    GENERATORS,
    chat_of,
    make_context,
    scene_planner,
    scratch_store,
    vision_critics,
    with_language_models,
)
from sage.task import Task
from sage.workbench import Workbench

__all__ = ["generate", "make", "make_or_resume", "recorded", "resume", "start"]


# More than seven parameters: the fields of SceneRequest, spelled out for completion and type checkers.
# tests/test_generate.py keeps both equal.
def generate(
    prompt: str | None = None,
    *,
    bddl: Path | str | None = None,
    behavior: str | None = None,
    out: Path | str | None = None,
    seed: int = 0,
    room: str | None = None,
    density: Density = "normal",
    disorder: Disorder = "lived_in",
    style: StyleName | None = None,
    max_rounds: int = 8,
    planner: PlannerName = "rules",
    limits: Limits | None = None,
    vision: bool = False,
    vlm: bool = False,
    strict: bool = False,
    formats: str | Sequence[str] = DEFAULT_FORMATS,
    asset_pool: tuple[int, int] | None = None,
    overwrite: bool = False,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
    on_step: StepCallback = ignore_step,
) -> SceneResult:
    """Generate a scene from a task or a room description, in English or as a BDDL problem.

    Args:
        prompt: the task or the room in English; give it, or `bddl`, or `behavior`.
        bddl: file with a BDDL problem, as BEHAVIOR or LIBERO writes it.
        behavior: name of a BEHAVIOR activity; needs the package `bddl`.
        out: folder to write; None writes nothing.
        seed: the same prompt, seed and version give the same scene.
        room: type of room, such as `kitchen`, instead of the one that the prompt suggests.
        density: of furniture and clutter: `sparse`, `normal` or `dense`.
        disorder: `tidy`, `lived_in` or `messy`.
        style: such as `modern` or `rustic`, instead of the one in the prompt or one drawn by the seed.
        max_rounds: largest number of rounds of the loop.
        planner: `rules`, or `openai`: a language model behind the endpoint that OPENAI_BASE_URL,
            OPENAI_API_KEY and SAGE_MODEL name, which also reads the prompt. If it fails, rules take over,
            with as many rounds again.
        limits: of the conversations with language models.
        vision: show the language model the scene from above; if the endpoint refuses pictures, the
            conversation goes on without.
        vlm: add a critic that shows five views to a vision-language model: SAGE_VLM_MODEL of the endpoint,
            by default SAGE_MODEL.
        strict: reject a prompt with words that are not understood instead of ignoring them.
        formats: names of export formats: `usd`, `mjcf`, `urdf`, `glb`, `sdf`, `sceneeval`, or `all`.
        asset_pool: seed and number of variants of a pool of assets that several scenes share.
        overwrite: replace a scene folder at `out`.
        progress: called with the name of each stage.
        cancelled: polled; True ends the work and writes nothing.
        on_step: called after each call and each review of the loop.

    Returns:
        The best scene found. `accepted` is False if a critic still rejects it.

    Raises:
        UserError: the prompt, an option or the folder is invalid.
        Cancelled: `cancelled` returned True.

    Example:
        >>> import sage
        >>> result = sage.generate("a closet", density="sparse")
        >>> result.accepted, result.scene.rooms[0].type
        (True, 'closet')
    """
    definition = definition_of(prompt, bddl, behavior)
    with user_errors():
        request = SceneRequest(
            prompt=prompt or "", bddl=definition, seed=seed, room=room, density=density, disorder=disorder,
            style=style, strict=strict, max_rounds=max_rounds, planner=planner, limits=limits or Limits(),
            vision=vision, vlm=vlm, formats=formats, asset_pool=asset_pool,
        )  # fmt: skip
    return make(request, out, overwrite=overwrite, progress=progress, cancelled=cancelled, on_step=on_step)


def make(
    request: SceneRequest,
    out: Path | str | None = None,
    *,
    overwrite: bool = False,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
    on_step: StepCallback = ignore_step,
) -> SceneResult:
    """Generate the scene of a request; see `generate`.

    Raises:
        UserError: the prompt cannot be understood, or the folder is invalid.
        Cancelled: `cancelled` returned True.
    """
    if out is None:
        context = make_context(scratch_store(), progress, cancelled, on_step, request.asset_pool)
        return replace(_run_loop(request, context, None), store=context.store)
    folder = Path(out)
    check_target(folder, overwrite=overwrite)
    partial = Partial(folder)
    with partial.opened():
        Run(request=request, overwrite=overwrite).write(partial.record)
        return _finish(request, partial, progress, cancelled, on_step)


def resume(
    out: Path | str,
    *,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
    on_step: StepCallback = ignore_step,
) -> SceneResult:
    """Resume an interrupted or killed run from its last finished step.

    The result is that of the uninterrupted run: prompt, seed and options are on record.

    Args:
        out: the folder that the run was to write.
        progress: called with the name of each stage.
        cancelled: polled; True interrupts the run again.
        on_step: called after each remaining call and review.

    Raises:
        CheckpointError: there is no such run, or another version began it.
        Cancelled: `cancelled` returned True.
    """
    partial = Partial(Path(out))
    request = recorded(out).request
    with partial.opened():
        return _finish(request, partial, progress, cancelled, on_step)


def make_or_resume(
    request: SceneRequest,
    out: Path | str,
    *,
    progress: Callable[[str], None] = silent,
    on_step: StepCallback = ignore_step,
) -> SceneResult:
    """Resume the interrupted run that was to write `out`, or generate the scene of a request.

    Raises:
        UserError: see `make`.
    """
    if Partial(Path(out)).resumable:
        try:
            return resume(out, progress=progress, on_step=on_step)
        except CheckpointError as error:
            progress(f"begin anew: {error}")
    return make(request, out, overwrite=True, progress=progress, on_step=on_step)


def recorded(out: Path | str) -> Run:
    """Return the record of the interrupted run that was to write a folder.

    Raises:
        CheckpointError: there is none, or another version began it.
    """
    partial = Partial(Path(out))
    if not partial.resumable:
        raise CheckpointError(f"there is no interrupted run in {str(partial.path)!r} to resume")
    return Run.read(partial.record)


def start(
    prompt: str,
    folder: Path | None = None,
    *,
    seed: int = 0,
    room: str | None = None,
    strict: bool = False,
    planner: str = "a caller",
) -> Workbench:
    """Open an interactive session on an empty scene for a task or a room description.

    Args:
        prompt: the task or the room in English.
        folder: where the geometry of objects is stored; by default a temporary folder that lasts as long as
            the session.
        seed: of all random choices.
        room: type of room, instead of the one that the prompt suggests.
        strict: reject a prompt with words that are not understood.
        planner: name of the planner in the transcript.

    Raises:
        UserError: the prompt, the seed or the room is invalid.
    """
    with user_errors():
        request = SceneRequest(prompt=prompt, seed=seed, room=room, strict=strict)
    task = _task_of(request, None)
    if request.room:
        others = (name for name in task.rooms if name != request.room)
        task = task.model_copy(update={"rooms": (request.room, *others)})
    return Workbench(
        scene=Scene(task=task, seed=seed),
        context=make_context(AssetStore(folder) if folder else scratch_store(), silent),
        tools={generator.tool_name(): generator for generator in GENERATORS},
        critics=CRITICS,
        planner=planner,
    )


def _finish(
    request: SceneRequest,
    partial: Partial,
    progress: Callable[[str], None],
    cancelled: Callable[[], bool],
    on_step: StepCallback,
) -> SceneResult:
    """Do what is left of a run in an opened partial folder, and write the scene."""
    store = AssetStore(partial.assets)
    context = make_context(store, progress, cancelled, on_step, request.asset_pool)
    with checkpoints(partial.checkpoint) as checkpointer:
        result = _run_loop(request, context, checkpointer)
    progress("export")
    result.write_into(partial, choose_formats(request.formats), context.check)
    return replace(result, store=AssetStore(partial.out / "assets"))


def _run_loop(request: SceneRequest, context: Context, checkpointer: Checkpointer | None) -> SceneResult:
    chat = chat_of(request.planner, request.limits)
    vision = vision_critics(chat, request.limits) if request.vlm else ()
    planner = scene_planner(request, chat, context.store)
    loop = Loop(
        planner,
        GENERATORS,
        (*CRITICS, *vision),
        context,
        max_rounds=2 * request.max_rounds if chat else request.max_rounds,
        checkpointer=checkpointer,
        thumbnail=lambda scene: thumbnail(scene, context.store),
    )
    result = loop.generate(request.prompt, understand=lambda _: _task_of(request, chat), seed=request.seed)
    return with_language_models(result, planner, vision)


def _task_of(request: SceneRequest, chat: Chat | None) -> Task:
    """Return the task that a request describes.

    Raises:
        UserError: it cannot be understood, or asks for a size that no room has.
    """
    task = understand_definition(request.bddl) if request.bddl else understand(request.prompt, chat)
    if request.strict:
        check_understood(task)
    if request.style is not None:
        task = task.model_copy(update={"style": (request.style,)})
    for side in task.size or ():
        if not MIN_SIDE_M <= side <= MAX_SIDE_M:
            raise TaskImpossible(
                f"the room would be {side:g} m long or wide; ask for {MIN_SIDE_M:g} to {MAX_SIDE_M:g} m"
            )
    return task
