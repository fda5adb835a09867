"""Every stage works on a device without float64, and measures there what it measures on a CPU."""

import math
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import PreTrainedModel

from engine.analysis.analyse import analyse_layers
from engine.analysis.similarity import cosines
from engine.api.errors import BadInput
from engine.api.settings import CompensationSettings, EvaluationSettings
from engine.calibration.sampling import sampled
from engine.compensation.compensate import Compensation
from engine.compensation.least_squares import LeastSquares
from engine.evaluation.heldout import HeldoutReference
from engine.evaluation.perplexity import text_loss
from engine.fitness.race import Race
from engine.models.causal_head import CausalHead
from engine.models.decoder_stack import DecoderStack
from engine.models.exact_sums import computes_float64, exact_sum, exact_total
from engine.models.out_of_memory import free_unused_memory
from engine.models.surgery import remove_layers
from engine.recovery.loss import Heads, flat_head
from engine.recovery.passes import Passes
from engine.recovery.student import Student
from engine.recovery.team import Team
from engine.recovery.validation_windows import ValidationWindows
from tests.engine.analysis.test_analyse import SIZES
from tests.engine.fitness.cases import evaluator_of, token_windows
from tests.engine.refusing_device import refusing
from tests.engine.tiny_models import LAYERS, VOCABULARY, tiny_models, tiny_tokenizer

CPU = torch.device("cpu")
TOKENS = token_windows(5, 16, VOCABULARY)
REMOVED = (2, 4)


def model_on(device: torch.device, family: str = "llama") -> PreTrainedModel:
    model: PreTrainedModel = tiny_models()[family]().requires_grad_(False).to(device)  # type: ignore[assignment, arg-type]
    return model


def both() -> tuple[torch.device, torch.device]:
    return CPU, refusing()


def test_the_stand_in_refuses_float64_and_nothing_else() -> None:
    there = torch.ones(3, device=refusing())
    assert there.device.type == "refusing"
    assert (there + 1).cpu().tolist() == [2.0, 2.0, 2.0]
    with pytest.raises(TypeError, match="float64"):
        there.double()
    with pytest.raises(TypeError, match="float64"):
        there.sum(dtype=torch.float64)
    with pytest.raises(TypeError, match="float64"):
        torch.zeros(2, dtype=torch.float64, device=refusing())
    assert computes_float64(CPU)
    assert not computes_float64(refusing())


def test_sums_are_as_exact_as_on_the_cpu() -> None:
    figures = torch.rand(50, 7, generator=torch.Generator().manual_seed(1))
    there = figures.to(refusing())
    assert exact_sum(there).item() == exact_sum(figures).item() == figures.double().sum().item()
    assert exact_sum(there, -1).tolist() == exact_sum(figures, -1).tolist()
    parts = figures.split(9)
    assert exact_total([part.to(refusing()) for part in parts]) == exact_total(parts)
    assert exact_total([]) == 0.0


def test_unused_memory_of_any_kind_of_device_is_freed() -> None:
    module = torch.get_device_module(refusing())
    before = module.emptied
    free_unused_memory()
    assert module.emptied == before + 1


@pytest.mark.parametrize("family", ["llama", "gemma3", "qwen3"])
def test_the_analysis(family: str) -> None:
    here, there = (analyse_layers(evaluator_of(model_on(device, family), TOKENS), SIZES, 0.5) for device in both())
    for ours, theirs in zip(here, there, strict=True):
        assert theirs.block_influence == pytest.approx(ours.block_influence, rel=1e-4, abs=1e-7)
        assert theirs.angular_distance == pytest.approx(ours.angular_distance, rel=1e-4)
        assert theirs.kl == pytest.approx(ours.kl, rel=1e-5)


def test_small_angles_are_precise() -> None:
    generator = torch.Generator().manual_seed(3)
    before = torch.randn(64, 32, generator=generator)
    after = before + 1e-4 * torch.randn(64, 32, generator=generator)
    ours, theirs = (1.0 - cosines(before.to(device), after.to(device)) for device in both())
    assert torch.allclose(ours, theirs, rtol=2e-3, atol=0.0)


