"""Composition root: assembles planner, generators, critics, vocabulary and assets."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np

from sage.agent import generate_scene, review_scene
from sage.asset import AssetStore
from sage.assets.knowledge.table import knowledge
from sage.assets.parametric import ParametricAssets
from sage.assets.pool import AssetPool
from sage.assets.vocabulary import TableVocabulary
from sage.checkpoint import Checkpointer, checkpoints
from sage.context import Context, StepCallback, ignore_step, never, silent
from sage.critics import CRITICS
from sage.critics.files import FilesCritic
from sage.critics.physics import PhysicsCritic
from sage.critics.shake import ShakeCritic
from sage.critics.source import SourceCritic, without_unjudged
from sage.critics.vision import VisionCritic
from sage.critique import Critic, Critique
from sage.errors import CheckpointError, SourceError, TaskImpossible, UserError
from sage.export.folder import (
    add_formats,
)
from sage.export.formats import DEFAULT_FORMATS, choose_formats
from sage.export.partial import Partial, check_target
from sage.export.reading import read_scene
from sage.generators import GENERATORS
from sage.generators.floor_plan import MAX_SIDE_M, MIN_SIDE_M
from sage.generators.recipes import recipe, room_types
from sage.importing.assembly import assemble
from sage.importing.foreign import Found
from sage.importing.mjcf import read_mjcf
from sage.importing.sage_layout import is_sage_layout, read_sage_layout
from sage.importing.usd import read_usd
from sage.language.checks import check_understood
from sage.llm import Chat, Endpoint, Limits
from sage.planning.language_model import ChatPlanner
from sage.planning.rules import RulesPlanner
from sage.rendering.surfaces import STRUCTURE_CATEGORIES
from sage.rendering.views import as_png, picture, thumbnail
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.run import PlannerName, Run
from sage.service.understanding import definition_of, makers, understand, understand_definition
from sage.task import StyleName, Task
from sage.tools import Density, Disorder, Planner
from sage.workbench import Workbench

__all__ = [
    "PlannerName",
    "check",
    "definition_of",
    "export",
    "generate",
    "generate_or_resume",
    "known_categories",
    "make_context",
    "makers",
    "recorded",
    "resume",
    "start",
    "understand",
    "understand_definition",
]

_JUDGES = tuple(replace(c, patient=True) if isinstance(c, PhysicsCritic) else c for c in CRITICS)
"""The critics, with all the time that the definitions give them."""
_FOREIGN_JUDGES = tuple(critic for critic in _JUDGES if critic.name in ("physics", "access"))
"""The critics that need nothing but geometry."""
_IMPORTERS = {".xml": read_mjcf} | dict.fromkeys((".usd", ".usda", ".usdc", ".usdz"), read_usd)
_MAX_SEED = 2**63 - 1


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
    """Make a scene from a task or a room description, in words or as a BDDL definition.

    Args:
        prompt: the task or the room in English; give it, or `bddl`, or `behavior`.
        bddl: file with a definition in BDDL, of BEHAVIOR's or LIBERO's kind.
        behavior: name of a BEHAVIOR activity, whose definition the package `bddl` holds.
        out: folder to write; None writes nothing.
        seed: same prompt, seed and version give the same scene.
        room: type of room to furnish, such as `kitchen`, instead of what the prompt suggests.
        density: of furniture and clutter: `sparse` is what must be there and 0.4 of the usual clutter,
            `dense` all that may be there and 1.7 times the clutter.
        disorder: `tidy`, `lived_in` or `messy`: how askew things stand, and whether some lie on the floor.
        style: `modern`, `rustic`, `classic`, `industrial` or `scandinavian`, instead of what the prompt says
            of it, or else the seed.
        max_rounds: of the loop.
        planner: who chooses the edits: `rules`, or `openai`, a language model behind the endpoint that
            OPENAI_BASE_URL, OPENAI_API_KEY and SAGE_MODEL name. It also reads the prompt. Where it
            fails, rules take over, with as many rounds again.
        limits: of the conversation with the language model, and with the one that judges.
        vision: show the language model the scene from above; where the endpoint refuses pictures, it
            goes on without.
        vlm: have a vision-language model judge five views as well: SAGE_VLM_MODEL of that endpoint, by
            default SAGE_MODEL.
        strict: refuse a prompt with words that are not understood instead of making the rest.
        formats: what to write the scene in: `usd`, `mjcf`, `urdf`, `glb`, `sdf`, `sceneeval`, or `all`.
        asset_pool: a seed and a number: draw from so many assets of a kind, which scenes of one dataset
            share; None makes every asset anew.
        overwrite: replace a scene that `out` holds.
        progress: called with the name of each stage.
        cancelled: asked often; True ends the work and writes nothing.
        on_step: called after each call and each review of the loop.

    Raises:
        UserError: the prompt, an option or the folder cannot be taken.
        Cancelled: `cancelled` said so.
    """
    run = Run(
        prompt=prompt or "", definition=definition_of(prompt, bddl, behavior),
        seed=_checked_seed(seed), room=_checked_room(room),
        density=_checked("density", density, Density), disorder=_checked("disorder", disorder, Disorder),
        style=None if style is None else _checked("style", style, StyleName),
        max_rounds=_checked_rounds(max_rounds), planner=_checked("planner", planner, PlannerName),
        limits=limits or Limits(), vision=vision, vlm=vlm, strict=_checked_strict(strict, planner),
        overwrite=overwrite, asset_pool=asset_pool,
        formats=tuple(item.name for item in choose_formats(formats)),
    )  # fmt: skip
    if out is None:
        store = _scratch_store()
        return replace(_made(run, make_context(store, progress, cancelled, on_step), None), store=store)
    folder = Path(out)
    check_target(folder, overwrite=overwrite)
    partial = Partial(folder)
    with partial.opened():
        run.write(partial.record)
        return _written(run, partial, progress, cancelled, on_step)


def resume(
    out: Path | str,
    *,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
    on_step: StepCallback = ignore_step,
) -> SceneResult:
    """Go on with a run that was interrupted or killed, from its last finished step.

    It ends with the scene that it would have ended with: prompt, seed and options are on record.

    Args:
        out: the folder that the run was to write.
        progress: called with the name of each stage.
        cancelled: asked often; True interrupts the run again.
        on_step: called after each call and each review of the loop.

    Raises:
        CheckpointError: no run waits there, or another version began it.
        Cancelled: `cancelled` said so.
    """
    partial = Partial(Path(out))
    run = recorded(out)
    with partial.opened():
        return _written(run, partial, progress, cancelled, on_step)


def generate_or_resume(
    *,
    out: Path | str,
    progress: Callable[[str], None] = silent,
    on_step: StepCallback = ignore_step,
    **arguments: Any,
) -> SceneResult:
    """Go on with the run that waits beside `out`, or else begin one with the arguments of `generate`.

    Raises:
        UserError: see `generate`.
    """
    if Partial(Path(out)).waits:
        try:
            return resume(out, progress=progress, on_step=on_step)
        except CheckpointError as error:
            progress(f"begin anew: {error}")
    return generate(out=out, progress=progress, on_step=on_step, overwrite=True, **arguments)


def recorded(out: Path | str) -> Run:
    """Return what was asked of the interrupted run that waits beside a folder.

    Raises:
        CheckpointError: none waits there, or another version began it.
    """
    partial = Partial(Path(out))
    if not partial.waits:
        raise CheckpointError(
            f"no interrupted run waits in {str(partial.path)!r}; there is nothing to resume"
        )
    return Run.read(partial.record)


def _written(
    run: Run,
    partial: Partial,
    progress: Callable[[str], None],
    cancelled: Callable[[], bool],
    on_step: StepCallback,
) -> SceneResult:
    """Do what is left of a run in an opened folder, and write the scene."""
    context = make_context(AssetStore(partial.assets), progress, cancelled, on_step)
    with checkpoints(partial.checkpoint) as checkpointer:
        result = _made(run, context, checkpointer)
    progress("export")
    result.write_into(partial, choose_formats(run.formats), context.check)
    return replace(result, store=AssetStore(partial.out / "assets"))


def _made(run: Run, context: Context, checkpointer: Checkpointer | None) -> SceneResult:
    """Take a run through the loop."""
    if run.asset_pool is not None:
        context = replace(context, source=AssetPool(context.source, *run.asset_pool))
    chat = Chat(Endpoint.from_environment(), run.limits) if run.planner == "openai" else None
    seeing = _vision_critics(chat, run.limits) if run.vlm else ()
    planner: Planner = RulesPlanner(density=run.density, disorder=run.disorder, room_type=run.room)
    if chat:
        planner = ChatPlanner(chat, planner, _top_view(context.store) if run.vision else None)
    result = generate_scene(
        run.prompt,
        understand=lambda prompt: _understood(run, prompt, chat),
        planner=planner,
        generators=GENERATORS,
        critics=(*CRITICS, *seeing),
        context=context,
        seed=run.seed,
        max_rounds=2 * run.max_rounds if chat else run.max_rounds,
        checkpointer=checkpointer,
        thumbnail=lambda scene: thumbnail(scene, context.store),
    )
    return _with_models(result, planner, seeing)


def _understood(run: Run, prompt: str, chat: Chat | None) -> Task:
    """Return the task of a run, in the style that was asked for apart from it."""
    task = understand_definition(run.definition) if run.definition else understand(prompt, chat)
    if run.strict:
        check_understood(task)
    return _checked_size(task if run.style is None else task.model_copy(update={"style": (run.style,)}))


def _vision_critics(chat: Chat | None, limits: Limits) -> tuple[VisionCritic, ...]:
    """Return the critic that asks a vision-language model, within the limits of `chat` if there is one."""
    endpoint = Endpoint.from_environment("SAGE_VLM_MODEL", "SAGE_MODEL")
    return (VisionCritic(chat or Chat(endpoint, limits), endpoint.model),)


def _top_view(store: AssetStore) -> Callable[[Scene], bytes]:
    return lambda scene: as_png(picture(scene, store, "top"))


def _with_models(result: SceneResult, planner: Planner, seeing: tuple[VisionCritic, ...]) -> SceneResult:
    """Return the result with the language models that took part and their usage."""
    used: dict[str, Any] = {}
    why: list[str] = []
    for critic in seeing:
        used |= critic.chat.record | {"vision_model": critic.model}
        why.append(f"{critic.model} judged pictures")
    if isinstance(planner, ChatPlanner):
        if result.memory:
            planner.restore(result.memory)
        used |= planner.chat.record | {
            "pictures": planner.pictures,
            "pictures_refused": planner.pictures_refused,
            "gave_up": planner.gave_up,
        }
        why.append(f"{planner.chat.endpoint.model} read the prompt and chose edits")
    return replace(result, language_model=used or None, not_reproducible=tuple(why))


def start(
    prompt: str,
    folder: Path | None = None,
    *,
    seed: int = 0,
    room: str | None = None,
    strict: bool = False,
    planner: str = "a caller",
) -> Workbench:
    """Return an empty scene for a task or a room description, to be edited one call at a time.

    Args:
        folder: where the geometry of its objects goes; by default one that lasts as long as it is held.
        room: type of room, instead of what the prompt suggests.
        strict: refuse a prompt with words that are not understood.
        planner: whom the record names as the one who chooses the edits.

    Raises:
        UserError: the prompt, the seed or the room cannot be taken.
    """
    seed, room_type = _checked_seed(seed), _checked_room(room)
    task = _checked_size(understand(prompt))
    if strict:
        check_understood(task)
    if room_type:
        others = (name for name in task.rooms if name != room_type)
        task = task.model_copy(update={"rooms": (room_type, *others)})
    return Workbench(
        scene=Scene(task=task, seed=seed),
        context=make_context(AssetStore(folder) if folder else _scratch_store(), silent),
        tools={generator.tool_name(): generator for generator in GENERATORS},
        critics=CRITICS,
        planner=planner,
    )


def _checked(name: str, value: Any, known: Any) -> Any:
    if value not in get_args(known):
        raise UserError(f"the {name} is {value!r}; it must be one of {', '.join(get_args(known))}")
    return value


def _checked_seed(seed: int) -> int:
    if not 0 <= seed <= _MAX_SEED:
        raise UserError(f"the seed is {seed}; it must be a whole number from 0 to {_MAX_SEED}")
    return seed


def _checked_strict(strict: bool, planner: str) -> bool:
    if strict and planner != "rules":
        raise UserError(
            "a language model gives no account of each word, which 'strict' asks for: leave out one of them"
        )
    return strict


def _checked_rounds(max_rounds: int) -> int:
    if max_rounds < 1:
        raise UserError(f"max_rounds is {max_rounds}; it must be at least 1")
    return max_rounds


def _checked_room(room: str | None) -> str | None:
    room_type = room.strip().lower().replace(" ", "_") if room else None
    if room_type:
        recipe(room_type)
    return room_type


def _checked_size(task: Task) -> Task:
    for side in task.size or ():
        if not MIN_SIDE_M <= side <= MAX_SIDE_M:
            raise TaskImpossible(
                f"a side of {side:g} m was asked for; rooms have {MIN_SIDE_M:g} to {MAX_SIDE_M:g} m: "
                "ask for a size within"
            )
    return task


def check(
    path: Path | str,
    progress: Callable[[str], None] = silent,
    root: Path | None = None,
    *,
    shake: bool = False,
    vlm: bool = False,
) -> tuple[Scene, tuple[Critique, ...]]:
    """Judge a scene from its files alone: a scene folder, or a scene of others.

    Args:
        path: a scene folder, an MJCF file (.xml), a USD stage (.usd, .usda, .usdc, .usdz), or the
            folder of a SAGE layout.
        root: the folder below which a foreign scene's files must lie; by default its own.
        shake: also tell what a knock at the room and at each object would do.
        vlm: also have a vision-language model judge five views; see `generate`.

    Raises:
        FolderError: it is no scene, or a file of a scene folder is broken.
        SourceError: a scene of others cannot be read, or asks for what is never done.
    """
    path = Path(path)
    importer = _importer(path)
    more: tuple[Critic, ...] = (ShakeCritic(),) if shake else ()
    more += _vision_critics(None, Limits()) if vlm else ()
    if importer is None:
        scene, store = read_scene(path)
        context = make_context(store, progress)
        return scene, review_scene(scene, (FilesCritic(path), *_JUDGES, *more), context)
    progress("read")
    with tempfile.TemporaryDirectory(prefix="sage-") as folder:
        foreign = assemble(importer(path, root), AssetStore(Path(folder)))
        context = make_context(AssetStore(Path(folder)), progress)
        source, *others = review_scene(
            foreign.scene, (SourceCritic(foreign), *_FOREIGN_JUDGES, *more), context
        )
        judged = (without_unjudged(critique, foreign.not_judged) for critique in others)
        return foreign.scene, (source, *(c for c in judged if c.metrics or c.passed is None))


def _importer(path: Path) -> Callable[[Path, Path | None], Found] | None:
    """Return what reads a scene of others, by what the path is, or None for a scene folder."""
    if path.is_dir():
        return None if (path / "scene.json").exists() or not is_sage_layout(path) else read_sage_layout
    if not path.is_file():
        return None
    importer = _IMPORTERS.get(path.suffix.lower())
    if importer is None:
        raise SourceError(f"{path.name!r} is no scene: name a folder, or a file {', '.join(_IMPORTERS)}")
    return importer


def export(folder: Path | str, formats: str | Sequence[str]) -> tuple[str, ...]:
    """Write the scene of a folder in more formats; return the main file of each.

    Raises:
        UserError: a format is unknown, or it is no scene folder.
    """
    chosen = choose_formats(formats)
    add_formats(Path(folder), chosen)
    return tuple(item.main for item in chosen)


def known_categories() -> tuple[str, ...]:
    """Return all categories that a scene of ours may hold, its structure included, by the alphabet."""
    nouns = {category.name for category in TableVocabulary(room_types()).categories()}
    rare = {name.replace("_", " ") for name in knowledge()}
    return tuple(sorted({*nouns, *rare, *STRUCTURE_CATEGORIES}))


def _scratch_store() -> AssetStore:
    """Return a store in a folder of its own, which is removed once nobody holds the store."""
    folder = Path(tempfile.mkdtemp(prefix="sage-"))
    store = AssetStore(folder)
    weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
    return store


def make_context(
    store: AssetStore,
    progress: Callable[[str], None],
    cancelled: Callable[[], bool] = never,
    on_step: StepCallback = ignore_step,
) -> Context:
    """Return what generators and critics are given, with the default assets and vocabulary."""
    return Context(
        rng=np.random.default_rng(0),
        source=ParametricAssets(),
        store=store,
        vocabulary=TableVocabulary(room_types()),
        progress=progress,
        cancelled=cancelled,
        on_step=on_step,
    )
