"""What tests of several workers have in common: a journal without places and times, and workers that surely begin."""

import threading
from typing import Any

import msgspec
import pytest

from engine.api.clock import seconds_awake
from engine.api.events import CandidatesScored, MessageLogged, WorkersMeasured
from engine.api.project import Project
from engine.pipeline.workers.pool import WorkerPool
from engine.pipeline.workers.remote_worker import RemoteWorker
from tests.engine.pipeline.cases import Watch

SETTINGS: dict[str, Any] = {"calibration__windows": 48, "compensation__enabled": False, "search__iterations": 2}
_WAIT_SECONDS = 300
_PLACES_AND_TIMES = ("seq", "source", "folder", "time", "elapsed", "seconds")


def journal(project: Project) -> list[dict[str, Any]]:
    """What the latest run's journal holds but for places and times, and without the sentences about workers."""
    events = [each for each in project.runs()[-1].events() if not isinstance(each, MessageLogged)]
    trees = [msgspec.to_builtins(each) for each in events]
    return [{name: value for name, value in tree.items() if name not in _PLACES_AND_TIMES} for tree in trees]


def scores(project: Project) -> list[object]:
    """All scores of the latest run."""
    scored = [each for each in project.runs()[-1].events() if isinstance(each, CandidatesScored)]
    return [(each.level, each.removed, each.kl, each.nll) for each in scored]


def begin_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the run begin its own part only once every worker is ready and one of them has done a part."""
    watch = WorkerPool.watch

    def waiting(pool: WorkerPool) -> None:
        end, pause = seconds_awake() + _WAIT_SECONDS, threading.Event()
        for worker in pool.workers:
            worker._begun.wait(_WAIT_SECONDS)
        while pool.workers and not any(map(_has_begun, pool.workers)) and seconds_awake() < end:
            pause.wait(0.01)
        watch(pool)

    monkeypatch.setattr(WorkerPool, "watch", waiting)
    monkeypatch.setattr("engine.pipeline.workers.pool._SEEN_SECONDS", 0.0)


def _has_begun(worker: RemoteWorker) -> bool:
    return worker.lost or worker.tally.seconds > 0


def told(watch: Watch, words: str) -> list[str]:
    """The messages with some words in them."""
    return [each.message for each in watch.events if isinstance(each, MessageLogged) and words in each.message]


def figures(watch: Watch) -> WorkersMeasured:
    """The last figures of the workers."""
    measured = watch.of(WorkersMeasured)[-1]
    assert isinstance(measured, WorkersMeasured)
    return measured
