"""Path-tracing renderer: Mitsuba 3 with Intel Open Image Denoise; the only module that imports them.

Mitsuba's LLVM variant aborts the process if LLVM is too old, so it is first tried in a subprocess. The
fallback is the scalar variant, which takes three times as long.

A camera above the ceiling sees the room open to the sky. For a camera below it, light enters through the
windows, which show sky and ground, and comes from lamps.
"""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from sage.errors import EngineUnavailable
from sage.rendering.camera import Camera
from sage.rendering.exposure import exposure, tone_mapped
from sage.rendering.fast import BACKGROUND
from sage.rendering.lighting import Lamp, Lighting, Window
from sage.rendering.surfaces import Look, Surfaces
from sage.rendering.texels import mipmaps, srgb_to_linear

__all__ = ["PhotoRenderer"]

Floats = npt.NDArray[np.float32]
Dict = dict[str, Any]

_FAST_VARIANT, _SLOW_VARIANT = "llvm_ad_rgb", "scalar_rgb"
_SAMPLES = {_FAST_VARIANT: 8, _SLOW_VARIANT: 2}
_BOUNCES, _ROULETTE = 8, 3
"""Maximum path depth, passes through glass included, and depth at which Russian roulette begins."""
_BULB_M = 0.05
"""Radius of a bulb [m]."""
_SHADE_OPACITY = 0.5
_GLASS_OPACITY = 0.15
_OUTSIDE_M = 0.12
"""Distance of the outdoor view behind a pane [m]."""
_GROUND = np.array([0.30, 0.34, 0.26])
"""Luminance of the ground outdoors relative to the sky, RGB."""
_DIFFUSE_METALLIC, _DIFFUSE_ROUGHNESS = 0.05, 0.8
"""A material below this metalness and above this roughness is rendered as purely diffuse."""
_TRY_S = 120
_EXTRA = "pip install 'sage-scenes[photo]'"


