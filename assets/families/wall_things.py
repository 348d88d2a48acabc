"""What hangs on walls and from ceilings, and at windows."""

from __future__ import annotations

from assets.family import Family

__all__ = ["FAMILIES"]

FAMILIES: tuple[Family, ...] = ()
