"""Limits on the files and the complexity of imported scenes."""

from __future__ import annotations

import re
from pathlib import Path

from sage.errors import SourceError

__all__ = ["MAX_BODIES", "MAX_COUNT", "MAX_PIECES", "MAX_VERTICES", "Source", "bounded"]

MAX_BODIES = 3_000
"""Largest number of bodies."""
MAX_PIECES = 30_000
"""Largest number of convex pieces, of all bodies."""
MAX_VERTICES = 5_000_000
"""Largest number of mesh vertices, of all meshes."""
MAX_COUNT = 5_000
"""Largest number of copies of one element."""
_MAX_FILES = 5_000
_MAX_FILE_BYTES = 512 * 2**20
_MAX_BYTES = 2 * 2**30
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:")


def bounded(what: str, count: int, limit: int) -> None:
    """Check a count against its limit.

    Args:
        what: plural noun of what is counted, for the message.
        count: number in the scene.
        limit: largest number allowed.

    Raises:
        SourceError: `count` is above `limit`.
    """
    if count > limit:
        raise SourceError(f"the scene has {count} {what}, but at most {limit} are supported; split the scene")


class Source:
    """Files that an imported scene may refer to: inside one folder and within size limits."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._sizes: dict[Path, int] = {}

    def file(self, reference: str, base: Path) -> Path:
        """Return the path of a file that the scene refers to.

        Args:
            reference: path in the scene, relative to `base`.
            base: folder of the file that contains the reference.

        Raises:
            SourceError: the reference is a network address, or the file is outside the root, missing or too
                large; or the files together exceed a limit.
        """
        if _SCHEME.match(reference) or reference.startswith(("//", "\\\\")):
            raise SourceError(
                f"the scene refers to {reference!r}, but nothing is fetched; put the file beside the scene"
            )
        if "\0" in reference:
            raise SourceError(
                f"the scene refers to {reference!r}, whose name contains a zero byte; rename the file"
            )
        path = (base / reference).resolve()
        if not path.is_relative_to(self.root):
            raise SourceError(
                f"the scene refers to {reference!r}, which is outside {self.root.name!r}; "
                "set --root to a folder that contains all files"
            )
        if not path.is_file():
            raise SourceError(f"the scene refers to {reference!r}, which is not there; add the file")
        self._sizes[path] = path.stat().st_size
        if self._sizes[path] > _MAX_FILE_BYTES:
            raise SourceError(
                f"{reference!r} has {self._sizes[path]} bytes, the limit is {_MAX_FILE_BYTES}; reduce it"
            )
        bounded("files", len(self._sizes), _MAX_FILES)
        bounded("bytes in its files", sum(self._sizes.values()), _MAX_BYTES)
        return path
