"""What is computed from a GGUF file is what the model computes that was written into it, family by family."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import transformers as hf
from gguf import GGML_QUANT_SIZES, MODEL_ARCH_NAMES
from gguf import GGMLQuantizationType as Kind
from gguf.quants import dequantize, quantize

from engine.api.errors import BadInput
from engine.models.loading import load_model
from engine.models.progress import silent
from engine.sources.gguf import conversion as gguf_source
from engine.sources.gguf.config import READABLE
from engine.sources.gguf.rope import llama3_factors
from engine.sources.resolve import resolve_source
from tests.engine.tiny_gguf import FORMS, write_tiny_gguf

pytestmark = pytest.mark.slow

FAMILIES = [name for name, form in FORMS.items() if MODEL_ARCH_NAMES[form.architecture] in READABLE]
TOKENS = torch.randint(3, 250, (2, 40), generator=torch.Generator().manual_seed(0))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "tiny.gguf"


def difference(file: Path, model: hf.PreTrainedModel) -> float:
    """Largest difference of a logit: the folder made of ``file`` against ``model`` with its weights in 16 bits."""
    for parameter in model.parameters():
        parameter.data = parameter.data.bfloat16().float()
    found = load_model(resolve_source(str(file), "main", silent).path)
    with torch.no_grad():
        return float((found(TOKENS, use_cache=False).logits - model(TOKENS, use_cache=False).logits).abs().max())


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_computes_what_was_written(
    file: Path, family: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Forty tokens are more than the windows and the original lengths of these models."""
    model = write_tiny_gguf(file, family=family)
    capfd.readouterr()
    assert difference(file, model) < 1e-5
    monkeypatch.setattr(gguf_source, "_convert", lambda *_args: pytest.fail("converted again"))
    resolve_source(str(file), "main", silent)
    assert "[transformers]" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "fields",
    [
        {"llama.attention.head_count_kv": [2] * 6, "llama.feed_forward_length": [48] * 6},
        {"llama.attention.head_count": [4] * 6},
        {"llama.expert_count": 0, "llama.logit_scale": 1.0, "llama.rope.scaling.type": "none"},
        {"llama.rope.freq_base": None, "llama.attention.sliding_window": 8},
    ],
)
def test_the_same_model_may_be_stated_in_other_ways(file: Path, fields: dict[str, Any]) -> None:
    assert difference(file, write_tiny_gguf(file, fields=fields)) < 1e-5


def test_heads_of_keys_that_are_not_stated_are_as_many_as_those_of_queries(file: Path) -> None:
    """transformers leaves the weights in llama.cpp's order where the file says nothing."""
    model = write_tiny_gguf(file, family="llama_all_heads", fields={"llama.attention.head_count_kv": None})
    assert difference(file, model) < 1e-5


def test_factors_of_one_scale_nothing(file: Path) -> None:
    assert difference(file, write_tiny_gguf(file, tensors={"rope_freqs.weight": np.ones(4, np.float32)})) < 1e-5


@pytest.mark.parametrize("factor", [8.0, 32.0])
@pytest.mark.parametrize("width", [64, 128])
def test_the_scaling_of_llama_3_is_found_again_in_its_factors(file: Path, factor: float, width: int) -> None:
    """As in Llama 3.1 and 3.2, whose files hold the factors and not what they were made of."""
    factors = np.array(llama3_factors(500_000.0, width, factor, 1.0, 4.0, 8192), np.float32)
    assert 1.0 in factors
    heads = {"llama.attention.key_length": width, "llama.attention.value_length": width}
    rows = np.zeros((4 * width, 32), np.float32), np.zeros((2 * width, 32), np.float32)
    tensors: dict[str, np.ndarray | None] = {"rope_freqs.weight": factors}
    for block in range(6):
        tensors |= {f"blk.{block}.attn_q.weight": rows[0], f"blk.{block}.attn_output.weight": rows[0].T}
        tensors |= {f"blk.{block}.attn_k.weight": rows[1], f"blk.{block}.attn_v.weight": rows[1]}
    write_tiny_gguf(file, fields={**heads, "llama.rope.freq_base": 500_000.0}, tensors=tensors)
    assert resolve_source(str(file), "main", silent).config()["rope_parameters"] == {
        "rope_type": "llama3",
        "rope_theta": 500_000.0,
        "factor": factor,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192,
    }


@pytest.mark.parametrize(
    "kind", [Kind.F16, Kind.BF16, Kind.Q8_0, Kind.Q5_1, Kind.Q5_0, Kind.Q4_1, Kind.Q4_0, Kind.MXFP4]
)
def test_every_number_format_is_read(file: Path, kind: Kind) -> None:
    """Rows of queries and keys lie in another order in the file, but each is quantised by itself."""
    model = write_tiny_gguf(file, kind=kind)
    for parameter in model.parameters():
        if parameter.ndim == 2 and parameter.shape[1] % GGML_QUANT_SIZES[kind][0] == 0:
            stored = dequantize(quantize(parameter.detach().numpy(), kind), kind)
            parameter.data = torch.from_numpy(np.asarray(stored, np.float32))
    assert difference(file, model) < 1e-5


def test_an_untied_head_and_a_tied_one_are_told_apart(file: Path) -> None:
    model = write_tiny_gguf(file)
    assert model.config.tie_word_embeddings
    head = np.random.default_rng(0).normal(0, 0.1, (264, 32)).astype(np.float32)
    file.unlink()
    write_tiny_gguf(file, tensors={"output.weight": head})
    config = resolve_source(str(file), "main", silent).config()
    assert config["tie_word_embeddings"] is False


def test_a_falcon_with_several_heads_of_keys_is_refused(file: Path) -> None:
    write_tiny_gguf(file, family="falcon", fields={"falcon.attention.head_count_kv": 2})
    with pytest.raises(BadInput, match="a Falcon with more than one head of keys"):
        resolve_source(str(file), "main", silent)


@pytest.mark.parametrize("value", ["x", -1, float("inf"), ["a"] * 6])
def test_fields_of_the_newer_reader_are_numbers(file: Path, value: object) -> None:
    write_tiny_gguf(file, family="lfm2", fields={"lfm2.shortconv.l_cache": value})
    with pytest.raises(BadInput, match=r"states .* for lfm2\.shortconv\.l_cache"):
        resolve_source(str(file), "main", silent)
