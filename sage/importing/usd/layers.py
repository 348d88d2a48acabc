"""Checks the layers of a USD stage before it is composed."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pxr import Sdf

from sage.errors import SourceError
from sage.importing.limits import Source, bounded

__all__ = ["refuse_unsafe"]

_MAX_LAYERS = 5_000
_SUFFIXES = (".usd", ".usda", ".usdc", ".usdz")


def refuse_unsafe(path: Path, source: Source) -> None:
    """Reject layers outside the folder, on the network, or too many.

    Raises:
        SourceError: it names the layer and what it asks for.
    """
    waiting, seen = [path.resolve()], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        bounded("layers", len(seen), _MAX_LAYERS)
        if current.suffix.lower() == ".usdz":
            _refuse_unsafe_package(current)
            continue
        if current.suffix.lower() not in _SUFFIXES:
            raise SourceError(f"the scene refers to {current.name!r}, which is no USD layer")
        layer = Sdf.Layer.OpenAsAnonymous(str(current))
        _refuse_clips(layer, current.name)
        for reference in layer.GetCompositionAssetDependencies():
            name, arguments = Sdf.Layer.SplitIdentifier(reference)
            if arguments:
                raise SourceError(
                    f"{current.name!r} refers to {reference!r} with arguments; they are not taken"
                )
            if name.split("[")[0]:
                waiting.append(source.file(name.split("[")[0], current.parent))


def _refuse_clips(layer: Sdf.Layer, name: str) -> None:
    """Reject value clips, which refer to unchecked layers."""

    def look(path: Sdf.Path) -> None:
        spec = layer.GetPrimAtPath(path) if path.IsPrimPath() else None
        if spec and spec.HasInfo("clips"):
            raise SourceError(f"{name!r} has value clips at {path}; they are not read")

    layer.Traverse(Sdf.Path.absoluteRootPath, look)


def _refuse_unsafe_package(path: Path) -> None:
    """Reject a USDZ package with outside paths or excessive compression."""
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if entry.compress_type != zipfile.ZIP_STORED:
                raise SourceError(
                    f"{path.name!r} holds {entry.filename!r} compressed; USDZ does not allow it"
                )
            if entry.filename.startswith("/") or ".." in Path(entry.filename).parts:
                raise SourceError(f"{path.name!r} holds {entry.filename!r}, outside the package")
        for name in package.namelist():
            if Path(name).suffix.lower() in (".usd", ".usda", ".usdc"):
                layer = Sdf.Layer.OpenAsAnonymous(f"{path}[{name}]")
                _refuse_clips(layer, name)
                for reference in layer.GetCompositionAssetDependencies():
                    if "://" in reference or reference.startswith("/") or ".." in Path(reference).parts:
                        raise SourceError(f"{path.name!r} refers to {reference!r}, outside the package")
