"""A base in 4 bits: the adapters learn on it, and are merged into the weights as they were before."""

from pathlib import Path
from typing import Any

import pytest
import torch

from engine.api.errors import BadInput
from engine.models import four_bit
from engine.models.architecture import find_decoder
from engine.models.four_bit import check_four_bit, four_bit_share, load_four_bit
from engine.models.loading import load_model
from engine.models.surgery import remove_layers
from engine.recovery.merge import load_merged
from engine.recovery.preconditions import check_recovery
from tests.engine.recovery.cases import REMOVED, Said, changed, training_windows
from tests.engine.recovery.test_processes import job_in
from tests.engine.tiny_models import save_tiny, tiny_models


@pytest.fixture
def on_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the CPU stand in for a GPU: bitsandbytes computes there too, on some CPUs in a form for inference only."""
    modules = pytest.importorskip("bitsandbytes.nn.modules", reason="needs the package bitsandbytes")
    monkeypatch.setattr(modules, "has_avx512bf16", lambda: False)


def config_of(family: str) -> dict[str, Any]:
    """Content of the config.json of a tiny model."""
    config: dict[str, Any] = tiny_models()[family]().config.to_dict()
    return config


@pytest.mark.usefixtures("on_the_cpu")
@pytest.mark.parametrize("kind", ["lora", "dora"])
def test_what_is_learnt_is_merged_into_the_weights_of_full_precision(kind: str, tmp_path: Path) -> None:
    said = Said()
    job_in(tmp_path, four_bit=True, adapter=kind, steps=12, rank=4).train(training_windows(), "cpu", said, lambda: None)
    assert said.finished().helped
    original = load_model(tmp_path / "model")
    remove_layers(original, REMOVED)
    before, merged = dict(original.named_parameters()), load_merged(tmp_path / "recovery")
    assert {tensor.dtype for tensor in merged.values()} == {torch.float32}
    for name, weight in merged.items():
        assert weight.shape == before[name].shape
    if kind == "lora":
        # An error of quantisation would be of full rank.
        ranks = [torch.linalg.matrix_rank(weight - before[name], rtol=1e-3) for name, weight in merged.items()]
        assert max(ranks) <= 4


@pytest.mark.usefixtures("on_the_cpu")
def test_two_weights_share_a_byte_in_memory(tmp_path: Path) -> None:
    job_in(tmp_path)
    model = load_four_bit(tmp_path / "model", "cpu", torch.float32)
    layer = model.model.layers[0].mlp.up_proj
    assert layer.weight.dtype == torch.uint8
    assert layer.weight.numel() * 2 == layer.in_features * layer.out_features
    assert not any(parameter.requires_grad for parameter in model.parameters())


def test_a_device_that_cannot_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadInput, match=r"recovery\.four_bit needs an .* GPU, but the run uses cpu; set it to false"):
        check_four_bit("cpu")


@pytest.mark.parametrize("family", ["gpt2", "gpt_oss", "mixtral", "falcon"])
def test_a_family_whose_weights_do_not_go_into_4_bits_is_refused_before_any_work(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(four_bit, "find_spec", lambda _name: True)
    with pytest.raises(BadInput, match=r"cannot be held in 4 bits: .*; set recovery\.four_bit=false\."):
        check_recovery(changed(four_bit=True), config_of(family), "cuda:0")


@pytest.mark.usefixtures("on_the_cpu")
@pytest.mark.parametrize("family", ["llama", "qwen2_moe", "gpt_neo"])
def test_the_estimate_counts_what_is_in_4_bits(family: str, tmp_path: Path) -> None:
    save_tiny(family, tmp_path)
    layers = find_decoder(load_four_bit(tmp_path, "cpu", torch.float32)).layers
    rounded = sum(2 * each.numel() for each in layers.parameters() if each.dtype == torch.uint8)
    whole = sum(each.numel() for each in find_decoder(load_model(tmp_path)).layers.parameters())
    assert four_bit_share(config_of(family)) == pytest.approx(rounded / whole)


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(four_bit, "find_spec", lambda _name: None)
    with pytest.raises(BadInput, match=r"needs bitsandbytes, which is not installed.*pip install 'layerswarm\[four-b"):
        check_four_bit("cuda:0")
