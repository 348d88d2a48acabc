"""The command line: `sage generate`, `check`, `verify`, `export`, `preview`, `schema`.

Heavy imports live in the commands that need them, so that `--help` answers at once. Results go to
standard output, logs and progress to standard error. Exit status: 0 accepted, 1 internal error,
2 the user's mistake, 3 written but not accepted, 130 Ctrl-C.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

if TYPE_CHECKING:
    from sage.agent import SceneResult
    from sage.critique import Critique
    from sage.scene import Scene
    from sage.verification import Proof

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn a robot's task, or a description of a room, into a stable, simulator-ready 3D scene.",
)


_INTERRUPTED = 130
_interrupted = threading.Event()


class _Density(StrEnum):
    sparse = "sparse"
    normal = "normal"
    dense = "dense"


class _Planner(StrEnum):
    rules = "rules"
    openai = "openai"


class _Disorder(StrEnum):
    tidy = "tidy"
    lived_in = "lived_in"
    messy = "messy"


_Prompt = Annotated[str, typer.Argument(help="A task or a description of a room, in English.")]


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no whole number.") from None


_Seed = Annotated[
    int,
    typer.Option(parser=_whole_number, metavar="N", help="Same prompt, seed and version: the same scene."),
]
_Room = Annotated[str | None, typer.Option(help="Type of room, instead of what the prompt suggests.")]
_DensityOption = Annotated[
    _Density,
    typer.Option(
        help="sparse: what must be there and 0.4 of the usual clutter; normal: also what is usual and half "
        "of what may be there; dense: all of it, and 1.7 times the clutter."
    ),
]
_DisorderOption = Annotated[
    _Disorder,
    typer.Option(
        help="tidy: everything square to what it lies on; lived_in: a little askew; messy: every which way, "
        "with things left on the floor."
    ),
]
_PlannerOption = Annotated[
    _Planner,
    typer.Option(
        help="rules: no model, the same scene each time; openai: a language model behind OPENAI_BASE_URL, "
        "OPENAI_API_KEY and SAGE_MODEL reads the prompt and chooses the edits; rules finish if it fails."
    ),
]
_MaxTokens = Annotated[int, typer.Option(min=1, help="Tokens that a language model may use.")]
_MaxSeconds = Annotated[float, typer.Option(min=1, help="Seconds that a language model may take.")]
_MaxDollars = Annotated[float | None, typer.Option(min=0, help="What it may cost; needs --prices.")]
_Prices = Annotated[
    str | None,
    typer.Option(metavar="IN,OUT", help="Dollars for a million tokens in and out, such as 2.5,10."),
]
_MaxRounds = Annotated[int, typer.Option(min=1, max=100, help="Rounds of proposing and judging.")]
_Formats = Annotated[
    str,
    typer.Option(metavar="NAMES", help="Of usd, mjcf, urdf, glb, sdf, sceneeval, with commas; or all."),
]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")]
_Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON on standard output.")]
_Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the scene that the folder holds.")]


def main() -> None:
    """Run the command line; never show a traceback for a user's mistake."""
    from sage.errors import Cancelled, SageError, UserError

    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        status = app(args=sys.argv[1:] or ["--help"], standalone_mode=False)
    except TyperException as error:
        message = error.format_message().rstrip(".")
        _fail(f"{message}; 'sage --help' and 'sage COMMAND --help' tell what can be said", 2)
    except (typer.Abort, KeyboardInterrupt, Cancelled):
        status = _INTERRUPTED
    except UserError as error:
        _fail(str(error), 2)
    except SageError as error:
        _fail(f"{type(error).__name__}: {error}", 1)
    if status == _INTERRUPTED:
        _fail("interrupted; nothing was left behind", _INTERRUPTED)
    sys.exit(status)


def _stop(number: int, frame: object) -> None:
    """Interrupt, and leave a mark in case a library on the stack swallows the exception."""
    _interrupted.set()
    raise KeyboardInterrupt


def _fail(message: str, status: int) -> NoReturn:
    sys.stderr.write(f"sage: {' '.join(message.split())}\n")
    sys.exit(status)


