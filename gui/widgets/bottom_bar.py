"""The bar below every page: the engine's current stage, its progress, and the buttons that control it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from engine.api.socket_guard import is_offline
from gui.engine_link.jobs import EngineJob
from gui.project.plan_estimator import PlanEstimator
from gui.project.plan_problem import plan_problem
from gui.project.run_clock import RunClock
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text import as_tooltip, label, set_role
from gui.words.formatting import format_bytes, format_clock, format_duration
from gui.words.messages import message_words
from gui.words.plan_words import plan_words
from gui.words.stage_names import stage_at_work

_PROGRESS_STEPS = 1000
_BETWEEN = "  ·  "


class BottomBar(QFrame):
    """Shows the main job. The main window connects the buttons to the actions."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("bottomBar")
        self._session, self._run_clock = session, RunClock(session)
        self.stage = ElidedLabel("body")
        self.times = label("", "caption")
        self._times: list[str] = []
        self._words = QHBoxLayout()
        self.offline = label(self.tr("Offline"), "warn")
        self.offline.setToolTip(self.tr("No internet connection is opened (View > Work offline)."))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setAccessibleName(self.tr("Stage progress"))
        self.start = Button(self.tr("Start"), "play", primary=True)
        self.pause = Button(self.tr("Pause"), "pause")
        self.keep_best = Button(self.tr("Stop and keep best"), "stop")
        self.discard = Button(self.tr("Discard"), "discard")
        self._lay_out()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.refresh)
        session.jobs.changed.connect(self._job_changed)
        session.jobs.advanced.connect(self._job_advanced)
        session.jobs.silence_changed.connect(self._job_advanced)
        self._estimator = PlanEstimator(session, self._wants_estimate, self)
        session.run_loaded.connect(self.refresh)
        session.busy_changed.connect(self.refresh)
        session.settings_changed.connect(self.refresh)
        session.plan_faults.changed.connect(self.refresh)
        session.local_devices.estimates_changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 11, 16, 11)
        row.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(5)
        self._words.setSpacing(16)
        self._words.addWidget(self.stage, 1)
        self._words.addWidget(self.times)
        self._words.addWidget(self.offline)
        column.addLayout(self._words)
        column.addWidget(self.progress)
        row.addLayout(column, 1)
        row.addSpacing(12)
        for button in (self.start, self.pause, self.keep_best, self.discard):
            row.addWidget(button)

    def show_buttons(self, enabled: Mapping[str, bool], shown: Mapping[str, bool]) -> None:
        """Enable and show the buttons; where the one with the keyboard goes, the first of the others receives it."""
        buttons = {name: getattr(self, name) for name in shown}
        focused = next((button for button in buttons.values() if button.hasFocus()), None)
        for name, button in buttons.items():
            button.setEnabled(enabled[name])
            button.setVisible(shown[name])
        usable = [button for name, button in buttons.items() if enabled[name] and shown[name]]
        if focused is not None and usable and focused not in usable:
            usable[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _job_changed(self) -> None:
        """Run the clock only while a job is running."""
        if self._session.jobs.main is None:
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()
        self.refresh()

    @Slot(object, object)
    def _job_advanced(self, job: EngineJob, _news: object) -> None:
        if job is self._session.jobs.main:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Update text and progress."""
        job = self._session.jobs.main
        self.offline.setVisible(is_offline())
        self.progress.setVisible(job is not None)
        if job is None:
            problem = plan_problem(self._session) if self._session.project is not None else ""
            self._show_rest(problem)
            return
        set_role(self.stage, "body")
        self.stage.setText(self._words_at_work(job))
        self.show_times(self._times_of(job))
        progress = job.progress
        if progress is not None and progress.total > 0:
            self.progress.setRange(0, _PROGRESS_STEPS)
            self.progress.setValue(int(_PROGRESS_STEPS * min(progress.done / progress.total, 1.0)))
        else:
            self.progress.setRange(0, _PROGRESS_STEPS)
            self.progress.setValue(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Estimate nothing while no project is shown."""
        super().hideEvent(event)
        self._estimator.cancel()

    def _show_rest(self, problem: str) -> None:
        """Show what comes next: why the plan cannot be started, or what it takes."""
        set_role(self.stage, "warn" if problem and not self._session.busy_text else "body")
        self.stage.setText(self._words_at_rest(problem))
        self.start.setAccessibleDescription(problem or self._plan_words())
        self.start.setToolTip(as_tooltip(problem))
        self._times = []
        self.times.setToolTip("")
        self.times.setText("" if problem else self._plan_words())
        self._estimator.plan_later()

    def _wants_estimate(self) -> bool:
        return self.isVisible() and self._session.start_action == "start"

    def _plan_words(self) -> str:
        """Return time and memory of the plan, beside the button that starts it."""
        session = self._session
        estimate = session.local_devices.estimate_of(session.settings)
        if estimate is not None and session.start_action != "continue":
            return plan_words(estimate)
        return self.tr("Estimating…") if session.jobs.running("estimate") else ""

    def _words_at_rest(self, problem: str) -> str:
        state = self._session.state
        if self._session.busy_text:
            return self._session.busy_text
        if problem:
            return problem
        if state.is_complete:
            return self.tr("The run is complete.")
        if state.unfit_training is not None and "evaluate" in state.stages_finished:
            return self.tr("Training did not fit into memory. Continue to try it again.")
        if state.run:
            return self.tr("The run {0} is not complete.").format(state.run)
        return self.tr("Nothing has been run yet.") if self._session.project else ""

    def _words_at_work(self, job: EngineJob) -> str:
        if job.silent:
            if job.kind == "run":
                return self.tr(
                    "The engine is not responding. It may recover; Pause ends it and keeps what is finished."
                )
            return self.tr("The engine is not responding. It may recover; Stop ends it.")
        if job.stopping:
            return self.tr("Stopping at the next safe point…")
        words = stage_at_work(job.stage) if job.stage else self.tr("Starting the engine")
        message = message_words(job.progress.message, job.progress.template) if job.progress else ""
        return f"{words} · {message}" if message else words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out times for which the new width has no room."""
        super().resizeEvent(event)
        self._fit_times()

    def show_times(self, times: list[str]) -> None:
        """Show times, the most telling first, as far as there is room."""
        self._times = times
        self._fit_times()

    def _fit_times(self) -> None:
        """Show as many of the times as leave the stage its words."""
        if not self._times:
            return
        room = self.progress.width() - self.stage.sizeHint().width() - self._words.spacing()
        parts = list(self._times)
        while len(parts) > 1 and self.times.fontMetrics().horizontalAdvance(_BETWEEN.join(parts)) > room:
            parts.pop()
        self.times.setText(_BETWEEN.join(parts))
        self.times.setToolTip(as_tooltip(_BETWEEN.join(self._times) if len(parts) < len(self._times) else ""))

    def _times_of(self, job: EngineJob) -> list[str]:
        """Return what is left, what has passed and what is needed, the most telling first."""
        parts: list[str] = []
        left = self._run_clock.remaining(job)
        if left is not None:
            parts.append(self.tr("about {0} left of the whole run").format(format_duration(left)))
        elif job.progress and job.progress.remaining_seconds is not None and not job.stopping:
            parts.append(
                self.tr("about {0} left in this stage").format(format_duration(job.progress.remaining_seconds))
            )
        parts.append(self.tr("{0} elapsed").format(format_clock(self._run_clock.elapsed(job))))
        if job.memory:
            parts.append(format_bytes(job.memory))
        return parts
