"""A model folder: its weights, its digest, and what is wrong with it in one sentence."""

import json
import re
import shutil
import struct
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.api.errors import BadInput, LayerSwarmError
from engine.model_files.folder_content import weight_files
from engine.models.folder import folder_digest
from engine.models.loading import TokenizerMisfit, load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.tiny_models import save_tiny


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_tiny("llama", tmp_path / "tiny", max_shard_size="30KB")
    return tmp_path / "tiny"


def edit_config(folder: Path, **fields: object) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | fields))


def test_a_folder_is_its_own_model(folder: Path) -> None:
    model = resolve_source(str(folder), "main", silent)
    assert (model.path, model.name, model.source) == (folder, "tiny", str(folder))
    assert len(model.digest) == 16
    assert model.config()["model_type"] == "llama"


def test_the_digest_is_of_the_content(folder: Path, tmp_path: Path) -> None:
    before = folder_digest(folder)
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert folder_digest(copy) == before
    edit_config(copy, rope_theta=5.0)
    assert folder_digest(copy) != before
    file = weight_files(folder)[0]
    save_file({name: tensor.bfloat16() for name, tensor in load_file(file).items()}, file)
    assert folder_digest(folder) != before


def test_two_fine_tunings_of_one_model_are_two_models(folder: Path, tmp_path: Path) -> None:
    tuned = Path(shutil.copytree(folder, tmp_path / "tuned"))
    for file in weight_files(tuned):
        save_file({name: tensor + ("mlp" in name) for name, tensor in load_file(file).items()}, file, {"format": "pt"})
    assert folder_digest(tuned) != folder_digest(folder)


def test_a_model_is_loaded_ready_for_inference(folder: Path) -> None:
    model = load_model(folder, dtype=torch.bfloat16)
    assert model.dtype == torch.bfloat16
    assert not model.training
    assert not any(parameter.requires_grad for parameter in model.parameters())
    assert load_tokenizer(folder).decode(load_tokenizer(folder)("héllo").input_ids) == "héllo"


def test_more_layers_in_the_config_than_on_disk_do_not_become_random_ones(folder: Path) -> None:
    edit_config(folder, num_hidden_layers=8)
    with pytest.raises(LayerSwarmError, match=r"lack .* model\.layers\.6"):
        load_model(folder)


def test_one_lost_tensor_is_named(folder: Path) -> None:
    file = weight_files(folder)[1]
    tensors = load_file(file)
    lost = min(tensors)
    save_file({name: tensor for name, tensor in tensors.items() if name != lost}, file, {"format": "pt"})
    with pytest.raises(LayerSwarmError, match=f"lack a tensor of its config, {re.escape(lost)}"):
        load_model(folder)


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve_source(str(folder), "main", silent)
    return str(caught.value)


def test_pickled_weights_are_never_opened(folder: Path) -> None:
    for file in [*weight_files(folder), folder / "model.safetensors.index.json"]:
        file.unlink()
    (folder / "pytorch_model.bin").write_bytes(b"anything")
    assert "pickled" in refusal(folder)


def test_code_in_a_model_is_never_run(folder: Path) -> None:
    edit_config(folder, model_type="own_kind", auto_map={"AutoModelForCausalLM": "modeling.py"})
    assert "own Python code" in refusal(folder)


def test_an_unknown_kind_of_model_is_named(folder: Path) -> None:
    edit_config(folder, model_type="own_kind")
    assert "own_kind" in refusal(folder)


def test_quantised_weights_are_refused(folder: Path) -> None:
    edit_config(folder, quantization_config={"quant_method": "gptq"})
    assert "quantised (gptq)" in refusal(folder)


@pytest.mark.parametrize("value", ["gptq", [1], 1, True])
def test_whatever_names_a_quantisation_is_refused(folder: Path, value: object) -> None:
    edit_config(folder, quantization_config=value)
    assert "quantised (unknown)" in refusal(folder)


@pytest.mark.parametrize("layers", [0, -1])
def test_a_model_without_layers_is_refused(folder: Path, layers: int) -> None:
    edit_config(folder, num_hidden_layers=layers)
    assert f"gives the model {layers} decoder layers" in refusal(folder)


