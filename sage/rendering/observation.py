"""Ground-truth observations of a camera: depth, ids, normals, coordinates, and visibility of each object.

Rays end at the first surface, glass included, unless the observer was told to look through it. Cameras above
a ceiling do not see it. Numbers of things, parts and categories start at 1; 0 is nothing.
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
"""Left, top, right, bottom: pixels, both ends inside."""


@dataclass(frozen=True)
class Visibility:
    """Visibility of an object in an image."""

    thing: str
    pixels: int
    """That show it."""
    pixels_alone: int
    """That would show it if nothing else were there; of what lies within the picture."""
    box: Box | None
    """Around the pixels that show it."""
    box_alone: Box | None
    """Around those that would show it if nothing else were there."""
    cut: bool
    """Whether it reaches beyond the picture."""

    @property
    def unoccluded(self) -> float:
        """Share of what lies within the picture that is seen; 0 if nothing lies within."""
        return self.pixels / self.pixels_alone if self.pixels_alone else 0.0


@dataclass(frozen=True, eq=False)
class Frame:
    """Images of a camera; arrays have shape [height, width, ...], 0 where nothing is."""

    camera: Camera
    surfaces: Surfaces
    face: npt.NDArray[np.int32]
    """Row in `Surfaces.faces`, -1 for none."""
    bary: npt.NDArray[np.float32]
    """Weights of the triangle's second and third corner, [h, w, 2]."""
    depth: npt.NDArray[np.float32]
    """Along the camera's z [m]."""

    @property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Mask of pixels with a surface."""
        return self.face >= 0

    @cached_property
    def instances(self) -> npt.NDArray[np.uint16]:
        """Number of the thing: its place in `Surfaces.things`, from 1."""
        return self._numbers(self.surfaces.thing_of_face)

    @cached_property
    def parts(self) -> npt.NDArray[np.uint16]:
        """Number of the link: its place in `Surfaces.parts`, from 1."""
        return self._numbers(self.surfaces.part_of_face)

    def categories(self, numbers: dict[str, int]) -> npt.NDArray[np.uint16]:
        """Return the number of the category of each pixel."""
        table = np.array([0, *(numbers[thing.category] for thing in self.surfaces.things)], dtype=np.uint16)
        found: npt.NDArray[np.uint16] = table[self.instances]
        return found

    @cached_property
    def normals(self) -> npt.NDArray[np.float32]:
        """Unit normals of the triangles, on the side that is seen, in the world, [h, w, 3]."""
        normals = np.append(self.surfaces.face_normals, np.zeros((1, 3), np.float32), axis=0)[self.face]
        away = np.einsum("hwk,hwk->hw", normals, self.rays) > 0
        normals[away] *= -1.0
        return normals

    @property
    def camera_normals(self) -> npt.NDArray[np.float32]:
        """The same in the camera's frame, [h, w, 3]."""
        turn = rotation_matrix(self.camera.pose.orientation).astype(np.float32)
        found: npt.NDArray[np.float32] = np.einsum("hwi,ij->hwj", self.normals, turn)
        return found

    @cached_property
    def points(self) -> npt.NDArray[np.float32]:
        """Coordinates in the world [m], [h, w, 3]."""
        points = self.camera.eye.astype(np.float32) + self.rays * self.depth[..., None]
        points[~self.seen] = 0.0
        return points

    @property
    def object_points(self) -> npt.NDArray[np.float32]:
        """Coordinates in the frame of the thing that is seen, an object's asset frame [m], [h, w, 3]."""
        back = [thing.pose.inverse() for thing in self.surfaces.things]
        turns = np.array([np.zeros((3, 3)), *(rotation_matrix(p.orientation) for p in back)], np.float32)
        shifts = np.array([np.zeros(3), *(p.position for p in back)], np.float32)
        found = np.einsum("nij,nj->ni", turns[self.instances.ravel()], self.points.reshape(-1, 3))
        points: npt.NDArray[np.float32] = (found + shifts[self.instances.ravel()]).reshape(self.points.shape)
        return points

    @cached_property
    def rays(self) -> npt.NDArray[np.float32]:
        """Directions of the pixels in the world, of depth 1, [h, w, 3]."""
        return self.camera.rays().astype(np.float32)

    def _numbers(self, table: npt.NDArray[np.int32]) -> npt.NDArray[np.uint16]:
        found: npt.NDArray[np.uint16] = np.append(table + 1, 0).astype(np.uint16)[self.face]
        return found


