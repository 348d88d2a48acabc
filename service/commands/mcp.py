"""`sage mcp`: build scenes step by step from an MCP client."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["mcp"]


def mcp(
    root: Annotated[Path, typer.Option(help="Folder below which scenes may be written.")] = Path("."),
    http: Annotated[
        bool, typer.Option("--http", help="Serve streamable HTTP instead of standard input and output.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port, with --http; 0 chooses a free one.")
    ] = 8756,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Allow a host that other machines can reach.")
    ] = False,
) -> None:
    """Serve the tools of the loop to a client of the Model Context Protocol."""
    from sage.errors import UserError

    if not root.is_dir():
        raise UserError(f"{str(root)!r} is not a folder; name an existing one with --root")
    from sage.service.mcp_server import serve_http, serve_stdio

    if not http:
        serve_stdio(root)
        return
    if not _is_loopback(host):
        if not allow_remote:
            raise UserError(
                f"any machine that reaches {host} could write below {str(root.resolve())!r}; "
                "keep to 127.0.0.1 or pass --allow-remote"
            )
        typer.echo(f"warning: any machine that reaches {host} can write below {str(root)!r}", err=True)
    serve_http(root, host, port, lambda address: typer.echo(f"listening at {address}", err=True))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
