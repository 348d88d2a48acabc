"""Client of OpenAI-compatible language models. The only module that imports openai.

Conversations have limits of turns, tokens, time and cost, and record their usage. Time-outs,
refusals and invalid answers raise `ChatFailed`; the caller decides how to continue.
"""

from __future__ import annotations

import base64
import json
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sage.errors import ChatFailed, RequestRefused, UserError
from sage.geometry import Frozen

__all__ = ["Call", "Chat", "Endpoint", "Limits", "Message", "Reply", "Usage", "picture_part", "text_part"]

Message = Mapping[str, Any]
"""Message of the chat completions protocol: `role`, `content` and their further fields."""

_INSTALL = "pip install 'sage-scenes[service]'"
_RETRIES = 2
_MOST_CALLS = 64
_PERSISTENT_STATUSES = (401, 403, 408, 409, 429)
"""HTTP statuses that another request would get too."""


def text_part(text: str) -> dict[str, Any]:
    """Return text as a part of a message with images."""
    return {"type": "text", "text": text}


def picture_part(png: bytes) -> dict[str, Any]:
    """Return a PNG file as an image part of a message."""
    url = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return {"type": "image_url", "image_url": {"url": url}}


@dataclass(frozen=True)
class Endpoint:
    """Address, key and name of a model."""

    model: str
    base_url: str | None = None
    """URL of the endpoint; None for OpenAI's."""
    api_key: str = field(default="none", repr=False)

    @classmethod
    def from_environment(cls, *models: str) -> Endpoint:
        """Read OPENAI_BASE_URL, OPENAI_API_KEY and the model.

        Args:
            models: environment variables that name the model, of which the first that is set is used; by
                default SAGE_MODEL.

        Raises:
            UserError: no model is named, or neither OPENAI_API_KEY nor OPENAI_BASE_URL is set.
        """
        named = (os.environ.get(name, "") for name in models or ("SAGE_MODEL",))
        model, base_url = next(filter(None, named), ""), os.environ.get("OPENAI_BASE_URL") or None
        api_key = os.environ.get("OPENAI_API_KEY", "")
        if not model:
            raise UserError("SAGE_MODEL is not set; name the model that the endpoint serves")
        if not api_key and base_url is None:
            raise UserError(
                "OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL to an endpoint of your own"
            )
        return cls(model, base_url, api_key or "none")


@dataclass(frozen=True)
class Limits:
    """Limits of a conversation; it ends at the first that is reached."""

    turns: int = 12
    """Number of answers."""
    tokens: int = 400_000
    """Tokens in and out."""
    seconds: float = 600.0
    """Total waiting time [s]."""
    request_s: float = 120.0
    """Longest wait for one answer [s]."""
    dollars: float | None = None
    """Cost [US dollars]; None for no limit."""
    prices: tuple[float, float] = (0.0, 0.0)
    """Price of a million tokens in, and of a million out [US dollars]."""


class Usage(Frozen):
    """Usage of a conversation."""

    turns: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    """Waiting time for answers [s]."""


