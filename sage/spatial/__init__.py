"""Geometry of furnished rooms: layout, relations, support, free space and walkways."""
