"""Export formats by name; all share the mesh and image files below `assets/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sage.asset import AssetStore
from sage.export import format_names
from sage.export.gltf import glb_positions, scene_glb
from sage.export.mjcf import mjcf_positions, write_mjcf
from sage.export.sceneeval import sceneeval_positions, write_sceneeval
from sage.export.sdf import scene_sdf, sdf_positions
from sage.export.urdf import urdf_positions, write_urdf
from sage.export.usd import usd_positions, write_usd
from sage.geometry import Vec3
from sage.scene import Scene

__all__ = ["FORMATS", "Format", "choose_formats"]


@dataclass(frozen=True)
class Format:
    """Export format of a scene."""

    name: str
    main: str
    """File that contains the whole scene, relative to the scene folder."""
    write: Callable[[Scene, AssetStore, Path], None]
    """Writes all files into a scene folder that already contains `assets/`."""
    positions: Callable[[Path], dict[str, Vec3]]
    """Reads the position of each object in the world frame [m], by id, from the file `main`.

    Raises ExportError, ValueError or SyntaxError if the file is broken.
    """
    per_asset: str | None = None
    """File written for each asset, relative to the scene folder; `{0}` stands for the asset id."""
    more: tuple[str, ...] = ()
    """Other files, relative to the scene folder."""

    def files(self, scene: Scene) -> tuple[str, ...]:
        """Return the files that `write` creates, relative to the scene folder."""
        assets = sorted({item.asset for item in scene.objects}) if self.per_asset else ()
        return (self.main, *self.more, *(str(self.per_asset).format(name) for name in assets))


def _write_glb(scene: Scene, store: AssetStore, folder: Path) -> None:
    (folder / "scene.glb").write_bytes(scene_glb(scene, store))


def _write_sdf(scene: Scene, store: AssetStore, folder: Path) -> None:
    (folder / "scene.sdf").write_text(scene_sdf(scene, store))


FORMATS = {
    item.name: item
    for item in (
        Format("usd", "scene.usda", write_usd, usd_positions, "assets/{0}/{0}.usda"),
        Format("mjcf", "scene.xml", write_mjcf, mjcf_positions),
        Format("urdf", "urdf/scene.urdf", write_urdf, urdf_positions, "urdf/{0}.urdf", ("urdf/room.urdf",)),
        Format("glb", "scene.glb", _write_glb, glb_positions),
        Format("sdf", "scene.sdf", _write_sdf, sdf_positions),
        Format("sceneeval", "sceneeval/scene_0.json", write_sceneeval, sceneeval_positions),
    )
}
"""All export formats by name, in the order of reports and listings."""


def choose_formats(names: str | Sequence[str]) -> tuple[Format, ...]:
    """Return formats by name, each once, in their usual order.

    Args:
        names: a list of names, or one text with commas between them; `all` stands for every format.

    Raises:
        UserError: a name is unknown, or there is none.
    """
    return tuple(FORMATS[name] for name in format_names(names))
