"""Several processes that train together are one training: the same losses, one checkpoint, one voice."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
import torch

from engine.api.control import Control, StopRequested
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import Event, MessageLogged, RecoveryStepped
from engine.recovery import launch
from engine.recovery.launch import process_count, train_in_processes
from engine.recovery.merge import load_merged
from engine.recovery.training_job import TrainingJob
from tests.engine.recovery.cases import REMOVED, Said, changed, recover, training_windows
from tests.engine.recovery.warm_launcher import launch_warm
from tests.engine.tiny_models import LAYERS, save_tiny

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """``test_a_run_may_train_in_several_processes`` starts them as a user does."""
    launch_warm(monkeypatch)


def job_in(folder: Path, **values: object) -> TrainingJob:
    model = folder / "model"
    if not model.exists():
        save_tiny("llama", model)
    return TrainingJob(
        model=str(model),
        dtype="float32",
        layers=LAYERS,
        removed=REMOVED,
        settings=changed(**values),
        folder=str(folder / "recovery"),
    )


def test_two_processes_pause_and_go_on_and_give_the_losses_of_one(tmp_path: Path) -> None:
    alone, said = Said(), Said()
    windows = training_windows(elsewhere=3)
    expected = recover(tmp_path / "alone", alone, windows=windows)
    control = Control()

    def emit(event: Event) -> None:
        said(event)
        if isinstance(event, RecoveryStepped) and event.step == 4:
            control.request_stop("pause")

    job = job_in(tmp_path)
    with pytest.raises(StopRequested) as stopped:
        train_in_processes(job, windows, 2, "cpu", emit, control.check)
    assert stopped.value.mode == "pause"
    steps = [event.step for event in said.events if isinstance(event, RecoveryStepped)]
    train_in_processes(job, windows, 2, "cpu", said, lambda: None)
    later = [event.step for event in said.events if isinstance(event, RecoveryStepped)][len(steps) :]

    assert "Traceback" not in (tmp_path / "recovery" / "processes.log").read_text()
    assert later[0] == steps[-1] + 1
    assert said.losses() == pytest.approx(alone.losses(), rel=1e-4)
    assert said.validation_kl() == pytest.approx(alone.validation_kl(), rel=1e-3)
    assert said.finished().best_step == expected.best_step
    assert any("2 processes together" in event.message for event in said.events if isinstance(event, MessageLogged))
    merged, whole = (load_merged(tmp_path / name) for name in ("recovery", "alone"))
    assert merged.keys() == whole.keys()
    assert all(torch.allclose(merged[name], whole[name], atol=1e-3) for name in merged)


def leaves(process: psutil.Process) -> list[psutil.Process]:
    """Return the descendants that have no children, the oldest first: the processes that train."""
    every = process.children(recursive=True)
    return sorted((each for each in every if not each.children()), key=lambda each: (each.create_time(), each.pid))


@pytest.mark.skipif(sys.platform == "win32", reason="signals as on POSIX")
def test_one_killed_process_ends_the_others_in_a_sentence_and_the_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, started, killed = Said(), list[int](), list[psutil.Process]()
    start = launch.subprocess.Popen

    def noted(*command: Any, **streams: Any) -> Any:
        launched = start(*command, **streams)
        started.append(launched.pid)
        return launched

    monkeypatch.setattr("engine.recovery.launch.subprocess", SimpleNamespace(Popen=noted, PIPE=subprocess.PIPE))

    def emit(event: Event) -> None:
        said(event)
        if isinstance(event, RecoveryStepped) and event.step == 4 and not killed:
            killed.extend(leaves(psutil.Process(started[0])))
            killed[-1].kill()

    job, windows = job_in(tmp_path), training_windows()
    with pytest.raises(LayerSwarmError, match=r"^The processes that train together ended .*; their output is in "):
        train_in_processes(job, windows, 2, "cpu", emit, lambda: None)
    assert len(killed) >= 2
    _gone, alive = psutil.wait_procs(killed, timeout=30)
    assert alive == []
    assert list(Path(tempfile.gettempdir()).glob(f"layerswarm.*.{os.getpid()}.*")) == []
    train_in_processes(job, windows, 2, "cpu", said, lambda: None)
    assert said.finished().best_step >= 0


def test_what_goes_wrong_there_is_told_here(tmp_path: Path) -> None:
    with pytest.raises(LayerSwarmError, match="is tied to its embedding"):
        train_in_processes(
            job_in(tmp_path, train_head=True), training_windows(), 2, "cpu", lambda _event: None, lambda: None
        )


def test_more_processes_than_gpus_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert process_count(changed(processes=2), "cuda:0") == 2
    assert process_count(changed(processes=0), "cuda:0") == 2
    with pytest.raises(BadInput, match=r"recovery\.processes is 3, but there are 2 devices of the kind cuda"):
        process_count(changed(processes=3), "cuda:0")


def test_on_a_cpu_as_many_as_wanted_share_its_cores() -> None:
    assert process_count(changed(processes=3), "cpu") == 3
    assert process_count(changed(processes=0), "cpu") == 1
