"""Procedural surface patterns, texture maps and material transfer between assets."""
