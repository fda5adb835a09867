"""Turn the end of a job into one sentence and one exit code."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from engine.api.commands import Command, StopMode, check_command
from engine.api.control import StopRequested
from engine.api.device_errors import device_failure
from engine.api.errors import NO_NUMBERS, BadInput, LayerSwarmError, not_unicode, quoted
from engine.api.events import Outcome, RunFinished
from engine.api.exit_codes import BAD_INPUT, FAILED, FINISHED, STOPPED
from engine.api.files import write_atomically
from engine.api.locations import cache_folder
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import Message, joined, template_of, worded
from engine.api.secrets import without_secrets
from engine.api.system_errors import WRONG_PATH, refusal, system_error


@dataclass(frozen=True)
class Ending:
    """The end of a job."""

    outcome: Outcome
    message: Message
    exit_code: int

    @classmethod
    def finished(cls, message: Message) -> "Ending":
        """Return the ending of a finished job."""
        return cls("finished", message, FINISHED)

    @property
    def event(self) -> RunFinished:
        """The last event of the job."""
        template = template_of(self.message)
        return RunFinished(
            outcome=self.outcome,
            message=str(without_secrets(self.message)),
            template=template and template.without_secrets(),
        )


_WORDS: dict[StopMode, tuple[Outcome, Message]] = {
    "pause": ("paused", worded("Paused; the device is free. It can be continued from here.")),
    "keep_best": ("stopped", worded("Stopped; all results so far are kept. It can be continued from here.")),
    "discard": ("discarded", worded("The run was discarded.")),
}


def conclude(work: Callable[[], Ending], command: Command | None = None) -> Ending:
    """Do the work of a command, if it can be done, and return how it ended; never raises an ``Exception``."""
    try:
        if command is not None:
            check_command(command)
        return work()
    except StopRequested as stop:
        outcome, words = _WORDS[stop.mode]
        return Ending(outcome, words, STOPPED)
    except Exception as error:
        # first of all, since many an error of a model's code has become a sentence about the model
        if sentence := device_failure(error):
            return Ending("failed", sentence, FAILED)
        if isinstance(error, UnicodeEncodeError) and error.reason == _NO_SURROGATES:
            error = not_unicode(error.object)
        if isinstance(error, LayerSwarmError):
            return Ending("failed", joined(error.sentence), BAD_INPUT if isinstance(error, BadInput) else FAILED)
        return _failure(error)


def _failure(error: Exception) -> Ending:
    """Return the ending for an error without a sentence of its own."""
    if is_out_of_memory(error):
        return Ending("failed", _OUT_OF_MEMORY, FAILED)
    if isinstance(error, RuntimeError) and _NO_PROBABILITIES in str(error):
        return Ending("failed", NO_NUMBERS, BAD_INPUT)
    refused = system_error(error)
    if refused is not None:
        # A job with a wrong path has not begun, so there is nothing to keep.
        kept = "" if refused.errno in WRONG_PATH else worded("Finished work is kept.")
        return Ending("failed", joined(refusal(refused), kept), FAILED)
    # A bug: one sentence, with the traceback kept for a report.
    return Ending("failed", _unexpected(error), FAILED)


_NO_PROBABILITIES = "probability tensor contains either `inf`, `nan`"
"""torch's error message for sampling from logits that are nan or inf."""
_NO_SURROGATES = "surrogates not allowed"
"""Python's reason where a name of a file, such as the working folder's, is not Unicode."""
_OUT_OF_MEMORY = worded(
    "The device ran out of memory; choose fewer or shorter calibration windows, a smaller recovery batch "
    "(recovery.batch_windows) or another device. Finished work is kept."
)


def _unexpected(error: Exception) -> Message:
    reason = quoted(f"{type(error).__name__}: {error}", 300)
    details = cache_folder() / "last-error.txt"
    try:
        write_atomically(details, without_secrets("".join(traceback.format_exception(error))).encode())
    except OSError:
        return worded("Something unexpected went wrong ({0}). Finished work is kept.", reason)
    return worded(
        "Something unexpected went wrong ({0}). Finished work is kept; the details are in {1}.", reason, details
    )
