"""Verification of exported scenes in simulators, each loading its native format.

Each simulator runs `loaders/<engine>_scene.py` in a subprocess. Those outside the default install have a
virtual environment each, because their requirements conflict. They run one after another, because most are
multi-threaded.
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
"""Limits on the horizontal displacement and the rotation of a stable object."""
_HARD_M, _SOFT_M = 0.001, 0.008
"""Limits on the vertical displacement in simulators with hard and with soft contacts."""
_PLACED_M, _PLACED_RAD = 1e-4, 1e-3
"""Tolerances of an object's initial pose in a simulator against scene.json."""
_REACHED_SHARE = 0.97
"""Fraction of its range that a driven joint must cover."""
_START_LIMIT_S, _STEP_LIMIT_S = 600.0, 240.0
"""Wall-clock limit: a constant part, and a part for each simulated second."""
_COMPLETE = "complete"
_SCRIPTS = Path(__file__).parent / "loaders"


@dataclass(frozen=True)
class Tool:
    """A program that is installed by default or in a separate virtual environment."""

    name: str
    distribution: str
    """Python distribution whose version is reported."""
    requirements: tuple[str, ...] = ()
    """Requirements of the separate environment; empty for a tool of the default install."""


@dataclass(frozen=True)
class Engine(Tool):
    """A simulator."""

    reads: str = "usd"
    """Export format that it loads."""
    sink: float = _HARD_M
    """Limit on the vertical displacement of an object [m]; larger for soft default contacts."""


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
"""Validator of USD files, which does not simulate."""


@dataclass(frozen=True)
class Proof:
    """Result of simulating a scene in one simulator.

    Measurements are maxima over the free objects; None means that there is no value, or one that is not
    finite.
    """

    engine: str
    version: str
    seconds: float
    """Simulated duration [s]."""
    free_objects: int
    """Number of objects that can move."""
    share_stable: float
    """Fraction of the free objects that stay within all limits."""
    drift_m: float | None
    """Horizontal displacement [m]."""
    sink_m: float | None
    """Vertical displacement, up or down [m]."""
    turn_rad: float | None
    """Rotation [rad]."""
    speed_m_s: float | None
    """Speed at the end [m/s]."""
    depth_m: float | None
    """Penetration depth of the deepest contact at the end [m]; None if the simulator does not report it."""
    stuck: tuple[str, ...] = ()
    """Names `object/joint` of the joints that do not reach their upper limit when driven."""
    failures: tuple[str, ...] = ()
    """Messages about everything that is out of limits."""

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


def chosen_engines(names: str | None, report: Callable[[str], None] = silent) -> tuple[Engine, ...]:
    """Return the simulators of given names, or all that are installed.

    Args:
        names: Names separated by commas; None for all installed simulators.
        report: Callback that receives a message about each simulator that is skipped.

    Raises:
        EngineUnavailable: A named simulator is unknown or not installed.
    """
    if names is not None:
        return tuple(_present(name) for name in _split(names))
    for engine in ENGINES.values():
        if not installed(engine):
            report(f"{engine.name} is skipped: not installed; run: sage verify --install {engine.name}")
    return tuple(engine for engine in ENGINES.values() if installed(engine))


def installed(tool: Tool) -> bool:
    """Return whether a simulator or the validator is installed."""
    return not tool.requirements or (environment(tool) / _COMPLETE).is_file()


def install(names: str, progress: Callable[[str], None] = silent) -> None:
    """Create the virtual environments of simulators or of the validator.

    An environment that cannot be completed is removed.

    Args:
        names: Names separated by commas.
        progress: Callback that receives progress messages.

    Raises:
        EngineUnavailable: A name is unknown, or its requirements cannot be installed.
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
            f"cannot create an environment in {str(folder)!r}: {error}; set SAGE_ENGINES to another folder"
        ) from error
    command = [_python(folder), "-m", "pip", "install", "--quiet", *tool.requirements]
    done = subprocess.run(command, env=_clean_environ(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise EngineUnavailable(f"pip cannot install {tool.name!r}: {_last_line(done.stderr)}")
    (folder / _COMPLETE).touch()


def require_formats(folder: Path, engines: Sequence[Engine]) -> None:
    """Check that a scene folder has the files of all formats that simulators read.

    Args:
        folder: Scene folder.
        engines: Simulators to run.

    Raises:
        FolderError: Files are missing, or the folder contains no scene.
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
    """Simulate a scene folder in a simulator and check that its objects are stable.

    A simulator that fails gives a proof with the reason as its failure.

    Args:
        folder: Scene folder.
        engine: Simulator, which must be installed.
        seconds: Duration to simulate [s].
        drive: Whether to drive every joint to its upper limit too, in PyBullet and MuJoCo.

    Raises:
        FolderError: The folder contains no scene, or lacks the format that the simulator reads.
        UserError: `seconds` is not positive and finite.
    """
    if not (math.isfinite(seconds) and seconds > 0):
        raise UserError(f"--seconds is {seconds:g}; it must be more than 0 and finite, such as 5")
    require_formats(folder, [engine])
    scene, _ = read_scene(folder)
    home = environment(engine) if engine.requirements else None
    empty = Proof(engine.name, _version(engine, home), seconds, 0, 0.0, None, None, None, None, None)
    answer = _run_loader(engine, home, folder, seconds, drive)
    if isinstance(answer, str):
        return replace(empty, free_objects=len(_free(scene)), failures=(answer,))
    return _judge(scene, engine, answer, empty)


