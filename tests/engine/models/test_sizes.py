"""Sizes are counted, never estimated."""

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from engine.models.sizes import ModelSizes, measure_sizes
from engine.models.surgery import remove_layers
from tests.engine.tiny_models import CORE_FAMILIES, LAYERS, save_tiny, tiny_models


def count(model: torch.nn.Module) -> int:
    return sum(parameter.numel() for parameter in model.parameters())


@pytest.mark.parametrize("family", CORE_FAMILIES)
@pytest.mark.parametrize("removed", [(), (0,), (1, 4), (0, 1, 2, 3, 4)])
def test_predicted_parameters_are_those_of_the_model(family: str, removed: tuple[int, ...], tmp_path: Path) -> None:
    model = tiny_models()[family]()
    save_tiny(family, tmp_path, dtype=torch.bfloat16, max_shard_size="30KB")
    sizes = measure_sizes(tmp_path)
    remove_layers(model, removed)
    assert sizes.layers == LAYERS
    assert sizes.after(removed) == (count(model), 2 * count(model))


@given(
    layers=st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**13)), min_size=2, max_size=40), data=st.data()
)
@settings(deadline=None)
def test_what_is_removed_and_what_stays_add_up(layers: list[tuple[int, int]], data: st.DataObject) -> None:
    parameters, sizes = zip(*layers, strict=True)
    measured = ModelSizes(len(layers), 7 + sum(parameters), 9 + sum(sizes), parameters, sizes)
    removed = tuple(data.draw(st.sets(st.integers(0, len(layers) - 1), max_size=len(layers) - 1)))
    gone = (sum(parameters[layer] for layer in removed), sum(sizes[layer] for layer in removed))
    assert measured.after(removed) == (measured.parameters - gone[0], measured.bytes - gone[1])


def test_masks_and_a_tied_head_that_old_files_store_are_bytes_but_no_parameters(tmp_path: Path) -> None:
    model = tiny_models()["gpt2"]()
    save_tiny("gpt2", tmp_path)
    file = tmp_path / "model.safetensors"
    tensors = load_file(file)
    extra = {f"transformer.h.{layer}.attn.bias": torch.ones(1, 1, 8, 8) for layer in range(LAYERS)}
    extra["lm_head.weight"] = tensors["transformer.wte.weight"].clone()
    save_file(tensors | extra, file, metadata={"format": "pt"})
    sizes = measure_sizes(tmp_path)
    assert sizes.parameters == count(model)
    assert sizes.bytes == 4 * (count(model) + sum(tensor.numel() for tensor in extra.values()))
