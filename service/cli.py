"""Command line; each command is a module of `sage.service.commands`.

Heavy imports live in the functions that need them, so that `--help` answers at once. Results go to
standard output, logs and progress to standard error. Exit status: 0 accepted, 1 internal error,
2 the user's mistake, 3 written but not accepted, 130 Ctrl-C.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from sage.service.commands.augment import augment
from sage.service.commands.batch import batch
from sage.service.commands.check import check
from sage.service.commands.dataset import dataset
from sage.service.commands.edit import edit
from sage.service.commands.export import export
from sage.service.commands.generate import generate
from sage.service.commands.interruption import install_signal_handlers
from sage.service.commands.mcp import mcp
from sage.service.commands.observe import observe
from sage.service.commands.preview import preview
from sage.service.commands.render import render
from sage.service.commands.report import report
from sage.service.commands.schema import schema
from sage.service.commands.serve import serve
from sage.service.commands.task import task
from sage.service.commands.verify import verify

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    generate, edit, check, export, verify, preview, render, observe, report, task, batch, augment,
    serve, mcp, schema
):  # fmt: skip
    app.command()(command)
app.add_typer(dataset, name="dataset")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sage {version('sage-scenes')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn a robot's task, or a description of a room, into a stable, simulator-ready 3D scene."""


_INTERRUPTED = 130
_EXTRAS = {
    **dict.fromkeys(("fsspec", "matplotlib", "pandas", "pyarrow", "ray", "yaml"), "batch"),
    **dict.fromkeys(("alembic", "fastapi", "sqlalchemy", "uvicorn", "zipstream"), "service"),
    **dict.fromkeys(("mcp", "mcp_types"), "mcp"),
}
"""Extra that installs a package that some commands need."""


def main() -> None:
    """Run the command line; never show a traceback for a user's mistake."""
    from sage.errors import Cancelled, EditRejected, SageError, UserError

    install_signal_handlers()
    left = "nothing was left behind"
    try:
        status = app(args=sys.argv[1:] or ["--help"], standalone_mode=False)
    except TyperException as error:
        message = error.format_message().rstrip(".")
        _fail(f"{message}; 'sage --help' and 'sage COMMAND --help' list commands and options", 2)
    except Cancelled as error:
        status, left = _INTERRUPTED, str(error)
    except (typer.Abort, KeyboardInterrupt):
        status = _INTERRUPTED
    except UserError as error:
        _fail(str(error), 2)
    except EditRejected as error:
        _fail(str(error), 3)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _EXTRAS:
            raise
        _fail(f"this needs the package {package}: pip install 'sage-scenes[{_EXTRAS[package]}]'", 2)
    except SageError as error:
        _fail(f"{type(error).__name__}: {error}", 1)
    if status == _INTERRUPTED:
        _fail(f"interrupted; {left}", _INTERRUPTED)
    sys.exit(status)


def _fail(message: str, status: int) -> NoReturn:
    sys.stderr.write(f"sage: {' '.join(message.split())}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
