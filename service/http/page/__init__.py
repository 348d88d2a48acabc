"""The web page at `/`: its modules, as they are, and three.js, which `hatch_build.py` brings."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

__all__ = ["page", "shows_scenes"]

_FILES = Path(__file__).parent / "files"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def shows_scenes() -> bool:
    """Tell whether the package was built with three.js, without which scenes are not shown in 3D."""
    return (_FILES / "vendor" / "VERSION").is_file()


def page() -> APIRouter:
    """Return the routes of the page and of its files."""
    router = APIRouter(include_in_schema=False)
    known = {path.relative_to(_FILES).as_posix(): path for path in _FILES.rglob("*") if path.is_file()}

    @router.get("/")
    def show() -> Response:
        """Show the page."""
        return _sent(known["index.html"])

    @router.get("/docs")
    def describe() -> Response:
        """Describe the routes."""
        return _sent(known["docs.html"])

    @router.get("/page/{name:path}")
    def fetch(name: str) -> Response:
        """Fetch a file of the page."""
        if name not in known:
            raise HTTPException(404, f"the page has no file {name!r}")
        return _sent(known[name])

    return router


def _sent(path: Path) -> FileResponse:
    kind = _TYPES.get(path.suffix, "text/plain")
    return FileResponse(path, media_type=kind, headers={"Cache-Control": "no-cache"})
