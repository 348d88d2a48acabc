"""USD importer for stages with UsdPhysics."""

from sage.importing.usd.stage import read_usd

__all__ = ["read_usd"]
