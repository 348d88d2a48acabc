"""Pictures in half a second of one core: rays for what is seen and for shadows, numpy for all else.

Light of windows and lamps is sampled, with shadows, at every third pixel and carried to all along surfaces
(`sage.rendering.irradiance`); sunlight is sharp. What is reflected in the room is a mean (`sage.lighting`),
weakened where things are close (ambient obscurance, Zhukov et al. 1998). Edges are sampled four times.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sage.camera import Camera
from sage.lighting import Lighting
from sage.raycast import Hits, RayCaster
from sage.rendering.exposure import developed, exposure
from sage.rendering.irradiance import Irradiance, Points, direct_sun
from sage.rendering.texels import base_colours, linear, vertex_values
from sage.surfaces import Surfaces

__all__ = ["FastRenderer"]

Floats = npt.NDArray[np.float32]

_COARSE = 3
"""Light is sampled at every so many pixels, across and down."""
_EDGE_OFFSETS = ((-0.125, -0.375), (0.375, -0.125), (0.125, 0.375), (-0.375, 0.125))
_BACKGROUND = np.array([0.957, 0.961, 0.969], dtype=np.float32)
_GLOW_M = 0.16
_DIELECTRIC = 0.04
"""Share of light that a smooth surface reflects when seen straight on."""
_EDGE_COSINE = 0.9
_MIRROR = 0.2
"""Roughness up to which a metal is a mirror."""


class FastRenderer:
    """Takes pictures of surfaces in a light.

    Args:
        surfaces: what is seen.
        light: that shines on it.
        blockers: what keeps light away; by default what is seen. Hidden walls belong to it.
    """

    def __init__(self, surfaces: Surfaces, light: Lighting, blockers: Surfaces | None = None) -> None:
        self._surfaces = surfaces
        self._light = light
        whole = blockers or surfaces
        self._blockers = RayCaster(whole, ~whole.clear_face & ~_of_lamps(whole, light))
        self._panes = RayCaster(surfaces, surfaces.clear_face)
        self._solid: dict[bytes, RayCaster] = {}

    def picture(self, camera: Camera) -> npt.NDArray[np.uint8]:
        """Return what a camera sees, RGB, shape [height, width, 3]."""
        rays = camera.rays().astype(np.float32).reshape(-1, 3)
        hits = self._solid_from(camera).cast(camera.eye, rays)
        whole = np.mgrid[: camera.height, : camera.width].reshape(2, -1)
        rows, columns = whole.astype(np.float32)
        light = self._coarse(camera, rays, hits)
        radiance = self._radiance(camera, rays, hits, light, rows, columns)
        factors = exposure(radiance[hits.face >= 0], self._light)
        colours = self._shown(camera, rays, hits, radiance, factors)
        edges = np.flatnonzero(self._edges(camera, hits))
        total = np.zeros((len(edges), 3), dtype=np.float32)
        for right, down in _EDGE_OFFSETS:
            u, v = columns[edges] + np.float32(right), rows[edges] + np.float32(down)
            ways = camera.rays_through(u, v).astype(np.float32)
            met = self._solid_from(camera).cast(camera.eye, ways)
            total += self._shown(camera, ways, met, self._radiance(camera, ways, met, light, v, u), factors)
        colours[edges] = total / len(_EDGE_OFFSETS)
        picture: npt.NDArray[np.uint8] = (np.clip(colours, 0, 1) * 255 + 0.5).astype(np.uint8)
        return picture.reshape(camera.height, camera.width, 3)

    def _solid_from(self, camera: Camera) -> RayCaster:
        met = self._surfaces.met_from(camera.pose.position[2]) & ~self._surfaces.clear_face
        key = met.tobytes()
        if key not in self._solid:
            self._solid[key] = RayCaster(self._surfaces, met)
        return self._solid[key]

    def _points(self, camera: Camera, rays: Floats, hits: Hits, rows: npt.NDArray[np.intp]) -> Points:
        """Return where some of the rays, that all hit, met surfaces."""
        face, bary, ways = hits.face[rows], hits.bary[rows], rays[rows]
        normal = vertex_values(self._surfaces.normals, self._surfaces, face, bary)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
        flat = self._surfaces.face_normals[face]
        flat = np.where((np.einsum("nk,nk->n", flat, ways) > 0)[:, None], -flat, flat)
        normal = np.where((np.einsum("nk,nk->n", normal, flat) < 0)[:, None], -normal, normal)
        depth = hits.distance[rows]
        return Points(camera.eye.astype(np.float32) + depth[:, None] * ways, normal, flat, depth)

    def _coarse(self, camera: Camera, rays: Floats, hits: Hits) -> Irradiance:
        grid = np.arange(len(rays)).reshape(camera.height, camera.width)
        chosen = grid[_COARSE // 2 :: _COARSE, _COARSE // 2 :: _COARSE]
        seen = hits.face[chosen] >= 0
        points = self._points(camera, rays, hits, chosen[seen])
        return Irradiance(points, seen, self._light, self._blockers, self._solid_from(camera))

    def _radiance(
        self, camera: Camera, rays: Floats, hits: Hits, light: Irradiance, rows: Floats, columns: Floats
    ) -> Floats:
        """Return the light that comes back along rays, RGB [cd/m2], shape [n, 3]; 0 where nothing is met."""
        radiance = np.zeros((len(rays), 3), dtype=np.float32)
        met = np.flatnonzero(hits.face >= 0)
        points = self._points(camera, rays, hits, met)
        first, step = np.float32(_COARSE // 2), np.float32(_COARSE)
        lux = light.at(points, (rows[met] - first) / step, (columns[met] - first) / step)
        lux += direct_sun(points, self._light, self._blockers)
        length = np.linalg.norm(rays[met], axis=1)
        cosine = np.abs(np.einsum("nk,nk->n", points.flat, rays[met])) / length
        footprint = points.depth * length / camera.focal_px / np.maximum(cosine, 0.1)
        face = hits.face[met]
        colour = base_colours(self._surfaces, face, hits.bary[met], footprint.astype(np.float32))
        radiance[met] = self._reflected(points, rays[met], face, colour, lux, cosine)
        radiance[met] += self._glow(points, face, colour)
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
        materials = [look.material for look in self._surfaces.looks]
        look = self._surfaces.look_of_face[face]
        metallic = np.array([m.metallic for m in materials], np.float32)[look][:, None]
        smooth = (1 - np.array([m.roughness for m in materials], np.float32)[look][:, None]) ** 2
        straight = _DIELECTRIC + (colour - _DIELECTRIC) * metallic
        gloss = straight + (1 - straight) * smooth * ((1 - cosine) ** 5)[:, None]
        ways = rays - 2 * np.einsum("nk,nk->n", rays, points.normal)[:, None] * points.normal
        ways /= np.linalg.norm(ways, axis=1, keepdims=True)
        around = lux * (0.75 + 0.25 * ways[:, 2:] * smooth) / np.float32(np.pi) * np.float32(0.9)
        mirrors = np.flatnonzero((metallic[:, 0] > 0.5) & (smooth[:, 0] > (1 - _MIRROR) ** 2 - 1e-6))
        around[mirrors] = self._mirrored(points.at(mirrors), ways[mirrors])
        diffuse = colour * lux * ((1 - metallic) / np.float32(np.pi))
        found: Floats = diffuse + gloss * around
        return found

    def _mirrored(self, points: Points, ways: Floats) -> Floats:
        """Return what a mirror shows, in mean light, shape [n, 3]."""
        mean = (self._light.bounced / np.pi).astype(np.float32)
        hits = self._blockers.cast(points.position + 1e-3 * points.flat, ways)
        met = hits.face >= 0
        found = np.tile(self._light.sky.astype(np.float32), (len(ways), 1))
        width = np.full(int(met.sum()), 0.005, dtype=np.float32)
        found[met] = 2 * mean * base_colours(self._surfaces, hits.face[met], hits.bary[met], width)
        return found

    def _glow(self, points: Points, face: npt.NDArray[np.int32], colour: Floats) -> Floats:
        """Return the light that shades let through around their bulbs, shape [n, 3]."""
        found = np.zeros_like(colour)
        names = [thing.name for thing in self._surfaces.things]
        thing = self._surfaces.thing_of_face[face]
        for lamp in self._light.lamps:
            if lamp.thing in names:
                mine = np.flatnonzero(thing == names.index(lamp.thing))
                away = np.linalg.norm(points.position[mine] - lamp.position.astype(np.float32), axis=1)
                near = np.exp(-((away / _GLOW_M) ** 2)) * lamp.flux / (4 * np.pi * 0.15)
                found[mine] = near[:, None] * lamp.colour.astype(np.float32) * colour[mine] ** 2
        return found

    def _shown(self, camera: Camera, rays: Floats, hits: Hits, radiance: Floats, factors: Floats) -> Floats:
        """Return what a screen shows, 0..1, shape [n, 3]: light, background, panes over both."""
        colours = developed(radiance, factors)
        inside = not self._surfaces.met_from(camera.pose.position[2]).all()
        sky = _BACKGROUND if inside else developed(self._light.sky.astype(np.float32), factors)
        colours[hits.face < 0] = sky
        panes = self._panes.cast(camera.eye, rays)
        over = np.flatnonzero(panes.distance < hits.distance)
        materials = [look.material for look in self._surfaces.looks]
        tint = np.array([m.rgba for m in materials], np.float32)[
            self._surfaces.look_of_face[panes.face[over]]
        ]
        flat = self._surfaces.face_normals[panes.face[over]]
        cosine = np.abs(np.einsum("nk,nk->n", flat, rays[over])) / np.linalg.norm(rays[over], axis=1)
        share = tint[:, 3:] * 0.6 + 0.4 * ((1 - cosine) ** 3)[:, None]
        mean = (self._light.bounced / np.pi).astype(np.float32)
        pane = developed(1.5 * linear(tint[:, :3]) * mean, factors)
        colours[over] = share * pane + (1 - share) * colours[over]
        return colours

    def _edges(self, camera: Camera, hits: Hits) -> npt.NDArray[np.bool_]:
        """Return the pixels whose right or lower neighbour shows another surface, and those neighbours."""
        shape = (camera.height, camera.width)
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


def _of_lamps(surfaces: Surfaces, light: Lighting) -> npt.NDArray[np.bool_]:
    """Return the triangles of things that shine, shape [m]: they do not stand in their own light."""
    shining = {lamp.thing for lamp in light.lamps}
    lamps = np.array([thing.name in shining for thing in surfaces.things], dtype=bool)
    found: npt.NDArray[np.bool_] = lamps[surfaces.thing_of_face]
    return found