class PhotoRenderer:
    """Path-tracing renderer of fixed surfaces under fixed lighting.

    Args:
        surfaces: Surfaces of a scene.
        light: Lighting of the scene.
        hidden: Names of objects, structural elements and walls to leave out; a wall includes its doors,
            windows and trim. Unlike with other engines, they cast no shadows either.

    Raises:
        EngineUnavailable: Mitsuba or the denoiser is not installed.
    """

    def __init__(self, surfaces: Surfaces, light: Lighting, hidden: frozenset[str] = frozenset()) -> None:
        self._mitsuba, self._denoise = _modules()
        self._variant = _variant()
        self._mitsuba.set_variant(self._variant)
        self._surfaces, self._light, self._hidden = surfaces, light, hidden
        self._scenes: dict[bytes, Any] = {}

    def picture(self, camera: Camera) -> npt.NDArray[np.uint8]:
        """Return the image of a camera, sRGB, shape [height, width, 3]."""
        visible = self._surfaces.visible_from(camera.pose.position[2])
        above = not visible.all()
        image = self._traced(camera, visible & ~self._surfaces.faces_of(self._hidden), above)
        colour, seen = image[..., :3], np.clip(image[..., 3:4], 0, 1)
        clean = self._denoise(
            *(np.ascontiguousarray(part) for part in (colour, image[..., 4:7], image[..., 7:10])), hdr=True
        )
        light = replace(self._light, indirect=self._light.sky) if above else self._light
        factors = exposure(clean[seen[..., 0] > 0.99], light)
        ground = np.array(BACKGROUND, np.float32) / np.float32(255)
        shown = (
            tone_mapped(clean, factors) * seen + ground * (1 - seen) if above else tone_mapped(clean, factors)
        )
        picture: npt.NDArray[np.uint8] = (np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8)
        return picture

    def _traced(self, camera: Camera, visible: npt.NDArray[np.bool_], above: bool) -> Floats:
        """Return noisy radiance, opacity, base colour and normal of each pixel, shape [height, width, 10].

        Args:
            camera: Camera of the image.
            visible: Mask of the triangles in the scene, shape [m].
            above: Whether the camera is above a ceiling.
        """
        mi = self._mitsuba
        film = {
            "type": "hdrfilm", "width": camera.width, "height": camera.height,
            "pixel_format": "rgba", "rfilter": {"type": "box"},
        }  # fmt: skip
        to_world = mi.ScalarTransform4f((camera.pose.matrix @ np.diag([-1.0, -1.0, 1.0, 1.0])).tolist())
        sensor = mi.load_dict(
            {
                "type": "perspective", "fov": camera.fov, "fov_axis": "y", "near_clip": 0.02,
                "to_world": to_world, "film": film,
                "sampler": {"type": "independent", "sample_count": _SAMPLES[self._variant]},
            }
        )  # fmt: skip
        path = {"type": "path", "max_depth": _BOUNCES, "rr_depth": _ROULETTE, "hide_emitters": above}
        guides = {"type": "aov", "aovs": "albedo:albedo,normal:sh_normal", "inner": path}
        key = visible.tobytes()
        if key not in self._scenes:
            self._scenes[key] = self._scene(visible, above)
        rendered = mi.render(self._scenes[key], sensor=sensor, integrator=mi.load_dict(guides), seed=0)
        return np.array(rendered, dtype=np.float32)

    def _scene(self, visible: npt.NDArray[np.bool_], above: bool) -> Any:
        surfaces = self._surfaces
        # Window panes are left out: light sampling cannot reach the outdoor emitter through glass.
        panes = np.array([thing.category == "window" for thing in surfaces.things], dtype=bool)
        visible = visible & ~panes[surfaces.thing_of_face]
        shades = self._shades()
        parts: Dict = {"type": "scene"}
        for number, look in enumerate(surfaces.looks):
            selected = visible & (surfaces.look_of_face == number)
            for name, rows, opacity in (
                ("solid", selected & ~shades, 1.0),
                ("shade", selected & shades, _SHADE_OPACITY),
            ):
                if rows.any():
                    parts[f"{name}_{number}"] = self._mesh(np.flatnonzero(rows), look, opacity)
        light = self._light
        if above:
            parts["sky"] = {"type": "constant", "radiance": _rgb(light.sky)}
        for number, window in enumerate(() if above else light.windows):
            parts[f"outside_{number}"] = self._outside(window)
        if light.to_sun[2] > 0:
            from_sun = (-light.to_sun).tolist()
            parts["sun"] = {"type": "directional", "direction": from_sun, "irradiance": _rgb(light.sun)}
        for number, lamp in enumerate(light.lamps):
            parts[f"lamp_{number}"] = _bulb(lamp)
        return self._mitsuba.load_dict(parts)

    def _shades(self) -> npt.NDArray[np.bool_]:
        """Return the mask of lampshade triangles: those of a lamp object near its bulb, shape [m]."""
        found = np.zeros(len(self._surfaces.faces), dtype=bool)
        middles = self._surfaces.vertices[self._surfaces.faces].mean(axis=1)
        for lamp in self._light.lamps:
            if lamp.thing:
                near = np.linalg.norm(middles - lamp.position, axis=1) < max(lamp.reach, 0.1)
                found |= self._surfaces.faces_of({lamp.thing}) & near
        return found

    def _mesh(self, rows: npt.NDArray[np.intp], look: Look, opacity: float) -> Any:
        """Return triangles of one material as a mesh; Mitsuba's texture coordinates have v down."""
        mi, surfaces = self._mitsuba, self._surfaces
        used, faces = np.unique(surfaces.faces[rows], return_inverse=True)
        properties = mi.Properties()
        properties["bsdf"] = mi.load_dict(_bsdf(mi, look, opacity))
        mesh = mi.Mesh(
            "look", len(used), len(rows), props=properties, has_vertex_normals=True, has_vertex_texcoords=True
        )
        uv = surfaces.uv[used] * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
        buffers = mi.traverse(mesh)
        buffers["vertex_positions"] = surfaces.vertices[used].astype(np.float32).ravel()
        buffers["vertex_normals"] = surfaces.normals[used].ravel()
        buffers["vertex_texcoords"] = uv.ravel()
        buffers["faces"] = faces.astype(np.uint32).ravel()
        buffers.update()
        return mesh

    def _outside(self, window: Window) -> Dict:
        """Return the outdoor view behind a window as an emitter: sky above the horizon, ground below."""
        mi = self._mitsuba
        to_world = np.eye(4)
        to_world[:3, 0], to_world[:3, 1] = -1.6 * window.along, 1.4 * window.up
        to_world[:3, 2], to_world[:3, 3] = window.inward, window.middle - _OUTSIDE_M * window.inward
        rise = np.linspace(1, 0, 64, dtype=np.float32)[:, None, None]
        haze = 1.15 - 0.35 * np.clip(rise - 0.35, 0, 1)
        blue = 1 - np.clip(rise - 0.35, 0, 1) * np.array([0.45, 0.25, 0.0], np.float32)
        land = np.clip((0.35 - rise) * 30, 0, 1)
        view = self._light.sky.astype(np.float32) * (haze * blue * (1 - land) + _GROUND * land)
        bitmap = mi.Bitmap(np.tile(view, (1, 4, 1)).astype(np.float32))
        radiance = {"type": "bitmap", "bitmap": bitmap, "raw": True, "wrap_mode": "clamp"}
        return {
            "type": "rectangle", "to_world": mi.ScalarTransform4f(to_world.tolist()),
            "emitter": {"type": "area", "radiance": radiance},
        }  # fmt: skip


