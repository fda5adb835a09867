"""One model, all figures: pace, bytes, words, texts and tasks, each said once."""

import math
from pathlib import Path

import pytest
import torch

from engine.api.errors import BadInput
from engine.api.events import (
    AnswersChecked,
    Event,
    FootprintMeasured,
    MessageLogged,
    ModelEvaluated,
    RemovalSet,
    SpeedMeasured,
    TextEvaluated,
    TextGenerated,
)
from engine.api.run_state import RunState
from engine.api.settings import EvaluationSettings
from engine.evaluation.evaluate import Evaluation
from engine.evaluation.footprint import footprint
from engine.evaluation.heldout import HeldoutReference
from engine.evaluation.paired import SampledFigures
from engine.evaluation.speed import check_answer, measure_speed
from engine.evaluation.tasks import TaskFigure
from engine.evaluation.writing import continuation
from engine.models.progress import silent
from engine.models.surgery import remove_layers
from tests.engine.fitness.cases import token_windows
from tests.engine.tiny_models import CORE_FAMILIES, HIDDEN, LAYERS, VOCABULARY, tiny_models, tiny_tokenizer

WINDOWS = token_windows(4, 20, VOCABULARY)
SIZES = (6, 1000, 4000)
SETTINGS = EvaluationSettings(
    prompt_tokens=(12,), decode_tokens=4, repeats=1, prompts=("One",), written_tokens=5, answer_tokens=3
)


def evaluated(
    known: RunState,
    family: str = "llama",
    figures: SampledFigures | None = None,
    removed: RemovalSet = (),
    **changes: object,
) -> list[Event]:
    """Everything that is said of a tiny model, without the layers ``removed``."""
    model = tiny_models()[family]()
    reference = HeldoutReference.of(model, WINDOWS, silent)
    remove_layers(model, removed)
    values = {name: getattr(SETTINGS, name) for name in SETTINGS.__struct_fields__}
    evaluation = Evaluation(
        model=model,
        tokenizer=tiny_tokenizer(),
        variant="pruned" if removed else "dense",
        sizes=SIZES,
        reference=reference,
        settings=EvaluationSettings(**{**values, **changes}),
        known=known,
        figures=figures or SampledFigures(),
        report=silent,
    )
    said = []
    for event in evaluation.events():
        known.apply(event)
        said.append(event)
    return said


