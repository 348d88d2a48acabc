"""Rasterising renderer with physically based materials: Filament in Open3D, off screen on a CPU.

The only module that imports Open3D. Filament has no area lights: a window is replaced by a few spot lights on
its pane, and indirect light by a uniform environment map with screen-space ambient occlusion. Lamps cast
shadows downwards only, panes into the room. Normal maps are not used, because Open3D passes Filament tangents
that do not match the texture coordinates.

Open3D aborts the process if EGL fails, so it is first tried in a subprocess.
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from sage.errors import EngineUnavailable
from sage.geometry import Array
from sage.rendering.camera import Camera
from sage.rendering.exposure import exposure, tone_mapped
from sage.rendering.fast import BACKGROUND, FastRenderer
from sage.rendering.lighting import GLOW_M, SHADE_M2, Lamp, Lighting, Window
from sage.rendering.raycast import RayCaster
from sage.rendering.surfaces import Look, Surfaces
from sage.rendering.texels import base_colours, linear_to_srgb, srgb_to_linear

__all__ = ["FilamentRenderer"]

Floats = npt.NDArray[np.float32]
Role = Literal["solid", "shade", "glass", "unseen"]

_PER_CD_M2 = 1 / (1.2 * 2**15)
"""Pixel value of a luminance of 1 cd/m2 in Filament's default camera (f/16, 1/125 s, ISO 100), white at 1."""
_WHITE = 4.0
"""Exposed linear value at which Filament's image saturates; our tone curve is white from about 2.2."""
_METER_PX = 120
"""Width of the image by which exposure is metered [px]."""
_SHADOWS = 6
"""Number of spot lights that cast shadows; Filament supports at most 14."""
_PANE_SPOTS = 4
"""Number of spot lights to distribute over all panes; each pane has at least one."""
_PANE_CONE = (math.radians(35), math.radians(80))
"""Angles at which a pane's spot light begins to fade and ends [rad]."""
_LAMP_CONE = (math.radians(70), math.radians(80))
"""The same for a lamp's upper or lower half [rad]; shadow maps are coarse near 90 degrees."""
_INTO_ROOM_M = 0.1
"""Distance of spot lights from their pane [m]."""
_REACH_M = 30.0
"""Range of spot lights [m]."""
_CUBE_PX, _CUBE_LEVELS = 32, 5
"""Side of the environment cube map [px], and its number of mipmap levels."""
_EYE_M = 1.5
"""Height from which the environment map is rendered [m]."""
_NEAR_M, _FAR_M = 0.02, 200.0
_TRY_S = 240
_TRIAL = """
from open3d.visualization.rendering import OffscreenRenderer
OffscreenRenderer(16, 16).render_to_image()
"""
_EXTRA = "pip install 'sage-scenes[render]'"
_SYSTEM = "apt install libegl1 libgl1 libgl1-mesa-dri libusb-1.0-0 libgomp1"


