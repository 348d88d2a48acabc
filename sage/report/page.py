"""Report of a scene as a self-contained HTML page without scripts."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from sage.asset import Asset, AssetStore
from sage.report.plan import SCALE, floor_plan
from sage.scene import Scene, SceneObject
from sage.task import Task

__all__ = ["report_page"]

_TINT = re.compile(r"_[0-9a-f]{6}$")
"""Suffix of a material's name that encodes its colour."""
_CLOSED = 0.005
"""Joint position up to which a joint counts as closed [rad or m]."""
_MARKED = {"not_understood": "not understood, without effect", "recorded": "recorded, not simulated"}
"""Labels of highlighted prompt words by their `fate`."""
_PAGE = Path(__file__).with_name("page.html")


def report_page(
    scene: Scene, store: AssetStore, report: Mapping[str, Any], pictures: Sequence[tuple[str, bytes]]
) -> str:
    """Return the HTML report of a scene.

    Args:
        scene: Scene to report on.
        store: Store of its assets.
        report: Content of report.json; empty if there is none.
        pictures: Captions and PNG or JPEG data of images; the first is shown large.
    """
    sections = (
        _head(scene, report),
        _pictures(pictures),
        _interpretation(scene),
        _section(f"Floor plan, 1:{SCALE}", f'<div class="wide">{floor_plan(scene, store)}</div>'),
        _critiques(report.get("critiques", [])),
        _omitted_objects(report.get("left_out", [])),
        _verified(report.get("verified", {})),
        _transcript(report.get("transcript", [])),
        _objects(scene, store),
        _sources(scene, store),
        _details(report),
    )
    page = Template(_PAGE.read_text())
    return page.substitute(title=escape(scene.task.prompt), body="\n".join(filter(None, sections)))


def _head(scene: Scene, report: Mapping[str, Any]) -> str:
    room = scene.rooms[0]
    count = sum(not item.covering for item in scene.objects)
    verdict = ""
    if "accepted" in report:
        verdict = _verdict(bool(report["accepted"]), "accepted", "not accepted") + ", "
    facts = (
        f"{escape(room.type.replace('_', ' '))}, {room.floor.area:.1f} m², {count} objects, seed {scene.seed}"
    )
    return f'<h1>{escape(scene.task.prompt)}</h1>\n<p class="soft">{verdict}{facts}</p>'


def _pictures(pictures: Sequence[tuple[str, bytes]]) -> str:
    figures = []
    for caption, data in pictures:
        kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
        source = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        words = escape(caption)
        figures.append(f'<figure><img alt="{words}" src="{source}"><figcaption>{words}</figcaption></figure>')
    return f'<div class="pictures">{"".join(figures)}</div>' if figures else ""


def _interpretation(scene: Scene) -> str:
    task = scene.task
    shown = any(word.fate in _MARKED for word in task.words)
    rows = {
        "prompt": _Markup(_words(task)) if shown else "",
        "words understood": _coverage(task),
        "not understood, without effect": ", ".join(dict.fromkeys(w.text for w in task.not_understood)),
        "recorded, not simulated": "; ".join(task.recorded),
        "suitable rooms": ", ".join(room.replace("_", " ") for room in task.rooms),
        "required objects": ", ".join(f"{item.count} x {item.name} ({item.role})" for item in task.objects),
        "initial state": "; ".join(map(str, task.initial)),
        "goal": "; ".join(map(str, task.goal)),
        "excluded objects": ", ".join(task.excluded),
        "size": " x ".join(f"{side:g} m" for side in task.size or ()),
        "notes": "; ".join(task.notes),
    }
    return _section(
        "Task interpretation", _table((), [[name, words] for name, words in rows.items() if words])
    )


def _words(task: Task) -> str:
    """Return the prompt with the words highlighted that have no effect on the scene."""
    pieces = []
    for text, fate in task.passages:
        mark = _MARKED.get(fate or "")
        words = escape(text)
        pieces.append(f'<mark class="{fate}" title="{mark}">{words}</mark>' if mark else words)
    return "".join(pieces)


