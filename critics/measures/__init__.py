"""Measures that critics are built from: contact, composition, mesh and image quality, visibility."""
