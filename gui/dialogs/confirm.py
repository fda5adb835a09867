"""A confirmation dialog that states what will happen and what is kept."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.api.safe_text import safe_line
from gui.widgets.buttons import Button
from gui.widgets.text import label


class ConfirmDialog(QDialog):
    """Two sentences and two buttons; Escape cancels. A destructive answer is not in the colour of the next step."""

    def __init__(
        self,
        question: str,
        happens: str,
        kept: str,
        yes: str,
        parent: QWidget | None = None,
        is_destructive: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(safe_line(question))
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(question, "heading", wrap=True))
        column.addWidget(label(happens, "body", wrap=True))
        column.addWidget(label(kept, "muted", wrap=True))
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.no = Button(self.tr("Cancel"))
        self.no.clicked.connect(self.reject)
        self.yes = Button(yes, primary=not is_destructive, danger=is_destructive)
        self.yes.clicked.connect(self.accept)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.no.setDefault(True)
        self.no.setFocus()


def confirm(question: str, happens: str, kept: str, yes: str, parent: QWidget) -> bool:
    """Show the question and return the answer."""
    return ConfirmDialog(question, happens, kept, yes, parent).exec() == QDialog.DialogCode.Accepted


def confirm_loss(question: str, happens: str, kept: str, yes: str, parent: QWidget) -> bool:
    """Ask before something is deleted or replaced for good, and return the answer."""
    dialog = ConfirmDialog(question, happens, kept, yes, parent, is_destructive=True)
    return dialog.exec() == QDialog.DialogCode.Accepted
