"""What a person chooses about the engine's environment: from where, which build, which parts, and where it goes."""

from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from engine.api.disk import free_disk
from engine.api.locations import given_path
from engine.environment.builds import fitting_build, offered_builds
from engine.environment.machine import Machine
from engine.environment.parts import PARTS
from engine.environment.plan import Plan
from gui.widgets.buttons import Button, SegmentedChoice
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.text import label, set_role
from gui.words.formatting import format_bytes
from gui.words.messages import message_words

Source = Literal["index", "wheels", "own"]


class EngineChoices(QWidget):
    """The fields; ``plan`` and ``own`` are what was chosen."""

    changed = Signal()

    def __init__(self, machine: Machine, before: Plan) -> None:
        super().__init__()
        self._builds = offered_builds(machine)
        self._source: Source = "wheels" if before.wheels else "index"
        choices = (
            ("index", self.tr("Download")),
            ("wheels", self.tr("From a folder")),
            ("own", self.tr("Use one that I have")),
        )
        self.source = SegmentedChoice(choices, self.tr("Where it comes from"))
        self.found = label(message_words(fitting_build(machine).reason), "body", wrap=True)
        self.build = ChoiceBox()
        self.build.setAccessibleName(self.tr("Build of torch"))
        for build in self._builds:
            self.build.addItem(message_words(build.title))
        self.build.setCurrentIndex(self._builds.index(before.build))
        self.parts = {part.key: QCheckBox(message_words(part.title)) for part in PARTS}
        for key, box in self.parts.items():
            box.setChecked(key in before.parts)
            box.toggled.connect(self._update)
        self.place = self._line(self.tr("Folder of the engine"), str(before.place))
        self.wheels = self._line(self.tr("Folder of wheels"), before.wheels)
        self.own = self._line(self.tr("Folder of the environment, or its Python"))
        self.wheels.setPlaceholderText(self.tr("Folder with wheels of all packages"))
        self.own.setPlaceholderText(self.tr("Folder of a virtual environment, or its Python"))
        self.sizes = label("", "muted", wrap=True)
        self._lay_out()
        self.source.show_value(self._source)
        self.source.chosen.connect(self.choose_source)
        self.build.currentIndexChanged.connect(self._update)
        self._update()

    @property
    def plan(self) -> Plan:
        """The plan to download or to take from a folder."""
        return Plan(
            build=self._builds[self.build.currentIndex()],
            parts=tuple(key for key, box in self.parts.items() if box.isChecked()),
            place=given_path(self.place.text().strip()).absolute(),
            wheels=self.wheels.text().strip() if self._source == "wheels" else "",
        )

    @property
    def own_environment(self) -> str:
        """The environment that the person has; empty where another source is chosen."""
        return self.own.text().strip() if self.source_is_own else ""

    @property
    def source_is_own(self) -> bool:
        """Whether the person wants an environment of their own."""
        return self._source == "own"

    @property
    def is_complete(self) -> bool:
        """Whether every field that is shown is filled."""
        needed = {"index": [self.place], "wheels": [self.place, self.wheels], "own": [self.own]}
        return all(field.text().strip() for field in needed[self._source])

    @Slot(str)
    def choose_source(self, source: str) -> None:
        """Show the fields of a source."""
        self._source = cast(Source, source)
        self.source.show_value(source)
        self._update()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.found)
        column.addWidget(self.source)
        self._form = form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._parts = QWidget()
        boxes = QVBoxLayout(self._parts)
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(6)
        for box in self.parts.values():
            boxes.addWidget(box)
        self._rows = {
            "build": self._row(self.tr("Build"), self.build),
            "parts": self._row(self.tr("Parts"), self._parts),
            "wheels": self._row(self.tr("Wheels"), self._with_browse(self.wheels)),
            "place": self._row(self.tr("Folder"), self._with_browse(self.place)),
            "own": self._row(self.tr("Environment"), self._with_browse(self.own)),
        }
        column.addLayout(form)
        column.addWidget(self.sizes)

    def _row(self, name: str, field: QWidget) -> QWidget:
        self._form.addRow(label(name, "muted"), field)
        return field

    def _line(self, name: str, text: str = "") -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(name)
        line.textChanged.connect(self._update)
        return line

    def _with_browse(self, line: QLineEdit) -> QWidget:
        holder, browse = QWidget(), Button(self.tr("Browse…"), "folder")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(line, 1)
        row.addWidget(browse)
        browse.clicked.connect(lambda: self._browse(line))
        return holder

    def _browse(self, line: QLineEdit) -> None:
        folder = QFileDialog.getExistingDirectory(self, line.accessibleName(), line.text())
        if folder:
            line.setText(folder)

    @Slot()
    def _update(self) -> None:
        shown = {"own"} if self._source == "own" else {"build", "parts", "place"}
        shown |= {"wheels"} if self._source == "wheels" else set()
        for key, field in self._rows.items():
            self._form.setRowVisible(field, key in shown)
        self.sizes.setVisible(self._source != "own")
        self._show_sizes()
        self.changed.emit()

    def _show_sizes(self) -> None:
        plan = self.plan
        free = _free(plan.place)
        words = self.tr("About {0} to download and {1} on the disk, which has {2} free.")
        if plan.wheels or self._source == "wheels":
            words = self.tr("About {1} on the disk, which has {2} free.")
        set_role(self.sizes, "muted" if free >= plan.disk else "bad")
        self.sizes.setText(words.format(format_bytes(plan.download), format_bytes(plan.disk), format_bytes(free)))


def _free(place: Path) -> int:
    try:
        return free_disk(place)
    except (OSError, ValueError):  # the system cannot look there
        return 0
