"""What a worker answers, wherever it runs."""

from pathlib import Path
from typing import Any

import pytest
import torch

from engine.api.editing import with_values
from engine.api.settings import Settings
from engine.calibration.generation import BLOCK
from engine.calibration.text_settings import text_generator
from engine.models.folder import ModelFolder, folder_digest
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.pipeline.workers.agreement import own_versions
from engine.pipeline.workers.device_worker import DeviceWorker
from engine.pipeline.workers.messages import (
    Answer,
    BlocksWritten,
    PrepareItems,
    StartWorker,
    WorkerFailed,
    WorkerReady,
    WriteBlocks,
    decoded_answer,
    encoded,
    packed,
    unpacked,
)
from tests.engine.fitness.cases import token_windows
from tests.engine.tiny_models import VOCABULARY, save_tiny

SETTINGS = with_values(Settings(), {"calibration.window_length": 12})


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worker") / "model"
    save_tiny("llama", folder)
    return folder


def start(model: Path, **changes: Any) -> StartWorker:
    given: dict[str, Any] = {
        "folder": str(model),
        "digest": folder_digest(model),
        "settings": SETTINGS,
        "device": "cpu",
        "dtype": "float32",
        "beside": 0,
        "versions": own_versions(),
    }
    return StartWorker(**given | changes)


def asked(worker: DeviceWorker, request: Any) -> Answer:
    return decoded_answer(worker.answer(encoded(request)))


def refusal(worker: DeviceWorker, request: Any) -> str:
    answer = asked(worker, request)
    assert isinstance(answer, WorkerFailed)
    assert not answer.out_of_memory
    assert answer.reason is not None
    return answer.reason.words()


def test_windows_arrive_as_they_were_sent() -> None:
    windows = token_windows(3, 12, VOCABULARY)
    assert torch.equal(unpacked(packed(windows)), windows)


def test_a_worker_that_has_its_model_names_its_host_and_device(model: Path) -> None:
    ready = asked(DeviceWorker(), start(model))
    assert isinstance(ready, WorkerReady)
    assert ready.host
    assert ready.label
    assert 0 < ready.memory_used < ready.memory_total


def test_other_versions_are_refused_by_name(model: Path) -> None:
    other = own_versions() | {"torch": "1.0"}
    sentence = refusal(DeviceWorker(), start(model, versions=other))
    assert sentence == f"it has torch {own_versions()['torch']} instead of 1.0; install the same versions there."


def test_another_model_at_the_same_path_is_refused_by_its_digest(model: Path) -> None:
    sentence = refusal(DeviceWorker(), start(model, digest="0" * 16))
    assert sentence.startswith(f"the model in {model} is another one than the run's")
    assert f"(its digest is {folder_digest(model)} instead of 0000000000000000)" in sentence


def test_a_message_of_another_version_is_answered_in_a_sentence() -> None:
    answer = decoded_answer(DeviceWorker().answer(b"\x81\xa4type\xa3New"))
    assert isinstance(answer, WorkerFailed)
    assert answer.reason is not None
    assert answer.reason.words() == "it does not understand the run, so it has another version of LayerSwarm."


def test_work_before_a_model_is_refused() -> None:
    assert "before it had a model" in refusal(DeviceWorker(), PrepareItems(name="windows", states_bytes=1))


def test_it_writes_the_text_that_the_run_would_write(model: Path) -> None:
    worker = DeviceWorker()
    asked(worker, start(model))
    answer = asked(worker, WriteBlocks(stream="recovery", blocks=(1, 2), count=3 * BLOCK))
    assert isinstance(answer, BlocksWritten)
    tokenizer = load_tokenizer(model)
    folder = ModelFolder(model, "model", str(model), "another-cache")
    own = text_generator(SETTINGS, folder, lambda: (load_model(model), tokenizer), tokenizer, silent)
    assert torch.equal(unpacked(answer.windows), torch.cat(list(own.written("recovery", (1, 2), 3 * BLOCK))))
