"""The About dialog."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.api.version import version_and_commit
from gui.look.icons import application_icon
from gui.widgets.buttons import Button
from gui.widgets.text import label

_ICON = 64


class AboutDialog(QDialog):
    """Shows name, version and licence; ``diagnostics_wanted`` is True if it was closed by the Diagnostics button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About LayerSwarm"))
        self.setMinimumWidth(440)
        self.diagnostics_wanted = False
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(_ICON, _ICON))
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(label("LayerSwarm", "title"))
        words.addWidget(label(self.tr("Version {0}").format(version_and_commit()), "muted"))
        words.addWidget(
            label(self.tr("Shrinks language models by removing the layers they can do without."), wrap=True)
        )
        words.addWidget(label(self.tr("Free software under the Apache License 2.0."), "muted", wrap=True))
        upper = QHBoxLayout()
        upper.setSpacing(20)
        upper.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(18)
        column.addLayout(upper)
        buttons = QHBoxLayout()
        self.diagnostics = Button(self.tr("Diagnostics…"))
        self.diagnostics.clicked.connect(self._ask_diagnostics)
        close = Button(self.tr("Close"), primary=True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons.addWidget(self.diagnostics)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column.addLayout(buttons)

    def _ask_diagnostics(self) -> None:
        self.diagnostics_wanted = True
        self.accept()
