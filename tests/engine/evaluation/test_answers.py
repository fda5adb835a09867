"""A model's answers to a dozen questions: their language, their end, and how much they repeat."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import GenerationConfig, PreTrainedModel

from engine.api.events import CheckedAnswer
from engine.calibration.script import end_tokens
from engine.evaluation import answers as checked
from engine.evaluation.answers import checked_answers, questions, repeated_share
from engine.evaluation.identified_language import identified_language
from engine.evaluation.writing import written_tokens
from engine.models.progress import silent
from engine.models.surgery import remove_layers
from tests.engine.tiny_models import CORE_FAMILIES, tiny_models, tiny_tokenizer

TOKENIZER = tiny_tokenizer()
SHORT_CHUNKS = {"llama4"}
"""Families whose tiny model attends within chunks shorter than a question, and padding shifts their bounds; real models
have chunks of 8,192 tokens."""
LANGUAGES = [each.language for each in questions()]
SENTENCES = {
    "en": "Because it is hot and they sweat a lot.",
    "de": "Weil der Körper sich ausruhen muss.",
    "fr": "Parce que les mains portent des microbes.",
    "es": "Porque mantiene sano el corazón.",
    "it": "Perché con l'umidità si forma la muffa.",
    "pt": "Porque o movimento é importante para a saúde.",
    "nl": "Omdat die het hoofd beschermt bij een val.",
    "pl": "Ponieważ drzewa oszczędzają wodę przed zimą.",
    "ru": "Потому что на улице холодно.",
    "zh": "因为咖啡会让人睡不着。",
    "ja": "濡れないようにするためです。",
    "ar": "لأنهم يريدون أن يتعافوا بسرعة.",
}


def test_each_of_a_dozen_questions_is_in_a_language_of_its_own_and_recognised_as_such() -> None:
    assert len(set(LANGUAGES)) == len(LANGUAGES) == 12
    assert [identified_language(each.text, LANGUAGES) for each in questions()] == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_sentence_is_recognised(language: str) -> None:
    assert identified_language(SENTENCES[language], LANGUAGES) == language


@pytest.mark.parametrize("text", ["", " \n", "42", "!?", "12:30"])
def test_a_text_that_shows_no_language_has_none(text: str) -> None:
    assert identified_language(text, LANGUAGES) == ""


def test_the_repeated_share_is_that_of_sequences_that_were_there_before() -> None:
    assert repeated_share([1, 2, 3, 4, 5, 6]) == 0.0
    assert repeated_share([1, 2, 3]) == repeated_share([]) == 0.0
    assert repeated_share([7] * 8) == pytest.approx(4 / 5)
    assert repeated_share([1, 2, 3, 4] * 3) == pytest.approx(5 / 9)
    assert repeated_share([1, 1, 2], span=1) == pytest.approx(1 / 3)


@given(st.lists(st.integers(0, 3), max_size=30))
def test_writing_a_text_twice_repeats_at_least_as_much(tokens: list[int]) -> None:
    assert 0 <= repeated_share(tokens) <= repeated_share(tokens * 2) < 1


def answered(monkeypatch: pytest.MonkeyPatch, texts: Sequence[str], end: bool = True) -> tuple[CheckedAnswer, ...]:
    """What is found of a model that answers the questions with ``texts`` and then writes its end token, or does not."""
    tail = [TOKENIZER.eos_token_id] if end else []
    written = [[*TOKENIZER(text)["input_ids"], *tail] for text in texts]
    monkeypatch.setattr(checked, "_answers", lambda *_: written)
    return checked_answers(tiny_models()["llama"](), TOKENIZER, 40, 0, silent)


def test_answers_in_the_language_of_the_question_are_told_from_others(monkeypatch: pytest.MonkeyPatch) -> None:
    right = answered(monkeypatch, [SENTENCES[language] for language in LANGUAGES])
    assert [each.answered_in for each in right] == [each.language for each in right] == LANGUAGES
    assert all(each.ended and each.repetition < 0.2 for each in right)
    drifted = answered(monkeypatch, [SENTENCES["en"]] * 12)
    assert [each.language for each in drifted if each.answered_in == each.language] == ["en"]


def test_a_question_that_is_repeated_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {each.answered_in for each in answered(monkeypatch, [each.text for each in questions()])} == {""}
    beginnings = [each.text[: len(each.text) // 2] for each in questions()]
    assert {each.answered_in for each in answered(monkeypatch, beginnings)} == {""}
    followed = [f"{each.text}\n{SENTENCES[each.language]}" for each in questions()]
    assert [each.answered_in for each in answered(monkeypatch, followed)] == LANGUAGES


def test_an_answer_that_stops_at_the_limit_has_not_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(monkeypatch, ["No end, no end, no end, no end"] * 12, end=False)
    assert not any(each.ended for each in found)
    assert all(each.repetition > 0.5 and each.text == "No end, no end, no end, no end" for each in found)


def test_what_is_written_after_the_end_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    end = TOKENIZER.eos_token_id
    monkeypatch.setattr(checked, "_answers", lambda *_: [[5, 6, 7, end, 5, 6, 7, 5, 6, 7]] * 12)
    for each in checked_answers(tiny_models()["llama"](), TOKENIZER, 40, 0, silent):
        assert (each.ended, each.repetition, each.text) == (True, 0.0, str(TOKENIZER.decode([5, 6, 7])).strip())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The tokens of the answers that a test lets a model write, with what follows an end token."""
    rows: list[list[int]] = []
    write = checked._answers

    def noted(*arguments: Any) -> list[list[int]]:
        rows[:] = write(*arguments)
        return rows

    monkeypatch.setattr(checked, "_answers", noted)
    return rows