@pytest.mark.parametrize("value", [7, ["llama"], None])
def test_a_kind_that_is_no_name_is_refused(folder: Path, value: object) -> None:
    edit_config(folder, model_type=value)
    assert "which the installed transformers does not know" in refusal(folder)


def test_a_kind_without_an_auto_class_for_text_is_refused_as_such(folder: Path) -> None:
    edit_config(folder, model_type="evolla", architectures=["EvollaForProteinText2Text"])
    assert "which no auto class of transformers loads as a language model" in refusal(folder)


def test_a_folder_reads_its_config_once_and_a_changed_folder_is_another_one(folder: Path) -> None:
    model = resolve_source(str(folder), "main", silent)
    before = model.config()
    edit_config(folder, rope_theta=5.0)
    changed = resolve_source(str(folder), "main", silent)
    assert changed.digest != model.digest
    assert (model.config(), changed.config()) == (before, {**before, "rope_theta": 5.0})
    changed.config().clear()
    assert changed.config()["rope_theta"] == 5.0, "callers edit a copy"


def test_json_that_is_nested_too_deeply_is_refused(folder: Path) -> None:
    deep = "[" * 100_000
    (folder / "config.json").write_text(deep)
    assert "is not a JSON object" in refusal(folder)


def test_a_header_that_is_nested_too_deeply_is_refused(folder: Path) -> None:
    weight_files(folder)[0].write_bytes(struct.pack("<Q", 100_000) + b"[" * 100_000)
    assert "cannot be read as a safetensors file" in refusal(folder)


def test_a_pointer_of_git_lfs_in_place_of_weights_is_named_as_that(folder: Path) -> None:
    weight_files(folder)[0].write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:01\nsize 9\n")
    assert "is a Git LFS pointer" in refusal(folder)


def test_metadata_that_is_no_object_is_refused(folder: Path) -> None:
    header = b'{"__metadata__":[1]}'
    weight_files(folder)[0].write_bytes(struct.pack("<Q", len(header)) + header)
    assert "cannot be read as a safetensors file" in refusal(folder)


def test_a_missing_shard_is_named(folder: Path) -> None:
    weight_files(folder)[2].unlink()
    assert "model-00003" in refusal(folder)


def test_a_cut_shard_is_named(folder: Path) -> None:
    file = weight_files(folder)[1]
    file.write_bytes(file.read_bytes()[:-10])
    assert "cut short" in refusal(folder)


@pytest.mark.parametrize("content", [b"", b"text", b"\xff" * 16, b"\x02\0\0\0\0\0\0\0[]", b"\x02\0\0\0\0\0\0\0{}x"])
def test_any_bytes_that_are_not_safetensors_are_refused(folder: Path, content: bytes) -> None:
    weight_files(folder)[0].write_bytes(content)
    assert "safetensors" in refusal(folder)


def test_a_lora_adapter_is_not_a_model(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text("{}")
    assert "is an adapter of a kind that the installed PEFT does not know" in refusal(tmp_path)


def test_one_file_of_a_model_is_not_the_model(folder: Path) -> None:
    assert f"give the folder {folder}" in refusal(weight_files(folder)[0])


@pytest.mark.parametrize(
    "source", ["nothing", "~nobody-of-that-name/a/model", "./no/such/folder", "/no/such.gguf", "a/b/c"]
)
def test_a_source_that_is_nothing_is_refused_with_the_four_kinds(source: str) -> None:
    with pytest.raises(BadInput, match=r"neither 'demo', nor a folder or GGUF file .* nor a Hub id"):
        resolve_source(source, "main", silent)


def test_a_tokenizer_with_more_tokens_than_the_embedding_has_rows_is_refused_with_both_numbers(folder: Path) -> None:
    tokenizer = load_tokenizer(folder)
    tokenizer.add_tokens([f"<extra{number}>" for number in range(20)])
    tokenizer.save_pretrained(folder)
    with pytest.raises(TokenizerMisfit, match=r"tokens up to 278, but the model's embedding has 264 rows"):
        load_tokenizer(folder)


def test_rows_without_a_token_are_padding(folder: Path) -> None:
    assert len(load_tokenizer(folder)) < 264
