"""Options that several commands share, and their defaults.

Typer reads options from the signature of a command, so that each command lists those that it takes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.choices import Density, Disorder, PlannerName, StyleName
from sage.export import DATASET_FORMATS, DEFAULT_FORMATS

__all__ = [
    "DATASET_FORMAT_NAMES",
    "FORMAT_NAMES",
    "MAX_SECONDS",
    "MAX_TOKENS",
    "MEMORY_PER_SCENE_GIB",
    "SECONDS_PER_SCENE",
    "Bddl",
    "Behavior",
    "Cameras",
    "DensityOption",
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
    "Orbit",
    "OrbitViews",
    "Overwrite",
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
    "StyleOption",
    "Video",
    "Vision",
    "Vlm",
    "Workers",
    "picture_size",
]

FORMAT_NAMES = ",".join(DEFAULT_FORMATS)
DATASET_FORMAT_NAMES = ",".join(DATASET_FORMATS)
MAX_TOKENS, MAX_SECONDS = 400_000, 600.0
"""Default limits of language models; those of `sage.llm.Limits`."""
SECONDS_PER_SCENE, MEMORY_PER_SCENE_GIB = 900.0, 2.0
"""Default limits of the process that generates a scene."""

Prompt = Annotated[
    str | None,
    typer.Argument(
        help="Task or room description in English, of at most 4,000 characters.", show_default=False
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Reject a prompt with words that are not understood, instead of ignoring them."
    ),
]
Bddl = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Instead of a prompt: a BDDL problem of BEHAVIOR or LIBERO."),
]
Behavior = Annotated[
    str | None,
    typer.Option(metavar="ACTIVITY", help="Instead of a prompt: a BEHAVIOR activity of the package bddl."),
]


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a whole number.") from None


Seed = Annotated[
    int,
    typer.Option(
        parser=_whole_number, metavar="N", help="The same prompt, seed and version give the same scene."
    ),
]
Room = Annotated[
    str | None, typer.Option(help="Type of room, such as kitchen, instead of the one in the prompt.")
]
DensityOption = Annotated[
    Density,
    typer.Option(
        help="Furniture and clutter. sparse: required furniture and 0.4 of the usual clutter; normal: also "
        "usual furniture and half of the optional; dense: all of it, and 1.7 times the clutter."
    ),
]
DisorderOption = Annotated[
    Disorder,
    typer.Option(
        help="tidy: objects square to their support; lived_in: slightly turned; messy: turned at random, "
        "some on the floor."
    ),
]
StyleOption = Annotated[
    StyleName | None,
    typer.Option(help="Style of the room, instead of the one in the prompt or one drawn by the seed."),
]
PlannerOption = Annotated[
    PlannerName,
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
        help="Show the language model of --planner openai the scene from above, if it takes images.",
    ),
]
Vlm = Annotated[
    bool,
    typer.Option(
        "--vlm",
        help="Add a critic that shows five views to a vision-language model: SAGE_VLM_MODEL, or SAGE_MODEL, "
        "of that endpoint. The verdict depends on the model.",
    ),
]
MaxTokens = Annotated[int, typer.Option(min=1, help="Limit of tokens of language models.")]
MaxSeconds = Annotated[float, typer.Option(min=1, help="Limit of seconds of language models.")]
MaxDollars = Annotated[
    float | None, typer.Option(min=0, help="Limit of cost of language models; needs --prices.")
]
Prices = Annotated[
    str | None,
    typer.Option(metavar="IN,OUT", help="Dollars per million tokens in and out, such as 2.5,10."),
]
MaxRounds = Annotated[int, typer.Option(min=1, max=100, help="Limit of rounds of the loop.")]
Formats = Annotated[
    str,
    typer.Option(
        metavar="NAMES", help="Of usd, mjcf, urdf, glb, sdf, sceneeval, separated by commas; or all."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no table.")]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON on standard output.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a scene folder at --out.")]
Cameras = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Of top, corner_1 to corner_4, the id of a door, head_ID and wrist_ID of a task object, "
        "separated by commas; by default all of them.",
    ),
]
Orbit = Annotated[
    str | None, typer.Option(metavar="OBJECT", help="Also use cameras on an orbit around an object.")
]
OrbitViews = Annotated[int, typer.Option("--n", min=1, max=3600, help="Number of cameras on the orbit.")]
Video = Annotated[bool, typer.Option("--video", help="Also write the images as video.png, an animated PNG.")]
Hour = Annotated[
    float | None,
    typer.Option(help="Hour of the day, 0 to 24, for the position of the sun; by default the scene's."),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Scenes generated at the same time; by default one per CPU.")
]
Ray = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Ray cluster to run on.")]
LimitPerScene = Annotated[float, typer.Option(min=1, help="Limit of seconds for a scene.")]
MemoryPerScene = Annotated[float, typer.Option(min=0.5, help="Limit of memory for a scene [GiB].")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Generate failed scenes again.")]
Size = Annotated[str, typer.Option(metavar="WxH", help="Width and height of a picture [pixels].")]

_MAX_SIDE_PX = 8192


def picture_size(text: str) -> tuple[int, int]:
    """Return width and height of `640x480` [pixels].

    Raises:
        typer.BadParameter: the text is not a size, or a side is too long.
    """
    width, _, height = text.lower().partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a size; use a size such as 640x480.") from None
    if not all(1 <= side <= _MAX_SIDE_PX for side in size):
        raise typer.BadParameter(f"{text!r} has a side outside of 1 to {_MAX_SIDE_PX} pixels.")
    return size