def _coverage(task: Task) -> str:
    if not task.words:
        return ""
    count = len(task.words)
    return f"{count - len(task.not_understood)} of {count} ({task.coverage:.0%})"


def _critiques(critiques: Iterable[Mapping[str, Any]]) -> str:
    rows, findings = [], []
    for entry in critiques:
        metrics = ", ".join(f"{name} {value:g}" for name, value in entry.get("metrics", {}).items())
        rows.append([entry["critic"], _Markup(_passed(entry["passed"])), f"{entry['score']:.3g}", metrics])
        findings += [f"{entry['critic']}: {finding['message']}" for finding in entry.get("findings", ())]
        findings += [f"{entry['critic']}, note: {note}" for note in entry.get("notes", ())]
        findings += [f"not judged: {name}, {why}" for name, why in entry.get("not_judged", {}).items()]
    if not rows:
        return ""
    listed = _list(findings) if findings else '<p class="soft">No findings.</p>'
    return _section("Evaluation by critics", _table(("critic", "verdict", "score", "metrics"), rows) + listed)


def _omitted_objects(notes: Sequence[str]) -> str:
    return _section("Objects left out for lack of space", _list(notes)) if notes else ""


def _verified(proofs: Mapping[str, Mapping[str, Any]]) -> str:
    if not proofs:
        return ""
    rows = [
        [
            f"{engine} {proof['version']}",
            _Markup(_passed(proof["passed"])),
            f"{proof['share_stable']:.1%} of {proof['free_objects']}",
            _millimetres(proof["drift_m"]),
            _millimetres(proof["sink_m"]),
            "-" if proof["turn_rad"] is None else f"{proof['turn_rad']:.4f} rad",
        ]
        for engine, proof in proofs.items()
    ]
    failures = [f"{engine}: {line}" for engine, proof in proofs.items() for line in proof.get("failures", ())]
    header = ("simulator", "verdict", "stable", "drift", "sink", "turn")
    return _section("Verification in simulators", _table(header, rows, numbers=(3, 4, 5)) + _list(failures))


def _transcript(rounds: Sequence[Mapping[str, Any]]) -> str:
    if not rounds:
        return ""
    parts = []
    for record in rounds:
        kept = "kept" if record.get("kept", True) else "not kept"
        planner = f", by {escape(str(record['planner']))}" if record.get("planner") else ""
        parts.append(f"<h3>Round {record['round']}{planner}: {kept}</h3>")
        if record.get("picture"):
            source = f"data:image/jpeg;base64,{escape(str(record['picture']))}"
            parts.append(f'<img class="round" alt="after round {record["round"]}" src="{source}">')
        parts.append(f"<ul>{''.join(map(_call, record.get('calls', ())))}</ul>")
        failed = [verdict for verdict in record.get("verdicts", ()) if not verdict["passed"]]
        parts.append(_list([f"{v['critic']}: {line}" for v in failed for line in _messages(v)]))
    return _section("Generation log", "\n".join(parts))


def _call(call: Mapping[str, Any]) -> str:
    arguments = ", ".join(f"{name}={json.dumps(value)}" for name, value in call.get("arguments", {}).items())
    notes = "; ".join(str(note) for note in call.get("notes", ()))
    remark = f'<br><span class="soft">{escape(notes)}</span>' if notes else ""
    code = f"<code>{escape(str(call['tool']))}({escape(arguments)})</code>"
    outcome = ": ".join(str(call[key]) for key in ("outcome", "reason") if call.get(key))
    return f"<li>{code} {escape(outcome)}{remark}</li>"


def _messages(verdict: Mapping[str, Any]) -> Iterator[str]:
    """Yield the messages of a verdict's findings, which are stored as text or as mappings."""
    for finding in verdict.get("findings", ()):
        yield str(finding["message"] if isinstance(finding, Mapping) else finding)


