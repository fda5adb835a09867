"""The engine as a process: a command in, events out, and never an orphan."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine.api.commands import Command, InspectModel, ListDevices, RunProject, StopRun, encode_command
from engine.api.events import DeviceFound, Event, Heartbeat, IterationFinished, ModelPrepared, RunFinished, decode_event
from tests.engine.pipeline.cases import small_project
from tests.engine.tiny_models import save_tiny
from tests.warm_process import WarmPopen

pytestmark = pytest.mark.slow

Worker = subprocess.Popen[bytes] | WarmPopen
COMMAND = [sys.executable, "-m", "engine.worker"]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def worker() -> Iterator[Worker]:
    """Start the engine as the window does."""
    pipe = subprocess.PIPE
    yield from _until_the_end(subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe))


@pytest.fixture
def warm_worker() -> Iterator[Worker]:
    """Start the engine with the model libraries imported, for what happens after that."""
    pipe = subprocess.PIPE
    yield from _until_the_end(WarmPopen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe))


def _until_the_end(process: Worker) -> Iterator[Worker]:
    yield process
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        assert stream is not None
        stream.close()


def tell(worker: Worker, command: Command) -> None:
    assert worker.stdin is not None
    worker.stdin.write(encode_command(command) + b"\n")
    worker.stdin.flush()


def events_of(worker: Worker) -> Iterator[Event]:
    assert worker.stdout is not None
    for line in worker.stdout:
        yield decode_event(line)


def test_a_job_is_answered_after_a_sign_of_life_and_the_process_ends(worker: Worker) -> None:
    tell(worker, ListDevices())
    first, *events = events_of(worker)
    assert isinstance(first, Heartbeat)
    assert first.process_memory < 150e6, "the model libraries are not there yet"
    assert any(isinstance(event, DeviceFound) and event.name == "cpu" for event in events)
    assert isinstance(events[-1], RunFinished)
    assert worker.wait() == 0


def test_it_stops_when_told(warm_worker: Worker, tmp_path: Path) -> None:
    tell(warm_worker, RunProject(project=str(small_project(tmp_path, search__iterations=1000).folder)))
    events = []
    for event in events_of(warm_worker):
        events.append(event)
        if isinstance(event, IterationFinished) and event.iteration == 1:
            tell(warm_worker, StopRun(mode="pause"))
    assert isinstance(events[-1], RunFinished)
    assert events[-1].outcome == "paused"
    assert warm_worker.wait() == 130


def test_it_ends_with_whoever_started_it(warm_worker: Worker, tmp_path: Path) -> None:
    tell(warm_worker, RunProject(project=str(small_project(tmp_path, search__iterations=1000).folder)))
    next(event for event in events_of(warm_worker) if isinstance(event, IterationFinished))
    assert warm_worker.stdin is not None
    warm_worker.stdin.close()
    assert warm_worker.wait(timeout=20) == 130


def test_an_installation_that_is_not_whole_is_told_and_ends_the_process_in_order() -> None:
    """A normal exit would abort the process, because the listening thread blocks in a read."""
    broken = "import sys; sys.modules['engine.pipeline.device_job'] = None; from engine.worker import main; main()"
    with subprocess.Popen([sys.executable, "-c", broken], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        tell(worker, ListDevices())
        ended = list(events_of(worker))[-1]
        assert worker.wait() == 1
    assert isinstance(ended, RunFinished)
    assert (ended.outcome, "install LayerSwarm again" in ended.message) == ("failed", True)


def test_a_line_that_is_no_command_is_bad_input(worker: Worker) -> None:
    assert worker.stdin is not None
    worker.stdin.write(b'{"command": "Dance"}\n')
    worker.stdin.flush()
    last = list(events_of(worker))[-1]
    assert isinstance(last, RunFinished)
    assert "unknown command" in last.message
    assert worker.wait() == 2


def test_a_model_is_looked_at(warm_worker: Worker, tmp_path: Path) -> None:
    save_tiny("qwen3", tmp_path / "model")
    tell(warm_worker, InspectModel(source=str(tmp_path / "model")))
    (model,) = (event for event in events_of(warm_worker) if isinstance(event, ModelPrepared))
    assert (model.model_type, model.layers) == ("qwen3", 6)
    assert warm_worker.wait() == 0


def test_standard_output_holds_events_and_nothing_else_and_it_beats(worker: Worker, tmp_path: Path) -> None:
    tell(worker, RunProject(project=str(small_project(tmp_path).folder)))
    assert worker.stdout is not None
    lines = worker.stdout.read().splitlines()
    assert all("event" in json.loads(line) for line in lines)
    assert worker.wait() == 0
    beats = [event for event in map(decode_event, lines) if isinstance(event, Heartbeat)]
    assert len(beats) >= 2, "importing the model libraries alone takes longer than a beat"
    assert all(msgspec.structs.asdict(beat)["seq"] == 0 for beat in beats)
    assert all(beat.process_memory > 0 for beat in beats)
    assert beats[0].cpu_load is None
    assert all(beat.cpu_load is not None and 0 <= beat.cpu_load <= 1 for beat in beats[1:])
