"""What keeps a plan from being started although its saved settings look right."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from engine.api.settings import ModelSettings
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob, EngineJobs


class PlanFaults(QObject):
    """Values that were entered but cannot be used, and models that the engine has refused."""

    changed = Signal()

    def __init__(self, jobs: EngineJobs, wanted: Callable[[], ModelSettings], parent: QObject) -> None:
        """Watch the inspections among ``jobs``; ``wanted`` returns the model that an inspection is about."""
        super().__init__(parent)
        self._wanted = wanted
        self._entries: dict[str, str] = {}
        self._inspected: ModelSettings | None = None
        self._refused: dict[ModelSettings, str] = {}
        jobs.started.connect(self._on_started)
        jobs.ended.connect(self._on_ended)

    @property
    def of_entries(self) -> str:
        """One sentence about a value that was entered and is not saved; empty if there is none."""
        return next(iter(self._entries.values()), "")

    def of_model(self, model: ModelSettings) -> str:
        """Return why the engine has refused a model; empty if it has not."""
        return self._refused.get(model, "")

    def note_entry(self, key: str, sentence: str) -> None:
        """Note that what stands in the field of a setting cannot be used; an empty sentence withdraws that."""
        if self._entries.get(key, "") == sentence:
            return
        self._entries.pop(key, None)
        if sentence:
            self._entries[key] = sentence
        self.changed.emit()

    def forget(self) -> None:
        """Forget everything, because another project is opened."""
        self._entries.clear()
        self._refused.clear()
        self.changed.emit()

    @Slot(object)
    def _on_started(self, job: EngineJob) -> None:
        if job.kind == "inspect":
            self._inspected = self._wanted()

    @Slot(object, object)
    def _on_ended(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind != "inspect" or self._inspected is None:
            return
        self._refused.pop(self._inspected, None)
        if end.ending == "bad_input":
            self._refused[self._inspected] = end.sentence
        self.changed.emit()
