"""Planners: by rules, by a language model, for edit instructions and for variations."""
