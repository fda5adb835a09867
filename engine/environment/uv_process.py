"""Run uv, follow what it prints, and turn its failures into one sentence."""

import os
import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from engine.api.errors import LayerSwarmError, quoted
from engine.api.interpreter import HOME, child_environment, is_frozen
from engine.api.message import Message, ended, worded
from engine.api.secrets import without_secrets
from engine.api.socket_guard import is_offline
from engine.api.system_errors import system_words
from engine.api.tied_process import start_tied
from engine.environment.package_sources import uv_variables

STOPPED = worded("The setup was stopped. What was downloaded is kept, and the next setup goes on from there.")
Follow = Callable[[str], None]
_KEPT_LINES = 60
_CAUSE = re.compile(r"(?:Caused by|cause|╰─▶):?((?:.(?!Caused by:|cause:|hint:))*)", re.DOTALL)
_FRAME = " ×╰─▶├│->:"
"""Characters with which uv draws the causes of an error."""
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_PLACE = re.compile(r"(https?://[^\s`')]+|file://[^\s`')]+)")
_PACKAGE = re.compile(r"`([^`\s]+?)(?:\.whl)?`")
_FAILURES: tuple[tuple[re.Pattern[str], Callable[[str], Message]], ...] = (
    (
        re.compile(r"Network connectivity is disabled|network was disabled", re.IGNORECASE),
        lambda _text: worded(
            "LayerSwarm works offline, and a package was not downloaded before; leave offline mode, or set the engine "
            "up from a folder of wheels."
        ),
    ),
    (
        re.compile(r"No space left|os error 28|os error 122|Disk quota", re.IGNORECASE),
        lambda _text: worded(
            "The disk is full. Free some space or choose a folder on another disk, then go on; what was downloaded is "
            "kept."
        ),
    ),
    (
        re.compile(r"certificate|UnknownIssuer", re.IGNORECASE),
        lambda text: worded(
            "The certificate of {0} is not accepted; name the one of your proxy with SSL_CERT_FILE.", _host(text)
        ),
    ),
    (
        re.compile(r"401 |403 |407 |Unauthorized|Forbidden"),
        lambda text: worded(
            "{0} refuses access; check the address and the account of your package index or proxy.", _host(text)
        ),
    ),
    (
        re.compile(
            r"error sending request|Failed to fetch|dns error|connect error|timed? ?out|Connection (?:refused|reset)|"
            r"Network is unreachable|Could not connect|retries",
            re.IGNORECASE,
        ),
        lambda text: worded(
            "{0} cannot be reached. Check the connection, then go on; what was downloaded is kept.", _host(text)
        ),
    ),
    (
        re.compile(
            r"Failed to (?:extract|unzip|unpack|read from zip)|Hash mismatch|invalid (?:zip|wheel|package)|corrupt|"
            r"Bad CRC",
            re.IGNORECASE,
        ),
        lambda text: worded(
            "The package {0} is damaged; go on to fetch it again, or replace its file in the folder of wheels.",
            _package(text),
        ),
    ),
    (
        re.compile(r"Permission denied|os error 13|Read-only file system|os error 30", re.IGNORECASE),
        lambda _text: worded("The folder may not be written to; choose another one."),
    ),
    (
        re.compile(r"No solution found|no version of|no wheels|not found in the (?:package )?registry", re.IGNORECASE),
        lambda text: worded("The package sources do not have what is needed: {0}", _reason(text)),
    ),
)


class UvFailed(LayerSwarmError):
    """uv could not do its work. ``output`` is what it printed last."""

    def __init__(self, sentence: Message, output: str) -> None:
        super().__init__(sentence)
        self.output = output


class Interrupted(LayerSwarmError):
    """The person has paused or cancelled the setup."""


class UvProcess:
    """Runs commands of uv, one after the other.

    Args:
        program: Path of uv.
        cache: Folder of what it downloads, from which an interrupted setup goes on.
    """

    def __init__(self, program: Path, cache: Path) -> None:
        self._program = program
        own = {"UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR") or str(cache), "NO_COLOR": "1"}
        self._variables = {**uv_variables(), **own, **({"UV_OFFLINE": "1"} if is_offline() else {})}
        self._lock = threading.RLock()  # a signal may stop the thread that is starting a process
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self, *arguments: str, follow: Follow = lambda _line: None) -> str:
        """Run a command and return what it printed.

        Args:
            arguments: Those of uv.
            follow: Receives each line as soon as it is printed.

        Raises:
            UvFailed: It could not do its work.
            Interrupted: ``stop`` was called.
        """
        with self._lock:
            if self._stopped:
                raise Interrupted(STOPPED)
            self._process = self._start(arguments)
            if self._stopped:
                self._process.terminate()
        lines: deque[str] = deque(maxlen=_KEPT_LINES)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            plain = without_secrets(_ANSI.sub("", line.decode("utf-8", "replace")).rstrip())
            lines.append(plain)
            follow(plain)
        code = self._process.wait()
        if self._stopped:
            raise Interrupted(STOPPED)
        if code != 0:
            raise UvFailed(explained("\n".join(lines)), "\n".join(lines))
        return "\n".join(lines)

    def stop(self) -> None:
        """End the running command and start no other."""
        with self._lock:
            self._stopped = True
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()

    def _start(self, arguments: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        environment = child_environment(**self._variables)
        for name in ("PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX"):  # another environment is meant
            environment.pop(name, None)
        try:
            return start_tied(
                [str(self._program), *arguments],
                env=environment,
                cwd=Path.home(),  # uv obeys a uv.toml of the folder that it is started in, which may be a project's
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            words = worded("uv cannot be started ({0}); install LayerSwarm again.", system_words(error))
            raise UvFailed(words, "") from error


def uv_program() -> Path:
    """Return the path of uv.

    Raises:
        LayerSwarmError: It is not installed.
    """
    bundled = HOME / ("uv.exe" if sys.platform == "win32" else "uv")
    if is_frozen() and bundled.is_file():
        return bundled
    try:
        from uv import find_uv_bin

        return Path(find_uv_bin())
    except (ImportError, OSError) as error:
        words = worded("uv, which sets the engine up, is missing; install LayerSwarm again, or run: pip install uv")
        raise LayerSwarmError(words) from error


def explained(output: str) -> Message:
    """Return one sentence on why uv failed."""
    for pattern, words in _FAILURES:
        if pattern.search(output):
            return words(output)
    return worded("The installation stopped: {0}", _reason(output))


def _host(text: str) -> str:
    """Return the address without path that an output names first."""
    found = _PLACE.search(text)
    return "/".join(found[1].split("/")[:3]) if found else "The package index"


def _package(text: str) -> str:
    found = _PACKAGE.search(text)
    return found[1].rsplit("/", 1)[-1] if found else "?"


def _reason(text: str) -> Message:
    """Return the innermost cause that uv prints, in one line, as the end of a sentence."""
    causes = [found for found in _CAUSE.findall(text) if found.strip()]
    wanted = causes[-1] if causes else "\n".join(text.splitlines()[-3:])
    return ended(quoted(" ".join(wanted.replace("error: ", "").split()).strip(_FRAME), 400))
