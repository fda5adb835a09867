"""Where decoder layers wait: only what memory has room for is put there, and what cannot work is refused."""

import pytest
import torch

from engine.api.errors import LayerSwarmError
from engine.api.settings import DeviceSettings
from engine.models import placement
from engine.models.placement import RESIDENT, Placement, choose_placement
from engine.models.sizes import ModelSizes

LAYERS, WIDE = 4, 10**9
SIZES = ModelSizes(LAYERS, WIDE * (LAYERS + 1), 2 * WIDE * (LAYERS + 1), (WIDE,) * LAYERS, (2 * WIDE,) * LAYERS)
"""A model of 10 GB in 16 bits, of which each of its four layers takes 2 GB."""


def chosen(
    monkeypatch: pytest.MonkeyPatch, device: str, free: dict[str, float], allowed: float = 0.0, offload: str = "auto"
) -> Placement:
    monkeypatch.setattr(placement, "free_memory", lambda name: round(1e9 * free[name]))
    settings = DeviceSettings(memory_megabytes=1000 * allowed, offload=offload)  # type: ignore[arg-type]
    return choose_placement(SIZES, torch.bfloat16, device, settings, beside=0)


def test_a_model_that_fits_is_not_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch, "cpu", {"cpu": 12}) == RESIDENT


def test_layers_that_do_not_fit_into_main_memory_cannot_wait_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch, "cpu", {"cpu": 9}, offload="memory") == Placement((0, 1, 2, 3), "disk")


def test_layers_wait_in_main_memory_only_where_it_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch, "cuda:0", {"cuda:0": 10, "cpu": 20}).store == "memory"
    assert chosen(monkeypatch, "cuda:0", {"cuda:0": 10, "cpu": 11}).store == "disk"
    assert chosen(monkeypatch, "cuda:0", {"cuda:0": 10, "cpu": 11}, offload="memory").store == "memory"
    with pytest.raises(LayerSwarmError, match=r"cuda:0 need 8\.0 GB, and 7\.0 GB of main memory are free; set it to"):
        chosen(monkeypatch, "cuda:0", {"cuda:0": 10, "cpu": 7}, offload="memory")


def test_a_model_larger_than_what_is_free_is_not_loaded_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch, "cpu", {"cpu": 10.1}, offload="never") == RESIDENT
    with pytest.raises(LayerSwarmError, match=r"weights need 10\.0 GB on cpu, and 9\.9 GB are free; .*offload=auto"):
        chosen(monkeypatch, "cpu", {"cpu": 9.9}, offload="never")
