"""Collision-free placement of objects on support surfaces."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sage.asset import Asset
from sage.geometry import Pose
from sage.scene import Placement, SceneObject
from sage.spatial.layout import Layout, Located, Patch
from sage.spatial.predicates import part_name, serves
from sage.spatial.space import MARGIN_M, Space
from sage.spatial.surface_poses import ASKEW_RAD, grid_poses, sampled_poses, upright_poses
from sage.spatial.walkway import ARM_M, EYE_HEIGHT_M, Walkway
from sage.task import FLOOR

__all__ = ["HAND_HEIGHT_M", "SurfaceSearch", "patches_for"]

HAND_HEIGHT_M = (0.3, EYE_HEIGHT_M)
"""Heights of surfaces that a standing robot reaches and sees from above [m]."""

_CAVITY_MARGIN_M = 0.0015
"""Air to keep between objects in a cavity [m]."""
_MAX_UNPREFERRED = 24
"""Free poses on a patch that are rejected for not being preferred, at most."""
_MAIN_SURFACES = ("top", "inside")
_REACH_M = ARM_M - 0.12
"""Largest distance from a robot's base to an object placed for it [m]; see `ARM_M`."""


def patches_for(placement: Placement, support: Located, part: str | None = None) -> list[Patch]:
    """Return the surfaces of a support on which an object is `on`, or `in`, the support, best first.

    Surfaces at a height that a robot reaches and sees come first, of these the top.

    Args:
        placement: `on` or `in`.
        support: the support.
        part: only this surface, such as `drawer_1`; see `part_name`.
    """
    patches = [patch for patch in support.patches if serves(patch.surface, placement, support.asset)]
    if part is not None:
        name = part_name(part, tuple(s.name for s in support.asset.surfaces))
        patches = [patch for patch in patches if patch.surface.name == name]
    return sorted(patches, key=lambda patch: (not _is_handy(patch), patch.surface.name not in _MAIN_SURFACES))


def _is_handy(patch: Patch) -> bool:
    low, high = HAND_HEIGHT_M
    return low <= patch.z <= high


@dataclass(frozen=True)
class SurfaceSearch:
    """Search for collision-free poses on surfaces.

    The objects that it returns have their pose, support, support part and placement set. On a rug they stand
    on the floor, since rugs carry nothing.
    """

    layout: Layout
    """Objects in the scene."""
    space: Space
    """Occupied space of the room."""
    walkway: Walkway | None = None
    """Free floor; if given, objects must be within a robot's reach."""
    accepts: Callable[[Located], bool] | None = None
    """Further condition on a pose."""
    prefers: Callable[[Located], bool] | None = None
    """Condition on better poses; if none of the first free poses meets it, the first one is taken."""

    def first_free(
        self,
        item: SceneObject,
        asset: Asset,
        patch: Patch,
        poses: Iterable[Pose],
        margin: float | None = None,
    ) -> Located | None:
        """Return an object at the first free one of some poses on a patch, or None.

        Args:
            item: the object.
            asset: its asset.
            patch: the surface.
            poses: poses `world_from_object`, best first.
            margin: air to keep to other objects [m]; by default 8 mm, and 1.5 mm in a cavity.
        """
        update: dict[str, object] = {
            "support": patch.owner,
            "support_part": patch.surface.name,
            "placement": patch.surface.placement,
        }
        if self.layout[patch.owner].item.covering:
            update = {"support": FLOOR, "support_part": None, "placement": "on"}
        if margin is None:
            is_cavity = patch.surface.placement == "in" and not patch.surface.shelf
            margin = _CAVITY_MARGIN_M if is_cavity else MARGIN_M
        nest = self._stack(item.category, patch.owner) if patch.surface.nests else frozenset()
        first, unpreferred = None, 0
        for pose in poses:
            located = Located(item.model_copy(update=update | {"pose": pose}), asset)
            if self.walkway is not None and self.walkway.distance(located) > _REACH_M:
                continue
            if self.accepts is not None and not self.accepts(located):
                continue
            if self.space.obstacle(located, margin=margin, nest=nest) is None:
                if self.prefers is None or self.prefers(located):
                    return located
                first, unpreferred = first or located, unpreferred + 1
                if unpreferred == _MAX_UNPREFERRED:
                    break
        return first

    def sampled(
        self,
        item: SceneObject,
        asset: Asset,
        patches: Iterable[Patch],
        rng: np.random.Generator,
        *,
        back: bool = False,
        askew: float = ASKEW_RAD,
    ) -> Located | None:
        """Return an object at a sampled free pose on the first patch that has one, or None.

        Args:
            item: the object.
            asset: its asset.
            patches: the surfaces, best first.
            rng: random generator.
            back: sample only the rear of each patch.
            askew: standard deviation of the heading from square to the patch [rad].
        """
        fallback = None
        for patch in patches:
            owner = self.layout[patch.owner].item
            poses = sampled_poses(patch, owner, asset, rng, back=back, askew=askew)
            if self.accepts is not None or self.prefers is not None:
                poses = itertools.chain(poses, grid_poses(patch, asset))
            located = self.first_free(item, asset, patch, poses)
            if located is not None and (self.prefers is None or self.prefers(located)):
                return located
            fallback = fallback or located
        return fallback

    def has_room(
        self, item: SceneObject, asset: Asset, patches: list[Patch], rng: np.random.Generator
    ) -> bool:
        """Return whether one of some patches has a free pose for an object, flat, on edge or on end."""
        if self.sampled(item, asset, patches, rng) is not None:
            return True
        for patch in patches:
            upright = upright_poses(patch, asset) if patch.surface.placement == "in" else ()
            poses = itertools.chain(grid_poses(patch, asset), upright)
            if self.first_free(item, asset, patch, poses) is not None:
                return True
        return False

    def _stack(self, category: str, owner: str) -> frozenset[str]:
        """Return the ids of a stack of objects of one category, from an owner downwards."""
        found: set[str] = set()
        while owner in self.layout and self.layout[owner].item.category == category:
            found.add(owner)
            owner = self.layout[owner].item.support
        return frozenset(found)
