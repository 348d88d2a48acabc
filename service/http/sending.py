"""File responses with compression and ETags."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import FileResponse

from sage.service.http.problems import Responses

__all__ = ["FILE_RESPONSE", "NOT_MODIFIED", "cached_response", "file_response"]

NOT_MODIFIED: Responses = {304: {"description": "Not modified: the `ETag` is that of `If-None-Match`."}}
FILE_RESPONSE: Responses = {
    **NOT_MODIFIED,
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
}

_AGAIN = "private, no-cache"
"""Browsers may keep the response, and ask each time whether it has changed."""
_LASTING = "public, max-age=31536000, immutable"
_LEAST, _MOST = 1 << 10, 8 << 20
_LEVEL = 4
_PACKED = {".css", ".glb", ".html", ".js", ".json", ".mtl", ".obj", ".sdf", ".svg", ".urdf", ".usda", ".xml"}
_TYPES = {".glb": "model/gltf-binary", ".js": "text/javascript", ".usda": "text/plain"}


@dataclass
class _Cache:
    """Cache of the most recently used compressed responses, limited in bytes."""

    most_bytes: int
    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the cached value of a key, or make and cache it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._bytes += len(made) - len(self._kept.pop(key, b""))
            self._kept[key] = made
            while self._bytes > self.most_bytes:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return made


_cache = _Cache(32 << 20)


def file_response(path: Path, request: Request, *, lasting: bool = False) -> Response:
    """Return a response with a file, or 304 if the caller has it.

    Args:
        path: the file.
        request: the request to answer.
        lasting: the content at this address never changes.
    """
    status = path.stat()
    version = f"{status.st_mtime_ns:x}-{status.st_size:x}"
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix in _PACKED and _LEAST <= status.st_size <= _MOST and _takes_gzip(request):
        return cached_response(path.read_bytes, request, str(path), version, kind, lasting=lasting)
    headers = _headers(f'"{version}"', lasting)
    if _has(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers)


def cached_response(
    make: Callable[[], bytes], request: Request, name: str, version: str, kind: str, *, lasting: bool = False
) -> Response:
    """Return a response with compressed content, or 304 if the caller has it.

    Args:
        make: returns the content; called once for each version.
        request: the request to answer.
        name: unique name of the content.
        version: changes with the content.
        kind: media type.
        lasting: the content at this address never changes.
    """
    takes_gzip = _takes_gzip(request)
    headers = _headers(f'"{version}-gzip"' if takes_gzip else f'"{version}"', lasting)
    if _has(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    packed = _cache.get(f"{name} {version}", lambda: gzip.compress(make(), _LEVEL, mtime=0))
    if takes_gzip:
        return Response(packed, media_type=kind, headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=kind, headers=headers)


def _headers(tag: str, lasting: bool) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": _LASTING if lasting else _AGAIN, "Vary": "Accept-Encoding"}


def _takes_gzip(request: Request) -> bool:
    """Return whether the caller accepts gzip; ranges refer to the uncompressed file."""
    asked = [part.replace(" ", "") for part in request.headers.get("accept-encoding", "").lower().split(",")]
    return "range" not in request.headers and any(
        part.split(";")[0] == "gzip" and not part.endswith((";q=0", ";q=0.0")) for part in asked
    )


def _has(request: Request, tag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return tag in [part.strip().removeprefix("W/") for part in known.split(",")]
