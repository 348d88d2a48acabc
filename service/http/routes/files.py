"""Routes of a scene's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated

import zipstream
from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse, StreamingResponse
from starlette.exceptions import HTTPException

from sage.export.formats import FORMATS
from sage.service.http.problems import Responses, problem_responses
from sage.service.http.routes.parameters import ExistingScene
from sage.service.http.sending import FILE_RESPONSE, NOT_MODIFIED, cached_response, file_response
from sage.service.http.shapes import AssetShape, shapes
from sage.service.http.state import Service
from sage.service.http.views import FormatName, SceneFile

__all__ = ["router"]

router = APIRouter(tags=["scenes"])

_ZIP: Responses = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}},
}


@router.get("/scenes/{scene_id}/files", responses=problem_responses(404))
def list_scene_files(scene: ExistingScene, service: Service) -> list[SceneFile]:
    """List a scene's files."""
    folder = service.scenes / scene.id
    return [
        SceneFile(path=path.relative_to(folder).as_posix(), bytes=path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


@router.get(
    "/scenes/{scene_id}/files/{path:path}",
    response_class=FileResponse,
    responses=FILE_RESPONSE | problem_responses(404),
)
def get_scene_file(
    scene: ExistingScene, path: Annotated[str, InPath(max_length=1000)], request: Request, service: Service
) -> Response:
    """Fetch a file of a scene, such as scene.json, scene.usda, scene.xml, scene.glb or preview.png.

    The main file of a format that the scene was not written in is written first.
    """
    folder = (service.scenes / scene.id).resolve()
    for name in [item.name for item in FORMATS.values() if item.main == path]:
        service.writer.write(folder, name)
    file = _file_below(folder, path)
    if file is None:
        raise HTTPException(404, f"scene {scene.id!r} has no file {path!r}")
    return file_response(file, request)


@router.get(
    "/scenes/{scene_id}/shapes",
    response_model=list[AssetShape],
    responses=NOT_MODIFIED | problem_responses(404),
)
def get_scene_shapes(scene: ExistingScene, request: Request, service: Service) -> Response:
    """Return the collision shapes and support surfaces of a scene's assets."""
    folder = service.scenes / scene.id
    return cached_response(lambda: shapes(folder), request, f"{folder} shapes", scene.id, "application/json")


@router.get(
    "/scenes/{scene_id}/archive",
    response_class=StreamingResponse,
    responses=_ZIP | problem_responses(404),
)
def get_scene_archive(
    scene: ExistingScene,
    service: Service,
    format: Annotated[
        FormatName | None, Query(description="Only what this format needs; by default everything.")
    ] = None,
) -> StreamingResponse:
    """Fetch the scene folder as a zip file; a format that it was not written in is written first."""
    folder = service.scenes / scene.id
    if format is not None:
        service.writer.write(folder, format)
    headers = {"Content-Disposition": f'attachment; filename="{scene.id}.zip"'}
    return StreamingResponse(_zipped(folder, format), media_type="application/zip", headers=headers)


def _file_below(folder: Path, path: str) -> Path | None:
    """Return a file of a folder, or None if the path names no file or leads out of the folder."""
    try:
        file = (folder / path).resolve()
        return file if file.is_relative_to(folder) and file.is_file() else None
    except (OSError, ValueError):
        return None


def _zipped(folder: Path, format: str | None) -> Iterator[bytes]:
    """Yield a zip file of a scene folder; with a format, without the files of other formats."""
    others = {
        PurePosixPath(name).parts[0] if "/" in name else name
        for item in FORMATS.values()
        if format is not None and item.name != format
        for name in (item.main, *item.more)
    }
    others |= {"revisions"} if format else set()
    archive = zipstream.ZipStream(sized=True)
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] not in others:
            archive.add_path(path, f"{folder.name}/{inside.as_posix()}")
    yield from archive
