"""The table of families: layers go from the middle and from both ends, and every way to do without them agrees.

For each family: the scores of the search are those of really removing the layers; the export has the predicted size,
generates with its KV cache (both are its own checks) and gives, reloaded, exactly the logits of the model in memory.
"""

import copy
from pathlib import Path

import pytest
import torch

from engine.api.errors import BadInput
from engine.api.events import ExportVerified, RemovalSet
from engine.export.rehearsal import rehearse_export
from engine.models.folder import ModelFolder
from engine.models.loading import load_model
from engine.models.pruned_config import pruned_config
from engine.models.surgery import remove_layers
from tests.engine.export.cases import exported, logits, saved
from tests.engine.fitness.cases import assert_close, evaluator_of, naive_score, token_windows
from tests.engine.newcomers import NEWCOMERS
from tests.engine.tiny_families import FAMILIES
from tests.engine.tiny_models import LAYERS, VOCABULARY
from tests.engine.tiny_wrappers import WRAPPERS

pytestmark = pytest.mark.slow

MIDDLE, EDGES = (2, 3), (0, LAYERS - 1)
KEEPS_THE_PERIOD: dict[str, tuple[RemovalSet, RemovalSet]] = {"jamba": (MIDDLE, (0, 1))}
"""Families whose kinds of layers follow a period that no config can change: whole periods may go."""


@pytest.fixture(scope="module", params=[*FAMILIES, *NEWCOMERS, *WRAPPERS])
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def source(family: str, tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """The family's model in several files; tests only read it."""
    return saved(family, tmp_path_factory.mktemp(family) / "dense", max_shard_size="60KB")


def test_layers_go_and_everything_agrees(family: str, source: ModelFolder, tmp_path: Path) -> None:
    population = KEEPS_THE_PERIOD.get(family, (MIDDLE, EDGES))
    dense, tokens = load_model(source.path), token_windows(2, 24, VOCABULARY)
    scores = evaluator_of(dense, tokens).scores(list(population))
    for removed, score in zip(population, scores, strict=True):
        target = tmp_path / "-".join(map(str, removed))
        events = exported(source, removed, target)
        assert all(event.passed for event in events if isinstance(event, ExportVerified))
        pruned = copy.deepcopy(dense)
        assert_close([score], [naive_score(dense, pruned, removed, tokens)])
        assert torch.equal(logits(load_model(target)), logits(pruned))


def test_what_the_rehearsal_lets_pass_is_never_refused_late(source: ModelFolder, tmp_path: Path) -> None:
    """The first layer alone is left, and so no kind of layer but its own."""
    removed = tuple(range(1, LAYERS))
    try:
        rehearse_export(source, removed)
    except BadInput:
        with pytest.raises(BadInput):
            exported(source, removed, tmp_path / "small")
        assert not list(tmp_path.iterdir())
    else:
        exported(source, removed, tmp_path / "small")


def test_a_period_that_would_break_is_refused(tmp_path: Path) -> None:
    source = saved("jamba", tmp_path / "dense")
    with pytest.raises(BadInput, match="fixed pattern"):
        exported(source, EDGES, tmp_path / "small")


@pytest.mark.parametrize("removed", [(1,), (2, 3)])
def test_experts_in_every_other_layer_stay_where_they_are(removed: RemovalSet) -> None:
    config = {"model_type": "ernie4_5_moe", "num_hidden_layers": 8, "moe_layer_interval": 2, "moe_layer_start_index": 4}
    if len(removed) == 1:
        with pytest.raises(BadInput, match="fixed pattern"):
            pruned_config(config, removed)
    else:
        edited = pruned_config(config, removed)
        assert (edited["num_hidden_layers"], edited["moe_layer_start_index"]) == (6, 2)


def test_what_the_naive_way_removes_is_gone(tmp_path: Path) -> None:
    """The comparison above compares something: a removal changes the logits."""
    source = saved("gemma3_with_vision", tmp_path / "dense")
    pruned = load_model(source.path)
    remove_layers(pruned, MIDDLE)
    assert not torch.allclose(logits(pruned), logits(load_model(source.path)))
