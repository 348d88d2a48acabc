"""Ray-casting CPU renderer with shading in NumPy; an image takes about half a second.

Illuminance by windows and lamps is sampled with shadows at every fourth pixel and interpolated along surfaces
(`sage.rendering.irradiance`); direct sun is evaluated per pixel. Indirect light is a mean over the scene
(`sage.rendering.lighting`), reduced by ambient obscurance (Zhukov et al. 1998). Edges get three samples per
pixel.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sage.geometry import Array
from sage.rendering.camera import Camera
from sage.rendering.exposure import exposure, tone_mapped
from sage.rendering.irradiance import RAY_OFFSET_M, Irradiance, Points, direct_sun
from sage.rendering.lighting import GLOW_M, SHADE_M2, Lighting
from sage.rendering.raycast import Hits, RayCaster
from sage.rendering.surfaces import Surfaces
from sage.rendering.texels import base_colours, srgb_to_linear, vertex_values

__all__ = ["BACKGROUND", "FastRenderer"]

Floats = npt.NDArray[np.float32]

_COARSE, _FINE_PX = 4, 160
"""Spacing of the illuminance grid [px], and the least number of its columns."""
_EDGE_OFFSETS = ((-0.33, 0.2), (0.33, -0.2))
"""Additional samples of an edge pixel, (u, v) from its centre [px]."""
_EDGE_COSINE = 0.9
"""Cosine between adjacent triangle normals below which there is an edge."""
BACKGROUND = (244, 245, 247)
"""Background colour of cutaway images, sRGB, 0..255."""
_DIELECTRIC = 0.04
"""Reflectance of dielectrics at normal incidence."""
_MIRROR = 0.2
"""Roughness up to which a metal is rendered as a mirror."""


class FastRenderer:
    """Ray-casting renderer of fixed surfaces under fixed lighting.

    Args:
        surfaces: Surfaces of a scene.
        light: Lighting of the scene.
        hidden: Names of objects, structural elements and walls to leave out of images; a wall includes its
            doors, windows and trim. They still cast shadows.
    """

    def __init__(self, surfaces: Surfaces, light: Lighting, hidden: frozenset[str] = frozenset()) -> None:
        self._surfaces = surfaces
        self._light = light
        self._seen = ~surfaces.faces_of(hidden)
        panes = surfaces.clear_face & self._seen
        self._panes = RayCaster(surfaces, panes)
        self._glass = surfaces.vertices[np.unique(surfaces.faces[panes])]
        self._solid: dict[bytes, tuple[RayCaster, ...]] = {}

    def picture(self, camera: Camera) -> npt.NDArray[np.uint8]:
        """Return the image of a camera, sRGB, shape [height, width, 3]."""
        return self._render(camera).colours(_window(camera, self._glass))

    def factors(self, camera: Camera) -> Floats:
        """Return the exposure and white-balance factors of a camera's image, RGB, shape [3]."""
        return self._render(camera).factors

    def hits(self, camera: Camera) -> Hits:
        """Return the first opaque surface at each pixel of a camera, row by row."""
        rays = camera.rays().reshape(-1, 3)
        return self._solid_from(camera)[0].cast(camera.eye, rays)

    def _render(self, camera: Camera) -> _Picture:
        return _Picture(self._surfaces, self._light, camera, self._panes, self._solid_from(camera))

    def _solid_from(self, camera: Camera) -> tuple[RayCaster, ...]:
        """Return ray casters of the opaque triangles visible to the camera, and of those that are not."""
        seen = self._surfaces.visible_from(camera.pose.position[2]) & self._seen
        key = seen.tobytes()
        if key not in self._solid:
            solid = ~self._surfaces.clear_face
            self._solid[key] = tuple(RayCaster(self._surfaces, part & solid) for part in (seen, ~seen))
        return self._solid[key]