def _objects(scene: Scene, store: AssetStore) -> str:
    rows = [_object(item, store[item.asset]) for item in scene.objects]
    header = ("id", "name", "depth x width x height", "mass", "materials", "friction", "placement", "motion")
    table = _table(header, rows, numbers=(2, 3, 5), classes=[item.role for item in scene.objects])
    mass = sum(store[item.asset].mass for item in scene.objects)
    return _section("Objects", table + f'<p class="soft">{len(rows)} objects, {mass:.1f} kg in total.</p>')


def _object(item: SceneObject, asset: Asset) -> list[str]:
    names = (visual.material.name for link in asset.links for visual in link.visuals)
    materials = dict.fromkeys(_TINT.sub("", name).replace("_", " ") for name in names)
    frictions = sorted({link.friction for link in asset.links})
    opened = [f"{name} at {value:.2f}" for name, value in item.joints.items() if abs(value) > _CLOSED]
    joints = ", ".join([f"{len(asset.joints)} joint{'s' * (len(asset.joints) > 1)}", *opened])
    return [
        item.id,
        item.name,
        " x ".join(f"{side:.2f}" for side in item.size) + " m",
        f"{asset.mass:.3g} kg",
        ", ".join(materials),
        ", ".join(f"{friction:g}" for friction in frictions),
        f"{item.placement} {item.support}" + (f", {item.support_part}" if item.support_part else ""),
        ", ".join(["fixed" if item.fixed else "free", *([joints] if asset.joints else [])]),
    ]


def _sources(scene: Scene, store: AssetStore) -> str:
    found: dict[tuple[str, str], list[str]] = {}
    for name in sorted({item.asset for item in scene.objects}):
        found.setdefault((store[name].provenance, store[name].licence), []).append(name)
    rows = []
    for (provenance, licence), names in found.items():
        listed = f"<details><summary>{len(names)}</summary>{escape(', '.join(names))}</details>"
        rows.append([provenance, licence, _Markup(listed)])
    return _section("Asset sources and licences", _table(("source", "licence", "assets"), rows))


def _details(report: Mapping[str, Any]) -> str:
    if not report:
        return ""
    seconds = report.get("cpu_seconds", {})
    rows = {
        "planner": str(report.get("planner", "")),
        "rounds": str(report.get("rounds", "")),
        "reproducible": "yes" if report.get("reproducible") else "no",
        "CPU seconds": ", ".join(f"{name} {value:.1f}" for name, value in seconds.items()),
        "versions": ", ".join(f"{name} {value}" for name, value in report.get("versions", {}).items()),
        "formats": ", ".join(report.get("formats", [])),
    }
    return _section("Generation details", _table((), [[name, text] for name, text in rows.items() if text]))


class _Markup(str):
    """HTML markup, which must not be escaped."""


def _section(title: str, content: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{content}\n</section>"


def _table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    classes: Sequence[str] | None = None,
) -> str:
    """Return an HTML table; cells are escaped unless they are markup.

    Args:
        header: Column titles; empty for no header.
        rows: Cells by row.
        numbers: Columns to align as numbers.
        classes: CSS class of each row.
    """

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(
            f"<{tag}{_class('number' if column in numbers else '')}>{_escaped(cell)}</{tag}>"
            for column, cell in enumerate(row)
        )

    head = f"<thead><tr>{cells('th', header)}</tr></thead>" if header else ""
    kinds = classes or [""] * len(rows)
    body = "".join(
        f"<tr{_class(kind)}>{cells('td', row)}</tr>" for kind, row in zip(kinds, rows, strict=True)
    )
    return f'<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""


def _class(name: str) -> str:
    return f' class="{escape(name)}"' if name else ""


def _escaped(cell: str) -> str:
    return cell if isinstance(cell, _Markup) else escape(cell)


def _passed(passed: bool) -> str:
    return _verdict(passed, "passed", "failed")


def _verdict(good: bool, yes: str, no: str) -> str:
    return f'<span class="{"good" if good else "bad"}">{yes if good else no}</span>'


def _millimetres(length: float | None) -> str:
    return "-" if length is None else f"{1000 * length:.2f} mm"
