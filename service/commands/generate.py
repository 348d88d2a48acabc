"""`sage generate`: generate a scene folder from a prompt."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sage.service.commands.display import print_contents, print_understood, print_verdicts, showing_progress
from sage.service.commands.interruption import explaining_resume, interrupted
from sage.service.commands.options import (
    FORMAT_NAMES,
    MAX_SECONDS,
    MAX_TOKENS,
    Bddl,
    Behavior,
    DensityOption,
    DisorderOption,
    Formats,
    Json,
    MaxDollars,
    MaxRounds,
    MaxSeconds,
    MaxTokens,
    Overwrite,
    PlannerOption,
    Prices,
    Prompt,
    Quiet,
    Room,
    Seed,
    Strict,
    StyleOption,
    Vision,
    Vlm,
)

if TYPE_CHECKING:
    from sage.result import SceneResult
    from sage.service.run import Run

__all__ = ["generate"]


def generate(
    context: typer.Context,
    prompt: Prompt = None,
    bddl: Bddl = None,
    behavior: Behavior = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write the scene to.")] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Resume the interrupted or killed run that was to write this folder. Prompt, seed and "
            "options are on record.",
        ),
    ] = None,
    seed: Seed = 0,
    overwrite: Overwrite = False,
    room: Room = None,
    strict: Strict = False,
    density: DensityOption = "normal",
    disorder: DisorderOption = "lived_in",
    style: StyleOption = None,
    max_rounds: MaxRounds = 8,
    planner: PlannerOption = "rules",
    vision: Vision = False,
    vlm: Vlm = False,
    max_tokens: MaxTokens = MAX_TOKENS,
    max_seconds: MaxSeconds = MAX_SECONDS,
    max_dollars: MaxDollars = None,
    prices: Prices = None,
    formats: Formats = FORMAT_NAMES,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Generate a scene folder: scene.json, USD, MJCF, URDF, GLB, a preview and a report."""
    if resume is not None:
        _resume(context, resume, quiet=quiet, as_json=as_json)
    if (prompt is None and bddl is None and behavior is None) or out is None:
        raise typer.BadParameter(
            "name a prompt, --bddl FILE or --behavior ACTIVITY, and --out DIR; or --resume DIR."
        )
    in_out = _read_prices(prices, max_dollars)
    with showing_progress(quiet) as progress, explaining_resume(out):
        from sage.llm import Limits
        from sage.service.generation import make
        from sage.service.request import SceneRequest, user_errors
        from sage.service.understanding import definition_of

        limits = Limits(
            turns=(2 * max_rounds if vlm else max_rounds) + 2,
            tokens=max_tokens,
            seconds=max_seconds,
            dollars=max_dollars,
            prices=in_out,
        )
        definition = definition_of(prompt, bddl, behavior)
        with user_errors():
            request = SceneRequest(
                prompt=prompt or "", bddl=definition, seed=seed, room=room, density=density,
                disorder=disorder, style=style, strict=strict, max_rounds=max_rounds, planner=planner,
                limits=limits, vision=vision, vlm=vlm, formats=formats,
            )  # fmt: skip
        result = make(request, out, overwrite=overwrite, progress=progress, cancelled=interrupted.is_set)
    _show(result, out, quiet=quiet, as_json=as_json)
    raise typer.Exit(0 if result.accepted else 3)


def _resume(context: typer.Context, out: Path, *, quiet: bool, as_json: bool) -> NoReturn:
    """Resume a run, unless an option on the command line differs from the recorded one."""
    with showing_progress(quiet) as progress, explaining_resume(out):
        from sage.service import generation

        _refuse_contradictions(context, generation.recorded(out), out)
        result = generation.resume(out, progress=progress, cancelled=interrupted.is_set)
    _show(result, out, quiet=quiet, as_json=as_json)
    raise typer.Exit(0 if result.accepted else 3)


def _refuse_contradictions(context: typer.Context, run: Run, out: Path) -> None:
    from sage.errors import UserError

    request, limits = run.request, run.request.limits
    recorded = dict(request) | {"out": out, "overwrite": run.overwrite, "formats": ",".join(request.formats)}
    recorded |= {"max_tokens": limits.tokens, "max_seconds": limits.seconds}
    recorded |= {"max_dollars": limits.dollars, "prices": ",".join(map("{:g}".format, limits.prices))}
    for name, value in context.params.items():
        source = context.get_parameter_source(name)
        given = source is not None and source.name == "COMMANDLINE"
        if given and name in recorded and value != recorded[name]:
            raise UserError(
                f"{name.replace('_', '-')} is {str(value)!r}, but the run in {str(out)!r} has "
                f"{str(recorded[name])!r}; leave it out, or begin anew without --resume"
            )


def _read_prices(prices: str | None, max_dollars: float | None) -> tuple[float, float]:
    """Return dollars per million tokens in and out."""
    if prices is None:
        if max_dollars is not None:
            raise typer.BadParameter("--max-dollars needs --prices IN,OUT, such as 2.5,10.")
        return (0.0, 0.0)
    try:
        price_in, price_out = (float(price) for price in prices.split(","))
    except ValueError:
        raise typer.BadParameter(f"{prices!r} is not two prices; use --prices 2.5,10.") from None
    return (price_in, price_out)


def _show(result: SceneResult, out: Path, *, quiet: bool, as_json: bool) -> None:
    if as_json:
        typer.echo((out / "report.json").read_text(), nl=False)
        return
    if quiet:
        typer.echo(str(out))
        return
    print_understood(result.scene)
    print_contents(result.scene)
    print_verdicts(result.critiques)
    for note in result.left_out:
        typer.echo(f"note: {note}")
    verdict = "accepted" if result.accepted else "not accepted"
    effort = f"{result.rounds} round(s), {time.process_time():.1f} CPU seconds"
    typer.echo(f"{out}: {verdict} after {effort}; picture: {out}/preview.png")
