"""A run on several devices of one machine comes to what it does on one, to the last digit."""

import os
import signal
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest

from engine.api.clock import seconds_awake
from engine.api.commands import RunProject
from engine.api.events import (
    CandidatesScored,
    Event,
    IterationFinished,
    LayerAnalysed,
    MessageLogged,
    SearchFinished,
    WorkersMeasured,
)
from engine.api.project import Project
from engine.pipeline.workers import local_pool
from engine.pipeline.workers.pool import WorkerPool
from engine.pipeline.workers.process_link import ProcessLink
from tests.engine.pipeline.cases import Watch, run, small_project

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shared_texts")]
SETTINGS: dict[str, Any] = {"calibration__windows": 48, "compensation__enabled": False, "search__iterations": 2}
_WAIT_SECONDS = 120
_TIMES = ("time", "elapsed", "seconds", "versions")


def journal(project: Project) -> list[dict[str, Any]]:
    """What the latest run's journal holds but for times, and without the workers' own messages."""
    events = [each for each in project.runs()[-1].events() if not isinstance(each, MessageLogged)]
    return [{name: value for name, value in msgspec.to_builtins(each).items() if name not in _TIMES} for each in events]


@pytest.fixture
def eager_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the run begin its own part only once every worker has begun, or cannot."""
    watch = WorkerPool.watch

    def waiting(pool: WorkerPool) -> None:
        end = seconds_awake() + _WAIT_SECONDS
        for worker in pool.workers:
            worker._begun.wait(_WAIT_SECONDS)
            while not (worker.lost or worker.tally.layer_tokens or seconds_awake() > end):
                worker._begun.wait(0.01)
                os.sched_yield()
        watch(pool)

    monkeypatch.setattr(WorkerPool, "watch", waiting)


def figures(watch: Watch) -> WorkersMeasured:
    measured = watch.of(WorkersMeasured)[-1]
    assert isinstance(measured, WorkersMeasured)
    return measured


@pytest.mark.usefixtures("eager_workers")
def test_two_devices_come_to_the_journal_of_one_and_a_lost_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = small_project(tmp_path / "one", **SETTINGS)
    run(one, "search")
    expected = journal(one)

    two = small_project(tmp_path / "two", **SETTINGS, device__workers=2)
    watch = run(two, "search")
    assert journal(two) == expected
    own, other = figures(watch).workers
    assert (own.name, other.name, other.state) == ("cpu", "cpu (2)", "working")
    assert other.host
    assert other.memory_used > 0
    assert other.tokens_per_second
    assert not psutil.Process().children()  # none outlives its run

    exchange, asked = ProcessLink.exchange, []

    def killed_at_the_third(link: ProcessLink, request: bytes) -> bytes:
        asked.append(request)
        if len(asked) == 4:  # the model, the windows, and one part are done
            os.kill(link.pid, signal.SIGKILL)
        return exchange(link, request)

    monkeypatch.setattr(ProcessLink, "exchange", killed_at_the_third)
    hurt = small_project(tmp_path / "hurt", **SETTINGS, device__workers=2)
    watch = run(hurt, "search")
    assert len(asked) == 4
    assert journal(hurt) == expected
    (told,) = [each.message for each in watch.of(MessageLogged) if "left out" in each.message]  # type: ignore[attr-defined]
    assert told.startswith("cpu (2) is left out, and the others do its part: its process was ended from outside")
    assert figures(watch).workers[1].state == "lost"


@pytest.mark.usefixtures("eager_workers")
def test_a_run_resumes_with_another_number_of_devices(tmp_path: Path) -> None:
    one = small_project(tmp_path / "one", **SETTINGS)
    run(one, "search")

    two = small_project(tmp_path / "two", **SETTINGS, device__workers=2)
    paused = Watch("pause", lambda event: isinstance(event, IterationFinished))
    paused.do(RunProject(project=str(two.folder), until="search"))
    assert paused.ending.outcome == "paused"
    assert not psutil.Process().children()
    two.save(msgspec.structs.replace(two.settings, device=msgspec.structs.replace(two.settings.device, workers=1)))
    run(two, "search")
    assert len(two.runs()) == 1
    assert _last(two, SearchFinished).removed == _last(one, SearchFinished).removed  # type: ignore[attr-defined]
    assert _scores(two) == _scores(one)


@pytest.mark.usefixtures("eager_workers")
def test_a_worker_of_other_versions_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_pool, "own_versions", lambda: {"torch": "1.0"})
    project = small_project(tmp_path, **SETTINGS, device__workers=2)
    watch = run(project, "analyse")
    (told,) = [each.message for each in watch.of(MessageLogged) if "left out" in each.message]  # type: ignore[attr-defined]
    assert "cpu (2) is left out" in told
    assert "instead of 1.0; install the same versions there" in told
    assert watch.of(LayerAnalysed)


def _last(project: Project, kind: type[Event]) -> Event:
    return [each for each in project.runs()[-1].events() if isinstance(each, kind)][-1]


def _scores(project: Project) -> list[object]:
    scored = [each for each in project.runs()[-1].events() if isinstance(each, CandidatesScored)]
    return [(each.level, each.removed, each.kl, each.nll) for each in scored]
