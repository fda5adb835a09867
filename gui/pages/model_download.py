"""The progress of a download, and the panel for gated models."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout

from engine.api.hub_events import RefusalReason
from gui.project.download import Download
from gui.project.hub_client import HubClient
from gui.widgets.buttons import Button
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.opening import open_page
from gui.widgets.text import as_tooltip, label, set_role
from gui.words.formatting import NARROW_SPACE, format_bytes, format_duration

_STEPS = 1000


class DownloadStrip(QFrame):
    """Name, progress, speed and time left of a download, with buttons to pause, resume and cancel."""

    def __init__(self, client: HubClient) -> None:
        super().__init__()
        self._client = client
        self.setProperty("notice", "info")
        self.name = ElidedLabel("body")
        self.figures = label("", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _STEPS)
        self.progress.setAccessibleName(self.tr("Download progress"))
        self.problem = label("", "bad", wrap=True)
        self.pause = Button(self.tr("Pause"), "pause")
        self.resume = Button(self.tr("Resume"), "play")
        self.cancel = Button(self.tr("Cancel"), "cross")
        self.cancel.setToolTip(self.tr("Delete the downloaded data."))
        self._lay_out()
        self.pause.clicked.connect(client.pause)
        self.resume.clicked.connect(client.resume)
        self.cancel.clicked.connect(client.cancel)
        client.download_changed.connect(self.refresh)
        client.refused.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(5)
        words = QHBoxLayout()
        words.setSpacing(16)
        words.addWidget(self.name, 1)
        words.addWidget(self.figures)
        column.addLayout(words)
        column.addWidget(self.progress)
        column.addWidget(self.problem)
        row.addLayout(column, 1)
        row.addSpacing(8)
        for button in (self.pause, self.resume, self.cancel):
            row.addWidget(button)

    @Slot()
    def refresh(self) -> None:
        """Show the current state of the download."""
        download, refusal = self._client.download, self._client.refusal
        is_closed = download is not None and refusal is not None and refusal.source == download.source
        self.setVisible(download is not None and not is_closed)
        if download is None:
            return
        self.name.setText(self._words(download))
        self.figures.setText(self._figures(download))
        share = download.done / download.total if download.total else 0.0
        self.progress.setValue(int(_STEPS * min(share, 1.0)))
        self.problem.setText(download.problem)
        self.problem.setVisible(bool(download.problem))
        working = download.state == "working"
        self.pause.setVisible(working)
        self.resume.setVisible(not working)
        self.resume.setText(self.tr("Try again") if download.state == "failed" else self.tr("Resume"))

    def _words(self, download: Download) -> str:
        words = {
            "working": self.tr("Downloading {0}"),
            "paused": self.tr("Paused: {0}. Downloaded data are kept."),
            "failed": self.tr("Download failed: {0}"),
        }
        return words[download.state].format(download.source)

    def _figures(self, download: Download) -> str:
        if not download.total:
            return ""
        parts = [self.tr("{0} of {1}").format(format_bytes(download.done), format_bytes(download.total))]
        if download.state == "working" and download.speed > 0:
            parts.append(f"{format_bytes(int(download.speed))}/s".replace(" ", NARROW_SPACE))
            if download.remaining is not None:
                parts.append(self.tr("about {0} left").format(format_duration(download.remaining)))
        return "  ·  ".join(parts)


class AccessPanel(QFrame):
    """Explains why access to a gated model was refused and how to get it."""

    def __init__(self, client: HubClient) -> None:
        super().__init__()
        self._client = client
        self.setProperty("notice", "warning")
        self.title = label("", "heading", wrap=True)
        self.sentence = label("", "body", wrap=True)
        self.hub_message = label("", "muted", wrap=True)
        self.page = Button(self.tr("Open its Hub page"))
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setPlaceholderText(self.tr("hf_…"))
        self.token.setAccessibleName(self.tr("Hub token"))
        self.token.setToolTip(self.tr("Saved in the system keyring. Create tokens in your Hub account."))
        self.keep = Button(self.tr("Save the token and try again"))
        self.retry = Button(self.tr("Try again"))
        self.dismiss = Button("", "cross", quiet=True)
        self.dismiss.setAccessibleName(self.tr("Dismiss"))
        self.verdict = label("", "muted", wrap=True)
        self._lay_out()
        self.page.clicked.connect(self._open_page)
        self.keep.clicked.connect(self._keep)
        self.token.returnPressed.connect(self._keep)
        self.token.textChanged.connect(self._update_buttons)
        self.retry.clicked.connect(client.retry)
        self.dismiss.clicked.connect(client.forget_refusal)
        client.refused.connect(self.refresh)
        client.token_checked.connect(self._on_token_checked)
        self._update_buttons()
        self.refresh()

    def _lay_out(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 10, 10, 12)
        column = QVBoxLayout()
        column.setSpacing(6)
        for part in (self.title, self.sentence, self.hub_message):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.page)
        row.addWidget(self.token, 1)
        row.addWidget(self.keep)
        row.addWidget(self.retry)
        column.addLayout(row)
        column.addWidget(self.verdict)
        outer.addLayout(column, 1)
        outer.addWidget(self.dismiss)

    @Slot()
    def refresh(self) -> None:
        """Show the refusal, or hide the panel."""
        refusal = self._client.refusal
        self.setVisible(refusal is not None)
        if refusal is None:
            self.verdict.setText("")
            self.token.clear()
            return
        title, sentence = self._words(refusal.reason)
        self.title.setText(title.format(refusal.source))
        self.sentence.setText(sentence)
        self.hub_message.setText(self.tr("Message from the Hub: {0}").format(refusal.said))
        self.hub_message.setVisible(bool(refusal.said))
        self.page.setToolTip(as_tooltip(refusal.link))
        self.verdict.setVisible(bool(self.verdict.text()))

    def _words(self, reason: RefusalReason) -> tuple[str, str]:
        match reason:
            case "no_token":
                return self.tr("{0} needs a Hub token"), self.tr(
                    "The model is gated and the Hub does not know who is asking. Create a token in your Hub "
                    "account and enter it here."
                )
            case "terms_not_accepted":
                return self.tr("The terms of {0} are not accepted yet"), self.tr(
                    "Open its Hub page with the account that owns the token, accept the terms there, then try again."
                )
            case "not_authorised":
                return self.tr("Your account has no access to {0}"), self.tr(
                    "Its owners have not approved your request yet or have declined it, or the token cannot read "
                    "gated models. See its Hub page, or enter another token here."
                )

    @Slot()
    def _open_page(self) -> None:
        if self._client.refusal is not None:
            open_page(self._client.refusal.link)

    @Slot()
    def _keep(self) -> None:
        if self.token.text().strip():
            self._client.keep_token(self.token.text().strip())

    @Slot()
    def _update_buttons(self) -> None:
        self.keep.setEnabled(bool(self.token.text().strip()))

    @Slot(str, bool)
    def _on_token_checked(self, sentence: str, good: bool) -> None:
        set_role(self.verdict, "good" if good else "bad")
        self.verdict.setText(sentence)
        self.verdict.setVisible(bool(sentence))
