"""`sage schema`: print the JSON Schema of scene.json."""

from __future__ import annotations

from sage.service.commands.display import print_json

__all__ = ["schema"]


def schema() -> None:
    """Print the JSON Schema of scene.json."""
    from sage.scene import Scene

    print_json(Scene.model_json_schema())
