"""The comparison of the models as a Qt table model."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from engine.api.events import DifferenceMeasured, ModelEvaluated, TaskEvaluated
from engine.api.run_state import RunState
from engine.api.settings import Settings
from gui.pages.results_table import GOOD_ROLE, ResultsTable
from tests.gui import canned
from tests.gui.words.test_formatting import plain

pytestmark = pytest.mark.slow

EVENTS = canned.run_events(Settings())


def filled() -> ResultsTable:
    """The table of a whole run."""
    table = ResultsTable()
    table.show_state(RunState.replay(EVENTS))
    return table


def row_of(table: ResultsTable, name: str) -> list[str]:
    """One row as words."""
    for row in range(table.rowCount()):
        words = [plain(str(table.index(row, column).data())) for column in range(table.columnCount())]
        if words[0] == name:
            return words
    raise AssertionError(f"no row {name}")


def test_it_is_a_right_item_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(filled())


def test_it_stays_right_while_results_come(qtmodeltester: ModelTester) -> None:
    table = ResultsTable()
    qtmodeltester.check(table)
    state = RunState()
    for event in EVENTS:
        state.apply(event)
        table.show_state(state)
    assert table.rowCount() == 10


def test_figures_have_units_and_differences(qapp: object) -> None:
    assert row_of(filled(), "Size on disk") == [
        "Size on disk",
        "269.0 MB",
        "233.6 MB",
        "-13.2 %",
        "233.6 MB",
        "-13.2 %",
    ]
    assert row_of(filled(), "Held-out perplexity")[1:] == [
        "8.93 ± 0.41",
        "16.8 ± 0.9",
        "+88.1 %",
        "11.6 ± 0.6",
        "+29.9 %",
    ]


def test_a_divergence_has_no_share_of_the_dense_models_own(qapp: object) -> None:
    events = [
        msgspec.structs.replace(event, heldout_kl=2.3e-8)
        if isinstance(event, ModelEvaluated) and event.variant == "dense"
        else event
        for event in EVENTS
    ]
    table = ResultsTable()
    table.show_state(RunState.replay(events))
    assert row_of(table, "Held-out KL to dense")[1:] == ["0", "0.712 ± 0.031", "", "0.316 ± 0.017", ""]
    assert table.index(1, 3).data(GOOD_ROLE) is None


def test_smaller_is_better_for_size_and_worse_for_speed(qapp: object) -> None:
    table = filled()
    good = {table.index(row, 0).data(): table.index(row, 3).data(GOOD_ROLE) for row in range(table.rowCount())}
    assert good["Size on disk"] is True
    assert good["Decode speed"] is None, "nothing is known of its spread"
    assert good["Held-out perplexity"] is False
    assert good["Decoder layers"] is None
    assert good["arc_easy, acc"] is False


def test_what_has_not_been_measured_is_a_dash(qapp: object) -> None:
    table = ResultsTable()
    table.show_state(RunState.replay(canned.until_stage(EVENTS, "evaluate", 0.2)))
    assert row_of(table, "Parameters")[2] == "–"


def test_the_table_can_be_copied_as_text(qapp: object) -> None:
    lines = filled().as_text().splitlines()
    assert lines[0].split("\t")[1] == "Dense"
    assert all(len(line.split("\t")) == 6 for line in lines)


def test_numbers_stand_at_the_right(qapp: object) -> None:
    table = filled()
    alignment = table.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight


def thorough() -> ResultsTable:
    """The table of a run that was measured in every way."""
    table = ResultsTable()
    table.show_state(RunState.replay([*EVENTS, *canned.measured()]))
    return table


def test_a_measured_difference_stands_with_its_error(qapp: object) -> None:
    words = row_of(thorough(), "arc_easy, acc")
    assert words[1:] == ["0.412 ± 0.010", "0.338 ± 0.010", "-0.074 ± 0.009", "0.391 ± 0.010", "-0.021 ± 0.009"]


def test_the_perplexity_of_windows_that_both_read_is_a_share_with_its_error(qapp: object) -> None:
    table = thorough()
    assert row_of(table, "Held-out perplexity")[3] == "+88.1 % ± 4.7"  # 1.881 times 0.025
    assert "95 % within +79.1 % to +97.6 %" in plain(table.index(0, 3).data(Qt.ItemDataRole.ToolTipRole))


def test_the_interval_of_a_difference_of_shares_stays_within_minus_1_and_1(qapp: object) -> None:
    figures = [
        TaskEvaluated(variant=variant, task="piqa", metric="acc", value=value, stderr=0.0, samples=40)
        for variant, value in (("dense", 1.0), ("pruned", 0.025))
    ]
    fall = DifferenceMeasured(
        variant="pruned", against="dense", figure="piqa, acc", value=-0.975, stderr=0.025, paired=True, samples=40
    )
    table = ResultsTable()
    table.show_state(RunState.replay([*figures, fall]))
    assert "95 % within -1.000 to -0.926" in plain(table.index(0, 3).data(Qt.ItemDataRole.ToolTipRole))


def test_a_difference_that_may_be_chance_is_neither_good_nor_bad(qapp: object) -> None:
    table = thorough()
    good = {table.index(row, 0).data(): row for row in range(table.rowCount())}
    bits = good["Bits per byte, wiki.txt"]
    assert table.index(bits, 3).data(GOOD_ROLE) is False  # 0.074 ± 0.014
    assert table.index(bits, 5).data(GOOD_ROLE) is None  # 0.021 ± 0.014
    assert "500 samples that both answered" in table.index(bits, 5).data(Qt.ItemDataRole.ToolTipRole)


def test_sizes_by_precision_are_shown(qapp: object) -> None:
    table = thorough()
    assert row_of(table, "Weights in 4 bit")[1:4] == ["120.0 MB", "104.4 MB", "-13.0 %"]
    assert row_of(table, "KV cache, 2 048 tokens")[1] == "94.0 MB"
