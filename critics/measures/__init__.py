"""Measurements of scenes for critics: contact, composition, mesh and image quality, visibility."""
