"""Verifies exported scenes in simulators, each loading its native format and simulating.

Each engine runs `loaders/<engine>_scene.py` in a process and, but for those of the default install, in
an environment of its own, because their requirements exclude one another. They run one after the other:
most start threads of their own.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from sage.context import silent
from sage.errors import EngineUnavailable, FolderError, UserError
from sage.export.formats import FORMATS
from sage.export.reading import read_scene
from sage.geometry import angle_between
from sage.scene import Scene, SceneObject

__all__ = [
    "ENGINES",
    "VALIDATOR",
    "Engine",
    "Proof",
    "Tool",
    "chosen_engines",
    "environment",
    "install",
    "installed",
    "record",
    "recorded",
    "require_formats",
    "verify",
]

_DRIFT_M, _TURN_RAD = 0.01, 0.1
_HARD_M, _SOFT_M = 0.001, 0.008
_PLACED_M, _PLACED_RAD = 1e-4, 1e-3
"""How far from scene.json an engine may find an object before anything has moved."""
_REACHED_SHARE = 0.97
_START_LIMIT_S, _STEP_LIMIT_S = 600.0, 240.0
"""Wall clock that an engine may take: at all, and for each simulated second."""
_COMPLETE = "complete"
_SCRIPTS = Path(__file__).parent / "loaders"


@dataclass(frozen=True)
class Tool:
    """A program that may need an environment of its own."""

    name: str
    distribution: str
    """Whose version is reported."""
    requirements: tuple[str, ...] = ()
    """What pip installs into an environment of its own; none belongs to the default install."""


@dataclass(frozen=True)
class Engine(Tool):
    """A simulator."""

    reads: str = "usd"
    """The format that it is given."""
    sink: float = _HARD_M
    """How far a thing may go up or down [m]; contacts that are soft by default let all things sink."""


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("pybullet", "pybullet", reads="urdf"),
        Engine("mujoco", "mujoco", reads="mjcf"),
        Engine("drake", "drake", ("drake==1.51.1",), "mjcf", _SOFT_M),
        Engine(
            "newton",
            "newton",
            ("newton[sim]==1.8.0", "newton-usd-schemas==0.6.0", "usd-core==26.11", "scipy==1.17.1"),
            sink=_SOFT_M,
        ),
        Engine(
            "physx",
            "ovphysx",
            ("ovphysx==0.7.0.74035321", "physx-usd-schemas==25.11.2.72696984", "newton-usd-schemas==0.6.0"),
        ),
        Engine("sapien", "sapien", ("sapien==3.0.3",), "urdf"),
        Engine("genesis", "genesis-world", ("genesis-world==1.4.5", "torch==2.13.0"), "urdf"),
    )
}

VALIDATOR = Tool(
    "validator", "omniverse-asset-validator", ("omniverse-asset-validator==1.18.0", "usd-core==26.11")
)
"""Judges USD files; it simulates nothing."""


@dataclass(frozen=True)
class Proof:
    """Result of simulating a scene in an engine. Lengths are those of the object that fared worst."""

    engine: str
    version: str
    seconds: float
    """How much time passed [s]."""
    free_objects: int
    share_stable: float
    """Of the free objects, those that stay within all tolerances."""
    drift_m: float | None
    """Horizontally; None: nothing was measured, or it is not finite."""
    sink_m: float | None
    """Up or down."""
    turn_rad: float | None
    speed_m_s: float | None
    """At the end."""
    depth_m: float | None
    """Of the deepest contact, if the engine tells."""
    stuck: tuple[str, ...] = ()
    """Joints that, when driven, do not reach their upper limit."""
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


def chosen_engines(names: str | None, report: Callable[[str], None] = silent) -> tuple[Engine, ...]:
    """Return the engines named, separated by commas, or else all that are installed.

    `report` is told of each engine that is skipped because it is absent.

    Raises:
        EngineUnavailable: one that was named is unknown or absent.
    """
    if names is not None:
        return tuple(_present(name) for name in _split(names))
    for engine in ENGINES.values():
        if not installed(engine):
            report(f"{engine.name} is skipped: not installed; sage verify --install {engine.name}")
    return tuple(engine for engine in ENGINES.values() if installed(engine))


def installed(tool: Tool) -> bool:
    """Return whether a simulator, or the validator, can be asked."""
    return not tool.requirements or (environment(tool) / _COMPLETE).is_file()


def install(names: str, progress: Callable[[str], None] = silent) -> None:
    """Make the environments of the engines or the validator named, separated by commas.

    What fails leaves nothing behind.

    Raises:
        EngineUnavailable: one is unknown, or pip could not install it.
    """
    for tool in [VALIDATOR if name == VALIDATOR.name else _known(name) for name in _split(names)]:
        if installed(tool):
            continue
        progress(f"install: {', '.join(tool.requirements)}")
        folder = environment(tool)
        try:
            _make_environment(tool, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _make_environment(tool: Tool, folder: Path) -> None:
    try:
        venv.create(folder, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EngineUnavailable(
            f"cannot make an environment in {str(folder)!r}: {error}; name another place in SAGE_ENGINES"
        ) from error
    command = [_python(folder), "-m", "pip", "install", "--quiet", *tool.requirements]
    done = subprocess.run(command, env=_clean_environ(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise EngineUnavailable(f"pip cannot install {tool.name!r}: {_last_line(done.stderr)}")
    (folder / _COMPLETE).touch()


def require_formats(folder: Path, engines: Sequence[Engine]) -> None:
    """Refuse a scene folder that lacks files of a format that one of the engines reads.

    Raises:
        FolderError: files are missing, or it is no scene folder.
    """
    scene, _ = read_scene(folder)
    formats = [FORMATS[name] for name in FORMATS if any(engine.reads == name for engine in engines)]
    lacking = {
        item.name: name for item in formats for name in item.files(scene) if not (folder / name).is_file()
    }
    if lacking:
        readers = ", ".join(engine.name for engine in engines if engine.reads in lacking)
        raise FolderError(
            f"{str(folder)!r} lacks {', '.join(lacking.values())} for {readers}: "
            f"sage export {folder} --formats {','.join(lacking)}"
        )


def verify(folder: Path, engine: Engine, *, seconds: float = 5.0, drive: bool = False) -> Proof:
    """Let an engine simulate a scene folder.

    Args:
        folder: of the scene.
        engine: which; it must be installed.
        seconds: how much time passes.
        drive: also drive every joint to its upper limit, in the engines that can.

    Raises:
        FolderError: it is no scene folder, or lacks the format that the engine reads.
        UserError: `seconds` is not positive.
    """
    if not (math.isfinite(seconds) and seconds > 0):
        raise UserError(f"--seconds is {seconds:g}; it must be more than 0, and 5 is usual")
    require_formats(folder, [engine])
    scene, _ = read_scene(folder)
    home = environment(engine) if engine.requirements else None
    empty = Proof(engine.name, _version(engine, home), seconds, 0, 0.0, None, None, None, None, None)
    answer = _ask(engine, home, folder, seconds, drive)
    if isinstance(answer, str):
        return replace(empty, free_objects=len(_free(scene)), failures=(answer,))
    return _judge(scene, engine, answer, empty)


def record(folder: Path, proofs: Sequence[Proof]) -> None:
    """Write proofs into a scene folder's report.json, under `verified`; the rest of it stays."""
    path = folder / "report.json"
    try:
        report = json.loads(path.read_text()) if path.exists() else {}
        verified = report.get("verified", {})
        verified |= {proof.engine: _summary(proof) for proof in proofs}
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(report | {"verified": verified}, indent=1) + "\n")
        partial.replace(path)
    except (OSError, ValueError, AttributeError) as error:
        raise UserError(f"the proof cannot be written to {str(path)!r}: {error}") from error


