"""Planners, by rules, by language model and from edit instructions: what to do with a scene next."""
