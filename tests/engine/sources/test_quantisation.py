"""Quantised weights are known by their tensors, and refused by their right name where they are not dequantised."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.api.errors import BadInput
from engine.model_files.folder_content import read_json
from engine.models.progress import silent
from engine.sources.quantised.detection import find_quantisation
from engine.sources.resolve import resolve_source
from tests.engine.quantised import edit_config, fp8_rows, linear_weights
from tests.engine.tiny_models import save_tiny

Pieces = Callable[[str, Tensor], dict[str, Tensor]]
BYTE, WORD = torch.uint8, torch.int32


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    save_tiny("llama", tmp_path / "tiny", dtype=torch.float16)
    return tmp_path / "tiny"


def store(folder: Path, pieces: Pieces, **config: object) -> None:
    """Put other tensors in the place of each weight; ``pieces`` gets the name without its last part."""
    stored = load_file(folder / "model.safetensors")
    for name in linear_weights(list(stored)):
        stored |= pieces(name.removesuffix(".weight"), stored.pop(name))
    save_file({name: tensor.contiguous() for name, tensor in stored.items()}, folder / "model.safetensors")
    edit_config(folder, **config)


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve_source(str(folder), "main", silent)
    return str(caught.value)


def gptq(stem: str, weight: Tensor) -> dict[str, Tensor]:
    rows, columns = weight.shape
    zeros = torch.zeros(1, rows // 8, dtype=WORD)
    pieces = {"qweight": torch.zeros(columns // 8, rows, dtype=WORD), "qzeros": zeros, "scales": torch.ones(1, rows)}
    return {f"{stem}.{last}": tensor for last, tensor in pieces.items()}


def awq(stem: str, weight: Tensor) -> dict[str, Tensor]:
    return gptq(stem, weight) | {f"{stem}.qweight": torch.zeros(weight.shape[1], weight.shape[0] // 8, dtype=WORD)}


def mlx(stem: str, weight: Tensor) -> dict[str, Tensor]:
    ones = torch.ones(weight.shape[0], 1)
    codes = torch.zeros(weight.shape[0], weight.shape[1] // 8, dtype=torch.uint32)
    return {f"{stem}.weight": codes, f"{stem}.scales": ones, f"{stem}.biases": ones.clone()}


def nf4(stem: str, weight: Tensor) -> dict[str, Tensor]:
    codes = torch.zeros(weight.numel() // 2, 1, dtype=BYTE)
    beside = {"absmax": torch.zeros(4, dtype=BYTE), "quant_map": torch.ones(16)}
    return {f"{stem}.weight": codes} | {f"{stem}.weight.{last}": tensor for last, tensor in beside.items()}


def coded(codes: str, dtype: torch.dtype, **beside: Tensor) -> Pieces:
    def pieces(stem: str, weight: Tensor) -> dict[str, Tensor]:
        made = {f"{stem}.{codes}": torch.zeros(weight.shape, dtype=dtype)}
        return made | {f"{stem}.{last}": tensor.clone() for last, tensor in beside.items()}

    return pieces


ONE, BYTES = torch.ones(1), torch.zeros(16, 2, dtype=BYTE)
NVFP4 = coded("weight", BYTE, weight_scale=torch.ones(16, 2).to(torch.float8_e4m3fn), weight_scale_2=ONE)
COMPRESSED_NVFP4 = coded("weight_packed", BYTE, weight_scale=torch.ones(16, 2), weight_global_scale=ONE)
STATED_COMPRESSED = {"quant_method": "compressed-tensors", "format": "nvfp4-pack-quantized"}


@pytest.mark.parametrize(
    ("pieces", "config", "name"),
    [
        (gptq, {}, "gptq"),
        (gptq, {"quantization_config": {"quant_method": "auto-round", "bits": 4}}, "auto-round"),
        (awq, {}, "awq"),
        (awq, {"quantization_config": {"quant_method": "awq"}}, "awq"),
        (mlx, {"quantization": {"group_size": 32, "bits": 4}}, "MLX, 4 bit"),
        (mlx, {"quantization_config": {"group_size": 32, "bits": 6, "mode": "affine"}}, "MLX, 6 bit"),
        (mlx, {"quantization_config": {"quant_method": "fp8"}, "quantization": {"bits": 3}}, "MLX, 3 bit"),
        (mlx, {}, "MLX"),
        (nf4, {}, "bitsandbytes, 4 bit"),
        (nf4, {"quantization_config": {"quant_method": "bitsandbytes", "load_in_4bit": True}}, "bitsandbytes, 4 bit"),
        (coded("weight", torch.int8, SCB=ONE), {}, "bitsandbytes, 8 bit"),
        (coded("weight", torch.int8, weight_scales=ONE), {}, "EETQ"),
        (coded("weight", torch.int8, weight_scale=ONE), {"quantization_config": {"quant_method": "quark"}}, "quark"),
        (coded("weight", torch.int8, weight_scale=ONE), {}, "unknown"),
        (coded("weight", BYTE, weight_scale=ONE), {"quantization_config": {"quant_method": "bitnet"}}, "bitnet"),
        (NVFP4, {}, "NVFP4"),
        (NVFP4, {"quantization_config": {"quant_method": "modelopt", "quant_algo": "NVFP4"}}, "ModelOpt, NVFP4"),
        (COMPRESSED_NVFP4, {"compression_config": STATED_COMPRESSED}, "compressed-tensors, nvfp4-pack-quantized"),
        (coded("weight_packed", BYTE, weight_scale=ONE), {}, "compressed-tensors"),
        (coded("W_q", BYTE, scale=ONE, zero=ONE), {}, "HQQ"),
        (coded("codes", torch.int16, codebooks=ONE, scales=ONE), {}, "AQLM"),
        (coded("Qidxs", torch.int64, SU=ONE, SV=ONE), {}, "QuIP#"),
        (coded("q_weight", WORD, q_scale=BYTES), {}, "EXL2"),
        (coded("trellis", torch.int16, suh=ONE), {}, "EXL3"),
        (coded("indices", torch.uint16, centroids=ONE), {}, "VPTQ"),
        (coded("_weight_qdata", torch.int8, _weight_scale=ONE), {}, "torchao"),
        (coded("weight._data", torch.int8, **{"weight._scale": ONE}), {}, "quanto"),
        (coded("weight", WORD), {"quantization_config": {"quant_method": "new"}}, "new"),
    ],
)
def test_each_method_is_refused_by_its_name(pieces: Pieces, config: dict[str, object], name: str, folder: Path) -> None:
    store(folder, pieces, **config)
    assert refusal(folder) == (
        f"The weights in {folder} are quantised ({name}); give the model's unquantised folder instead."
    )


@pytest.mark.parametrize(
    ("file", "content", "name"),
    [
        ("quantize_config.json", {"bits": 4, "group_size": 128, "desc_act": True}, "gptq"),
        ("quant_config.json", {"zero_point": True, "q_group_size": 128, "w_bit": 4, "version": "GEMM"}, "awq"),
        ("quantization_config.json", {"quant_method": "auto-round", "bits": 4}, "auto-round"),
        ("hf_quant_config.json", {"quantization": {"quant_algo": "W4A16_AWQ"}}, "ModelOpt, W4A16_AWQ"),
        ("hf_quant_config.json", {"quantization": {}}, "gptq"),
    ],
)
def test_a_file_beside_the_config_names_the_method(
    file: str, content: dict[str, object], name: str, folder: Path
) -> None:
    store(folder, gptq)
    (folder / file).write_text(json.dumps(content))
    assert f"quantised ({name});" in refusal(folder)


@pytest.mark.parametrize("place", ["text_config", "llm_config"])
def test_a_method_stated_in_a_nested_config_is_found(place: str, folder: Path) -> None:
    store(folder, gptq, **{place: {"quantization_config": {"quant_method": "awq"}}})
    assert "quantised (awq);" in refusal(folder)


def test_the_model_that_the_card_names_as_its_base_is_the_way_on(folder: Path) -> None:
    store(folder, gptq)
    (folder / "README.md").write_text("---\nbase_model:\n- org/plain\n---\n")
    assert refusal(folder).endswith("give the model's unquantised folder instead, such as org/plain.")


@pytest.mark.parametrize("name", ["hf_quant_config.json", "quantize_config.json", "quant_config.json"])
@pytest.mark.parametrize("content", ['{"quantization": {"quant_algo": "FP8"}}', '{"bits": 4}', "{", "[1]"])
def test_a_stray_file_beside_plain_weights_means_nothing(name: str, content: str, folder: Path) -> None:
    (folder / name).write_text(content)
    assert resolve_source(str(folder), "main", silent).path == folder


def test_a_broken_file_does_not_hide_a_quantisation(folder: Path) -> None:
    store(folder, gptq)
    (folder / "quantize_config.json").write_text("{")
    assert "quantised (gptq);" in refusal(folder)


@pytest.mark.parametrize("key", ["quantization", "compression_config"])
def test_what_transformers_does_not_act_upon_means_nothing_beside_plain_weights(key: str, folder: Path) -> None:
    edit_config(folder, **{key: {"bits": 4}})
    assert resolve_source(str(folder), "main", silent).path == folder


def test_a_leftover_in_the_config_is_called_one(folder: Path) -> None:
    edit_config(folder, quantization_config={"quant_method": "fp8"})
    assert refusal(folder) == (
        f"{folder / 'config.json'} states that the weights are quantised (fp8), but they are plain numbers; if they "
        "were dequantised, delete 'quantization_config' from it, else give the model's unquantised folder instead."
    )


def test_plain_weights_that_are_rounded_while_the_model_runs_are_no_leftover(folder: Path) -> None:
    edit_config(folder, quantization_config={"quant_method": "bitnet", "quantization_mode": "online"})
    assert refusal(folder).startswith(f"The weights in {folder} are quantised (bitnet);")


def test_old_masks_and_position_numbers_are_not_quantised_weights(folder: Path) -> None:
    stored = load_file(folder / "model.safetensors")
    stored["model.layers.0.self_attn.bias"] = torch.ones(1, 1, 8, 8, dtype=BYTE)
    stored["model.layers.0.self_attn.causal_mask"] = torch.ones(8, 8, dtype=torch.bool)
    stored["model.position_ids"] = torch.arange(8).unsqueeze(0)
    save_file(stored, folder / "model.safetensors")
    assert find_quantisation(folder, read_json(folder / "config.json")) is None


def test_a_models_own_scale_is_not_a_quantisers(folder: Path) -> None:
    stored = load_file(folder / "model.safetensors")
    for name in linear_weights(list(stored)):
        stored |= fp8_rows(name, stored.pop(name))[0]
    stored["model.layers.0.layer_scale"] = torch.ones(32)
    stored["model.layers.0.self_attn.q_norm.scale"] = torch.ones(8)
    stored["model.layers.0.self_attn.k_scale"] = torch.ones(1)
    save_file(stored, folder / "model.safetensors")
    found = find_quantisation(folder, read_json(folder / "config.json"))
    assert found is not None
    assert found.plan is not None
    assert "model.layers.0.self_attn.k_scale" in found.plan.dropped
    assert not {"model.layers.0.layer_scale", "model.layers.0.self_attn.q_norm.scale"} & found.plan.dropped
