"""Perplexity on texts is lm-eval's rolling log-likelihood, to the last window."""

import codecs
import gzip
import math
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.api.settings import EvaluationSettings
from engine.evaluation.lm_eval_reading import TextReader
from engine.evaluation.perplexity import TextLoss, check_texts, text_loss
from engine.models.progress import silent
from engine.models.surgery import remove_layers
from tests.engine.tiny_models import CORE_FAMILIES, tiny_models, tiny_tokenizer

CONTEXT = 256
"""Of the tiny models."""
SENTENCE = "The quick brown fox\njumps over  the lazy dog; she said: Grüße! "


def loss_of(text: str, folder: Path, family: str = "llama", **values: object) -> TextLoss:
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    chosen = EvaluationSettings(**values)  # type: ignore[arg-type]
    return text_loss(tiny_models()[family](), tiny_tokenizer(), path, chosen, silent)


def text_of(tokens: int) -> str:
    """A text of so many bytes, which are the tokens of the tiny tokenizer."""
    return (SENTENCE.encode() * (tokens // 60 + 1))[:tokens].decode(errors="replace").replace("�", "x")


def lm_evals_own(text: str, family: str) -> float:
    """Minus the log-likelihood that lm-eval gives to a document."""
    from lm_eval.api.instance import Instance
    from lm_eval.models.huggingface import HFLM

    lm = HFLM(pretrained=tiny_models()[family](), tokenizer=tiny_tokenizer(), batch_size=2)
    request = Instance(request_type="loglikelihood_rolling", doc={}, arguments=(text,), idx=0)
    (found,) = lm.loglikelihood_rolling([request], disable_tqdm=True)
    return -float(found)


@pytest.mark.parametrize("stated", [{}, {"max_position_embeddings": 77}])
@pytest.mark.parametrize("first", ["<s>", None])
def test_a_text_is_read_as_lm_evals_model_class_reads_it(stated: dict[str, int], first: str | None) -> None:
    from lm_eval.models.huggingface import HFLM

    model, tokenizer = tiny_models()["llama"](), tiny_tokenizer()
    for field, value in stated.items():
        setattr(model.config, field, value)
    if first is not None:
        tokenizer.add_special_tokens({"bos_token": first})
    reader, lm = TextReader(model, tokenizer), HFLM(pretrained=model, tokenizer=tokenizer)
    assert (reader.context_tokens, reader.first_token) == (lm.max_length, lm.prefix_token_id)
    for text in (SENTENCE, f"<s>{SENTENCE}"):
        assert reader.encode(text) == lm.tok_encode(text)


@pytest.mark.parametrize("tokens", [40, CONTEXT, CONTEXT + 1, 3 * CONTEXT, 5 * CONTEXT + 77])
@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_the_loss_of_a_text_is_lm_evals_own_rolling_one(tmp_path: Path, family: str, tokens: int) -> None:
    text = text_of(tokens)
    assert sum(loss_of(text, tmp_path, family).losses) == pytest.approx(lm_evals_own(text, family), rel=1e-6)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_so_it_is_for_every_kind_of_decoder(tmp_path: Path, family: str) -> None:
    text = text_of(CONTEXT + 100)
    assert sum(loss_of(text, tmp_path, family).losses) == pytest.approx(lm_evals_own(text, family), rel=1e-5)


def test_word_and_byte_figures_follow_lm_evals_definitions(tmp_path: Path) -> None:
    from lm_eval.api.metrics import bits_per_byte, weighted_perplexity

    text = text_of(700)
    loss = loss_of(text, tmp_path)
    event = loss.event("dense", "text.txt")
    total, size, words = -sum(loss.losses), len(text.encode()), len(text.split())
    assert (event.bytes, event.tokens) == (size, size)
    assert event.words in (words, words + 1)  # white space at the end begins an empty word
    assert event.word_perplexity == pytest.approx(weighted_perplexity([(total, event.words)]))
    assert event.byte_perplexity == pytest.approx(weighted_perplexity([(total, size)]))
    assert event.bits_per_byte == pytest.approx(bits_per_byte([(total, size)]))
    assert event.token_perplexity == pytest.approx(event.byte_perplexity)  # a token is a byte here


@settings(max_examples=12, deadline=None)
@given(tokens=st.integers(2, 200), context=st.integers(8, 64), overlap=st.integers(0, 7))
def test_every_token_is_predicted_exactly_once(
    tmp_path_factory: pytest.TempPathFactory, tokens: int, context: int, overlap: int
) -> None:
    folder = tmp_path_factory.mktemp("text")
    loss = loss_of("a" * tokens, folder, context_tokens=context, overlap_tokens=overlap)
    assert sum(loss.predicted) == tokens
    assert max(loss.predicted) <= context


def test_a_context_in_front_of_each_window_helps_to_predict(tmp_path: Path) -> None:
    text = "abcdefgh" * 60
    plain = loss_of(text, tmp_path, context_tokens=16)
    overlapping = loss_of(text, tmp_path, context_tokens=16, overlap_tokens=12)
    assert len(overlapping.losses) > len(plain.losses)
    assert overlapping.bits_per_byte != plain.bits_per_byte


def test_a_pruned_model_is_measured_too(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(SENTENCE)
    model, tokenizer = tiny_models()["llama"](), tiny_tokenizer()
    remove_layers(model, (1, 3))
    tokens = torch.tensor([[tokenizer.bos_token_id, *tokenizer(SENTENCE)["input_ids"]]])
    with torch.no_grad():
        expected = model(input_ids=tokens, labels=tokens).loss
    found = text_loss(model, tokenizer, path, EvaluationSettings(), silent).event("pruned", "text.txt")
    assert found.token_perplexity == pytest.approx(math.exp(expected), rel=1e-4)


@pytest.mark.parametrize(
    ("content", "values", "sentence"),
    [
        (b"", {}, "too few for a measurement"),
        (b"\xff\xfe\xfa", {}, "cannot be read as UTF-8 text"),
        (gzip.compress(b"some text", mtime=0)[:-12], {}, "is cut short"),
        (b"PAR1 and so on", {}, "the table of contents at the end of the parquet file is missing"),
        (b"some text", {"context_tokens": 8, "overlap_tokens": 8}, "leaves no token to predict"),
    ],
)
def test_a_text_that_cannot_be_measured_is_refused(
    tmp_path: Path, content: bytes, values: dict[str, int], sentence: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    chosen = EvaluationSettings(**values)
    with pytest.raises(BadInput, match=sentence):
        text_loss(tiny_models()["llama"](), tiny_tokenizer(), path, chosen, silent)


def test_a_text_is_measured_by_its_characters_however_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(SENTENCE)
    plain = text_loss(tiny_models()["llama"](), tiny_tokenizer(), path, EvaluationSettings(), silent)
    content = SENTENCE.encode()
    for kept in (codecs.BOM_UTF8 + content, SENTENCE.encode("utf-16"), gzip.compress(content)):
        path.write_bytes(kept)
        assert text_loss(tiny_models()["llama"](), tiny_tokenizer(), path, EvaluationSettings(), silent) == plain


def test_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    here = tmp_path / "here.txt"
    here.write_text("text")
    with pytest.raises(BadInput, match=r"no text file gone\.txt to measure on \(evaluation\.texts\)"):
        check_texts(EvaluationSettings(texts=(str(here), "gone.txt")), CONTEXT)


@pytest.mark.parametrize(
    ("content", "values", "context", "sentence"),
    [
        (b"", {}, CONTEXT, r"text\.txt is empty"),
        ("größer".encode("latin-1"), {}, CONTEXT, "cannot be read as UTF-8 text"),
        (b"some text", {"context_tokens": 8, "overlap_tokens": 8}, 0, "no token to predict in windows of 8;"),
        (
            b"some text",
            {"context_tokens": 300, "overlap_tokens": 280},
            CONTEXT,
            "no token to predict in windows of 256",
        ),
        (b"some text", {"overlap_tokens": 256}, CONTEXT, "no token to predict in windows of 256"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_before_any_work(
    tmp_path: Path, content: bytes, values: dict[str, int], context: int, sentence: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=sentence):
        check_texts(EvaluationSettings(texts=(str(path),), **values), context)


def test_an_overlap_matters_where_there_are_texts_and_a_context_is_known(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("text")
    check_texts(EvaluationSettings(overlap_tokens=400), CONTEXT)
    check_texts(EvaluationSettings(texts=(str(path),), overlap_tokens=400), 0)
    check_texts(EvaluationSettings(texts=(str(path),), overlap_tokens=255), CONTEXT)