@app.command()
def generate(
    prompt: _Prompt,
    out: Annotated[Path, typer.Option(help="Folder to write the scene to.")],
    seed: _Seed = 0,
    overwrite: _Overwrite = False,
    room: _Room = None,
    density: _DensityOption = _Density.normal,
    disorder: _DisorderOption = _Disorder.lived_in,
    max_rounds: _MaxRounds = 8,
    planner: _PlannerOption = _Planner.rules,
    max_tokens: _MaxTokens = 400_000,
    max_seconds: _MaxSeconds = 600.0,
    max_dollars: _MaxDollars = None,
    prices: _Prices = None,
    formats: _Formats = "usd,mjcf,urdf,glb",
    quiet: _Quiet = False,
    as_json: _Json = False,
) -> None:
    """Make a scene and write it as a folder: scene.json, USD, MJCF, URDF, GLB, a preview and a report."""
    in_out = _read_prices(prices, max_dollars)
    with _progress(quiet) as progress:
        from sage.chat import Limits
        from service.wiring import generate as make

        limits = Limits(
            turns=max_rounds + 2, tokens=max_tokens, seconds=max_seconds, dollars=max_dollars, prices=in_out
        )
        result = make(
            prompt, out=out, seed=seed, room=room, density=density.value, disorder=disorder.value,
            planner=planner.value, limits=limits, max_rounds=max_rounds, formats=formats, overwrite=overwrite,
            progress=progress, cancelled=_interrupted.is_set,
        )  # fmt: skip
    _show(result, out, quiet=quiet, as_json=as_json)
    raise typer.Exit(0 if result.accepted else 3)


def _read_prices(prices: str | None, max_dollars: float | None) -> tuple[float, float]:
    if prices is None:
        if max_dollars is not None:
            raise typer.BadParameter("--max-dollars needs --prices IN,OUT, such as 2.5,10.")
        return (0.0, 0.0)
    try:
        price_in, price_out = (float(price) for price in prices.split(","))
    except ValueError:
        raise typer.BadParameter(f"{prices!r} are no two prices; say --prices 2.5,10.") from None
    return (price_in, price_out)


@app.command()
def check(
    path: Annotated[
        Path,
        typer.Argument(help="A scene folder; or a scene of others: MJCF, USD, the folder of a SAGE layout."),
    ],
    root: Annotated[
        Path | None,
        typer.Option(help="Folder below which a foreign scene's files must lie; by default its own."),
    ] = None,
    shake: Annotated[
        bool, typer.Option("--shake", help="Also knock at the room and at everything in it; only warns.")
    ] = False,
    quiet: _Quiet = False,
    as_json: _Json = False,
) -> None:
    """Judge a scene from its files, whatever made it."""
    with _progress(quiet) as progress:
        from service.wiring import check as judge

        _, critiques = judge(path, progress, root, shake=shake)
    accepted = all(critique.passed for critique in critiques)
    if as_json:
        _print_json({"accepted": accepted, "critiques": [c.model_dump(mode="json") for c in critiques]})
    elif not quiet:
        _print_verdicts(critiques)
    raise typer.Exit(0 if accepted else 3)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A scene folder.")],
    formats: _Formats = "all",
) -> None:
    """Write the scene of a folder in more formats, into the same folder; print what was written."""
    from service.wiring import export as write

    for name in write(folder, formats):
        typer.echo(str(folder / name))


@app.command()
def verify(
    folders: Annotated[list[Path] | None, typer.Argument(metavar="DIR...", help="Scene folders.")] = None,
    sim: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="Of pybullet, mujoco, drake, newton, physx, sapien, by commas; default: all installed.",
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(help="How much time passes in each.")] = 5.0,
    drive: Annotated[
        bool, typer.Option("--drive", help="Also drive every joint to its limit, in PyBullet and MuJoCo.")
    ] = False,
    install: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="First install these simulators, each in its own environment."),
    ] = None,
    quiet: _Quiet = False,
    as_json: _Json = False,
) -> None:
    """Prove in several simulators that scenes stand; the proof is kept in each report.json."""
    from sage.errors import UserError

    if not folders and not install:
        raise UserError("name a scene folder, or a simulator to --install")
    with _progress(quiet) as progress:
        from sage import verification

        if install:
            verification.install(install, progress)
        engines = verification.chosen_engines(sim, lambda word: typer.echo(f"note: {word}", err=True))
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
        _print_json({"passed": passed, "scenes": {name: [*map(asdict, ps)] for name, ps in found.items()}})
    elif not quiet and found:
        _print_proofs(found)
    raise typer.Exit(0 if passed else 3)


