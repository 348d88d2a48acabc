"""Rendered images: content and lighting."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sage.errors import UserError
from sage.geometry import Pose
from sage.rendering.camera import Camera, look_at
from sage.rendering.fast import BACKGROUND, FastRenderer
from sage.rendering.lighting import lighting
from sage.rendering.observation import Observer
from sage.rendering.surfaces import surfaces
from sage.rendering.views import VIEWS, picture, view_of

SIZE = {"width": 80, "height": 60}


def shot(stage, camera: Camera, hour: float = 12.0, hidden: frozenset[str] = frozenset()) -> NDArray:
    light = lighting(stage.scene, stage.store, hour)
    return FastRenderer(surfaces(stage.scene, stage.store), light, hidden).picture(camera)


def grey(picture: NDArray, where: NDArray) -> float:
    return float(picture[where].mean())


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_room_in_its_middle_and_nothing_around(stage, block, view: str) -> None:
    stage.stand(block((0.5, 0.5, 0.5)), Pose.planar(2.5, 2.0))
    rgb = np.asarray(picture(stage.scene, stage.store, view, (120, 90)))  # type: ignore[arg-type]
    empty = (rgb == BACKGROUND).all(axis=2)
    assert 0.05 < empty.mean() < 0.7
    assert empty[:3, :3].all() and empty[-3:, -3:].all() and not empty[30:60, 40:80].any()
    assert (rgb == np.asarray(picture(stage.scene, stage.store, view, (120, 90)))).all()  # type: ignore[arg-type]


def test_the_preview_leaves_out_the_walls_before_it_and_what_hangs_on_them(stage) -> None:
    stage.stand("picture", Pose.planar(2.5, 0.03, 1.5, np.pi / 2), support="wall")
    stage.stand("picture", Pose.planar(2.5, 3.97, 1.5, -np.pi / 2), support="wall")
    view = view_of(stage.scene, stage.store, "cutaway_1")
    assert view.hidden == {"wall_south", "wall_west", "picture_1"}


def test_colours_are_those_of_things(stage, block, make) -> None:
    for x, colour in ((1.5, "red"), (3.5, "blue")):
        stage.stand(make("mug", color=colour), Pose.planar(x, 2.0))
    found = surfaces(stage.scene, stage.store)
    for name, channel in (("mug_1", 0), ("mug_2", 2)):
        x, y, _ = stage.scene[name].pose.position
        camera = Camera(name="c", pose=look_at((x, y - 0.4, 0.3), (x, y, 0.05)), fov=30, **SIZE)
        mine = Observer(found).look(camera).instances == (1 if channel == 0 else 2)
        mean = shot(stage, camera)[mine].mean(axis=0)
        assert mean.argmax() == channel and mean[channel] > 1.4 * np.delete(mean, channel).max()


def test_the_sun_shines_through_the_window_and_nowhere_else(stage) -> None:
    """Mirrored in north: the window is turned south, and the sun at noon is 45 degrees high."""
    room = stage.scene.rooms[0]
    windows, south = room.walls[2].openings, room.walls[0]
    walls = (south.model_copy(update={"openings": windows}), room.walls[1],
             room.walls[2].model_copy(update={"openings": ()}), room.walls[3])  # fmt: skip
    stage.scene = stage.scene.replacing(rooms=(room.model_copy(update={"walls": walls}),))
    camera = Camera(name="c", pose=look_at((2.5, 2.0, 2.5), (2.5, 2.0, 0.0), up=(0, 1, 0)), fov=75, **SIZE)
    frame = Observer(surfaces(stage.scene, stage.store)).look(camera)
    x, y = frame.points[..., 0], frame.points[..., 1]
    floor = np.abs(frame.points[..., 2]) < 1e-3
    # Sill 0.95 m, head 2.25 m, half a wall behind: light falls 0.9 to 2.2 m into the room.
    patch = floor & (np.abs(x - 2.2) < 0.25) & (y > 1.1) & (y < 1.9)
    beside = floor & (np.abs(x - 2.2) > 0.9) & (y > 1.1) & (y < 1.9)
    assert patch.sum() > 20 and beside.sum() > 20
    noon, night = shot(stage, camera), shot(stage, camera, hour=0.0)
    by_sun = grey(noon, patch) - grey(noon, beside)
    by_sky = grey(night, patch) - grey(night, beside)
    assert by_sun > 40 and by_sun > by_sky + 20


def test_a_lamp_lights_what_is_near_and_things_cast_shadows(stage, block) -> None:
    stage.stand("ceiling lamp", Pose.planar(1.25, 2.0, 2.6), support="ceiling")
    stage.stand(block((0.8, 0.8, 0.05), "board"), Pose.planar(1.25, 2.0, 1.0))
    camera = Camera(name="c", pose=look_at((2.5, 0.2, 2.4), (2.0, 2.2, 0.0)), fov=80, **SIZE)
    frame = Observer(surfaces(stage.scene, stage.store)).look(camera)
    floor = np.abs(frame.points[..., 2]) < 1e-3
    away = np.linalg.norm(frame.points[..., :2] - (1.25, 2.0), axis=2)
    picture = shot(stage, camera, hour=0.0)
    shadow, lit, far = floor & (away < 0.4), floor & (away > 1.0) & (away < 1.3), floor & (away > 2.6)
    assert min(shadow.sum(), lit.sum(), far.sum()) > 15
    assert grey(picture, lit) > grey(picture, shadow) + 15
    assert grey(picture, lit) > grey(picture, far) + 15


def test_pictures_are_neither_black_nor_white_at_any_hour(stage, block) -> None:
    stage.stand(block((1.0, 1.0, 0.5)), Pose.planar(2.5, 2.0))
    camera = Camera(name="c", pose=look_at((0.4, 0.4, 2.2), (2.5, 2.0, 0.5)), fov=70, **SIZE)
    for hour in (0.0, 6.5, 12.0, 17.5):
        mean = shot(stage, camera, hour).mean()
        assert 90 < mean < 215, hour


def test_an_hour_that_no_day_has_is_refused(stage) -> None:
    with pytest.raises(UserError, match="from 0 to 24"):
        lighting(stage.scene, stage.store, 25)