def _window(camera: Camera, points: Array) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the image region that may show given points [px]."""
    pixels, depth = camera.project(points)
    if not len(points) or (depth <= 0).all():
        return math.inf, math.inf, -math.inf, -math.inf
    if (depth <= 0).any():
        return -math.inf, -math.inf, math.inf, math.inf
    (left, top), (right, bottom) = pixels.min(axis=0).tolist(), pixels.max(axis=0).tolist()
    return left, top, right, bottom


class _Picture:
    """State of rendering one image."""

    def __init__(
        self,
        surfaces: Surfaces,
        light: Lighting,
        camera: Camera,
        panes: RayCaster,
        solid: tuple[RayCaster, ...],
    ) -> None:
        self._surfaces, self._light, self._camera = surfaces, light, camera
        self._panes, self._solid = panes, solid
        self._step = max(1, min(_COARSE, camera.width // _FINE_PX))
        materials = [look.material for look in surfaces.looks]
        self._metallic = np.array([material.metallic for material in materials], np.float32)
        self._roughness = np.array([material.roughness for material in materials], np.float32)
        self._rgba = np.array([material.rgba for material in materials], np.float32).reshape(-1, 4)
        self._rays = camera.rays().astype(np.float32).reshape(-1, 3)
        self._hits = self._solid[0].cast(camera.eye, self._rays)
        self._illuminance = self._sampled_illuminance(self._rays, self._hits)
        v, u = np.mgrid[: camera.height, : camera.width].reshape(2, -1).astype(np.float32)
        self._v, self._u = v, u
        self._hit_rows = np.flatnonzero(self._hits.face >= 0)
        self._hit_radiance = self._radiance(self._rays, self._hits, self._hit_rows, u, v)
        self.factors = exposure(self._hit_radiance, light)

    def colours(self, glass: tuple[float, float, float, float]) -> npt.NDArray[np.uint8]:
        """Return the image, sRGB, shape [height, width, 3].

        Args:
            glass: Left, top, right and bottom of the image region that may show panes [px].
        """
        camera, hits = self._camera, self._hits
        self._glass = glass
        self._sky = self._background()
        colours = self._display(self._rays, hits, self._hit_rows, self._hit_radiance, self._u, self._v)
        edges = np.flatnonzero(self._edges(hits))
        smooth = colours[edges]
        for right, down in _EDGE_OFFSETS:
            smooth += self._offset_colours(edges, right, down, hits, colours)
        colours[edges] = smooth / (1 + len(_EDGE_OFFSETS))
        picture: npt.NDArray[np.uint8] = (np.clip(colours, 0, 1) * 255 + 0.5).astype(np.uint8)
        return picture.reshape(camera.height, camera.width, 3)

    def _offset_colours(
        self, pixels: npt.NDArray[np.intp], right: float, down: float, hits: Hits, colours: Floats
    ) -> Floats:
        """Return the display colours at an offset from pixel centres, shape [n, 3].

        The colour of a neighbouring pixel is reused if it shows the same surface; otherwise the sample is
        shaded.
        """
        width, height = self._camera.width, self._camera.height
        row, column = np.divmod(pixels, width)
        u, v = column.astype(np.float32) + np.float32(right), row.astype(np.float32) + np.float32(down)
        rays = self._camera.rays_through(u, v).astype(np.float32)
        samples = self._solid[0].cast(self._camera.eye, rays)
        parts = np.append(self._surfaces.part_of_face, -1)
        normals = np.append(self._surfaces.face_normals, np.ones((1, 3), np.float32), axis=0)
        beside = np.clip(column + (1 if right > 0 else -1), 0, width - 1)
        below = np.clip(row + (1 if down > 0 else -1), 0, height - 1)
        best, best_similarity = pixels, np.full(len(pixels), -np.inf, dtype=np.float32)
        for other in (pixels, row * width + beside, below * width + column, below * width + beside):
            face = hits.face[other]
            similarity = np.einsum("nk,nk->n", normals[face], normals[samples.face])
            similarity[parts[face] != parts[samples.face]] = -np.inf
            best = np.where(similarity > best_similarity, other, best)
            best_similarity = np.maximum(similarity, best_similarity)
        found = colours[best]
        new = np.flatnonzero(best_similarity < _EDGE_COSINE)
        if len(new):
            fresh = Hits(samples.distance[new], samples.face[new], samples.bary[new])
            seen = np.flatnonzero(fresh.face >= 0)
            light = self._radiance(rays[new], fresh, seen, u[new], v[new])
            found[new] = self._display(rays[new], fresh, seen, light, u[new], v[new])
        return found

    def _points(self, rays: Floats, hits: Hits, rows: npt.NDArray[np.intp]) -> Points:
        """Return the surface points of rays at given rows, all of which hit a surface."""
        face, bary, directions = hits.face[rows], hits.bary[rows], rays[rows]
        normal = vertex_values(self._surfaces.normals, self._surfaces, face, bary)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
        flat = self._surfaces.face_normals[face]
        flat = np.where((np.einsum("nk,nk->n", flat, directions) > 0)[:, None], -flat, flat)
        normal = np.where((np.einsum("nk,nk->n", normal, flat) < 0)[:, None], -normal, normal)
        depth = hits.distance[rows]
        position = self._camera.eye.astype(np.float32) + depth[:, None] * directions
        return Points(position, normal, flat, depth, self._surfaces.part_of_face[face])

    def _sampled_illuminance(self, rays: Floats, hits: Hits) -> Irradiance:
        grid = np.arange(len(rays)).reshape(self._camera.height, self._camera.width)
        first = min(self._step // 2, *(side - 1 for side in grid.shape))
        chosen = grid[first :: self._step, first :: self._step]
        seen = hits.face[chosen] >= 0
        self._first = np.float32(first)
        return Irradiance(self._points(rays, hits, chosen[seen]), seen, self._light, self._solid)

    def _radiance(self, rays: Floats, hits: Hits, rows: npt.NDArray[np.intp], u: Floats, v: Floats) -> Floats:
        """Return the radiance along the rays that hit a surface, RGB [cd/m2], shape [n, 3]."""
        points, directions, face = self._points(rays, hits, rows), rays[rows], hits.face[rows]
        step = np.float32(self._step)
        lux = self._illuminance.at(points, (v[rows] - self._first) / step, (u[rows] - self._first) / step)
        lux += direct_sun(points, self._light, self._solid)
        length = np.linalg.norm(directions, axis=1)
        cosine = np.abs(np.einsum("nk,nk->n", points.flat, directions)) / length
        footprint = points.depth * length / np.float32(self._camera.focal_px) / np.maximum(cosine, 0.1)
        colour = base_colours(self._surfaces, face, hits.bary[rows], footprint)
        radiance = self._reflected(points, directions, face, colour, lux, cosine)
        self._add_glow(radiance, points, face, colour)
        return radiance

    def _reflected(
        self,
        points: Points,
        rays: Floats,
        face: npt.NDArray[np.int32],
        colour: Floats,
        lux: Floats,
        cosine: Floats,
    ) -> Floats:
        """Return diffuse and glossy reflection (Schlick 1994), RGB [cd/m2], shape [n, 3]."""
        look = self._surfaces.look_of_face[face]
        metallic, roughness = self._metallic[look][:, None], self._roughness[look]
        smooth = ((1 - roughness) ** 2)[:, None]
        normal_incidence = _DIELECTRIC + (colour - _DIELECTRIC) * metallic
        fresnel = normal_incidence + (1 - normal_incidence) * smooth * ((1 - cosine) ** 5)[:, None]
        around = lux * np.float32(0.8 / np.pi)
        mirrors = np.flatnonzero((metallic[:, 0] > 0.5) & (roughness <= _MIRROR))
        around[mirrors] = self._mirror_radiance(points.at(mirrors), rays[mirrors])
        found: Floats = colour * lux * ((1 - metallic) / np.float32(np.pi)) + fresnel * around
        return found

    def _mirror_radiance(self, points: Points, rays: Floats) -> Floats:
        """Return the radiance that mirrors reflect, under mean indirect light, RGB [cd/m2], shape [n, 3]."""
        directions = rays - 2 * np.einsum("nk,nk->n", rays, points.normal)[:, None] * points.normal
        hits = self._solid[0].cast(points.position + RAY_OFFSET_M * points.flat, directions)
        hit = hits.face >= 0
        found = np.tile(self._light.sky.astype(np.float32), (len(directions), 1))
        width = np.full(int(hit.sum()), 0.005, dtype=np.float32)
        mean = (2 * self._light.indirect / np.pi).astype(np.float32)
        found[hit] = mean * base_colours(self._surfaces, hits.face[hit], hits.bary[hit], width)
        return found

    def _add_glow(
        self,
        radiance: Floats,
        points: Points,
        face: npt.NDArray[np.int32],
        colour: Floats,
    ) -> None:
        """Add the light that lampshades transmit around their bulbs."""
        names = [thing.name for thing in self._surfaces.things]
        thing = self._surfaces.thing_of_face[face]
        for lamp in self._light.lamps:
            if lamp.thing in names:
                rows = np.flatnonzero(thing == names.index(lamp.thing))
                distance = np.linalg.norm(points.position[rows] - lamp.position.astype(np.float32), axis=1)
                glow = np.exp(-((distance / GLOW_M) ** 2)) * lamp.flux / (4 * np.pi * SHADE_M2)
                radiance[rows] += glow[:, None] * lamp.colour.astype(np.float32) * colour[rows] ** 2

    def _background(self) -> Floats:
        """Return the background display colour: the sky below a ceiling, otherwise `BACKGROUND`."""
        if self._surfaces.visible_from(self._camera.pose.position[2]).all():
            return tone_mapped(self._light.sky.astype(np.float32), self.factors)
        return np.array(BACKGROUND, np.float32) / np.float32(255)

    def _display(
        self, rays: Floats, hits: Hits, rows: npt.NDArray[np.intp], radiance: Floats, u: Floats, v: Floats
    ) -> Floats:
        """Return the display colours of rays, 0..1, shape [n, 3], with panes blended over them."""
        colours = np.tile(self._sky, (len(rays), 1))
        colours[rows] = tone_mapped(radiance, self.factors)
        left, top, right, bottom = self._glass
        near = np.flatnonzero((u >= left - 1) & (u <= right + 1) & (v >= top - 1) & (v <= bottom + 1))
        panes = self._panes.cast(self._camera.eye, rays[near])
        before = panes.distance < hits.distance[near]
        over, face = near[before], panes.face[before]
        tint = self._rgba[self._surfaces.look_of_face[face]]
        cosine = np.abs(np.einsum("nk,nk->n", self._surfaces.face_normals[face], rays[over]))
        cosine /= np.linalg.norm(rays[over], axis=1)
        share = tint[:, 3:] * 0.6 + 0.4 * ((1 - cosine) ** 3)[:, None]
        mean = (1.5 * self._light.indirect / np.pi).astype(np.float32)
        colours[over] += share * (
            tone_mapped(srgb_to_linear(tint[:, :3]) * mean, self.factors) - colours[over]
        )
        return colours

    def _edges(self, hits: Hits) -> npt.NDArray[np.bool_]:
        """Return a mask of the pixels that differ from a neighbour in part or normal, [height * width]."""
        shape = (self._camera.height, self._camera.width)
        parts = np.append(self._surfaces.part_of_face, -1)[hits.face].reshape(shape)
        normals = np.append(self._surfaces.face_normals, np.zeros((1, 3), np.float32), axis=0)[hits.face]
        normals = normals.reshape(*shape, 3)
        found = np.zeros(shape, dtype=bool)
        for here, there in (
            ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
            ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
        ):
            bent = np.einsum("hwk,hwk->hw", normals[here], normals[there]) < _EDGE_COSINE
            differs = (parts[here] != parts[there]) | (bent & (parts[here] >= 0))
            found[here] |= differs
            found[there] |= differs
        return found.ravel()
