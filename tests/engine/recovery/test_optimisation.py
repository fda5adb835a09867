"""The learning rate over a training."""

import pytest
import torch
from torch import nn

from engine.recovery.optimisation import Optimisation
from engine.recovery.team import Team
from tests.engine.recovery.cases import changed


def rates(**values: object) -> list[float]:
    """The learning rate of each step."""
    settings = changed(learning_rate=1.0, **values)
    weight = nn.Parameter(torch.ones(1))
    optimisation = Optimisation({"weight": weight}, settings, Team(cpu=True), torch.float32)
    found = []
    for _ in range(settings.steps):
        found.append(optimisation.learning_rate)
        optimisation.clear()
        loss = (weight**2).sum()
        optimisation.backward(loss)
        optimisation.step(loss.detach())
    return found


@pytest.mark.parametrize("schedule", ["cosine", "linear", "constant"])
@pytest.mark.parametrize("warmup_share", [0.0, 0.25])
def test_every_step_learns_and_the_peak_is_what_was_asked_for(schedule: str, warmup_share: float) -> None:
    found = rates(steps=20, schedule=schedule, warmup_share=warmup_share)
    assert all(0 < rate <= 1.0 for rate in found)
    assert found.index(max(found)) == round(20 * warmup_share)
    assert max(found) == 1.0


@pytest.mark.parametrize("schedule", ["cosine", "linear"])
def test_the_rate_falls_to_nearly_nothing(schedule: str) -> None:
    found = rates(steps=40, schedule=schedule, warmup_share=0.1)
    assert found[-1] < 0.05
    assert found[5:] == sorted(found[5:], reverse=True)


def test_a_constant_rate_stays() -> None:
    assert set(rates(steps=12, schedule="constant", warmup_share=0.25)[3:]) == {1.0}
