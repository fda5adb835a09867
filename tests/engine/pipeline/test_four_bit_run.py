"""A model that is held in 4 bits is searched, folded and trained; it is measured and exported as it is."""

import itertools
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.api.commands import RunProject
from engine.api.events import CandidatesScored, ExportVerified
from engine.api.settings import CompensationSettings
from engine.compensation.compensate import Compensation
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.models.decoder_stack import DecoderStack
from engine.models.four_bit import load_four_bit
from engine.models.linear_maps import matrix, original_matrix
from engine.models.loading import load_model
from engine.models.weight_patch import WeightPatch
from engine.pipeline import placed_model
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.tiny_models import LAYERS, save_tiny

pytestmark = pytest.mark.skipif(find_spec("bitsandbytes") is None, reason="needs the package bitsandbytes")
TEXT = "\n\n".join(f"The {word} went down to the river {day} times." for word in ("fox", "crane") for day in range(90))
SHORT = {
    "calibration__windows": 2,
    "search__iterations": 1,
    "compensation__windows": 4,
    "compensation__candidates": 1,
    "compensation__refitted_layers": 1,
    "recovery__windows": 4,
    "recovery__validation_windows": 2,
    "recovery__steps": 2,
}
"""Little work, since a CPU multiplies matrices in 4 bits slowly; no text of the model's own for the same reason."""
TOKENS = torch.arange(6 * 16).reshape(6, 16) % 90 + 3


def ranks(values: list[float]) -> np.ndarray:
    return np.argsort(np.argsort(values))


def test_candidates_rank_nearly_as_they_do_in_full_precision(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    population = [*itertools.combinations(range(LAYERS), 2)]
    found = []
    for model in (load_model(tmp_path), load_four_bit(tmp_path, "cpu", torch.float32)):
        memory = ScoreMemory("model", "calibration", lambda _event: None)
        evaluator = Evaluator(CalibrationWindows(DecoderStack(model), TOKENS, 1), memory)
        found.append(ranks([score.kl for score in evaluator.scores(population)]))
    assert np.corrcoef(*found)[0, 1] > 0.8


def test_a_fold_of_a_model_in_4_bits_changes_the_weight_of_its_files(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    plain, rounded = load_model(tmp_path), load_four_bit(tmp_path, "cpu", torch.float32)
    folds = []
    for model in (plain, rounded):
        stack = DecoderStack(model)
        fold = Compensation(stack, TOKENS[2:], TOKENS[:2], CompensationSettings(refitted_layers=0), [(2, 3)]).fold(
            (2, 3)
        )
        folds.append((fold, *fold.pruned_names("model.layers", LAYERS).values()))
    (expected, weight), (found, other) = folds
    assert found.kl_after < found.kl_before
    assert found.gaps[0].map_name == expected.gaps[0].map_name
    linear = rounded.get_submodule(f"model.layers.1.{found.gaps[0].map_name}")
    own = plain.get_submodule(f"model.layers.1.{found.gaps[0].map_name}").weight
    assert torch.equal(original_matrix(linear), own)
    assert not torch.equal(matrix(linear), own)
    with WeightPatch(rounded, {f"model.layers.1.{found.gaps[0].map_name}.weight": 2 * own}).applied():
        assert torch.equal(original_matrix(linear), matrix(linear))  # a fold on top of another one keeps both
    # On the same side of it: the change is the fold's, not the error of rounding to 4 bits.
    assert torch.cosine_similarity((weight - own).flatten(), (other - own).flatten(), dim=0) > 0.5


@pytest.mark.slow
def test_a_run_in_4_bits_exports_the_weights_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT)
    text = {"source": "file", "path": str(tmp_path / "text.txt")}
    places = {f"{part}__{name}": value for part in ("calibration", "recovery") for name, value in text.items()}
    project = small_project(tmp_path, device__four_bit=True, device__dtype="float32", **SHORT, **places)
    watch = run(project)
    assert state_of(project).recovery is not None
    checks = {event.check: event for event in watch.events if isinstance(event, ExportVerified)}
    assert all(check.passed for check in checks.values())
    names = {event.calibration for event in watch.events if isinstance(event, CandidatesScored)}
    assert all(name.endswith("/float32/nf4") for name in names)


@pytest.mark.parametrize(
    ("family", "reason"),
    [
        ("qwen3_moe", "only 42% of its layers' weights are in plain linear modules"),
        ("falcon", "only 0% of its layers' weights are in plain linear modules"),
        ("gpt2", "its matrices are stored transposed"),
    ],
)
def test_a_model_of_which_little_would_be_in_4_bits_is_refused(family: str, reason: str, tmp_path: Path) -> None:
    project, watch = small_project(tmp_path, family, device__four_bit=True), Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert f"cannot be held in 4 bits: {reason}" in watch.ending.message
    assert watch.ending.message.endswith("set device.four_bit=false.")


def test_a_model_that_does_not_fit_in_4_bits_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, watch = small_project(tmp_path, device__four_bit=True), Watch()
    monkeypatch.setattr(placed_model, "memory_to_use", lambda *_: 10**6)
    assert watch.do(RunProject(project=str(project.folder))) == 1
    assert "in 4 bits needs" in watch.ending.message
    assert state_of(project).stages_finished == {}
