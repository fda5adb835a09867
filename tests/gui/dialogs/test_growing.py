"""Dialogs whose sentences become longer while they are open."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.dialogs.hub_token import HubTokenDialog
from gui.dialogs.new_project import NewProjectDialog
from gui.project.hub_client import HubClient
from tests.gui.conftest import SessionMaker

LONG = "a sentence of many words " * 20


def overlapping(dialog: QDialog) -> list[tuple[QRect, QRect]]:
    """Return the places of visible labels and fields that lie over each other."""
    parts: list[QWidget] = [*dialog.findChildren(QLabel), *dialog.findChildren(QLineEdit)]
    places = [QRect(each.mapTo(dialog, QPoint()), each.size()) for each in parts if each.isVisible()]
    return [(one, other) for at, one in enumerate(places) for other in places[at + 1 :] if one.intersects(other)]


def test_the_dialog_for_a_new_project_keeps_its_fields_apart(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = NewProjectDialog("New project", "A folder.", "short", tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.setText("name of many words " * 12)
    qtbot.wait(1)
    assert not overlapping(dialog)
    assert dialog.verdict.height() >= dialog.verdict.heightForWidth(dialog.verdict.width())


def test_so_does_the_one_for_a_token(qtbot: QtBot, make_session: SessionMaker) -> None:
    dialog = HubTokenDialog(HubClient(make_session()))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._on_token_checked(LONG, False)
    qtbot.wait(1)
    assert not overlapping(dialog)
    assert dialog.verdict.height() >= dialog.verdict.heightForWidth(dialog.verdict.width())
