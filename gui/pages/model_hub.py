"""Find a model on the Hub: search while typing, with the facts that help to choose."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from engine.api.commands import HubSort
from engine.api.hub_events import HubModel
from engine.model_files.hub_id import HUB_ID
from gui.dialogs.hub_token import HubTokenDialog
from gui.project.hub_client import HubClient
from gui.widgets.buttons import Button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.widgets.model_finder import ModelFinder
from gui.widgets.record_table import RecordColumn
from gui.widgets.text import label
from gui.words.formatting import NOTHING, breakable, format_bytes, format_count, format_day


class HubFinder(ModelFinder):
    """A search field, the models found, and a button that downloads one."""

    def __init__(self, client: HubClient) -> None:
        super().__init__()
        self._client = client
        self._token_dialog: HubTokenDialog | None = None
        self.table.setAccessibleName(self.tr("Models of the Hub"))
        self.hub_id = QLineEdit()
        self.hub_id.setPlaceholderText(self.tr("Search, or enter organisation/name"))
        self.hub_id.setAccessibleName(self.tr("Search the Hub"))
        self.hub_id.setClearButtonEnabled(True)
        self.sort = self._make_sort()
        self.revision = QLineEdit("main")
        self.revision.setAccessibleName(self.tr("Revision"))
        self.revision.setToolTip(self.tr("Branch, tag or commit of a Hub model."))
        self.revision.setFixedWidth(90)
        self.more = Button(self.tr("More models"))
        self.retry = Button(self.tr("Try again"))
        self.token = Button(self.tr("Token…"))
        self.token.setToolTip(self.tr("Gated and private models need a token from your Hub account."))
        revision_label = label(self.tr("revision"), "muted")
        self.add_tools(self.hub_id, self.sort, revision_label, self.revision, stretched=self.hub_id)
        self.add_buttons(self.token, self.more, self.retry)
        self.hub_id.textChanged.connect(self._search)
        self.hub_id.returnPressed.connect(self.use_selected)
        self.sort.activated.connect(self._search_now)
        self.more.clicked.connect(client.search_more)
        self.retry.clicked.connect(self._search_now)
        self.token.clicked.connect(self._ask_token)
        client.found.connect(self.refresh)
        client.connection.changed.connect(self._on_connection)
        client.download_changed.connect(self.refresh)
        self.refresh()

    def columns(self) -> Sequence[RecordColumn]:
        """Return the columns of the table."""
        return [
            RecordColumn(self.tr("Model"), self._name, right=False),
            RecordColumn(
                self.tr("Licence"), lambda model: model.licence or NOTHING, right=False, width=104, optional=True
            ),
            RecordColumn(self.tr("Parameters"), _parameters, width=84),
            RecordColumn(
                self.tr("Size"), lambda model: format_bytes(model.bytes) if model.bytes else NOTHING, width=78
            ),
            RecordColumn(self.tr("Downloads"), lambda model: format_count(model.downloads), width=86),
            RecordColumn(self.tr("Likes"), lambda model: format_count(model.likes), width=62),
            RecordColumn(self.tr("Changed"), lambda model: _day(model.modified), width=90, optional=True),
        ]

    def _name(self, model: HubModel) -> str:
        marks = [
            words for holds, words in ((model.on_disk, self.tr("on disk")), (model.gated, self.tr("gated"))) if holds
        ]
        return f"{model.source}  ·  {', '.join(marks)}" if marks else model.source

    def _make_sort(self) -> QComboBox:
        sort = ChoiceBox()
        name_choice(sort, self.tr("Sort order"))
        for value, words in (
            ("downloads", self.tr("Most downloads")),
            ("likes", self.tr("Most likes")),
            ("recent", self.tr("Newest")),
        ):
            sort.addItem(words, value)
        return sort

    def showEvent(self, event: QShowEvent) -> None:
        """Search for popular models the first time this is shown, or for the latest text that has not been searched."""
        super().showEvent(event)
        if self._client.answered != self.hub_id.text().strip() and not self._client.searching:
            self._search_now()

    def hideEvent(self, event: QHideEvent) -> None:
        """Cancel the pending search."""
        super().hideEvent(event)
        self._client.cancel_search()

    @Slot()
    def _on_connection(self) -> None:
        """Search, or show why that is not possible, once it has become possible or impossible."""
        if self.isVisible():
            self._search_now()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the search result, or why there is none."""
        client = self._client
        is_offline = client.connection.is_offline
        is_problem = is_offline or (bool(client.problem) and not client.searching)
        self.show_records(client.models, is_problem)
        self.retry.setVisible(is_problem and not is_offline)
        self.more.setVisible(client.has_more)
        self.more.setEnabled(not client.searching)
        is_typed = HUB_ID.fullmatch(self.hub_id.text().strip()) is not None
        downloading = client.download is not None and client.download.state == "working"
        self.use.setEnabled((self.table.current() is not None or is_typed) and not downloading)
        self.use.setToolTip(self.tr("Only one download at a time.") if downloading else "")

    def state_text(self) -> str:
        """Return what is listed, or why there is no list."""
        client = self._client
        if client.connection.problem:
            return client.connection.problem
        if client.searching:
            return self.tr("Searching the Hub…")
        if client.problem:
            return client.problem
        if client.answered is not None and not client.models:
            return self.tr("The Hub has no text model with safetensors weights that matches this name.")
        return self.tr("Text models with safetensors weights. Select one for details.") if client.models else ""

    def status_text(self) -> str:
        """Return the selected model's facts."""
        chosen = self.table.current()
        return self._describe(chosen) if chosen is not None else ""

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
        self._client.search(self.hub_id.text().strip(), cast(HubSort, self.sort.currentData()))

    @Slot()
    def _search_now(self) -> None:
        self._client.search(self.hub_id.text().strip(), cast(HubSort, self.sort.currentData()), now=True)

    @Slot()
    def use_selected(self) -> None:
        """Use the selected model, or the id as typed; search where neither is there."""
        chosen = self.table.current()
        typed = self.hub_id.text().strip()
        if chosen is not None:
            self.use_record(chosen)
        elif HUB_ID.fullmatch(typed):
            self.wanted.emit(typed, self.revision.text().strip() or "main")
        else:
            self._search_now()

    @Slot()
    def _ask_token(self) -> None:
        if self._token_dialog is None:
            self._token_dialog = HubTokenDialog(self._client, self)
        self._token_dialog.exec()

    @Slot(object)
    def use_record(self, model: HubModel) -> None:
        """Use a model of the list in the revision that was typed."""
        self.wanted.emit(model.source, self.revision.text().strip() or "main")


def _day(seconds: float) -> str:
    return format_day(seconds) if seconds else NOTHING


def _parameters(model: HubModel) -> str:
    return format_count(model.parameters) if model.parameters else NOTHING


def _size(model: HubModel) -> str:
    return format_bytes(model.bytes) if model.bytes else NOTHING
