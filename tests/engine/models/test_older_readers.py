"""Older keys are added only where both versions of transformers then read the same model."""

from typing import Any

import pytest

from engine.models.older_readers import with_older_keys
from engine.models.pruned_config import complete_config
from tests.engine.tiny_models import tiny_models

READ_BY_4 = ("llama", "gemma3", "gemma3_with_vision", "qwen2_5_vl", "mistral3", "gpt_neox", "phi3")
UNKNOWN_TO_4 = ("gemma4", "gemma4_with_vision", "lfm3", "qwen3_5", "qwen3_5_with_vision", "nemotron_h")


def config_of(family: str) -> dict[str, Any]:
    config: dict[str, Any] = tiny_models()[family]().config.to_diff_dict()
    return config


@pytest.mark.parametrize("family", UNKNOWN_TO_4)
def test_a_family_that_4_does_not_know_gets_no_older_keys(family: str) -> None:
    config = config_of(family)
    assert with_older_keys(config) == config


@pytest.mark.parametrize("family", READ_BY_4)
def test_with_the_older_keys_the_installed_transformers_reads_the_same(family: str) -> None:
    config = config_of(family)
    older = with_older_keys(config)
    text, older_text = (complete_config(each).get_text_config(decoder=True) for each in (config, older))
    assert text.rope_parameters == older_text.rope_parameters
    assert older != config


def test_a_kind_of_rotation_that_4_does_not_compute_is_not_put_in_its_words() -> None:
    rope = {"rope_type": "proportional", "rope_theta": 1e6, "partial_rotary_factor": 0.25}
    assert "rope_scaling" not in with_older_keys(config_of("llama") | {"rope_parameters": rope})
