"""Bathroom fixtures and what people keep beside them."""

from __future__ import annotations

from assets.family import Family

__all__ = ["FAMILIES"]

FAMILIES: tuple[Family, ...] = ()
