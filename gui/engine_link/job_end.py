"""How a job of the engine ended, in words: what happened, what is kept, what to do next."""

import signal
import sys
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from engine.api.events import RunFinished
from engine.api.exit_codes import BAD_INPUT, FAILED, FINISHED, STOPPED

Ending = Literal[
    "finished", "paused", "stopped", "discarded", "failed", "bad_input", "ended", "out_of_memory", "crashed"
]
Rung = Literal["none", "asked", "terminated", "killed"]
"""How far up the stop ladder the window had to go."""

_KILLED_CODES = (-9, 137)


@dataclass(frozen=True)
class JobEnd:
    """The end of one job. ``detail`` is what the engine wrote to its standard error, for a report."""

    ending: Ending
    title: str
    sentence: str
    detail: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether the person must be told even when they did not ask."""
        return self.ending in ("failed", "bad_input", "out_of_memory", "crashed")


def _tr(text: str) -> str:
    return QCoreApplication.translate("JobEnd", text)


def describe_end(
    exit_code: int, finished: RunFinished | None, rung: Rung, stderr: list[str], resumable: bool = True
) -> JobEnd:
    """Put words to the exit code, the last event and what the window itself did.

    Args:
        exit_code: as ``subprocess`` gives it; negative for the signal that ended the process.
        finished: the engine's last event, if it came that far.
        rung: what the window had done by then to stop the job.
        stderr: last lines of the engine's standard error.
        resumable: whether the job is a run, which a journal lets continue.
    """
    detail = "\n".join(stderr)
    if rung in ("terminated", "killed") and exit_code != 0:
        return JobEnd("ended", _tr("Ended"), _ended_by_us(rung, resumable), detail)
    if finished is not None and exit_code in (FINISHED, FAILED, BAD_INPUT, STOPPED):
        return _told_by_engine(exit_code, finished, detail)
    if exit_code in _KILLED_CODES:
        return JobEnd("out_of_memory", _tr("The engine was ended by the system"), _out_of_memory(resumable), detail)
    if exit_code == STOPPED:
        sentence = _joined(_tr("The engine was interrupted from outside."), resumable)
        return JobEnd("ended", _tr("Interrupted"), sentence, detail)
    if exit_code in (FAILED, BAD_INPUT):
        last = stderr[-1] if stderr else _tr("The engine gave no reason.")
        ending: Ending = "failed" if exit_code == FAILED else "bad_input"
        return JobEnd(ending, _tr("The engine could not do this"), last, detail)
    return JobEnd("crashed", _tr("The engine ended unexpectedly"), _crashed(exit_code, resumable), detail)


def could_not_start(reason: str) -> JobEnd:
    """The engine's process could not even be started."""
    sentence = _tr("The engine could not be started ({0}). Install LayerSwarm again.").format(reason)
    return JobEnd("crashed", _tr("The engine did not start"), sentence)


def _told_by_engine(exit_code: int, finished: RunFinished, detail: str) -> JobEnd:
    titles: dict[str, str] = {
        "finished": _tr("Finished"),
        "paused": _tr("Paused"),
        "stopped": _tr("Stopped"),
        "discarded": _tr("Discarded"),
        "failed": _tr("Failed"),
    }
    if exit_code == BAD_INPUT:
        return JobEnd("bad_input", _tr("This cannot be used"), finished.message, detail)
    return JobEnd(finished.outcome, titles[finished.outcome], finished.message, detail)


def _joined(sentence: str, resumable: bool) -> str:
    """A sentence, and what is kept where something is."""
    kept = _tr("Everything up to the last finished step is kept; Continue goes on from there.")
    return f"{sentence} {kept}" if resumable else sentence


def _ended_by_us(rung: Rung, resumable: bool) -> str:
    if rung == "killed":
        return _joined(_tr("The engine did not answer and was ended by force."), resumable)
    return _joined(_tr("The engine was ended before it had finished."), resumable)


def _out_of_memory(resumable: bool) -> str:
    advice = _tr(
        "Most likely the memory ran out. Close other programs; or choose fewer or shorter calibration windows, a "
        "smaller number format or another device on the Plan page."
    )
    return _joined(advice, resumable)


def _crashed(exit_code: int, resumable: bool) -> str:
    if exit_code < 0 and sys.platform != "win32":
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = str(-exit_code)
        return _joined(_tr("It was stopped by the signal {0}.").format(name), resumable)
    return _joined(_tr("It ended with code {0} and gave no reason.").format(exit_code), resumable)
