"""Conformance of every asset family."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import MultiPoint, Point

from sage.asset import Asset, Link
from sage.assets.families import FAMILIES
from sage.assets.family import Family
from sage.assets.parametric import ParametricAssets
from sage.assets.part_limits import PART_LIMITS
from sage.assets.vocabulary import TableVocabulary
from sage.generators.recipes import room_types
from sage.geometry import Array

SEEDS = (0, 1, 2)
ALL = pytest.mark.parametrize("family", FAMILIES, ids=[family.category for family in FAMILIES])
MOVING = {"drawer", "door", "lid"}


@cache
def made(category: str, seed: int, size: str = "") -> Asset:
    attributes = {"size": size} if size else None
    return ParametricAssets().make(category, np.random.default_rng(seed), attributes)


def variants(family: Family) -> list[Asset]:
    drawn = [made(family.category, seed) for seed in SEEDS]
    return [*drawn, made(family.category, 0, "small"), made(family.category, 0, "large")]


def parts_of(asset: Asset) -> dict[str, int]:
    """Count drawers, doors and lids that move, and boards and compartments."""
    moving = [joint.opens for joint in asset.joints if joint.opens in MOVING]
    fixed = [surface.name.partition("_")[0] for surface in asset.surfaces]
    counted = {kind: moving.count(kind) for kind in MOVING}
    return counted | {kind: fixed.count(kind) for kind in ("shelf", "compartment")}


@ALL
def test_no_piece_has_more_parts_than_is_known_of_its_family(family: Family) -> None:
    known = PART_LIMITS.get(family.category, {})
    counts = [parts_of(asset) for asset in variants(family)]
    assert all(count <= known.get(kind, 0) for found in counts for kind, count in found.items())
    assert all(any(found[kind] for found in counts) for kind in known)


def distance(a: tuple[Array, Array], b: tuple[Array, Array]) -> float:
    """Return how far apart two convex pieces (points, faces) are at least [m]; negative: how deep."""
    directions = []
    axes = []
    for points, faces in (a, b):
        edges = points[np.roll(faces, -1, axis=1)] - points[faces]
        axes.append(np.cross(edges[:, 0], edges[:, 1]))
        edges = edges.reshape(-1, 3)
        edges = edges / np.linalg.norm(edges, axis=1, keepdims=True)
        directions.append(np.unique((edges * np.where(edges[:, :1] < 0, -1, 1)).round(4), axis=0))
    gap = separation(a[0], b[0], np.concatenate(axes))
    if gap > 0.002:
        return gap
    crossed = np.cross(directions[0][:, None], directions[1][None]).reshape(-1, 3)
    return max(gap, separation(a[0], b[0], crossed))


def separation(a: Array, b: Array, axes: Array) -> float:
    length = np.linalg.norm(axes, axis=1)
    axes = axes[length > 1e-9] / length[length > 1e-9, None]
    on_a, on_b = a @ axes.T, b @ axes.T
    apart = np.maximum(on_a.min(0) - on_b.max(0), on_b.min(0) - on_a.max(0))
    return float(apart.max(initial=-np.inf))


def pieces(asset: Asset, link: Link, positions: dict[str, float]) -> list[tuple[Array, Array]]:
    pose = asset.link_poses(positions)[link.name]
    return [(pose.apply(collider.points), collider.faces) for collider in link.colliders]


def centre_of_mass(asset: Asset, positions: dict[str, float]) -> Array:
    poses = asset.link_poses(positions)
    return sum(link.mass * poses[link.name].apply(link.com) for link in asset.links) / asset.mass


@ALL
def test_the_same_seed_makes_the_same_asset_and_another_seed_another(family: Family) -> None:
    made_twice = ParametricAssets().make(family.category, np.random.default_rng(0))
    assert made_twice.id == made(family.category, 0).id
    assert len({made(family.category, seed).id for seed in SEEDS}) == len(SEEDS)


@ALL
def test_a_size_is_within_the_range_of_its_family(family: Family) -> None:
    for asset in variants(family):
        assert (np.array(asset.size) >= np.array(family.low) - 0.02).all(), asset.size
        assert (np.array(asset.size) <= np.array(family.most or family.high) + 0.02).all(), asset.size
    for asset in variants(family)[: len(SEEDS) + 1]:
        assert (np.array(asset.size) <= np.array(family.high) + 0.02).all(), asset.size


@ALL
def test_sizes_and_masses_are_like_those_that_are_known(family: Family) -> None:
    known = TableVocabulary(room_types()).find(family.category)
    assert known is not None
    for asset in variants(family):
        share = np.array(asset.size) / np.array(known.size)
        assert (share >= 0.5).all(), (asset.size, known.size)
        assert (share <= 2.0).all(), (asset.size, known.size)
        assert 0.4 * known.mass <= asset.mass <= 2.5 * known.mass, (asset.mass, known.mass)


@ALL
def test_the_origin_is_the_middle_of_the_footprint_on_the_bottom(family: Family) -> None:
    for asset in variants(family):
        poses = asset.link_poses()
        points = [poses[lk.name].apply(v.mesh.vertices) for lk in asset.links for v in lk.visuals]
        low, high = np.min([p.min(0) for p in points], axis=0), np.max([p.max(0) for p in points], axis=0)
        expected_low, expected_high = asset.bounds
        assert np.allclose(low, expected_low, atol=1e-6)
        assert np.allclose(high, expected_high, atol=1e-6)


@ALL
def test_what_touches_lies_within_what_is_seen(family: Family) -> None:
    for asset in variants(family):
        low, high = asset.bounds
        points = asset.collision_points()
        assert (points.min(0) > low - 0.005).all(), points.min(0) - low
        assert (points.max(0) < high + 0.005).all(), points.max(0) - high


@ALL
def test_every_corner_has_a_normal(family: Family) -> None:
    for asset in variants(family):
        for visual in (visual for link in asset.links for visual in link.visuals):
            assert np.allclose(np.linalg.norm(visual.mesh.normals, axis=1), 1.0, atol=1e-6)


@ALL
def test_inertias_are_those_of_a_body(family: Family) -> None:
    for asset in variants(family):
        for link in asset.links:
            xx, yy, zz, xy, xz, yz = link.inertia
            a, b, c = np.linalg.eigvalsh(np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]))
            assert a > 0, link.name
            assert a + b >= c * (1 - 1e-6), link.name


@ALL
def test_surfaces_lie_inside_the_asset_and_belong_to_it(family: Family) -> None:
    for asset in variants(family):
        low, high = asset.bounds
        poses = asset.link_poses()
        names = [surface.name for surface in asset.surfaces]
        assert len(set(names)) == len(names)
        for surface in asset.surfaces:
            center = poses[surface.link].apply(surface.center)
            half = np.array([*surface.size, 0.0]) / 2
            assert (half[:2] > 0).all(), surface.name
            assert (center - half > low - 1e-4).all(), surface.name
            assert (center + half < high + 1e-4).all(), surface.name
            assert surface.height is None or surface.height > 0, surface.name
            assert surface.joint is None or asset.joint(surface.joint).opens in MOVING


@ALL
def test_joints_have_a_unit_axis_and_a_range_and_stay_put(family: Family) -> None:
    for asset in variants(family):
        for joint in asset.joints:
            assert joint.lower < joint.upper
            assert np.linalg.norm(joint.axis) == pytest.approx(1.0)
            assert joint.friction > 0
            assert joint.damping > 0


@ALL
def test_moving_parts_are_clear_of_the_rest_through_their_range(family: Family) -> None:
    for seed in SEEDS[:2]:
        asset = made(family.category, seed)
        still = {link.name: pieces(asset, link, {}) for link in asset.links}
        for joint in asset.joints:
            for share in (0.0, 0.04, 0.3, 0.6, 1.0):
                position = joint.lower + share * (joint.upper - joint.lower)
                moved = pieces(asset, asset.link(joint.child), {joint.name: position})
                for name, others in still.items():
                    if name == joint.child:
                        continue
                    for one in moved:
                        for other in others:
                            assert _clear(one, other), f"{joint.name} at {position:.2f} enters {name}"


def _clear(a: tuple[Array, Array], b: tuple[Array, Array]) -> bool:
    if (a[0].min(0) > b[0].max(0)).any() or (b[0].min(0) > a[0].max(0)).any():
        return True
    return distance(a, b) > 0


@ALL
def test_what_stands_on_the_floor_does_not_tip_with_everything_open(family: Family) -> None:
    if family.mount != "floor" or family.covering:
        return
    for asset in variants(family):
        points = asset.collision_points()
        feet = MultiPoint(points[points[:, 2] < 0.001][:, :2]).convex_hull
        for positions in ({}, {joint.name: joint.upper for joint in asset.joints}):
            x, y, _ = centre_of_mass(asset, positions)
            assert feet.contains(Point(x, y)), (x, y)
            assert feet.exterior.distance(Point(x, y)) > 0.02 or family.fixed


@ALL
def test_saving_and_loading_keeps_the_asset(family: Family, tmp_path: Path) -> None:
    asset = made(family.category, 0)
    asset.save(tmp_path / asset.id)
    loaded = Asset.load(tmp_path / asset.id)
    assert loaded.identified().id == asset.id
    assert loaded.mass == pytest.approx(asset.mass)


def test_no_two_families_make_the_same_category() -> None:
    for one, other in combinations(FAMILIES, 2):
        assert one.category != other.category