def recorded(folder: Path) -> dict[str, Proof]:
    """Return the proofs that a scene folder's report.json keeps, by engine; what cannot be read is none."""
    try:
        kept = json.loads((folder / "report.json").read_text())["verified"]
        return {name: _proof(name, fields) for name, fields in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _proof(engine: str, fields: dict[str, Any]) -> Proof:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    del told["passed"]
    return Proof(engine=engine, **told)


def _summary(proof: Proof) -> dict[str, Any]:
    fields = asdict(proof)
    del fields["engine"]
    return {"version": fields.pop("version"), "passed": proof.passed} | fields


def _judge(scene: Scene, engine: Engine, answer: dict[str, Any], empty: Proof) -> Proof:
    free = _free(scene)
    marks = {item.id: _measure(item, answer["objects"].get(item.id)) for item in free}
    failures = {name: tuple(_faults(mark, engine)) for name, mark in marks.items()}
    depths = [found.get("depth") for found in answer["objects"].values()]
    stuck = [name for name, share in answer.get("reached", {}).items() if not share >= _REACHED_SHARE]
    needed = [name for name in stuck if scene[name.partition("/")[0]].role != "context"]
    there = [mark for mark in marks.values() if mark]
    return replace(
        empty,
        free_objects=len(free),
        share_stable=sum(not found for found in failures.values()) / len(free) if free else 1.0,
        drift_m=_worst([mark.drift_m for mark in there]),
        sink_m=_worst([mark.sink_m for mark in there]),
        turn_rad=_worst([mark.turn_rad for mark in there]),
        speed_m_s=_worst([mark.speed_m_s for mark in there]),
        depth_m=_worst([depth for depth in depths if depth is not None]),
        stuck=tuple(stuck),
        failures=(
            *(f"{name} {fault}" for name, faults in failures.items() for fault in faults),
            *(f"{name} does not reach its limit" for name in needed),
        ),
    )


@dataclass(frozen=True)
class _Mark:
    """Result for one object."""

    astray_m: float
    astray_rad: float
    """From scene.json, before anything has moved."""
    drift_m: float
    sink_m: float
    turn_rad: float
    speed_m_s: float


def _measure(item: SceneObject, found: dict[str, Any] | None) -> _Mark | None:
    if found is None:
        return None
    start, end = found["start"], found["end"]
    return _Mark(
        astray_m=math.dist(item.pose.position, start[:3]),
        astray_rad=_angle(item.pose.orientation, start[3:]),
        drift_m=math.dist(start[:2], end[:2]),
        sink_m=abs(start[2] - end[2]),
        turn_rad=_angle(start[3:], end[3:]),
        speed_m_s=found["speed"],
    )


def _faults(mark: _Mark | None, engine: Engine) -> Iterator[str]:
    if mark is None:
        yield "is not there"
        return
    if not (mark.astray_m <= _PLACED_M and mark.astray_rad <= _PLACED_RAD):
        yield f"starts {mark.astray_m:.4f} m and {mark.astray_rad:.4f} rad from where scene.json says"
    if not mark.drift_m < _DRIFT_M:
        yield f"drifts {mark.drift_m:.4f} m (limit {_DRIFT_M:g})"
    if not mark.sink_m <= engine.sink:
        yield f"goes {mark.sink_m:.4f} m up or down (limit {engine.sink:g})"
    if not mark.turn_rad < _TURN_RAD:
        yield f"turns {mark.turn_rad:.3f} rad (limit {_TURN_RAD:g})"


def _angle(a: Sequence[float], b: Sequence[float]) -> float:
    finite = all(map(math.isfinite, (*a, *b)))
    return angle_between(a, b) if finite else math.nan


def _worst(values: Sequence[float]) -> float | None:
    if not values or not all(map(math.isfinite, values)):
        return None
    return round(max(values), 9)


def _free(scene: Scene) -> list[SceneObject]:
    return [item for item in scene.objects if not item.fixed and not item.covering]


def _ask(
    engine: Engine, home: Path | None, folder: Path, seconds: float, drive: bool
) -> dict[str, Any] | str:
    """Return what an engine's script printed, or in a line why there is nothing."""
    script = _SCRIPTS / f"{engine.name}_scene.py"
    command = [_python(home) if home else sys.executable, str(script), str(folder.resolve())]
    command += ["--seconds", str(seconds), *(["--drive"] if drive and not home else [])]
    environ = _clean_environ() if home else None
    limit = _START_LIMIT_S + _STEP_LIMIT_S * seconds
    try:
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, errors="replace", timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{engine.name} did not finish within {limit:g} s"
    except OSError as error:
        return f"{engine.name} cannot be started: {error}"
    if done.returncode:
        return f"{engine.name} ended with {_status(done.returncode)}: {_last_line(done.stderr)}"
    try:
        answer = json.loads(_last_line(done.stdout))
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        return f"{engine.name} printed no result: {_last_line(done.stderr)}"
    return answer


def _status(code: int) -> str:
    return f"status {code}" if code > 0 else signal.Signals(-code).name


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no word")


def _version(engine: Engine, home: Path | None) -> str:
    places = [str(place) for place in home.glob("lib/python*/site-packages")] if home else sys.path
    found = distributions(name=engine.distribution, path=places)
    return next((entry.version for entry in found), "unknown")


def _present(name: str) -> Engine:
    engine = _known(name)
    if not installed(engine):
        raise EngineUnavailable(f"{name} is not installed: sage verify --install {name}")
    return engine


def _known(name: str) -> Engine:
    if name not in ENGINES:
        raise EngineUnavailable(f"there is no simulator {name!r}; name some of {', '.join(ENGINES)}")
    return ENGINES[name]


def _split(names: str) -> list[str]:
    return list(dict.fromkeys(name.strip().lower() for name in names.split(",")))


def environment(tool: Tool) -> Path:
    """Return where a tool's environment is: below SAGE_ENGINES, or the user's own data."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(os.environ.get("SAGE_ENGINES") or Path(data) / "sage" / "engines") / tool.name


def _python(home: Path) -> str:
    return str(home / "bin" / "python")


def _clean_environ() -> dict[str, str]:
    """Return our variables without those that would lead another interpreter to our packages."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
