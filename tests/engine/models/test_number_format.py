"""Which number format a model takes on a device."""

import math

import pytest
import torch

from engine.models import number_format

SMALL, LARGE = 1_000_000, 135_000_000


@pytest.mark.parametrize(("setting", "dtype"), [("float32", torch.float32), ("float16", torch.float16)])
def test_a_format_that_is_named_is_taken(setting: number_format.DtypeSetting, dtype: torch.dtype) -> None:
    assert number_format.choose_dtype("cpu", setting, LARGE) == dtype


def test_a_gpu_takes_what_its_hardware_has(monkeypatch: pytest.MonkeyPatch) -> None:
    assert number_format.choose_dtype("mps", "auto", LARGE) == torch.float16
    assert number_format.choose_dtype("xpu:0", "auto", LARGE) == torch.bfloat16
    for capability, dtype in (((9, 0), torch.bfloat16), ((8, 0), torch.bfloat16), ((7, 5), torch.float16)):
        monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _device, here=capability: here)
        assert number_format.choose_dtype("cuda:0", "auto", LARGE) == dtype


@pytest.mark.parametrize(
    ("speedup", "parameters", "dtype"),
    [
        (3.0, LARGE, torch.bfloat16),
        (1.1, LARGE, torch.float32),
        (0.3, LARGE, torch.float32),
        (3.0, SMALL, torch.float32),
    ],
)
def test_a_cpu_takes_bfloat16_for_a_large_model_where_it_was_measured_to_be_faster(
    speedup: float, parameters: int, dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(number_format, "bfloat16_speedup", lambda: speedup)
    assert number_format.choose_dtype("cpu", "auto", parameters) == dtype


def test_the_speedup_is_measured() -> None:
    speedup = number_format.bfloat16_speedup()
    assert speedup > 0
    assert math.isfinite(speedup)
