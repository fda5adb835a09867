"""A dialog to enter the user's Hub token, save it in the system's keyring, or remove it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.project.hub_client import HubClient
from gui.widgets.buttons import Button
from gui.widgets.growing_dialog import grow
from gui.widgets.text import Role, label, set_role


class HubTokenDialog(QDialog):
    """A password field; the Hub is asked for the token's owner before the token is saved."""

    def __init__(self, client: HubClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.setWindowTitle(self.tr("Hub token"))
        self.setMinimumWidth(480)
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setPlaceholderText(self.tr("hf_…"))
        self.token.setAccessibleName(self.tr("Hub token"))
        self.keep = Button(self.tr("Save"), primary=True)
        self.forget = Button(self.tr("Remove the saved token"))
        self.close_ = Button(self.tr("Close"))
        self.verdict = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Hub token"), "heading"))
        explanation = self.tr(
            "Gated and private models need a token. Create one in your Hub account under Access Tokens; "
            "read access is enough. It is saved in this computer's keyring and sent only to the Hub."
        )
        column.addWidget(label(explanation, "muted", wrap=True))
        column.addWidget(self.token)
        column.addWidget(self.verdict)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.forget)
        row.addStretch(1)
        row.addWidget(self.close_)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.token.textChanged.connect(self._update_buttons)
        self.keep.clicked.connect(self._keep)
        self.keep.setDefault(True)
        self.forget.clicked.connect(self._forget)
        self.close_.clicked.connect(self.accept)
        client.token_checked.connect(self._on_token_checked)
        self._update_buttons()

    @Slot()
    def _update_buttons(self) -> None:
        self.keep.setEnabled(bool(self.token.text().strip()))

    @Slot()
    def _keep(self) -> None:
        self._show_status(self.tr("Checking the token with the Hub…"), "muted")
        self._client.keep_token(self.token.text().strip())

    @Slot()
    def _forget(self) -> None:
        self.token.clear()
        self._client.keep_token("")

    @Slot(str, bool)
    def _on_token_checked(self, sentence: str, good: bool) -> None:
        self._show_status(sentence, "good" if good else "bad")
        if good:
            self.token.clear()

    def _show_status(self, sentence: str, role: Role) -> None:
        set_role(self.verdict, role)
        self.verdict.setText(sentence)
        grow(self)
