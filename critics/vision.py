"""Scores and suggestions of a vision-language model, from five rendered views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, ValidationError

from sage.context import Context
from sage.critique import Critique, Finding
from sage.errors import ChatFailed
from sage.geometry import Frozen
from sage.llm import Chat, Message, Reply, picture_part, text_part
from sage.planning.describe import describe
from sage.rendering.views import VIEWS, as_png, picture
from sage.scene import Scene

__all__ = ["VisionCritic"]

_ROLE = """You judge rendered indoor scenes in which robots are to work. Look at the five pictures of one
room: from above, and from its four corners, where the ceiling and the nearest two walls are taken away
for a view; what they hold is there all the same. Surfaces are plain on purpose; do not judge materials or
light. Answer one JSON object. Give each of these a whole or half score from 0 (useless) to 10 (as in a
real room that is well kept), with the reason in one sentence:

- `realism`: things look right beside each other in size, place and direction;
- `functionality`: people, and the robot with its task, could do here what this room is for;
- `layout`: furniture stands in sensible groups, with ways between them and nothing in the way;
- `completeness`: what such a room has is there, large things and small.

In `suggestions` say what to change first, at most eight changes, none if nothing is worth it. `objects`
are ids from the plan, the one to change first. `kind` is `implausible` if the object should not be there,
`not_grouped` if it stands away from what it belongs to, else `suggestion`."""

_WORDS = {"top": "From above, x to the right, y upwards:"}
_ATTEMPTS = 2


class _Score(Frozen):
    score: float = Field(ge=0, le=10)
    reason: str = Field(max_length=2000)


class _Suggestion(Frozen):
    kind: Literal["implausible", "not_grouped", "suggestion"] = "suggestion"
    objects: tuple[str, ...] = ()
    change: str = Field(max_length=2000)


class _Opinion(Frozen):
    realism: _Score
    functionality: _Score
    layout: _Score
    completeness: _Score
    suggestions: tuple[_Suggestion, ...] = Field(default=(), max_length=50)

    @property
    def scores(self) -> dict[str, _Score]:
        """The scores by the names of the metrics."""
        return {name: getattr(self, name) for name in _METRICS}


_METRICS = ("realism", "functionality", "layout", "completeness")


@dataclass(frozen=True)
class VisionCritic:
    """Asks a vision-language model for four scores, with reasons, and for suggestions.

    The four scores of 0 to 10 and the five views are those of SAGE's evaluation. If the model cannot be
    reached, gives no valid answer or exceeds its limits, the critique is not judged.
    """

    chat: Chat
    """Client of the model."""
    model: str
    """Name of the model."""
    name: str = "vision"
    least: float = 5.0
    """Least of each of the four scores to pass."""
    most_suggestions: int = 8
    """Largest number of suggestions in the findings."""
    size: tuple[int, int] = (640, 480)
    """Width and height of each view [pixels]."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        if not scene.rooms:
            return self._not_judged("there is no room to judge; call floor_plan first")
        try:
            return self._verdict(self._opinion(scene, context), scene)
        except ChatFailed as error:
            return self._not_judged(str(error))

    def _opinion(self, scene: Scene, context: Context) -> _Opinion:
        """Ask for an opinion, once more if it is invalid.

        Raises:
            ChatFailed: the model gave no valid opinion.
        """
        messages: list[Message] = [
            {"role": "system", "content": _ROLE},
            {"role": "user", "content": self._seen(scene, context)},
        ]
        for _ in range(_ATTEMPTS):
            context.check()
            reply = self.chat.ask(messages, schema=_Opinion.model_json_schema(), model=self.model)
            try:
                return _read(reply)
            except ValueError as error:
                fault = str(error)
            complaint = f"This does not hold: {fault}. Answer the whole object again."
            messages += [{"role": "assistant", "content": reply.text}, {"role": "user", "content": complaint}]
        raise ChatFailed(f"{self.model} gave no scores: {fault}")

    def _seen(self, scene: Scene, context: Context) -> list[dict[str, Any]]:
        parts = [text_part(f"The task: {scene.task.prompt}\n\nThe plan:\n{describe(scene)}")]
        for view in VIEWS:
            if view == "preview":
                continue
            context.check()
            parts.append(text_part(_WORDS.get(view, f"From {view.replace('_', ' ')}:")))
            parts.append(picture_part(as_png(picture(scene, context.store, view, self.size))))
        return parts

    def _verdict(self, opinion: _Opinion, scene: Scene) -> Critique:
        low = tuple(self._low(opinion))
        suggested = tuple(
            Finding(
                kind=wish.kind,
                objects=tuple(name for name in wish.objects if name in scene),
                message=" ".join(wish.change.split()),
            )
            for wish in opinion.suggestions[: self.most_suggestions]
        )
        scores = {name: score.score for name, score in opinion.scores.items()}
        return Critique(
            critic=self.name,
            score=sum(scores.values()) / (10 * len(scores)),
            passed=not low,
            findings=(*low, *suggested),
            metrics=scores,
            notes=(
                f"by {self.model}, not reproducible",
                *(f"{name} {item.score:g}: {item.reason}" for name, item in opinion.scores.items()),
            ),
        )

    def _low(self, opinion: _Opinion) -> Iterator[Finding]:
        for name, item in opinion.scores.items():
            if item.score < self.least:
                yield Finding(
                    kind="suggestion",
                    message=f"{name} is {item.score:g} of 10; at least {self.least:g} passes: {item.reason}",
                    value=item.score,
                    limit=self.least,
                )

    def _not_judged(self, reason: str) -> Critique:
        return Critique(critic=self.name, score=None, passed=None, not_judged=dict.fromkeys(_METRICS, reason))


def _read(reply: Reply) -> _Opinion:
    """Return the opinion in an answer.

    Raises:
        ValueError: the answer is not a valid opinion.
    """
    try:
        return _Opinion.model_validate(reply.json_object())
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
