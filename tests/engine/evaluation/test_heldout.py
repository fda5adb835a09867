"""Held-out figures are those of a plain forward pass."""

import math
from pathlib import Path

import pytest
import torch

from engine.api.errors import BadInput
from engine.api.settings import EvaluationSettings
from engine.evaluation.evaluate import evaluate_model
from engine.evaluation.heldout import HeldoutReference
from engine.evaluation.perplexity import text_perplexity
from engine.evaluation.speed import measure_speed
from engine.fitness.objective import perplexity
from engine.models.progress import silent
from engine.models.surgery import remove_layers
from tests.engine.fitness.cases import naive_score, token_windows
from tests.engine.tiny_models import CORE_FAMILIES, VOCABULARY, tiny_models, tiny_tokenizer

WINDOWS = token_windows(70, 20, VOCABULARY)  # more than one batch
SIZES = (6, 1000, 4000)
SETTINGS = EvaluationSettings(prompt_tokens=12, decode_tokens=4, repeats=1)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_kl_and_perplexity_are_those_of_the_whole_vocabulary(family: str) -> None:
    build = tiny_models()[family]
    dense, pruned = build(), build()
    reference = HeldoutReference.of(dense, WINDOWS, silent)
    expected = naive_score(dense, pruned, (2, 4), WINDOWS)
    kl, perplexity = reference.measure(pruned, silent)
    assert perplexity == pytest.approx(math.exp(expected.nll), rel=1e-4)
    with torch.no_grad():
        p, q = (torch.log_softmax(model(input_ids=WINDOWS, use_cache=False).logits, -1) for model in (dense, pruned))
    assert kl == pytest.approx(float((p.exp() * (p - q)).sum(-1).mean()), rel=1e-4)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_the_dense_model_is_at_distance_zero_from_itself(family: str) -> None:
    dense = tiny_models()[family]()
    assert HeldoutReference.of(dense, WINDOWS, silent).measure(dense, silent)[0] == 0.0


def test_a_perplexity_beyond_all_numbers_is_infinite() -> None:
    assert perplexity(2000.0) == math.inf


def test_the_perplexity_of_a_text_is_that_of_its_tokens(tmp_path: Path) -> None:
    model, tokenizer = tiny_models()["llama"](), tiny_tokenizer()
    text = tmp_path / "text.txt"
    text.write_text("A short text, measured at once.")
    tokens = torch.tensor([[tokenizer.bos_token_id, *tokenizer(text.read_text())["input_ids"]]])
    with torch.no_grad():
        loss = model(input_ids=tokens, labels=tokens).loss
    assert text_perplexity(model, tokenizer, text, silent) == pytest.approx(math.exp(loss), rel=1e-4)


def test_a_long_text_is_measured_in_windows_of_the_models_context(tmp_path: Path) -> None:
    model, tokenizer = tiny_models()["llama"](), tiny_tokenizer()
    text = tmp_path / "text.txt"
    text.write_text("abcdefgh" * 200)
    told: list[tuple[float, float]] = []
    perplexity = text_perplexity(model, tokenizer, text, lambda _message, done, total: told.append((done, total)))
    assert math.isfinite(perplexity)
    assert told[0] == (0, 1600 // 255)


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "too short to measure on"), (b"\xff\xfe\xfa", "cannot be read as UTF-8 text")]
)
def test_a_text_that_cannot_be_measured_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes(content)
    with pytest.raises(BadInput, match=sentence):
        text_perplexity(tiny_models()["llama"](), tiny_tokenizer(), text, silent)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_speed_is_measured_on_dense_and_pruned_models(family: str) -> None:
    model = tiny_models()[family]()
    dense = measure_speed(model, torch.arange(3, 20), 5, 2, silent)
    remove_layers(model, (1, 3))
    pruned = measure_speed(model, torch.arange(3, 20), 5, 2, silent)
    for speed in (dense, pruned):
        assert speed.prefill_tokens_per_second > 0
        assert speed.decode_tokens_per_second > 0
        assert speed.peak_memory >= sum(parameter.nbytes for parameter in model.parameters())


def test_one_model_all_figures() -> None:
    model = tiny_models()["qwen3"]()
    reference = HeldoutReference.of(model, WINDOWS, silent)
    event, tasks = evaluate_model(model, tiny_tokenizer(), "dense", SIZES, reference, SETTINGS, silent)
    assert (event.variant, event.layers, event.parameters, event.bytes) == ("dense", *SIZES)
    assert event.text_perplexity is None
    assert tasks == []


def test_without_a_reference_the_held_out_figures_are_undefined() -> None:
    event, _ = evaluate_model(tiny_models()["gpt2"](), tiny_tokenizer(), "dense", SIZES, None, SETTINGS, silent)
    assert math.isnan(event.heldout_kl)
    assert math.isnan(event.heldout_perplexity)


def test_a_stop_is_heard_between_two_measurements() -> None:
    class Stopped(Exception):
        pass

    def stop(_message: str, _done: float, _total: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        evaluate_model(tiny_models()["llama"](), tiny_tokenizer(), "dense", SIZES, None, SETTINGS, stop)
