"""A training on a Ray cluster is the training of one process, whatever becomes of its processes."""

import re
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.api.commands import RunProject
from engine.api.control import Control, StopRequested
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import ClusterNodeFound, Event, RecoveryStepped
from engine.models.folder import folder_digest
from engine.pipeline.workers import cluster_training
from engine.pipeline.workers.cluster_training import train_on_cluster
from engine.pipeline.workers.training_places import training_places
from engine.recovery.checkpoints import CHECKPOINT
from engine.recovery.merge import MERGED, load_merged
from engine.recovery.training_job import TrainingJob
from engine.recovery.training_request import TrainingWindows
from tests.engine.pipeline.cases import Watch, small_project, state_of
from tests.engine.pipeline.killed_run import kill_at_work
from tests.engine.pipeline.ray_nodes import RayNodes, left_after_a_moment, without_a_shared_disk
from tests.engine.recovery.cases import REMOVED, Said, changed, recover, training_windows
from tests.engine.tiny_models import LAYERS, save_tiny

STEPS: dict[str, Any] = {"steps": 90, "evaluate_every": 15, "patience": 0}
"""Many enough that the processes cannot be through before they are stopped: only so many messages wait at a time."""


def job_in(folder: Path, **values: object) -> TrainingJob:
    model = folder / "model"
    if not model.exists():
        save_tiny("llama", model)
    return TrainingJob(
        model=str(model),
        dtype="float32",
        layers=LAYERS,
        removed=REMOVED,
        settings=changed(**{"processes": 2} | values),
        folder=str(folder / "recovery"),
    )


def train(
    job: TrainingJob, windows: TrainingWindows, address: str, said: Said, control: Control, at: dict[int, Any]
) -> None:
    """Train, and let something happen at some steps."""

    def emit(event: Event) -> None:
        said(event)
        if isinstance(event, RecoveryStepped):
            at.pop(event.step, lambda: None)()

    train_on_cluster(job, windows, folder_digest(Path(job.model)), address, "cpu", emit, control.check)