@app.command()
def preview(
    subject: Annotated[str, typer.Argument(metavar="TASK|DIR", help="A prompt, or a scene folder.")],
    out: Annotated[
        Path | None, typer.Option(help="Where to write a new scene; by default beside its prompt's name.")
    ] = None,
    seed: _Seed = 0,
    density: _DensityOption = _Density.normal,
    disorder: _DisorderOption = _Disorder.lived_in,
    overwrite: _Overwrite = False,
    quiet: _Quiet = False,
) -> None:
    """Make a scene, or take one that exists, and show its picture's path and what is in it."""
    if _looks_like_folder(subject):
        from sage.export.folder import read_scene
        from sage.render import write_preview

        folder = Path(subject)
        scene, store = read_scene(folder)
        with _progress(quiet) as progress:
            progress("render")
            write_preview(scene, store, folder / "preview.png")
        accepted = True
    else:
        folder = out or Path("scenes") / _slug(subject, seed)
        with _progress(quiet) as progress:
            from service.wiring import generate as make

            result = make(
                subject, out=folder, seed=seed, density=density.value, disorder=disorder.value,
                overwrite=overwrite, progress=progress, cancelled=_interrupted.is_set,
            )  # fmt: skip
        scene, accepted = result.scene, result.accepted
    typer.echo(str(folder / "preview.png"))
    if not quiet:
        _print_contents(scene)
    raise typer.Exit(0 if accepted else 3)


@app.command()
def schema() -> None:
    """Print the JSON Schema of scene.json."""
    from sage.scene import Scene

    _print_json(Scene.model_json_schema())


def _looks_like_folder(subject: str) -> bool:
    try:
        return Path(subject).is_dir()
    except (OSError, ValueError):
        return False


def _slug(prompt: str, seed: int) -> str:
    words = "".join(c if c.isalnum() else "_" for c in prompt.lower()).split("_")
    return "_".join(word for word in words if word)[:48] + f"_{seed}"


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    if quiet:
        yield lambda message: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("starting") as status:

        def show(message: str) -> None:
            status.update(message)
            if not console.is_terminal and ":" in message and not message.startswith("critic"):
                console.print(message, highlight=False)

        yield show


def _print_json(data: dict[str, Any]) -> None:
    typer.echo(json.dumps(data, indent=1))


def _show(result: SceneResult, out: Path, *, quiet: bool, as_json: bool) -> None:
    if as_json:
        typer.echo((out / "report.json").read_text(), nl=False)
        return
    if quiet:
        typer.echo(str(out))
        return
    _print_understood(result.scene)
    _print_contents(result.scene)
    _print_verdicts(result.critiques)
    for note in result.left_out:
        typer.echo(f"note: {note}")
    word = "accepted" if result.accepted else "not accepted"
    cpu = time.process_time()
    typer.echo(
        f"{out}: {word} after {result.rounds} round(s), {cpu:.1f} CPU seconds; picture: {out}/preview.png"
    )


def _print_understood(scene: Scene) -> None:
    from rich.console import Console

    task = scene.task
    console = Console()
    objects = ", ".join(f"{item.count} x {item.name}" for item in task.objects) or "nothing in particular"
    console.print(f"[bold]understood[/]: {objects}; room: {', '.join(task.rooms)}", highlight=False)
    if task.initial:
        console.print(f"  initially: {'; '.join(map(str, task.initial))}", highlight=False)
    if task.goal:
        console.print(f"  goal: {'; '.join(map(str, task.goal))}", highlight=False)
    if task.excluded:
        console.print(f"  without: {', '.join(task.excluded)}", highlight=False)
    for note in task.notes:
        console.print(f"  note: {note}", highlight=False)


def _print_contents(scene: Scene) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("where", "what", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for place, names in _by_support(scene).items():
        counts: dict[str, int] = {}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        things = ", ".join(name if count == 1 else f"{count} {name}" for name, count in counts.items())
        table.add_row(place, things)
    count = sum(not item.covering for item in scene.objects)
    room = scene.rooms[0]
    console = Console()
    console.print(f"[bold]{room.type}[/], {room.floor.area:.1f} m2, {count} objects", highlight=False)
    console.print(table)


def _by_support(scene: Scene) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for item in scene.objects:
        places.setdefault(item.support, []).append(item.name)
    return places


def _print_verdicts(critiques: tuple[Critique, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("critic", "verdict", "metrics", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for critique in critiques:
        metrics = ", ".join(f"{name} {value:g}" for name, value in critique.metrics.items())
        verdict = "[green]passed[/]" if critique.passed else "[red]failed[/]"
        table.add_row(critique.critic, verdict, metrics)
    for critique in critiques:
        for metric, reason in critique.not_judged.items():
            table.add_row(metric, "not judged", reason)
    console = Console()
    console.print(table)
    for critique in critiques:
        for finding in critique.findings:
            console.print(f"  {critique.critic}: {finding.message}", highlight=False)
        for note in critique.notes:
            console.print(f"  note: {note}", highlight=False)


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


if __name__ == "__main__":
    main()
