"""Exceptions of `sage`.

    SageError
      UserError            the request cannot be taken as it stands (exit status 2)
        TaskNotUnderstood  no object or room was found in the prompt
        TaskImpossible     what was asked for contradicts itself or cannot fit
        FolderError        the scene folder cannot be read or written
        CheckpointError    what a killed run left cannot be resumed
        SourceError        a scene of others cannot be read, or asks for what is never done
        EngineUnavailable  a simulator is not installed, or could not be
      EditRejected         what was asked of a scene cannot be done (exit status 3)
      VariationRejected    too little of a scene could be varied
      ToolRejected         an edit is impossible; the message says what would work instead
      AssetNotFound        no source makes this; the message lists the nearest names
      PlannerError         the planner answered nonsense
      ChatFailed           a language model cannot be reached, or has used its limits
        RequestRefused     the endpoint refuses a request; it may take another
      CriticFailed         a critic broke: never counted as a low score
      ExportError          a file could not be written or read back
      Cancelled            the caller asked to stop

A message names the object, the measured value, the limit and the next thing to try, in one line.
"""

from __future__ import annotations

__all__ = [
    "AssetNotFound",
    "Cancelled",
    "ChatFailed",
    "CheckpointError",
    "CriticFailed",
    "EditRejected",
    "EngineUnavailable",
    "ExportError",
    "FolderError",
    "PlannerError",
    "RequestRefused",
    "SageError",
    "SourceError",
    "TaskImpossible",
    "TaskNotUnderstood",
    "ToolRejected",
    "UserError",
    "VariationRejected",
]


class SageError(Exception):
    """Base class of all expected errors of sage."""


class UserError(SageError):
    """The request is invalid; the message names the remedy."""


class TaskNotUnderstood(UserError):
    """No object or room was found in the prompt."""


class TaskImpossible(UserError):
    """The request contradicts itself or cannot fit."""


class FolderError(UserError):
    """A scene folder cannot be read or written."""


class CheckpointError(UserError):
    """The checkpoint of an interrupted run cannot be resumed."""


class SourceError(UserError):
    """An imported scene cannot be read, or refers to something that is never loaded."""


class EngineUnavailable(UserError):
    """A simulator is not installed or cannot be installed."""


class EditRejected(SageError):
    """The edit cannot be done; nothing was changed. The message says what would work."""


class VariationRejected(SageError):
    """Too little of a scene could be varied, or too much was lost."""


class ToolRejected(SageError):
    """The edit is impossible. The message tells the planner what would work instead."""


class AssetNotFound(SageError):
    """No asset source provides this category."""

    def __init__(self, category: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f"; the nearest are {', '.join(nearest)}" if nearest else ""
        super().__init__(f"nothing makes a {category!r}{hint}")
        self.category = category


class PlannerError(SageError):
    """The planner named a tool that does not exist or arguments that do not validate."""


class ChatFailed(SageError):
    """A language model is unreachable, gives invalid answers, or has reached a limit."""


class RequestRefused(ChatFailed):
    """The endpoint refuses a request, for example one with images; others may succeed."""


class CriticFailed(SageError):
    """A critic raised an unexpected exception; never counted as a low score."""


class ExportError(SageError):
    """A file could not be written or read back."""


class Cancelled(SageError):
    """The caller asked to stop."""
