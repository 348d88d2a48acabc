"""Exporters: scene folders, simulator formats, datasets of frames, revisions."""
