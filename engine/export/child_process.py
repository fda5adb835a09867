"""Other people's tools as processes of their own: they can be stopped, and a crash of theirs is a sentence of ours."""

import os
import re
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import engine
from engine.api.errors import LayerSwarmError

Tell = Callable[[str], None]
"""Called again and again with what is being done; it may raise to stop the work."""
_LOOK_SECONDS = 0.2
_REASON_LENGTH = 300
_ERROR = re.compile(r"([A-Za-z_]\w*\.)*(?P<error>(?=[A-Z])\w*(Error|Exception|Unsupported|Fail|Argument)\w*: \S.*)")
"""A line with which Python ends a traceback, without the module of the error."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def run_process(
    command: Sequence[str],
    what: str,
    tell: Tell,
    *,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> bytes:
    """Run a command to its end and return its standard output.

    Args:
        what: Said while it runs, and when it fails: "Converting to GGUF".
        given: Its standard input.
        environment: On top of ours. The Hub is never asked, and no GPU is used.

    Raises:
        LayerSwarmError: it failed; with the last thing that it said.
        Exception: whatever ``tell`` raises; the process is ended then.
    """
    home = str(Path(engine.__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH", "")]))
    own = {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": "", "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as source:
        source.write(given)
        source.seek(0)
        process = subprocess.Popen(
            command,
            stdin=source,
            stdout=out,
            stderr=said,
            cwd=folder,
            env={**os.environ, **own, **(environment or {})},
        )
        try:
            while process.poll() is None:
                tell(what)
                time.sleep(_LOOK_SECONDS)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        out.seek(0)
        said.seek(0)
        printed = out.read()
        if process.returncode != 0:
            raise LayerSwarmError(f"{what} failed: {_reason(said.read() or printed, process.returncode)}.")
        return printed


def python_module(module: str, *arguments: str) -> list[str]:
    """The command that runs a module with this very Python."""
    return [sys.executable, "-m", module, *arguments]


def _reason(said: bytes, code: int) -> str:
    """Return the sentence with which a tool ended: the last error that it names, else its last words."""
    if code < 0:
        return f"it was ended by the system (signal {-code}), most likely out of memory"
    text = _COLOUR.sub("", said.decode(errors="replace"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = [found.group("error") for line in lines if (found := _ERROR.match(line))]
    last = (named or lines or [f"it ended with {code}"])[-1]
    if last.endswith(":") and lines[-1] != last:
        last = f"{last} {lines[-1]}"
    return textwrap.shorten(last, _REASON_LENGTH, placeholder="").rstrip(". ")
