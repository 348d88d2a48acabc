"""Generates simulation-ready indoor 3D scenes from robot tasks or room descriptions.

World frame: right-handed, z up, floor at z = 0; SI units; quaternions wxyz.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sage.errors import SageError, UserError

if TYPE_CHECKING:
    from sage.dataset import Dataset
    from sage.result import SceneResult
    from sage.scene import Scene
    from sage.service.checking import check
    from sage.service.editing import edit
    from sage.service.generation import generate, resume, start
    from sage.task import Task
    from sage.tools import ToolCall

__all__ = [
    "Dataset",
    "SageError",
    "Scene",
    "SceneResult",
    "Task",
    "ToolCall",
    "UserError",
    "check",
    "edit",
    "generate",
    "resume",
    "start",
]

_LAZY = {"Scene": "sage.scene", "SceneResult": "sage.agent", "Task": "sage.task", "ToolCall": "sage.tools"}
_LAZY |= dict.fromkeys(("generate", "resume", "start"), "sage.service.generation")
_LAZY |= {"check": "sage.service.checking", "Dataset": "sage.dataset", "edit": "sage.service.editing"}


def __getattr__(name: str) -> Any:
    """Import heavy modules on first use."""
    if name not in _LAZY:
        raise AttributeError(f"module 'sage' has no attribute {name!r}")
    try:
        return getattr(import_module(_LAZY[name]), name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "sage":
            raise
        raise ModuleNotFoundError(
            f"sage.{name} needs the package {error.name!r}, which is not installed: scenes are generated on "
            "Python 3.11 with 'pip install sage-scenes'; sage.client and sage.dataset work without engines",
            name=error.name,
        ) from error
