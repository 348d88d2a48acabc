"""The only place that assembles planner, generators, critics, vocabulary and assets."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from assets.knowledge.table import knowledge
from assets.parametric import ParametricAssets
from assets.vocabulary import TableVocabulary
from critics import CRITICS
from critics.physics import PhysicsCritic
from critics.shake import ShakeCritic
from generators import GENERATORS
from generators.floor_plan import MAX_SIDE_M, MIN_SIDE_M
from generators.recipe import recipe, room_types
from sage.agent import SceneResult, generate_scene, review_scene
from sage.asset import AssetStore
from sage.chat import Chat, Endpoint, Limits
from sage.chat_planner import ChatPlanner
from sage.chat_reader import read_with_model
from sage.context import Context, never, silent
from sage.critique import Critique
from sage.errors import SourceError, TaskImpossible, UserError
from sage.export.folder import (
    add_formats,
    check_target,
    read_scene,
    review_files,
    write_scene_folder,
)
from sage.export.formats import DEFAULT_FORMATS, choose_formats
from sage.importing.assembly import assemble
from sage.importing.foreign import Found
from sage.importing.mjcf import read_mjcf
from sage.importing.sage_layout import is_sage_layout, read_sage_layout
from sage.importing.usd import read_usd
from sage.importing.verdict import review_source, without
from sage.planners import RulesPlanner
from sage.reader import read
from sage.scene import Scene
from sage.surfaces import STRUCTURE_CATEGORIES
from sage.task import Task
from sage.tools import Density, Disorder

__all__ = ["PlannerName", "check", "export", "generate", "known_categories", "understand"]

PlannerName = Literal["rules", "openai"]
"""Who may choose the edits."""

_JUDGES = tuple(replace(c, patient=True) if isinstance(c, PhysicsCritic) else c for c in CRITICS)
"""The critics, with all the time that the definitions give them."""
_FOREIGN_JUDGES = tuple(critic for critic in _JUDGES if critic.name in ("physics", "access"))
"""The critics that need nothing but geometry."""
_IMPORTERS = {".xml": read_mjcf} | dict.fromkeys((".usd", ".usda", ".usdc", ".usdz"), read_usd)
_MAX_SEED = 2**63 - 1


def understand(prompt: str, chat: Chat | None = None) -> Task:
    """Read a prompt with the default vocabulary, by grammar or with a language model.

    Raises:
        UserError: it cannot be understood.
    """
    vocabulary = TableVocabulary(room_types())
    if chat is None:
        return read(prompt, vocabulary)
    return read_with_model(prompt, chat, vocabulary, lambda words: read(words, vocabulary))


def generate(
    prompt: str,
    *,
    out: Path | str | None = None,
    seed: int = 0,
    room: str | None = None,
    density: Density = "normal",
    disorder: Disorder = "lived_in",
    max_rounds: int = 8,
    planner: PlannerName = "rules",
    limits: Limits | None = None,
    formats: str | Sequence[str] = DEFAULT_FORMATS,
    overwrite: bool = False,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
) -> SceneResult:
    """Make a scene from a task or a room description.

    Args:
        out: folder to write; None writes nothing.
        seed: same prompt, seed and version give the same scene.
        room: type of room to furnish, such as `kitchen`, instead of what the prompt suggests.
        density: of furniture and clutter: `sparse` is what must be there and 0.4 of the usual clutter,
            `dense` all that may be there and 1.7 times the clutter.
        disorder: `tidy`, `lived_in` or `messy`: how askew things stand, and whether some lie on the floor.
        max_rounds: of the loop.
        planner: who chooses the edits: `rules`, or `openai`, a language model behind the endpoint that
            OPENAI_BASE_URL, OPENAI_API_KEY and SAGE_MODEL name. It also reads the prompt. Where it
            fails, rules take over, with as many rounds again.
        limits: of the conversation with the language model.
        formats: what to write the scene in: `usd`, `mjcf`, `urdf`, `glb`, `sdf`, `sceneeval`, or `all`.
        overwrite: replace a scene that `out` holds.
        progress: called with the name of each stage.
        cancelled: asked often; True ends the work and writes nothing.

    Raises:
        UserError: the prompt, an option or the folder cannot be taken.
        Cancelled: `cancelled` said so.
    """
    if not 0 <= seed <= _MAX_SEED:
        raise UserError(f"the seed is {seed}; it must be a whole number from 0 to {_MAX_SEED}")
    for name, value, known in (("density", density, Density), ("disorder", disorder, Disorder)):
        if value not in get_args(known):
            raise UserError(f"the {name} is {value!r}; it must be one of {', '.join(get_args(known))}")
    if max_rounds < 1:
        raise UserError(f"max_rounds is {max_rounds}; it must be at least 1")
    chosen = choose_formats(formats)
    room_type = room.strip().lower().replace(" ", "_") if room else None
    if room_type:
        recipe(room_type)
    folder = Path(out) if out is not None else None
    if planner not in get_args(PlannerName):
        raise UserError(f"the planner is {planner!r}; it must be one of {', '.join(get_args(PlannerName))}")
    if folder is not None:
        check_target(folder, overwrite=overwrite)
    chat = Chat(Endpoint.from_environment(), limits or Limits()) if planner == "openai" else None
    task = understand(prompt, chat)
    _check_size(task)
    rules = RulesPlanner(density=density, disorder=disorder, room_type=room_type)
    chooser = ChatPlanner(chat, rules) if chat else rules
    with tempfile.TemporaryDirectory(prefix="sage-") as scratch:
        context = _context(AssetStore(Path(scratch)), progress, cancelled)
        result = generate_scene(
            prompt,
            understand=lambda _: task,
            planner=chooser,
            generators=GENERATORS,
            critics=CRITICS,
            context=context,
            seed=seed,
            max_rounds=2 * max_rounds if chat else max_rounds,
        )
        if isinstance(chooser, ChatPlanner):
            used = chooser.chat.used | {"gave_up": chooser.gave_up}
            result = replace(result, language_model=used)
        if folder is not None:
            progress("export")
            write_scene_folder(result, context, folder, formats=chosen, overwrite=overwrite)
    return result


def _check_size(task: Task) -> None:
    for side in task.size or ():
        if not MIN_SIDE_M <= side <= MAX_SIDE_M:
            raise TaskImpossible(
                f"a side of {side:g} m was asked for; rooms have {MIN_SIDE_M:g} to {MAX_SIDE_M:g} m: "
                "ask for a size within"
            )


def check(
    path: Path, progress: Callable[[str], None] = silent, root: Path | None = None, *, shake: bool = False
) -> tuple[Scene, tuple[Critique, ...]]:
    """Judge a scene from its files alone: a scene folder, or a scene of others.

    Args:
        path: a scene folder, an MJCF file (.xml), a USD stage (.usd, .usda, .usdc, .usdz), or the
            folder of a SAGE layout.
        root: the folder below which a foreign scene's files must lie; by default its own.
        shake: also tell what a knock at the room and at each object would do.

    Raises:
        FolderError: it is no scene, or a file of a scene folder is broken.
        SourceError: a scene of others cannot be read, or asks for what is never done.
    """
    importer = _importer(path)
    shaking = (ShakeCritic(),) if shake else ()
    if importer is None:
        scene, store = read_scene(path)
        context = _context(store, progress)
        judges = (*_JUDGES, *shaking)
        return scene, (review_files(scene, path), *review_scene(scene, judges, context))
    progress("read")
    with tempfile.TemporaryDirectory(prefix="sage-") as folder:
        foreign = assemble(importer(path, root), AssetStore(Path(folder)))
        context = _context(AssetStore(Path(folder)), progress)
        judged = review_scene(foreign.scene, (*_FOREIGN_JUDGES, *shaking), context)
        told = (without(critique, foreign.not_judged) for critique in judged)
        return foreign.scene, (review_source(foreign), *(c for c in told if c.metrics))


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


def _context(
    store: AssetStore, progress: Callable[[str], None], cancelled: Callable[[], bool] = never
) -> Context:
    return Context(
        rng=np.random.default_rng(0),
        source=ParametricAssets(),
        store=store,
        vocabulary=TableVocabulary(room_types()),
        progress=progress,
        cancelled=cancelled,
    )
