"""Prompt reader based on a language model, for any wording or language.

The model returns a task as a JSON object, which is checked for consistency and against the vocabulary. The
problems of an invalid one are sent back to the model once; if the next one is invalid too, the rule-based
reader `sage.language.prompt` is used.
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
"""Fields of a task that the model does not fill in."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,60}_[0-9]{1,3}")
_TRIES = 2
"""Most requests to the model for one prompt."""

_ROLE = """You convert a robot task or the description of a room to one JSON object, the task.

- `kind`: `task` if the robot must do something, else `room`.
- `rooms`: room types where this would happen, best first, of: {rooms}.
- `objects`: everything that the prompt names, each with `ids` (one per object, such as `bowl_1`),
  `category` (the nearest that fits, of the list below), `name` (as in the prompt, such as `red bowl`),
  `attributes` (`color`, `material`, `size`: only those that the prompt gives), `states`, `role` (`target`
  for an object that the robot moves, `receptacle` for where it goes, else `context`), `exact` (false if
  further objects of the kind are acceptable). If a description selects an object among others ("the left
  mug"), include the others.
- `initial`: relations that must hold in the scene; `goal`: relations that the robot must achieve and that
  do not hold yet. Each has `name` (of: {relations}), `subject` and `object` (ids, or `room`, `floor`,
  `window`), and if needed `part` (such as `drawer_1`, `shelf_2` from the top, `drawer_-1` from the bottom)
  and `negated`. `open` and `closed` have a subject and a part only.
- `excluded`: categories that must not be present. `size`: width and depth of the room in metres, if given.

Categories: {categories}."""


def read_with_model(prompt: str, chat: Chat, vocabulary: Vocabulary, grammar: Callable[[str], Task]) -> Task:
    """Convert a prompt to a task with a language model, or by rules where that fails.

    Args:
        prompt: text in any language.
        chat: connection to the language model.
        vocabulary: known categories and room types.
        grammar: rule-based reader of English prompts.

    Raises:
        UserError: neither the model nor the rule-based reader understands the prompt.
    """
    messages: list[Message] = [
        {"role": "system", "content": _role(vocabulary)},
        {"role": "user", "content": prompt},
    ]
    try:
        for _ in range(_TRIES):
            reply = chat.ask(messages, schema=_schema())
            try:
                return _task(prompt, reply, vocabulary)
            except ValueError as error:
                fault = str(error)
            complaint = f"The object is invalid: {fault}. Return the whole corrected object."
            messages += [{"role": "assistant", "content": reply.text}, {"role": "user", "content": complaint}]
    except ChatFailed as error:
        fault = str(error)
    try:
        task = grammar(prompt)
    except UserError as error:
        raise type(error)(f"{error} (the language model failed too: {fault})") from error
    note = f"read by rules, as the language model failed: {fault}"
    return task.model_copy(update={"notes": (*task.notes, note)})


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
    """Parse and check the answer of the model.

    Raises:
        ValueError: it is not a JSON object of the schema, is inconsistent, or uses unknown categories.
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
    """Yield the unknown names and the inconsistent ids of a task."""
    known = {room.name for room in vocabulary.room_types()}
    yield from (f"there is no room type {name!r}" for name in task.rooms if name not in known)
    for noun in (*(item.category for item in task.objects), *task.excluded):
        category = vocabulary.find(noun)
        if category is None or category.name != noun:
            yield f"there is no category {noun!r}; the nearest are {', '.join(vocabulary.nearest(noun))}"
    ids = [name for item in task.objects for name in item.ids]
    yield from (f"the id {name!r} is not like `bowl_1`" for name in ids if not _ID.fullmatch(name))
    yield from (f"the id {name!r} is used twice" for name in sorted({n for n in ids if ids.count(n) > 1}))
    for relation in (*task.initial, *task.goal):
        places = (relation.object, relation.other or "")
        if relation.subject not in ids:
            yield f"{relation} has the subject {relation.subject!r}, which is not an object id"
        for place in places:
            if place and place not in (*ids, ROOM, FLOOR, WINDOW):
                yield f"{relation} refers to {place!r}, which is not an object id"