@torch.no_grad()
def likeliest(model: PreTrainedModel, prompt: Sequence[int], row: Sequence[int]) -> list[int]:
    """Return the model's first choice at each place of an answer, for the question alone and without a cache.

    A model that writes alone, token by token, comes to the same answer exactly if each token is its first choice.
    """
    logits = model(input_ids=torch.tensor([[*prompt, *row[:-1]]]), use_cache=False).logits
    return [int(token) for token in logits[0, len(prompt) - 1 :].argmax(-1)]


def assert_written_as_alone(model: PreTrainedModel, answers: Sequence[CheckedAnswer], rows: list[list[int]]) -> None:
    ends = set(end_tokens(model, TOKENIZER))
    prompts = checked._prompts(TOKENIZER, questions())
    for prompt, row, answer in zip(prompts, rows, answers, strict=True):
        length = next((place for place, token in enumerate(row, 1) if token in ends), len(row))
        alone = likeliest(model, prompt, row[:length])
        assert alone == row[:length]
        assert str(TOKENIZER.decode(alone, skip_special_tokens=True)).strip() == answer.text


@pytest.mark.slow
@pytest.mark.parametrize("family", sorted(tiny_models().keys() - SHORT_CHUNKS))
def test_answers_written_together_are_those_written_alone(family: str, written: list[list[int]]) -> None:
    model = tiny_models()[family]()
    assert_written_as_alone(model, checked_answers(model, TOKENIZER, 3, 0, silent), written)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_a_pruned_model_writes_them_together_too(family: str, written: list[list[int]]) -> None:
    model = tiny_models()[family]()
    remove_layers(model, (1, 3))
    assert_written_as_alone(model, checked_answers(model, TOKENIZER, 4, 0, silent), written)


def test_a_model_reads_other_texts_with_a_cache_afterwards() -> None:
    model, prompt = tiny_models()["qwen2_vl"](), torch.arange(3, 12)[None]
    before = list(written_tokens(model, prompt, 4, ()))
    checked_answers(model, TOKENIZER, 4, 0, silent)
    assert list(written_tokens(model, prompt, 4, ())) == before


def test_a_models_own_way_to_generate_is_set_aside_and_put_back() -> None:
    model = tiny_models()["llama"]()
    plain = checked_answers(model, TOKENIZER, 8, 0, silent)
    own = GenerationConfig(do_sample=True, temperature=9.0, repetition_penalty=5.0, min_new_tokens=3, eos_token_id=2)
    model.generation_config = own
    assert checked_answers(model, TOKENIZER, 8, 0, silent) == plain
    assert model.generation_config is own


def test_answers_end_with_the_context_and_are_left_out_where_there_is_no_room() -> None:
    model = tiny_models()["gpt2"]()
    longest = max(map(len, checked._prompts(TOKENIZER, questions())))
    found = checked_answers(model, TOKENIZER, 40, longest + 2, silent)
    assert all(len(each.text) <= 2 for each in found)  # a token is a byte
    assert checked_answers(model, TOKENIZER, 40, longest, silent) == ()


def test_a_model_without_a_chat_template_continues_after_the_question() -> None:
    bare = tiny_tokenizer()
    bare.chat_template = None
    for question, prompt in zip(questions(), checked._prompts(bare, questions()), strict=True):
        assert bare.decode(prompt) == f"{question.text}\n"


def test_a_template_is_asked_not_to_let_the_model_think_first() -> None:
    thinking = tiny_tokenizer()
    thinking.chat_template = (
        "{% for message in messages %}{{ message['content'] }}{% endfor %}"
        "{% if add_generation_prompt %}|{% if enable_thinking is false %}no thinking|{% endif %}{% endif %}"
    )
    for question, prompt in zip(questions(), checked._prompts(thinking, questions()), strict=True):
        assert thinking.decode(prompt) == f"{question.text}|no thinking|"


def test_a_batch_that_does_not_fit_is_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    model, sizes = tiny_models()["llama"](), []
    expected = checked_answers(model, TOKENIZER, 4, 0, silent)
    generate = type(model).generate

    def on_a_small_device(self: PreTrainedModel, tokens: torch.Tensor, **options: object) -> torch.Tensor:
        sizes.append(len(tokens))
        if len(tokens) > 3:
            raise torch.OutOfMemoryError
        return generate(self, tokens, **options)  # type: ignore[no-any-return, arg-type]

    monkeypatch.setattr(type(model), "generate", on_a_small_device)
    assert checked_answers(model, TOKENIZER, 4, 0, silent) == expected
    assert sizes == [12, 6, 3, 3, 3, 3]


def test_a_stop_is_heard_between_two_tokens() -> None:
    class Stopped(Exception):
        pass

    calls = count()

    def stop(_message: str, _done: float, _total: float) -> None:
        if next(calls) == 2:
            raise Stopped

    model = tiny_models()["llama"]()
    own = model.generation_config
    with pytest.raises(Stopped):
        checked_answers(model, TOKENIZER, 40, 0, stop)
    assert model.generation_config is own


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    checked_answers(tiny_models()["qwen3"](), TOKENIZER, 4, 0, silent)
    assert capfd.readouterr() == ("", "")
