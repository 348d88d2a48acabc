"""PyBullet simulation of a scene: settling and contact queries; the only module that imports PyBullet.

It hides PyBullet's conventions: quaternions are xyzw, a body's pose is that of its inertial frame, convex
shapes have a collision margin of 1 mm (set to 0.01 mm), every joint starts with a motor (replaced by dry
friction), the friction coefficients of two bodies are multiplied (so each is set to its square root), and a
client leaks memory until it is disconnected.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import math
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from sage.asset import AssetStore
from sage.errors import SageError
from sage.export.urdf import write_bullet_urdf
from sage.geometry import Array, Pose, Vec3, angle_between, least_step
from sage.scene import GRAVITY, Scene
from sage.spatial.structure import STRUCTURE_FRICTION, Block, room_blocks

__all__ = ["STEP_S", "Contact", "Motion", "State", "World", "motion", "touching_pairs"]

STEP_S = 1.0 / 240.0
"""Simulation time step [s]."""
_SOLVER_ITERATIONS = 200
_CONTACT_RANGE_M = 0.002
"""Contact distance threshold [m]; Bullet's default of 0.02 creates several times as many contact points."""
_CONTACT_ERP = 0.2
"""Fraction of a penetration corrected per step; with PyBullet's 0.08, light objects may rest 1 mm deep."""
_RESIDUAL = 3e-8
"""Solver residual for early termination; at PyBullet's 1e-7, light objects creep and sink."""
_STILL_M_S = 0.002
_STILL_RAD_S = 0.02
_CHECK_S = 0.05
"""Interval at which `settle` checks for motion [s]."""
_STILL_CHECKS = 4
"""Number of consecutive checks without motion after which a scene is at rest."""
_APART_M = 2e-5
"""Penetration depth that counts as none when bodies are separated [m]."""
_SHIFTS = 12
"""Maximum number of iterations when bodies are separated."""
_FAR_M = 0.5
"""Maximum shift when bodies are separated [m]."""
_MARGIN_M = 1e-5
"""Collision margin [m]; at 0, Bullet's rays miss thin bodies and depths of aligned boxes are too small."""


_streams = threading.RLock()
"""Held while the process-wide standard streams are redirected."""


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Suppress PyBullet's banner and warnings, which C code prints to the standard file descriptors."""
    with _streams:
        sys.stdout.flush()
        sys.stderr.flush()
        saved = os.dup(1), os.dup(2)
        sink = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(sink, 1)
            os.dup2(sink, 2)
            yield
        finally:
            ctypes.CDLL(None).fflush(None)
            for stream, copy in zip((1, 2), saved, strict=True):
                os.dup2(copy, stream)
                os.close(copy)
            os.close(sink)


with _quiet():
    import pybullet


@dataclass(frozen=True)
class State:
    """Poses and joint positions of all objects at one time."""

    poses: dict[str, Pose]
    """`world_from_object` by object id."""
    joints: dict[str, dict[str, float]]
    """Joint positions by object id and joint name [rad or m]."""


@dataclass(frozen=True)
class Contact:
    """Deepest contact of an object with another body."""

    a: str
    """Id of the object."""
    b: str
    """Id of another object, or name of a structural block of a room."""
    depth: float
    """Penetration depth [m]; negative if the bodies are apart."""
    direction: Vec3
    """Unit contact normal in the world frame, along which `a` separates from `b`."""


@dataclass(frozen=True)
class Motion:
    """Displacement of an object between two states."""

    drift: float
    """Distance between the positions [m]."""
    turn: float
    """Angle between the orientations [rad]."""


def motion(before: State, after: State) -> dict[str, Motion]:
    """Return the displacement of each object in `before` by id.

    Args:
        before: Earlier state.
        after: Later state, with all objects of the earlier one.
    """
    return {
        name: Motion(
            float(np.linalg.norm(np.subtract(after.poses[name].position, pose.position))),
            angle_between(after.poses[name].orientation, pose.orientation),
        )
        for name, pose in before.poses.items()
    }


def touching_pairs(contacts: Iterable[Contact]) -> set[frozenset[str]]:
    """Return the unordered pair of body names of each contact."""
    return {frozenset((contact.a, contact.b)) for contact in contacts}