@dataclass(frozen=True)
class Call:
    """Tool call of the model; `arguments` is text and may be invalid JSON."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Reply:
    """Answer of the model."""

    text: str
    calls: tuple[Call, ...] = ()

    def json_object(self) -> dict[str, Any]:
        """Return the JSON object contained in the text.

        Raises:
            ValueError: the text contains no JSON object.
        """
        try:
            found = json.loads(self.text[self.text.find("{") : self.text.rfind("}") + 1])
        except (ValueError, RecursionError) as error:
            raise ValueError("the answer contains no JSON object") from error
        if not isinstance(found, dict):
            raise ValueError("the answer contains no JSON object")
        return found


@dataclass
class Chat:
    """Conversation with one endpoint, within limits."""

    endpoint: Endpoint
    limits: Limits = Limits()
    clock: Callable[[], float] = time.monotonic
    used: Usage = field(default_factory=Usage)

    @property
    def dollars(self) -> float:
        """Cost of the tokens used so far [US dollars]."""
        price_in, price_out = self.limits.prices
        return (self.used.tokens_in * price_in + self.used.tokens_out * price_out) / 1e6

    @property
    def record(self) -> dict[str, Any]:
        """Model and usage for the report."""
        usage = self.used.model_dump(exclude={"seconds"})
        return {"model": self.endpoint.model, **usage, "dollars": round(self.dollars, 6)}

    def ask(
        self,
        messages: Sequence[Message],
        tools: Sequence[Mapping[str, Any]] = (),
        schema: Mapping[str, Any] | None = None,
        model: str | None = None,
    ) -> Reply:
        """Return the model's answer.

        Args:
            messages: the whole conversation.
            tools: function descriptions of the tools that the model may call.
            schema: JSON schema that the answer must follow.
            model: another model of the endpoint, within the same limits.

        Raises:
            RequestRefused: the endpoint refuses this request; others may succeed.
            ChatFailed: a limit is reached, the endpoint fails, or its answer is invalid.
            UserError: the openai package is not installed.
        """
        left = self._left()
        options: dict[str, Any] = {
            "model": model or self.endpoint.model,
            "messages": list(messages),
        }
        if tools:
            options["tools"] = list(tools)
        if schema is not None:
            answer = {"name": "answer", "schema": dict(schema)}
            options["response_format"] = {"type": "json_schema", "json_schema": answer}
        completion, start = None, self.clock()
        try:
            completion = self._complete(options, min(left, self.limits.request_s))
        finally:
            self._count(getattr(completion, "usage", None), self.clock() - start)
        return _reply(completion)

    def _count(self, usage: Any, seconds: float) -> None:
        """Add one turn to the usage."""
        used = self.used
        self.used = Usage(
            turns=used.turns + 1,
            tokens_in=used.tokens_in + _tokens(usage, "prompt_tokens"),
            tokens_out=used.tokens_out + _tokens(usage, "completion_tokens"),
            seconds=used.seconds + seconds,
        )

    def _left(self) -> float:
        """Return the remaining seconds, if every limit allows another turn."""
        limits, used = self.limits, self.used
        for name, spent, limit in (
            ("turns", used.turns, limits.turns),
            ("tokens", used.tokens_in + used.tokens_out, limits.tokens),
            ("seconds", used.seconds, limits.seconds),
            ("dollars", self.dollars, limits.dollars),
        ):
            if limit is not None and spent >= limit:
                raise ChatFailed(f"the model has reached the limit of {limit:g} {name}")
        return limits.seconds - used.seconds

    def _complete(self, options: dict[str, Any], wait: float) -> Any:
        try:
            import openai
        except ImportError as error:
            raise UserError(f"a language model needs the openai package: {_INSTALL}") from error
        client = openai.OpenAI(
            api_key=self.endpoint.api_key,
            base_url=self.endpoint.base_url,
            timeout=wait,
            max_retries=_RETRIES,
        )
        try:
            return _within(wait, lambda: client.chat.completions.create(**options))
        except openai.APIStatusError as error:
            kind = ChatFailed if error.status_code in _PERSISTENT_STATUSES else RequestRefused
            raise kind(f"the endpoint failed: {_line(error)}") from error
        except openai.OpenAIError as error:
            raise ChatFailed(f"the endpoint failed: {_line(error)}") from error
        except (ValueError, TypeError) as error:
            raise ChatFailed(f"the endpoint's answer is no chat completion: {_line(error)}") from error
        finally:
            client.close()


def _within(wait: float, work: Callable[[], Any]) -> Any:
    """Return the result of `work`, or raise after a time limit.

    A server that sends a byte now and then never triggers the client's own time-out. After the limit the
    thread continues in the background; it ends with the process.
    """
    done: list[Any] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(wait)
    if failed:
        raise failed[0]
    if not done:
        raise ChatFailed(f"the model has not answered within {wait:.0f} s")
    return done[0]


def _reply(completion: Any) -> Reply:
    choices = getattr(completion, "choices", None)
    message = getattr(choices[0], "message", None) if isinstance(choices, list) and choices else None
    if message is None:
        raise ChatFailed("the endpoint's answer is no chat completion")
    refusal = getattr(message, "refusal", None)
    if refusal:
        raise ChatFailed(f"the model refused: {_line(refusal)}")
    calls = []
    for call in (getattr(message, "tool_calls", None) or [])[:_MOST_CALLS]:
        function = getattr(call, "function", None)
        calls.append(
            Call(
                str(getattr(call, "id", "")),
                str(getattr(function, "name", "")),
                str(getattr(function, "arguments", "") or "{}"),
            )
        )
    content = getattr(message, "content", None)
    return Reply(content if isinstance(content, str) else "", tuple(calls))


def _tokens(usage: Any, name: str) -> int:
    value = getattr(usage, name, 0)
    return value if isinstance(value, int) and value > 0 else 0


def _line(error: object) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else f"{text[:197]}..."
