"""A model whose layers are streamed computes what the whole model computes, with few layers in memory."""

import gc
import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.analysis.similarity import layer_similarities
from engine.api.settings import CompensationSettings
from engine.compensation import compensate
from engine.compensation.compensate import Compensation
from engine.fitness import last_states as last_states_module
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.last_states import last_states
from engine.fitness.memory import ScoreMemory
from engine.models import decoder_stack, state_parking
from engine.models.architecture import find_decoder
from engine.models.decoder_stack import DecoderStack
from engine.models.inventory import Stored
from engine.models.loading import load_model
from engine.models.placement import Placement
from engine.models.state_parking import LEAST_STATES
from engine.models.streaming.part_reader import PartReader
from engine.models.streaming.streamed_model import traffic_of
from engine.models.surgery import remove_layers
from engine.models.weight_patch import replace_weights
from tests.engine.tiny_models import LAYERS, save_tiny, tiny_models

SETTINGS = CompensationSettings()
POPULATION = [(), (1,), (1, 2), (1, 4), (2, 3), (4,)]
TOKENS = torch.arange(6 * 16).reshape(6, 16) % 90 + 3


def loaded(folder: Path, streamed: tuple[int, ...]) -> PreTrainedModel:
    return load_model(folder, placement=Placement(streamed))


def evaluator_of(model: PreTrainedModel, **options: object) -> Evaluator:
    memory = ScoreMemory("model", "calibration", lambda _event: None)
    return Evaluator(CalibrationWindows(DecoderStack(model), TOKENS, 1), memory, **options)  # type: ignore[arg-type]


def layers_in_memory(model: PreTrainedModel) -> int:
    layers = find_decoder(model).layers
    return sum(not any(parameter.is_meta for parameter in layer.parameters()) for layer in layers)


@pytest.mark.parametrize("family", tiny_models())
def test_streamed_scores_are_those_of_the_whole_model(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path)
    streamed = loaded(tmp_path, tuple(range(1, LAYERS)))
    assert torch.equal(*(each(input_ids=TOKENS, use_cache=False).logits for each in (loaded(tmp_path, ()), streamed)))
    removable = [removed for removed in POPULATION if family != "jamba" or not removed]
    expected = evaluator_of(loaded(tmp_path, ())).scores(removable)
    assert evaluator_of(streamed).scores(removable) == expected
    assert layers_in_memory(streamed) == 1


