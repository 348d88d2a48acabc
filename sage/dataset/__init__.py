"""Reads datasets: manifest, scenes and their assets, from a folder or any fsspec URL; needs no engine."""

from sage.dataset.reader import Dataset, StoredScene, export_scene

__all__ = ["Dataset", "StoredScene", "export_scene"]
