"""The web page at `/`: its modules, as they are, and three.js, which `hatch_build.py` brings.

Its files' addresses hold a digest of all of them, so that a browser keeps them and still never mixes two
versions.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from sage.service.http.sending import sent, sent_file

__all__ = ["page", "shows_scenes"]

_FILES = Path(__file__).parent / "files"


def shows_scenes() -> bool:
    """Return whether the package was built with three.js, without which scenes are not shown in 3D."""
    return (_FILES / "vendor" / "VERSION").is_file()


def page() -> APIRouter:
    """Return the routes of the page and of its files."""
    router = APIRouter(include_in_schema=False)
    known = {path.relative_to(_FILES).as_posix(): path for path in _FILES.rglob("*") if path.is_file()}
    digest = _digest(known)

    def document(name: str, request: Request) -> Response:
        def text() -> bytes:
            return known[name].read_bytes().replace(b'"/page/', f'"/page/{digest}/'.encode())

        return sent(text, request, name, digest, "text/html; charset=utf-8")

    @router.get("/")
    def show(request: Request) -> Response:
        """Show the page."""
        return document("index.html", request)

    @router.get("/docs")
    def describe(request: Request) -> Response:
        """Describe the routes."""
        return document("docs.html", request)

    @router.get("/page/{version}/{name:path}")
    def fetch(version: str, name: str, request: Request) -> Response:
        """Fetch a file of the page."""
        if version != digest:
            raise HTTPException(404, "the page is another by now; load it anew")
        if name not in known:
            raise HTTPException(404, f"the page has no file {name!r}")
        return sent_file(known[name], request, lasting=True)

    return router


def _digest(files: dict[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(f"{name} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
