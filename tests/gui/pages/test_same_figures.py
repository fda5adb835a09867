"""Report, command line and window show the same rows and the same figures of one run."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt

from engine.api.project import Project
from engine.api.run_state import RunState
from engine.api.settings import SavingsSettings
from engine.cli.console import plain as on_terminal
from engine.cli.main import main
from engine.report.html import html_report
from engine.results.research_table import project_research
from engine.results.savings import savings
from gui.pages.results_research import ResearchCard
from gui.pages.results_table import ResultsTable
from gui.words.translation import engine_text
from tests.gui import canned
from tests.gui.projects import add_run, new_project
from tests.gui.words.test_formatting import plain

Rows = list[list[str]]


class Tables(HTMLParser):
    """Collects the cells of every table, by the id of the section that holds it."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.sections: dict[str, Rows] = {}
        self._rows: Rows = []
        self._in_cell = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self._rows = self.sections.setdefault(str(dict(attrs)["id"]), [])
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td"):
            self._rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self._rows[-1][-1] += plain(data)


def shown(model: QAbstractTableModel) -> Rows:
    """Return heading and rows of a table of the window."""
    columns = range(model.columnCount())
    heading = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    rows = [[plain(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]
    return [heading, *rows]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one run that was measured in every way."""
    made = new_project(tmp_path / "same")
    add_run(made, more=canned.measured())
    return made


def printed(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Rows:
    """Return the lines of ``layerswarm report``, split into cells at two or more spaces."""
    monkeypatch.setenv("COLUMNS", "250")
    with pytest.raises(SystemExit, match="0"):
        main(["report", str(project.folder)])
    return [re.split(r"\s{2,}", line.strip()) for line in capsys.readouterr().out.splitlines()]


def without_gaps(rows: Rows) -> Rows:
    """Return rows without empty cells, which lines of text cannot show."""
    return [[cell for cell in row if cell] for row in rows]


def test_the_three_show_the_same_comparison(
    qapp: object, project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = project.runs()[-1]
    table = ResultsTable()
    table.show_state(RunState.replay(run.events()))
    window = shown(table)
    assert len(window) > 20
    assert Tables(html_report(project, run)).sections["comparison"] == window
    lines = printed(project, capsys, monkeypatch)
    place = lines.index(without_gaps(window)[0])
    assert lines[place : place + len(window)] == without_gaps(window)


def test_the_three_show_the_same_research_table(
    qapp: object, project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = ResearchCard()
    card.show_columns(project_research(project))
    window = shown(card.table)
    assert Tables(html_report(project, project.runs()[-1])).sections["research"] == window
    lines = printed(project, capsys, monkeypatch)
    assert [row for row in window[1:] if row not in lines] == []


def test_the_three_show_the_same_savings(
    qapp: object, project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = project.runs()[-1]
    found = savings(RunState.replay(run.events()), SavingsSettings())
    assert found is not None
    report = Tables(html_report(project, run)).sections["savings"]
    lines = printed(project, capsys, monkeypatch)
    for figure in found.figures:
        title, value = figure.title.words(engine_text), figure.words(engine_text)
        assert [row[1] for row in report if row[0].startswith(f"{title}= ")] == [plain(value)]
        assert [title, on_terminal(value)] in lines
