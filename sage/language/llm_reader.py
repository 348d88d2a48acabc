"""Reads prompts with a language model, in any wording or language, into the same `Task`.

The model answers a JSON object; what it says is checked against the vocabulary and against itself, and
told back once if it does not hold. If it still does not, `sage.language.prompt` has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from sage.errors import ChatFailed, TaskImpossible, UserError
from sage.language.checks import check_order
from sage.llm import Chat, Message, Reply
from sage.task import FLOOR, RELATIONS, ROOM, WINDOW, Task
from sage.vocabulary import Vocabulary

__all__ = ["read_with_model"]

_OWN = ("prompt", "robot_bases", "notes", "definition", "statements", "words")
"""Fields of a task that are not the model's to say."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,60}_[0-9]{1,3}")
_TRIES = 2

_ROLE = """You read what a robot is to do, or the description of a room, and answer one JSON object: the task.

- `kind` is `task` if something is to be done, else `room`.
- `rooms`: types of room where this would happen, best first, of: {rooms}.
- `objects`: everything that the prompt names, each with `ids` (one for each piece, such as `bowl_1`),
  `category` (of the list below, the nearest that fits), `name` (as asked, such as `red bowl`), `attributes`
  (`color`, `material`, `size`: only what the prompt says), `states`, `role` (`target` is what the robot
  moves, `receptacle` where it goes, else `context`), `exact` (false if more of the same do not matter).
  What a description tells apart ("the left mug") must have what it is told apart from.
- `initial`: relations that must hold in the scene; `goal`: those that the robot is to bring about, which
  do not hold yet. Each has `name` (of: {relations}), `subject` and `object` (ids, or `room`, `floor`,
  `window`), if need be `part` (such as `drawer_1`, `shelf_2` from the top, `drawer_-1` from the bottom) and
  `negated`. `open` and `closed` have a subject and a part only.
- `excluded`: categories that must not be there. `size`: sides of the room in metres, if the prompt says.

Categories: {categories}."""


def read_with_model(prompt: str, chat: Chat, vocabulary: Vocabulary, grammar: Callable[[str], Task]) -> Task:
    """Understand a prompt with a language model, and by grammar where that fails.

    Args:
        prompt: in any language.
        chat: who is asked.
        vocabulary: the nouns and types of room that are known.
        grammar: reads English prompts without a model.

    Raises:
        UserError: neither the model nor the grammar understands the prompt.
    """
    said: list[Message] = [
        {"role": "system", "content": _role(vocabulary)},
        {"role": "user", "content": prompt},
    ]
    try:
        for _ in range(_TRIES):
            reply = chat.ask(said, schema=_schema())
            try:
                return _task(prompt, reply, vocabulary)
            except ValueError as error:
                fault = str(error)
            complaint = f"This does not hold: {fault}. Answer the whole object again."
            said += [{"role": "assistant", "content": reply.text}, {"role": "user", "content": complaint}]
    except ChatFailed as error:
        fault = str(error)
    try:
        task = grammar(prompt)
    except UserError as error:
        raise type(error)(f"{error} (nor did the language model help: {fault})") from error
    return task.model_copy(update={"notes": (*task.notes, f"read by grammar, not by the model: {fault}")})


def _role(vocabulary: Vocabulary) -> str:
    return _ROLE.format(
        rooms=", ".join(room.name for room in vocabulary.room_types()),
        relations=", ".join(RELATIONS),
        categories=", ".join(category.name for category in vocabulary.categories()),
    )


def _schema() -> dict[str, Any]:
    schema = Task.model_json_schema()
    for name in _OWN:
        schema["properties"].pop(name)
    schema["required"] = [name for name in schema.get("required", ()) if name not in _OWN]
    return schema


def _task(prompt: str, reply: Reply, vocabulary: Vocabulary) -> Task:
    """Return the task that an answer holds.

    Raises:
        ValueError: it is no such JSON, or contradicts itself or the vocabulary.
    """
    try:
        answer = reply.json_object()
        task = Task.model_validate({k: v for k, v in answer.items() if k not in _OWN} | {"prompt": prompt})
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    faults = tuple(_faults(task, vocabulary))
    if faults:
        raise ValueError("; ".join(faults))
    try:
        check_order(task.initial)
        check_order(task.goal)
    except TaskImpossible as error:
        raise ValueError(str(error)) from error
    return task


def _faults(task: Task, vocabulary: Vocabulary) -> Iterator[str]:
    known = {room.name for room in vocabulary.room_types()}
    yield from (f"there is no type of room {name!r}" for name in task.rooms if name not in known)
    for noun in (*(item.category for item in task.objects), *task.excluded):
        category = vocabulary.find(noun)
        if category is None or category.name != noun:
            yield f"there is no category {noun!r}; near are {', '.join(vocabulary.nearest(noun))}"
    ids = [name for item in task.objects for name in item.ids]
    yield from (f"the id {name!r} is not like `bowl_1`" for name in ids if not _ID.fullmatch(name))
    yield from (f"the id {name!r} is used twice" for name in sorted({n for n in ids if ids.count(n) > 1}))
    for relation in (*task.initial, *task.goal):
        places = (relation.object, relation.other or "")
        if relation.subject not in ids:
            yield f"{relation} is about {relation.subject!r}, which is no id of an object"
        for place in places:
            if place and place not in (*ids, ROOM, FLOOR, WINDOW):
                yield f"{relation} refers to {place!r}, which is no id of an object"
