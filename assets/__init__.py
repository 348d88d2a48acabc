"""Procedural assets: parametric families, materials and the category knowledge base."""
