"""Request and response models, as the OpenAPI document describes them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    computed_field,
    model_validator,
)

from sage.choices import Density, Disorder, StyleName
from sage.export import DEFAULT_FORMATS, FormatName
from sage.service.request import MAX_SEED, SceneRequest
from sage.task import LONGEST_PROMPT, Task, Understood

if TYPE_CHECKING:
    from sage.service.http.tables import Job

__all__ = [
    "ENDED",
    "BatchOrder",
    "BatchView",
    "EditOrder",
    "FormatName",
    "JobPage",
    "JobView",
    "Prompt",
    "SceneFile",
    "SceneOrder",
    "ScenePage",
    "SceneView",
    "State",
    "Text",
    "Understanding",
]

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]
ENDED: tuple[State, ...] = ("succeeded", "failed", "cancelled")
"""States of jobs that have ended."""
MOST_IN_A_BATCH = 500


def _without_nul(words: str) -> str:
    if "\0" in words:
        raise ValueError("it must not contain a NUL character")
    return words


Text = AfterValidator(_without_nul)
"""Validator of texts that a database can store."""
_Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_PROMPT), Text
]
_Definition = Annotated[str, StringConstraints(min_length=1, max_length=50_000), Text]
_Room = Annotated[str, StringConstraints(min_length=1, max_length=40), Text]


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Prompt(_Order):
    """A prompt or a BDDL problem."""

    task: _Words | None = Field(
        default=None,
        description=f"A task or a description of a room, in English, of at most {LONGEST_PROMPT} characters.",
        examples=["pick up a bowl and place it on the table"],
    )
    bddl: _Definition | None = Field(
        default=None, description="A BDDL problem of BEHAVIOR or LIBERO, instead of a prompt."
    )

    @model_validator(mode="after")
    def _says_one(self) -> Prompt:
        if (self.task is None) == (self.bddl is None):
            raise ValueError("give either 'task' or 'bddl'")
        return self


class Understanding(Task):
    """A task, with how much of the prompt was understood."""

    model_config = ConfigDict(extra="ignore")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def understood(self) -> Understood:
        """Coverage, and words that were not understood."""
        return super().understood


class SceneOrder(Prompt):
    """Request for a scene."""

    seed: int = Field(default=0, ge=0, le=MAX_SEED, description="The same task and seed give the same scene.")
    room: _Room | None = Field(default=None, description="Type of room, instead of the one in the task.")
    density: Density = "normal"
    disorder: Disorder = "lived_in"
    style: StyleName | None = Field(
        default=None, description="Style of the room, instead of the one in the task."
    )
    strict: bool = Field(
        default=False,
        description="Reject a task with words that are not understood, instead of ignoring them.",
    )
    max_rounds: int = Field(default=8, ge=1, le=20)
    formats: tuple[FormatName, ...] = Field(default=DEFAULT_FORMATS, min_length=1, max_length=6)

    def request(self, prompt: str) -> SceneRequest:
        """Return the request for the scene, with the prompt of the task that was read."""
        options = self.model_dump(exclude={"task", "bddl"})
        return SceneRequest(prompt=prompt, bddl=self.bddl or "", **options)


class EditOrder(_Order):
    """Request for an edit of a scene."""

    instruction: _Words = Field(
        description="What to change, in English; everything else stays where it is.",
        examples=["add two books on the shelf"],
    )


class BatchOrder(_Order):
    """Request for several scenes."""

    scenes: list[SceneOrder] = Field(min_length=1, max_length=MOST_IN_A_BATCH)


def _understood(job: Job) -> Understood | None:
    return Understood.model_validate(job.understood) if job.understood else None


class JobView(BaseModel):
    """A job and its state."""

    id: str
    state: State
    task: str
    seed: int
    edit: str | None = Field(description="The instruction, if the job edits a scene.")
    based_on: str | None = Field(description="Id of the edited scene.")
    batch: str | None
    created: datetime
    started: datetime | None
    finished: datetime | None
    tries: int
    stage: str = Field(description="Current stage of generation.")
    accepted: bool | None = Field(
        description="Whether every critic passed; null until the scene is finished."
    )
    reason: str = Field(description="Reason of the failure.")
    kind: str = Field(description="Kind of failure: name of an exception, time, memory or crash.")
    scene: str | None = Field(description="Path of the scene, once it is finished.")
    understood: Understood | None = Field(description="How much of the task was understood; null for edits.")

    @classmethod
    def of(cls, job: Job) -> JobView:
        """Return the view of a job."""
        return cls(
            id=job.id, state=job.state, task=job.task, seed=job.request["seed"],
            edit=job.request.get("instruction"), based_on=job.based_on, batch=job.batch, created=job.created,
            started=job.started, finished=job.finished, tries=job.tries, stage=job.stage,
            accepted=job.accepted, reason=job.reason, kind=job.kind,
            scene=f"/v1/scenes/{job.id}" if job.state == "succeeded" else None,
            understood=_understood(job),
        )  # fmt: skip


class JobPage(BaseModel):
    """A page of jobs, newest first."""

    jobs: list[JobView]
    total: int
    next: str | None = Field(description="Path of the next page.")


class SceneView(BaseModel):
    """A finished scene."""

    id: str
    task: str
    seed: int
    edit: str | None = Field(description="The instruction, if the scene is an edited copy.")
    based_on: str | None = Field(description="Id of the scene that was edited.")
    batch: str | None
    room: str | None
    objects: int | None
    accepted: bool | None
    bytes: int | None
    created: datetime
    expires: datetime | None = Field(description="Time of removal; null if scenes are kept.")
    cpu_seconds: float | None
    files: str
    understood: Understood | None = Field(description="How much of the task was understood; null for edits.")

    @classmethod
    def of(cls, job: Job, expires: datetime | None) -> SceneView:
        """Return the view of the scene of a succeeded job."""
        return cls(
            id=job.id, task=job.task, seed=job.request["seed"], edit=job.request.get("instruction"),
            based_on=job.based_on, batch=job.batch, room=job.room, objects=job.objects,
            accepted=job.accepted, bytes=job.bytes, created=job.finished or job.created, expires=expires,
            cpu_seconds=job.cpu_seconds, files=f"/v1/scenes/{job.id}/files", understood=_understood(job),
        )  # fmt: skip


class SceneFile(BaseModel):
    """File of a scene."""

    path: str
    bytes: int


class ScenePage(BaseModel):
    """A page of scenes, newest first."""

    scenes: list[SceneView]
    total: int
    next: str | None = Field(description="Path of the next page.")


class BatchView(BaseModel):
    """A batch and the states of its jobs."""

    id: str
    created: datetime
    total: int
    queued: int = 0
    running: int = 0
    succeeded: int = 0
    failed: int = 0
    cancelled: int = 0
    accepted: int = Field(default=0, description="Number of scenes that every critic passed.")
    jobs: str = Field(description="Path of its jobs.")
    scenes: str = Field(description="Path of its scenes.")
