"""Options that commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Bddl",
    "Behavior",
    "Cameras",
    "Density",
    "DensityOption",
    "Disorder",
    "DisorderOption",
    "Formats",
    "Hour",
    "Json",
    "LimitPerScene",
    "MaxDollars",
    "MaxRounds",
    "MaxSeconds",
    "MaxTokens",
    "MemoryPerScene",
    "Overwrite",
    "Planner",
    "PlannerOption",
    "Prices",
    "Prompt",
    "Quiet",
    "Ray",
    "RetryFailed",
    "Room",
    "Seed",
    "Size",
    "Strict",
    "Style",
    "StyleOption",
    "Vision",
    "Vlm",
    "Workers",
    "picture_size",
]


class Density(StrEnum):
    """Of furniture and clutter."""

    sparse = "sparse"
    normal = "normal"
    dense = "dense"


class Planner(StrEnum):
    """Name of the planner that chooses the edits."""

    rules = "rules"
    openai = "openai"


class Disorder(StrEnum):
    """Of how things stand and lie."""

    tidy = "tidy"
    lived_in = "lived_in"
    messy = "messy"


class Style(StrEnum):
    """Of a room and what is in it."""

    modern = "modern"
    rustic = "rustic"
    classic = "classic"
    industrial = "industrial"
    scandinavian = "scandinavian"
    coastal = "coastal"
    bohemian = "bohemian"
    dark = "dark"
    pastel = "pastel"


Prompt = Annotated[
    str | None,
    typer.Argument(
        help="A task or a description of a room, in English, of at most 4,000 characters.",
        show_default=False,
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Refuse a prompt with words that are not understood; by default the rest of it is made.",
    ),
]
Bddl = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Instead of a prompt: a definition in BDDL, of BEHAVIOR or LIBERO."),
]
Behavior = Annotated[
    str | None,
    typer.Option(metavar="ACTIVITY", help="Instead of a prompt: a BEHAVIOR activity of the package bddl."),
]


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no whole number.") from None


Seed = Annotated[
    int,
    typer.Option(parser=_whole_number, metavar="N", help="Same prompt, seed and version: the same scene."),
]
Room = Annotated[str | None, typer.Option(help="Type of room, instead of what the prompt suggests.")]
DensityOption = Annotated[
    Density,
    typer.Option(
        help="sparse: what must be there and 0.4 of the usual clutter; normal: also what is usual and half "
        "of what may be there; dense: all of it, and 1.7 times the clutter."
    ),
]
DisorderOption = Annotated[
    Disorder,
    typer.Option(
        help="tidy: everything square to what it lies on; lived_in: a little askew; messy: every which way, "
        "with things left on the floor."
    ),
]
StyleOption = Annotated[
    Style | None, typer.Option(help="Instead of what the prompt says of it, or else the seed.")
]
PlannerOption = Annotated[
    Planner,
    typer.Option(
        help="rules: no model, the same scene each time; openai: a language model behind OPENAI_BASE_URL, "
        "OPENAI_API_KEY and SAGE_MODEL reads the prompt and chooses the edits; rules finish if it fails."
    ),
]
Vision = Annotated[
    bool,
    typer.Option(
        "--vision/--no-vision",
        envvar="SAGE_VISION",
        help="Show the language model of --planner openai the scene from above; for models that see.",
    ),
]
Vlm = Annotated[
    bool,
    typer.Option(
        "--vlm",
        help="Have a vision-language model judge five views too: SAGE_VLM_MODEL, or SAGE_MODEL, of that "
        "endpoint. Whether it passes depends on the model.",
    ),
]
MaxTokens = Annotated[int, typer.Option(min=1, help="Tokens that a language model may use.")]
MaxSeconds = Annotated[float, typer.Option(min=1, help="Seconds that a language model may take.")]
MaxDollars = Annotated[float | None, typer.Option(min=0, help="What it may cost; needs --prices.")]
Prices = Annotated[
    str | None,
    typer.Option(metavar="IN,OUT", help="Dollars for a million tokens in and out, such as 2.5,10."),
]
MaxRounds = Annotated[int, typer.Option(min=1, max=100, help="Rounds of proposing and judging.")]
Formats = Annotated[
    str,
    typer.Option(metavar="NAMES", help="Of usd, mjcf, urdf, glb, sdf, sceneeval, with commas; or all."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON on standard output.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the scene that the folder holds.")]
Cameras = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Of top, corner_1 to corner_4, a door's id, head_ID and wrist_ID of a task object, by commas; "
        "default: all of them.",
    ),
]
Hour = Annotated[
    float | None,
    typer.Option(help="Of the day, 0 to 24: where the sun is; by default the scene's. All lamps are on."),
]
Workers = Annotated[int | None, typer.Option(min=1, help="Scenes made at once; by default one for each CPU.")]
Ray = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Of a Ray cluster to run on.")]
LimitPerScene = Annotated[float, typer.Option(min=1, help="Seconds before a scene is given up.")]
MemoryPerScene = Annotated[float, typer.Option(min=0.5, help="GiB that a scene may take.")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Try what failed again.")]
Size = Annotated[str, typer.Option(metavar="WxH", help="Of a picture, in pixels.")]

_MAX_SIDE_PX = 8192


def picture_size(text: str) -> tuple[int, int]:
    """Return width and height of `640x480`."""
    width, _, height = text.lower().partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no size; say --size 640x480.") from None
    if not all(1 <= side <= _MAX_SIDE_PX for side in size):
        raise typer.BadParameter(f"{text!r} has a side that is not from 1 to {_MAX_SIDE_PX} pixels.")
    return size
