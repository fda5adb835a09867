"""The devices of this computer and what a run needs on each, as reported by the engine."""

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from engine.api.commands import EstimateRun, ListDevices
from engine.api.events import AnyEvent, DeviceFound, EstimateMade
from engine.api.settings import Settings
from engine.results.plan_estimate import chosen_estimate
from gui.engine_link.jobs import EngineJob, EngineJobs

Estimates = dict[str, EstimateMade]
"""One estimate for each device."""


class LocalDevices(QObject):
    """Keeps the devices and the estimates, by plan; those of a project that has been closed are dropped."""

    devices_changed = Signal()
    estimates_changed = Signal()

    def __init__(self, jobs: EngineJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.devices: dict[str, DeviceFound] = {}
        self.estimates: Estimates = {}
        self.estimated_settings: Settings | None = None
        self._known: dict[Settings, Estimates] = {}
        self._asked: tuple[Settings, ...] = ()
        """The plans that the running job estimates, in the order of their numbers."""
        jobs.advanced.connect(self._on_events)

    def list_devices(self) -> None:
        """Request the list of devices."""
        self._jobs.start("devices", ListDevices())

    def chosen(self, name: str) -> str:
        """Return the device that a setting selects: the first one for ``auto``; empty while none is known."""
        return next(iter(self.devices), "") if name == "auto" else name

    def estimate(self, settings: Settings, others: Iterable[Settings] = ()) -> bool:
        """Request an estimate of what a run with these settings needs on each device, and of other plans with it.

        Returns:
            Whether it was requested; not if another estimate is being made.
        """
        unknown = tuple(dict.fromkeys(each for each in others if each not in self._known and each != settings))
        command = EstimateRun(settings=msgspec.to_builtins(settings), others=tuple(map(msgspec.to_builtins, unknown)))
        if self._jobs.start("estimate", command) is None:
            return False
        self._asked = (settings, *unknown)
        self.estimates, self.estimated_settings = {}, settings
        self.estimates_changed.emit()
        return True

    def estimate_of(self, settings: Settings) -> EstimateMade | None:
        """Return what a plan needs on its device; None while it is not known."""
        known = self.estimates if settings == self.estimated_settings else self._known.get(settings, {})
        return chosen_estimate(known, settings.device.name)

    def show_known(self, settings: Settings) -> bool:
        """Show the estimates of a plan that was estimated before; return whether there are any."""
        if settings == self.estimated_settings:
            return bool(self.estimates)
        if settings not in self._known:
            return False
        self.estimates, self.estimated_settings = self._known[settings], settings
        self.estimates_changed.emit()
        return True

    def forget_estimates(self) -> None:
        """Drop the estimates, because their project is closed."""
        self.estimates, self.estimated_settings, self._asked = {}, None, ()
        self._known.clear()

    @Slot(object, object)
    def _on_events(self, job: EngineJob, events: list[AnyEvent]) -> None:
        if job.kind == "devices":
            self.devices |= {event.name: event for event in events if isinstance(event, DeviceFound)}
            self.devices_changed.emit()
        elif job.kind == "estimate":
            for event in events:
                if isinstance(event, EstimateMade) and event.plan < len(self._asked):
                    plan = self._asked[event.plan]
                    self._known.setdefault(plan, {})[event.device] = event
                    if plan == self.estimated_settings:
                        self.estimates[event.device] = event
            self.estimates_changed.emit()
