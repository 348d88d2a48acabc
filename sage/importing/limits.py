"""Limits on imported scenes: files inside their folder, of bounded size and number."""

from __future__ import annotations

import re
from pathlib import Path

from sage.errors import SourceError

__all__ = ["MAX_BODIES", "MAX_COUNT", "MAX_PIECES", "MAX_VERTICES", "Source", "bounded"]

MAX_BODIES = 3_000
MAX_PIECES = 30_000
"""Convex pieces of all bodies together."""
MAX_VERTICES = 5_000_000
MAX_COUNT = 5_000
"""Copies that one element of a scene may be multiplied into."""
_MAX_FILES = 5_000
_MAX_FILE_BYTES = 512 * 2**20
_MAX_BYTES = 2 * 2**30
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:")


def bounded(what: str, count: int, limit: int) -> None:
    """Check a count against its limit.

    Raises:
        SourceError: `count` is above `limit`.
    """
    if count > limit:
        raise SourceError(f"the scene has {count} {what}; at most {limit} are judged: split it")


class Source:
    """Files that an imported scene may read: below one folder, within size limits."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._sizes: dict[Path, int] = {}

    def file(self, reference: str, base: Path) -> Path:
        """Return the file of a reference, relative to the folder `base`.

        Raises:
            SourceError: it is a network address, lies outside the root, is missing or too large.
        """
        if _SCHEME.match(reference) or reference.startswith(("//", "\\\\")):
            raise SourceError(
                f"the scene refers to {reference!r}; nothing is fetched: put the file beside it"
            )
        if "\0" in reference:
            raise SourceError("the scene refers to a file whose name holds a zero byte")
        path = (base / reference).resolve()
        if not path.is_relative_to(self.root):
            raise SourceError(
                f"the scene refers to {reference!r}, outside {self.root.name!r}; "
                "give the folder that holds everything with --root"
            )
        if not path.is_file():
            raise SourceError(f"the scene refers to {reference!r}, which is not there")
        self._sizes[path] = path.stat().st_size
        if self._sizes[path] > _MAX_FILE_BYTES:
            raise SourceError(f"{reference!r} has {self._sizes[path]} bytes; the limit is {_MAX_FILE_BYTES}")
        bounded("files", len(self._sizes), _MAX_FILES)
        bounded("bytes in its files", sum(self._sizes.values()), _MAX_BYTES)
        return path
