"""Web page: complete, self-contained, and built from the published three.js."""

from __future__ import annotations

import importlib.util
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from unittest.mock import Mock

import httpx
import pytest
from starlette.testclient import TestClient

from sage.service.http.app import Settings, create_app
from sage.service.http.page import shows_scenes

ROOT = Path(__file__).parents[1]
FILES = ROOT / "service" / "http" / "page" / "files"
OURS = sorted(path for path in FILES.iterdir() if path.suffix in (".js", ".css", ".html"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    yield TestClient(create_app(Settings(tmp_path_factory.mktemp("page"))))


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A registry of packages; what is in the folder is what it has."""
    serve = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"http://127.0.0.1:{server.server_port}/")
        yield tmp_path
        server.shutdown()


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The hook of the build, about to write into an empty folder."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "_TARGET", tmp_path / "vendor")
    return module


def test_another_package_than_the_published_one_is_not_taken(registry: Path, building: ModuleType) -> None:
    (registry / "three" / "-").mkdir(parents=True)
    (registry / "three" / "-" / f"three-{building._VERSION}.tgz").write_bytes(b"something else")
    with pytest.raises(OSError, match="not the one that was published"):
        building.fetch()
    assert not building._TARGET.exists()


def test_without_a_registry_the_package_is_built_and_says_what_it_lacks(
    registry: Path, building: ModuleType
) -> None:
    app = Mock()
    hook = building.ThreeHook(str(ROOT), {}, None, None, str(registry), "wheel", app)
    hook.initialize("standard", {})
    (told,) = app.display_warning.call_args.args
    assert "without three.js" in told and "404" in told


def test_every_name_that_a_module_imports_is_offered() -> None:
    for path in OURS:
        for names, source in re.findall(r"import \{([^}]*)\} from '\./([^']+)'", path.read_text()):
            if source.startswith("vendor/") and not (FILES / source).is_file():
                continue
            text = (FILES / source).read_text()
            offered = set(re.findall(r"export (?:async )?(?:function\*?|const|class) (\w+)", text))
            for exports in re.findall(r"export ?\{([^}]*)\}", text):
                offered |= {entry.split(" as ")[-1].strip() for entry in exports.split(",")}
            assert {name.strip() for name in names.split(",") if name.strip()} <= offered, (path.name, source)


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.name))
def test_no_file_of_ours_names_another_host_or_writes_markup(path: Path) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text)
    assert not re.search(r"innerHTML|insertAdjacentHTML|\beval\(|style=\"|onclick=\"", text)


def test_the_page_and_all_that_it_names_are_served(client: httpx.Client) -> None:
    for page in ("/", "/docs"):
        answer = client.get(page)
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
        for name in re.findall(r'(?:src|href)="(/page/[^"]+)"', answer.text):
            if shows_scenes() or "vendor" not in name:
                assert client.get(name).status_code == 200, name
    for path in FILES.rglob("*"):
        if path.is_file():
            assert (
                client.get(address(client, path.relative_to(FILES).as_posix())).content == path.read_bytes()
            )


def address(client: httpx.Client, name: str) -> str:
    """Return the address of a file of the page, with the digest that the page names it by."""
    [folder] = set(re.findall(r'"(/page/\w{16}/)', client.get("/").text))
    return f"{folder}{name}"


def test_the_files_of_the_page_are_fetched_once_and_packed(client: httpx.Client) -> None:
    style = client.get(address(client, "style.css"))
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert style.headers["content-encoding"] == "gzip" and style.headers["vary"] == "Accept-Encoding"
    assert int(style.headers["content-length"]) < len(style.content) / 2
    plain = client.get(address(client, "style.css"), headers={"Accept-Encoding": "gzip;q=0, br"})
    assert plain.content == style.content and "content-encoding" not in plain.headers
    assert plain.headers["etag"] != style.headers["etag"]
    for answer in (client.get("/"), style):
        again = client.get(answer.request.url, headers={"If-None-Match": f'"x", W/{answer.headers["etag"]}'})
        assert again.status_code == 304 and not again.content
        assert again.headers["etag"] == answer.headers["etag"]
    assert client.get("/").headers["cache-control"] == "private, no-cache"
    assert client.get("/page/0123456789abcdef/style.css").status_code == 404


def test_every_module_is_fetched_ahead(client: httpx.Client) -> None:
    ahead = set(re.findall(r'modulepreload" href="/page/\w+/([^"]+)"', client.get("/").text))
    assert (
        ahead == {path.relative_to(FILES).as_posix() for path in FILES.rglob("*.js")} - {"main.js", "docs.js"}
        or not shows_scenes()
    )


def test_the_page_may_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    policy = client.get("/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy and "http" not in policy.replace("'", "")


@pytest.mark.parametrize("name", ["../__init__.py", "%2e%2e/__init__.py", "nothing.js", "", "vendor"])
def test_nothing_else_is_served_as_the_page(client: httpx.Client, name: str) -> None:
    assert client.get(f"/page/{name}").status_code == 404
    assert client.get(address(client, name)).status_code == 404
