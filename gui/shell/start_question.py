"""Start a run, after a question where the plan does not fit or takes more than a day."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from engine.api.settings import Settings
from engine.results.plan_estimate import doubts_about
from gui.dialogs.confirm import confirm
from gui.engine_link.jobs import EngineJob
from gui.project.plan_estimator import preset_plans
from gui.project.session import Session
from gui.words.messages import message_words

_PATIENCE_MS = 30_000
"""How long an estimate may take before the question is asked without one."""


class StartQuestion(QObject):
    """Waits for the estimate of a plan that has none yet, since only that shows whether to ask."""

    changed = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._awaited: Settings | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._ask_and_start)
        session.job_ended.connect(self._on_job_ended)
        session.settings_changed.connect(self._cancel)
        session.project_opened.connect(self._end_waiting)

    @property
    def is_waiting(self) -> bool:
        """Whether a run is about to start."""
        return self._awaited is not None

    @Slot()
    def start(self) -> None:
        """Start or continue the run; a run that is continued was decided on before."""
        session = self._session
        if session.start_action == "continue" or session.plan_model is None:
            session.start()
        elif session.local_devices.estimate_of(session.settings) is not None:
            self._ask_and_start()
        elif not self.is_waiting:
            self._awaited = session.settings
            self._patience.start()
            session.local_devices.estimate(session.settings, preset_plans(session).values())
            self.changed.emit()

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, _end: object) -> None:
        if job.kind != "estimate" or not self.is_waiting:
            return
        if self._session.local_devices.estimated_settings == self._awaited:
            self._ask_and_start()
        else:  # that was the estimate of an earlier plan
            self._session.local_devices.estimate(self._session.settings)

    @Slot()
    def _cancel(self) -> None:
        if self.is_waiting and self._awaited != self._session.settings:
            self._end_waiting()

    @Slot()
    def _end_waiting(self) -> None:
        self._awaited = None
        self._patience.stop()
        self.changed.emit()

    def _unknown(self) -> str:
        return self.tr("How long this plan takes and whether it fits could not be estimated yet.")

    @Slot()
    def _ask_and_start(self) -> None:
        self._end_waiting()
        estimate = self._session.local_devices.estimate_of(self._session.settings)
        doubts = self._unknown() if estimate is None else doubts_about(estimate)
        if doubts is None or confirm(
            self.tr("Start this plan?"),
            message_words(doubts),
            self.tr("You can pause at any time; nothing that is finished is lost. A preset with less work is on Plan."),
            self.tr("Start anyway"),
            self._window,
        ):
            self._session.start()
