"""Memory of the machine that runs out, which torch reports as a plain error, is no fault of the model, file or task."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors import SafetensorError

from engine.api.errors import LayerSwarmError
from engine.api.export_targets import export_target
from engine.compensation.writers import is_rms_norm
from engine.evaluation.task_faults import running
from engine.export.generation_check import check_writing, compare_generation
from engine.export.targets.guarded_writer import GuardedWriter
from engine.models.decoder_stack import DecoderStack
from engine.models.loading import readable_faults
from engine.models.weight_files import TensorFile, save_tensors
from engine.pipeline.ending import Ending, conclude
from engine.recovery.checkpoints import load_checkpoint
from engine.recovery.launch import train_in_processes
from engine.recovery.training_job import TrainingJob
from tests.engine.recovery.cases import REMOVED, changed, token_windows, training_windows
from tests.engine.tiny_models import LAYERS, tiny_models

WORDS = "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to ..."
CAUSES = [RuntimeError(WORDS), MemoryError(), RuntimeError("std::bad_alloc")]


@pytest.fixture(params=CAUSES, ids=repr)
def full(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Stand in for work that needs more memory than there is."""

    def work(*_args: object, **_options: object) -> None:
        raise request.param

    return work


def test_a_job_ends_with_its_sentence(full: Callable[..., Ending]) -> None:
    assert "ran out of memory" in conclude(full).message


def test_a_model_that_is_loaded_is_not_called_damaged(full: Callable[..., None], tmp_path: Path) -> None:
    with pytest.raises(LayerSwarmError, match="does not fit into the memory of cpu"), readable_faults(tmp_path, "cpu"):
        full()


@pytest.mark.parametrize("part", ["model.model.layers.1.forward", "model.model.norm.forward"])
def test_a_model_is_not_called_unsupported(
    full: Callable[..., None], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    model = tiny_models()["llama"]()
    place, _, name = part.removeprefix("model.").rpartition(".")
    monkeypatch.setattr(model.get_submodule(place), name, full)
    with pytest.raises(torch.OutOfMemoryError):
        DecoderStack(model)


def test_nor_one_that_cannot_generate(full: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    model = tiny_models()["llama"]()
    monkeypatch.setattr("engine.export.generation_check.greedy", full)
    with pytest.raises(torch.OutOfMemoryError):
        check_writing(model)
    with pytest.raises(torch.OutOfMemoryError):
        compare_generation(model, token_windows(1))


def test_a_norm_is_not_called_something_else(full: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    norm = torch.nn.RMSNorm(8)
    monkeypatch.setattr(norm, "forward", full)
    with pytest.raises(torch.OutOfMemoryError):
        is_rms_norm(norm)


def test_a_task_is_not_called_broken(full: Callable[..., None]) -> None:
    with pytest.raises(tuple(map(type, CAUSES))), running("colours"):
        full()


def test_a_format_of_others_is_not_called_broken(full: Callable[..., None]) -> None:
    class Writer:
        missing = staticmethod(full)

    with pytest.raises(tuple(map(type, CAUSES))):
        GuardedWriter(export_target("safetensors"), Writer()).missing("", "")  # type: ignore[arg-type]


def test_a_file_is_not_called_damaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unmapped(*_args: object, **_options: object) -> None:
        raise SafetensorError("Error while deserializing header: I/O error: Cannot allocate memory (os error 12)")

    file = tmp_path / "checkpoint.safetensors"
    save_tensors(file, {"a": torch.ones(3)}, {"format": "pt"})
    monkeypatch.setattr("engine.recovery.checkpoints.safe_open", unmapped)
    with pytest.raises(SafetensorError):
        load_checkpoint(tmp_path, "mine")


def test_nor_is_one_whose_tensors_are_read_in_turn(
    full: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "merged.safetensors"
    save_tensors(file, {"a": torch.ones(3)}, {"format": "pt"})
    monkeypatch.setattr(torch, "empty", full)
    with pytest.raises(tuple(map(type, CAUSES))):
        TensorFile(file)["a"]


def test_it_is_seen_in_processes_that_train_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def failing(_processes: int, _folder: Path) -> list[str]:
        return ["sh", "-c", 'echo "RuntimeError: DefaultCPUAllocator: can\'t allocate memory" >&2; exit 1']

    monkeypatch.setattr("engine.recovery.launch._launcher", failing)
    job = TrainingJob(
        model="", dtype="float32", layers=LAYERS, removed=REMOVED, settings=changed(), folder=str(tmp_path / "recovery")
    )
    with pytest.raises(torch.OutOfMemoryError):
        train_in_processes(job, training_windows(), 2, "cpu", lambda _event: None, lambda: None)
