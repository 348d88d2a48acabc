"""Web page at `/`: its modules as they are, and three.js, which `hatch_build.py` fetches.

Addresses of its files hold a digest of all of them, so that browsers cache them and never mix two versions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from sage.service.http.sending import cached_response, file_response

__all__ = ["PageFiles", "router", "shows_scenes"]

router = APIRouter(include_in_schema=False)

_FILES = Path(__file__).parent / "files"


def shows_scenes() -> bool:
    """Return whether the package was built with three.js, without which scenes are not shown in 3D."""
    return (_FILES / "vendor" / "VERSION").is_file()


@dataclass(frozen=True)
class PageFiles:
    """Files of the page, and a digest of them; in `app.state.page`."""

    paths: dict[str, Path]
    digest: str

    @classmethod
    def read(cls) -> PageFiles:
        """Return the files of the package."""
        paths = {path.relative_to(_FILES).as_posix(): path for path in _FILES.rglob("*") if path.is_file()}
        digest = hashlib.sha256()
        for name, path in sorted(paths.items()):
            digest.update(f"{name} {path.stat().st_size} ".encode() + path.read_bytes())
        return cls(paths, digest.hexdigest()[:16])

    def document(self, name: str) -> bytes:
        """Return an HTML document with the digest in the addresses of files."""
        return self.paths[name].read_bytes().replace(b'"/page/', f'"/page/{self.digest}/'.encode())


def _page_files(request: Request) -> PageFiles:
    files: PageFiles = request.app.state.page
    return files


_Files = Annotated[PageFiles, Depends(_page_files)]


@router.get("/")
def show(request: Request, files: _Files) -> Response:
    """Show the page."""
    return _document("index.html", request, files)


@router.get("/docs")
def describe(request: Request, files: _Files) -> Response:
    """Show the documentation of the routes."""
    return _document("docs.html", request, files)


@router.get("/page/{version}/{name:path}")
def fetch(version: str, name: str, request: Request, files: _Files) -> Response:
    """Fetch a file of the page."""
    if version != files.digest:
        raise HTTPException(404, "the page has changed; reload it")
    if name not in files.paths:
        raise HTTPException(404, f"the page has no file {name!r}")
    return file_response(files.paths[name], request, lasting=True)


def _document(name: str, request: Request, files: PageFiles) -> Response:
    return cached_response(
        lambda: files.document(name), request, name, files.digest, "text/html; charset=utf-8"
    )
