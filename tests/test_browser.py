"""Web page in a real browser: submit a task, view, edit and download the scene."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sage.client import Client
from sage.service.http.making import MAKER
from tests.browsing import chromium
from tests.serving import serving

TASK = "put the red mug in the drawer of the nightstand"
PATIENCE_MS = 180_000
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("service"), maker=MAKER, seconds=600.0) as (client, _):
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any, service: Client) -> Iterator[Any]:
    """A page of the service; whatever it complains of fails the test."""
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1000, "height": 700}, base_url=str(service.http.base_url))
    page.set_default_timeout(PATIENCE_MS)
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url) if _matters(request) else None)
    yield page
    page.close()
    assert complaints == []


def _matters(request: Any) -> bool:
    """Whether a request that failed was not given up by the page itself, as streams are when it is left."""
    return "ERR_ABORTED" not in (request.failure or "")


def drawn(page: Any) -> np.ndarray[Any, Any]:
    """Return what the canvas shows, shape [height, width, 3]."""
    page.evaluate(
        """() => new Promise((done) => {
          viewer.addEventListener('draw', done, { once: true });
          viewer.draw();
        })"""
    )
    picture = Image.open(io.BytesIO(page.locator("canvas").screenshot()))
    return np.asarray(picture.convert("RGB")).astype(int)


def files_of(download: Any) -> set[str]:
    with zipfile.ZipFile(download.path()) as archive:
        assert archive.testzip() is None
        return {Path(name).relative_to(Path(name).parts[0]).as_posix() for name in archive.namelist()}


def test_words_that_are_not_understood_are_marked_while_a_task_is_typed(page: Any) -> None:
    page.goto("/")
    page.fill("#task", "\U0001fa91 a bedroom with a frobnicator; boil the kettle")
    page.wait_for_selector(".understood mark.not_understood")
    assert page.inner_text(".understood mark.not_understood") == "frobnicator"
    assert page.inner_text(".understood mark.recorded") == "boil"
    told = page.inner_text(".understood")
    assert "3 of 4 words understood (75 %)" in told and "Recorded, not simulated: boil the kettle" in told
    page.fill("#task", "a bedroom")
    page.wait_for_selector(".understood mark", state="detached")


def test_a_task_is_typed_and_its_scene_looked_at(page: Any, service: Client) -> None:
    page.goto("/")
    page.fill("#task", TASK)
    page.wait_for_selector(".understood .goal")
    assert "red mug" in page.inner_text(".understood")
    page.keyboard.press("Enter")
    page.wait_for_selector(".live.there")
    page.wait_for_selector(".verdicts .chip")
    assert {"furnish", "populate", "settle"} <= set(
        page.locator(".step").evaluate_all("all => all.map(e => e.firstChild.data)")
    )
    page.wait_for_selector("canvas[data-ready]")

    scene_id = page.url.rsplit("/", 1)[1]
    scene = json.loads(service.file(scene_id, "scene.json"))
    there = page.evaluate("() => [...viewer.objects.keys()].sort()")
    assert there == sorted(item["id"] for item in scene["objects"]) and len(there) > 30
    before = drawn(page)
    assert len(np.unique(before.reshape(-1, 3), axis=0)) > 500
    ground = before[4, -4]
    assert (np.abs(before - ground).sum(axis=2) > 30).mean() > 0.3

    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + box["height"] - 40, steps=4)
    page.mouse.up()
    assert (np.abs(drawn(page) - before).sum(axis=2) > 30).mean() > 0.1

    page.get_by_role("tab", name="Objects").click()
    page.click(".objects [data-id=nightstand_1]")
    told = page.inner_text(".inspector")
    assert "stand.n.04" in told and " kg" in told and "Licence" in told
    pull_the_drawer(page)

    for layer in ("mass", "support", "names", "collision"):
        page.click(f"[data-layer={layer}]")
    page.wait_for_function(
        """() => {
          let shown = 0;
          viewer.root.traverse((node) => { shown += node.userData.layer && node.visible ? 1 : 0; });
          return shown > 60;
        }"""
    )
    assert page.locator(".names .wanted").count() >= 1
    page.get_by_role("tab", name="Plan").click()
    assert page.locator(".plan .thing").count() > 30

    page.get_by_role("tab", name="Download").click()
    with page.expect_download() as usd:
        page.get_by_role("button", name="USD").click()
    names = files_of(usd.value)
    assert {"scene.usda", "scene.json"} < names and not {"scene.xml", "scene.glb"} & names
    with page.expect_download() as mjcf:
        page.get_by_role("button", name="MJCF").click()
    assert "scene.xml" in files_of(mjcf.value)


def pull_the_drawer(page: Any) -> None:
    """Grab the middle of a drawer's front and pull; it comes out along its axis, with what is in it."""
    place = """() => {
      const joint = viewer.joints.get('nightstand_1/drawer_1_joint');
      viewer.canvas.focus();
      const { x, y } = viewer.project(joint.node.localToWorld(joint.node.position.clone().set(0.01, 0, 0)));
      const out = viewer.project(joint.node.localToWorld(joint.node.position.clone().set(0.31, 0, 0)));
      const box = viewer.canvas.getBoundingClientRect();
      return { x: box.x + x, y: box.y + y, dx: out.x - x, dy: out.y - y };
    }"""
    front = """() => {
      const node = viewer.objects.get('nightstand_1');
      const place = (x, y, z) => node.localToWorld(node.position.clone().set(x, y, z));
      viewer.orbit.target.copy(place(0, 0, 0.4));
      viewer.camera.position.copy(place(1.2, 0.3, 1.1));
      viewer.orbit.update();
    }"""
    page.locator("canvas").press("Escape")
    page.evaluate(front)
    drawn(page)
    at = page.evaluate(place)
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + at["dx"], at["y"] + at["dy"], steps=6)
    page.mouse.up()
    joint = page.evaluate(
        """() => {
          const { value, upper } = viewer.joints.get('nightstand_1/drawer_1_joint');
          return [value, upper];
        }"""
    )
    assert joint[0] > 0.5 * joint[1]
    page.click(".objects [data-id=nightstand_1]")
    slider = page.locator("[data-joint='nightstand_1/drawer_1_joint']")
    assert float(slider.input_value()) == pytest.approx(joint[0])
    slider.focus()
    page.keyboard.press("Home")
    assert page.evaluate("() => viewer.joints.get('nightstand_1/drawer_1_joint').value") == 0


def test_a_scene_is_found_in_the_gallery_and_changed(page: Any, service: Client) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto("/#/scenes")
    page.fill("[name=q]", "mug")
    page.locator(".card").first.click()
    page.wait_for_selector("canvas[data-ready]")
    old = page.url.rsplit("/", 1)[1]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.get_by_role("tab", name="Edit").click()
    page.fill("[name=instruction]", "add an apple on the bed")
    page.get_by_role("button", name="Change it").click()
    page.wait_for_url(lambda url: "/scenes/" in url and old not in url)
    page.wait_for_selector("canvas[data-ready]")
    assert page.evaluate("() => viewer.objects.has('apple_1')")
    assert service.scene(page.url.rsplit("/", 1)[1]).based_on == old


def test_the_api_is_described(page: Any) -> None:
    page.goto("/docs")
    page.wait_for_selector(".route")
    assert "/v1/scenes/{scene_id}/edit" in page.inner_text("main")
