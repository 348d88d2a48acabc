"""Writes scenes for simulators: one file a format, and the folder that holds them all."""