class Observer:
    """Looks at surfaces.

    Args:
        surfaces: of a scene.
        through_glass: let rays go through what light comes through; its depth and ids are never seen then.
        without: ids of objects that rays go through too.
    """

    def __init__(
        self, surfaces: Surfaces, *, through_glass: bool = False, without: frozenset[str] = frozenset()
    ) -> None:
        self.surfaces = surfaces
        self._met = ~surfaces.clear_face if through_glass else np.ones(len(surfaces.faces), dtype=bool)
        if without:
            self._met[surfaces.faces_of(without)] = False
        self._whole: dict[bytes, RayCaster] = {}
        self._alone: dict[int, RayCaster] = {}
        self._vertices: dict[int, Array] = {}

    def look(self, camera: Camera) -> Frame:
        """Return what a camera sees."""
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
        """Return how much of each object there is in a picture, in the scene's order."""
        objects = [number for number, thing in enumerate(self.surfaces.things) if thing.kind == "object"]
        return tuple(self._visible(frame, number) for number in objects)

    def glimpse(self, camera: Camera, name: str) -> Visibility:
        """Return how much of one thing there is in a picture, without looking at all of the picture."""
        number = next(number for number, thing in enumerate(self.surfaces.things) if thing.name == name)
        rows, columns, cut = self._window(camera, number)
        v, u = np.mgrid[rows, columns]
        rays = camera.rays_through(u, v).astype(np.float32)
        hits = self._scene(camera).cast(camera.eye, rays.reshape(-1, 3))
        mine = np.append(self.surfaces.thing_of_face, -1)[hits.face] == number
        return self._alone_too(camera, number, mine.reshape(v.shape), rays, (rows, columns, cut))

    def _visible(self, frame: Frame, number: int) -> Visibility:
        window = self._window(frame.camera, number)
        rows, columns, _ = window
        mine = frame.instances[rows, columns] == number + 1
        return self._alone_too(frame.camera, number, mine, frame.rays[rows, columns], window)

    def _alone_too(
        self,
        camera: Camera,
        number: int,
        mine: npt.NDArray[np.bool_],
        rays: npt.NDArray[np.float32],
        window: tuple[slice, slice, bool],
    ) -> Visibility:
        """Compare where a window shows a thing with where it would if nothing else were there."""
        rows, columns, cut = window
        hits = self._caster(number).cast(camera.eye, rays.reshape(-1, 3))
        # A pixel that shows it would show it alone, whatever the last bit of a ray says.
        alone = (hits.face >= 0).reshape(mine.shape) | mine
        corner = (columns.start, rows.start)
        return Visibility(
            thing=self.surfaces.things[number].name,
            pixels=int(mine.sum()),
            pixels_alone=int(alone.sum()),
            box=_box(mine, corner),
            box_alone=_box(alone, corner),
            cut=cut,
        )

    def _scene(self, camera: Camera) -> RayCaster:
        met = self._met & self.surfaces.met_from(camera.pose.position[2])
        key = met.tobytes()
        if key not in self._whole:
            self._whole[key] = RayCaster(self.surfaces, met)
        return self._whole[key]

    def _caster(self, number: int) -> RayCaster:
        if number not in self._alone:
            mine = self.surfaces.thing_of_face == number
            self._alone[number] = RayCaster(self.surfaces, self._met & mine)
        return self._alone[number]

    def _corners(self, number: int) -> Array:
        """Return the vertices of a thing, shape [n, 3] [m]."""
        if number not in self._vertices:
            faces = self.surfaces.faces[self.surfaces.thing_of_face == number]
            self._vertices[number] = self.surfaces.vertices[np.unique(faces)]
        return self._vertices[number]

    def _window(self, camera: Camera, number: int) -> tuple[slice, slice, bool]:
        """Return the rows and columns that a thing may be in, and whether it reaches beyond."""
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
    """Return a number for each category: known ones by the alphabet from 1, then the scene's others.

    With the same `known`, known categories have the same number in every scene.
    """
    others = {thing.category for thing in surfaces.things} - set(known)
    return {name: number for number, name in enumerate([*sorted(set(known)), *sorted(others)], start=1)}


def _box(mask: npt.NDArray[np.bool_], corner: tuple[int, int]) -> Box | None:
    """Return the box around what is set in a window whose first pixel is `corner`."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    left, top = corner
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]), top + int(rows[-1])
