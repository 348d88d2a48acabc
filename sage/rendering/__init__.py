"""Cameras, lights, ray casting and rendering engines."""
