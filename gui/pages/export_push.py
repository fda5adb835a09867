"""Upload of an export to the Hub."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from engine.api.commands import PushFolder
from engine.api.events import AnyEvent
from engine.api.export_events import FolderPushed
from gui.engine_link.jobs import EngineJob
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.text import label


class PushCard(Card):
    """Asks for the repository name; the engine uploads with the token that it finds."""

    pushed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            self.tr("Upload to the Hub"),
            self.tr(
                "Uploads the export and its model card with your Hub token. Nothing leaves this computer "
                "until you press Upload."
            ),
        )
        self._session = session
        self._folder = ""
        self.addresses: dict[str, str] = {}
        """Hub address of each exported folder that this window has uploaded."""
        self.repo = QLineEdit()
        self.repo.setPlaceholderText(self.tr("you-or-organisation/name"))
        self.repo.setAccessibleName(self.tr("Repository on the Hub"))
        self.private = QCheckBox(self.tr("Private"))
        self.private.setChecked(True)
        self.push = Button(self.tr("Upload"), "export")
        self.address = label("", "good", wrap=True)
        self.address.setAccessibleName(self.tr("Not on the Hub yet"))
        self.address.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.repo, 1)
        row.addWidget(self.private)
        row.addWidget(self.push)
        self.add(row)
        self.add(self.address)
        self.push.clicked.connect(self._push)
        self.repo.textChanged.connect(self._update_buttons)
        session.jobs.advanced.connect(self._on_events)
        session.project_opened.connect(self.repo.clear)

    def show_folder(self, folder: str) -> None:
        """Offer this export for upload."""
        self._folder = folder
        address = self.addresses.get(folder, "")
        self.address.setText(self.tr("Uploaded to {0}").format(address) if address else "")
        self.address.setAccessibleName(address or self.tr("Not on the Hub yet"))
        self.address.setVisible(bool(address))
        self._update_buttons()

    @Slot()
    def _update_buttons(self) -> None:
        owner, _, name = self.repo.text().strip().partition("/")
        named = bool(owner and name) and "/" not in name
        self.push.setEnabled(named and self._session.jobs.main is None)

    @Slot()
    def _push(self) -> None:
        if not self._session.ensure_idle():
            return
        command = PushFolder(folder=self._folder, repo=self.repo.text().strip(), private=self.private.isChecked())
        self._session.jobs.start("push", command)

    @Slot(object, object)
    def _on_events(self, job: EngineJob, events: list[AnyEvent]) -> None:
        for event in events:
            if job.kind == "push" and isinstance(event, FolderPushed):
                self.addresses[event.folder] = event.address
                self.pushed.emit()
