"""CPU renderer, half a second a picture: ray-cast visibility and shadows, shading in numpy.

Light of windows and lamps is sampled, with shadows, at every fourth pixel and carried to all along surfaces
(`sage.rendering.irradiance`); sunlight is sharp. What is reflected in the room is a mean
(`sage.rendering.lighting`), weakened where things are close (ambient obscurance, Zhukov et al.
1998). Edges are sampled three times.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sage.geometry import Array
from sage.rendering.camera import Camera
from sage.rendering.exposure import developed, exposure
from sage.rendering.irradiance import Irradiance, Points, direct_sun
from sage.rendering.lighting import Lighting
from sage.rendering.raycast import Hits, RayCaster
from sage.rendering.surfaces import Surfaces
from sage.rendering.texels import base_colours, linear, vertex_values

__all__ = ["BACKGROUND", "FastRenderer"]

Floats = npt.NDArray[np.float32]

_COARSE, _FINE_PX = 4, 160
"""Light is sampled at every so many pixels, across and down; at more of them in small pictures."""
_EDGE_OFFSETS = ((-0.33, 0.2), (0.33, -0.2))
"""Where edges are sampled besides the middle of a pixel, right and down."""
_EDGE_COSINE = 0.9
BACKGROUND = (244, 245, 247)
"""What is shown where nothing is, RGB of 255."""
_GLOW_M, _SHADE_M2 = 0.16, 0.15
"""How far a bulb lights up its shade, and the area that it lights up."""
_DIELECTRIC = 0.04
"""Share of light that a smooth surface reflects when seen straight on."""
_MIRROR = 0.2
"""Roughness up to which a metal is a mirror."""
_OFF_M = 1e-3


class FastRenderer:
    """Takes pictures of surfaces in a light.

    Args:
        surfaces: of a scene.
        light: that shines on them.
        hidden: names of things, and of walls with all that is in them, that are not seen. They keep light
            away all the same.
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
        """Return what a camera sees, RGB, shape [height, width, 3]."""
        return self._of(camera).colours(_window(camera, self._glass))

    def factors(self, camera: Camera) -> Floats:
        """Return by what the light that a camera gets is multiplied for it to be shown well, shape [3]."""
        return self._of(camera).factors

    def hits(self, camera: Camera) -> Hits:
        """Return what the rays of a camera's pixels meet, row by row, through glass."""
        rays = camera.rays().reshape(-1, 3)
        return self._solid_from(camera)[0].cast(camera.eye, rays)

    def _of(self, camera: Camera) -> _Picture:
        return _Picture(self._surfaces, self._light, camera, self._panes, self._solid_from(camera))

    def _solid_from(self, camera: Camera) -> tuple[RayCaster, ...]:
        """Return what a camera at this height sees, without glass, and apart what else keeps light away."""
        seen = self._surfaces.met_from(camera.pose.position[2]) & self._seen
        key = seen.tobytes()
        if key not in self._solid:
            solid = ~self._surfaces.clear_face
            self._solid[key] = tuple(RayCaster(self._surfaces, part & solid) for part in (seen, ~seen))
        return self._solid[key]