class World:
    """PyBullet simulation of a scene under gravity, without damping or sleeping bodies.

    A world is a context manager; its methods work only inside the `with` block. Coverings such as rugs are
    not simulated.

    Args:
        scene: Scene to simulate.
        store: Store of its assets.
        held: Ids of free objects to treat as fixed.
    """

    def __init__(self, scene: Scene, store: AssetStore, *, held: frozenset[str] = frozenset()) -> None:
        self._scene = scene
        self._store = store
        self._held = held
        self._client = -1
        self._bodies: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._links: dict[str, dict[str, int]] = {}
        self._inertial: dict[str, tuple[Pose, Pose]] = {}
        """`object_from_inertial` of each object, and its inverse."""
        self._low, self._high = np.zeros((0, 3)), np.zeros((0, 3))
        """Corners of the bounding boxes by body, in the world frame [m]."""
        self._stale: set[int] = set()
        """Bodies whose bounding boxes are out of date."""
        self.unsettled: frozenset[str] = frozenset()
        """Ids of the objects that were still moving when `settle` returned."""

    def __enter__(self) -> World:
        """Connect to PyBullet and create the bodies.

        Raises:
            SageError: PyBullet cannot load an asset.
        """
        with _quiet():
            self._client = pybullet.connect(pybullet.DIRECT)
            try:
                self._build()
            except BaseException:
                pybullet.disconnect(self._client)
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect from PyBullet, which frees about 30 MB."""
        pybullet.disconnect(self._client)

    def _build(self) -> None:
        client = self._client
        pybullet.setGravity(0, 0, -GRAVITY, physicsClientId=client)
        pybullet.setPhysicsEngineParameter(
            fixedTimeStep=STEP_S,
            numSolverIterations=_SOLVER_ITERATIONS,
            contactBreakingThreshold=_CONTACT_RANGE_M,
            contactERP=_CONTACT_ERP,
            solverResidualThreshold=_RESIDUAL,
            deterministicOverlappingPairs=1,
            enableFileCaching=0,  # the process-wide cache is never freed; it grows by 9 MB per scene
            physicsClientId=client,
        )
        for room in self._scene.rooms:
            for block in room_blocks(room):
                if block.collides:
                    self._add_block(block)
        for item in self._scene.objects:
            asset = self._store[item.asset]
            if not item.covering:
                self._add_object(item.id, item.asset, item.pose, item.fixed or item.id in self._held)
                for joint in asset.joints:
                    self.set_joint(item.id, joint.name, item.joints.get(joint.name, 0.0))
        self._low = np.full((max(self._names, default=-1) + 1, 3), np.inf)
        self._high = -self._low
        self._stale = set(self._names)

    def _add_block(self, block: Block) -> None:
        half = [value / 2 for value in block.size]
        client = self._client
        shape = pybullet.createCollisionShape(pybullet.GEOM_BOX, halfExtents=half, physicsClientId=client)
        body = pybullet.createMultiBody(
            0, shape, -1, block.pose.position, _xyzw(block.pose), physicsClientId=client
        )
        pybullet.changeDynamics(
            body, -1, lateralFriction=math.sqrt(STRUCTURE_FRICTION), restitution=0, physicsClientId=client
        )
        self._names[body] = block.name

    def _add_object(self, name: str, asset_id: str, pose: Pose, fixed: bool) -> None:
        client = self._client
        flags = pybullet.URDF_USE_INERTIA_FROM_FILE | pybullet.URDF_IGNORE_VISUAL_SHAPES
        try:
            body = pybullet.loadURDF(
                str(self._urdf(asset_id)),
                useFixedBase=fixed,
                flags=flags,
                physicsClientId=client,
            )
        except pybullet.error as error:
            raise SageError(f"PyBullet cannot load asset {asset_id!r} of {name!r}: {error}") from error
        self._bodies[name], self._names[body] = body, name
        asset = self._store[asset_id]
        self._links[name] = {asset.links[0].name: -1}
        for index in range(pybullet.getNumJoints(body, physicsClientId=client)):
            info = pybullet.getJointInfo(body, index, physicsClientId=client)
            self._links[name][info[12].decode()] = index
        for link in asset.links:
            pybullet.changeDynamics(
                body,
                self._links[name][link.name],
                lateralFriction=math.sqrt(link.friction),
                restitution=0,
                linearDamping=0,
                angularDamping=0,
                collisionMargin=_MARGIN_M,
                physicsClientId=client,
            )
        for joint in asset.joints:
            pybullet.changeDynamics(
                body,
                self._links[name][joint.child],
                jointDamping=joint.damping,
                jointLowerLimit=joint.lower,
                jointUpperLimit=joint.upper,
                physicsClientId=client,
            )
            self._motor(name, joint.name, joint.friction)
        dynamics = pybullet.getDynamicsInfo(body, -1, physicsClientId=client)
        inertial = _pose(dynamics[3], dynamics[4])
        self._inertial[name] = inertial, inertial.inverse()
        self.set_pose(name, pose)

    def _urdf(self, asset_id: str) -> Path:
        path = self._store.path(asset_id) / "bullet.urdf"
        if not path.exists():
            write_bullet_urdf(self._store[asset_id], path.parent)
        return path

    def _motor(self, name: str, joint: str, force: float, speed: float = 0.0) -> None:
        pybullet.setJointMotorControl2(
            self._bodies[name],
            self._joint_index(name, joint),
            pybullet.VELOCITY_CONTROL,
            targetVelocity=speed,
            force=force,
            physicsClientId=self._client,
        )

    def _joint_index(self, name: str, joint: str) -> int:
        asset = self._store[self._scene[name].asset]
        return self._links[name][asset.joint(joint).child]

    def set_pose(self, name: str, pose: Pose) -> None:
        """Set the pose of an object, `world_from_object`, and its velocity to 0."""
        inertial = pose @ self._inertial[name][0]
        pybullet.resetBasePositionAndOrientation(
            self._bodies[name], inertial.position, _xyzw(inertial), physicsClientId=self._client
        )
        self._stale.add(self._bodies[name])

    def set_joint(self, name: str, joint: str, position: float) -> None:
        """Set the position of a joint [rad or m], and its velocity to 0."""
        pybullet.resetJointState(
            self._bodies[name],
            self._joint_index(name, joint),
            position,
            physicsClientId=self._client,
        )
        self._stale.add(self._bodies[name])

    def remove(self, name: str) -> None:
        """Remove an object from the simulation."""
        body = self._bodies.pop(name)
        pybullet.removeBody(body, physicsClientId=self._client)
        del self._names[body], self._links[name], self._inertial[name]
        self._low[body], self._high[body] = np.inf, -np.inf
        self._stale.discard(body)

    def accelerate(self, acceleration: Vec3) -> None:
        """Set the acceleration of the whole room until the next call.

        The room stays the frame of reference, so objects feel the opposite inertial acceleration.

        Args:
            acceleration: Acceleration in the world frame [m/s2]; zero for a room at rest.
        """
        x, y, z = acceleration
        pybullet.setGravity(-x, -y, -GRAVITY - z, physicsClientId=self._client)

    def drive(self, name: str, joint: str, *, speed: float, force: float) -> None:
        """Drive a joint with a velocity motor until the next call.

        Args:
            name: Id of the object.
            joint: Name of the joint.
            speed: Target velocity [rad/s or m/s].
            force: Maximum torque or force [N m or N].
        """
        self._motor(name, joint, force, speed)

    def state(self) -> State:
        """Return the current poses and joint positions of all objects."""
        poses, joints = {}, {}
        for name, body in self._bodies.items():
            position, quat = pybullet.getBasePositionAndOrientation(body, physicsClientId=self._client)
            poses[name] = _pose(position, quat) @ self._inertial[name][1]
            asset = self._store[self._scene[name].asset]
            joints[name] = {
                joint.name: float(
                    pybullet.getJointState(
                        body, self._links[name][joint.child], physicsClientId=self._client
                    )[0]
                )
                for joint in asset.joints
            }
        return State(poses, joints)

    def step(self, seconds: float) -> None:
        """Simulate a duration [s], rounded to whole time steps."""
        for _ in range(round(seconds / STEP_S)):
            pybullet.stepSimulation(physicsClientId=self._client)
        self._stale = set(self._names)

    def settle(self, limit_s: float) -> float:
        """Simulate until all objects are at rest, and update `unsettled`.

        Args:
            limit_s: Maximum duration [s].

        Returns:
            Simulated duration [s].
        """
        still_checks, elapsed, before = 0, 0.0, self.state()
        while elapsed < limit_s and still_checks < _STILL_CHECKS:
            self.step(_CHECK_S)
            elapsed += _CHECK_S
            now = self.state()
            self.unsettled = frozenset(
                name for name, moved in motion(before, now).items() if self._moves(name, moved, before, now)
            )
            still_checks = 0 if self.unsettled else still_checks + 1
            before = now
        return elapsed

    def _moves(self, name: str, moved: Motion, before: State, now: State) -> bool:
        """Return whether an object or its joints moved faster than the limits for rest between two checks."""
        if moved.drift > _STILL_M_S * _CHECK_S or moved.turn > _STILL_RAD_S * _CHECK_S:
            return True
        for joint in self._store[self._scene[name].asset].joints:
            limit = _STILL_M_S if joint.kind == "prismatic" else _STILL_RAD_S
            if abs(now.joints[name][joint.name] - before.joints[name][joint.name]) > limit * _CHECK_S:
                return True
        return False

    def contacts(self, distance: float = 0.0) -> tuple[Contact, ...]:
        """Return the deepest contact of each object with each other body.

        Args:
            distance: Maximum distance between the bodies [m]; 0 for touching or overlapping ones.
        """
        objects = set(self._bodies.values())
        found = (
            self._deepest(a, b, distance)
            for a in sorted(objects)
            for b in self._near(a, distance)
            if not (b in objects and b <= a)
        )
        return tuple(contact for contact in found if contact is not None)

    def touching(self, name: str, distance: float = 0.0) -> tuple[Contact, ...]:
        """Return the deepest contact of one object with each other body.

        Args:
            name: Id of the object.
            distance: Maximum distance between the bodies [m]; 0 for touching or overlapping ones.
        """
        body = self._bodies[name]
        found = (self._deepest(body, other, distance) for other in self._near(body, distance))
        return tuple(contact for contact in found if contact is not None)

    def _deepest(self, a: int, b: int, distance: float) -> Contact | None:
        points = pybullet.getClosestPoints(a, b, distance, physicsClientId=self._client)
        if not points:
            return None
        deepest = min(points, key=lambda point: point[8])
        return Contact(self._names[a], self._names[b], -deepest[8], deepest[7])

    def separation(
        self,
        a: str,
        b: str,
        *,
        axes: npt.ArrayLike = ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        upward: bool = False,
        clearance: float = 0.0,
    ) -> Array | None:
        """Return a small shift of an object that separates it from another body.

        Each overlapping pair of convex pieces is a linear constraint on the shift: its contact normal and
        depth. The least shift that satisfies all constraints is applied, constraints of new overlaps are
        added, and so on. If they become infeasible, as for a peg in a hole, straight paths are searched
        instead. The shift returned has been verified.

        Args:
            a: Id of the object to shift.
            b: Id of another object, or name of a structural block of a room.
            axes: Directions of permitted shifts, orthonormal in the world frame, shape [k, 3].
            upward: Whether to exclude downward shifts.
            clearance: Gap to leave between the bodies [m].

        Returns:
            Shift in the world frame [m], shape [3], or None if none of at most 0.5 m was found.
        """
        bodies = {name: body for body, name in self._names.items()}
        other, frame = bodies[b], np.asarray(axes, dtype=float)
        position, orientation = pybullet.getBasePositionAndOrientation(
            self._bodies[a], physicsClientId=self._client
        )

        def constraints(shift: Array) -> tuple[Array, Array]:
            """Return contact normals, shape [n, 3], and the missing distance along each [m], shape [n]."""
            self._put(a, np.add(position, shift), orientation)
            points = pybullet.getClosestPoints(
                self._bodies[a], other, clearance, physicsClientId=self._client
            )
            amounts = np.array([clearance - point[8] for point in points])
            deep = amounts > _APART_M
            return np.array([point[7] for point in points]).reshape(-1, 3)[deep], amounts[deep]

        try:
            shift = _least_shift(constraints, frame, upward)
            return shift if shift is not None else _straight_shift(constraints, frame, upward)
        finally:
            self._put(a, position, orientation)

    def _put(self, name: str, position: npt.ArrayLike, orientation: tuple[float, ...]) -> None:
        body = self._bodies[name]
        pybullet.resetBasePositionAndOrientation(body, position, orientation, physicsClientId=self._client)
        self._stale.add(body)

    def _near(self, body: int, distance: float) -> list[int]:
        """Return the other bodies whose bounding boxes are within a distance of a body's [m]."""
        for moved in self._stale:
            self._low[moved], self._high[moved] = self._box(moved)
        self._stale.clear()
        close = (self._low <= self._high[body] + distance) & (self._low[body] <= self._high + distance)
        return [int(other) for other in np.flatnonzero(close.all(axis=1)) if other != body]

    def _box(self, body: int) -> tuple[Array, Array]:
        links = range(-1, pybullet.getNumJoints(body, physicsClientId=self._client))
        boxes = [pybullet.getAABB(body, link, physicsClientId=self._client) for link in links]
        return np.min([box[0] for box in boxes], axis=0), np.max([box[1] for box in boxes], axis=0)


