"""Estimate the plan by itself once the user has stopped changing it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from engine.api.errors import BadInput
from engine.api.presets import PRESETS, with_preset
from engine.api.settings import Settings
from gui.project.plan_problem import plan_problem
from gui.project.session import Session

DEBOUNCE_MS = 1200
"""Delay after the last change of the plan before it is estimated."""


class PlanEstimator(QObject):
    """Requests an estimate of the plan and of the presets, once for each plan, while ``is_wanted``."""

    def __init__(self, session: Session, is_wanted: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._is_wanted = is_wanted
        self._tried: Settings | None = None
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._debounce.timeout.connect(self._estimate)
        session.settings_changed.connect(self._restart)

    @Slot()
    def plan_later(self) -> None:
        """Schedule an estimate of a plan that has none, unless one is scheduled."""
        if self._lacks_estimate() and not self._debounce.isActive():
            self._debounce.start()

    def cancel(self) -> None:
        """Cancel what is scheduled."""
        self._debounce.stop()

    @Slot()
    def _restart(self) -> None:
        self.cancel()
        self.plan_later()

    def _lacks_estimate(self) -> bool:
        session = self._session
        is_idle = session.jobs.main is None and session.project is not None and not session.busy_text
        if not is_idle or session.plan_model is None or not self._is_wanted():
            return False
        return session.settings != self._tried and not session.local_devices.show_known(session.settings)

    @Slot()
    def _estimate(self) -> None:
        session = self._session
        if not self._lacks_estimate() or plan_problem(session):
            return
        if session.local_devices.estimate(session.settings, preset_plans(session).values()):
            self._tried = session.settings
        else:
            self._debounce.start()  # another plan is being estimated


def preset_plans(session: Session) -> dict[str, Settings]:
    """Return what the plan would be with each preset; without those whose values cannot be used with it."""
    found: dict[str, Settings] = {}
    for name in PRESETS:
        try:
            found[name] = preset_plan(session, name)
        except BadInput:
            continue
    return found


def preset_plan(session: Session, name: str) -> Settings:
    """Return the plan with the amounts of a preset, which suit the model's size and the device.

    Raises:
        BadInput: The settings that the preset does not change cannot be used.
    """
    model = session.plan_model
    gpu = session.local_devices.chosen(session.settings.device.name) not in ("", "cpu")
    return with_preset(session.settings, name, model.parameters if model else None, gpu)