def test_the_search() -> None:
    population = [(layer, other) for layer in range(LAYERS) for other in range(layer + 1, LAYERS)]
    found = []
    for device in both():
        race = Race(evaluator_of(model_on(device), TOKENS, levels=(2, 5)), 0.5)
        found.append((race.run(population), race.champion(2)))
    (ours, best), (theirs, other) = found
    assert theirs == pytest.approx(ours, rel=1e-5)
    assert best is not None
    assert other is not None
    assert best[0] == other[0]


def test_compensation() -> None:
    kls = []
    for device in both():
        stack = DecoderStack(model_on(device))
        fold = Compensation(stack, token_windows(24, 16, VOCABULARY), TOKENS, CompensationSettings(), [REMOVED])
        kls.append([gap.kl_after for gap in fold.fold(REMOVED).gaps])
    assert kls[1] == pytest.approx(kls[0], rel=1e-3)


def test_sums_of_a_fit_keep_their_precision_over_many_batches() -> None:
    """Plain float32 sums lose a part of each batch as they grow."""
    generator = torch.Generator().manual_seed(5)
    x, y = torch.randn(5_000, 6, generator=generator) + 3.0, torch.randn(5_000, 2, generator=generator)
    weights = torch.rand(5_000, generator=generator) + 0.1
    solutions = []
    for device in both():
        problem = LeastSquares(6, 2, True, device)
        for part in zip(x.split(20), y.split(20), weights.split(20), strict=True):
            problem.add(*(each.to(device) for each in part))
        solutions.append([each.cpu().double() for each in problem.solve(1e-4)])
    for ours, theirs in zip(*solutions, strict=True):
        assert torch.allclose(ours, theirs, rtol=1e-4, atol=1e-6)


def test_validation_of_a_recovery() -> None:
    found = []
    for device in both():
        model = model_on(device)
        head = flat_head(CausalHead(model))
        windows = ValidationWindows(
            Student(DecoderStack(model), REMOVED), Heads(head, head), TOKENS, Passes(2, print), VOCABULARY, Team(True)
        )
        found.append(windows.measure())
    assert found[1] == pytest.approx(found[0], rel=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 3000), st.sampled_from([0.5, 3.0, 12.0]))
def test_generated_tokens(seed: int, vocabulary: int, spread: float) -> None:
    """A draw picks the token that it picks on a CPU, or its neighbour where the draw is on the border of both."""
    generator = torch.Generator().manual_seed(seed)
    logits = spread * torch.randn(64, vocabulary, generator=generator)
    logits[:, ::2] = -torch.inf  # tokens that must never be drawn
    logits[:, 1] = 0.0
    draws = torch.rand(64, generator=generator, dtype=torch.float64)
    draws[:3] = torch.tensor([0.0, 1.0 - 1e-12, 0.5])
    reached = torch.softmax(logits, -1).double().cumsum(-1)
    found = sampled(logits.to(refusing()), draws)
    assert found.device == CPU
    assert torch.isfinite(logits[torch.arange(64), found]).all()
    upper = (reached / reached[:, -1:])[torch.arange(64), found]
    lower = upper - torch.softmax(logits, -1).double()[torch.arange(64), found]
    assert (draws <= upper + 1e-6).all()
    assert (draws >= lower - 1e-6).all()


def test_logits_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(BadInput, match="nan"):
        sampled(torch.full((2, 9), torch.nan).to(refusing()), torch.rand(2))


def test_heldout_windows() -> None:
    found = []
    for device in both():
        dense, pruned = model_on(device), model_on(device)
        remove_layers(pruned, REMOVED)
        losses = HeldoutReference.of(dense, TOKENS, lambda *_: None).measure(pruned, lambda *_: None)
        found.append((losses.divergence.value, losses.perplexity))
    assert found[1] == pytest.approx(found[0], rel=1e-5)


def test_the_perplexity_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("A text that is measured, window by window, on each of the devices. " * 6)
    evaluation = EvaluationSettings(context_tokens=32)
    found = [
        sum(text_loss(model_on(device), tiny_tokenizer(), path, evaluation, lambda *_: None).losses)
        for device in both()
    ]
    assert math.isfinite(found[0])
    assert found[1] == pytest.approx(found[0], rel=1e-5)
