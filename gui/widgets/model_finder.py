"""A list of models to choose from, with tools and the state of the list above it, and the selected model below."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.buttons import Button
from gui.widgets.record_table import RecordColumn, RecordTable
from gui.widgets.text import label, set_role

_ROWS = 7
_SPACING = 10


class ModelFinder(QWidget):
    """The layout and behaviour that the finders for the Hub and for this computer share.

    Subclasses implement the methods that raise ``NotImplementedError``, add tools and buttons, and call
    ``show_records`` in ``refresh``.
    """

    wanted = Signal(str, str)
    """Source and revision of the model to use."""

    def __init__(self) -> None:
        super().__init__()
        self.table = RecordTable(self.columns(), _ROWS)
        self.state = label("", "muted", wrap=True)
        self.status = label("", "muted", wrap=True)
        self.use = Button(self.tr("Use this model"), primary=True)
        self._before_table: list[QWidget] = []
        self._behind_table: list[QWidget] = []
        self._tools = QVBoxLayout()
        self._tools.setSpacing(_SPACING)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(_SPACING)
        foot = QHBoxLayout()
        foot.setSpacing(_SPACING)
        foot.addWidget(self.status, 1)
        foot.addLayout(self._buttons)
        foot.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addLayout(self._tools)
        column.addWidget(self.state)
        column.addWidget(self.table)
        column.addLayout(foot)
        column.addStretch(1)
        self.table.selected.connect(self.refresh)
        self.table.chosen.connect(self.use_record)
        self.use.clicked.connect(self.use_selected)

    def add_tools(self, *tools: QWidget, stretched: QWidget | None = None) -> None:
        """Add a row of widgets above the table; ``stretched`` takes the remaining width, otherwise it stays empty."""
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        for tool in tools:
            row.addWidget(tool, int(tool is stretched))
        if stretched is None:
            row.addStretch(1)
        self._tools.addLayout(row)
        self._before_table += [tool for tool in tools if tool.focusPolicy() != Qt.FocusPolicy.NoFocus]
        self._order_tabs()

    def add_buttons(self, *buttons: Button) -> None:
        """Add buttons to the left of "Use this model"."""
        for button in buttons:
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._behind_table += buttons
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let the Tab key follow the layout: the tools, the table, the buttons."""
        for first, second in pairwise([*self._before_table, self.table, *self._behind_table, self.use]):
            QWidget.setTabOrder(first, second)

    def show_records(self, records: Sequence[Any], is_problem: bool) -> None:
        """Replace the rows and both lines of text; ``is_problem`` colours the state of the list as a warning."""
        with QSignalBlocker(self.table):
            self.table.show_records(records)
        set_role(self.state, "warn" if is_problem else "muted")
        self.state.setText(self.state_text())
        self.status.setText(self.status_text())

    def columns(self) -> Sequence[RecordColumn]:
        """Return the columns of the table."""
        raise NotImplementedError

    def state_text(self) -> str:
        """Return the text above the table: what is listed, why the list is empty, or what went wrong."""
        raise NotImplementedError

    def status_text(self) -> str:
        """Return the text below the table: the selected model."""
        raise NotImplementedError

    @Slot()
    def refresh(self) -> None:
        """Show the current list and enable the actions that are possible."""
        raise NotImplementedError

    @Slot()
    def use_selected(self) -> None:
        """Use the selected model."""
        raise NotImplementedError

    @Slot(object)
    def use_record(self, record: Any) -> None:
        """Use the model of a row."""
        raise NotImplementedError
