"""Scenes that others made, as ours, so that the same critics judge them. Nothing in them is executed."""
