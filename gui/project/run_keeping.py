"""What a person does with runs beside working on them: name, note, star and delete."""

from PySide6.QtCore import QObject, Signal

from engine.api.project import Project, Run
from engine.api.run_notes import RunNotes, keep_run_notes, run_notes
from gui.project.project_worker import ProjectWorker


class RunKeeper(QObject):
    """Keeps the notes of a project's runs, and deletes runs."""

    changed = Signal()
    """Emitted when the notes of a run have changed."""

    def __init__(self, worker: ProjectWorker) -> None:
        super().__init__(worker)
        self._worker = worker

    def notes(self, project: Project, name: str) -> RunNotes:
        """Return the notes of a run."""
        return run_notes(project.run_folder(name))

    def keep(self, project: Project, name: str, notes: RunNotes) -> None:
        """Write the notes of a run.

        Raises:
            BadInput: There is no such run, a text is too long, or the project cannot be written.
        """
        project.check_writable()
        keep_run_notes(project.run(name).folder, notes)
        self.changed.emit()

    def delete(self, project: Project, name: str, shown: Run | None) -> None:
        """Delete a run; the one that is shown stays so, unless it is the one that is deleted.

        Raises:
            BadInput: There is no such run, or the project cannot be written.
        """
        project.check_writable()
        run = project.run(name)
        self._worker.delete(project, run, shown.name if shown is not None and shown.name != name else None)