def record(folder: Path, proofs: Sequence[Proof]) -> None:
    """Add proofs to the `verified` entry of a scene folder's report.json.

    Raises:
        UserError: The file cannot be read or written.
    """
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
    """Return the proofs in a scene folder's report.json by simulator; empty if it has none or is invalid."""
    try:
        kept = json.loads((folder / "report.json").read_text())["verified"]
        return {name: _proof(name, fields) for name, fields in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _proof(engine: str, fields: dict[str, Any]) -> Proof:
    arguments: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    del arguments["passed"]
    return Proof(engine=engine, **arguments)


def _summary(proof: Proof) -> dict[str, Any]:
    fields = asdict(proof)
    del fields["engine"]
    return {"version": fields.pop("version"), "passed": proof.passed} | fields


def _judge(scene: Scene, engine: Engine, answer: dict[str, Any], empty: Proof) -> Proof:
    free = _free(scene)
    measurements = {item.id: _measure(item, answer["objects"].get(item.id)) for item in free}
    failures = {name: tuple(_faults(measured, engine)) for name, measured in measurements.items()}
    depths = [found.get("depth") for found in answer["objects"].values()]
    stuck = [name for name, share in answer.get("reached", {}).items() if not share >= _REACHED_SHARE]
    required = [name for name in stuck if scene[name.partition("/")[0]].role != "context"]
    present = [measured for measured in measurements.values() if measured]
    return replace(
        empty,
        free_objects=len(free),
        share_stable=sum(not found for found in failures.values()) / len(free) if free else 1.0,
        drift_m=_worst([measured.drift_m for measured in present]),
        sink_m=_worst([measured.sink_m for measured in present]),
        turn_rad=_worst([measured.turn_rad for measured in present]),
        speed_m_s=_worst([measured.speed_m_s for measured in present]),
        depth_m=_worst([depth for depth in depths if depth is not None]),
        stuck=tuple(stuck),
        failures=(
            *(f"{name} {fault}" for name, faults in failures.items() for fault in faults),
            *(f"{name} does not reach its limit" for name in required),
        ),
    )


@dataclass(frozen=True)
class _Measurement:
    """Motion of one object in a simulation."""

    offset_m: float
    """Distance of the initial position from scene.json [m]."""
    offset_rad: float
    """Angle of the initial orientation from scene.json [rad]."""
    drift_m: float
    sink_m: float
    turn_rad: float
    speed_m_s: float


def _measure(item: SceneObject, found: dict[str, Any] | None) -> _Measurement | None:
    if found is None:
        return None
    start, end = found["start"], found["end"]
    return _Measurement(
        offset_m=math.dist(item.pose.position, start[:3]),
        offset_rad=_angle(item.pose.orientation, start[3:]),
        drift_m=math.dist(start[:2], end[:2]),
        sink_m=abs(start[2] - end[2]),
        turn_rad=_angle(start[3:], end[3:]),
        speed_m_s=found["speed"],
    )


def _faults(measured: _Measurement | None, engine: Engine) -> Iterator[str]:
    if measured is None:
        yield "is missing"
        return
    if not (measured.offset_m <= _PLACED_M and measured.offset_rad <= _PLACED_RAD):
        offset = f"{measured.offset_m:.4f} m and {measured.offset_rad:.4f} rad"
        yield f"starts {offset} from its pose in scene.json"
    if not measured.drift_m < _DRIFT_M:
        yield f"drifts {measured.drift_m:.4f} m (limit {_DRIFT_M:g})"
    if not measured.sink_m <= engine.sink:
        yield f"moves {measured.sink_m:.4f} m up or down (limit {engine.sink:g})"
    if not measured.turn_rad < _TURN_RAD:
        yield f"turns {measured.turn_rad:.3f} rad (limit {_TURN_RAD:g})"


def _angle(a: Sequence[float], b: Sequence[float]) -> float:
    finite = all(map(math.isfinite, (*a, *b)))
    return angle_between(a, b) if finite else math.nan


def _worst(values: Sequence[float]) -> float | None:
    if not values or not all(map(math.isfinite, values)):
        return None
    return round(max(values), 9)


def _free(scene: Scene) -> list[SceneObject]:
    return [item for item in scene.objects if not item.fixed and not item.covering]


def _run_loader(
    engine: Engine, home: Path | None, folder: Path, seconds: float, drive: bool
) -> dict[str, Any] | str:
    """Run a simulator's loader and return its JSON result, or a one-line reason for its failure."""
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
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no output")


def _version(engine: Engine, home: Path | None) -> str:
    folders = [str(folder) for folder in home.glob("lib/python*/site-packages")] if home else sys.path
    found = distributions(name=engine.distribution, path=folders)
    return next((entry.version for entry in found), "unknown")


def _present(name: str) -> Engine:
    engine = _known(name)
    if not installed(engine):
        raise EngineUnavailable(f"simulator {name!r} is not installed; run: sage verify --install {name}")
    return engine


def _known(name: str) -> Engine:
    if name not in ENGINES:
        raise EngineUnavailable(f"simulator {name!r} is unknown; use some of {', '.join(ENGINES)}")
    return ENGINES[name]


def _split(names: str) -> list[str]:
    return list(dict.fromkeys(name.strip().lower() for name in names.split(",")))


def environment(tool: Tool) -> Path:
    """Return the folder of a tool's environment, below SAGE_ENGINES or the user's data folder."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(os.environ.get("SAGE_ENGINES") or Path(data) / "sage" / "engines") / tool.name


def _python(home: Path) -> str:
    return str(home / "bin" / "python")


def _clean_environ() -> dict[str, str]:
    """Return the environment variables without those that add this interpreter's packages to another's."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