class FilamentRenderer:
    """Filament renderer of fixed surfaces under fixed lighting.

    Args:
        surfaces: Surfaces of a scene.
        light: Lighting of the scene.
        hidden: Names of objects, structural elements and walls to leave out of images; a wall includes its
            doors, windows and trim. They still cast shadows.

    Raises:
        EngineUnavailable: Open3D, or a system library that it needs, is not installed.
    """

    def __init__(self, surfaces: Surfaces, light: Lighting, hidden: frozenset[str] = frozenset()) -> None:
        self._open3d = _module()
        self._surfaces, self._light = surfaces, light
        self._shown = ~surfaces.faces_of(hidden)
        self._meter = FastRenderer(surfaces, light, hidden)
        self._stages: dict[tuple[bytes, int, int], _Stage] = {}

    def picture(self, camera: Camera) -> npt.NDArray[np.uint8]:
        """Return the image of a camera, sRGB, shape [height, width, 3]."""
        visible = self._surfaces.visible_from(camera.pose.position[2])
        key = (visible.tobytes(), camera.width, camera.height)
        if key not in self._stages:
            size = camera.width, camera.height
            self._stages[key] = _Stage(self._open3d, self._surfaces, self._light, visible & self._shown, size)
        below = bool(visible.all())
        background = None if below else np.array(BACKGROUND, np.float32) / np.float32(255)
        small = camera.sized(_METER_PX, max(1, _METER_PX * camera.height // camera.width))
        shown = self._stages[key].image(camera, self._meter.factors(small), background)
        picture: npt.NDArray[np.uint8] = (np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8)
        return picture


class _Stage:
    """Filament scene with an off-screen renderer for images of one size."""

    def __init__(
        self,
        open3d: Any,
        surfaces: Surfaces,
        light: Lighting,
        seen: npt.NDArray[np.bool_],
        size: tuple[int, int],
    ) -> None:
        self._open3d, self._rendering = open3d, open3d.visualization.rendering
        self._surfaces, self._light = surfaces, light
        self._caster = RayCaster(surfaces, seen & ~surfaces.clear_face)
        with _silenced():
            self._renderer = self._rendering.OffscreenRenderer(*size)
            self._scene = self._renderer.scene
            self._glowing: dict[str, Any] = {}
            self._set_view()
            self._add_surfaces(seen)
            self._add_surroundings()
        self._spots = _spots(light)
        self._add_lights()

    def image(self, camera: Camera, factors: Floats, background: Floats | None) -> Floats:
        """Return the image of a camera, sRGB in 0..1, shape [height, width, 3].

        Args:
            camera: Camera of the stage's image size.
            factors: Estimated exposure factors, shape [3]; the final ones are metered from the image itself.
            background: Background colour, sRGB in 0..1, shape [3]; None for the sky.
        """
        hit = self._caster.cast(camera.eye, camera.rays().reshape(-1, 3)).face >= 0
        hit = hit.reshape(camera.height, camera.width)
        scale = float(factors.max()) / _WHITE
        linear_background = (
            self._light.sky * scale if background is None else _inverse_tone_mapped(background) / _WHITE
        )
        light = self._radiance(camera, scale, linear_background.astype(np.float32))
        factors = exposure(light[hit], self._light)
        shown = tone_mapped(light, factors)
        if background is not None:
            shown[~hit] += background - tone_mapped((linear_background / scale).astype(np.float32), factors)
        return shown

    def _radiance(self, camera: Camera, scale: float, linear_background: Floats) -> Floats:
        """Return the radiance at the pixels of a camera, RGB [cd/m2], shape [height, width, 3].

        Args:
            camera: Camera of the stage's image size.
            scale: Factor from radiance to Filament's linear pixel value, which saturates at 1.
            linear_background: Background, Filament's linear pixel value, RGB, shape [3].
        """
        ground = np.append(linear_to_srgb(np.clip(linear_background, 0, 1)), 1.0)
        self._scene.set_background(ground.astype(np.float32))
        self._expose(scale / _PER_CD_M2)
        self._scene.camera.set_projection(
            camera.fov, camera.width / camera.height, _NEAR_M, _FAR_M,
            self._rendering.Camera.FovType.Vertical,
        )  # fmt: skip
        self._scene.camera.look_at(camera.eye + camera.forward, camera.eye, -camera.pose.matrix[:3, 1])
        with _silenced():
            shown = np.asarray(self._renderer.render_to_image())
        return srgb_to_linear(shown.astype(np.float32) / np.float32(255)) / np.float32(scale)

    def _set_view(self) -> None:
        rendering, view = self._rendering, self._scene.view
        grading = rendering.ColorGrading
        view.set_color_grading(grading(grading.Quality.HIGH, grading.ToneMapping.LINEAR))
        view.set_antialiasing(True)
        view.set_ambient_occlusion(True)
        view.set_shadowing(True, rendering.View.ShadowType.PCF)

    def _add_surfaces(self, seen: npt.NDArray[np.bool_]) -> None:
        surfaces = self._surfaces
        clear, shades = surfaces.clear_face, _shades(surfaces, self._light)
        self._add("unseen", np.flatnonzero(~seen & ~clear & ~shades), "unseen")
        groups = self._groups()
        for number in np.unique(groups[seen]):
            selected = seen & (groups == number)
            for role, part in (("glass", clear), ("shade", shades & ~clear), ("solid", ~clear & ~shades)):
                self._add(f"{role}_{number}", np.flatnonzero(selected & part), role)  # type: ignore[arg-type]

    def _groups(self) -> npt.NDArray[np.int64]:
        """Return a group number for each triangle; materials of a group differ at most in base colour."""
        surfaces = self._surfaces
        numbers: dict[tuple[object, ...], int] = {}
        kinds = []
        for look in surfaces.looks:
            material = look.material
            kind = (look.image, look.surface, material.roughness, material.metallic, material.rgba[3])
            kinds.append(numbers.setdefault(kind, len(numbers)))
        return np.array(kinds)[surfaces.look_of_face]

    def _add(self, name: str, rows: npt.NDArray[np.intp], role: Role) -> None:
        """Add triangles of one group as a mesh.

        Args:
            name: Unique name of the mesh.
            rows: Rows in `Surfaces.faces`.
            role: How to render them; `unseen` triangles only cast shadows.
        """
        if not len(rows):
            return
        open3d, surfaces = self._open3d, self._surfaces
        used, faces = np.unique(surfaces.faces[rows], return_inverse=True)
        mesh = open3d.t.geometry.TriangleMesh()
        mesh.vertex.positions = _tensor(open3d, surfaces.vertices[used])
        mesh.vertex.normals = _tensor(open3d, surfaces.normals[used])
        mesh.vertex.texture_uvs = _tensor(open3d, surfaces.uv[used])
        mesh.triangle.indices = open3d.core.Tensor(faces.reshape(-1, 3).astype(np.int32))
        material = self._rendering.MaterialRecord()
        look = surfaces.looks[surfaces.look_of_face[rows[0]]]
        base_colour = srgb_to_linear([look.material.rgba[:3] for look in surfaces.looks])
        colours = np.zeros((len(used), 3), np.float32)
        colours[faces.reshape(-1)] = np.repeat(base_colour[surfaces.look_of_face[rows]], 3, axis=0)
        if role == "unseen":
            _set_transparent(material, 0.0)
        elif role == "glass":
            _set_transparent(material, look.material.rgba[3])
        elif role == "shade":
            material.shader = "defaultUnlit"
            colours = self._glow(rows, used)
            self._glowing[name] = material
        else:
            _set_opaque(open3d, material, look)
        mesh.vertex.colors = _tensor(open3d, colours)
        self._scene.add_geometry(name, mesh, material)
        if role in ("glass", "shade"):
            self._scene.scene.geometry_shadows(name, False, role == "glass")

    def _glow(self, rows: npt.NDArray[np.intp], used: npt.NDArray[np.int32]) -> Floats:
        """Return the radiance of lampshades at vertices, RGB [cd/m2], shape [n, 3].

        Args:
            rows: Rows in `Surfaces.faces`.
            used: Indices of the n vertices.
        """
        surfaces = self._surfaces
        colour = np.zeros((len(surfaces.vertices), 3), dtype=np.float32)
        found = np.zeros_like(colour)
        for corner in range(3):
            bary = np.tile(np.eye(3, dtype=np.float32)[corner, 1:], (len(rows), 1))
            footprint = np.full(len(rows), 0.01, dtype=np.float32)
            colour[surfaces.faces[rows, corner]] = base_colours(
                surfaces, rows.astype(np.int32), bary, footprint
            )
        found[used] = colour[used] * (self._light.indirect / math.pi).astype(np.float32)
        names = [thing.name for thing in surfaces.things]
        for lamp in self._light.lamps:
            shade_rows = (
                rows[surfaces.thing_of_face[rows] == names.index(lamp.thing)] if lamp.thing in names else []
            )
            corners = np.unique(surfaces.faces[shade_rows])
            distance = np.linalg.norm(surfaces.vertices[corners] - lamp.position, axis=1)
            glow = np.exp(-((distance / GLOW_M) ** 2)) * lamp.flux / (4 * np.pi * SHADE_M2)
            found[corners] += (glow[:, None] * lamp.colour * colour[corners] ** 2).astype(np.float32)
        return found[used]

    def _add_surroundings(self) -> None:
        """Add uniform indirect light and an environment map for reflections, rendered from the centre."""
        indirect = self._light.indirect / math.pi
        harmonics = np.zeros((9, 3))
        harmonics[0], harmonics[2] = indirect, 0.15 * indirect
        self._level = max(float(indirect.max()), 1e-9)
        views = _environment(self._surfaces, self._light) / self._level
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "room"
            _write_cube(path.with_name("room_ibl.ktx"), views, harmonics / self._level)
            _write_cube(path.with_name("room_skybox.ktx"), views, None)
            self._scene.scene.set_indirect_light(str(path))

    def _add_lights(self) -> None:
        inside = self._scene.scene
        for number, spot in enumerate(self._spots):
            inside.add_spot_light(
                f"spot_{number}", _unit(spot.candela), spot.position, spot.direction,
                1.0, _REACH_M, *spot.cone, spot.shadow,
            )  # fmt: skip
        inside.enable_sun_light(bool(self._light.to_sun[2] > 0))

    def _expose(self, scale: float) -> None:
        """Scale the intensity of all lights by a factor."""
        inside, light = self._scene.scene, self._light
        inside.set_indirect_light_intensity(self._level * scale)
        for number, spot in enumerate(self._spots):
            inside.update_light_intensity(f"spot_{number}", math.pi * float(spot.candela.max()) * scale)
        if light.to_sun[2] > 0:
            inside.set_sun_light(-light.to_sun, _unit(light.sun), float(light.sun.max()) * scale)
        for name, material in self._glowing.items():
            shown = float(linear_to_srgb(scale * _PER_CD_M2))
            material.base_color = [shown, shown, shown, 1.0]
            self._scene.modify_geometry_material(name, material)


@dataclass(frozen=True)
class _Spot:
    """A spot light."""

    position: Array
    """Position in the world frame [m], shape [3]."""
    direction: Array
    """Unit direction in the world frame, shape [3]."""
    candela: Array
    """Luminous intensity along the direction, RGB [cd], shape [3]."""
    cone: tuple[float, float]
    """Angles from the direction at which the light begins to fade and ends [rad]."""
    shadow: bool
    """Whether it casts shadows."""


def _spots(light: Lighting) -> tuple[_Spot, ...]:
    """Return the spot lights that replace panes and lamps; only the brightest cast shadows."""
    found = [spot for window in light.windows for spot in _pane_spots(window, light)]
    for lamp in light.lamps:
        found += _lamp_spots(lamp)
    bright = sorted((spot for spot in found if spot.shadow), key=lambda spot: -float(spot.candela.sum()))
    shadowed = {id(spot) for spot in bright[:_SHADOWS]}
    return tuple(replace(spot, shadow=id(spot) in shadowed) for spot in found)


def _pane_spots(window: Window, light: Lighting) -> Iterator[_Spot]:
    """Yield spot lights spread over a pane, of the same total luminous flux as the pane."""
    count = max(1, min(4, _PANE_SPOTS // len(light.windows)))
    # A Lambertian pane emits pi L A; the effective solid angle of a spot's cone is 2.1 sr.
    candela = light.sky * (math.pi * window.area / 2.1 / count)
    across, down = {1: (1, 1), 2: (2, 1), 3: (3, 1), 4: (2, 2)}[count]
    for i in range(across):
        for j in range(down):
            a, b = (2 * i + 1) / across - 1, (2 * j + 1) / down - 1
            position = window.middle + a * window.along + b * window.up + _INTO_ROOM_M * window.inward
            yield _Spot(position, window.inward, candela, _PANE_CONE, True)


def _lamp_spots(lamp: Lamp) -> tuple[_Spot, _Spot]:
    """Return a lamp's light as a downward spot light with shadows and an upward one without."""
    candela, up = lamp.flux / (4 * math.pi) * lamp.colour, np.array([0.0, 0.0, 1.0])
    lower = _Spot(lamp.position, -up, candela, _LAMP_CONE, True)
    return lower, _Spot(lamp.position, up, candela, _LAMP_CONE, False)


def _shades(surfaces: Surfaces, light: Lighting) -> npt.NDArray[np.bool_]:
    """Return the mask of lampshade triangles: those of a lamp object near its bulb, shape [m]."""
    found = np.zeros(len(surfaces.faces), dtype=bool)
    middles = surfaces.vertices[surfaces.faces].mean(axis=1)
    for lamp in light.lamps:
        if lamp.thing:
            near = np.linalg.norm(middles - lamp.position, axis=1) < max(lamp.reach, 0.1)
            found |= surfaces.faces_of({lamp.thing}) & near
    return found


def _set_transparent(material: Any, opacity: float) -> None:
    """Make a material transparent; with an opacity of 0 only its shadow is visible."""
    material.shader = "defaultLitTransparency"
    material.base_color = [1.0, 1.0, 1.0, opacity]
    material.base_roughness = 0.1 if opacity else 1.0
    material.base_reflectance = 0.5 if opacity else 0.0
    material.has_alpha = True


def _set_opaque(open3d: Any, material: Any, look: Look) -> None:
    """Set the texture maps, roughness and metalness of an opaque material."""
    material.shader = "defaultLit"
    material.base_roughness, material.base_metallic = look.material.roughness, look.material.metallic
    image = open3d.geometry.Image
    if look.image is not None:
        material.albedo_img = image(_pixels(look.image))
    if look.surface is not None:
        # Filament reads ambient occlusion from the red channel.
        material.ao_rough_metal_img = image(
            np.maximum(_pixels(look.surface), np.array([255, 0, 0], np.uint8))
        )


def _environment(surfaces: Surfaces, light: Lighting) -> Floats:
    """Return the radiance seen from the centre of a scene as a cube map, RGB [cd/m2], shape [6, n, n, 3].

    Faces are in the order and orientation of OpenGL: +x, -x, +y, -y, +z, -z.
    """
    low, high = surfaces.vertices.min(axis=0), surfaces.vertices.max(axis=0)
    eye = np.append((low + high)[:2] / 2, min(_EYE_M, float(low[2] + high[2]) / 2))
    b, a = np.mgrid[:_CUBE_PX, :_CUBE_PX] * (2 / _CUBE_PX) + (1 / _CUBE_PX - 1)
    one = np.ones_like(a)
    sides = ((one, -b, -a), (-one, -b, a), (a, one, b), (a, -one, -b), (a, -b, one), (-a, -b, -one))
    rays = np.array([np.stack(side, axis=2) for side in sides]).reshape(-1, 3)
    hits = RayCaster(surfaces, ~surfaces.clear_face).cast(eye, rays)
    hit = hits.face >= 0
    found = np.tile(light.sky.astype(np.float32), (len(rays), 1))
    footprint = np.full(int(hit.sum()), 0.05, dtype=np.float32)
    mean = (2 * light.indirect / math.pi).astype(np.float32)
    found[hit] = mean * base_colours(surfaces, hits.face[hit], hits.bary[hit], footprint)
    return found.reshape(6, _CUBE_PX, _CUBE_PX, 3)


def _write_cube(path: Path, views: Floats, harmonics: Array | None) -> None:
    """Write a cube map as a KTX 1 file with R11F_G11F_B10F pixels.

    Args:
        path: File to write.
        views: Cube map, shape [6, n, n, 3].
        harmonics: Spherical harmonics of its irradiance, shape [9, 3]; with them, mipmaps are written too.
    """
    data = b""
    if harmonics is not None:
        text = b"sh\0" + "".join("{:g} {:g} {:g}\n".format(*row) for row in harmonics).encode() + b"\0"
        data = struct.pack("<I", len(text)) + text + b"\0" * (-len(text) % 4)
    levels = [views]
    while harmonics is not None and len(levels) < _CUBE_LEVELS:
        last = levels[-1]
        levels.append(
            (last[:, ::2, ::2] + last[:, 1::2, ::2] + last[:, ::2, 1::2] + last[:, 1::2, 1::2])
            / np.float32(4)
        )
    packed, rgb, side = 0x8C3A, 0x1907, views.shape[1]
    head = (0x04030201, packed, 1, rgb, packed, packed, side, side, 0, 0, 6, len(levels), len(data))
    with path.open("wb") as file:
        file.write(b"\xabKTX 11\xbb\r\n\x1a\n" + struct.pack("<13I", *head) + data)
        for level in levels:
            half = np.clip(level, 0, 6e4).astype(np.float16).view(np.uint16).astype(np.uint32)
            pixels = half[..., 0] >> 4 | half[..., 1] >> 4 << 11 | half[..., 2] >> 5 << 22
            file.write(struct.pack("<I", pixels[0].nbytes) + pixels.astype("<u4").tobytes())


def _inverse_tone_mapped(shown: Floats) -> Floats:
    """Return the exposed linear values that `tone_mapped` maps to given display values (bisection)."""
    low, high = np.zeros_like(shown), np.full_like(shown, np.float32(_WHITE))
    for _ in range(24):
        middle: Floats = (low + high) / np.float32(2)
        dark = tone_mapped(middle, np.ones(3, np.float32)) < shown
        low, high = np.where(dark, middle, low), np.where(dark, high, middle)
    return high


def _unit(colour: Array) -> Array:
    return (colour / max(float(colour.max()), 1e-9)).astype(np.float32)


def _tensor(open3d: Any, values: npt.NDArray[Any]) -> Any:
    return open3d.core.Tensor(np.ascontiguousarray(values, dtype=np.float32))


@lru_cache(maxsize=512)
def _pixels(image: bytes) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(Image.open(io.BytesIO(image)).convert("RGB"), dtype=np.uint8)


@contextlib.contextmanager
def _silenced() -> Iterator[None]:
    """Suppress Filament's output, which it writes to the standard file descriptors."""
    sys.stdout.flush()
    sys.stderr.flush()
    saved = [os.dup(number) for number in (1, 2)]
    try:
        with open(os.devnull, "wb") as sink:
            for number in (1, 2):
                os.dup2(sink.fileno(), number)
        yield
    finally:
        for number, file in zip((1, 2), saved, strict=True):
            os.dup2(file, number)
            os.close(file)


@cache
def _module() -> Any:
    """Return the Open3D module after checking in a subprocess that it can render.

    Raises:
        EngineUnavailable: Open3D, or a system library that it needs, is not installed.
    """
    os.environ.setdefault("EGL_PLATFORM", "surfaceless")
    try:
        import open3d
    except (ImportError, OSError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise EngineUnavailable(
            f"rendering engine 'open3d' is not installed ({reason}); run: {_EXTRA}; {_SYSTEM}"
        ) from error
    if not _works():
        raise EngineUnavailable(f"rendering engine 'open3d' cannot render because EGL fails; run: {_SYSTEM}")
    open3d.utility.set_verbosity_level(open3d.utility.VerbosityLevel.Error)
    return open3d


def _works() -> bool:
    """Return whether Open3D can render, tried in a subprocess that it may abort."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TRIAL], capture_output=True, timeout=_TRY_S, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
