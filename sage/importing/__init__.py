"""Importers of other projects' scenes, for judgement by the same critics. Nothing in them is executed."""
