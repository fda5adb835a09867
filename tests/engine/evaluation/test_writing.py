"""What a model writes is what transformers' own generate() writes, and no character is shown before it is whole."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.calibration.script import end_tokens
from engine.evaluation.writing import GrowingText, drawn, written_tokens
from engine.models.surgery import remove_layers
from tests.engine.tiny_models import CORE_FAMILIES, VOCABULARY, tiny_models, tiny_tokenizer

TOKENIZER = tiny_tokenizer()
PROMPT = torch.arange(3, 12)[None]


@pytest.mark.parametrize("removed", [(), (0, 2)])
@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_the_likeliest_tokens_are_those_of_generate(family: str, removed: tuple[int, ...]) -> None:
    model = tiny_models()[family]()
    if removed:
        remove_layers(model, removed)
    ends = end_tokens(model, TOKENIZER)
    expected = model.generate(  # type: ignore[operator]
        PROMPT, attention_mask=torch.ones_like(PROMPT), do_sample=False, max_new_tokens=12, eos_token_id=ends
    )
    assert list(written_tokens(model, PROMPT, 12, ends)) == expected[0, PROMPT.shape[1] :].tolist()


def test_an_end_is_the_last_token() -> None:
    model = tiny_models()["llama"]()
    tokens = list(written_tokens(model, PROMPT, 12, ()))
    assert len(tokens) == 12
    assert list(written_tokens(model, PROMPT, 12, {tokens[4]})) == tokens[: tokens.index(tokens[4]) + 1]


def test_draws_depend_on_the_seed_alone_and_are_bolder_when_hot() -> None:
    model = tiny_models()["llama"]()

    def written(temperature: float, seed: int) -> list[int]:
        return list(written_tokens(model, PROMPT, 24, (), drawn(temperature, seed)))

    assert written(1.0, 3) == written(1.0, 3) != written(1.0, 4)
    assert written(1e-4, 3) == list(written_tokens(model, PROMPT, 24, ()))


@given(st.text(max_size=20), st.integers(min_value=0, max_value=80))
def test_whole_characters_only(text: str, cut: int) -> None:
    tokens = TOKENIZER(text)["input_ids"][:cut]
    growing = GrowingText(TOKENIZER)
    pieces = [growing.add(token) for token in tokens]
    assert not any(piece.endswith("\ufffd") for piece in pieces if "\ufffd" not in text)
    written = "".join([*pieces, growing.rest()])
    assert text.rstrip("\ufffd").startswith(written.rstrip("\ufffd"))
    if cut >= len(text.encode()):
        assert written.rstrip("\ufffd") == text.rstrip("\ufffd")


@given(st.lists(st.integers(min_value=0, max_value=VOCABULARY - 1), max_size=30))
def test_any_tokens_end_as_they_are_decoded_at_once(tokens: list[int]) -> None:
    growing = GrowingText(TOKENIZER)
    written = "".join([*(growing.add(token) for token in tokens), growing.rest()])
    assert written == TOKENIZER.decode(tokens, skip_special_tokens=True).rstrip("\ufffd")
