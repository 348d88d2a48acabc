"""Reads prompts, edit instructions and BDDL into tasks."""
