"""Do scenes stand in every simulator that is installed, and do the judges of files accept them?

    sage verify --install drake,newton,physx,sapien
    python tests/benchmarks/simulators.py scenes/*

Prints a row an engine: scenes, free objects, how many stay within the tolerances of `sage verify`, the
worst drift, sink and turn; below it what failed. `pxr.UsdValidation` judges each scene.usda, and
`check_urdf` (Debian: liburdfdom-tools), if it is there, each URDF.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from pxr import Usd, UsdValidation

from sage.verification import Engine, Proof, chosen_engines, record, verify


def usd_errors(path: Path) -> list[str]:
    """Return what pxr.UsdValidation reports on a stage."""
    registry = UsdValidation.ValidationRegistry()
    context = UsdValidation.ValidationContext(registry.GetOrLoadAllValidators())
    return [f"{path}: {error.GetMessage()}" for error in context.Validate(Usd.Stage.Open(str(path)))]


def urdf_errors(folder: Path) -> list[str]:
    """Return what check_urdf refuses."""
    errors = []
    for path in sorted(folder.glob("urdf/*.urdf")):
        done = subprocess.run(["check_urdf", str(path)], capture_output=True, text=True, check=False)
        if done.returncode:
            errors.append(f"{path}: {(done.stderr or done.stdout).strip().splitlines()[-1]}")
    return errors


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


def main() -> int:
    """Judge the folders named and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sim", help="engines, by commas; default: all installed")
    options = parser.parse_args()
    engines = chosen_engines(options.sim, print)
    proofs: dict[str, list[Proof]] = {engine.name: [] for engine in engines}
    problems: list[str] = []
    for folder in options.folders:
        found = [verify(folder, engine) for engine in engines]
        record(folder, found)
        for proof in found:
            proofs[proof.engine].append(proof)
            problems += [f"{folder} in {proof.engine}: {line}" for line in proof.failures]
        problems += usd_errors(folder / "scene.usda")
        problems += urdf_errors(folder) if shutil.which("check_urdf") else []
    print("| engine | reads | scenes | free objects | stable | drift | sink | turn |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for engine in engines:
        print(row(engine, proofs[engine.name]))
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
