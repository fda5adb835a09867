"""The results page: what the models write, what they save, and the report."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QFileDialog, QLabel
from pytestqt.modeltest import ModelTester

from engine.api.events import RunSummarised
from engine.api.run_notes import RunNotes, run_notes
from engine.api.run_state import RunState
from gui.charts.run_overlay import MOST_RUNS, OverlayChart
from gui.dialogs.run_notes import RunNotesDialog
from gui.pages import results_run_menu
from gui.pages.results_runs import RunsModel
from gui.pages.results_table import GOOD_ROLE
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_other_searches, add_run, interrupted_project, new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Someone with a run that was measured thoroughly."""
    project = new_project(tmp_path / "project")
    add_run(project, more=canned.measured())
    person = make_person()
    person.opens(project.folder)
    return person


def said(page: object) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]  # type: ignore[attr-defined]


def test_continuations_stand_side_by_side(person: Person) -> None:
    words = said(person.results.samples)
    assert words.count("The capital of France is") == 1
    assert sum(text.startswith("what the pruned model goes on") for text in words) == 2


def test_what_the_counts_of_answers_mean_stands_below_the_comparison(person: Person) -> None:
    assert any(text.startswith("The answers are to 12 short questions") for text in said(person.results))


def test_savings_come_with_their_formulas(person: Person) -> None:
    words = said(person.results.savings)
    assert "Own computer, a million tokens, recovered" in words
    assert any(text.startswith("= price of an hour × 1\u202f000\u202f000") for text in words)
    assert "The smaller model fits 13 of 13 devices, as the dense one does." in words


def test_prices_are_a_persons_own_and_can_be_undone(person: Person) -> None:
    card = person.results.savings
    before = said(card)
    person.clicks(card.prices.toggle)
    assert card.prices.rows is not None
    field = card.prices.rows.fields["savings.electricity_price"]
    assert isinstance(field, QDoubleSpinBox)
    field.setValue(3.0)
    assert person.window.session.settings.savings.electricity_price == 3.0
    assert said(card) != before
    person.window.session.undo_stack.undo()
    person.clicks(card.prices.toggle)
    assert said(card) == before


