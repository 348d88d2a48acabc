"""Safety checks of USD layers before a stage is composed."""

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
    """Refuse a USD file if it, or a layer that it refers to, is unsafe.

    Args:
        path: USD file.
        source: files that the scene may read.

    Raises:
        SourceError: a layer is missing, too large, not USD, outside the root or on a network; it has
            arguments, value clips or an invalid package; or there are too many layers.
    """
    pending, seen = [path.resolve()], set()
    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen.add(current)
        bounded("layers", len(seen), _MAX_LAYERS)
        if current.suffix.lower() == ".usdz":
            _refuse_unsafe_package(current)
            continue
        if current.suffix.lower() not in _SUFFIXES:
            raise SourceError(f"the scene refers to {current.name!r}, which is not a USD layer")
        layer = Sdf.Layer.OpenAsAnonymous(str(current))
        _refuse_clips(layer, current.name)
        for reference in layer.GetCompositionAssetDependencies():
            name, arguments = Sdf.Layer.SplitIdentifier(reference)
            if arguments:
                raise SourceError(
                    f"{current.name!r} refers to {reference!r} with arguments, which are not supported"
                )
            if name.split("[")[0]:
                pending.append(source.file(name.split("[")[0], current.parent))


def _refuse_clips(layer: Sdf.Layer, name: str) -> None:
    """Refuse value clips, which refer to unchecked layers."""

    def check(path: Sdf.Path) -> None:
        spec = layer.GetPrimAtPath(path) if path.IsPrimPath() else None
        if spec and spec.HasInfo("clips"):
            raise SourceError(f"{name!r} has value clips at {path}, which are not supported")

    layer.Traverse(Sdf.Path.absoluteRootPath, check)


def _refuse_unsafe_package(path: Path) -> None:
    """Refuse a USDZ package with compressed files, paths outside the package, or value clips."""
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if entry.compress_type != zipfile.ZIP_STORED:
                raise SourceError(
                    f"{path.name!r} contains {entry.filename!r} compressed, which USDZ does not allow"
                )
            if entry.filename.startswith("/") or ".." in Path(entry.filename).parts:
                raise SourceError(f"{path.name!r} contains {entry.filename!r}, which is outside the package")
        for name in package.namelist():
            if Path(name).suffix.lower() in (".usd", ".usda", ".usdc"):
                layer = Sdf.Layer.OpenAsAnonymous(f"{path}[{name}]")
                _refuse_clips(layer, name)
                for reference in layer.GetCompositionAssetDependencies():
                    if "://" in reference or reference.startswith("/") or ".." in Path(reference).parts:
                        raise SourceError(
                            f"{path.name!r} refers to {reference!r}, which is outside the package"
                        )
