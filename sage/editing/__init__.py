"""Editing a scene that exists: what was asked, which objects are meant, and the calls that do it."""
