"""Composition root: assembles vocabulary, assets, generators, critics, planners and language models."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sage.agent import Loop
from sage.asset import AssetStore
from sage.assets.knowledge.table import knowledge
from sage.assets.parametric import ParametricAssets
from sage.assets.pool import AssetPool
from sage.assets.vocabulary import TableVocabulary
from sage.context import Context, StepCallback, ignore_step, never
from sage.critics import CRITICS
from sage.critics.physics import PhysicsCritic
from sage.critics.vision import VisionCritic
from sage.critique import Critic
from sage.generators import GENERATORS
from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.populate import Populate
from sage.generators.recipes import room_types
from sage.llm import Chat, Endpoint, Limits
from sage.planning.changes import Change
from sage.planning.edit import EditPlanner
from sage.planning.language_model import ChatPlanner
from sage.planning.rules import RulesPlanner
from sage.rendering.surfaces import STRUCTURE_CATEGORIES
from sage.rendering.views import as_png, picture
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.request import SceneRequest
from sage.tools import Planner

__all__ = [
    "CRITICS",
    "FILE_CRITICS",
    "GENERATORS",
    "GEOMETRY_CRITICS",
    "OBJECT_EDITS",
    "chat_of",
    "default_vocabulary",
    "edit_loop",
    "edit_planner",
    "known_categories",
    "make_context",
    "scene_planner",
    "scratch_store",
    "vision_critics",
    "with_language_models",
]

OBJECT_EDITS = tuple(tool for tool in GENERATORS if tool not in (FloorPlan, Furnish, Populate))
"""Generators that edit single objects."""
FILE_CRITICS: tuple[Critic, ...] = tuple(
    replace(critic, patient=True) if isinstance(critic, PhysicsCritic) else critic for critic in CRITICS
)
"""Critics for `check`: physics simulates the full duration of the definitions, without early exit."""
GEOMETRY_CRITICS: tuple[Critic, ...] = tuple(
    critic for critic in FILE_CRITICS if critic.name in ("physics", "access")
)
"""Critics of imported scenes, which have no task and no categories."""


def make_context(
    store: AssetStore,
    progress: Callable[[str], None],
    cancelled: Callable[[], bool] = never,
    on_step: StepCallback = ignore_step,
    asset_pool: tuple[int, int] | None = None,
) -> Context:
    """Return a context with the default assets and vocabulary.

    Args:
        store: receives the geometry of placed assets.
        progress: called with the name of each stage.
        cancelled: polled; True stops the work.
        on_step: called after each call and each review of the loop.
        asset_pool: seed and number of variants of a pool to draw assets from; None generates new ones.
    """
    source = ParametricAssets()
    return Context(
        rng=np.random.default_rng(0),
        source=source if asset_pool is None else AssetPool(source, *asset_pool),
        store=store,
        vocabulary=default_vocabulary(),
        progress=progress,
        cancelled=cancelled,
        on_step=on_step,
    )


def default_vocabulary() -> TableVocabulary:
    """Return the vocabulary of all categories and room types."""
    return TableVocabulary(room_types())


def known_categories() -> tuple[str, ...]:
    """Return every category that a generated scene may have, its structure included, sorted."""
    nouns = {category.name for category in default_vocabulary().categories()}
    rare = {name.replace("_", " ") for name in knowledge()}
    return tuple(sorted({*nouns, *rare, *STRUCTURE_CATEGORIES}))


def scratch_store() -> AssetStore:
    """Return a store in a temporary folder, which is removed when the store is garbage-collected."""
    folder = Path(tempfile.mkdtemp(prefix="sage-"))
    store = AssetStore(folder)
    weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
    return store


def chat_of(planner: str, limits: Limits) -> Chat | None:
    """Return the conversation of a planner; None for rules.

    Raises:
        UserError: the environment variables name no endpoint.
    """
    return Chat(Endpoint.from_environment(), limits) if planner == "openai" else None


def vision_critics(chat: Chat | None, limits: Limits) -> tuple[VisionCritic, ...]:
    """Return the vision-language critic; it shares the limits of `chat` if there is one.

    Raises:
        UserError: the environment variables name no endpoint.
    """
    endpoint = Endpoint.from_environment("SAGE_VLM_MODEL", "SAGE_MODEL")
    return (VisionCritic(chat or Chat(endpoint, limits), endpoint.model),)


def scene_planner(request: SceneRequest, chat: Chat | None, store: AssetStore) -> Planner:
    """Return the planner of a new scene: rules, or a language model that rules succeed.

    Args:
        request: density, disorder and room of the scene; whether the language model is shown pictures.
        chat: conversation with the language model; None for rules alone.
        store: geometry of the scene, to render it from.
    """
    rules = RulesPlanner(density=request.density, disorder=request.disorder, room_type=request.room)
    if chat is None:
        return rules
    return ChatPlanner(chat, rules, _top_view(store) if request.vision else None)


def edit_planner(changes: tuple[Change, ...], critic: str, instruction: str, chat: Chat | None) -> Planner:
    """Return the planner of an edit: rules, or a language model that rules succeed.

    Args:
        changes: changes that the rules make.
        critic: name of the critic that reports which of them are missing.
        instruction: what the user asked for, for the language model.
        chat: conversation with the language model; None for rules alone.
    """
    rules = EditPlanner(changes, critic)
    return rules if chat is None else ChatPlanner(chat, rules, instruction=instruction)


def edit_loop(planner: Planner, critics: Sequence[Critic], context: Context, max_rounds: int) -> Loop:
    """Return a loop that edits single objects of an existing scene."""
    return Loop(planner, OBJECT_EDITS, critics, context, max_rounds)


def _top_view(store: AssetStore) -> Callable[[Scene], bytes]:
    """Return a function that renders a scene from above as a PNG file."""
    return lambda scene: as_png(picture(scene, store, "top"))


def with_language_models(
    result: SceneResult, planner: Planner, vision: tuple[VisionCritic, ...] = ()
) -> SceneResult:
    """Return a result with the language models that took part, and their usage."""
    used: dict[str, Any] = {}
    why: list[str] = []
    for critic in vision:
        used |= critic.chat.record | {"vision_model": critic.model}
        why.append(f"{critic.model} judged pictures")
    if isinstance(planner, ChatPlanner):
        if result.memory:
            planner.restore(result.memory)
        used |= planner.chat.record | {"gave_up": planner.gave_up}
        if planner.instruction:
            why.append(f"{planner.chat.endpoint.model} chose edits")
        else:
            used |= {"pictures": planner.pictures, "pictures_refused": planner.pictures_refused}
            why.append(f"{planner.chat.endpoint.model} read the prompt and chose edits")
    return replace(result, language_model=used or None, not_reproducible=tuple(why))
