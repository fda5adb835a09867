"""The choice of the run that the pages show."""

from PySide6.QtCore import QSignalBlocker, Slot

from gui.project.session import Session
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.words.run_titles import run_title


class RunChoice(ChoiceBox):
    """Newest first; hidden while there is nothing to choose, disabled while a job is running."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        name_choice(self, self.tr("Displayed run"))
        self.setToolTip(self.tr("The run shown on the pages. Choosing an older one replays its journal."))
        self.activated.connect(self._choose)
        session.run_loaded.connect(self.refresh)
        session.run_keeper.changed.connect(self.refresh)
        session.jobs.changed.connect(self._update_enabled)
        session.busy_changed.connect(self._on_busy_changed)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """List the runs of the project."""
        shown = self._session.shown_run
        names = self._session.run_names[::-1]
        with QSignalBlocker(self):
            self.clear()
            for name in names:
                self.addItem(self._title(name), name)
            self.setCurrentIndex(self.findData(shown.name) if shown else -1)
        self.setVisible(len(names) > 1 or (len(names) == 1 and shown is None))
        self.setPlaceholderText(self.tr("Choose a run"))

    def _title(self, name: str) -> str:
        project = self._session.project
        if project is None:
            return run_title(name, "", False)
        notes = self._session.run_keeper.notes(project, name)
        return run_title(name, notes.title, notes.starred)

    @Slot()
    def _update_enabled(self) -> None:
        self.setEnabled(self._session.jobs.main is None)

    @Slot()
    def _on_busy_changed(self) -> None:
        """Show the actual run again if the chosen one could not be loaded."""
        if not self._session.busy_text:
            self.refresh()

    @Slot(int)
    def _choose(self, place: int) -> None:
        if not self._session.show_run(self.itemData(place)):
            self.refresh()
