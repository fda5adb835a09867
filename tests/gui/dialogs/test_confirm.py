"""An answer that destroys something does not look like the next step."""

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.dialogs.confirm import ConfirmDialog, confirm, confirm_loss

WORDS = ("Discard the run?", "Its scores are deleted.", "Kept: all else.", "Discard")


@pytest.mark.parametrize(("ask", "is_destructive"), [(confirm, False), (confirm_loss, True)])
def test_its_colour_is_that_of_danger(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ask: object, is_destructive: bool
) -> None:
    asked: list[ConfirmDialog] = []
    parent = QWidget()
    qtbot.addWidget(parent)

    def answer(dialog: ConfirmDialog) -> int:
        asked.append(dialog)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ConfirmDialog, "exec", answer)
    assert ask(*WORDS, parent)  # type: ignore[operator]
    (dialog,) = asked
    assert dialog.yes.property("danger") == is_destructive
    assert dialog.yes.property("primary") != is_destructive
    assert dialog.no.isDefault()
