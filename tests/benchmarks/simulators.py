"""Stability of scenes in every installed simulator, and validation of their files.

    sage verify --install drake,newton,physx,sapien,validator
    python tests/benchmarks/simulators.py scenes/*

Prints a row an engine: scenes, free objects, how many stay within the tolerances of `sage verify`, the
worst drift, sink and turn; then how many scenes each judge of files passes; below it what failed.
`pxr.UsdValidation` and, if it is installed, omniverse-asset-validator judge each scene.usda;
`check_urdf` (Debian: liburdfdom-tools), if it is there, each URDF.

What is known is kept in each report.json, under `verified` and `judged`, and not asked again: after an
interruption the same command goes on. `--again` asks all anew; `--known` asks nothing and prints.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pxr import Usd, UsdValidation

from sage.simulation.verification import (
    VALIDATOR,
    Engine,
    Proof,
    chosen_engines,
    environment,
    installed,
    record,
    recorded,
    verify,
)

Judge = Callable[[Path], list[str]]

_SECONDS = 5.0
_GRAVE = ("FAILURE", "ERROR")


def usd_errors(folder: Path) -> list[str]:
    """Return what pxr.UsdValidation reports on a scene's stage."""
    registry = UsdValidation.ValidationRegistry()
    context = UsdValidation.ValidationContext(registry.GetOrLoadAllValidators())
    stage = Usd.Stage.Open(str(folder / "scene.usda"))
    return [error.GetMessage() for error in context.Validate(stage)]


def asset_validator_failures(folder: Path) -> list[str]:
    """Return what omniverse-asset-validator calls a failure or an error, not its warnings."""
    command = environment(VALIDATOR) / "bin" / "omni_asset_validate"
    with tempfile.TemporaryDirectory() as scratch:
        told = Path(scratch) / "told.json"
        subprocess.run(
            [command, "--json-output", told, folder / "scene.usda"], capture_output=True, check=False
        )
        rules = json.loads(told.read_text())["rules"]
    return [
        f"{rule['rule']['name']}: {issue['message']} at {(issue['at'] or {}).get('path')}"
        for rule in rules
        for issue in rule["issues"]
        if issue["severity"] in _GRAVE
    ]


def urdf_errors(folder: Path) -> list[str]:
    """Return what check_urdf refuses."""
    errors = []
    for path in sorted(folder.glob("urdf/*.urdf")):
        done = subprocess.run(["check_urdf", str(path)], capture_output=True, text=True, check=False)
        if done.returncode:
            errors.append(f"{path.name}: {(done.stderr or done.stdout).strip().splitlines()[-1]}")
    return errors


def judges() -> dict[str, Judge]:
    """Return the judges of files that are there."""
    found: dict[str, Judge] = {"pxr.UsdValidation": usd_errors}
    if installed(VALIDATOR):
        found["omniverse-asset-validator"] = asset_validator_failures
    if shutil.which("check_urdf"):
        found["check_urdf"] = urdf_errors
    return found


def proof_of(folder: Path, engine: Engine, *, again: bool) -> Proof:
    """Return what an engine says of a scene, from report.json if it is there."""
    known = recorded(folder).get(engine.name)
    if known and known.seconds == _SECONDS and not again:
        return known
    proof = verify(folder, engine, seconds=_SECONDS)
    record(folder, [proof])
    return proof


def verdict_of(folder: Path, name: str, judge: Judge, *, again: bool) -> list[str]:
    """Return what a judge refuses, from report.json if it is there."""
    known: dict[str, list[str]] = _judged(folder)
    if name not in known or again:
        found = judge(folder)
        path = folder / "report.json"
        report = json.loads(path.read_text())
        path.write_text(json.dumps(report | {"judged": _judged(folder) | {name: found}}, indent=1) + "\n")
        return found
    return known[name]


def _judged(folder: Path) -> dict[str, list[str]]:
    judged: dict[str, list[str]] = json.loads((folder / "report.json").read_text()).get("judged", {})
    return judged


def row(engine: Engine, proofs: list[Proof]) -> str:
    """Return an engine's row of the table."""
    free = sum(proof.free_objects for proof in proofs)
    stable = sum(proof.share_stable * proof.free_objects for proof in proofs)
    worst = [
        max((value for proof in proofs if (value := getattr(proof, name)) is not None), default=float("nan"))
        for name in ("drift_m", "sink_m", "turn_rad")
    ]
    return (
        f"| {engine.name} {proofs[0].version} | {engine.reads} | {len(proofs)} | {free} | {stable / free:.2%}"
        f" | {1000 * worst[0]:.2f} mm | {1000 * worst[1]:.2f} mm | {worst[2]:.4f} rad |"
    )


def table(proofs: dict[Engine, list[Proof]], verdicts: dict[str, list[list[str]]]) -> Iterator[str]:
    """Yield the lines of the two tables."""
    yield "| engine | reads | scenes | free objects | stable | drift | sink | turn |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    yield from (row(engine, found) for engine, found in proofs.items() if found)
    yield ""
    yield "| judge of files | scenes | passed |"
    yield "| --- | --- | --- |"
    for name, found in verdicts.items():
        yield f"| {name} | {len(found)} | {sum(not refused for refused in found)} |"


def main() -> int:
    """Judge the folders named and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sim", help="engines, by commas; default: all installed")
    parser.add_argument("--again", action="store_true", help="ask anew what report.json tells")
    parser.add_argument("--known", action="store_true", help="ask nothing; print what report.json tells")
    options = parser.parse_args()
    engines = chosen_engines(options.sim, print)
    proofs: dict[Engine, list[Proof]] = {engine: [] for engine in engines}
    verdicts: dict[str, list[list[str]]] = {name: [] for name in judges()}
    problems: list[str] = []
    for folder in options.folders:
        for engine in engines:
            if options.known and engine.name not in recorded(folder):
                continue
            proof = proof_of(folder, engine, again=options.again)
            proofs[engine].append(proof)
            problems += [f"{folder.name} in {engine.name}: {line}" for line in proof.failures]
        for name, judge in judges().items():
            if options.known and name not in _judged(folder):
                continue
            refused = verdict_of(folder, name, judge, again=options.again)
            verdicts[name].append(refused)
            problems += [f"{folder.name}, {name}: {line}" for line in refused]
    print(*table(proofs, verdicts), sep="\n")
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
