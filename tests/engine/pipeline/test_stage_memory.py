"""A stage that cannot fit into memory is refused with a sentence before the system ends the process."""

from pathlib import Path

import pytest

from engine.api.commands import RunProject
from engine.api.events import ExportWritten, MessageLogged, RecoveryStepped
from engine.pipeline import stage_memory
from engine.pipeline.stage_memory import TrainingTooLarge, check_training, least_training_bytes
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.pipeline.test_estimate import BF16, work


def test_training_needs_its_least_form_beside_the_weights() -> None:
    cost = work(recovery__batch_windows=8)
    least, parts = least_training_bytes(cost, BF16, "cpu", loaded=True), cost.memory(BF16, "cpu")
    assert least == parts["adapter and optimiser"] + parts["training"] // 8
    assert least_training_bytes(cost, BF16, "cpu", loaded=False) == least + parts["weights"]


def test_what_is_free_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = work()
    least = least_training_bytes(cost, BF16, "cuda:0", loaded=True)
    monkeypatch.setattr(stage_memory, "free_memory", lambda _device: least)
    check_training(cost, BF16, "cuda:0", loaded=True)
    monkeypatch.setattr(stage_memory, "free_memory", lambda _device: least - 1)
    with pytest.raises(
        TrainingTooLarge, match=r"the memory of cuda:0: it needs at least \d+\.\d GB, and \d+\.\d GB are"
    ):
        check_training(cost, BF16, "cuda:0", loaded=True)


def test_training_keeps_to_the_memory_that_the_settings_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    least = least_training_bytes(work(), BF16, "cuda:0", loaded=False)
    monkeypatch.setattr(stage_memory, "free_memory", lambda _device: 10 * least)
    check_training(work(device__memory_megabytes=1.01e-6 * least), BF16, "cuda:0", loaded=False)
    with pytest.raises(TrainingTooLarge):
        check_training(work(device__memory_megabytes=0.99e-6 * least), BF16, "cuda:0", loaded=False)


def test_a_compensated_model_is_kept_without_a_step_of_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_memory, "free_memory", lambda _device: 10)
    project = small_project(tmp_path, compensation__windows=64, compensation__candidates=1)
    watch = run(project)
    assert not watch.of(RecoveryStepped)
    (message,) = [each.message for each in watch.of(MessageLogged) if "does not fit" in each.message]
    assert "the memory of cpu (it needs at least 0.0 GB, and 0.0 GB are free), so the compensated model" in message
    assert state_of(project).unfit_training is not None
    assert [event.variant for event in watch.of(ExportWritten)] == ["compensated"]


def test_without_a_compensated_model_the_run_ends_with_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_memory, "free_memory", lambda _device: 10)
    project, watch = small_project(tmp_path, compensation__enabled=False), Watch()
    assert watch.do(RunProject(project=str(project.folder), until="recover")) == 1
    assert watch.ending.message.startswith("Training does not fit into the memory of cpu: it needs at least")
