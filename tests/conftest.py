"""Fixtures: a room, a stage to place objects on, a clean environment, no network."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

from sage.asset import Asset, AssetStore
from sage.assets.builder import AssetBuilder
from sage.assets.materials import Style
from sage.assets.parametric import ParametricAssets
from sage.assets.vocabulary import TableVocabulary
from sage.context import Context
from sage.generators.recipes import Recipe, room_types
from sage.geometry import Pose, Vec3
from sage.scene import Opening, Room, Scene, SceneObject, Wall
from sage.spatial.layout import Layout
from sage.task import Task

GAP_M = 0.0005
"""Air between a thing and what it is set down on, before physics takes over."""
LOOPBACK = ("127.0.0.1", "::1", "localhost", "", None)

settings.register_profile("sage", deadline=None, derandomize=True, database=None)
settings.load_profile("sage")


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in LOOPBACK:
        raise PermissionError(f"tests have no network, and something asked for {host!r}")


sys.addaudithook(_refuse_network)


def made(category: str, seed: int = 0, **attributes: str) -> Asset:
    """Return an asset of the default source, built once for all tests."""
    return _made(category, seed, tuple(sorted(attributes.items())))


@cache
def _made(category: str, seed: int, attributes: tuple[tuple[str, str], ...]) -> Asset:
    return ParametricAssets().make(category, np.random.default_rng(seed), dict(attributes))


@cache
def a_block(
    size: Vec3,
    category: str = "box",
    *,
    kind: str = "wood",
    has_front: bool = False,
    mount: str = "surface",
    fill: float = 1.0,
) -> Asset:
    """Return a plain box whose whole top carries things."""
    style = Style(np.random.default_rng(0))
    builder = AssetBuilder(style)
    depth, width, height = size
    builder.part().box(size, (0, 0, height / 2), style.part(kind), bevel=0.0, fill=fill)
    builder.surface("top", (0, 0, height), (depth, width))
    return builder.finish(category, "block.n.01", has_front=has_front, mount=mount)  # type: ignore[arg-type]


class Stage:
    """A scene under construction: every call puts one thing exactly where the test says."""

    def __init__(self, room: Room, store: AssetStore) -> None:
        self.store = store
        self.scene = Scene(
            task=Task(prompt="a kitchen", kind="room", rooms=(room.type,)), seed=0, rooms=(room,)
        )

    block = staticmethod(a_block)

    @property
    def layout(self) -> Layout:
        """Every object where it is now."""
        return Layout(self.scene, self.store)

    def clear(self) -> None:
        """Take everything away."""
        self.scene = self.scene.replacing(objects=())

    def ask(self, **fields: Any) -> None:
        """Change what the task of the scene asks for."""
        task = Task.model_validate(self.scene.task.model_dump() | fields)
        self.scene = self.scene.replacing(task=task)

    def stand(self, thing: str | Asset, pose: Pose, **fields: Any) -> str:
        """Put an asset, or a made one of a category, at a pose; return its id."""
        asset = made(thing) if isinstance(thing, str) else thing
        room = self.scene.rooms[0]
        defaults = {
            "id": self.scene.next_id(asset.category), "category": asset.category, "name": asset.category,
            "asset": self.store.add(asset), "size": asset.size, "room": room.id, "support": "floor",
            "joints": {joint.name: 0.0 for joint in asset.joints}, "covering": asset.covering, "pose": pose,
        }  # fmt: skip
        item = SceneObject.model_validate(defaults | fields)
        self.scene = self.scene.adding(item)
        return item.id

    def set_down(
        self,
        thing: str | Asset,
        owner: str,
        part: str = "top",
        at: tuple[float, float] = (0.0, 0.0),
        *,
        yaw: float = 0.0,
        lift: float = 0.0,
        **fields: Any,
    ) -> str:
        """Put a thing on or in a part of another, `at` from the middle of that part [m]."""
        patch = self.layout[owner].patch(part)
        pose = patch.pose @ Pose.planar(*at, GAP_M + lift, yaw)
        support = {"support": owner, "support_part": part, "placement": patch.surface.placement}
        return self.stand(thing, pose, **(support | fields))

    def change(self, name: str, **fields: Any) -> None:
        """Change fields of an object."""
        self.scene = self.scene.updating(self.scene[name].model_copy(update=fields))


@pytest.fixture
def store(tmp_path: Path) -> AssetStore:
    """An empty store of assets."""
    return AssetStore(tmp_path / "assets")


@pytest.fixture(scope="session")
def source() -> ParametricAssets:
    """The default source of assets."""
    return ParametricAssets()


@pytest.fixture(scope="session")
def vocabulary() -> TableVocabulary:
    """The default vocabulary."""
    return TableVocabulary(room_types())


@pytest.fixture
def context(source: ParametricAssets, store: AssetStore, vocabulary: TableVocabulary) -> Context:
    """What generators and critics are given."""
    return Context(rng=np.random.default_rng(0), source=source, store=store, vocabulary=vocabulary)


@pytest.fixture(scope="session")
def room() -> Room:
    """A kitchen of 5 x 4 m: a door at the left end of the south wall, a window in the north wall."""
    corners = ((0.0, 0.0), (5.0, 0.0), (5.0, 4.0), (0.0, 4.0))
    door = Opening(id="door_1", kind="door", offset=0.7, width=0.9, height=2.05, swing="out")
    window = Opening(id="window_1", kind="window", offset=2.5, width=1.2, height=1.3, sill=0.95)
    openings = {"south": (door,), "north": (window,)}
    walls = tuple(
        Wall(
            id=f"wall_{name}", start=corners[k], end=corners[(k + 1) % 4], height=2.6, thickness=0.12,
            openings=openings.get(name, ()),
        )
        for k, name in enumerate(("south", "east", "north", "west"))
    )  # fmt: skip
    return Room(id="kitchen", type="kitchen", polygon=corners, height=2.6, walls=walls)


@pytest.fixture(scope="session")
def make_stage() -> type[Stage]:
    """Starts a scene under construction in a room: `make_stage(room, store)`."""
    return Stage


@pytest.fixture
def stage(room: Room, store: AssetStore) -> Stage:
    """The empty room, to put things in."""
    return Stage(room, store)


@pytest.fixture
def scene(stage: Stage) -> Scene:
    """The empty room."""
    return stage.scene


@pytest.fixture(scope="session")
def make() -> Callable[..., Asset]:
    """Makes an asset of a category: `make("mug", seed=1, color="red")`."""
    return made


@pytest.fixture(scope="session")
def block() -> Callable[..., Asset]:
    """Makes a plain box of a size [m]: `block((0.4, 0.4, 0.4))`."""
    return a_block


@pytest.fixture
def furnishes(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes the recipe of every room: `furnishes(furniture=[...], clutter=[...])`."""

    def write(**fields: Any) -> None:
        plan = Recipe.model_validate(
            {"room": "kitchen", "words": ("kitchen",), "area": (19, 20), "furniture": []} | fields
        )
        for module in ("floor_plan", "furnish", "placement.room_state"):
            monkeypatch.setattr(f"sage.generators.{module}.recipe", lambda _: plan)

    return write


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def clean_environment(project: Path) -> dict[str, str]:
    """The environment of programs that tests start: our code first on the path, no colours."""
    path = os.pathsep.join(filter(None, (str(project), os.environ.get("PYTHONPATH"))))
    return os.environ | {"PYTHONPATH": path, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200"}
