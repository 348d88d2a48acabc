"""Closed sets of option values, shared by requests, generators and the command line.

The module imports nothing heavy, so that `sage --help` answers at once.
"""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["LEVELS", "Density", "Disorder", "Level", "PlannerName", "StyleName"]

Density = Literal["sparse", "normal", "dense"]
"""Amount of furniture and clutter."""

Disorder = Literal["tidy", "lived_in", "messy"]
"""Untidiness: objects square to their support; slightly turned; turned at random, some on the floor."""

StyleName = Literal[
    "modern", "rustic", "classic", "industrial", "scandinavian", "coastal", "bohemian", "dark", "pastel",
]  # fmt: skip
"""Styles of rooms; each has its palette of materials."""

PlannerName = Literal["rules", "openai"]
"""Planners that may choose the edits: rules, or a language model behind an OpenAI-compatible endpoint."""

Level = Literal["pose", "object", "layout", "look"]
"""Levels of variation: poses of small objects on their supports; instances of the same categories; another
room around the same task; materials and hour of the day."""
LEVELS: tuple[Level, ...] = get_args(Level)
