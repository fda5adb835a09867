"""The devices of this computer and what a run needs on each, as reported by the engine."""

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from engine.api.commands import EstimateRun, ListDevices
from engine.api.events import AnyEvent, DeviceFound, EstimateMade
from engine.api.settings import Settings
from gui.engine_link.jobs import EngineJob, EngineJobs


class LocalDevices(QObject):
    """Keeps the devices and the latest estimates; those of a project that has been closed are dropped."""

    devices_changed = Signal()
    estimates_changed = Signal()

    def __init__(self, jobs: EngineJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.devices: dict[str, DeviceFound] = {}
        self.estimates: dict[str, EstimateMade] = {}
        self.estimated_settings: Settings | None = None
        jobs.advanced.connect(self._on_events)

    def list_devices(self) -> None:
        """Request the list of devices."""
        self._jobs.start("devices", ListDevices())

    def chosen(self, name: str) -> str:
        """Return the device that a setting selects: the first one for ``auto``; empty while none is known."""
        return next(iter(self.devices), "") if name == "auto" else name

    def estimate(self, settings: Settings) -> None:
        """Request an estimate of what a run with these settings needs on each device."""
        if self._jobs.start("estimate", EstimateRun(settings=msgspec.to_builtins(settings))) is not None:
            self.estimates, self.estimated_settings = {}, settings
            self.estimates_changed.emit()

    def forget_estimates(self) -> None:
        """Drop the estimates, because their project is closed."""
        self.estimates, self.estimated_settings = {}, None

    @Slot(object, object)
    def _on_events(self, job: EngineJob, events: list[AnyEvent]) -> None:
        if job.kind == "devices":
            self.devices |= {event.name: event for event in events if isinstance(event, DeviceFound)}
            self.devices_changed.emit()
        elif job.kind == "estimate" and self.estimated_settings is not None:
            self.estimates |= {event.device: event for event in events if isinstance(event, EstimateMade)}
            self.estimates_changed.emit()
