"""The immediate effect of a plan; the arithmetic itself is tested with the engine."""

import pytest

from engine.api.settings import AnalysisSettings, BudgetSettings, Settings
from gui.project.budget_preview import BudgetEffect, budget_effect, protected_layers
from tests.gui import canned

pytestmark = pytest.mark.slow

MODEL = canned.model()


def plan(budget: BudgetSettings, analysis: AnalysisSettings | None = None) -> BudgetEffect:
    """Return the effect on the canned model."""
    return budget_effect(Settings(budget=budget, analysis=analysis or AnalysisSettings()), MODEL)


def test_a_percentage_in_layers_parameters_and_bytes() -> None:
    outcome = plan(BudgetSettings(percent=15.0))
    assert (outcome.layers, outcome.layers_left, outcome.prunable, outcome.problem) == (6, 24, 27, "")
    assert outcome.parameters == canned.PARAMETERS - 6 * canned.LAYER_PARAMETERS
    assert outcome.bytes == 2 * outcome.parameters
    assert outcome.share_removed >= 0.15


def test_a_plan_out_of_reach_shows_the_most_there_is_and_says_why() -> None:
    outcome = plan(BudgetSettings(layers=28))
    assert outcome.layers == 27
    assert "only 27 of 30" in outcome.problem


def test_a_plan_without_prunable_layers_removes_nothing_and_says_why() -> None:
    outcome = plan(BudgetSettings(layers=1), AnalysisSettings(protect_first=512))
    assert (outcome.layers, outcome.share_removed) == (0, 0.0)
    assert "All 30 layers are protected" in outcome.problem


def test_a_size_above_the_models_removes_nothing_without_a_problem() -> None:
    outcome = plan(BudgetSettings(megabytes=1000.0))
    assert (outcome.layers, outcome.problem) == (0, "")


def test_the_first_two_and_the_last_layer_are_protected_by_default() -> None:
    assert protected_layers(AnalysisSettings(), 30) == (0, 1, 29)


def test_named_layers_replace_the_counts() -> None:
    assert protected_layers(AnalysisSettings(protected=(5, 3)), 30) == (3, 5)
    assert protected_layers(AnalysisSettings(protected=()), 30) == ()


def test_a_layer_of_another_model_is_passed_over_in_the_picture_but_told() -> None:
    analysis = AnalysisSettings(protected=(5, 99))
    assert protected_layers(analysis, 30) == (5,)
    assert "Layer 99" in plan(BudgetSettings(layers=2), analysis).problem


def test_a_tiny_model_can_be_wholly_protected() -> None:
    assert protected_layers(AnalysisSettings(), 2) == (0, 1)