def test_a_model_is_told_last_when_all_else_is_known(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("A text that is measured.")
    said = evaluated(RunState(), "qwen3", texts=(str(text),))
    kinds = [type(event) for event in said]
    assert kinds == [
        SpeedMeasured,
        FootprintMeasured,
        TextGenerated,
        AnswersChecked,
        TextEvaluated,
        ModelEvaluated,
    ]
    model, measured = said[-1], said[-2]
    assert isinstance(model, ModelEvaluated)
    assert isinstance(measured, TextEvaluated)
    assert (model.variant, model.layers, model.parameters, model.bytes) == ("dense", *SIZES)
    assert model.text_perplexity == measured.token_perplexity
    assert model.heldout_kl == 0.0


def test_texts_of_one_name_have_differences_of_their_own(tmp_path: Path) -> None:
    texts = tuple(str(tmp_path / folder / "test.txt") for folder in "ab")
    for text, words in zip(texts, ("A text that is measured.", "0x1f ~~ quite another one!"), strict=True):
        Path(text).parent.mkdir()
        Path(text).write_text(words)
    known, figures = RunState(), SampledFigures()
    evaluated(known, figures=figures, texts=texts)
    evaluated(known, figures=figures, removed=(2, 4), texts=texts)
    for text, folder in zip(texts, "ab", strict=True):
        told = known.differences[f"bits per byte, {folder}/test.txt", "pruned", "dense"]
        bits = [known.texts[variant, text].bits_per_byte for variant in ("pruned", "dense")]  # type: ignore[index]
        assert told.value == pytest.approx(bits[0] - bits[1])


def test_the_difference_of_a_task_is_that_of_its_own_figure_and_not_of_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(task: str, _model: object, *_rest: object) -> list[TaskFigure]:
        value = next(values)
        return [TaskFigure("piqa", "acc", value, 0.1, 4, (), part_of="" if task == "piqa" else task)]

    values = iter((0.75, 0.6, 0.5, 0.55))
    monkeypatch.setattr("engine.evaluation.evaluate.run_task", answered)
    known, figures = RunState(), SampledFigures()
    evaluated(known, figures=figures, tasks=("piqa", "group"))
    evaluated(known, figures=figures, removed=(2,), tasks=("piqa", "group"))
    assert known.differences["piqa, acc", "pruned", "dense"].value == pytest.approx(0.5 - 0.75)


def test_what_is_known_already_is_not_measured_again(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("A text that is measured.")
    first = evaluated(RunState(), texts=(str(text),))
    again = evaluated(RunState.replay(first[:-1]), texts=(str(text),))
    assert [type(event) for event in again] == [ModelEvaluated]


def test_answers_are_left_out_where_none_are_wanted_or_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(isinstance(event, AnswersChecked) for event in evaluated(RunState(), answer_tokens=0))
    monkeypatch.setattr("engine.evaluation.evaluate.checked_answers", lambda *_: ())
    said = evaluated(RunState())
    assert not any(isinstance(event, AnswersChecked) for event in said)
    (message,) = [event for event in said if isinstance(event, MessageLogged)]
    assert message.message.startswith("The model's context is too short for a question and an answer")


def test_every_prompt_length_is_timed_with_every_batch_size_and_fits_the_context() -> None:
    said = evaluated(RunState(), prompt_tokens=(8, 16, 1000), batch_sizes=(1, 3))
    speeds = [event for event in said if isinstance(event, SpeedMeasured)]
    assert [(speed.prompt_tokens, speed.batch_size) for speed in speeds] == [
        (length, rows) for length in (8, 16, 252) for rows in (1, 3)
    ]
    assert all(speed.prefill.least <= speed.prefill.median <= speed.prefill.most for speed in speeds)


def test_each_prompt_is_continued_once() -> None:
    state = RunState()
    said = evaluated(state, prompts=("One", "Two", "", "One"))
    assert [event.prompt for event in said if isinstance(event, TextGenerated)] == ["One", "Two"]
    again = evaluated(state, prompts=("One", "Two", "Three"))
    assert [event.prompt for event in again if isinstance(event, TextGenerated)] == ["Three"]


@pytest.mark.parametrize(("prompt", "written"), [("One", 253), ("a" * 255, 1), ("a" * 256, 0), ("a" * 300, 0)])
def test_what_is_written_ends_with_the_context(monkeypatch: pytest.MonkeyPatch, prompt: str, written: int) -> None:
    """GPT-2 has learned positions: there is no 257th."""
    monkeypatch.setattr("engine.evaluation.writing.end_tokens", lambda *_: [])
    tokens: list[int] = []
    decode = tiny_tokenizer().decode
    monkeypatch.setattr(type(tiny_tokenizer()), "decode", lambda _, found, **_k: tokens.extend(found) or decode(found))
    evaluated(RunState(), "gpt2", prompts=(prompt,), written_tokens=300, answer_tokens=0)
    assert len(tokens) == written


def test_an_answer_that_does_not_fit_the_context_is_refused() -> None:
    check_answer(EvaluationSettings(decode_tokens=255), 256)
    check_answer(EvaluationSettings(decode_tokens=300), 0)
    with pytest.raises(BadInput, match=r"evaluation\.decode_tokens is 256, but the model takes 256 tokens"):
        check_answer(EvaluationSettings(decode_tokens=256), 256)
    said = evaluated(RunState(), "gpt2", decode_tokens=255, prompt_tokens=(12,))
    assert isinstance(said[0], SpeedMeasured)
    assert said[0].prompt_tokens == 1


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory")], ids=repr
)
def test_a_batch_that_does_not_fit_is_left_out_with_a_word(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def small_device(_model: object, variant: str, prompts: torch.Tensor, *rest: object) -> SpeedMeasured:
        if len(prompts) > 1:
            raise error
        return measure_speed(_model, variant, prompts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("engine.evaluation.speeds.measure_speed", small_device)
    said = evaluated(RunState(), batch_sizes=(1, 64))
    (message,) = [event for event in said if isinstance(event, MessageLogged)]
    assert message.message == "Dense: 64 prompts of 12 tokens do not fit into the device's memory and are not timed."
    assert isinstance(said[-1], ModelEvaluated)


def test_without_a_reference_the_held_out_figures_are_undefined() -> None:
    known, model = RunState(), tiny_models()["gpt2"]()
    evaluation = Evaluation(model, tiny_tokenizer(), "dense", SIZES, None, SETTINGS, known, SampledFigures(), silent)
    for event in evaluation.events():
        known.apply(event)
    assert math.isnan(known.evaluated["dense"].heldout_kl)


def test_a_stop_is_heard_between_two_measurements() -> None:
    class Stopped(Exception):
        pass

    def stop(_message: str, _done: float, _total: float) -> None:
        raise Stopped

    model = tiny_models()["llama"]()
    evaluation = Evaluation(model, tiny_tokenizer(), "dense", SIZES, None, SETTINGS, RunState(), SampledFigures(), stop)
    with pytest.raises(Stopped):
        list(evaluation.events())


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_dense_and_pruned_models_are_timed_and_counted(family: str) -> None:
    model = tiny_models()[family]()
    dense = footprint(model, "dense", 100)
    remove_layers(model, (1, 3))
    pruned = footprint(model, "pruned", 100)
    assert pruned.bytes_4bit < pruned.bytes_8bit < pruned.bytes_16bit < dense.bytes_16bit
    assert pruned.cache_bytes < dense.cache_bytes
    speed = measure_speed(model, "pruned", torch.arange(3, 20)[None], 5, 2, silent)
    assert speed.prefill.least > 0
    assert speed.decode.least > 0
    assert speed.peak_memory >= sum(parameter.nbytes for parameter in model.parameters())


@pytest.mark.parametrize("family", [*CORE_FAMILIES, "smollm3", "qwen3_moe"])
@pytest.mark.parametrize("context", [3, 30])
def test_the_cache_is_as_large_as_the_one_that_such_a_prompt_leaves(family: str, context: int) -> None:
    from transformers import DynamicCache

    model = tiny_models()[family]()
    cache = DynamicCache(config=model.config)
    with torch.no_grad():
        model(input_ids=torch.ones((1, context), dtype=torch.long), past_key_values=cache, use_cache=True)
    real = sum(layer.keys.nbytes + layer.values.nbytes for layer in cache.layers)
    assert footprint(model, "dense", context).cache_bytes == real


@pytest.mark.parametrize("family", ["llama", "qwen3_moe"])
def test_elements_of_the_cache_are_the_same_in_every_number_format(family: str) -> None:
    found = [footprint(tiny_models()[family]().to(dtype), "dense", 100) for dtype in (torch.float32, torch.bfloat16)]
    assert [each.cache_bytes // each.cache_elements for each in found] == [4, 2]
    assert found[0].cache_elements == found[1].cache_elements


def test_quantised_sizes_follow_their_rule() -> None:
    model = tiny_models()["llama"]()
    found = footprint(model, "dense", 1)
    matrices = LAYERS * (2 * HIDDEN * HIDDEN + 2 * 16 * HIDDEN + 2 * 48 * HIDDEN)  # rows of 32: one group each
    wide = LAYERS * HIDDEN  # rows of the down projection, 48 numbers: two groups each
    parameters = sum(parameter.numel() for parameter in model.parameters())
    rest = 2 * (parameters - matrices - 48 * wide)
    scales = 2 * matrices // 32 + 2 * 2 * wide
    assert found.bytes_16bit == 2 * parameters
    assert found.bytes_8bit == rest + matrices + 48 * wide + scales
    assert found.bytes_4bit == rest + (matrices + 48 * wide) // 2 + scales


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_a_continuation_is_the_models_own_greedy_one(family: str) -> None:
    model, tokenizer = tiny_models()[family](), tiny_tokenizer()
    tokens = tokenizer("Once", return_tensors="pt")["input_ids"]
    expected = model.generate(tokens, max_new_tokens=6, do_sample=False, pad_token_id=0)[0, tokens.shape[1] :]
    written = continuation(model, tokenizer, "Once", 6)
    assert written == tokenizer.decode(expected, skip_special_tokens=True)
