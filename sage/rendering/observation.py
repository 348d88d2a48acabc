"""Ground-truth camera images: depth, segmentation, normals, coordinates and object visibility.

Rays end at the first surface, glass included unless the observer looks through it. Cameras above a ceiling do
not see it. Numbers of instances, parts and categories start at 1; 0 is background.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sage.geometry import Array, rotation_matrix
from sage.rendering.camera import Camera
from sage.rendering.raycast import RayCaster
from sage.rendering.surfaces import Surfaces

__all__ = ["Frame", "Observer", "Visibility", "category_numbers"]

Box = tuple[int, int, int, int]
"""Left, top, right and bottom pixel, all inclusive."""


@dataclass(frozen=True)
class Visibility:
    """Visibility of an object in an image."""

    thing: str
    """Name of the object or structural element."""
    pixels: int
    """Number of pixels that show it."""
    pixels_alone: int
    """Number of pixels inside the image that would show it if nothing occluded it."""
    box: Box | None
    """Bounding box of the visible pixels; None if there are none."""
    box_alone: Box | None
    """Bounding box of the pixels that would show it if nothing occluded it (amodal)."""
    cut: bool
    """Whether it extends beyond the image border."""

    @property
    def unoccluded(self) -> float:
        """Ratio of `pixels` to `pixels_alone`; 0 if no part of the object is inside the image."""
        return self.pixels / self.pixels_alone if self.pixels_alone else 0.0


@dataclass(frozen=True, eq=False)
class Frame:
    """Ground-truth images of a camera, of shape [height, width, ...], 0 where no surface is hit."""

    camera: Camera
    surfaces: Surfaces
    face: npt.NDArray[np.int32]
    """Row in `Surfaces.faces`, -1 for none, shape [h, w]."""
    bary: npt.NDArray[np.float32]
    """Barycentric weights of the triangle's second and third corner, shape [h, w, 2]."""
    depth: npt.NDArray[np.float32]
    """Distance along the camera's z axis [m], shape [h, w]."""

    @property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Mask of the pixels that show a surface, shape [h, w]."""
        return self.face >= 0

    @cached_property
    def instances(self) -> npt.NDArray[np.uint16]:
        """Instance segmentation: index in `Surfaces.things` plus 1, shape [h, w]."""
        return self._numbers(self.surfaces.thing_of_face)

    @cached_property
    def parts(self) -> npt.NDArray[np.uint16]:
        """Part segmentation by link: index in `Surfaces.parts` plus 1, shape [h, w]."""
        return self._numbers(self.surfaces.part_of_face)

    def categories(self, numbers: dict[str, int]) -> npt.NDArray[np.uint16]:
        """Return the semantic segmentation, shape [h, w].

        Args:
            numbers: Number of each category in the scene, as from `category_numbers`.
        """
        table = np.array([0, *(numbers[thing.category] for thing in self.surfaces.things)], dtype=np.uint16)
        found: npt.NDArray[np.uint16] = table[self.instances]
        return found

    @cached_property
    def normals(self) -> npt.NDArray[np.float32]:
        """Unit triangle normals that face the camera, in the world frame, shape [h, w, 3]."""
        normals = np.append(self.surfaces.face_normals, np.zeros((1, 3), np.float32), axis=0)[self.face]
        back_facing = np.einsum("hwk,hwk->hw", normals, self.rays) > 0
        normals[back_facing] *= -1.0
        return normals

    @property
    def camera_normals(self) -> npt.NDArray[np.float32]:
        """Unit triangle normals that face the camera, in the camera frame, shape [h, w, 3]."""
        turn = rotation_matrix(self.camera.pose.orientation).astype(np.float32)
        found: npt.NDArray[np.float32] = np.einsum("hwi,ij->hwj", self.normals, turn)
        return found

    @cached_property
    def points(self) -> npt.NDArray[np.float32]:
        """Surface points in the world frame [m], shape [h, w, 3]."""
        points = self.camera.eye.astype(np.float32) + self.rays * self.depth[..., None]
        points[~self.seen] = 0.0
        return points

    @property
    def object_points(self) -> npt.NDArray[np.float32]:
        """Surface points in the frame of the visible instance, for objects the asset frame [m], [h, w, 3]."""
        poses = [thing.pose.inverse() for thing in self.surfaces.things]
        rotations = np.array([np.zeros((3, 3)), *(rotation_matrix(p.orientation) for p in poses)], np.float32)
        shifts = np.array([np.zeros(3), *(p.position for p in poses)], np.float32)
        found = np.einsum("nij,nj->ni", rotations[self.instances.ravel()], self.points.reshape(-1, 3))
        points: npt.NDArray[np.float32] = (found + shifts[self.instances.ravel()]).reshape(self.points.shape)
        return points

    @cached_property
    def rays(self) -> npt.NDArray[np.float32]:
        """Ray directions of the pixels in the world frame, with a depth of 1, shape [h, w, 3]."""
        return self.camera.rays().astype(np.float32)

    def _numbers(self, table: npt.NDArray[np.int32]) -> npt.NDArray[np.uint16]:
        found: npt.NDArray[np.uint16] = np.append(table + 1, 0).astype(np.uint16)[self.face]
        return found


class Observer:
    """Ground-truth sensor for the surfaces of a scene.

    Args:
        surfaces: Surfaces of the scene.
        through_glass: Whether rays pass through transparent surfaces, which are then absent from all images.
        without: Ids of objects to leave out of all images.
    """

    def __init__(
        self, surfaces: Surfaces, *, through_glass: bool = False, without: frozenset[str] = frozenset()
    ) -> None:
        self.surfaces = surfaces
        self.through_glass = through_glass
        self._included = ~surfaces.clear_face if through_glass else np.ones(len(surfaces.faces), dtype=bool)
        if without:
            self._included[surfaces.faces_of(without)] = False
        self._whole: dict[bytes, RayCaster] = {}
        self._alone: dict[int, RayCaster] = {}
        self._vertices: dict[int, Array] = {}

    def look(self, camera: Camera) -> Frame:
        """Return the ground-truth images of a camera."""
        hits = self._scene(camera).cast(camera.eye, camera.rays().reshape(-1, 3))
        shape = (camera.height, camera.width)
        depth = np.where(hits.face < 0, np.float32(0), hits.distance)
        return Frame(
            camera,
            self.surfaces,
            hits.face.reshape(shape),
            hits.bary.reshape(*shape, 2),
            depth.reshape(shape),
        )

    def visibility(self, frame: Frame) -> tuple[Visibility, ...]:
        """Return the visibility of every object, in the order of the scene.

        Args:
            frame: Frame that this observer returned.
        """
        objects = [number for number, thing in enumerate(self.surfaces.things) if thing.kind == "object"]
        return tuple(self._visible(frame, number) for number in objects)

    def visibility_of(self, camera: Camera, name: str) -> Visibility:
        """Return the visibility of one object or structural element, casting rays only near it.

        Args:
            camera: Camera that observes the scene.
            name: Name of an entry of `Surfaces.things`.
        """
        number = next(number for number, thing in enumerate(self.surfaces.things) if thing.name == name)
        rows, columns, cut = self._window(camera, number)
        v, u = np.mgrid[rows, columns]
        rays = camera.rays_through(u, v).astype(np.float32)
        hits = self._scene(camera).cast(camera.eye, rays.reshape(-1, 3))
        shown = np.append(self.surfaces.thing_of_face, -1)[hits.face] == number
        return self._compare(camera, number, shown.reshape(v.shape), rays, (rows, columns, cut))

    def _visible(self, frame: Frame, number: int) -> Visibility:
        window = self._window(frame.camera, number)
        rows, columns, _ = window
        shown = frame.instances[rows, columns] == number + 1
        return self._compare(frame.camera, number, shown, frame.rays[rows, columns], window)

    def _compare(
        self,
        camera: Camera,
        number: int,
        shown: npt.NDArray[np.bool_],
        rays: npt.NDArray[np.float32],
        window: tuple[slice, slice, bool],
    ) -> Visibility:
        """Return the visibility of an instance from the pixels of an image window that show it.

        Args:
            camera: Camera that observes the scene.
            number: Index in `Surfaces.things`.
            shown: Mask of the window's pixels that show the instance, shape [h, w].
            rays: Ray directions of the window's pixels in the world frame, shape [h, w, 3].
            window: Rows and columns of the window, and whether the instance extends beyond the image.
        """
        rows, columns, cut = window
        hits = self._caster_alone(number).cast(camera.eye, rays.reshape(-1, 3))
        # Rounding may differ between the two ray casts; a visible pixel must count as visible alone too.
        alone = (hits.face >= 0).reshape(shown.shape) | shown
        corner = (columns.start, rows.start)
        return Visibility(
            thing=self.surfaces.things[number].name,
            pixels=int(shown.sum()),
            pixels_alone=int(alone.sum()),
            box=_box(shown, corner),
            box_alone=_box(alone, corner),
            cut=cut,
        )

    def _scene(self, camera: Camera) -> RayCaster:
        included = self._included & self.surfaces.visible_from(camera.pose.position[2])
        key = included.tobytes()
        if key not in self._whole:
            self._whole[key] = RayCaster(self.surfaces, included)
        return self._whole[key]

    def _caster_alone(self, number: int) -> RayCaster:
        if number not in self._alone:
            own = self.surfaces.thing_of_face == number
            self._alone[number] = RayCaster(self.surfaces, self._included & own)
        return self._alone[number]

    def _corners(self, number: int) -> Array:
        """Return the vertices of an instance in the world frame [m], shape [n, 3]."""
        if number not in self._vertices:
            faces = self.surfaces.faces[self.surfaces.thing_of_face == number]
            self._vertices[number] = self.surfaces.vertices[np.unique(faces)]
        return self._vertices[number]

    def _window(self, camera: Camera, number: int) -> tuple[slice, slice, bool]:
        """Return the rows and columns that bound an instance, and whether it extends beyond the image."""
        local = camera.pose.inverse().apply(self._corners(number))
        depth, reach = local[:, 2], np.array([camera.width, camera.height]) / 2 / camera.focal_px
        sides = local[:, :2, None] * (1, -1) > (depth[:, None] * reach)[..., None]
        if (depth <= 0).all() or sides.all(axis=0).any():
            return slice(0, 0), slice(0, 0), True
        if (depth <= 0).any():
            return slice(0, camera.height), slice(0, camera.width), True
        pixels, _ = camera.project(self._corners(number))
        size = np.array([camera.width, camera.height])
        low = np.clip(np.floor(pixels.min(axis=0)), 0, size).astype(int)
        high = np.clip(np.ceil(pixels.max(axis=0)) + 1, low, size).astype(int)
        cut = bool((pixels < -0.5).any() or (pixels > size - 0.5).any())
        (left, top), (right, bottom) = low.tolist(), high.tolist()
        return slice(top, bottom), slice(left, right), cut


def category_numbers(surfaces: Surfaces, known: Sequence[str] = ()) -> dict[str, int]:
    """Return a segmentation number, from 1, for each category.

    Known categories come first, in alphabetical order, so they have the same number in every scene; other
    categories of the scene follow.

    Args:
        surfaces: Surfaces of the scene.
        known: Categories of the whole data set.
    """
    others = {thing.category for thing in surfaces.things} - set(known)
    return {name: number for number, name in enumerate([*sorted(set(known)), *sorted(others)], start=1)}


def _box(mask: npt.NDArray[np.bool_], corner: tuple[int, int]) -> Box | None:
    """Return the bounding box in the image of a window's mask; `corner` is the window's first (u, v)."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    left, top = corner
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]), top + int(rows[-1])
