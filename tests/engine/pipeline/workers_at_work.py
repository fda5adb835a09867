"""What tests of several workers have in common: a journal without places and times, and workers that surely begin."""

import threading
from typing import Any

import msgspec
import pytest

from engine.api.clock import seconds_awake
from engine.api.commands import StopMode
from engine.api.events import CandidatesScored, MessageLogged, WorkersMeasured
from engine.api.project import Project
from engine.pipeline.workers.messages import WalkPieces, decoded_request
from engine.pipeline.workers.pool import WorkerPool
from engine.pipeline.workers.remote_worker import RemoteWorker
from tests.engine.pipeline.cases import Watch

SETTINGS: dict[str, Any] = {"calibration__windows": 48, "compensation__enabled": False, "search__iterations": 2}
_WAIT_SECONDS = 300
_STOPPED_AT = 3
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


def stop_at_piece(monkeypatch: pytest.MonkeyPatch, link: type[Any], watch: Watch, mode: StopMode) -> list[object]:
    """Ask the run to stop when a worker is given its third load; return those that are begun afterwards."""
    exchange, given, after = link.exchange, list[object](), list[object]()

    def counted(self: object, request: bytes) -> bytes:
        asked = decoded_request(request)
        if isinstance(asked, WalkPieces):
            if len(given) >= _STOPPED_AT:
                after.append(asked)
            given.append(asked)
            if len(given) == _STOPPED_AT:
                watch.control.request_stop(mode)
        answer: bytes = exchange(self, request)
        return answer

    monkeypatch.setattr(link, "exchange", counted)
    return after


def assert_stopped(watch: Watch, project: Project, mode: StopMode, after: list[object]) -> None:
    """Check that a run was stopped by ``stop_at_piece`` before a worker began anything else.

    A second worker may have been given its load at that very moment.
    """
    assert len(after) <= 1
    assert watch.ending.outcome == {"pause": "paused", "keep_best": "stopped", "discard": "discarded"}[mode]
    assert len(project.runs()) == (mode != "discard")
