"""Scenes built by a client of the Model Context Protocol, over every transport."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from PIL import Image

from sage.export.reading import read_scene
from sage.generators import GENERATORS
from sage.scene import Scene
from sage.service.cli import main
from sage.service.generation import start as workbench
from sage.service.mcp_server import SceneServer
from sage.tools import ToolCall

PROMPT = "a closet"
BUILD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("floor_plan", {}),
    ("furnish", {"density": "sparse"}),
    ("populate", {"density": "sparse"}),
    ("settle", {}),
)
SAGE = ["-m", "sage.service.cli", "mcp"]


def run(talk: Callable[..., Awaitable[None]], *arguments: Any) -> None:
    async def within_time() -> None:
        with anyio.fail_after(240):
            await talk(*arguments)

    anyio.run(within_time)


def text(result: Any) -> str:
    return str(result.content[0].text)


async def call(client: Client, tool: str, **arguments: Any) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, text(result)
    return result


async def start(client: Client, **arguments: Any) -> str:
    result = await call(client, "start_scene", **({"task": PROMPT} | arguments))
    return str(result.structured_content["scene"])


def size_of(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size


def test_a_client_builds_a_scene_from_nothing_to_an_accepted_export(
    tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    async def talk(client: Client) -> None:
        async with client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert tools.keys() >= {generator.tool_name() for generator in GENERATORS}
            assert tools["move_object"].input_schema["required"][:2] == ["scene", "object_id"]
            assert "Id of the object to move" in json.dumps(tools["move_object"].input_schema)
            scene = await start(client, seed=1)
            for name, arguments in BUILD:
                done = await call(client, name, scene=scene, **arguments)
            assert "closet" in text(done)
            review = (await call(client, "review", scene=scene)).structured_content
            assert review["accepted"], review
            assert review["metrics"]["collision"] == 0
            _, picture = (await call(client, "render", scene=scene, view="top", width=200)).content
            assert size_of(base64.b64decode(picture.data)) == (200, 600)
            listed = [str(resource.uri) for resource in (await client.list_resources()).resources]
            assert f"scene://{scene}/scene.json" in listed
            (file,) = (await client.read_resource(f"scene://{scene}/scene.json")).contents
            (plan,) = (await client.read_resource(f"scene://{scene}/plan.txt")).contents
            (view,) = (await client.read_resource(f"scene://{scene}/views/cutaway_3.png")).contents
            assert size_of(base64.b64decode(view.blob)) == (800, 600)  # type: ignore[union-attr]
            assert "room closet" in plan.text  # type: ignore[union-attr]
            written = await call(client, "export", scene=scene, folder="rooms/one", formats=["mjcf"])
            assert written.structured_content["accepted"]
            assert "scene.xml" in written.structured_content["files"]
            exported, _ = read_scene(tmp_path / "rooms/one")
            assert exported == Scene.model_validate_json(file.text)  # type: ignore[union-attr]

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = clean_environment | {"TMPDIR": str(scratch)}
    parameters = StdioServerParameters(command=sys.executable, args=SAGE, env=environment, cwd=str(tmp_path))
    run(talk, Client(parameters))
    assert not list(scratch.iterdir()), "what the client did not close is left behind"
    report = json.loads((tmp_path / "rooms/one/report.json").read_text())
    assert report["accepted"] is True
    assert report["reproducible"] is False
    assert [record["calls"][0]["tool"] for record in report["transcript"]] == [name for name, _ in BUILD]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder below which the HTTP server writes."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def address(shared: Path, clean_environment: dict[str, str]) -> Iterator[str]:
    """Where a server answers HTTP."""
    server = subprocess.Popen(
        [sys.executable, *SAGE, "--http", "--port", "0", "--root", str(shared)],
        env=clean_environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    line = server.stderr.readline()
    yield line.split()[-1]
    server.terminate()
    server.communicate(timeout=20)


def test_two_clients_at_once_do_not_touch_each_others_scenes(address: str, tmp_path: Path) -> None:
    built: dict[int, str] = {}

    async def build(seed: int, mode: str) -> None:
        async with Client(address, mode=mode) as client:
            scene = await start(client, seed=seed)
            for name, arguments in BUILD:
                await call(client, name, scene=scene, **arguments)
            written = await call(client, "export", scene=scene, folder=f"scene_{seed}", formats=["urdf"])
            assert written.structured_content["accepted"]
            (file,) = (await client.read_resource(f"scene://{scene}/scene.json")).contents
            built[seed] = file.text  # type: ignore[union-attr]
            assert not (await client.list_resources()).resources, "others could edit what they see listed"

    async def both() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(build, 1, "auto")
            group.start_soon(build, 2, "legacy")

    run(both)
    for seed in (1, 2):
        alone = workbench(PROMPT, tmp_path / f"alone_{seed}", seed=seed)
        for name, arguments in BUILD:
            alone.apply(ToolCall(tool=name, arguments=arguments))
        assert Scene.model_validate_json(built[seed]) == alone.scene


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SceneServer]:
    """A server in this process."""
    (tmp_path / "root").mkdir()
    server = SceneServer(tmp_path / "root", listed=True)
    yield server
    server.workshop.close_all()


def test_words_that_are_not_understood_are_told(server: SceneServer) -> None:
    async def talk() -> None:
        async with Client(server.protocol()) as client:
            result = await call(client, "start_scene", task="a closet with a quxfrob; boil the kettle")
            assert "Not understood, without effect (75% of the words were): 'quxfrob'." in text(result)
            assert "Recorded, not simulated: boil the kettle." in text(result)
            told = result.structured_content["understood"]
            assert told["not_understood"] == [{"text": "quxfrob", "start": 16, "fate": "not_understood"}]

    run(talk)


def test_wrong_calls_come_back_with_what_would_work(server: SceneServer, tmp_path: Path) -> None:
    (tmp_path / "root/link").symlink_to(tmp_path)
    (tmp_path / "root/full").mkdir()
    (tmp_path / "root/full/mine.txt").touch()
    wrong: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("paint", {}, "the tools are start_scene"),
        ("start_scene", {}, "task: Field required"),
        ("start_scene", {"task": "a quxfrob"}, "quxfrob"),
        ("start_scene", {"task": "a closet with a quxfrob", "strict": True}, "not understood: 'quxfrob'"),
        ("start_scene", {"task": "a" * 4001}, "the limit is 4000"),
        ("start_scene", {"task": PROMPT, "seed": -1}, "must be a whole number from 0"),
        ("furnish", {}, "give the id that start_scene returned"),
        ("furnish", {"scene": "scene_0"}, "call start_scene"),
        ("furnish", {"scene": None, "density": "thick"}, "furnish: density: Input should be 'sparse'"),
        ("furnish", {"scene": None, "colour": "red"}, "furnish: colour: Extra inputs"),
        ("move_object", {"scene": None, "object_id": "mug_9", "relation": "on"}, "there is no 'mug_9'"),
        ("place_object", {"scene": None, "category": "snark", "relation": "on"}, "the nearest are"),
        ("render", {"scene": None, "view": "inside"}, "'preview', 'top'"),
        ("render", {"scene": None, "width": 100_000}, "less than or equal to 1600"),
        ("export", {"scene": None, "folder": "../elsewhere"}, "is not below"),
        ("export", {"scene": None, "folder": "/elsewhere"}, "is not below"),
        ("export", {"scene": None, "folder": "link/elsewhere"}, "is not below"),
        ("export", {"scene": None, "folder": "."}, "is not below"),
        ("export", {"scene": None, "folder": "a\0b"}, "is not the name of a folder"),
        ("export", {"scene": None, "folder": "full"}, "is not empty"),
        ("export", {"scene": None, "folder": "x", "formats": ["dwg"]}, "dwg"),
    )

    async def talk() -> None:
        async with Client(server.protocol()) as client:
            scene = await start(client)
            early = await client.call_tool("review", {"scene": scene})
            assert early.is_error and "call floor_plan first" in text(early)
            await call(client, "floor_plan", scene=scene)
            for tool, arguments, hint in wrong:
                given = {key: scene if value is None else value for key, value in arguments.items()}
                result = await client.call_tool(tool, given)
                assert result.is_error, (tool, given)
                assert hint in text(result), text(result)
            for uri in ("scene://scene_0/plan.txt", f"scene://{scene}/views/up.png", "file:///etc/passwd"):
                with pytest.raises(MCPError):
                    await client.read_resource(uri)
            await call(client, "undo", scene=scene)
            assert "There is no room" in text(await call(client, "describe", scene=scene))
            await call(client, "close_scene", scene=scene)
            assert (await client.call_tool("undo", {"scene": scene})).is_error

    run(talk)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["root"]


def test_a_review_names_calls_that_mend_what_it_finds(server: SceneServer) -> None:
    async def talk() -> None:
        async with Client(server.protocol()) as client:
            scene = await start(client, task="pick up the mug on the table")
            await call(client, "floor_plan", scene=scene)
            for category, relation, reference, name in (
                ("table", "in_middle", "room", "table_1"),
                ("mug", "on", "table_1", "mug_1"),
                ("mug", "on", "table_1", "mug_2"),
            ):
                place = {"category": category, "relation": relation, "reference": reference}
                await call(client, "place_object", scene=scene, object_id=name, **place)
            found = (await call(client, "review", scene=scene)).structured_content
            (ambiguous,) = (
                finding
                for critique in found["critiques"]
                for finding in critique["findings"]
                if finding["kind"] == "ambiguous"
            )
            assert "remove_object" in ambiguous["tools"]
            (mend,) = ambiguous["mended_by"]
            await call(client, mend["tool"], scene=scene, **mend["arguments"])
            assert "answer to it too" not in text(await call(client, "review", scene=scene))

    run(talk)


def test_a_cancelled_call_changes_nothing_and_frees_its_scene(server: SceneServer) -> None:
    async def talk() -> None:
        async with Client(server.protocol(), mode="legacy") as client:
            scene = await start(client, task="a restaurant")
            await call(client, "floor_plan", scene=scene)
            began = anyio.Event()

            async def heard(progress: float, total: float | None, message: str | None) -> None:
                began.set()

            async with anyio.create_task_group() as group:

                async def furnish() -> None:
                    given = {"scene": scene, "density": "dense"}
                    await client.call_tool("furnish", given, progress_callback=heard)

                group.start_soon(furnish)
                await began.wait()
                group.cancel_scope.cancel()
            assert "The room is empty" in text(await call(client, "describe", scene=scene))
            await call(client, "undo", scene=scene)

    run(talk)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--http", "--host", "0.0.0.0"), "--allow-remote"),
        (("--http", "--host", "example.org"), "--allow-remote"),
        (("--root", "nowhere"), "is not a folder"),
    ],
)
def test_a_server_that_should_not_run_does_not(
    arguments: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sage", "mcp", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(address: str, clean_environment: dict[str, str]) -> None:
    port = address.split(":")[-1].split("/")[0]
    command = [sys.executable, *SAGE, "--http", "--port", port]
    done = subprocess.run(command, env=clean_environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "choose another --port" in done.stderr
