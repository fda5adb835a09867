"""The time of a run is first guessed from the pace of like work on this computer."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from engine.api.editing import with_values
from engine.api.events import DurationsPredicted
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.pipeline import paces
from engine.pipeline.paces import learn_pace, predict_durations

ESTIMATED = {"calibrate": 7.0, "analyse": 11.0, "search": 90.0, "compensate": 3.0, "recover": 40.0, "evaluate": 13.0}


def workspace(work: float, model: str = "a", device: str = "cpu", settings: Settings | None = None) -> Any:
    """Return what the paces read of a workspace whose search needs so many operations."""
    flops = dict.fromkeys(ESTIMATED, 0.0) | {"search": work, "tasks and texts": 0.0}
    emitted: list[DurationsPredicted] = []
    return SimpleNamespace(
        placed=SimpleNamespace(cost=SimpleNamespace(flops=lambda: flops)),
        folder=SimpleNamespace(digest=model, path=Path()),
        device=device,
        dtype=torch.float32,
        settings=settings or Settings(),
        state=RunState(),
        emit=emitted.append,
        emitted=emitted,
    )


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(paces, "estimated_seconds", lambda *_: dict(ESTIMATED))


def predicted(work: float, **values: Any) -> dict[Any, float]:
    place = workspace(work, **values)
    predict_durations(place, "evaluate")
    return dict(place.emitted[0].seconds)


def test_before_anything_is_known_the_estimate_counts() -> None:
    assert predicted(1e12)["search"] == ESTIMATED["search"]


def test_a_finished_stage_predicts_the_next_scaled_by_the_work() -> None:
    learn_pace(workspace(1e12), "search", 60.0)
    assert predicted(2e12)["search"] == pytest.approx(120.0)


def test_the_same_model_counts_before_others_and_another_device_does_not() -> None:
    learn_pace(workspace(1e12, model="a"), "search", 60.0)
    learn_pace(workspace(1e12, model="b"), "search", 20.0)
    assert predicted(1e12, model="a")["search"] == pytest.approx(60.0)
    assert predicted(1e12, model="c")["search"] == pytest.approx(40.0)
    assert predicted(1e12, device="cuda:0")["search"] == ESTIMATED["search"]


def test_stages_that_are_switched_off_or_done_are_not_predicted() -> None:
    off = with_values(Settings(), {"recovery.enabled": False, "compensation.enabled": False})
    assert not predicted(1e12, settings=off).keys() & {"recover", "compensate"}


def test_a_damaged_file_is_no_more_than_forgotten(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "paces.json").write_bytes(b'[{"stage": "dance"}]')
    assert predicted(1e12)["search"] == ESTIMATED["search"]
    learn_pace(workspace(1e12), "search", 60.0)
    assert predicted(1e12)["search"] == pytest.approx(60.0)


def test_only_the_latest_durations_are_kept() -> None:
    for seconds in (1000.0, 1000.0, 1000.0, 10.0, 10.0, 10.0, 10.0, 10.0):
        learn_pace(workspace(1e12), "search", seconds)
    assert predicted(1e12)["search"] == pytest.approx(10.0)
