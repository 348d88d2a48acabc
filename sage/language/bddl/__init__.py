"""Reading tasks written in BDDL, the definition language of BEHAVIOR, and in LIBERO's dialect of it."""

from sage.language.bddl.reading import read_bddl

__all__ = ["read_bddl"]
