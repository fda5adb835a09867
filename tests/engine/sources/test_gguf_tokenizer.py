"""The tokenizer of a GGUF file cuts texts as llama.cpp does, or is refused."""

from pathlib import Path
from typing import Any

import pytest
from gguf import TokenType
from transformers import PreTrainedTokenizerFast

from engine.api.errors import BadInput
from engine.models.loading import load_tokenizer
from engine.models.progress import silent
from engine.sources.gguf.parts import read_gguf
from engine.sources.gguf.tokenizer import gguf_tokenizer
from engine.sources.resolve import resolve_source
from tests.engine.tiny_gguf import write_tiny_gguf
from tests.engine.tiny_models import tiny_tokenizer

ALPHABET = tiny_tokenizer().convert_ids_to_tokens(list(range(259)))
PAIRS = ["1 2", "2 3", "12 3", "a .", "Ġ a"]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "tiny.gguf"


def tokenizer_of(file: Path, **fields: Any) -> PreTrainedTokenizerFast:
    """Every byte is a token, and so is each of ``PAIRS``; ``__`` stands for the point in a field's name."""
    tokens = [*ALPHABET, *("".join(pair.split()) for pair in PAIRS)]
    wanted = {"tokenizer.ggml.tokens": tokens, "tokenizer.ggml.merges": PAIRS}
    stated = {name.replace("__", "."): value for name, value in fields.items()}
    write_tiny_gguf(file, fields=wanted | {f"tokenizer.{name}": value for name, value in stated.items()})
    return gguf_tokenizer(read_gguf(file))


def pieces(tokenizer: PreTrainedTokenizerFast, text: str) -> list[str]:
    return tokenizer.convert_ids_to_tokens(tokenizer(text, add_special_tokens=False).input_ids)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("gpt-2", "I|'|M| 1234|.|5|,| aB|=|c"),
        ("smollm", "I|'|M| |1|2|3|4|.|5|,| aB|=|c"),
        ("qwen2", "I|'M| |1|2|3|4|.|5|,| aB|=c"),
        ("stablelm2", "I|'M| |1|2|3|4|.|5|,| aB|=c"),
        ("llama-bpe", "I|'M| |123|4|.|5|,| aB|=c"),
        ("glm4", "I|'M| |123|4|.|5|,| aB|=c"),
        ("tekken", "I|'M| |1|2|3|4|.|5|,| a|B|=c"),
        ("falcon", "I|'|M| |123|4|.|5|,| aB|=|c"),
        ("deepseek-coder", "I|'|M| |1|2|3|4|.|5|,| aB|=|c"),
        ("bloom", "I'M| 1234|.|5|,| aB=c"),
        ("viking", "I'M| |1|2|3|4|.|5|,| aB=c"),
        ("default", "I|'|M| |123|4|.|5|,| aB|=|c"),
        (None, "I|'|M| |123|4|.|5|,| aB|=|c"),
    ],
)
def test_texts_are_cut_by_the_rule_of_the_file(file: Path, rule: str | None, expected: str) -> None:
    """As llama.cpp's own tokenizer cuts them; no merge goes over a cut."""
    cut = tokenizer_of(file, ggml__pre=rule).backend_tokenizer.pre_tokenizer
    found = [piece.replace("Ġ", " ") for piece, _ in cut.pre_tokenize_str("I'M 1234.5, aB=c")]
    assert found == expected.split("|")


@pytest.mark.parametrize("rule", ["kimi-k2", "no-such-rule", 7, ["gpt-2"]])
def test_an_unknown_rule_is_refused(file: Path, rule: object) -> None:
    with pytest.raises(BadInput, match=r"splits texts by the unknown rule .* \(tokenizer\.ggml\.pre\)"):
        tokenizer_of(file, ggml__pre=rule)


def test_a_llama_3_begins_texts_with_its_token_unless_it_says_otherwise(file: Path) -> None:
    assert tokenizer_of(file, ggml__pre="llama-bpe")("x").input_ids[0] == 1
    file.unlink()
    assert tokenizer_of(file, ggml__pre="llama-bpe", ggml__add_bos_token=False)("x").input_ids[0] != 1
    file.unlink()
    assert tokenizer_of(file, ggml__pre="gpt-2")("x").input_ids[0] != 1


def test_a_whole_word_that_is_a_token_stays_whole_in_llama_3(file: Path) -> None:
    merges = {"ggml__merges": ["1 2"]}
    assert pieces(tokenizer_of(file, ggml__pre="llama-bpe", **merges), "123") == ["123"]
    file.unlink()
    assert pieces(tokenizer_of(file, ggml__pre="gpt-2", **merges), "123") == ["12", "3"]


def test_merges_that_make_no_token_are_passed_over(file: Path) -> None:
    """The tokenizers library refuses them: 'Token `xy` out of vocabulary'."""
    tokenizer = tokenizer_of(file, ggml__pre="gpt-2", ggml__merges=["x y", "nonsense", "1 2"])
    assert pieces(tokenizer, "xy12") == ["x", "y", "12"]


