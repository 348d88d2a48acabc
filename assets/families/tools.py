"""Tools, and what stands in workshops and sheds."""

from __future__ import annotations

from assets.family import Family

__all__ = ["FAMILIES"]

FAMILIES: tuple[Family, ...] = ()
