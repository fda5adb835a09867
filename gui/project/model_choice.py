"""Choosing another model for the project, and returning to the last one if the engine cannot use it."""

from PySide6.QtCore import QObject, Slot

from engine.api.errors import BadInput
from engine.api.settings import ModelSettings
from engine.model_files.first_look import check_at_first_look
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob
from gui.project.error_words import words_for
from gui.project.session import Session
from gui.words.messages import system_reason


class ModelChoice(QObject):
    """Makes a model the project's unless its files already show that it is none, and has the engine inspect it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._before: ModelSettings | None = None
        """The project's model before the one that is being inspected."""
        session.project_opened.connect(self._forget)
        session.job_ended.connect(self._on_job_ended)

    def use(self, source: str, revision: str = "main") -> None:
        """Make another model the project's, and inspect it."""
        session = self._session
        if not session.ensure_idle() or not self._may_be_model(source):
            return
        before = session.settings.model
        session.change({"model.source": source, "model.revision": revision}, self.tr("Choose model"))
        if session.settings.model.source == source:
            self._before = before if session.inspect_now() else None

    def _may_be_model(self, source: str) -> bool:
        """Return whether nothing in the files speaks against it; else emit the session's ``problem``."""
        try:
            check_at_first_look(source)
        except BadInput as error:
            self._session.problem.emit(words_for(error))
        except OSError as error:
            words = self.tr("{0} cannot be read ({1}).")
            self._session.problem.emit(words.format(error.filename or source, system_reason(error)))
        else:
            return True
        return False

    @Slot()
    def _forget(self) -> None:
        self._before = None

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind != "inspect" or self._before is None:
            return
        before, self._before = self._before, None
        if end.ending == "finished":
            self._session.preferences.remember_model(self._session.settings.model.source)
        elif end.ending == "bad_input":
            values = {"model.source": before.source, "model.revision": before.revision}
            self._session.change(values, self.tr("Keep the model"))
