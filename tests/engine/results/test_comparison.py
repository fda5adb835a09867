"""The table of a run: every figure with its unit, nothing that was not measured."""

import math

import msgspec

from engine.api.evaluation_events import HELDOUT_KL, HELDOUT_LOG_PERPLEXITY
from engine.api.events import (
    DifferenceMeasured,
    ModelEvaluated,
    RecoveryFinished,
    RunStarted,
    SearchFinished,
    StageFinished,
    TaskEvaluated,
)
from engine.api.run_state import RunState
from engine.results.comparison import comparison
from engine.results.facts import facts
from tests.engine.results.words import plain

DENSE = ModelEvaluated(
    variant="dense",
    layers=30,
    parameters=134_515_008,
    bytes=269_030_016,
    heldout_perplexity=8.469,
    heldout_kl=0.0,
    text_perplexity=None,
    prefill_tokens_per_second=586.9,
    decode_tokens_per_second=25.17,
    peak_memory=538_133_760,
)
PRUNED = msgspec.structs.replace(
    DENSE, variant="pruned", layers=24, bytes=226_548_864, heldout_perplexity=math.inf, heldout_kl=0.7802
)


def table(*events: object) -> dict[str, tuple[str, ...]]:
    result = comparison(RunState.replay(events))  # type: ignore[arg-type]
    return {plain(name): tuple(map(plain, cells)) for name, cells in result.lines()}


def test_one_column_for_each_variant_in_order() -> None:
    result = comparison(RunState.replay([PRUNED, DENSE]))
    assert result.variants == ("dense", "pruned")
    assert result.headings() == ["Dense", "Pruned", "difference"]


def test_figures_have_units_and_the_change_of_size() -> None:
    rows = table(DENSE, PRUNED)
    assert rows["Size on disk"] == ("269.0 MB", "226.5 MB", "-15.8 %")
    assert rows["Parameters"][0] == "134.5 M"
    assert rows["Held-out KL to dense"] == ("0", "0.780", "")


def test_a_perplexity_without_end_is_said_in_words() -> None:
    assert table(DENSE, PRUNED)["Held-out perplexity"] == ("8.47", "infinite", "–")


def test_heldout_figures_and_their_differences_have_errors() -> None:
    dense = msgspec.structs.replace(DENSE, heldout_perplexity_error=0.31, heldout_kl_error=0.0)
    recovered = msgspec.structs.replace(
        dense, variant="recovered", heldout_perplexity=10.34, heldout_kl=0.3, heldout_kl_error=0.012
    )
    difference = DifferenceMeasured(
        variant="recovered",
        against="dense",
        figure=HELDOUT_LOG_PERPLEXITY,
        value=0.2,
        stderr=0.01,
        paired=True,
        samples=9,
    )
    rows = table(dense, recovered, difference)
    assert rows["Held-out perplexity"] == ("8.47 ± 0.31", "10.3 ± 0.3", "+22.1 % ± 1.2")
    assert rows["Held-out KL to dense"] == ("0", "0.300 ± 0.012", "")


def test_what_nobody_measured_has_no_row() -> None:
    unmeasured = msgspec.structs.replace(DENSE, heldout_kl=math.nan)
    assert "Held-out KL to dense" not in table(unmeasured)


def test_tasks_come_with_their_error() -> None:
    task = TaskEvaluated(variant="dense", task="piqa", metric="acc", value=0.68, stderr=0.011, samples=100)
    assert table(DENSE, PRUNED, task)["piqa, acc"] == ("0.680 ± 0.011", "–", "")


def test_the_facts_say_what_went_and_whether_recovery_helped() -> None:
    state = RunState.replay(
        [
            RunStarted(run="0001-pso", algorithm="pso", resumed=False, device="cpu", versions={}),
            SearchFinished(removed=(5, 13, 14, 15), fitness=0.7321, evaluations=96, layer_applications=9, seconds=75.0),
            RecoveryFinished(helped=False, best_step=0, validation_kl_before=0.8, validation_kl_after=0.9, seconds=1.0),
            StageFinished(stage="search", seconds=75.0),
        ]
    )
    found = dict(facts(state))
    assert found["Removed layers"] == "5, 13–15"
    assert found["Recovery"].startswith("did not help")
    assert found["Time"] == "search 1 min 15 s"


def test_the_recovered_model_is_compared_with_the_pruned_one_too() -> None:
    recovered = msgspec.structs.replace(DENSE, variant="recovered", heldout_kl=0.3)
    differences = [
        DifferenceMeasured(
            variant="recovered", against="pruned", figure=figure, value=value, stderr=0.01, paired=True, samples=9
        )
        for figure, value in ((HELDOUT_LOG_PERPLEXITY, -0.2), (HELDOUT_KL, -0.48))
    ]
    rows = table(DENSE, PRUNED, recovered, *differences)
    assert rows["Held-out perplexity, against pruned"] == ("–", "–", "", "-18.1 % ± 0.8", "")
    assert rows["Held-out KL to dense, against pruned"] == ("–", "–", "", "-0.480 ± 0.010", "")


def test_two_tables_of_the_same_figures_are_equal() -> None:
    first, second = (comparison(RunState.replay([DENSE, PRUNED])) for _ in range(2))
    assert first == second