@pytest.mark.slow
def test_two_processes_pause_lose_a_node_and_come_to_the_losses_of_one(
    nodes: RayNodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, said, control = Said(), Said(), Control()
    windows = training_windows(elsewhere=3)
    expected = recover(tmp_path / "alone", alone, windows=windows, settings=changed(**STEPS))
    job = job_in(tmp_path, **STEPS)

    with pytest.raises(StopRequested) as stopped:  # through Ray's client, the run's folder shared by all
        train(job, windows, nodes.client, said, control, {4: lambda: control.request_stop("pause")})
    assert stopped.value.mode == "pause"
    assert (tmp_path / "recovery" / CHECKPOINT).exists()
    paused_at = max(said.losses())
    assert 4 <= paused_at < STEPS["steps"]
    assert left_after_a_moment() == []

    without_a_shared_disk(monkeypatch)
    later = Said()
    with nodes.more(1, num_cpus=2) as (largest,):  # where the first process is put
        train(job, windows, nodes.address, later, Control(), {paused_at + 4: lambda: nodes.lose(largest)})
    steps = [event.step for event in later.events if isinstance(event, RecoveryStepped)]
    assert steps[0] == paused_at + 1
    assert len(steps) - len(set(steps)) <= 2 * STEPS["evaluate_every"] + 64  # only what followed the last checkpoint
    (sentence,) = later.warnings()
    assert sentence.startswith("The training on the cluster begins again at its last checkpoint: ")
    assert re.search("its (node|process) is gone|one of its processes does not answer any more", sentence)
    assert said.losses() | later.losses() == pytest.approx(alone.losses(), rel=1e-4)
    assert later.finished().best_step == expected.best_step
    merged, whole = (load_merged(tmp_path / name) for name in ("recovery", "alone"))
    assert merged.keys() == whole.keys()
    assert all(torch.allclose(merged[name], whole[name], atol=1e-3) for name in merged)
    assert {each.name for each in (tmp_path / "recovery").iterdir()} <= {CHECKPOINT, MERGED, "lessons"}
    assert left_after_a_moment() == []


@pytest.mark.slow
@pytest.mark.usefixtures("shared_texts")
def test_a_run_that_is_killed_while_it_trains_on_a_cluster_ends_its_processes_and_goes_on(
    nodes: RayNodes, tmp_path: Path
) -> None:
    device = {"device__cluster": nodes.address, "device__cluster_workers": 1}
    recovery = {"recovery__processes": 2, "recovery__steps": 90, "recovery__evaluate_every": 3}
    project = small_project(tmp_path, **device, **recovery, compensation__enabled=False)
    kill_at_work(project, "recover")
    assert left_after_a_moment() == []
    assert (project.runs()[-1].folder / "recovery" / CHECKPOINT).exists()
    kept = max(event.step for event in project.runs()[-1].events() if isinstance(event, RecoveryStepped))

    discarded = Watch("discard", lambda event: isinstance(event, RecoveryStepped))
    discarded.do(RunProject(project=str(project.folder), until="recover"))
    (first, *_) = discarded.of(RecoveryStepped)
    assert isinstance(first, RecoveryStepped)
    assert 3 < first.step <= kept + 1  # the checkpoint is never ahead of the journal
    assert discarded.ending.outcome == "discarded"
    assert left_after_a_moment() == []
    assert project.runs() == []


@pytest.mark.slow
def test_what_cannot_be_trained_there_is_refused_by_its_own_sentence(nodes: RayNodes, tmp_path: Path) -> None:
    job = job_in(tmp_path, train_head=True)
    with pytest.raises(LayerSwarmError, match="is tied to its embedding"):
        train(job, training_windows(), nodes.address, Said(), Control(), {})
    assert left_after_a_moment() == []


@pytest.mark.slow
def test_nodes_of_other_versions_or_with_another_model_do_not_take_part(
    nodes: RayNodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, windows, said = job_in(tmp_path), training_windows(), Said()
    with pytest.raises(BadInput, match="no device of the kind cpu that can train"):
        train_on_cluster(job, windows, "another digest", nodes.address, "cpu", said, lambda: None)
    assert len(said.warnings()) == 2
    assert all("does not take part in the training: the model in" in each for each in said.warnings())

    monkeypatch.setattr(cluster_training, "own_versions", lambda: {"torch": "1.0"})
    with pytest.raises(BadInput, match="no device of the kind cpu that can train"):
        train(job, windows, nodes.address, said, Control(), {})
    assert all("it has torch" in each and "instead of 1.0" in each for each in said.warnings()[2:])
    assert list((tmp_path / "recovery").iterdir()) == []


@pytest.mark.slow
@pytest.mark.usefixtures("shared_texts")
def test_more_processes_than_the_cluster_has_devices_are_refused_before_the_work(
    nodes: RayNodes, tmp_path: Path
) -> None:
    watch = Watch()
    project = small_project(tmp_path, device__cluster=nodes.address, recovery__processes=3)
    assert watch.do(RunProject(project=str(project.folder), until="search")) == 2
    assert "recovery.processes is 3, but the cluster at" in watch.ending.message
    assert "has 2 devices of the kind cpu that can train" in watch.ending.message
    assert state_of(project).budget is None


def node(name: str, cpus: int = 8, gpus: int = 0) -> ClusterNodeFound:
    return ClusterNodeFound(node=name, host=name, address="", cpus=cpus, gpus=gpus)


@pytest.mark.parametrize(
    ("processes", "places"),
    [(0, "large large small"), (1, "large"), (3, "large large small"), (5, "large large small")],
)
def test_gpus_are_filled_node_by_node(processes: int, places: str) -> None:
    nodes = [node("plain"), node("small", gpus=1), node("large", gpus=2)]
    assert " ".join(each.host for each in training_places(nodes, "cuda", processes)) == places


@pytest.mark.parametrize(
    ("processes", "places"),
    [(0, "wide narrow"), (2, "wide narrow"), (3, "wide narrow wide"), (9, "wide narrow wide wide")],
)
def test_processes_on_cpus_are_spread(processes: int, places: str) -> None:
    nodes = [node("narrow", cpus=1), node("wide", cpus=3), node("none", cpus=0)]
    assert " ".join(each.host for each in training_places(nodes, "cpu", processes)) == places


@pytest.mark.usefixtures("allowed_code")
def test_local_distillation_stays_in_the_runs_own_process(tmp_path: Path) -> None:
    watch = Watch()
    project = small_project(tmp_path, device__cluster="auto", recovery__processes=2, recovery__method="local")
    watch.do(RunProject(project=str(project.folder), until="search"))
    assert "local distillation trains a few layers at a time, in one process" in watch.ending.message
