"""Model Context Protocol server: scenes built step by step with the generators as tools.

The tools are the generators and those of `sage.service.scene_tools`; each call names its scene. Files, plan
and pictures of scenes are resources below `scene://`. No other module imports mcp.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import logging
import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from sage.errors import SageError, ToolRejected, UserError
from sage.generators import GENERATORS
from sage.planning.describe import describe
from sage.rendering.views import VIEWS, ViewName, as_png, picture
from sage.service.scene_tools import SCENE_TOOLS, Answer, SceneTool, edit
from sage.service.workshop import CallHooks, Workshop
from sage.tools import ToolCall, tool_description
from sage.workbench import Workbench

__all__ = ["SceneServer", "serve_http", "serve_stdio"]

_INSTRUCTIONS = """Builds indoor 3D scenes for robots that are stable in simulators. Call start_scene with the
task, then floor_plan, furnish, populate and settle; then review, mend what it finds with the tools that edit
single objects, and settle again; render shows the scene; export writes it for MuJoCo, USD, URDF and glTF."""

_URI = re.compile(r"scene://(?P<scene>\w+)/(?:(?P<file>scene\.json|plan\.txt)|views/(?P<view>\w+)\.png)")
_PLACES = {
    "scene.json": ("application/json", "The scene: task, rooms, objects with poses."),
    "plan.txt": ("text/plain", "The plan of the scene in words."),
}
_PNG = "image/png"
_SCENE = {"type": "string", "description": "Id of the scene, as start_scene returned it."}
_log = logging.getLogger(__name__)

_Context = ServerRequestContext[Any, Any]
_T = TypeVar("_T")
_MOST_CALLS = 32


@dataclass
class SceneServer:
    """Handlers of the requests of the protocol."""

    root: Path
    """Folder below which scenes may be written."""
    listed: bool
    """Whether scenes are listed as resources. Not on a transport that several clients share: any client that
    knows an id can edit its scene."""
    workshop: Workshop = field(default_factory=Workshop)
    threads: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(_MOST_CALLS))
    """Limits the calls that run or wait for their scene; further calls wait for a thread."""

    def protocol(self) -> Server[Any]:
        """Return the server of the protocol, for a transport to run."""
        return Server(
            "sage",
            version=version("sage-scenes"),
            instructions=_INSTRUCTIONS,
            on_list_tools=self._tools,
            on_call_tool=self._call,
            on_list_resources=self._resources,
            on_list_resource_templates=self._templates,
            on_read_resource=self._read,
        )

    async def _tools(self, ctx: _Context, params: Any) -> types.ListToolsResult:
        edits = [_edit_tool(tool_description(generator)["function"]) for generator in GENERATORS]
        return types.ListToolsResult(tools=[*map(_scene_tool, SCENE_TOOLS), *edits])

    async def _call(self, ctx: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        work = partial(self._answer, params.name, params.arguments or {})
        return await _off_the_loop(ctx, work, self.threads)

    def _answer(self, name: str, arguments: dict[str, Any], hooks: CallHooks) -> types.CallToolResult:
        """Return the result of a call, or its error."""
        try:
            return _result(self._execute(name, arguments, hooks))
        except SageError as error:
            message = str(error)
        except Exception as error:  # an unexpected exception must not end the server
            _log.exception("%s failed", name)
            message = f"{name} raised {error!r}, which is an error of the server"
        return types.CallToolResult(content=[types.TextContent(text=message)], is_error=True)

    def _execute(self, name: str, arguments: dict[str, Any], hooks: CallHooks) -> Answer:
        tool = next((tool for tool in SCENE_TOOLS if tool.name == name), None)
        if tool is not None:
            return _bound(tool, arguments).answer(self.workshop, self.root, hooks)
        names = [generator.tool_name() for generator in GENERATORS]
        if name not in names:
            known = ", ".join((*(tool.name for tool in SCENE_TOOLS), *names))
            raise ToolRejected(f"there is no tool {name!r}; the tools are {known}")
        scene_id = arguments.get("scene")
        if not isinstance(scene_id, str):
            raise ToolRejected(f"{name}: `scene` is missing; give the id that start_scene returned")
        rest = {key: value for key, value in arguments.items() if key != "scene"}
        return edit(scene_id, ToolCall(tool=name, arguments=rest), self.workshop, hooks)

    async def _resources(self, ctx: _Context, params: Any) -> types.ListResourcesResult:
        scenes = self.workshop.open_ids if self.listed else ()
        return types.ListResourcesResult(
            resources=[
                types.Resource(name=f"{scene} {path}", uri=f"scene://{scene}/{path}", mime_type=kind)
                for scene in scenes
                for path, kind in _paths()
            ]
        )

    async def _templates(self, ctx: _Context, params: Any) -> types.ListResourceTemplatesResult:
        files = [
            types.ResourceTemplate(
                name=path, uri_template=f"scene://{{scene}}/{path}", mime_type=kind, description=what
            )
            for path, (kind, what) in _PLACES.items()
        ]
        views = types.ResourceTemplate(
            name="view",
            uri_template="scene://{scene}/views/{view}.png",
            mime_type=_PNG,
            description=f"A picture; `view` is one of {', '.join(VIEWS)}.",
        )
        return types.ListResourceTemplatesResult(resource_templates=[*files, views])

    async def _read(self, ctx: _Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        found = _URI.fullmatch(params.uri)
        if found is None or (found["view"] and found["view"] not in VIEWS):
            known = ", ".join(f"scene://ID/{path}" for path, _ in _paths())
            raise MCPError(types.INVALID_PARAMS, f"there is no resource {params.uri!r}; there are {known}")

        def work(hooks: CallHooks) -> types.ReadResourceResult | str:
            try:
                with self.workshop.at(found["scene"], hooks) as bench:
                    return types.ReadResourceResult(contents=[_contents(params.uri, found, bench)])
            except SageError as error:
                return str(error)

        read = await _off_the_loop(ctx, work, self.threads)
        if isinstance(read, str):
            raise MCPError(types.INVALID_PARAMS, read)
        return read


def _paths() -> list[tuple[str, str]]:
    files = [(path, kind) for path, (kind, _) in _PLACES.items()]
    return [*files, *((f"views/{view}.png", _PNG) for view in VIEWS)]


def _contents(
    uri: str, found: re.Match[str], bench: Workbench
) -> types.TextResourceContents | types.BlobResourceContents:
    if found["file"]:
        text = describe(bench.scene) if found["file"] == "plan.txt" else bench.scene.model_dump_json(indent=1)
        return types.TextResourceContents(uri=uri, mime_type=_PLACES[found["file"]][0], text=text)
    if not bench.scene.rooms:
        raise ToolRejected("there is no room to look at yet; call floor_plan first")
    image = picture(bench.scene, bench.context.store, cast(ViewName, found["view"]))
    return types.BlobResourceContents(uri=uri, mime_type=_PNG, blob=base64.b64encode(as_png(image)).decode())


def _bound(tool: type[SceneTool], arguments: dict[str, Any]) -> SceneTool:
    try:
        return tool.model_validate(arguments)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ToolRejected(f"{tool.name}: {where}: {first['msg']}") from error


def _scene_tool(tool: type[SceneTool]) -> types.Tool:
    schema = tool.model_json_schema()
    manual = schema.pop("description", "")
    hints = types.ToolAnnotations(read_only_hint=tool.read_only)
    return types.Tool(name=tool.name, description=manual, input_schema=schema, annotations=hints)


def _edit_tool(function: dict[str, Any]) -> types.Tool:
    """Return a generator as a tool with an additional argument for the scene."""
    schema = function["parameters"]
    schema["properties"] = {"scene": _SCENE} | schema.get("properties", {})
    schema["required"] = ["scene", *schema.get("required", ())]
    return types.Tool(name=function["name"], description=function["description"], input_schema=schema)


def _result(answer: Answer) -> types.CallToolResult:
    content: list[types.ContentBlock] = [types.TextContent(text=answer.text)]
    if answer.png is not None:
        content.append(types.ImageContent(data=base64.b64encode(answer.png).decode(), mime_type=_PNG))
    return types.CallToolResult(content=content, structured_content=answer.data or None)


async def _off_the_loop(ctx: _Context, work: Callable[[CallHooks], _T], threads: anyio.CapacityLimiter) -> _T:
    """Run `work` in a thread and return its result; if the request is cancelled, tell it to stop.

    The thread of a cancelled request is abandoned; it ends when the work next polls `cancelled`.
    """
    stop, loop = threading.Event(), asyncio.get_running_loop()
    stages: asyncio.Queue[str] = asyncio.Queue()

    def progress(stage: str) -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(stages.put_nowait, stage)

    async def report() -> None:
        with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError):
            for count in itertools.count(1):
                await ctx.session.report_progress(count, None, await stages.get())

    reporting = asyncio.create_task(report())
    try:
        return await anyio.to_thread.run_sync(
            work, CallHooks(progress, stop.is_set), abandon_on_cancel=True, limiter=threads
        )
    finally:
        stop.set()
        reporting.cancel()


def serve_stdio(root: Path) -> None:
    """Serve one client on standard input and output until it disconnects."""
    server = SceneServer(root, listed=True)
    try:
        anyio.run(_stdio, server)
    finally:
        server.workshop.close_all()


async def _stdio(server: SceneServer) -> None:
    protocol = server.protocol()
    async with stdio_server() as (read, write):
        await protocol.run(read, write, protocol.create_initialization_options())


def serve_http(root: Path, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve many clients by streamable HTTP at `/mcp` until interrupted.

    Args:
        root: folder below which scenes may be written.
        host: address to listen on; on loopback, requests with another host name are rejected (DNS rebinding).
        port: port to listen on; 0 selects a free one.
        announce: called with the address.

    Raises:
        UserError: the server cannot listen on the host and port.
    """
    import uvicorn

    server = SceneServer(root, listed=False)
    application = server.protocol().streamable_http_app(host=host)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise UserError(f"cannot listen at {host}, port {port}: {error}; choose another --port") from error
    with listening:
        shown = f"[{host}]" if ":" in host else host
        announce(f"http://{shown}:{listening.getsockname()[1]}/mcp")
        try:
            uvicorn.Server(uvicorn.Config(application, log_level="warning")).run(sockets=[listening])
        finally:
            server.workshop.close_all()
