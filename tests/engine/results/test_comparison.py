"""The table of a run: every figure with its unit, nothing that was not measured."""

import math

import msgspec
import pytest

from engine.api.evaluation_events import HELDOUT_LOG_PERPLEXITY
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
from engine.results.comparison import comparison, facts
from engine.results.figures import duration, layer_list, megabytes, number, parameters

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
    return {row.label: row.values for row in result.rows}


def test_one_column_for_each_variant_in_order() -> None:
    assert comparison(RunState.replay([PRUNED, DENSE])).variants == ("dense", "pruned")


def test_figures_have_units_and_the_change_of_size() -> None:
    rows = table(DENSE, PRUNED)
    assert rows["Size on disk"] == ("269.0 MB", "226.5 MB (-15.8 %)")
    assert rows["Parameters"][0] == "134.5 M"
    assert rows["KL to dense, held-out"] == ("0.0000", "0.7802")


def test_a_perplexity_without_end_is_said_in_words() -> None:
    assert table(DENSE, PRUNED)["Perplexity, held-out"] == ("8.47", "infinite")


def test_heldout_figures_and_their_differences_have_errors() -> None:
    dense = msgspec.structs.replace(DENSE, heldout_perplexity_error=0.31, heldout_kl_error=0.0)
    recovered = msgspec.structs.replace(dense, variant="recovered", heldout_kl=0.3, heldout_kl_error=0.012)
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
    assert rows["Perplexity, held-out"][0] == "8.47 ± 0.31"
    assert rows["KL to dense, held-out"] == ("0.0000", "0.3000 ± 0.0120")
    assert rows["Log perplexity, held-out, against dense"] == ("–", "+0.2000 ± 0.0100")


def test_what_nobody_measured_has_no_row() -> None:
    assert "Perplexity on the text" not in table(DENSE, PRUNED)
    measured = msgspec.structs.replace(DENSE, text_perplexity=36.2)
    assert table(measured, PRUNED)["Perplexity on the text"] == ("36.20", "–")


def test_tasks_come_with_their_error() -> None:
    task = TaskEvaluated(variant="dense", task="piqa", metric="acc", value=0.68, stderr=0.011, samples=100)
    assert table(DENSE, PRUNED, task)["piqa, acc"] == ("0.6800 ± 0.0110", "–")


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
    assert found["Removed layers"] == "5, 13-15"
    assert found["Recovery"].startswith("did not help")
    assert found["Time"] == "search 1 min 15 s"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (number(None), "–"),
        (number(math.nan), "–"),
        (number(12345.678, 1), "12,345.7"),
        (megabytes(999_960_000), "1,000.0 MB"),
        (megabytes(141_000_000_000), "141.00 GB"),
        (parameters(70_553_706_496), "70.55 B"),
        (parameters(54_944), "54,944"),
        (duration(59.4), "59 s"),
        (duration(3599.0), "59 min 59 s"),
        (duration(7260.0), "2 h 01 min"),
        (layer_list(()), "none"),
        (layer_list((3, 4, 7)), "3-4, 7"),
    ],
)
def test_numbers_are_written_for_people(shown: str, text: str) -> None:
    assert shown == text
