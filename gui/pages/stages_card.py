"""The stages of the whole run, one line of progress each, and what is left of it."""

import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from engine.api.events import STAGES
from engine.results.stage_progress import StageProgress, stage_progress
from gui.engine_link.jobs import EngineJob
from gui.project.run_clock import RunClock
from gui.project.session import Session
from gui.project.start_action import LAST_STAGE
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text import label
from gui.words.formatting import format_clock, format_duration
from gui.words.messages import message_words
from gui.words.stage_names import stage_name

_STEPS = 1000
_ALMOST = 0.95
"""A stage that takes longer than expected is not shown as done."""
_GLYPHS = {"done": "✓", "working": "▸", "waiting": "·", "off": "–"}


class _Line:
    """The widgets of one stage."""

    def __init__(self, name: str, grid: QGridLayout, row: int) -> None:
        self.glyph, self.name = label("", "muted"), label(name)
        self.message, self.time = ElidedLabel("caption"), label("", "caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(name)
        for column, part in enumerate((self.glyph, self.name, self.message, self.bar, self.time)):
            grid.addWidget(part, row, column)

    def show(self, status: str, message: str, words: str, share: float | None) -> None:
        """Show the state of the stage."""
        self.glyph.setText(_GLYPHS[status])
        self.message.setText(message)
        self.time.setText(words)
        self.bar.setVisible(status in ("working", "done"))
        self.bar.setValue(int(_STEPS * (1.0 if status == "done" else share or 0.0)))
        self.name.setEnabled(status != "off")

    def set_visible(self, visible: bool) -> None:
        """Show or hide the line."""
        for part in (self.glyph, self.name, self.message, self.time, self.bar):
            part.setVisible(visible)


class StagesCard(Card):
    """Hidden unless a run is at work or can be continued."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Progress of the run"))
        self._session, self._clock = session, RunClock(session)
        self.left = label("", "muted")
        self.header.addWidget(self.left)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(2, 1)
        self._start = _Line(self.tr("Engine start"), grid, 0)
        stages = STAGES[: STAGES.index(LAST_STAGE) + 1]
        self._lines = {stage: _Line(stage_name(stage), grid, row) for row, stage in enumerate(stages, start=1)}
        self.add(body)
        self._started_after: tuple[EngineJob, float] | None = None
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self.refresh)
        session.jobs.changed.connect(self._job_changed)
        self.refresh()

    @property
    def is_wanted(self) -> bool:
        """Whether there is a run to wait for, or one that can be continued."""
        state = self._session.state
        return self._session.jobs.running("run") is not None or bool(state.run and not state.is_complete)

    def texts(self) -> dict[str, str]:
        """Return the time shown for each stage."""
        return {stage: line.time.text() for stage, line in self._lines.items()}

    @Slot()
    def _job_changed(self) -> None:
        """Run the clock only while a run is at work."""
        if self._session.jobs.running("run") is None:
            self._ticks.stop()
        elif not self._ticks.isActive():
            self._ticks.start()

    @Slot()
    def refresh(self) -> None:
        """Show the present state."""
        job = self._session.jobs.running("run")
        self.setVisible(self.is_wanted)
        if not self.is_wanted:
            return
        self._show_start(job)
        since = self._clock.since_event(job) if job is not None and self._session.has_begun else 0.0
        for each in stage_progress(self._session.state, self._session.run_settings, LAST_STAGE):
            self._show_stage(each, since)
        self.left.setText(self._words_left(job))

    def _words_left(self, job: EngineJob | None) -> str:
        if job is None:
            return self.tr("{0} so far").format(format_clock(sum(self._session.state.times.sessions)))
        left = self._clock.remaining(job)
        words = self.tr("{0} elapsed").format(format_clock(self._clock.elapsed(job)))
        if left is None:
            return words
        return self.tr("about {0} left of the whole run").format(format_duration(left)) + f"  ·  {words}"

    def _show_start(self, job: EngineJob | None) -> None:
        self._start.set_visible(job is not None)
        if job is None:
            return
        seconds = time.monotonic() - job.started
        if not self._session.has_begun:
            self._start.show("working", "", format_duration(seconds), None)
            return
        if self._started_after is None or self._started_after[0] is not job:
            self._started_after = (job, seconds)
        self._start.show("done", "", format_duration(self._started_after[1]), None)

    def _show_stage(self, each: StageProgress, since: float) -> None:
        line: _Line = self._lines[each.stage]
        spent = (each.seconds or 0.0) + (since if each.status == "working" else 0.0)
        share = each.share
        if share is None and each.expected:
            share = min(spent / each.expected, _ALMOST)
        line.show(each.status, message_words(each.message, each.template), self._time_words(each, spent), share)

    def _time_words(self, each: StageProgress, spent: float) -> str:
        if each.status == "off":
            return self.tr("off")
        if each.status == "done":
            return format_duration(spent)
        expected = "" if each.expected is None else self.tr("about {0}").format(format_duration(each.expected))
        if each.status == "waiting":
            return expected or self.tr("waiting")
        if not expected:
            return format_duration(spent)
        return self.tr("{0} of {1}").format(format_duration(spent), expected)
