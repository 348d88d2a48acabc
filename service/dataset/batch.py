"""Generates a dataset over Ray: one retriable task per scene, in a bounded window.

Memory does not grow with the number of scenes. The records of the dataset tell which scenes exist, so that
the same command resumes an interrupted run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import ray
from ray.exceptions import LocalRayletDiedError, RayError, RaySystemError, RayTaskError

from sage.context import never
from sage.dataset.reader import fetch_scene
from sage.dataset.storage import Storage
from sage.errors import Cancelled, FolderError, UserError
from sage.service.cluster import check_memory, connected
from sage.service.dataset.plan import PLAN_FILE, Collection, Plan, read_plan, scene_path
from sage.service.dataset.record import Record, publish, read_record, record_failure
from sage.service.request import SceneRequest
from sage.service.runner import MAKER, Outcome, ProcessLimits, Runner
from sage.simulation import verification

__all__ = ["BatchOptions", "Tally", "make"]

_WINDOW = 3
"""Tasks in flight per worker."""
_PATIENCE_S = 0.5
_TRIES = 3
_RAY_DIED = (LocalRayletDiedError, RaySystemError)


@dataclass(frozen=True)
class BatchOptions:
    """How the scenes of a dataset are generated; options do not change the scenes."""

    workers: int | None = None
    """Scenes generated at the same time; by default one for each CPU of the cluster."""
    ray: str | None = None
    """Address of a Ray cluster. Without one, the Ray that this program is connected to is used, or one is
    started on this machine for the run."""
    limits: ProcessLimits = field(default_factory=ProcessLimits)
    """Limits of each scene."""
    retry_failed: bool = False
    """Whether failed scenes are generated again."""
    maker: str = MAKER
    """Function that generates a scene, as `module:function`."""


@dataclass
class Tally:
    """Progress of a run."""

    planned: int
    """Scenes of the plan."""
    already: int = 0
    """Scenes that existed before the run."""
    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    """Reasons why scenes failed or were not accepted."""

    @property
    def made(self) -> int:
        """Scenes that this run generated or tried."""
        return self.states.total()


def make(
    plan: Plan,
    url: str,
    options: BatchOptions = BatchOptions(),
    *,
    progress: Callable[[Tally], None] = lambda tally: None,
    cancelled: Callable[[], bool] = never,
) -> Tally:
    """Generate the missing scenes of a dataset.

    Args:
        plan: what the dataset is to hold.
        url: folder of the dataset, or a URL that fsspec opens.
        options: workers, limits and retries.
        progress: called after each scene, and at least twice a second.
        cancelled: polled twice a second; True ends the run, and finished scenes stay.

    Raises:
        UserError: the folder holds another dataset, no worker has the memory that a scene may take, or Ray
            died.
        Cancelled: `cancelled` returned True.
    """
    storage = Storage(url)
    try:
        plan = _settle_plan(storage, plan)
    except UserError:
        raise
    except Exception as error:  # each file system has its own
        raise UserError(f"{url!r} cannot be written: {' '.join(str(error).split())[:300]}") from error
    storage.clear_stale()
    limits, workers = options.limits, options.workers
    tally = Tally(planned=plan.scenes)
    missing = _missing(storage, plan, options.retry_failed, tally)
    if (first := next(missing, None)) is None:
        return tally
    missing = chain([first], missing)
    with _ray_errors_as_user_errors(), connected(options.ray, workers) as cpus:
        check_memory(limits)
        shared = ray.put(plan)
        task = ray.remote(_make_one).options(
            num_cpus=1, memory=limits.memory_bytes, max_retries=_TRIES - 1, retry_exceptions=False
        )
        window = _WINDOW * min(workers or cpus, cpus) if options.ray is None else _WINDOW * (workers or cpus)
        flying: dict[Any, int] = {}
        while True:
            while len(flying) < window and (index := next(missing, None)) is not None:
                parent = plan.parent_of(index)
                awaited = next((reference for reference, other in flying.items() if other == parent), None)
                flying[task.remote(url, shared, index, limits, options.maker, awaited)] = index
            if not flying:
                break
            done, _ = ray.wait(list(flying), num_returns=1, timeout=_PATIENCE_S)
            for reference in done:
                state, kind = _result(storage, plan, flying.pop(reference), reference)
                tally.states[state] += 1
                if kind:
                    tally.kinds[kind] += 1
            progress(tally)
            if cancelled():
                raise Cancelled("the caller asked to stop")
    storage.clear_stale()
    return tally


def _settle_plan(storage: Storage, plan: Plan) -> Plan:
    """Write the plan of a new dataset; of an existing one, check that it is the same or shorter."""
    if not storage.exists(PLAN_FILE):
        if storage.names(""):
            raise FolderError(f"{storage.url!r} is not empty and not a dataset; choose another folder")
    else:
        old = read_plan(storage)
        if isinstance(old, Collection):
            raise FolderError(
                f"{storage.url!r} was merged or split from other datasets; generate scenes in those"
            )
        if old.scenes > plan.scenes:
            raise FolderError(
                f"{storage.url!r} is planned for {old.scenes} scenes, which is more than {plan.scenes}; "
                f"use --scenes {old.scenes}"
            )
        for name, value in old.model_dump(mode="json", exclude={"scenes", "mixture"}).items():
            if (now := plan.model_dump(mode="json")[name]) != value:
                raise FolderError(f"{storage.url!r} has {name} {value!r}, not {now!r}; choose another folder")
        if old.mixture != plan.mixture:
            raise FolderError(f"{storage.url!r} was begun with other prompts; choose another folder")
    storage.write(PLAN_FILE, plan.model_dump_json(indent=1).encode() + b"\n")
    return plan


def _missing(storage: Storage, plan: Plan, retry_failed: bool, tally: Tally) -> Iterator[int]:
    """Yield the numbers of scenes without a valid record, and of failed ones that are to be retried."""
    for shard in plan.shards():
        where = scene_path(shard[0]).split("/")[0]
        there = storage.names(f"records/{where}")
        sizes = storage.sizes(f"scenes/{where}") if there else {}
        for index in shard:
            name = scene_path(index)
            if f"{name.split('/')[1]}.json" not in there:
                yield index
                continue
            record = read_record(storage, f"records/{name}.json")
            if record is None or not _whole(record, sizes) or (retry_failed and record.state == "failed"):
                storage.remove(f"records/{name}.json")
                yield index
            else:
                tally.already += 1


def _whole(record: Record, sizes: dict[str, int]) -> bool:
    folder = scene_path(record.index).split("/")[1]
    return all(sizes.get(f"{folder}/{name}") == file.bytes for name, file in record.files.items())


def _result(storage: Storage, plan: Plan, index: int, reference: Any) -> tuple[str, str]:
    """Return state and kind of a finished task; record a failure if its worker died too often."""
    try:
        state, kind = ray.get(reference)
        return state, kind
    except RayTaskError as error:
        raise error.as_instanceof_cause() from None
    except _RAY_DIED:
        raise
    except RayError as error:
        reason = f"its worker died {_TRIES} times: {' '.join(str(error).split())[:300]}"
        record_failure(storage, plan, index, Outcome(state="failed", kind="crash", reason=reason))
        return "failed", "crash"


def _make_one(
    url: str, plan: Plan, index: int, limits: ProcessLimits, maker: str, awaited: Any
) -> tuple[str, str]:
    """Generate one scene in a Ray worker and publish it in the dataset; return its state and kind.

    Args:
        url: the dataset.
        plan: its plan.
        index: number of the scene.
        limits: limits of the scene.
        maker: function that generates a scene, as `module:function`.
        awaited: result of the task of the parent, if it was in flight: Ray starts this task after it.
    """
    storage = Storage(url)
    with storage.staging() as folder:
        made = folder / "scene"
        try:
            request = _with_parent(storage, plan, index, folder / "parent")
        except FolderError as error:
            outcome = Outcome(state="failed", kind="parent", reason=str(error))
            return "failed", record_failure(storage, plan, index, outcome).kind
        for _ in range(_TRIES):
            outcome = _runner(limits, maker).run(request, made)
            if not outcome.killed:
                break
        if outcome.state in ("accepted", "not_accepted"):
            for name in plan.verify:
                verification.record(made, [verification.verify(made, verification.ENGINES[name])])
            record = publish(storage, plan, index, made, outcome)
        else:
            record = record_failure(storage, plan, index, outcome)
    return record.state, record.kind


def _with_parent(storage: Storage, plan: Plan, index: int, aside: Path) -> SceneRequest:
    """Return the request for a scene; for a variation, with the folder of its parent on this machine.

    Raises:
        FolderError: the parent is missing or was not accepted.
    """
    request, parent = plan.request(index), plan.parent_of(index)
    if request.variation is None or parent is None:
        return request
    record = read_record(storage, f"records/{scene_path(parent)}.json")
    if record is None or record.state != "accepted":
        raise FolderError(f"scene {parent}, which it varies, was not accepted")
    if storage.local is not None:
        aside = storage.local / record.folder
    else:
        fetch_scene(storage, record.folder, record.assets, record.textures, aside)
    there = request.variation.model_copy(update={"parent": str(aside)})
    return request.model_copy(update={"variation": there})


@cache
def _runner(limits: ProcessLimits, maker: str) -> Runner:
    """Return the runner of this worker."""
    return Runner(limits, maker)


@contextmanager
def _ray_errors_as_user_errors() -> Iterator[None]:
    """Raise `UserError` with the remedy if Ray itself dies."""
    try:
        yield
    except _RAY_DIED as error:
        words = " ".join(str(error).split())[:300]
        raise UserError(
            f"Ray died ({words}); finished scenes are kept: run the same command again"
        ) from error
