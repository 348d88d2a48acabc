"""`sage verify`: test the stability of scenes in several simulators."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sage.service.commands.display import print_json, showing_progress
from sage.service.commands.options import Json, Quiet

if TYPE_CHECKING:
    from sage.simulation.verification import Proof

__all__ = ["verify"]


def verify(
    folders: Annotated[list[Path] | None, typer.Argument(metavar="DIR...", help="Scene folders.")] = None,
    sim: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="Any of pybullet, mujoco, drake, newton, physx, sapien, genesis; default: all installed.",
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(help="Simulated time [s].")] = 5.0,
    drive: Annotated[
        bool, typer.Option("--drive", help="Also drive every joint to its limit, in PyBullet and MuJoCo.")
    ] = False,
    install: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="First install these simulators, or `validator`, each in its own virtual environment.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Test the stability of scenes in several simulators; results are kept in report.json."""
    from sage.errors import UserError

    if not folders and not install:
        raise UserError("name a scene folder, or a simulator to --install")
    with showing_progress(quiet) as progress:
        from sage.simulation import verification

        if install:
            verification.install(install, progress)
        engines = verification.chosen_engines(sim, lambda word: typer.echo(f"note: {word}", err=True))
        for folder in folders or ():
            verification.require_formats(folder, engines)
        found: dict[str, tuple[Proof, ...]] = {}
        for folder in folders or ():
            proofs = []
            for engine in engines:
                progress(f"{folder.name} in {engine.name}")
                proofs.append(verification.verify(folder, engine, seconds=seconds, drive=drive))
            verification.record(folder, proofs)
            found[str(folder)] = tuple(proofs)
    passed = all(proof.passed for proofs in found.values() for proof in proofs)
    if as_json:
        print_json({"passed": passed, "scenes": {name: [*map(asdict, ps)] for name, ps in found.items()}})
    elif not quiet and found:
        _print_proofs(found)
    raise typer.Exit(0 if passed else 3)


def _print_proofs(found: dict[str, tuple[Proof, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table

    headers = ("scene", "simulator", "verdict", "stable", "drift", "sink", "turn")
    table = Table(*headers, box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name, proofs in found.items():
        for proof in proofs:
            verdict = "[green]passed[/]" if proof.passed else "[red]failed[/]"
            stable = f"{proof.share_stable:.1%} of {proof.free_objects}"
            lengths = ("-" if m is None else f"{1000 * m:.2f} mm" for m in (proof.drift_m, proof.sink_m))
            turn = "-" if proof.turn_rad is None else f"{proof.turn_rad:.4f} rad"
            table.add_row(name, f"{proof.engine} {proof.version}", verdict, stable, *lengths, turn)
    console = Console()
    console.print(table)
    for name, proofs in found.items():
        for proof in proofs:
            for line in proof.failures:
                console.print(f"  {name}, {proof.engine}: {line}", highlight=False)
            for joint in proof.stuck:
                console.print(f"  {name}, {proof.engine}: {joint} is stuck when driven", highlight=False)
