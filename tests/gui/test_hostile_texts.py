"""Names, journals and generated text appear in the window as text: no markup is read, no character is obeyed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.api.events import PieceWritten
from engine.api.project import Project
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.details import DetailsDialog
from gui.shell.page_stack import PAGES
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.generated_text import GeneratedText
from gui.widgets.log_model import LogLine, LogModel
from gui.widgets.opening import open_folder, open_page, open_report
from gui.widgets.text import as_tooltip, label
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.projects import add_run, new_project
from tests.hostile_texts import FORBIDDEN, HOSTILE, MARKUP, hostile_events

ROOT = Path(__file__).parents[2] / "gui"


def shown_by(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every text that a window shows as text, with where it is."""
    yield "title", window.windowTitle()
    for widget in (window, *window.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        yield f"{where}: tooltip", as_read(widget.toolTip())
        match widget:
            case QLabel() | QAbstractButton():
                yield where, QLabel.text(widget) if isinstance(widget, QLabel) else widget.text()
            case QComboBox():
                yield from ((where, widget.itemText(place)) for place in range(widget.count()))
            case QPlainTextEdit() | QTextEdit():
                yield where, widget.toPlainText()
            case QAbstractItemView() if widget.model() is not None:
                yield from ((where, text) for text in cells(widget))
    for action in window.findChildren(QAction):
        yield "action", action.text()


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    rows = model.rowCount(QModelIndex())
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(rows):
        for column in range(columns):
            index = model.index(row, column, QModelIndex())
            yield str(model.data(index, Qt.ItemDataRole.DisplayRole) or "")
            yield as_read(str(model.data(index, Qt.ItemDataRole.ToolTipRole) or ""))


def as_read(tooltip: str) -> str:
    """Return what a tooltip shows; fail if it shows pictures or bold text of somebody else."""
    if not Gui.mightBeRichText(tooltip):
        return tooltip
    assert "<img" not in tooltip
    assert "<b>" not in tooltip
    document = QTextDocument()
    document.setHtml(tooltip)
    return document.toPlainText()


def assert_safe(window: QWidget) -> None:
    for where, text in shown_by(window):
        assert not FORBIDDEN & set(text), f"{where} shows {text!r}"
    for each in window.findChildren(QLabel):
        is_plain = each.textFormat() == Qt.TextFormat.PlainText or not each.text()
        assert is_plain, f"a {type(each).__name__} reads '{each.text()}' as markup"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    honest = canned.run_events
    monkeypatch.setattr(canned, "run_events", lambda *args, **options: hostile_events(honest(*args, **options)))
    project = new_project(tmp_path / HOSTILE.replace("/", ""))
    add_run(project, more=hostile_events(canned.measured()))
    return project


@pytest.mark.slow
def test_every_page_shows_a_hostile_project_as_text(make_person: PersonMaker, hostile: Project) -> None:
    person = make_person()
    person.opens(hostile.folder)
    for page in PAGES:
        person.window.show_page(page)
        person.waits_for_rest()
    assert isinstance(person.window, QMainWindow)
    person.window.projects.open_path(hostile.folder / "none")
    assert person.window.notice.isVisible()
    person.window.log.show()
    person.window.welcome.refresh()
    assert_safe(person.window)
    assert sum(MARKUP in text for _, text in shown_by(person.window)) > 5


def test_dialogs_and_cards_show_texts_of_others_as_text(qtbot: QtBot) -> None:
    made = [ConfirmDialog(HOSTILE, HOSTILE, HOSTILE, "Yes"), DetailsDialog("Details", HOSTILE), GeneratedText("Dense")]
    for widget in made:
        qtbot.addWidget(widget)
    assert isinstance(made[2], GeneratedText)
    made[2].add_piece(PieceWritten(variant="dense", text=HOSTILE, tokens=1))
    for widget in made:
        assert_safe(widget)
    assert HOSTILE[:12] in made[2].text.toPlainText()


def test_lines_of_the_log_are_shown_as_text() -> None:
    model = LogModel()
    model.add([LogLine(0.0, "info", HOSTILE * 100)])
    index = model.index(0, 2, QModelIndex())
    assert not FORBIDDEN & set(model.data(index))
    assert len(model.data(index)) <= 4000
    assert not FORBIDDEN & set(as_read(model.data(index, Qt.ItemDataRole.ToolTipRole)))


def test_labels_and_tooltips_keep_what_people_write(qtbot: QtBot) -> None:
    assert label("a < b & c").text() == "a < b & c"
    assert as_tooltip("R&D\nmy <model") == "R&D\nmy <model"
    assert as_read(as_tooltip("a <i>b</i> & c\nd")) == "a <i>b</i> & c\nd"
    elided = ElidedLabel()
    qtbot.addWidget(elided)
    elided.setText("<b>" + "x" * 10_000)
    assert len(elided.text()) == 2000


def test_no_module_makes_labels_message_boxes_or_tooltips_that_read_markup() -> None:
    """Texts of others come to tooltips through ``as_tooltip``; fixed sentences and those of settings are our own."""
    own = re.compile(r"setToolTip\((self\.tr\(|tooltip\(|as_tooltip\(|\"|words\)|field\.|tooltip\)|QCoreApplication)")
    for file in ROOT.rglob("*.py"):
        text, name = file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()
        if name not in ("widgets/text.py", "dialogs/about.py"):  # PlainLabel itself, and a label with a picture
            assert "QLabel(" not in text.replace("(QLabel)", ""), name
        for call in re.findall(r"QMessageBox\.(?:warning|information|critical|question)\(.*", text):
            assert "as_tooltip(" in call, f"{name}: {call}"
        assert text.count("QToolTip.showText") == len(re.findall(r"QToolTip\.showText\(.*, as_tooltip\(", text)), name
        for call in re.finditer(r"\.setToolTip\(.*", text):
            assert own.search(call.group(0)), f"{name}: {call.group(0)}"


@pytest.mark.parametrize("name", ["tool.desktop", "run.exe", "report.html.sh", "Tool.app", "none"])
def test_nothing_but_folders_reports_and_pages_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: bool(opened.append(url.toString())) or True
    )
    if name.endswith(".app"):
        (tmp_path / name).mkdir()
    elif name != "none":
        (tmp_path / name).write_text("")
    assert not open_folder(tmp_path / name)
    assert not open_report(tmp_path / name)
    for address in (f"file://{tmp_path}/{name}", "javascript:alert(1)", "ms-settings:", str(tmp_path / name), ""):
        assert not open_page(address)
    assert opened == []
    (tmp_path / "report.html").write_text("")
    assert open_folder(tmp_path)
    assert open_report(tmp_path / "report.html")
    assert open_page("https://huggingface.co/org/name")
