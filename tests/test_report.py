"""Report page: complete, escaped, to scale, self-contained."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from sage.geometry import Pose
from sage.report.page import report_page
from sage.report.plan import SCALE, floor_plan

pytestmark = pytest.mark.quick

VOID = {"meta", "img", "br"}
NASTY = "<script>alert(\"1\")</script> & 'more' $body"
PIXEL = b"\x89PNG\r\n\x1a\n"


class Outline(HTMLParser):
    """Collects tags and text, and fails on tags that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text.append(data)


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    found.close()
    assert not found.open
    return found


@pytest.fixture
def furnished(stage, block):
    """A room with a cabinet, ajar, and a mug with a nasty name."""
    cabinet = stage.stand("cabinet", Pose.planar(0.4, 2.0))
    joint = stage.store[stage.scene[cabinet].asset].joints[0]
    stage.change(cabinet, joints={joint.name: joint.upper})
    table = stage.stand(block((0.8, 1.2, 0.5), "table"), Pose.planar(2.5, 2.0), name=NASTY)
    mug = stage.set_down("mug", table, role="target")
    stage.ask(prompt=NASTY, robot_bases={mug: Pose.planar(3.4, 2.0, 0.0, 3.14)}, notes=[NASTY])
    return stage


def test_everything_is_escaped_and_nothing_is_fetched(furnished) -> None:
    report = {
        "accepted": False,
        "critiques": [
            {
                "critic": NASTY, "score": 0.5, "passed": False, "metrics": {NASTY: 0.5}, "notes": [NASTY],
                "findings": [{"kind": "collision", "message": NASTY}], "not_judged": {"task": NASTY},
            }
        ],
        "left_out": [NASTY],
        "verified": {
            NASTY: {
                "version": "1", "passed": False, "share_stable": 0.5, "free_objects": 2, "drift_m": 0.0123,
                "sink_m": None, "turn_rad": 0.1, "failures": [NASTY],
            }
        },
        "transcript": [
            {
                "round": 1, "planner": NASTY, "kept": False,
                "calls": [{"tool": NASTY, "arguments": {NASTY: [NASTY]}, "outcome": NASTY, "reason": NASTY,
                           "notes": [NASTY]}],
                "verdicts": [{"critic": NASTY, "passed": False, "findings": [NASTY]}], "picture": NASTY,
            }
        ],
    }  # fmt: skip
    page = report_page(furnished.scene, furnished.store, report, [(NASTY, PIXEL)])
    found = outline(page)
    tags = {tag for tag, _ in found.seen}
    assert not tags & {"script", "link", "iframe", "object", "form"}
    assert "".join(found.text).count('<script>alert("1")</script>') >= 14
    references = [
        value for _, fields in found.seen for key, value in fields.items() if key in ("src", "href")
    ]
    assert references and all((value or "").startswith("data:image/") for value in references)
    assert not re.search(r"url\(|@import", page)
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}
    words = "".join(found.text)
    for expected in ("not accepted", "12.30 mm", "50.0% of 2", "joint at 1.", "Apache-2.0", "mug"):
        assert expected in words


def test_words_that_are_not_understood_are_marked_and_told(furnished) -> None:
    prompt = "a <frob> & a kettle to boil"
    words = [
        {"text": "<frob>", "start": 2, "fate": "not_understood"},
        {"text": "kettle", "start": 13, "fate": "object"},
        {"text": "boil", "start": 23, "fate": "recorded"},
    ]
    boiled = {"text": "boil the kettle", "when": "goal", "fate": "not_simulated"}
    furnished.ask(prompt=prompt, words=words, statements=[boiled])
    page = report_page(furnished.scene, furnished.store, {}, [])
    marks = re.findall(r'<mark class="(\w+)" title="[^"]+">([^<]+)</mark>', page)
    assert marks == [("not_understood", "&lt;frob&gt;"), ("recorded", "boil")]
    told = "".join(outline(page).text)
    assert prompt in told
    assert "2 of 3 (67%)" in told and "boil the kettle" in told


def test_a_scene_without_a_report_has_a_page_too(furnished) -> None:
    found = outline(report_page(furnished.scene, furnished.store, {}, []))
    headings = [text for text in found.text if text.strip() in ("Objects", "Evaluation by critics")]
    assert headings == ["Objects"]


def test_the_floor_plan_is_to_scale(furnished) -> None:
    plan = ET.fromstring(floor_plan(furnished.scene, furnished.store).replace("xmlns=", "ns="))
    _, _, width, height = (float(value) for value in plan.attrib["viewBox"].split())
    for side, length in (("width", width), ("height", height)):
        assert float(plan.attrib[side].removesuffix("mm")) == pytest.approx(length * 1000 / SCALE, abs=0.06)
    table = next(group for group in plan.iter("g") if (group.findtext("title") or "").startswith("table_1:"))
    polygon = table.find("polygon")
    assert polygon is not None
    corners = [tuple(map(float, pair.split(","))) for pair in polygon.attrib["points"].split()]
    across, down = zip(*corners, strict=True)
    assert (min(across), max(across)) == pytest.approx((2.1, 2.9), abs=2e-3)
    assert (min(down), max(down)) == pytest.approx((-2.6, -1.4), abs=2e-3)
