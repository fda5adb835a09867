"""The first screen: one click to the demo, or a new or existing project."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.recent_project import RecentProject
from gui.widgets.text import label

_RECENT_SHOWN = 5
_WIDTH = 520


class WelcomePage(QWidget):
    """Shown while no project is open."""

    demo_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    recent_wanted = Signal(object)
    """The folder of a project."""
    locate_wanted = Signal(object)
    """The folder at which a project was, but is not any more."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("pageBody")
        self.demo = Button(self.tr("Try the demo"), "play", primary=True)
        self.new = Button(self.tr("New project…"))
        self.open = Button(self.tr("Open project…"), "folder")
        self.demo.clicked.connect(self.demo_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.open.clicked.connect(self.open_wanted)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_heading = label(self.tr("Recent projects"), "caption")
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self._lay_out()

    def show_problem(self, sentence: str) -> None:
        """Show why a project could not be opened."""
        self.problem.setText(sentence)
        self.problem.show()

    def _lay_out(self) -> None:
        motif = LayerStrip(numbered=False)
        motif.setAccessibleName(self.tr("A model with 30 layers, five of them removed"))
        motif.show_layers(30, protected=(0, 1, 29), removed=(13, 14, 15, 17, 22))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.demo, self.new, self.open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(motif)
        column.addSpacing(14)
        column.addWidget(label("LayerSwarm", "title"))
        words = self.tr(
            "Shrinks a language model by removing the decoder layers that it can do without, recovers "
            "lost quality, and exports plain safetensors that load anywhere."
        )
        column.addWidget(label(words, "body", wrap=True))
        column.addSpacing(10)
        column.addLayout(buttons)
        column.addSpacing(4)
        demo = self.tr(
            "The demo shrinks SmolLM2-135M-Instruct, a model with 30 layers, within ten minutes on two cores."
        )
        column.addWidget(label(demo, "caption", wrap=True))
        column.addWidget(self.problem)
        column.addSpacing(18)
        column.addWidget(self._recent_heading)
        column.addLayout(self._recent)
        holder = QWidget()
        holder.setLayout(column)
        holder.setFixedWidth(max(_WIDTH, buttons.sizeHint().width()))
        middle = QVBoxLayout()
        middle.addStretch(2)
        middle.addWidget(holder)
        middle.addStretch(3)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)

    @Slot()
    def refresh(self) -> None:
        """List the recent projects."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        folders = self._session.preferences.recent_projects()[:_RECENT_SHOWN]
        self._recent_heading.setVisible(bool(folders))
        for folder in folders:
            entry = RecentProject(folder, _WIDTH)
            entry.chosen.connect(self.recent_wanted)
            entry.locate_wanted.connect(self.locate_wanted)
            entry.forget_wanted.connect(self._forget)
            self._recent.addWidget(entry)

    @Slot(object)
    def _forget(self, folder: Path) -> None:
        self._session.preferences.forget_project(folder)
        self.refresh()
