"""A model whose layers are on several devices computes what it does on one."""

from pathlib import Path

import pytest
import torch

from engine.models.decoder_stack import DecoderStack
from engine.models.loading import load_model
from engine.models.placement import Placement, spread_placement
from engine.models.sizes import measure_sizes
from engine.models.streaming import spread_model
from tests.engine.tiny_models import LAYERS, VOCABULARY, save_tiny


@pytest.fixture(scope="module", params=["llama", "gemma3", "gpt2"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("spread") / request.param
    save_tiny(request.param, made)
    return made


def test_layers_on_a_second_device_give_the_same_states(folder: Path) -> None:
    second = tuple((layer, "cpu:1") for layer in range(2, LAYERS))  # a CPU has one memory, whatever its number
    whole, spread = load_model(folder), load_model(folder, placement=Placement(elsewhere=second))
    tokens = torch.arange(16).reshape(2, 8) % VOCABULARY
    assert torch.equal(spread(input_ids=tokens).logits, whole(input_ids=tokens).logits)
    stack, other = DecoderStack(whole), DecoderStack(spread)
    one, two = stack.enter(tokens), other.enter(tokens)
    for layer in range(LAYERS):
        assert torch.equal(other.apply(layer, two.embedded, two), stack.apply(layer, one.embedded, one))
    assert not other.streamed


def test_each_layer_gets_what_it_is_called_with_on_its_own_device_and_returns_it_to_the_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    send = spread_model.send_to_device

    def noted(content: object, device: str) -> object:
        sent.append(device)
        return send(content, device)

    model = load_model(folder, placement=Placement(elsewhere=((1, "cpu:1"), (3, "cpu:2"))))
    monkeypatch.setattr(spread_model, "send_to_device", noted)
    model(input_ids=torch.zeros(1, 4, dtype=torch.long))
    assert sent == ["cpu:1", "cpu:1", "cpu", "cpu:2", "cpu:2", "cpu"]


def test_weights_are_put_where_the_placement_says(folder: Path) -> None:
    model = load_model(folder, placement=Placement(elsewhere=((1, "meta"), (2, "meta"))))
    found = {name.split(".")[2] for name, parameter in model.named_parameters() if parameter.is_meta}
    assert found == {"1", "2"}


class TestPlacement:
    """Layers fill one device after the other."""

    @pytest.fixture(autouse=True)
    def _sizes(self, tmp_path: Path) -> None:
        save_tiny("llama", tmp_path / "model")
        self.sizes = measure_sizes(tmp_path / "model")
        self.layer = max(self.sizes.layer_parameters) * 4
        self.rest = self.sizes.parameters * 4 - sum(self.sizes.layer_parameters) * 4

    def test_the_first_device_has_all_but_the_layers_that_it_has_no_room_for(self) -> None:
        room, beside = 2 * self.layer + self.rest + 1000, 1000
        found = spread_placement(self.sizes, torch.float32, ["a", "b", "c", "d"], room, beside)
        assert found is not None
        assert not found.streamed
        assert {layer for layer, _ in found.elsewhere} == set(range(2, LAYERS))
        assert [device for _, device in found.elsewhere] == sorted(device for _, device in found.elsewhere)

    def test_without_room_there_is_none(self) -> None:
        assert spread_placement(self.sizes, torch.float32, ["a", "b"], self.layer + self.rest, 0) is None
        assert spread_placement(self.sizes, torch.float32, ["a", "b"], 10 * self.layer, 10 * self.layer) is None

    def test_one_device_with_room_for_all_needs_no_other(self) -> None:
        found = spread_placement(self.sizes, torch.float32, ["a", "b"], 10**9, 0)
        assert found == Placement()
