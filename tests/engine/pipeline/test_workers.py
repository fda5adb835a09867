"""A run on several devices of one machine comes to what it does on one, to the last digit."""

import os
import signal
from pathlib import Path

import msgspec
import pytest

from engine.api.commands import RunProject, StopMode
from engine.api.events import IterationFinished, LayerAnalysed
from engine.pipeline.workers import local_pool
from engine.pipeline.workers.process_link import ProcessLink
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.pipeline.workers_at_work import (
    SETTINGS,
    assert_stopped,
    begin_together,
    figures,
    journal,
    scores,
    stop_at_piece,
    told,
)
from tests.warm_process import running_children, start_workers_warm, started_by_servers

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shared_texts")]


@pytest.fixture(autouse=True)
def _workers_that_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    start_workers_warm(monkeypatch)
    begin_together(monkeypatch)


def test_two_devices_come_to_the_journal_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert not running_children() + started_by_servers()  # none outlives its run

    exchange, asked = ProcessLink.exchange, []

    def killed_in_the_middle(link: ProcessLink, request: bytes) -> bytes:
        asked.append(request)
        if len(asked) == 4:  # the model, the windows and one part are done
            os.kill(link.pid, signal.SIGKILL)
        return exchange(link, request)

    monkeypatch.setattr(ProcessLink, "exchange", killed_in_the_middle)
    hurt = small_project(tmp_path / "hurt", **SETTINGS, device__workers=2)
    watch = run(hurt, "search")
    assert len(asked) == 4
    assert journal(hurt) == expected
    (sentence,) = told(watch, "left out")
    assert sentence.startswith("cpu (2) is left out, and the others do its part: its process was ended from outside")
    assert figures(watch).workers[1].state == "lost"


def test_a_run_resumes_with_another_number_of_devices(tmp_path: Path) -> None:
    one = small_project(tmp_path / "one", **SETTINGS)
    run(one, "search")
    two = small_project(tmp_path / "two", **SETTINGS, device__workers=2)
    paused = Watch("pause", lambda event: isinstance(event, IterationFinished))
    paused.do(RunProject(project=str(two.folder), until="search"))
    assert paused.ending.outcome == "paused"
    assert not running_children() + started_by_servers()
    two.save(msgspec.structs.replace(two.settings, device=msgspec.structs.replace(two.settings.device, workers=1)))
    run(two, "search")
    assert len(two.runs()) == 1
    assert state_of(two).search.removed == state_of(one).search.removed  # type: ignore[union-attr]
    assert scores(two) == scores(one)


@pytest.mark.parametrize("mode", ["pause", "keep_best", "discard"])
def test_a_stop_reaches_every_worker_before_its_next_piece(
    mode: StopMode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, watch = small_project(tmp_path, **SETTINGS, device__workers=3), Watch()
    after = stop_at_piece(monkeypatch, ProcessLink, watch, mode)
    watch.do(RunProject(project=str(project.folder), until="search"))
    assert_stopped(watch, project, mode, after)
    assert not running_children() + started_by_servers()


def test_a_worker_of_other_versions_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_pool, "own_versions", lambda: {"torch": "1.0"})
    project = small_project(tmp_path, **SETTINGS, device__workers=2)
    watch = run(project, "analyse")
    (sentence,) = told(watch, "left out")
    assert sentence.startswith("cpu (2) is left out, and the others do its part: it has torch ")
    assert sentence.endswith("instead of 1.0; install the same versions there.")
    assert watch.of(LayerAnalysed)
