"""Small things of desks and classrooms."""

from __future__ import annotations

from assets.family import Family

__all__ = ["FAMILIES"]

FAMILIES: tuple[Family, ...] = ()
