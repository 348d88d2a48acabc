"""sage: embodied tasks in words become stable, simulator-ready indoor 3D scenes.

World frame: right-handed, z up, floor at z = 0; SI units; quaternions wxyz.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sage.errors import SageError, UserError

if TYPE_CHECKING:
    from sage.result import SceneResult
    from sage.scene import Scene
    from sage.service.dataset.reader import Dataset
    from sage.service.editing import edit
    from sage.service.wiring import check, generate, resume, start
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
_LAZY |= dict.fromkeys(("check", "generate", "resume", "start"), "sage.service.wiring")
_LAZY |= {"Dataset": "sage.service.dataset.reader", "edit": "sage.service.editing"}


def __getattr__(name: str) -> Any:
    """Import what is heavy only when it is asked for."""
    if name not in _LAZY:
        raise AttributeError(f"module 'sage' has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
