"""A quantised checkpoint becomes a plain safetensors folder, once and whole, with the values that it stands for."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import transformers as hf
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.api.errors import BadInput, LayerSwarmError
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources import made_folder
from engine.sources.resolve import resolve_source
from tests.engine.quantised import (
    Quantise,
    edit_config,
    fp8_blocks,
    fp8_rows,
    fp8_tensor,
    int8_rows,
    mxfp4,
    packed_groups,
    quantise,
    tensors_of,
)
from tests.engine.tiny_families import COMMON
from tests.engine.tiny_models import save_tiny, tiny_models, tiny_tokenizer

pytestmark = pytest.mark.slow

BLOCK = 8
FINE_GRAINED = {"quant_method": "fp8", "weight_block_size": [BLOCK, BLOCK], "activation_scheme": "dynamic"}


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_tiny("llama", tmp_path / "tiny", dtype=torch.bfloat16)
    return tmp_path / "tiny"


def resolve(folder: Path) -> ModelFolder:
    return resolve_source(str(folder), "main", silent)


def compressed(form: str, **weights: object) -> dict[str, object]:
    group = {"targets": ["Linear"], "weights": weights}
    return {"quant_method": "compressed-tensors", "format": form, "config_groups": {"group_0": group}}


@pytest.mark.parametrize("family", ["qwen3", "qwen3_moe", "deepseek_v2", "glm4_moe"])
def test_fp8_in_blocks_is_to_the_last_bit_what_transformers_makes_of_it(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path / family, dtype=torch.bfloat16)
    quantise(tmp_path / family, fp8_blocks(BLOCK, BLOCK), quantization_config=FINE_GRAINED)
    ours = load_model(resolve(tmp_path / family).path, dtype=torch.bfloat16).state_dict()
    theirs = hf.AutoModelForCausalLM.from_pretrained(
        tmp_path / family, dtype=torch.bfloat16, quantization_config=hf.FineGrainedFP8Config(dequantize=True)
    ).state_dict()
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if not torch.equal(ours[name], theirs[name])] == []


def test_mxfp4_is_to_the_last_bit_what_transformers_makes_of_it(tmp_path: Path) -> None:
    oss = tmp_path / "oss"
    sizes = COMMON | {"hidden_size": 64, "intermediate_size": 32, "head_dim": 16}
    model = hf.GptOssForCausalLM(hf.GptOssConfig(**sizes, num_local_experts=4, num_experts_per_tok=2)).bfloat16()
    model.save_pretrained(oss)
    tiny_tokenizer().save_pretrained(oss)
    stored = load_file(oss / "model.safetensors")
    for name in [name for name in stored if name.endswith(("gate_up_proj", "down_proj"))]:
        codes, exponents, _ = mxfp4(stored.pop(name).transpose(1, 2))
        stored |= {f"{name}_blocks": codes, f"{name}_scales": exponents}
    save_file(stored, oss / "model.safetensors", {"format": "pt"})
    edit_config(oss, quantization_config={"quant_method": "mxfp4", "modules_to_not_convert": ["lm_head"]})
    ours = load_model(resolve(oss).path, dtype=torch.bfloat16).state_dict()
    theirs = hf.AutoModelForCausalLM.from_pretrained(
        oss, dtype=torch.bfloat16, quantization_config=hf.Mxfp4Config(dequantize=True)
    ).state_dict()
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if not torch.equal(ours[name], theirs[name])] == []
    assert any(ours[name].abs().max() > 0 for name in ours if name.endswith("down_proj"))


@pytest.mark.parametrize(
    ("how", "config"),
    [
        (fp8_blocks(BLOCK, BLOCK), {"quantization_config": FINE_GRAINED}),
        (fp8_blocks(20, 20), {"quantization_config": FINE_GRAINED | {"weight_block_size": [20, 20]}}),
        (fp8_blocks(1, 8, "_scale"), {"quantization_config": compressed("float-quantized", group_size=8)}),
        (fp8_blocks(128, 128), {}),
        (fp8_rows, {"quantization_config": compressed("float-quantized", strategy="channel")}),
        (fp8_rows, {"quantization_config": {"quant_method": "fbgemm_fp8"}}),
        (fp8_tensor, {"quantization_config": {"quant_method": "modelopt", "quant_algo": "FP8"}}),
        (int8_rows, {"quantization_config": compressed("int-quantized", num_bits=8)}),
        (packed_groups(4, 8, False), {"quantization_config": compressed("pack-quantized", num_bits=4)}),
        (packed_groups(4, 8, True), {"quantization_config": compressed("pack-quantized", num_bits=4)}),
        (packed_groups(8, 16, True), {"quantization_config": compressed("pack-quantized", num_bits=8)}),
        (packed_groups(2, 16, False, True), {"quantization_config": compressed("pack-quantized", num_bits=2)}),
        (packed_groups(2, 16, True), {"quantization_config": compressed("pack-quantized", num_bits=2)}),
    ],
    ids=[
        "blocks", "ragged blocks", "groups", "one block", "rows", "fbgemm", "modelopt", "int8", "int4",
        "int4 zero points", "8 bits packed", "2 bits in shuffled groups", "2 bits zero points",
    ],
)  # fmt: skip
def test_each_weight_is_what_its_codes_and_scales_stand_for(
    how: Quantise, config: dict[str, object], folder: Path
) -> None:
    before = tensors_of(folder)
    plain = quantise(folder, how, **config)
    after = tensors_of(resolve(folder).path)
    assert after.keys() == before.keys(), "scales and zero points are gone"
    assert len(plain) == 42
    assert [name for name in plain if not torch.equal(after[name], plain[name])] == []
    assert [name for name in before.keys() - plain.keys() if not torch.equal(after[name], before[name])] == []


def reshaped_scales(change: Callable[[Tensor], Tensor]) -> Quantise:
    def how(name: str, weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        pieces, plain = fp8_blocks(BLOCK, BLOCK, "_scale")(name, weight)
        return pieces | {f"{name}_scale": change(pieces[f"{name}_scale"])}, plain

    return how


@pytest.mark.parametrize(
    ("how", "block"),
    [
        (reshaped_scales(lambda scale: scale[:, None, :, None]), BLOCK),
        (lambda name, weight: _flat(fp8_rows(name, weight), name), None),
        (lambda name, weight: _renamed(fp8_tensor(name, weight), name, "scale"), None),
        (lambda name, weight: _renamed(fp8_tensor(name, weight), name, "scale_weight"), None),
        (lambda name, weight: _powers_of_two(name, weight, torch.uint8), BLOCK),
        (lambda name, weight: _powers_of_two(name, weight, torch.float8_e8m0fnu), BLOCK),
    ],
    ids=["ModelOpt's four dimensions", "flat rows", "DeepSeek's name", "ComfyUI's name", "bytes", "E8M0"],
)
def test_scales_are_known_in_every_form_that_is_written(how: Quantise, block: int | None, folder: Path) -> None:
    config = {"quant_method": "fp8", **({"weight_block_size": [block, block]} if block else {})}
    plain = quantise(folder, how, quantization_config=config)
    after = tensors_of(resolve(folder).path)
    assert [name for name in plain if not torch.equal(after[name], plain[name])] == []


def _flat(made: tuple[dict[str, Tensor], Tensor], name: str) -> tuple[dict[str, Tensor], Tensor]:
    pieces, plain = made
    return pieces | {f"{name}_scale": pieces[f"{name}_scale"].flatten()}, plain


def _renamed(made: tuple[dict[str, Tensor], Tensor], name: str, last: str) -> tuple[dict[str, Tensor], Tensor]:
    pieces, plain = made
    return {name: pieces[name], f"{name.removesuffix('weight')}{last}": pieces[f"{name}_scale"]}, plain


def _powers_of_two(name: str, weight: Tensor, dtype: torch.dtype) -> tuple[dict[str, Tensor], Tensor]:
    rows, columns = weight.shape
    exponents = torch.arange(rows // BLOCK * (columns // BLOCK)).reshape(rows // BLOCK, columns // BLOCK) % 5 - 4
    factor = torch.exp2(exponents.float()).repeat_interleave(BLOCK, 0).repeat_interleave(BLOCK, 1)
    codes = (weight.float() / factor).to(torch.float8_e4m3fn)
    scale = (exponents + 127).to(dtype) if dtype == torch.uint8 else torch.exp2(exponents.float()).to(dtype)
    return {name: codes, f"{name}_scale_inv": scale}, (codes.float() * factor).bfloat16()


@pytest.mark.parametrize("signed", [True, False], ids=["DeepSeek's bytes", "compressed-tensors"])
def test_four_bit_numbers_with_powers_of_two_are_known_outside_gpt_oss_too(signed: bool, folder: Path) -> None:
    def how(name: str, weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        padded = torch.nn.functional.pad(weight.float(), (0, -weight.shape[1] % 32))
        codes, exponents, plain = mxfp4(padded)
        codes = codes.flatten(-2)
        if signed:
            scale = torch.exp2(exponents.float() - 127).to(torch.float8_e8m0fnu)
            return {name: codes.view(torch.int8), f"{name.removesuffix('weight')}scale": scale}, plain.bfloat16()
        return {f"{name}_packed": codes, f"{name}_scale": exponents}, plain.bfloat16()

    edit_config(folder, intermediate_size=64)
    model = tiny_models()["llama"]()
    model = hf.LlamaForCausalLM(hf.LlamaConfig(**{**model.config.to_dict(), "intermediate_size": 64})).bfloat16()
    model.save_pretrained(folder)
    plain = quantise(folder, how, quantization_config={"quant_method": "fp8"})
    after = tensors_of(resolve(folder).path)
    assert [name for name in plain if not torch.equal(after[name], plain[name])] == []


def test_stacked_experts_have_their_own_scales(tmp_path: Path) -> None:
    save_tiny("llama4", tmp_path / "experts", dtype=torch.bfloat16)
    plain = quantise(tmp_path / "experts", fp8_blocks(8, 8), quantization_config=FINE_GRAINED)
    assert any(tensor.ndim == 3 for tensor in plain.values())
    after = tensors_of(resolve(tmp_path / "experts").path)
    assert [name for name in plain if not torch.equal(after[name], plain[name])] == []


def test_the_config_states_plain_weights_and_nothing_else_changes(folder: Path) -> None:
    before = json.loads((folder / "config.json").read_text())
    (folder / "README.md").write_text("---\nlicense: mit\nbase_model: org/plain\n---\n")
    (folder / "LICENSE").write_text("The licence.")
    for name in ("hf_quant_config.json", "._tokenizer.json", "adapter_config.json"):
        (folder / name).write_text("{}")
    quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"}, quantization={"bits": 8}, dtype="float16")
    made = resolve(folder)
    assert made.config() == before | {"dtype": "bfloat16"}
    assert (made.path / "LICENSE").read_text() == "The licence."
    assert not any((made.path / name).exists() for name in ("hf_quant_config.json", "._tokenizer.json"))
    assert not (made.path / "adapter_config.json").exists()
    assert load_tokenizer(made.path).decode(load_tokenizer(made.path)("hello").input_ids) == "hello"
    described = describe_model(made)
    assert (described.source, described.name, described.licence) == (str(folder), "tiny", "mit")
    assert described.dtype == "bfloat16"
    assert described.notes == ("The weights were quantised (fp8) and are dequantised to bfloat16.",)


def test_a_nested_quantisation_is_taken_out_too(tmp_path: Path) -> None:
    save_tiny("gemma3_with_vision", tmp_path / "seeing", dtype=torch.bfloat16)
    config = json.loads((tmp_path / "seeing" / "config.json").read_text())
    text = config["text_config"] | {"quantization_config": FINE_GRAINED}
    quantise(tmp_path / "seeing", fp8_blocks(BLOCK, BLOCK), text_config=text)
    assert "quantization_config" not in resolve(tmp_path / "seeing").config()["text_config"]


def test_scales_may_lie_in_another_file_than_their_weights(folder: Path) -> None:
    plain = quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"})
    stored = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    scales = {name: tensor for name, tensor in stored.items() if name.endswith("_scale")}
    weights = {name: tensor for name, tensor in stored.items() if name not in scales}
    files = {"model-00001-of-00002.safetensors": weights, "model-00002-of-00002.safetensors": scales}
    for name, tensors in files.items():
        save_file(tensors, folder / name, {"format": "pt"})
    index = {"metadata": {}, "weight_map": {tensor: name for name, tensors in files.items() for tensor in tensors}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    made = resolve(folder).path
    after = tensors_of(made)
    assert [name for name in plain if not torch.equal(after[name], plain[name])] == []
    written = json.loads((made / "model.safetensors.index.json").read_text())
    assert set(written["weight_map"].values()) == {"model-00001-of-00002.safetensors"}
    assert written["weight_map"].keys() == after.keys()
    assert load_model(made).num_parameters() > 0


def test_weights_under_a_name_that_the_config_states_keep_it(folder: Path) -> None:
    plain = quantise(
        folder, fp8_rows, quantization_config={"quant_method": "fp8"}, transformers_weights="my.safetensors"
    )
    (folder / "model.safetensors").rename(folder / "my.safetensors")
    after = load_file(resolve(folder).path / "my.safetensors")
    assert [name for name in plain if not torch.equal(after[name], plain[name])] == []
    assert load_model(resolve(folder).path).num_parameters() > 0


def test_fp8_without_any_scale_is_the_weights_themselves(folder: Path) -> None:
    stored = {name: tensor.to(torch.float8_e4m3fn) for name, tensor in load_file(folder / "model.safetensors").items()}
    save_file(stored, folder / "model.safetensors", {"format": "pt"})
    after = tensors_of(resolve(folder).path)
    assert [name for name in stored if not torch.equal(after[name], stored[name].bfloat16())] == []


def test_a_model_is_dequantised_once(folder: Path) -> None:
    quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"})
    told: list[str] = []
    first = resolve_source(str(folder), "main", lambda message, _done, _total: told.append(message))
    assert set(told) == {"Dequantising tiny", "tiny is dequantised"}
    told.clear()
    assert resolve_source(str(folder), "main", lambda message, _done, _total: told.append(message)) == first
    assert told == []
    copy = Path(shutil.copytree(folder, folder.with_name("copy")))
    assert resolve(copy).path == first.path, "the same model in another place"
    (folder / "chat_template.jinja").write_text("another template")
    assert (resolve(folder).path / "chat_template.jinja").read_text() == "another template"


class StoppedByPersonError(Exception):
    pass


def test_a_stopped_conversion_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"})

    def stop(_message: str, done: float, total: float) -> None:
        if done > total / 2:
            raise StoppedByPersonError

    with pytest.raises(StoppedByPersonError):
        resolve_source(str(folder), "main", stop)
    assert not [entry for entry in (tmp_path / "cache" / "dequantised").iterdir() if entry.is_dir()]
    assert load_model(resolve(folder).path).num_parameters() > 0


def test_too_little_room_is_known_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"})
    monkeypatch.setattr(made_folder, "free_disk", lambda _place: 1000)
    with pytest.raises(
        LayerSwarmError, match=r"The dequantised form of tiny needs .* GB, but only .* LAYERSWARM_CACHE"
    ):
        resolve(folder)


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve(folder)
    return str(caught.value)


def edit_tensors(folder: Path, edit: Callable[[dict[str, Tensor]], object]) -> None:
    stored = load_file(folder / "model.safetensors")
    edit(stored)
    save_file(stored, folder / "model.safetensors", {"format": "pt"})


NAME = "model.layers.3.mlp.up_proj.weight"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"num_hidden_layers": 8}, r"lack 18 tensors of its config, such as model.layers.6"),
        ({"intermediate_size": 40}, "do not fit its config.json: model.layers.0.mlp"),
    ],
)
def test_weights_that_do_not_fit_their_config_are_known_before_any_work(
    fields: dict[str, object], words: str, folder: Path
) -> None:
    quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"}, **fields)
    told: list[str] = []
    with pytest.raises(BadInput) as caught:
        resolve_source(str(folder), "main", lambda message, _done, _total: told.append(message))
    assert f"The weights in {folder} " in str(caught.value)
    assert words in str(caught.value)
    assert told == []


def test_one_lost_scale_is_named(folder: Path) -> None:
    quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"})
    edit_tensors(folder, lambda stored: stored.pop(f"{NAME}_scale"))
    assert f"quantised (fp8) and cannot be dequantised: the scale of '{NAME}' is missing" in refusal(folder)


def test_all_scales_lost_is_no_plain_model_where_a_config_states_fp8(folder: Path) -> None:
    quantise(folder, fp8_rows)
    edit_tensors(folder, lambda stored: [stored.pop(name) for name in list(stored) if name.endswith("_scale")])
    (folder / "hf_quant_config.json").write_text(json.dumps({"quantization": {"quant_algo": "FP8"}}))
    assert "quantised (ModelOpt, FP8) and cannot be dequantised: the scale of" in refusal(folder)


def test_scales_that_do_not_fit_are_named(folder: Path) -> None:
    quantise(folder, fp8_rows, quantization_config={"quant_method": "fp8"})
    edit_tensors(folder, lambda stored: stored.update({f"{NAME}_scale": torch.ones(7, 1)}))
    assert f"'{NAME}' in {folder / 'model.safetensors'} cannot be dequantised: it has 7 scales for 48" in refusal(
        folder
    )


def test_what_else_a_quantiser_did_to_a_weight_is_not_guessed(folder: Path) -> None:
    quantise(folder, fp8_rows, quantization_config={"quant_method": "modelopt", "quant_algo": "W8A8_AWQ"})
    stem = NAME.removesuffix("weight")
    edit_tensors(folder, lambda stored: stored.update({f"{stem}pre_quant_scale": torch.ones(32)}))
    assert f"cannot be dequantised: what '{stem}pre_quant_scale' does to its weight is not known" in refusal(folder)


def test_rotated_weights_belong_to_rotated_activations(folder: Path) -> None:
    config = compressed("float-quantized") | {"transform_config": {"config_groups": {"R3": {}}}}
    quantise(folder, fp8_rows, quantization_config=config)
    assert "cannot be dequantised: they were rotated" in refusal(folder)