def _window(camera: Camera, points: Array) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of where a picture may show anything of some points [pixels]."""
    pixels, depth = camera.project(points)
    if not len(points) or (depth <= 0).all():
        return math.inf, math.inf, -math.inf, -math.inf
    if (depth <= 0).any():
        return -math.inf, -math.inf, math.inf, math.inf
    (left, top), (right, bottom) = pixels.min(axis=0).tolist(), pixels.max(axis=0).tolist()
    return left, top, right, bottom


class _Picture:
    """One picture in the making."""

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
        self._lit = self._coarse(self._rays, self._hits)
        v, u = np.mgrid[: camera.height, : camera.width].reshape(2, -1).astype(np.float32)
        self._v, self._u = v, u
        self._met = np.flatnonzero(self._hits.face >= 0)
        self._light_met = self._radiance(self._rays, self._hits, self._met, u, v)
        self.factors = exposure(self._light_met, light)

    def colours(self, glass: tuple[float, float, float, float]) -> npt.NDArray[np.uint8]:
        """Return the picture.

        Args:
            glass: left, top, right and bottom of where panes may be [pixels].
        """
        camera, hits = self._camera, self._hits
        self._glass = glass
        self._sky = self._behind()
        colours = self._shown(self._rays, hits, self._met, self._light_met, self._u, self._v)
        edges = np.flatnonzero(self._edges(hits))
        smooth = colours[edges]
        for right, down in _EDGE_OFFSETS:
            smooth += self._beside(edges, right, down, hits, colours)
        colours[edges] = smooth / (1 + len(_EDGE_OFFSETS))
        picture: npt.NDArray[np.uint8] = (np.clip(colours, 0, 1) * 255 + 0.5).astype(np.uint8)
        return picture.reshape(camera.height, camera.width, 3)

    def _beside(
        self, pixels: npt.NDArray[np.intp], right: float, down: float, hits: Hits, colours: Floats
    ) -> Floats:
        """Return what is shown a little beside the middles of pixels, shape [n, 3].

        A neighbour that shows the same surface lends its colour; only what none shows is worked out.
        """
        width, height = self._camera.width, self._camera.height
        row, column = np.divmod(pixels, width)
        u, v = column.astype(np.float32) + np.float32(right), row.astype(np.float32) + np.float32(down)
        rays = self._camera.rays_through(u, v).astype(np.float32)
        met = self._solid[0].cast(self._camera.eye, rays)
        parts = np.append(self._surfaces.part_of_face, -1)
        normals = np.append(self._surfaces.face_normals, np.ones((1, 3), np.float32), axis=0)
        beside = np.clip(column + (1 if right > 0 else -1), 0, width - 1)
        below = np.clip(row + (1 if down > 0 else -1), 0, height - 1)
        best, kinship = pixels, np.full(len(pixels), -np.inf, dtype=np.float32)
        for other in (pixels, row * width + beside, below * width + column, below * width + beside):
            face = hits.face[other]
            kin = np.einsum("nk,nk->n", normals[face], normals[met.face])
            kin[parts[face] != parts[met.face]] = -np.inf
            best = np.where(kin > kinship, other, best)
            kinship = np.maximum(kin, kinship)
        found = colours[best]
        new = np.flatnonzero(kinship < _EDGE_COSINE)
        if len(new):
            fresh = Hits(met.distance[new], met.face[new], met.bary[new])
            seen = np.flatnonzero(fresh.face >= 0)
            light = self._radiance(rays[new], fresh, seen, u[new], v[new])
            found[new] = self._shown(rays[new], fresh, seen, light, u[new], v[new])
        return found

    def _points(self, rays: Floats, hits: Hits, rows: npt.NDArray[np.intp]) -> Points:
        """Return where some of the rays, that all hit, met surfaces."""
        face, bary, ways = hits.face[rows], hits.bary[rows], rays[rows]
        normal = vertex_values(self._surfaces.normals, self._surfaces, face, bary)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
        flat = self._surfaces.face_normals[face]
        flat = np.where((np.einsum("nk,nk->n", flat, ways) > 0)[:, None], -flat, flat)
        normal = np.where((np.einsum("nk,nk->n", normal, flat) < 0)[:, None], -normal, normal)
        depth = hits.distance[rows]
        position = self._camera.eye.astype(np.float32) + depth[:, None] * ways
        return Points(position, normal, flat, depth, self._surfaces.part_of_face[face])

    def _coarse(self, rays: Floats, hits: Hits) -> Irradiance:
        grid = np.arange(len(rays)).reshape(self._camera.height, self._camera.width)
        first = min(self._step // 2, *(side - 1 for side in grid.shape))
        chosen = grid[first :: self._step, first :: self._step]
        seen = hits.face[chosen] >= 0
        self._first = np.float32(first)
        return Irradiance(self._points(rays, hits, chosen[seen]), seen, self._light, self._solid)

    def _radiance(self, rays: Floats, hits: Hits, met: npt.NDArray[np.intp], u: Floats, v: Floats) -> Floats:
        """Return the light that comes back along the rays that meet anything, RGB [cd/m2], shape [n, 3]."""
        points, ways, face = self._points(rays, hits, met), rays[met], hits.face[met]
        step = np.float32(self._step)
        lux = self._lit.at(points, (v[met] - self._first) / step, (u[met] - self._first) / step)
        lux += direct_sun(points, self._light, self._solid)
        length = np.linalg.norm(ways, axis=1)
        cosine = np.abs(np.einsum("nk,nk->n", points.flat, ways)) / length
        footprint = points.depth * length / np.float32(self._camera.focal_px) / np.maximum(cosine, 0.1)
        colour = base_colours(self._surfaces, face, hits.bary[met], footprint)
        radiance = self._reflected(points, ways, face, colour, lux, cosine)
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
        """Return diffuse and glossy reflection (Schlick 1994) of light, shape [n, 3]."""
        look = self._surfaces.look_of_face[face]
        metallic, roughness = self._metallic[look][:, None], self._roughness[look]
        smooth = ((1 - roughness) ** 2)[:, None]
        straight = _DIELECTRIC + (colour - _DIELECTRIC) * metallic
        gloss = straight + (1 - straight) * smooth * ((1 - cosine) ** 5)[:, None]
        around = lux * np.float32(0.8 / np.pi)
        mirrors = np.flatnonzero((metallic[:, 0] > 0.5) & (roughness <= _MIRROR))
        around[mirrors] = self._mirrored(points.at(mirrors), rays[mirrors])
        found: Floats = colour * lux * ((1 - metallic) / np.float32(np.pi)) + gloss * around
        return found

    def _mirrored(self, points: Points, rays: Floats) -> Floats:
        """Return what mirrors show, in mean light, shape [n, 3]."""
        ways = rays - 2 * np.einsum("nk,nk->n", rays, points.normal)[:, None] * points.normal
        hits = self._solid[0].cast(points.position + _OFF_M * points.flat, ways)
        met = hits.face >= 0
        found = np.tile(self._light.sky.astype(np.float32), (len(ways), 1))
        width = np.full(int(met.sum()), 0.005, dtype=np.float32)
        mean = (2 * self._light.bounced / np.pi).astype(np.float32)
        found[met] = mean * base_colours(self._surfaces, hits.face[met], hits.bary[met], width)
        return found

    def _add_glow(
        self,
        radiance: Floats,
        points: Points,
        face: npt.NDArray[np.int32],
        colour: Floats,
    ) -> None:
        """Add the light that shades let through around their bulbs."""
        names = [thing.name for thing in self._surfaces.things]
        thing = self._surfaces.thing_of_face[face]
        for lamp in self._light.lamps:
            if lamp.thing in names:
                mine = np.flatnonzero(thing == names.index(lamp.thing))
                away = np.linalg.norm(points.position[mine] - lamp.position.astype(np.float32), axis=1)
                near = np.exp(-((away / _GLOW_M) ** 2)) * lamp.flux / (4 * np.pi * _SHADE_M2)
                radiance[mine] += near[:, None] * lamp.colour.astype(np.float32) * colour[mine] ** 2

    def _behind(self) -> Floats:
        """Return what a screen shows where nothing is: a plain ground, or the sky below a ceiling."""
        if self._surfaces.met_from(self._camera.pose.position[2]).all():
            return developed(self._light.sky.astype(np.float32), self.factors)
        return np.array(BACKGROUND, np.float32) / np.float32(255)

    def _shown(
        self, rays: Floats, hits: Hits, met: npt.NDArray[np.intp], radiance: Floats, u: Floats, v: Floats
    ) -> Floats:
        """Return what a screen shows, 0..1, shape [n, 3]: light, background, panes over both."""
        colours = np.tile(self._sky, (len(rays), 1))
        colours[met] = developed(radiance, self.factors)
        left, top, right, bottom = self._glass
        near = np.flatnonzero((u >= left - 1) & (u <= right + 1) & (v >= top - 1) & (v <= bottom + 1))
        panes = self._panes.cast(self._camera.eye, rays[near])
        before = panes.distance < hits.distance[near]
        over, face = near[before], panes.face[before]
        tint = self._rgba[self._surfaces.look_of_face[face]]
        cosine = np.abs(np.einsum("nk,nk->n", self._surfaces.face_normals[face], rays[over]))
        cosine /= np.linalg.norm(rays[over], axis=1)
        share = tint[:, 3:] * 0.6 + 0.4 * ((1 - cosine) ** 3)[:, None]
        mean = (1.5 * self._light.bounced / np.pi).astype(np.float32)
        colours[over] += share * (developed(linear(tint[:, :3]) * mean, self.factors) - colours[over])
        return colours

    def _edges(self, hits: Hits) -> npt.NDArray[np.bool_]:
        """Return the pixels that differ from a neighbour in what they show or where it looks."""
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