def _bulb(lamp: Lamp) -> Dict:
    """Return an emitting sphere of a lamp's luminous flux."""
    radiance = lamp.flux / (np.pi * 4 * np.pi * _BULB_M**2) * lamp.colour
    return {
        "type": "sphere", "center": lamp.position.tolist(), "radius": _BULB_M,
        "emitter": {"type": "area", "radiance": _rgb(radiance)},
    }  # fmt: skip


def _bsdf(mi: Any, look: Look, opacity: float) -> Dict:
    """Return a material as Mitsuba's principled BSDF (Burley 2012); glass transmits without refraction."""
    material = look.material
    colour = srgb_to_linear(material.rgba[:3])
    if look.clear:
        glass = {"type": "principled", "base_color": _rgb(colour), "roughness": 0.05, "specular": 0.5}
        return {"type": "mask", "opacity": _GLASS_OPACITY, "bsdf": {"type": "twosided", "bsdf": glass}}
    base: Any = _rgb(colour)
    roughness: Any = max(0.05, material.roughness)
    if look.image is not None:
        base = _texture(mi, mipmaps(look.image)[0] * colour)
    if look.surface is not None:
        roughness = _texture(mi, np.maximum(_pixels(look.surface)[..., 1:2] * material.roughness, 0.05))
    if look.material.metallic < _DIFFUSE_METALLIC and look.material.roughness > _DIFFUSE_ROUGHNESS:
        bsdf: Dict = {"type": "diffuse", "reflectance": base}
    else:
        bsdf = {
        "type": "principled", "base_color": base, "metallic": material.metallic, "roughness": roughness,
        "specular": 0.5,
        }  # fmt: skip
    if look.normal is not None:
        # The green channel points along v up, but Mitsuba's v is down.
        normals = _pixels(look.normal) * np.array([1, -1, 1], np.float32) + np.array([0, 1, 0], np.float32)
        bsdf = {"type": "normalmap", "normalmap": _texture(mi, normals), "bsdf": bsdf}
    bsdf = {"type": "twosided", "bsdf": bsdf}
    return bsdf if opacity == 1.0 else {"type": "mask", "opacity": opacity, "bsdf": bsdf}


def _texture(mi: Any, values: Floats) -> Dict:
    return {"type": "bitmap", "bitmap": mi.Bitmap(values.astype(np.float32)), "raw": True}


def _pixels(image: bytes) -> Floats:
    shown: Floats = np.asarray(Image.open(io.BytesIO(image)).convert("RGB"), dtype=np.float32)
    return shown / np.float32(255)


def _rgb(colour: npt.NDArray[Any]) -> Dict:
    return {"type": "rgb", "value": np.maximum(colour, 1e-6).tolist()}


def _modules() -> tuple[Any, Any]:
    """Return the Mitsuba module and the denoising function."""
    try:
        import mitsuba
        import pyoidn
    except ImportError as error:
        raise EngineUnavailable(
            f"rendering engine 'photo' is not installed ({error}); run: {_EXTRA}"
        ) from error
    return mitsuba, pyoidn.denoise


@cache
def _variant() -> str:
    """Return the fastest Mitsuba variant that works on this machine."""
    program = (
        "import mitsuba as m; m.set_variant('llvm_ad_rgb'); m.render(m.load_dict(m.cornell_box()), spp=1)"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, timeout=_TRY_S, check=False
        )
    except subprocess.TimeoutExpired:
        return _SLOW_VARIANT
    return _FAST_VARIANT if done.returncode == 0 else _SLOW_VARIANT
