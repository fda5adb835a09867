"""Render chat templates in a process of their own: a template is a program, which may loop or fill the memory.

transformers runs it in a sandbox that keeps it from the computer, but not from its time and memory. Starting the
process takes most of a second, so templates that can do neither (``is_plain``) are rendered in this one.
"""

import hashlib
import pickle
import queue
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

import psutil
from transformers import tokenization_utils_base

from engine.api.errors import quoted
from engine.api.interpreter import child_environment, python_module
from engine.api.message import worded
from engine.api.socket_guard import VARIABLE as OFFLINE
from engine.models.plain_template import is_plain
from engine.models.template_child import FAULT, LENGTH, ROOM

SECONDS = 10.0
"""Time that one rendering may take; usual ones take less than a millisecond."""
_STARTING_SECONDS = 120.0
_LOOK_SECONDS = 0.2
_LONGEST = 1 << 28
"""Bytes of a rendered text."""
_MODULE = "engine.models.template_child"
_tokenizers: Any = tokenization_utils_base
"""The module whose tokenizers render templates with the function of this name in it."""
_KEPT = (
    *("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "HOME", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV"),
    *("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", OFFLINE),
)
"""Variables of the environment that the process gets: no tokens."""


class TemplateFaultError(Exception):
    """A template cannot be rendered; the message is the end of a sentence."""


@contextmanager
def rendered_apart() -> Iterator[None]:
    """Let transformers render chat templates in the other process inside a ``with`` block, where they could go wild."""
    own = _tokenizers.render_jinja_template

    def render(**arguments: Any) -> tuple[list[str], list[Any]]:
        template = str(arguments["chat_template"])
        if not is_plain(template):
            return [_renderer.render(template, arguments)], []
        try:
            rendered: tuple[list[str], list[Any]] = own(**arguments)
        except Exception as error:
            raise TemplateFaultError(worded("it fails ({0})", quoted(f"{type(error).__name__}: {error}"))) from error
        return rendered

    _tokenizers.render_jinja_template = render
    try:
        yield
    finally:
        _tokenizers.render_jinja_template = own


class _Renderer:
    """The other process: started when it is needed, replaced when a template did not come to an end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._faults: dict[str, str] = {}
        """Why templates are not rendered any more, by their digests."""

    def render(self, template: str, arguments: dict[str, Any]) -> str:
        """Return the rendered text.

        Raises:
            TemplateFaultError: The template fails, or needs too much time or memory.
        """
        key = hashlib.sha256(template.encode(errors="replace")).hexdigest()
        if key in self._faults:
            raise TemplateFaultError(self._faults[key])
        process = self._started()
        content = pickle.dumps(arguments)
        try:
            assert process.stdin is not None
            process.stdin.write(LENGTH.pack(len(content)) + content)
            process.stdin.flush()
            answer = self._answer(process, SECONDS)
        except (TemplateFaultError, OSError) as error:
            self._faults[key] = (
                error.args[0] if isinstance(error, TemplateFaultError) else worded("it ends the process")
            )
            self.stop()
            raise TemplateFaultError(self._faults[key]) from None
        text = answer[1:].decode()
        if answer[:1] == FAULT:
            raise TemplateFaultError(worded("it fails ({0})", quoted(text)))
        return text

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        own = {name: value for name, value in child_environment().items() if name in _KEPT}
        self._process = subprocess.Popen(
            python_module(_MODULE, str(2 * SECONDS)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**own, "HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""},
        )
        assert self._process.stdout is not None
        self._answers = queue.Queue()
        threading.Thread(target=_take_answers, args=(self._process.stdout, self._answers), daemon=True).start()
        self._answer(self._process, _STARTING_SECONDS)
        return self._process

    def _answer(self, process: "subprocess.Popen[bytes]", seconds: float) -> bytes:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(queue.Empty):
                answer = self._answers.get(timeout=_LOOK_SECONDS)
                if not answer:
                    raise TemplateFaultError(worded("it ends the process that renders it"))
                return answer
            with suppress(psutil.Error):
                if psutil.Process(process.pid).memory_info().rss > 2 * ROOM:
                    raise TemplateFaultError(worded("it needs more than {0:.0f} GB of memory", 2 * ROOM / 1e9))
        raise TemplateFaultError(worded("it takes more than {0:.0f} s", seconds))

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    stream.close() if stream is not None else None


def _take_answers(source: IO[bytes], answers: "queue.Queue[bytes]") -> None:
    """Put each answer into the queue, and an empty one at the end."""
    with suppress(OSError, ValueError):
        while len(head := source.read(LENGTH.size)) == LENGTH.size:
            (length,) = LENGTH.unpack(head)
            if length > _LONGEST:
                break
            answers.put(source.read(length))
    answers.put(b"")


_renderer = _Renderer()


def end_rendering() -> None:
    """End the process; the next rendering starts another one."""
    _renderer.stop()
