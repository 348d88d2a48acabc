"""Routes of tasks: what is understood of a prompt."""

from __future__ import annotations

from fastapi import APIRouter

from sage.language.checks import check_understood
from sage.service.http.views import Prompt, SceneOrder, Understanding
from sage.service.request import SceneRequest
from sage.service.understanding import understand, understand_definition
from sage.task import Task, Understood

__all__ = ["request_of", "router"]

router = APIRouter(tags=["tasks"])


@router.post("/tasks:understand")
def understand_task(prompt: Prompt) -> Understanding:
    """Return what is understood of a prompt or a BDDL problem, without generating a scene.

    `words` lists each content word of the prompt and its effect; `understood` summarizes them.
    """
    return Understanding.model_validate(_task_of(prompt).model_dump())


def request_of(order: SceneOrder) -> tuple[SceneRequest, Understood]:
    """Return the request for a scene, and how much of its prompt was understood.

    Raises:
        UserError: the prompt cannot be understood, or an option is invalid.
    """
    task = _task_of(order)
    if order.strict:
        check_understood(task)
    return order.request(task.prompt), task.understood


def _task_of(prompt: Prompt) -> Task:
    """Return the task that a prompt or a BDDL problem describes.

    Raises:
        UserError: it cannot be understood.
    """
    return understand_definition(prompt.bddl) if prompt.bddl else understand(prompt.task or "")
