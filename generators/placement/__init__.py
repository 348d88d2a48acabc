"""Placement: candidate poses, free-space search, stocking of surfaces; shared by the edits."""
