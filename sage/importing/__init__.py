"""Importers of scenes in MJCF, USD and SAGE layouts, which never execute or download anything."""
