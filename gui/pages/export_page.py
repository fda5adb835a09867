"""The Export page: choose a model, a format and a folder, and see the export verified."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication

from engine.api.commands import ExportRun
from engine.api.events import ExportWritten
from engine.api.locations import given_path
from gui.pages.export_choice import ExportChoice
from gui.pages.export_edge import EdgeCard
from gui.pages.export_push import PushCard
from gui.pages.page import Page
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.export_checks import CheckList
from gui.widgets.opening import open_folder
from gui.widgets.text import label
from gui.words.formatting import format_bytes, format_count
from gui.words.loading_snippet import loading_snippet


class ExportPage(Page):
    """Exports the shown run's model and shows each check of the reloaded folder."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            self.tr("Export"),
            self.tr("Each export is reloaded in its target runtime and verified before it counts as finished."),
        )

    def parts(self) -> Iterator[None]:
        """Create the choice, the verification, the upload and the table of small devices."""
        self.set_empty_state(
            EmptyState(
                self.tr("Nothing to export yet"),
                self.tr("Once the search has found a removal set, you can export the smaller model here."),
            )
        )
        left, right = self.body.add_columns()
        self.choice = ExportChoice(self.session)
        self.choice.export.clicked.connect(self._export)
        self.choice.changed.connect(self._invalidate)
        left.addWidget(self.choice)
        yield
        left.addWidget(self._make_proof())
        left.addWidget(self._make_loading())
        yield
        self.push = PushCard(self.session)
        self.push.pushed.connect(self._invalidate)
        left.addWidget(self.push)
        self.edge = EdgeCard()
        right.addWidget(self.edge)

    def _make_proof(self) -> Card:
        self._written = label("", "body", wrap=True)
        self.checks = CheckList()
        self._proof = Card(self.tr("Verification"))
        self._proof.add(self._written)
        self._proof.add(self.checks)
        return self._proof

    def _make_loading(self) -> Card:
        self.snippet = label("", "code", wrap=True)
        self.snippet.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.snippet.setAccessibleName(self.tr("Code that loads the model"))
        self.copy = Button(self.tr("Copy"), "copy")
        self.copy.clicked.connect(self._copy)
        self.open_folder = Button(self.tr("Open folder"), "folder")
        self.open_folder.clicked.connect(self._open)
        self._loading = Card(self.tr("Load it"))
        self._loading.header.addWidget(self.open_folder)
        self._loading.header.addWidget(self.copy)
        self._loading.add(self.snippet)
        return self._loading

    def clear(self) -> None:
        """Reset the page for another run, including the choice of variant."""
        self.choice.clear()

    def draw(self) -> Iterator[None]:
        """Show what can be exported, and what has been."""
        state, project = self.session.state, self.session.project
        self.show_content(state.search is not None)
        exporting = self.session.jobs.running("export") is not None
        idle = self.session.jobs.main is None and not (project is not None and project.read_only)
        if state.search is not None and idle and self.isVisible():
            self.choice.ask()
        self.choice.show_state(state, idle, exporting)
        yield
        yield from self.edge.draw(state, self.session.settings, self.choice.format.precision)
        yield
        written = self._last_written()
        self._proof.setVisible(written is not None or exporting)
        self._loading.setVisible(written is not None and not exporting)
        self.push.setVisible(written is not None and not exporting)
        checks = [check for check in state.checks.values() if written is None or check.format == written.format]
        self.checks.show_checks(checks, working=exporting)
        self._written.setText(self._words_for(written, exporting))
        if written is not None and not exporting:
            self.snippet.setText(loading_snippet(Path(written.folder)))
            self.push.show_folder(written.folder)

    def _last_written(self) -> ExportWritten | None:
        return next(reversed(self.session.state.exports.values()), None)

    def _words_for(self, written: ExportWritten | None, exporting: bool) -> str:
        if written is None:
            return self.tr("Writing…") if exporting else ""
        return self.tr("{0}: {1} layers, {2} parameters, {3} in {4}").format(
            written.format,
            written.layers,
            format_count(written.parameters),
            format_bytes(written.bytes),
            written.folder,
        )

    @Slot()
    def _export(self) -> None:
        project, choice = self.session.project, self.choice
        if project is None or not self.session.ensure_idle():
            return
        command = ExportRun(
            project=str(project.folder),
            folder=str(given_path(choice.folder.text().strip())),
            run=self.session.state.run,
            variant=choice.variant,
            formats=(str(choice.format),),
        )
        self.session.start_trusted("export", command)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.snippet.text())

    @Slot()
    def _open(self) -> None:
        written = self._last_written()
        if written is not None and not open_folder(Path(written.folder)):
            self.session.problem.emit(self.tr("There is no folder {0} any more.").format(written.folder))
