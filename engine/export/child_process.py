"""Run other people's tools as child processes, which can be stopped and whose crash becomes one clear sentence."""

import contextlib
import re
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import TimeoutExpired

from engine.api.errors import LayerSwarmError, quoted
from engine.api.interpreter import child_environment
from engine.api.message import Message, Template, template_of, worded
from engine.api.secrets import without_secrets, without_tokens
from engine.api.tied_process import start_tied
from engine.models.progress import Report

_REPORT_SECONDS = 0.2
_REASON_LENGTH = 300
_ERROR = re.compile(r"([A-Za-z_]\w*\.)*(?P<error>(?=[A-Z])\w*(Error|Exception|Unsupported|Fail|Argument)\w*: \S.*)")
"""The last line of a Python traceback, without the module of the error."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class ToolFailed(LayerSwarmError):
    """A tool ended with an error.

    Args:
        what: What it did, such as "Converting to GGUF".
        reason: Its last error.
    """

    def __init__(self, what: Message, reason: Message) -> None:
        super().__init__(worded("{0} failed: {1}.", what, reason))


def failed_tool(sentence: str) -> tuple[str, str] | None:
    """Return what a tool did and its last error from the sentence of a ``ToolFailed``; None for any other sentence."""
    template = template_of(sentence)
    if template is None or template.text != "{0} failed: {1}.":
        return None
    what, reason = (Message.of(each) if isinstance(each, Template) else str(each) for each in template.values)
    return what, reason


def run_process(
    command: Sequence[str],
    what: Message,
    report: Report,
    *,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> bytes:
    """Run a command to its end and return its standard output. It does not outlive this process (``start_tied``).

    Args:
        command: The program and its arguments.
        what: Message for ``report`` and for the error, such as "Converting to GGUF".
        report: Called several times a second. It may raise to stop the work.
        given: Standard input of the process.
        environment: Further variables. The process runs offline, as far as the Hub is concerned, and without GPUs.
        folder: Working directory; by default ours.

    Raises:
        ToolFailed: The process failed; the message ends with its last error.
        Exception: Whatever ``report`` raises, after the process was terminated.
    """
    own = {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": "", "PYTHONUNBUFFERED": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as source:
        source.write(given)
        source.seek(0)
        process = start_tied(
            command,
            stdin=source,
            stdout=out,
            stderr=errors,
            cwd=folder,
            env=without_tokens(child_environment(**own, **(environment or {}))),
        )
        try:
            while process.returncode is None:
                report(what, 0, 0)
                with contextlib.suppress(TimeoutExpired):
                    process.wait(_REPORT_SECONDS)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        out.seek(0)
        errors.seek(0)
        printed = out.read()
        if process.returncode != 0:
            raise ToolFailed(what, _reason(errors.read() or printed, process.returncode))
        return printed


def _reason(printed: bytes, code: int) -> Message:
    """Return why a tool failed: the last error that it names, else its last line."""
    if code < 0:
        return worded("it was ended by the system (signal {0}), most likely out of memory", -code)
    text = without_secrets(_COLOUR.sub("", printed.decode(errors="replace")))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = [found.group("error") for line in lines if (found := _ERROR.match(line))]
    if not lines:
        return worded("it ended with {0}", code)
    last = (named or lines)[-1]
    if last.endswith(":") and lines[-1] != last:
        last = f"{last} {lines[-1]}"
    return quoted(textwrap.shorten(last, _REASON_LENGTH, placeholder="").rstrip(". "))
