"""The page of the service: whole, ours, closed to other hosts, and its bundle is made from what is here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from service.http.app import Settings, create_app

FILES = Path(__file__).parents[1] / "service" / "http" / "page" / "files"
WEB = Path(__file__).parents[1] / "web"
OURS = sorted(path for path in FILES.iterdir() if path.suffix in (".js", ".css", ".html"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    yield TestClient(create_app(Settings(tmp_path_factory.mktemp("page"))))


def test_the_bundle_was_made_from_the_sources_that_are_here() -> None:
    """If this fails: cd web && npm ci && npm run build."""
    made = json.loads((FILES / "vendor" / "three.json").read_text())
    for name, digest in made["sources"].items():
        assert hashlib.sha256((WEB / name).read_bytes()).hexdigest() == digest, name
    assert hashlib.sha256((FILES / "vendor" / "three.js").read_bytes()).hexdigest() == made["sha256"]
    assert json.loads((WEB / "package.json").read_text())["devDependencies"]["three"] == made["three"]
    assert "MIT" in (FILES / "vendor" / "three.LICENSE").read_text()


def test_every_name_that_a_module_imports_is_offered() -> None:
    for path in OURS:
        for names, source in re.findall(r"import \{([^}]*)\} from '\./([^']+)'", path.read_text()):
            text = (FILES / source).read_text()
            offered = set(re.findall(r"export (?:async )?(?:function\*?|const|class) (\w+)", text))
            for exports in re.findall(r"export\{([^}]*)\}", text):
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
            assert client.get(name).status_code == 200, name
    for path in FILES.rglob("*"):
        if path.is_file():
            assert client.get(f"/page/{path.relative_to(FILES).as_posix()}").content == path.read_bytes()


def test_the_page_may_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    policy = client.get("/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy and "http" not in policy.replace("'", "")


@pytest.mark.parametrize("name", ["../__init__.py", "%2e%2e/__init__.py", "nothing.js", "", "vendor"])
def test_nothing_else_is_served_as_the_page(client: httpx.Client, name: str) -> None:
    assert client.get(f"/page/{name}").status_code == 404
