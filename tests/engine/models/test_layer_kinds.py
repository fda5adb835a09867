"""Which layers must stay, known from the config alone."""

from pathlib import Path

import pytest

from engine.api.budget import prunable_layers
from engine.api.errors import BadInput
from engine.api.settings import AnalysisSettings
from engine.models.description import describe_model
from engine.models.layer_kinds import needed_layers
from engine.models.pruned_config import complete_config, pruned_config
from tests.engine.export.cases import exported, saved

pytestmark = pytest.mark.slow

HYBRIDS = {
    "lfm2": (1, 4, 5),
    "qwen3_next": (2, 5),
    "qwen3_5": (2, 5),
    "bamba": (1, 4),
    "nemotron_h": (1, 5),
    "lfm2_vl": (1, 4, 5),
}
"""Families of attention and recurrent layers, with the tiny model's attention layers."""


@pytest.mark.parametrize("family", HYBRIDS)
def test_a_hybrid_keeps_an_attention_layer(tmp_path: Path, family: str) -> None:
    source = saved(family, tmp_path / "dense")
    attention = HYBRIDS[family]
    with pytest.raises(BadInput, match="would have no attention layer left"):
        exported(source, attention, tmp_path / "small")
    assert not (tmp_path / "small").exists()
    exported(source, attention[1:], tmp_path / "small")


@pytest.mark.parametrize("family", ["llama", "gemma3", "olmo3", "gpt_oss", "mamba"])
def test_models_of_one_sort_of_layer_may_lose_any(tmp_path: Path, family: str) -> None:
    assert describe_model(saved(family, tmp_path)).needed_layers == ()


def test_the_only_attention_layer_is_protected_from_the_start(tmp_path: Path) -> None:
    source = saved("qwen3_5", tmp_path / "dense")
    exported(source, (2,), tmp_path / "one left")
    config = pruned_config(source.config(), (2,))
    needed = needed_layers(complete_config(config))
    assert needed == (4,)
    assert prunable_layers(5, AnalysisSettings(protected=()), needed) == (0, 1, 2, 3)


def test_layers_that_only_pictures_reach_are_protected(tmp_path: Path) -> None:
    assert describe_model(saved("mllama", tmp_path)).needed_layers == (1, 4)
