"""A text of any length is measured in pieces, with the tokens and counts of the whole."""

import random
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lm_eval.utils import get_rolling_token_windows, make_disjoint_window
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from engine.api.errors import BadInput
from engine.evaluation import text_tokens as module
from engine.evaluation.perplexity import rolling_windows
from engine.evaluation.text_tokens import TextCounts, text_parts, text_tokens

WORDS = (
    "the", "brown", "Grüße", "数百万の漢字", "x=1;", "\n", "\n\n", "  ", "don't", "1234567", "👩‍👩‍👧‍👦", "a" * 70,
)  # fmt: skip


def trained(kind: str) -> PreTrainedTokenizerFast:
    """A small tokenizer of one of the usual kinds."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=kind == "prepended"))
    tokenizer.decoder = decoders.ByteLevel() if kind == "bytes" else decoders.Metaspace()
    if kind == "bytes":
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    alphabet = pre_tokenizers.ByteLevel.alphabet() if kind == "bytes" else []
    trainer = trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, show_progress=False)
    shuffled = random.Random(1)
    tokenizer.train_from_iterator([" ".join(shuffled.choices(WORDS, k=200)) for _ in range(20)], trainer)
    if kind == "prepended":  # as in Llama 2: no split into words once it is trained
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
        tokenizer.pre_tokenizer = None
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer)


@pytest.mark.parametrize("kind", ["bytes", "metaspace", "prepended"])
def test_a_long_text_has_the_tokens_of_the_whole(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_AT_ONCE": 500, "_PIECE": 300, "_MARGIN": 100}.items():
        monkeypatch.setattr(module, name, value)
    tokenizer, drawn = trained(kind), random.Random(2)
    reader = SimpleNamespace(tokenizer=tokenizer, encode=tokenizer.encode)
    for size in (1, 40, 200, 900):
        text = " ".join(drawn.choices(WORDS, k=size))
        step = drawn.randint(50, 300)
        parts = [text[start : start + step] for start in range(0, len(text), step)]
        assert [token for piece in text_tokens(reader, parts) for token in piece] == tokenizer.encode(text)


@given(st.lists(st.text(alphabet="ab \n\tü\u2003", max_size=6), max_size=8))
@settings(max_examples=60, deadline=None)
def test_words_and_bytes_are_those_of_the_whole_text(parts: list[str]) -> None:
    counts = TextCounts(parts)
    text = "".join(counts)
    assert text == "".join(parts)
    assert (counts.words, counts.bytes) == (len(re.split(r"\s+", text)), len(text.encode()))


@given(st.lists(st.integers(0, 9), max_size=50), st.integers(1, 20), st.data())
@settings(max_examples=60, deadline=None)
def test_windows_are_lm_evals_rolling_ones(tokens: list[int], longest: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, longest - 1))
    expected = map(make_disjoint_window, get_rolling_token_windows(tokens, 99, longest, overlap + 1))
    assert list(rolling_windows(iter(tokens), 99, longest, overlap)) == list(expected)


def test_only_a_piece_is_tokenised_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 4000)
    monkeypatch.setattr(module, "_PIECE", 1000)
    monkeypatch.setattr(module, "_MARGIN", 100)
    tokenizer, longest = trained("bytes"), 0

    class Watched(PreTrainedTokenizerFast):
        def __call__(self, text: str, **options: object) -> object:  # type: ignore[override]
            nonlocal longest
            longest = max(longest, len(text))
            return tokenizer(text, **options)

    watched = Watched(tokenizer_object=tokenizer.backend_tokenizer)
    reader = SimpleNamespace(tokenizer=watched, encode=watched.encode)
    assert sum(map(len, text_tokens(reader, iter(["no end of a line "] * 2000)))) > 2000
    assert longest <= 1100 + len("no end of a line ")


def test_of_a_table_the_texts_are_measured(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "text": "One."}\n{"id": 2, "text": "Two."}\n')
    (tmp_path / "rows.csv").write_text("id,text\n1,One.\n2,Two.\n")
    for name in ("rows.jsonl", "rows.csv"):
        assert "".join(text_parts(tmp_path / name)) == "One.\n\nTwo."
    (tmp_path / "numbers.csv").write_text("a,b\n1,2\n3,4\n")
    with pytest.raises(BadInput, match=r"numbers\.csv"):
        list(text_parts(tmp_path / "numbers.csv"))
