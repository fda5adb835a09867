"""What happens to the metadata of a GGUF file when blocks go."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.errors import BadInput
from engine.models.gguf_layers import WINDOW_PATTERN, decoder_layers, edited_fields
from engine.models.removal import Removal

WINDOW = "attention.sliding_window"


def edited(architecture: str, fields: dict[str, Any], *removed: int) -> dict[str, Any]:
    return edited_fields(architecture, fields, Removal(decoder_layers(fields), removed))


@pytest.mark.parametrize(
    ("architecture", "fields", "expected"),
    [
        ("llama", {"block_count": 6, "context_length": 64}, {"block_count": 4}),
        ("llama", {"block_count": 6, WINDOW: 8}, {"block_count": 4}),
        (
            "openelm",
            {"block_count": 6, "attention.head_count": [1, 2, 3, 4, 5, 6], "rope.dimension_sections": [0] * 6},
            {"block_count": 4, "attention.head_count": [1, 3, 4, 6]},
        ),
        (
            "glm4moe",
            {"block_count": 7, "nextn_predict_layers": 1, "leading_dense_block_count": 2, "per_block": [*"abcdefg"]},
            {
                "block_count": 4,
                "nextn_predict_layers": 0,
                "leading_dense_block_count": 1,
                "per_block": ["a", "c", "d", "f"],
            },
        ),
        ("qwen3next", {"block_count": 6, "attention.layer_indices": [1, 3, 5]}, {"attention.layer_indices": [2, 3]}),
    ],
)
def test_only_what_must_change_changes(architecture: str, fields: dict[str, Any], expected: dict[str, Any]) -> None:
    assert edited(architecture, fields, 1, 4) == {"block_count": 4} | expected


@pytest.mark.parametrize(
    ("architecture", "stated", "expected"),
    [
        ("gemma2", {}, [True, True, False, False]),
        ("gpt-oss", {}, [True, True, False, False]),
        ("gemma3", {}, [True, True, True, False]),
        ("cohere2", {}, [True, True, False, True]),
        ("gemma3", {WINDOW_PATTERN: 3}, [True, False, True, False]),
        ("gemma3", {WINDOW_PATTERN: [False, True, True, False, True, False]}, [False, True, False, False]),
    ],
)
def test_the_sliding_windows_are_written_out(architecture: str, stated: dict[str, Any], expected: list[bool]) -> None:
    fields = {"block_count": 6, WINDOW: 8, **stated}
    assert edited(architecture, fields, 1, 4)[WINDOW_PATTERN] == expected


@pytest.mark.parametrize(
    ("architecture", "fields", "words"),
    [
        ("gemma2", {"block_count": 46, WINDOW: 8}, "number of layers"),
        ("gemma3", {"block_count": 62, WINDOW: 8}, "number of layers"),
        ("deepseek2", {"block_count": 27}, "number of layers"),
        ("baichuan", {"block_count": 32}, "number of layers"),
        ("smollm3", {"block_count": 8}, "every 4th"),
        ("llama4", {"block_count": 8, WINDOW: 8}, "every 4th"),
        ("qwen3next", {"block_count": 8, "full_attention_interval": 4}, "every 4th"),
        ("minicpm", {"block_count": 8}, "scales"),
        ("gemma4", {"block_count": 8, "attention.shared_kv_layers": 3}, "earlier ones"),
        ("gemma3n", {"block_count": 8, "embedding_length_per_layer_input": 256}, "each layer"),
        ("newcomer", {"block_count": 8, WINDOW: 8}, "does not know which layers"),
        ("gemma3", {"block_count": 8, WINDOW: 8, WINDOW_PATTERN: [True, False]}, "2 of its 8"),
    ],
)
def test_what_llama_cpp_would_read_as_another_model_is_refused(
    architecture: str, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        edited(architecture, fields, 1, 4)


def test_whole_groups_of_a_fixed_pattern_may_go() -> None:
    assert edited("smollm3", {"block_count": 12}, 4, 5, 6, 7) == {"block_count": 8}
    assert edited("smollm3", {"block_count": 12}, 11, 10) == {"block_count": 10}


@given(layers=st.integers(2, 20), data=st.data())
def test_every_kept_layer_keeps_its_own_entry(layers: int, data: st.DataObject) -> None:
    removed = data.draw(st.sets(st.integers(0, layers - 1), min_size=1, max_size=layers - 1))
    period = data.draw(st.integers(0, 7))
    entries = list(range(layers))
    fields = {"block_count": layers, WINDOW: 8, WINDOW_PATTERN: period, "attention.head_count_kv": entries}
    changed = edited("cohere2", fields, *removed)
    kept = [layer for layer in entries if layer not in removed]
    assert changed["attention.head_count_kv"] == kept
    assert changed["block_count"] == len(kept)
    assert changed[WINDOW_PATTERN] == [period == 0 or layer % period != period - 1 for layer in kept]
