"""Weights as they are on disk are found by the names that they have in a pruned model in memory."""

from pathlib import Path

import pytest
import torch

from engine.api.errors import LayerSwarmError
from engine.models.loading import load_model
from engine.models.original_weights import OriginalWeights
from engine.models.removal import Removal
from engine.models.surgery import remove_layers
from tests.engine.tiny_models import LAYERS, save_tiny

REMOVED = (1, 3)


@pytest.mark.parametrize("family", ["llama", "gpt2", "gpt_neox"])
def test_every_weight_of_a_pruned_layer_is_its_dense_original(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path, max_shard_size="50KB")
    originals = OriginalWeights(tmp_path, Removal(LAYERS, REMOVED), {})
    model = load_model(tmp_path)
    remove_layers(model, REMOVED)
    inside = {name: value for name, value in model.named_parameters() if ".3." in name and value.ndim == 2}
    assert inside
    for name, value in inside.items():
        assert torch.equal(originals(name), value)


def test_a_weight_that_the_files_lack_is_named(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    originals = OriginalWeights(tmp_path, Removal(LAYERS, REMOVED), {})
    with pytest.raises(LayerSwarmError, match=r"no weight of its own for model\.layers\.0\.mlp\.all_proj\.weight"):
        originals("model.layers.0.mlp.all_proj.weight")