def test_a_vocabulary_of_bytes_needs_no_merges(file: Path) -> None:
    assert pieces(tokenizer_of(file, ggml__pre="gpt-2", ggml__merges=None), "12") == ["1", "2"]


def test_sentencepiece_is_read_by_its_scores(file: Path) -> None:
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁", "h", "i", "hi", "▁hi"]
    kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL, *[TokenType.BYTE] * 256, *[TokenType.NORMAL] * 5]
    stated = {
        "tokens": tokens,
        "scores": [float(-place) for place in range(264)],
        "token_type": [int(k) for k in kinds],
    }
    fields = {f"ggml__{name}": value for name, value in stated.items()}
    write_tiny_gguf(file)
    tokenizer = read_again(file, {**fields, "ggml__model": "llama", "ggml__merges": None})
    assert pieces(tokenizer, "hi") == ["▁hi"]
    assert tokenizer("hi").input_ids[0] == 1
    with pytest.raises(BadInput, match="has neither scores nor merges"):
        read_again(file, {**fields, "ggml__model": "llama", "ggml__merges": None, "ggml__scores": None})


def read_again(file: Path, fields: dict[str, Any]) -> PreTrainedTokenizerFast:
    file.unlink()
    return tokenizer_of(file, **fields)


@pytest.mark.parametrize("kind", ["bert", "rwkv", "t5", "plamo2", "none", None, 3])
def test_a_kind_that_transformers_does_not_read_is_named(file: Path, kind: object) -> None:
    with pytest.raises(BadInput, match="has a tokenizer of the kind"):
        tokenizer_of(file, ggml__model=kind)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ggml__eos_token_id": 264}, "states 264 for tokenizer.ggml.eos_token_id, but has 264 tokens"),
        ({"ggml__bos_token_id": -1}, "states -1 for tokenizer.ggml.bos_token_id"),
        ({"ggml__bos_token_id": "x"}, "states 'x' for tokenizer.ggml.bos_token_id"),
        ({"ggml__unknown_token_id": True}, "states True for tokenizer.ggml.unknown_token_id"),
        ({"ggml__tokens": [1] * 264}, "tokenizer.ggml.tokens is not a list"),
        ({"ggml__tokens": "abc"}, "holds no vocabulary"),
        ({"ggml__merges": [1, 2]}, "tokenizer.ggml.merges is not a list"),
        ({"ggml__merges": "1 2"}, "tokenizer.ggml.merges is not a list"),
        ({"ggml__token_type": [1] * 3}, "tokenizer.ggml.token_type is not a list of the right kind and length"),
        ({"ggml__scores": ["a"] * 264}, "tokenizer.ggml.scores is not a list"),
        ({"ggml__add_bos_token": "yes"}, "states 'yes' for its tokenizer's add_bos_token"),
        ({"chat_template": 7}, "states 7 for its tokenizer's chat_template"),
    ],
)
def test_what_does_not_fit_is_refused_before_weights_are_read(
    file: Path, fields: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.sources.gguf.conversion._convert", lambda *_args: pytest.fail("the weights were read"))
    stated = {f"tokenizer.{name.replace('__', '.')}": value for name, value in fields.items()}
    write_tiny_gguf(file, fields=stated)
    with pytest.raises(BadInput) as caught:
        resolve_source(str(file), "main", silent)
    assert words in str(caught.value)


def test_the_chat_template_comes_along(file: Path) -> None:
    template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    write_tiny_gguf(file, fields={"tokenizer.chat_template": template})
    kept = load_tokenizer(resolve_source(str(file), "main", silent).path)
    assert kept.chat_template == template
    assert (kept.bos_token, kept.eos_token, kept.pad_token) == ("<s>", "</s>", "<pad>")


def test_a_tokenizer_that_the_family_replaces_is_refused(file: Path) -> None:
    """transformers gives a Qwen 2 a tokenizer of its own, whatever is saved beside it."""
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁", "h", "i", "hi", "▁hi"]
    scores = [float(-place) for place in range(264)]
    vocabulary = {"model": "llama", "tokens": tokens, "scores": scores, "merges": None, "token_type": [1] * 264}
    fields = {f"tokenizer.ggml.{name}": value for name, value in vocabulary.items()}
    write_tiny_gguf(file, family="qwen2_yarn", fields=fields)
    with pytest.raises(BadInput, match="has a tokenizer that this kind of model does not have in transformers"):
        resolve_source(str(file), "main", silent)


def test_no_token_is_added_that_the_model_has_no_embedding_for(file: Path) -> None:
    """transformers' builder adds GPT-2's <|endoftext|> to every vocabulary of bytes."""
    tokenizer = tokenizer_of(file, ggml__pre="llama-bpe")
    assert len(tokenizer) == 264
    assert max(tokenizer("<|endoftext|> 123").input_ids) < 264
