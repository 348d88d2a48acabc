"""Placement of objects, shared by the edits: candidate poses, feasibility and search."""
