"""The merged weights are the adapter model in plain tensors."""

from pathlib import Path

import pytest
import torch

from engine.api.errors import BadInput
from engine.models.surgery import pruned_view, remove_layers
from engine.recovery.adapters import Adapters
from engine.recovery.merge import load_merged, write_merged
from engine.recovery.targets import adapter_targets
from tests.engine.recovery.cases import FAMILIES, REMOVED, SETTINGS, changed, dense_model, token_windows


@pytest.mark.parametrize("kind", ["lora", "rslora", "dora"])
@pytest.mark.parametrize("family", FAMILIES)
@torch.no_grad()
def test_plain_weights_give_the_adapter_models_logits(family: str, kind: str, tmp_path: Path) -> None:
    tokens = token_windows(3)
    model = dense_model(family)
    view = pruned_view(model, REMOVED)
    with Adapters(view, adapter_targets(view, "all", 1), changed(adapter=kind)) as adapters:
        generator = torch.Generator().manual_seed(0)
        for parameter in adapters.parameters().values():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.1)
        adapted = view(tokens, use_cache=False).logits
        file = write_merged(tmp_path, {}, dict(adapters.merged_weights()))

    pruned = dense_model(family)
    remove_layers(pruned, REMOVED)
    before = pruned(tokens, use_cache=False).logits
    merged = load_merged(tmp_path)
    unexpected = pruned.load_state_dict(merged, strict=False).unexpected_keys
    after = pruned(tokens, use_cache=False).logits
    assert file == tmp_path / "merged.safetensors"
    assert unexpected == []
    assert (after - adapted).abs().max() <= 1e-3
    assert (after - before).abs().max() > 0.1


def test_only_changed_weights_are_written_in_their_own_dtype(tmp_path: Path) -> None:
    model = dense_model().bfloat16()
    view = pruned_view(model, REMOVED)
    names = adapter_targets(view, "mlp", 3)
    with Adapters(view, names, SETTINGS) as adapters:
        write_merged(tmp_path, {}, dict(adapters.merged_weights()))
    merged = load_merged(tmp_path)
    assert sorted(merged) == sorted(f"{name}.weight" for name in names)
    assert {tensor.dtype for tensor in merged.values()} == {torch.bfloat16}


@pytest.mark.parametrize("content", [b"", b"\x10\0\0\0\0\0\0\0{}", bytes(4096)])
def test_damaged_weights_are_named_with_the_way_on(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "merged.safetensors"
    file.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        load_merged(tmp_path)
    assert str(refused.value) == f"{file} is damaged; restore it from a copy, or begin a new run (--new-run)."
