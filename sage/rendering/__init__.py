"""Cameras, lighting, ray casting and rendering engines."""
