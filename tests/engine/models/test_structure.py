"""Layers that a family builds by their number are noticed before any work is done."""

from typing import Any

import pytest
import transformers as hf

from engine.api.errors import BadInput
from engine.models import structure
from engine.models.structure import check_structure
from tests.engine.tiny_families import COMMON
from tests.engine.tiny_models import LAYERS, tiny_models

pytestmark = pytest.mark.slow

KEEPS_THE_PERIOD = {"jamba": ((2, 3), (0, 1))}
"""Families of which only whole periods may go."""


@pytest.mark.parametrize("family", tiny_models())
def test_no_family_that_can_be_pruned_is_suspected(family: str) -> None:
    config = tiny_models()[family]().config.to_dict()
    for removed in KEEPS_THE_PERIOD.get(family, ((0,), (LAYERS // 2,), (LAYERS - 1,))):
        check_structure(config, removed)


def test_a_constant_that_goes_by_the_layers_number_is_noticed() -> None:
    config = hf.DiffLlamaConfig(**COMMON).to_dict()
    with pytest.raises(BadInput, match=r"cannot lose layer 0: layer 1 .* new position 0 .*lambda_init' differs"):
        check_structure(config, (0,))
    check_structure(config, (4, 5))  # nothing comes to another place


@pytest.mark.parametrize("removed", [(0,), (1,), (2,)])
def test_experts_that_begin_at_a_number_nobody_told_of_are_noticed(
    removed: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = hf.Lfm2MoeConfig(
        **{**COMMON, "num_hidden_layers": 4}, num_dense_layers=2, layer_types=["conv", "full_attention"] * 2
    ).to_dict()
    check_structure(config, removed)

    def forgetful(config: dict[str, Any], removed: tuple[int, ...]) -> dict[str, Any]:
        return {**known(config, removed), "num_dense_layers": 2}

    known = structure.pruned_config
    monkeypatch.setattr(structure, "pruned_config", forgetful)
    if removed[0] < 2:
        with pytest.raises(BadInput, match="built differently at its new position 1"):
            check_structure(config, removed)
    else:
        check_structure(config, removed)