def test_what_was_not_measured_leaves_its_card_out(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    page = person.results
    assert page.view.isVisible()
    assert not any(text.startswith("The answers are to") for text in said(page))
    assert not page.samples.isVisible()
    assert not page.savings.isVisible()


def test_the_report_is_written_by_the_engine(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "out" / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page = person.results
    assert not page.report.open.isVisible()
    person.clicks(page.report.save)
    person.waits_for_rest()
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "report.html" in page.report.status.text().replace("\u200b", "")
    assert page.report.open.isVisible()


def test_the_report_is_set_on_paper(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    row = person.results.report
    person.clicks(row.save_pdf)
    person.qtbot.waitUntil(row.open.isVisible, timeout=20_000)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]
    assert "project, 0001-pso" in pages[0]
    assert f"1 / {len(pages)}" in pages[0]
    words = " ".join(" ".join(pages).split())
    for heading in ("All variants side by side", "The search", "Recovery", "Savings", "Settings of this run"):
        assert heading in words
    assert "8.93 ± 0.41" in words
    assert "KL when removed alone" in words, "the charts are drawn, and their words are text"


def test_a_place_that_takes_no_pdf_is_named(person: Person, tmp_path: Path) -> None:
    row = person.results.report
    (tmp_path / "nowhere").write_text("a file, not a folder")
    row.write(tmp_path / "nowhere" / "report.pdf", "paper")
    person.qtbot.waitUntil(lambda: "cannot be written" in row.status.text(), timeout=20_000)
    assert not row.open.isVisible()


def test_a_report_that_cannot_be_written_is_told_beside_the_button(person: Person, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    page = person.results
    page.report.write(tmp_path / "file" / "report.html")
    person.waits_for_rest()
    assert "cannot be written" in page.report.status.text()
    assert not page.report.open.isVisible()


@pytest.fixture
def comparer(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Someone with a run of PSO, WOA and random search."""
    project = new_project(tmp_path / "project")
    add_other_searches(project)
    add_run(project)
    person = make_person()
    person.opens(project.folder)
    assert person.results.isVisible()
    person.waits_for_rest()
    return person


def column_of(table: QAbstractItemModel, column: int) -> list[str]:
    return [str(table.index(row, column).data()) for row in range(table.rowCount())]


def drawn_runs(chart: OverlayChart) -> list[str]:
    """Return the runs that are drawn, without the measure of their scores that follows each name."""
    return [name.partition(", KL on ")[0] for name in chart.table().values]


def test_the_runs_of_the_project_stand_in_a_table_and_one_of_each_algorithm_is_drawn(comparer: Person) -> None:
    card = comparer.results.project_runs.runs
    assert card.isVisible()
    assert column_of(card.runs, 0) == ["0003-pso", "0002-random", "0001-woa"]
    assert column_of(card.runs, 1) == ["PSO", "Random", "WOA"]
    assert column_of(card.runs, 5) == ["11.6"] * 3
    assert [run.run for run in card.runs.ticked] == ["0003-pso", "0002-random", "0001-woa"]
    assert drawn_runs(card.chart) == ["0003-pso", "0002-random", "0001-woa"]


def test_a_run_that_is_not_ticked_is_not_drawn(comparer: Person) -> None:
    card = comparer.results.project_runs.runs
    assert card.runs.setData(card.runs.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert drawn_runs(card.chart) == ["0003-pso", "0001-woa"]
    assert card.runs.setData(card.runs.index(1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert drawn_runs(card.chart) == ["0003-pso", "0001-woa", "0002-random"]


def test_a_run_can_be_ticked_with_the_keyboard(comparer: Person) -> None:
    card = comparer.results.project_runs.runs
    card.table.setFocus()
    card.table.setCurrentIndex(card.runs.index(2, 0))
    comparer.qtbot.keyClick(card.table, Qt.Key.Key_Space)
    assert [run.run for run in card.runs.ticked] == ["0003-pso", "0002-random"]


def test_the_searches_are_compared_as_the_research_does(comparer: Person) -> None:
    research = comparer.results.project_runs.research
    assert research.isVisible()
    heads = [
        research.table.headerData(section, Qt.Orientation.Horizontal) for section in range(research.table.columnCount())
    ]
    assert heads == ["", "PSO", "WOA", "Random"]
    rows = dict(zip(column_of(research.table, 0), column_of(research.table, 1), strict=True))
    assert rows["Run"] == "0003-pso"
    assert rows["Candidates measured"] == "180"


def test_a_single_run_is_listed_and_compared_with_nothing(person: Person) -> None:
    assert person.results.isVisible()
    person.waits_for_rest()
    card = person.results.project_runs.runs
    assert column_of(card.runs, 0) == ["0001-pso"]
    assert not card.chart.isVisible()


def test_the_picture_stands_on_top_with_the_other_runs_behind(comparer: Person) -> None:
    picture = comparer.results.picture
    lines = picture.by_size.data_words().splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        *("Dense", "Pruned", "Recovered"),
        *("Recovered of 0001-woa", "Recovered of 0002-random"),
    ]
    assert "Pale points" in picture.note.text()
    assert not picture.by_speed.isVisible(), "no speed was measured with its spread"


def test_a_run_without_results_hides_nothing_of_the_others(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person()
    person.opens(interrupted_project(tmp_path / "project").folder)
    page = person.results
    person.waits_for_rest()
    assert "0002-pso has no results yet. The other runs of the project are below." in said(page)
    assert not page.view.isVisible()
    assert column_of(page.project_runs.runs.runs, 0) == ["0002-pso", "0001-pso"]
    person.shows_run("0001-pso")
    assert page.view.isVisible()
    assert not any("has no results yet" in words for words in said(page))


def test_a_narrow_table_of_runs_leaves_columns_out_instead_of_clipping_them(comparer: Person) -> None:
    table = comparer.results.project_runs.runs.table

    def shown() -> set[int]:
        return {column for column in range(table.model().columnCount()) if not table.isColumnHidden(column)}

    table.setFixedWidth(1100)
    assert shown() == set(range(8))
    table.setFixedWidth(420)
    header = table.horizontalHeader()
    assert {0, 4, 6} <= shown() < set(range(8))
    for column in shown():
        assert header.sectionSize(column) >= max(header.sectionSizeHint(column), table.sizeHintForColumn(column))
    table.setFixedWidth(1100)
    assert shown() == set(range(8))


def test_a_run_can_be_named_noted_and_starred(comparer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    card, folder = comparer.results.project_runs.runs, comparer.folder

    def filled_in(dialog: RunNotesDialog) -> int:
        dialog.title.setText(" <b>Without layer 9</b> ")
        dialog.note.setPlainText("Better than the first.")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(RunNotesDialog, "exec", filled_in)
    card.table.selectRow(1)
    card.menu.edit.trigger()
    comparer.waits_for_rest()
    assert column_of(card.runs, 0) == ["0003-pso", "<b>Without layer 9</b>", "0001-woa"]
    assert card.menu.run is not None
    assert card.menu.run.run == "0002-random", "the same run stays selected"
    card.menu.star.trigger()
    comparer.waits_for_rest()
    kept = RunNotes(title="<b>Without layer 9</b>", note="Better than the first.", starred=True)
    assert run_notes(folder / "runs" / "0002-random") == kept
    assert card.runs.index(1, 0).data() == "\u2605 <b>Without layer 9</b>"
    tip = card.runs.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "0002-random\nBetter than the first."
    choice = comparer.window.sidebar.run_choice
    assert "\u2605 <b>Without layer 9</b>" in [choice.itemText(row) for row in range(choice.count())]


def test_a_run_is_deleted_after_a_question_and_the_shown_one_stays(
    comparer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str, *_: object) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(results_run_menu, "confirm_loss", answer)
    card = comparer.results.project_runs.runs
    comparer.shows_run("0002-random")
    card.table.selectRow(0)
    for left in (3, 2):
        card.menu.delete.trigger()
        comparer.waits_for_rest()
        assert len(list((comparer.folder / "runs").iterdir())) == left
    assert asked == ["Delete the run 0003-pso?"] * 2
    assert comparer.session.state.run == "0002-random"
    assert column_of(card.runs, 0) == ["0002-random", "0001-woa"]


def test_the_menu_offers_what_can_be_done_with_the_selected_run(comparer: Person) -> None:
    menu = comparer.results.project_runs.runs.menu
    assert not comparer.results.project_runs.runs.more.isEnabled(), "no run is selected"
    comparer.results.project_runs.runs.table.selectRow(0)
    menu.update_actions()
    assert (menu.show_run.isEnabled(), menu.delete.isEnabled()) == (False, True), "it is shown already"
    comparer.results.project_runs.runs.table.selectRow(2)
    menu.update_actions()
    assert menu.show_run.isEnabled()
    menu.show_run.trigger()
    comparer.waits_for_rest()
    assert comparer.session.state.run == "0001-woa"


def test_a_speed_from_a_busy_computer_is_marked_and_can_be_measured_again(
    make_person: PersonMaker, tmp_path: Path
) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, more=canned.measured(load=0.6))
    person = make_person()
    person.opens(project.folder)
    page = person.results
    decode = column_of(page.table, 0).index("Decode in tokens/s, 1 × 128 tokens")
    assert str(page.table.index(decode, 2).data()).endswith(" *")
    assert page.table.index(decode, 3).data(GOOD_ROLE) is None
    assert "up to 60.0\u202f% of the processor" in page.busy_note.text()
    assert any("No saving is stated: other programs" in words for words in said(page.savings))
    person.clicks(page.again)
    person.waits_for_rest()
    assert not page.busy_note.isVisible()
    assert not str(page.table.index(decode, 2).data()).endswith(" *")
    assert page.table.index(decode, 3).data(GOOD_ROLE) is True
    assert "Own computer, saved by a million tokens" in said(page.savings)
    assert all(speed.others_load == 0.0 for speed in RunState.replay(project.runs()[0].events()).speeds.values())


def test_the_table_of_runs_is_a_right_item_model(qtmodeltester: ModelTester) -> None:
    runs = [
        RunSummarised(
            run=f"{place:04d}-pso",
            algorithm="pso",
            started=1e9,
            course_evaluations=(20, 40),
            course_fitness=(0.9, 0.5),
        )
        for place in range(9)
    ]
    model = RunsModel()
    qtmodeltester.check(model)
    model.show_runs([*runs, RunSummarised(run="0010-woa", algorithm="woa", started=0.0)])
    qtmodeltester.check(model)
    for row in range(model.rowCount()):
        model.setData(model.index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert len(model.ticked) == MOST_RUNS  # there are no more colours
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None  # nothing to draw of it
