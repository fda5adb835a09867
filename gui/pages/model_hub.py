"""Finding a model on the Hub: search as one types, and what one chooses by."""

import re
from typing import cast

from PySide6.QtCore import QDateTime, QLocale, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.api.commands import HubSort
from engine.api.hub_events import HubModel
from gui.dialogs.hub_token import HubTokenDialog
from gui.project.hub_client import HubDesk
from gui.widgets.buttons import Button
from gui.widgets.fact_table import Fact, FactTable
from gui.widgets.text import label, set_role
from gui.words.formatting import NOTHING, breakable, format_bytes, format_count

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
_ROWS = 7


class HubFinder(QWidget):
    """A line to search in, the models found, and the one to use."""

    wanted = Signal(str, str)
    """Hub id and revision of the model that the person takes."""

    def __init__(self, desk: HubDesk) -> None:
        super().__init__()
        self._desk = desk
        self._token_dialog: HubTokenDialog | None = None
        self.hub_id = QLineEdit()
        self.hub_id.setPlaceholderText(self.tr("Search, or give organisation/name"))
        self.hub_id.setAccessibleName(self.tr("Search the Hub"))
        self.hub_id.setClearButtonEnabled(True)
        self.sort = QComboBox()
        self.sort.setAccessibleName(self.tr("Order of the models"))
        for value, words in (
            ("downloads", self.tr("Most downloads")),
            ("likes", self.tr("Most likes")),
            ("recent", self.tr("Newest")),
        ):
            self.sort.addItem(words, value)
        self.revision = QLineEdit("main")
        self.revision.setAccessibleName(self.tr("Revision"))
        self.revision.setToolTip(self.tr("Branch, tag or commit of a Hub model."))
        self.revision.setFixedWidth(90)
        self.table = FactTable(self._facts(), self.tr("Models of the Hub"), _ROWS)
        self.status = label("", "muted", wrap=True)
        self.more = Button(self.tr("More models"))
        self.retry = Button(self.tr("Try again"))
        self.token = Button(self.tr("Token…"))
        self.token.setToolTip(self.tr("Gated and private models need a token of your Hub account."))
        self.fetch = Button(self.tr("Use this model"), primary=True)
        self._lay_out()
        self.hub_id.textChanged.connect(self._search)
        self.hub_id.returnPressed.connect(self._take_typed)
        self.sort.activated.connect(self._search_now)
        self.more.clicked.connect(desk.search_more)
        self.retry.clicked.connect(self._search_now)
        self.table.selected.connect(self.refresh)
        self.table.chosen.connect(self._take)
        self.fetch.clicked.connect(self._take_typed)
        self.token.clicked.connect(self._ask_token)
        desk.found.connect(self.refresh)
        desk.download_changed.connect(self.refresh)
        self.refresh()

    def _facts(self) -> list[Fact]:
        return [
            Fact(self.tr("Model"), self._name, right=False),
            Fact(self.tr("Licence"), lambda model: model.licence or NOTHING, right=False, width=104, optional=True),
            Fact(
                self.tr("Parameters"),
                lambda model: format_count(model.parameters) if model.parameters else NOTHING,
                width=84,
            ),
            Fact(self.tr("Size"), lambda model: format_bytes(model.bytes) if model.bytes else NOTHING, width=78),
            Fact(self.tr("Downloads"), lambda model: format_count(model.downloads), width=86),
            Fact(self.tr("Likes"), lambda model: format_count(model.likes), width=62),
            Fact(self.tr("Changed"), lambda model: _day(model.modified), width=90, optional=True),
        ]

    def _name(self, model: HubModel) -> str:
        marks = [
            words for holds, words in ((model.on_disk, self.tr("on disk")), (model.gated, self.tr("gated"))) if holds
        ]
        return f"{model.source}  ·  {', '.join(marks)}" if marks else model.source

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.hub_id, 1)
        line.addWidget(self.sort)
        line.addWidget(label(self.tr("revision"), "muted"))
        line.addWidget(self.revision)
        column.addLayout(line)
        column.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.token, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.fetch, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the best known models the first time that this is seen, and for what was typed last."""
        super().showEvent(event)
        if self._desk.answered != self.hub_id.text().strip() and not self._desk.searching:
            self._search_now()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for the answer any more."""
        super().hideEvent(event)
        self._desk.leave()

    @Slot()
    def refresh(self) -> None:
        """Show the answer, or why there is none."""
        desk = self._desk
        with QSignalBlocker(self.table):
            self.table.show_things(desk.models)
        set_role(self.status, "warn" if desk.problem and not desk.searching else "muted")
        self.status.setText(self._words())
        self.retry.setVisible(bool(desk.problem) and not desk.searching)
        self.more.setVisible(desk.has_more)
        self.more.setEnabled(not desk.searching)
        is_typed = _HUB_ID.fullmatch(self.hub_id.text().strip()) is not None
        downloading = desk.download is not None and desk.download.state == "working"
        self.fetch.setEnabled((self.table.current() is not None or is_typed) and not downloading)
        self.fetch.setToolTip(self.tr("One download at a time.") if downloading else "")

    def _words(self) -> str:
        desk = self._desk
        if desk.searching:
            return self.tr("Asking the Hub…")
        if desk.problem:
            return desk.problem
        chosen = self.table.current()
        if chosen is not None:
            return self._describe(chosen)
        if desk.answered is not None and not desk.models:
            return self.tr("The Hub has no text model with safetensors weights of this name.")
        return self.tr("Text models with safetensors weights. Choose one to see more of it.") if desk.models else ""

    def _describe(self, model: HubModel) -> str:
        facts = [breakable(model.source), model.architecture, model.licence or self.tr("licence not stated")]
        if model.on_disk:
            facts.append(self.tr("on this computer"))
        elif model.bytes:
            facts.append(self.tr("{0} to download").format(format_bytes(model.bytes)))
        if model.gated:
            facts.append(self.tr("gated: its terms must be accepted on its Hub page"))
        return "  ·  ".join(fact for fact in facts if fact)

    @Slot()
    def _search(self) -> None:
        self._desk.search(self.hub_id.text().strip(), cast(HubSort, self.sort.currentData()))

    @Slot()
    def _search_now(self) -> None:
        self._desk.search(self.hub_id.text().strip(), cast(HubSort, self.sort.currentData()), now=True)

    @Slot()
    def _take_typed(self) -> None:
        """The selected model, or the id as typed."""
        chosen = self.table.current()
        typed = self.hub_id.text().strip()
        if chosen is not None:
            self._take(chosen)
        elif _HUB_ID.fullmatch(typed):
            self.wanted.emit(typed, self.revision.text().strip() or "main")
        else:
            self._search_now()

    @Slot()
    def _ask_token(self) -> None:
        if self._token_dialog is None:
            self._token_dialog = HubTokenDialog(self._desk, self)
        self._token_dialog.exec()

    @Slot(object)
    def _take(self, model: HubModel) -> None:
        self.wanted.emit(model.source, self.revision.text().strip() or "main")


def _day(seconds: float) -> str:
    if not seconds:
        return NOTHING
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)).date(), "yyyy-MM-dd")


def _parameters(model: HubModel) -> str:
    return format_count(model.parameters) if model.parameters else NOTHING
