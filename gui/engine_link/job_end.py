"""How a job of the engine ended, as text: what happened, what is kept, what to do next."""

import signal
import sys
from dataclasses import dataclass
from typing import Literal

from engine.api.events import RunFinished
from engine.api.exit_codes import BAD_INPUT, FAILED, FINISHED, STOPPED
from gui.words.messages import message_words
from gui.words.translation import tr

Ending = Literal[
    "finished", "paused", "stopped", "discarded", "failed", "bad_input", "ended", "out_of_memory", "crashed"
]
StopLevel = Literal["none", "asked", "terminated", "killed"]
"""How far the window had to escalate a stop request."""

_KILLED_CODES = (-9, 137)


@dataclass(frozen=True)
class JobEnd:
    """The end of one job. ``detail`` is the engine's standard error, for a bug report."""

    ending: Ending
    title: str
    sentence: str
    detail: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether the user must be notified even if the page shows nothing."""
        return self.ending in ("failed", "bad_input", "out_of_memory", "crashed")


def describe_end(
    exit_code: int, finished: RunFinished | None, level: StopLevel, stderr: list[str], resumable: bool = True
) -> JobEnd:
    """Describe the exit code, the last event and what the window itself did.

    Args:
        exit_code: As ``subprocess`` returns it; negative for the signal that ended the process.
        finished: The engine's last event, if it got that far.
        level: How far the window had escalated a stop request by then.
        stderr: Last lines of the engine's standard error.
        resumable: Whether the job is a run, which its journal makes resumable.
    """
    detail = "\n".join(stderr)
    if level in ("terminated", "killed") and exit_code != 0:
        return JobEnd("ended", tr("Ended"), _ended_by_us(level, resumable), detail)
    if finished is not None and exit_code in (FINISHED, FAILED, BAD_INPUT, STOPPED):
        return _reported_by_engine(exit_code, finished, detail)
    if exit_code in _KILLED_CODES:
        return JobEnd("out_of_memory", tr("The system ended the engine"), _out_of_memory(resumable), detail)
    if exit_code == STOPPED:
        sentence = _joined(tr("The engine was interrupted from outside."), resumable)
        return JobEnd("ended", tr("Interrupted"), sentence, detail)
    if exit_code in (FAILED, BAD_INPUT):
        last = stderr[-1] if stderr else tr("The engine gave no reason.")
        ending: Ending = "failed" if exit_code == FAILED else "bad_input"
        return JobEnd(ending, tr("The engine could not finish this job"), last, detail)
    return JobEnd("crashed", tr("The engine exited unexpectedly"), _crashed(exit_code, resumable), detail)


def could_not_start(reason: str) -> JobEnd:
    """Describe an engine whose process could not be started."""
    sentence = tr("The engine could not be started ({0}). Install LayerSwarm again.").format(reason)
    return JobEnd("crashed", tr("The engine did not start"), sentence)


def refused(sentence: str) -> JobEnd:
    """Describe a job that no engine was started for, since what it was given cannot be used."""
    return JobEnd("bad_input", tr("This cannot be used"), sentence)


def _reported_by_engine(exit_code: int, finished: RunFinished, detail: str) -> JobEnd:
    titles: dict[str, str] = {
        "finished": tr("Finished"),
        "paused": tr("Paused"),
        "stopped": tr("Stopped"),
        "discarded": tr("Discarded"),
        "failed": tr("Failed"),
    }
    sentence = message_words(finished.message, finished.template)
    if exit_code == BAD_INPUT:
        return JobEnd("bad_input", tr("This cannot be used"), sentence, detail)
    return JobEnd(finished.outcome, titles[finished.outcome], sentence, detail)


def _joined(sentence: str, resumable: bool) -> str:
    """Append what is kept to a sentence, if the job can be resumed."""
    kept = tr("Everything up to the last finished step is kept; Continue resumes from there.")
    return f"{sentence} {kept}" if resumable else sentence


def _ended_by_us(level: StopLevel, resumable: bool) -> str:
    if level == "killed":
        return _joined(tr("The engine did not respond and was killed."), resumable)
    return _joined(tr("The engine was terminated before it finished."), resumable)


def _out_of_memory(resumable: bool) -> str:
    advice = tr(
        "Most likely the memory ran out. Close other programs, or choose fewer or shorter "
        "calibration windows, a smaller number format or another device on the Plan page."
    )
    return _joined(advice, resumable)


def _crashed(exit_code: int, resumable: bool) -> str:
    if exit_code < 0 and sys.platform != "win32":
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = str(-exit_code)
        return _joined(tr("It was stopped by signal {0}.").format(name), resumable)
    return _joined(tr("It exited with code {0} and gave no reason.").format(exit_code), resumable)
