"""A device without bfloat16 runs a model in float16 only if the model can be computed in it."""

from pathlib import Path

import pytest
import torch
from transformers import PreTrainedModel

from engine.models.number_format import DtypeSetting
from engine.models.progress import silent
from engine.pipeline.number_format import resolved_dtype
from tests.engine.models.test_float16_trial import overflowing
from tests.engine.tiny_models import tiny_models, tiny_tokenizer


def resolved(
    model: PreTrainedModel, device: str = "mps", setting: DtypeSetting = "auto"
) -> tuple[torch.dtype, str, list[torch.dtype]]:
    """Resolve the format for a model that a CPU computes in place of the device; the formats that it was loaded in."""
    loaded: list[torch.dtype] = []

    def load(_folder: Path, _device: str, dtype: torch.dtype) -> PreTrainedModel:
        loaded.append(dtype)
        return model.to(dtype)  # type: ignore[arg-type]

    dtype, sentence = resolved_dtype(Path(), device, setting, 10**9, tiny_tokenizer, silent, load)
    return dtype, sentence, loaded


def test_a_model_that_overflows_is_run_in_float32() -> None:
    dtype, sentence, loaded = resolved(overflowing(2))
    assert dtype == torch.float32
    assert loaded == [torch.float16]
    assert "from layer 2 on" in sentence
    assert "float32" in sentence


def test_another_one_keeps_float16() -> None:
    assert resolved(tiny_models()["llama"]()) == (torch.float16, "", [torch.float16])


@pytest.mark.parametrize(
    ("device", "setting", "dtype"),
    [("mps", "float16", torch.float16), ("xpu:0", "auto", torch.bfloat16), ("mps", "bfloat16", torch.bfloat16)],
)
def test_nothing_is_tried_where_the_choice_is_clear(device: str, setting: DtypeSetting, dtype: torch.dtype) -> None:
    assert resolved(overflowing(2), device, setting) == (dtype, "", [])
