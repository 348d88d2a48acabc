"""Exceptions of `sage`.

    SageError
      UserError            the request is invalid; the message names the remedy (exit status 2)
        TaskNotUnderstood  no object or room was found in the prompt
        TaskImpossible     the request contradicts itself or cannot fit
        FolderError        the scene folder cannot be read or written
        CheckpointError    the checkpoint of an interrupted run cannot be resumed
        SourceError        an imported scene cannot be read, or uses something that is not supported
        EngineUnavailable  a simulator is not installed or cannot be installed
      EditRejected         the edit cannot be done; nothing was changed (exit status 3)
      VariationRejected    too little of a scene could be varied, or too much was lost
      ToolRejected         an edit is impossible; the message says what would work instead
      AssetNotFound        no asset source provides the category; the message lists the nearest
      PlannerError         the planner named an unknown tool or invalid arguments
      ChatFailed           a language model is unreachable, gives invalid answers or reached a limit
        RequestRefused     the endpoint refuses a request; others may succeed
      CriticFailed         a critic raised an unexpected exception; never counted as a low score
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
    """An imported scene cannot be read, or uses something that is not supported."""


class EngineUnavailable(UserError):
    """A simulator is not installed or cannot be installed."""


class EditRejected(SageError):
    """The edit cannot be done; nothing was changed. The message says what would work."""


class VariationRejected(SageError):
    """Too little of a scene could be varied, or too much was lost."""


class ToolRejected(SageError):
    """The edit is impossible. The message tells the planner what would work instead."""


class AssetNotFound(SageError):
    """No asset source provides this category.

    Args:
        category: the requested category.
        nearest: categories with the most similar names, for the message.
    """

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
