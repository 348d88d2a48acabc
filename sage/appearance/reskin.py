"""Transfer of materials from one asset to another without a change of geometry or physics."""

from __future__ import annotations

from collections.abc import Iterator

from sage.asset import Asset, Material, Visual

__all__ = ["reskinned"]

_LOOKS = ("color", "finish")
"""Asset attributes that describe its appearance."""


def reskinned(asset: Asset, donor: Asset) -> Asset | None:
    """Return a copy of an asset with the materials of another asset.

    A material is replaced by one of the donor's with the same density, friction and metalness, preferably
    from the link of the same name, so physical properties do not change.

    Args:
        asset: Asset to copy.
        donor: Asset that provides materials, texture maps and appearance attributes.

    Returns:
        The copy under a new id, or None if no material would change.
    """
    replacements = dict(_replacements(asset, donor))
    if all(replacements.get(v.material, v.material) == v.material for v in _visuals(asset)):
        return None
    links = tuple(
        link.model_copy(update={"visuals": tuple(_replaced(v, replacements) for v in link.visuals)})
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


def _replacements(asset: Asset, donor: Asset) -> Iterator[tuple[Material, Material]]:
    """Yield each material of an asset that has a replacement, and the replacement."""
    donor_link_materials = {link.name: [v.material for v in link.visuals] for link in donor.links}
    donor_materials = [visual.material for visual in _visuals(donor)]
    seen: set[Material] = set()
    for link in asset.links:
        for index, material in enumerate(v.material for v in link.visuals):
            if material in seen:
                continue
            seen.add(material)
            same_link = donor_link_materials.get(link.name, [])
            candidates = (*same_link[index : index + 1], *same_link, *donor_materials)
            options = [other for other in candidates if _compatible(other, material)]
            if options:
                physical = {"density": material.density, "friction": material.friction}
                yield material, options[0].model_copy(update=physical)


def _compatible(one: Material, other: Material) -> bool:
    """Return whether two materials agree in density, friction and metalness."""
    return (one.density, one.friction, one.metallic) == (other.density, other.friction, other.metallic)


def _replaced(visual: Visual, replacements: dict[Material, Material]) -> Visual:
    return visual.model_copy(update={"material": replacements.get(visual.material, visual.material)})
