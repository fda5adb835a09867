"""The Export page: choose a model, a format and a folder, and see the export verified."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Slot

from engine.api.commands import ExportRun
from engine.api.events import ExportWritten
from engine.results.export_places import export_place
from engine.results.next_steps import next_steps
from engine.results.precision_rows import format_title
from gui.pages.export_choice import ExportChoice
from gui.pages.export_edge import EdgeCard
from gui.pages.export_precisions import PrecisionsCard
from gui.pages.export_push import PushCard
from gui.pages.page import Page
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.export_checks import CheckList
from gui.widgets.next_steps import NextStepsCard
from gui.widgets.opening import open_folder
from gui.widgets.text import label
from gui.words.formatting import breakable, format_bytes, format_count, format_place


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
        self.precisions = PrecisionsCard()
        self.precisions.chosen.connect(self.choice.choose_precision)
        self.precisions.device_chosen.connect(self._invalidate)
        left.addWidget(self.precisions)
        yield
        left.addWidget(self._make_proof())
        self.steps = NextStepsCard()
        left.addWidget(self.steps)
        yield
        self.push = PushCard(self.session)
        self.push.pushed.connect(self._invalidate)
        left.addWidget(self.push)
        self.edge = EdgeCard()
        right.addWidget(self.edge)

    def _make_proof(self) -> Card:
        self._written = label("", "body", wrap=True)
        self.checks = CheckList()
        self._place: Path | None = None
        """Folder of the shown export; None where there is none."""
        self.open_folder = Button(self.tr("Open folder"), "folder")
        self.open_folder.clicked.connect(self._open)
        self._proof = Card(self.tr("Verification"))
        self._proof.header.addWidget(self.open_folder)
        self._proof.add(self._written)
        self._proof.add(self.checks)
        return self._proof

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
        self.precisions.show_state(state, self.session.settings, self.choice.format)
        yield
        yield from self.edge.draw(state, self.session.settings, self.choice.format.precision)
        yield
        self._show_latest(exporting)

    def _show_latest(self, exporting: bool) -> None:
        """Show the export that was begun last; what an earlier one wrote is not shown as if it were this one's."""
        state = self.session.state
        job = self.session.jobs.running("export")
        is_starting = job is not None and job.stage is None
        latest = None if is_starting else state.latest_export
        written = None if latest is None or exporting else latest.written
        self._proof.setVisible(exporting or latest is not None)
        self.checks.show_checks([] if is_starting else state.latest_checks, working=exporting)
        place = self._place_of(written) if written is not None else None
        self._written.setText(self._words_for(written, place, exporting))
        self._place = place if place is not None and place.is_dir() else None
        for part in (self.steps, self.push, self.open_folder):
            part.setVisible(self._place is not None)
        if self._place is not None and written is not None:
            self.steps.show_steps(next_steps(self._place, written.format))
            self.push.show_folder(str(self._place))

    def _place_of(self, written: ExportWritten) -> Path:
        project = self.session.project
        return Path(written.folder) if project is None else export_place(written.folder, project.folder)

    def _words_for(self, written: ExportWritten | None, place: Path | None, exporting: bool) -> str:
        project = self.session.project
        if exporting:
            return self.tr("Writing…")
        if written is None or place is None or project is None:
            return self.tr("The latest export was not finished; nothing of it was kept.")
        words = self.tr("{0}: %n layers, {1} parameters, {2} in {3}", "", written.layers).format(
            format_title(written.format),
            format_count(written.parameters),
            format_bytes(written.bytes),
            breakable(format_place(place, project.folder)),
        )
        return words if place.is_dir() else ". ".join((words, self.tr("It is no longer there.")))

    @Slot()
    def _export(self) -> None:
        project, choice = self.session.project, self.choice
        if project is None or not self.session.ensure_idle():
            return
        command = ExportRun(
            project=str(project.folder),
            folder=str(choice.path),
            run=self.session.state.run,
            variant=choice.variant,
            formats=(str(choice.format),),
        )
        self.session.start_trusted("export", command)

    @Slot()
    def _open(self) -> None:
        if self._place is not None and not open_folder(self._place):
            self.session.problem.emit(self.tr("There is no folder {0} any more.").format(self._place))
