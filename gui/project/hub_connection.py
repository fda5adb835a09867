"""Whether the Hub may be asked at all: known at once, without an engine."""

from PySide6.QtCore import QObject, Signal, Slot

from engine.api.offline import is_hub_offline
from gui.engine_link.jobs import EngineJobs


class HubConnection(QObject):
    """Watches whether LayerSwarm works offline."""

    changed = Signal()

    def __init__(self, jobs: EngineJobs, parent: QObject) -> None:
        super().__init__(parent)
        self.is_offline = is_hub_offline()
        jobs.changed.connect(self._look)

    @property
    def problem(self) -> str:
        """Why the Hub is not asked; empty if it may be."""
        if not self.is_offline:
            return ""
        return self.tr("LayerSwarm works offline, so the Hub cannot be searched. Models on this computer can be used.")

    @Slot()
    def _look(self) -> None:
        before, self.is_offline = self.is_offline, is_hub_offline()
        if self.is_offline != before:
            self.changed.emit()
