"""Names that a wrapper left in a checkpoint are shown, with what leaves them and what to do."""

from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file

from engine.api.errors import BadInput
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.tiny_models import save_tiny


def rename(folder: Path, old: str, new: str) -> None:
    stored = load_file(folder / "model.safetensors")
    save_file({name.replace(old, new, 1): stored[name] for name in stored}, folder / "model.safetensors")


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        resolve_source(str(folder), "main", silent)
    return str(caught.value)


@pytest.mark.parametrize("family", ["llama", "qwen3", "gpt2"])
@pytest.mark.parametrize(
    ("prefix", "cause"),
    [
        ("_orig_mod.", "torch.compile leaves them"),
        ("module.", "DataParallel leaves them"),
        ("module._orig_mod.", "torch.compile leaves them"),
        ("_fsdp_wrapped_module.", "FSDP leaves them"),
        ("_forward_module.", "Lightning Fabric leaves them"),
        ("base_model.model.", "PEFT leaves them before a merge"),
        ("pretrained_model.", "TRL leaves them"),
    ],
)
def test_a_prefix_is_named_with_its_cause(prefix: str, cause: str, family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path)
    rename(tmp_path, "", prefix)
    message = refusal(tmp_path)
    assert f"The tensors' names in {tmp_path} begin with '{prefix}', as {cause}" in message
    assert message.endswith(f"or rename the tensors without '{prefix}'.")


def test_a_doubled_prefix_is_named(tmp_path: Path) -> None:
    save_tiny("qwen3", tmp_path)
    rename(tmp_path, "", "model.")
    assert "begin with 'model.model.', as a class around the model leaves them" in refusal(tmp_path)


@pytest.mark.parametrize("part", ["_orig_mod", "_checkpoint_wrapped_module", "_fsdp_wrapped_module"])
def test_wrapped_layers_are_named_too(part: str, tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    rename(tmp_path, "layers.3.", f"layers.3.{part}.")
    assert f"contain '{part}.', as" in refusal(tmp_path)


def test_an_adapter_that_was_not_merged_is_named(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    rename(tmp_path, "layers.3.mlp.up_proj.", "layers.3.mlp.up_proj.base_layer.")
    message = refusal(tmp_path)
    assert "hold an adapter that was not merged ('model.layers.3.mlp.up_proj.base_layer.weight')" in message
