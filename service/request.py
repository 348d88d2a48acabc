"""Request for a scene: the one model behind the Python API, the command line, HTTP jobs and datasets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator

from sage.choices import Density, Disorder, PlannerName, StyleName
from sage.errors import UserError
from sage.export import DEFAULT_FORMATS, format_names
from sage.geometry import Frozen
from sage.llm import Limits
from sage.planning.variation import Variation

__all__ = ["MAX_SEED", "RoomName", "SceneRequest", "user_errors"]

MAX_SEED = 2**63 - 1
"""Largest seed: what a signed integer of 64 bits holds."""


def _known_room(room: str) -> str | None:
    from sage.generators.recipes import recipe

    name = room.strip().lower().replace(" ", "_")
    if name:
        recipe(name)
    return name or None


RoomName = Annotated[str, AfterValidator(_known_room)]
"""Type of room with a recipe; `Living Room` and `living_room` are the same, and an empty name is none."""


class SceneRequest(Frozen):
    """Request for a scene from a prompt, a BDDL problem, or another scene that it varies.

    The same request and version give the same scene, unless a language model takes part.

    Raises:
        UserError: a value is out of range; the message names the limit.
    """

    prompt: str = ""
    """Task or room description in English; with `bddl`, a label."""
    seed: int = 0
    """Seed of all random choices, from 0 to `MAX_SEED`."""
    room: RoomName | None = None
    """Type of room, such as `kitchen`, instead of the one that the prompt suggests."""
    density: Density = "normal"
    """Of furniture and clutter. `sparse`: required furniture and 0.4 of the usual clutter; `dense`: all
    optional furniture and 1.7 times the usual clutter."""
    disorder: Disorder = "lived_in"
    """How far objects are out of alignment; `messy` also leaves some on the floor."""
    style: StyleName | None = Field(default=None, exclude_if=lambda value: value is None)
    """Style of the room, instead of the one in the prompt or one drawn by the seed."""
    strict: bool = Field(default=False, exclude_if=lambda value: not value)
    """Reject a prompt with words that are not understood, instead of ignoring them."""
    max_rounds: int = 8
    """Largest number of rounds of the loop, at least 1; a language model gets as many on top."""
    planner: PlannerName = Field(default="rules", exclude_if=lambda value: value == "rules")
    limits: Limits = Field(default=Limits(), exclude_if=lambda value: value == Limits())
    """Limits of the conversation with language models."""
    vision: bool = Field(default=False, exclude_if=lambda value: not value)
    """Show the language model the scene from above, if its endpoint takes images."""
    vlm: bool = Field(default=False, exclude_if=lambda value: not value)
    """Add a critic that asks a vision-language model."""
    formats: tuple[str, ...] = DEFAULT_FORMATS
    """Export formats by name, or `all`; a single string may list several, separated by commas."""
    asset_pool: tuple[int, int] | None = None
    """Seed and number of variants: draw assets from a pool that scenes of a dataset share."""
    bddl: str = Field(default="", exclude_if=lambda value: not value)
    """Text of a BDDL problem (BEHAVIOR or LIBERO), in place of the prompt."""
    variation: Variation | None = Field(default=None, exclude_if=lambda value: value is None)
    """Parent scene and level, to vary a scene instead of generating one from the prompt."""

    @field_validator("seed")
    @classmethod
    def _seed_in_range(cls, seed: int) -> int:
        if not 0 <= seed <= MAX_SEED:
            raise UserError(f"the seed is {seed}; it must be a whole number from 0 to {MAX_SEED}")
        return seed

    @field_validator("max_rounds")
    @classmethod
    def _some_rounds(cls, max_rounds: int) -> int:
        if max_rounds < 1:
            raise UserError(f"max_rounds is {max_rounds}; it must be at least 1")
        return max_rounds

    @field_validator("formats", mode="before")
    @classmethod
    def _listed(cls, formats: Any) -> Any:
        return formats.split(",") if isinstance(formats, str) else formats

    @field_validator("formats")
    @classmethod
    def _known_formats(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        return format_names(formats)

    @model_validator(mode="after")
    def _strict_reads_by_rules(self) -> SceneRequest:
        if self.strict and self.planner != "rules":
            raise UserError(
                "strict needs planner 'rules': a language model does not report which words it understood"
            )
        return self


@contextmanager
def user_errors() -> Iterator[None]:
    """Raise `UserError` for an invalid field of a request that is built inside.

    Raises:
        UserError: a field is unknown or its value invalid; the message names both.
    """
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        if first["type"] == "literal_error":
            choices = first["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            raise UserError(f"the {name} is {first['input']!r}; it must be one of {choices}") from error
        raise UserError(f"{name}: {first['msg']}, not {first['input']!r}") from error
