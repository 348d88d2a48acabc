"""Fetches three.js from the npm registry into the page of the service, as the package is built.

    python hatch_build.py     # into a checkout that was installed without

It is no part of the repository. Where the registry cannot be reached, the package is built without and
`sage serve` says so; everything but its page works.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import tarfile
import urllib.request
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_VERSION = "0.187.0"
_SHA512 = "Qiu7R+Cmh8CstZsY1uJOSWnVlfo7ZtNLV7mF8Jltk3LB3AtDu9cRZlcnRKkAk8Y4z6KKw35z7Y7Urd7jWY8etA=="
_FILES = (
    "LICENSE",
    "build/three.core.js",
    "build/three.module.js",
    "examples/jsm/controls/OrbitControls.js",
    "examples/jsm/environments/RoomEnvironment.js",
    "examples/jsm/loaders/GLTFLoader.js",
    "examples/jsm/utils/BufferGeometryUtils.js",
    "examples/jsm/utils/SkeletonUtils.js",
)
_TARGET = Path(__file__).parent / "service" / "http" / "page" / "files" / "vendor"


class ThreeHook(BuildHookInterface):  # type: ignore[type-arg]
    """Brings three.js before the files of the package are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch, unless it is there."""
        try:
            fetch()
        except OSError as error:
            self.app.display_warning(f"built without three.js, so without the page of `sage serve`: {error}")


def fetch() -> None:
    """Write what the page uses of three.js into `vendor`, unless it is there in this version.

    Raises:
        OSError: the registry cannot be reached, or what it sent is not what was published.
    """
    told = _TARGET / "VERSION"
    if told.is_file() and told.read_text().strip() == _VERSION:
        return
    registry = os.environ.get("NPM_CONFIG_REGISTRY", "https://registry.npmjs.org").rstrip("/")
    with urllib.request.urlopen(f"{registry}/three/-/three-{_VERSION}.tgz", timeout=60) as answer:
        packed = answer.read()
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != _SHA512:
        raise OSError(f"three-{_VERSION}.tgz from {registry} is not the one that was published")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for name in _FILES:
            member = archive.extractfile(f"package/{name}")
            assert member is not None
            path = _TARGET / name.removeprefix("build/").removeprefix("examples/jsm/")
            path.parent.mkdir(parents=True, exist_ok=True)
            # Browsers know no bare names of modules without an inline map, which the page's policy forbids.
            path.write_bytes(member.read().replace(b"from 'three'", b"from '../three.module.js'"))
    told.write_text(f"{_VERSION}\n")


if __name__ == "__main__":
    fetch()
