"""Readers of tasks in BDDL, BEHAVIOR's domain definition language, and in LIBERO's dialect of it."""

from sage.language.bddl.reading import read_bddl

__all__ = ["read_bddl"]