def test_a_population_reads_each_layer_once(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    model = loaded(tmp_path, tuple(range(LAYERS)))
    evaluator = evaluator_of(model, levels=(2, 6))
    traffic = traffic_of(model)
    assert traffic is not None
    before = traffic.layers
    evaluator.scores([(1, 2), (1, 4), (2, 3), (2, 4)])
    assert traffic.layers - before <= LAYERS + 1  # and one that was fetched ahead


SCARCE = 40_000
"""Bytes of hidden states that are fewer than those of the population below, and than the layers of the tiny model."""


def test_states_that_do_not_fit_into_memory_wait_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scores are the same, and the layers are read once all the same."""
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    written: list[int] = []
    put = state_parking._in_a_file

    def counted(hidden: Tensor) -> Tensor:
        written.append(hidden.nbytes)
        return put(hidden)

    monkeypatch.setattr(state_parking, "_in_a_file", counted)
    save_tiny("llama", tmp_path)
    population = [(), *itertools.combinations(range(1, LAYERS), 2)]
    expected = evaluator_of(loaded(tmp_path, ()), states_bytes=SCARCE).scores(population)
    assert not written
    model = loaded(tmp_path, tuple(range(LAYERS)))
    evaluator = evaluator_of(model, states_bytes=SCARCE)
    traffic = traffic_of(model)
    assert traffic is not None
    before = traffic.layers
    assert evaluator.scores(population) == expected
    assert traffic.layers - before <= LAYERS + 1
    assert written
    assert list((tmp_path / "cache").iterdir()) == []  # the files have no names, so that nothing is left of them


def test_a_full_disk_leaves_the_states_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_tiny("llama", tmp_path)
    expected = evaluator_of(loaded(tmp_path, ()), states_bytes=SCARCE).scores(POPULATION)
    monkeypatch.setattr(decoder_stack, "free_for_states", lambda: 0)
    monkeypatch.setattr(state_parking, "_in_a_file", lambda _hidden: pytest.fail("written"))
    model = loaded(tmp_path, tuple(range(LAYERS)))
    assert evaluator_of(model, states_bytes=SCARCE).scores(POPULATION) == expected


def test_last_states_are_the_same_from_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_tiny("llama", tmp_path)
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(last_states_module, "STATES_BYTES", SCARCE // 4)
    batches = TOKENS.split(1)
    whole, streamed = (DecoderStack(loaded(tmp_path, layers)) for layers in ((), tuple(range(LAYERS))))
    traffic = traffic_of(streamed.model)
    assert traffic is not None
    before = traffic.layers
    for expected, found in zip(last_states(whole, batches), last_states(streamed, batches), strict=True):
        assert torch.equal(expected, found)
    assert traffic.layers - before <= LAYERS + 1


def test_building_an_evaluator_reads_the_model_twice(tmp_path: Path) -> None:
    """Once to check that it can be walked, once for the dense states of all batches; the order is learnt meanwhile."""
    save_tiny("llama", tmp_path)
    model = loaded(tmp_path, tuple(range(LAYERS)))
    evaluator_of(model, levels=(2, 6))
    traffic = traffic_of(model)
    assert traffic is not None
    assert traffic.layers <= 2 * LAYERS + 3


def test_the_whole_model_runs_generates_and_loses_layers(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    whole, streamed = loaded(tmp_path, ()), loaded(tmp_path, (0, 2, 3))
    for model in (whole, streamed):
        remove_layers(model, (1, 3))
    prompt = TOKENS[:1, :5]
    assert torch.equal(*(model.generate(prompt, max_new_tokens=6, do_sample=False) for model in (whole, streamed)))  # type: ignore[operator]


def test_replaced_weights_stay_replaced(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    whole, streamed = loaded(tmp_path, ()), loaded(tmp_path, (2, 3))
    name = "model.layers.2.mlp.down_proj.weight"
    changed = {name: whole.get_parameter(name) + 0.1}
    for model in (whole, streamed):
        replace_weights(model, changed)
    for _ in range(2):
        assert torch.equal(*(model(input_ids=TOKENS, use_cache=False).logits for model in (whole, streamed)))


def test_layers_that_stay_are_loaded_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Main memory may have no room for all that is loaded onto another device, nor for experts before and after."""
    save_tiny("qwen3_moe", tmp_path)
    read, together = PartReader.read, []

    def watched(reader: PartReader, stored: Iterable[Stored]) -> dict[str, Tensor]:
        given = list(stored)
        together.append({each.parameter.split(".")[2] for each in given if ".layers." in each.parameter})
        return read(reader, given)

    monkeypatch.setattr(PartReader, "read", watched)
    loaded(tmp_path, (0,))
    assert sorted(map(len, together)) == [0] + [1] * (LAYERS - 1)


def test_reading_layers_of_experts_needs_no_collection_of_all_objects(tmp_path: Path) -> None:
    """Collecting all objects of the process would take longer than reading most layers."""
    save_tiny("qwen3_moe", tmp_path)
    model = loaded(tmp_path, tuple(range(LAYERS)))
    generations: list[int] = []

    def seen(phase: str, found: dict[str, int]) -> None:
        if phase == "start":
            generations.append(found["generation"])

    gc.collect()
    gc.callbacks.append(seen)
    try:
        model(input_ids=TOKENS, use_cache=False)
    finally:
        gc.callbacks.remove(seen)
    assert 0 in generations
    assert 2 not in generations
    assert gc.isenabled()


def test_replaced_weights_are_in_memory_only_while_their_layer_is_applied(tmp_path: Path) -> None:
    """A recovered model differs in nearly every matrix, so that its changed weights are as large as the model."""
    save_tiny("llama", tmp_path)
    whole, streamed = loaded(tmp_path, ()), loaded(tmp_path, tuple(range(LAYERS)))
    for model in (whole, streamed):
        remove_layers(model, (1,))
    changed = {f"model.layers.{layer}.mlp.up_proj.weight": torch.full((1,), 0.1) for layer in range(LAYERS - 1)}
    changed = {name: whole.get_parameter(name) + change for name, change in changed.items()}
    for model in (whole, streamed):
        replace_weights(model, changed)
    assert torch.equal(*(model(input_ids=TOKENS, use_cache=False).logits for model in (whole, streamed)))
    held = [name for name, weight in streamed.named_parameters() if "layers" in name and not weight.is_meta]
    assert held == []


@pytest.mark.parametrize("waiting", [LEAST_STATES, 4096], ids=["in memory", "on disk"])
def test_similarities_and_folds_are_those_of_the_whole_model(
    waiting: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compensate, "LEAST_STATES", waiting)
    save_tiny("llama", tmp_path)
    found = []
    for streamed in ((), tuple(range(LAYERS))):
        model = loaded(tmp_path, streamed)
        similarities = layer_similarities(evaluator_of(model).batches, LAYERS)
        fold = Compensation(DecoderStack(model), TOKENS[2:], TOKENS[:2], SETTINGS, [(1, 3)]).fold((1, 3))
        found.append((similarities, fold.pruned_names("model.layers", LAYERS), fold.kl_after))
    assert found[0][0] == found[1][0]
    assert found[0][2] == found[1][2]
    assert found[0][1].keys() == found[1][1].keys() != set()
    assert all(torch.equal(tensor, found[1][1][name]) for name, tensor in found[0][1].items())


def test_layers_kept_in_main_memory_are_read_once(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path)
    model = load_model(tmp_path, placement=Placement(tuple(range(LAYERS)), "memory"))
    for _ in range(3):
        model(input_ids=TOKENS, use_cache=False)
    traffic = traffic_of(model)
    assert traffic is not None
    assert traffic.layers == LAYERS
