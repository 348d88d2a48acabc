"""Copies the materials of one asset to another of the same geometry and physics."""

from __future__ import annotations

from collections.abc import Iterator

from sage.asset import Asset, Material, Visual

__all__ = ["reskinned"]

_LOOKS = ("color", "finish")
"""Attributes that tell what an asset looks like."""


def reskinned(asset: Asset, donor: Asset) -> Asset | None:
    """Return an asset in the materials of another one of its kind, or None if none of them fits.

    A material gives way to one of the donor's of the same density and friction, if possible on the part of
    the same name; these two stay as they were, and with them everything that physics knows.
    """
    swaps = dict(_swaps(asset, donor))
    if all(swaps.get(visual.material, visual.material) == visual.material for visual in _visuals(asset)):
        return None
    links = tuple(
        link.model_copy(update={"visuals": tuple(_in(swaps, visual) for visual in link.visuals)})
        for link in asset.links
    )
    looks = {key: donor.attributes[key] for key in _LOOKS if key in donor.attributes}
    kept = {key: value for key, value in asset.attributes.items() if key not in _LOOKS}
    used = {str(value) for link in links for v in link.visuals for value in v.material.model_dump().values()}
    textures = asset.textures | donor.textures
    update = {
        "links": links,
        "attributes": kept | looks,
        "textures": {name: data for name, data in textures.items() if name in used},
    }
    return asset.model_copy(update=update | {"id": ""}).identified()


def _visuals(asset: Asset) -> Iterator[Visual]:
    return (visual for link in asset.links for visual in link.visuals)


def _swaps(asset: Asset, donor: Asset) -> Iterator[tuple[Material, Material]]:
    """Yield what each material of an asset gives way to."""
    there = {link.name: [v.material for v in link.visuals] for link in donor.links}
    everywhere = [visual.material for visual in _visuals(donor)]
    seen: set[Material] = set()
    for link in asset.links:
        for place, material in enumerate(v.material for v in link.visuals):
            if material in seen:
                continue
            seen.add(material)
            here = there.get(link.name, [])
            options = [m for m in (*here[place : place + 1], *here, *everywhere) if _alike(m, material)]
            if options:
                grip = {"density": material.density, "friction": material.friction}
                yield material, options[0].model_copy(update=grip)


def _alike(one: Material, other: Material) -> bool:
    """Return whether two materials are of the same kind."""
    return (one.density, one.friction, one.metallic) == (other.density, other.friction, other.metallic)


def _in(swaps: dict[Material, Material], visual: Visual) -> Visual:
    return visual.model_copy(update={"material": swaps.get(visual.material, visual.material)})