_Constraints = Callable[[Array], tuple[Array, Array]]
"""Function from a shift [m] to violated constraints: normals, shape [n, 3], and distances [m], shape [n]."""


def _least_shift(constraints: _Constraints, axes: Array, upward: bool) -> Array | None:
    """Return the least shift that satisfies all constraints, or None if they are infeasible."""
    shift = np.zeros(3)
    normals, amounts = np.zeros((0, 3)), np.zeros(0)
    if upward:
        normals, amounts = np.array([[0.0, 0.0, 1.0]]), np.zeros(1)
    for _ in range(_SHIFTS):
        new, missing = constraints(shift)
        if not len(new):
            return shift
        normals = np.concatenate([normals, new])
        amounts = np.concatenate([amounts, missing + new @ shift])
        step = least_step(normals @ axes.T, amounts)
        if step is None or np.linalg.norm(step) > _FAR_M:
            return None
        shift = step @ axes
    return None


def _straight_shift(constraints: _Constraints, axes: Array, upward: bool) -> Array | None:
    """Return the shortest separating shift along an axis, a diagonal or a constraint normal, or None."""
    diagonals = [a + s * b for a, b in itertools.combinations(axes, 2) for s in (1, -1)]
    first = constraints(np.zeros(3))[0] @ axes.T @ axes
    directions = np.concatenate([axes, np.reshape(diagonals, (-1, 3)), first])
    directions = directions[np.linalg.norm(directions, axis=1) > 0.1]
    directions = np.unique(
        np.round(directions / np.linalg.norm(directions, axis=1, keepdims=True), 6), axis=0
    )
    best: Array | None = None
    for direction in np.concatenate([directions, -directions]):
        if upward and direction[2] < 0:
            continue
        limit = _FAR_M if best is None else float(np.linalg.norm(best))
        free = next(
            (r for r in np.geomspace(1e-3, limit, 24) if not len(constraints(r * direction)[0])), None
        )
        if free is None:
            continue
        blocked = free / 1.4
        while free - blocked > _APART_M:
            middle = (free + blocked) / 2
            free, blocked = (free, middle) if len(constraints(middle * direction)[0]) else (middle, blocked)
        if best is None or free < limit:
            best = free * direction
    return best


def _xyzw(pose: Pose) -> tuple[float, float, float, float]:
    w, x, y, z = pose.orientation
    return (x, y, z, w)


def _pose(position: tuple[float, ...], xyzw: tuple[float, ...]) -> Pose:
    x, y, z, w = xyzw
    norm = float(np.sqrt(x * x + y * y + z * z + w * w))
    px, py, pz = position
    return Pose(position=(px, py, pz), orientation=(w / norm, x / norm, y / norm, z / norm))
