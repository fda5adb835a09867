"""A checkpoint is whole or not there, and serves only the training that it belongs to."""

import os
from pathlib import Path

import pytest
import torch

from engine.recovery.checkpoints import (
    CHECKPOINT,
    Checkpoint,
    Measurement,
    Progress,
    load_checkpoint,
    save_checkpoint,
    training_fingerprint,
)
from tests.engine.recovery.cases import SETTINGS, changed, token_windows


def a_checkpoint(step: int) -> Checkpoint:
    progress = Progress(
        step=step, seconds=1.5, history=(Measurement(0, 0.1, 7.0),), optimiser={"groups": [{"lr": 0.1 + 0.2}]}
    )
    return Checkpoint(progress, {"a": torch.randn(2, 3)}, {"a": torch.ones(2, 3)}, {"a/step": torch.tensor(4.0)})


def test_it_comes_back_bit_for_bit(tmp_path: Path) -> None:
    saved = a_checkpoint(4)
    save_checkpoint(tmp_path, "mine", saved)
    loaded = load_checkpoint(tmp_path, "mine")
    assert loaded is not None
    assert loaded.progress == saved.progress
    for group in ("adapter", "best_adapter", "moments"):
        assert torch.equal(*(next(iter(getattr(each, group).values())) for each in (saved, loaded)))


def test_a_crash_while_writing_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_checkpoint(tmp_path, "mine", a_checkpoint(4))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", crash)
    with pytest.raises(KeyboardInterrupt):
        save_checkpoint(tmp_path, "mine", a_checkpoint(8))
    loaded = load_checkpoint(tmp_path, "mine")
    assert loaded is not None
    assert loaded.progress.step == 4


def test_another_training_does_not_take_it(tmp_path: Path) -> None:
    save_checkpoint(tmp_path, "mine", a_checkpoint(4))
    assert load_checkpoint(tmp_path, "yours") is None


def test_none_and_a_damaged_one_are_none(tmp_path: Path) -> None:
    assert load_checkpoint(tmp_path, "mine") is None
    save_checkpoint(tmp_path, "mine", a_checkpoint(4))
    os.truncate(tmp_path / CHECKPOINT, 20)
    assert load_checkpoint(tmp_path, "mine") is None


def test_the_fingerprint_tells_trainings_apart() -> None:
    windows, validation = token_windows(4), token_windows(2, seed=1)
    fingerprints = {
        training_fingerprint(SETTINGS, (2, 4), (windows, validation), torch.float32, {}),
        training_fingerprint(changed(seed=99), (2, 4), (windows, validation), torch.float32, {}),
        training_fingerprint(SETTINGS, (2, 3), (windows, validation), torch.float32, {}),
        training_fingerprint(SETTINGS, (2, 4), (windows.flip(0), validation), torch.float32, {}),
        training_fingerprint(SETTINGS, (2, 4), (windows, windows), torch.float32, {}),
        training_fingerprint(SETTINGS, (2, 4), (windows, validation), torch.bfloat16, {}),
    }
    assert len(fingerprints) == 6
    assert training_fingerprint(SETTINGS, (2, 4), (windows.clone(), validation), torch.float32, {}) in fingerprints


def test_settings_of_memory_alone_leave_the_fingerprint() -> None:
    windows = token_windows(4)
    saving = changed(gradient_checkpointing=True, pass_windows=1, lesson_megabytes=1.0)
    usual, frugal = (
        training_fingerprint(each, (2, 4), (windows, windows), torch.float32, {}) for each in (SETTINGS, saving)
    )
    assert usual == frugal
