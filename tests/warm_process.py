"""Python processes that start with the model libraries imported: each is forked from a server that has done so once.

Such a process is a real one, with memory, signals and an exit code of its own, and its environment, folder and standard
streams are those of the caller. Only the seconds of importing torch and transformers are shared, so that a test that
kills a run or calls a converter need not wait for them. Tests of how a process starts use ``subprocess`` itself.
"""

import io
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import forkserver, popen_forkserver, reduction, spawn, util
from multiprocessing.context import set_spawning_popen
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from types import SimpleNamespace
from typing import IO, Any

import psutil
import pytest

MODEL_LIBRARIES = ("engine.pipeline.jobs", "engine.cli.main", "engine.export.runtimes.compare", "peft", "datasets")
"""Modules that import torch, transformers and the runtimes, and libraries that are imported where they are used."""
_ALWAYS = ("tests.warm_imports", __name__)
"""Imported by every server first; each process begins in this module, and would import pytest itself."""
_NAMED_AS_IN_A_CHECKOUT = "gguf"
"""llama.cpp's converter brings its own package of this name."""

_STARTS_ENGINES = "gui.engine_link.engine_thread.subprocess"
_STARTS_WORKERS = "engine.pipeline.workers.process_link.subprocess"

Stream = IO[bytes] | int | None


class WarmPopen:
    """As much of ``subprocess.Popen`` as the engine and its tests use, for commands that begin with this Python.

    Args:
        command: ``[sys.executable, "-m", module, ...]``, ``[sys.executable, "-c", code, ...]`` or
            ``[sys.executable, script, ...]``.
        preloaded: The modules that its server has imported; there is one server for each such list.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        stdin: Stream = None,
        stdout: Stream = None,
        stderr: Stream = None,
        cwd: str | os.PathLike[str] | None = None,
        env: Mapping[str, str] | None = None,
        preloaded: tuple[str, ...] = MODEL_LIBRARIES,
        **_ignored: object,
    ) -> None:
        assert command[0] == sys.executable, f"{command[0]} is not this Python"
        self.args = list(command)
        self.returncode: int | None = None
        streams = [_Stream(each, number) for number, each in enumerate((stdin, stdout, stderr))]
        self.stdin, self.stdout, self.stderr = (each.ours for each in streams)
        folder, environment = os.fspath(cwd or os.getcwd()), dict(os.environ if env is None else env)
        sent = (_Sent(each.theirs) for each in streams)
        context = multiprocessing.get_context("forkserver")
        process = context.Process(target=_run, args=(self.args[1:], environment, folder, *sent))
        self._process = _Forked(process, _server(preloaded))
        for each in streams:
            each.close_theirs()
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while the process runs."""
        self.returncode = self._process.poll()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code."""
        self.returncode = self._process.wait(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended since then
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> "WarmPopen":
        return self

    def __exit__(self, *_exception: object) -> None:
        for stream in (self.stdin, self.stdout, self.stderr):
            if stream is not None:
                stream.close()
        self.wait()


def start_engines_warm(monkeypatch: pytest.MonkeyPatch, preloaded: tuple[str, ...] = MODEL_LIBRARIES) -> None:
    """Let the window start its engines from the server that has imported ``preloaded``."""
    monkeypatch.setattr(_STARTS_ENGINES, _warm_subprocess(preloaded))


def start_workers_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs of this process start their workers from the server that has imported the model libraries."""
    monkeypatch.setattr(_STARTS_WORKERS, _warm_subprocess(MODEL_LIBRARIES))


def server_address() -> str:
    """Return the address of this process's server with the model libraries, which other processes may join."""
    server: Any = _server(MODEL_LIBRARIES)
    server.ensure_running()
    return str(server._forkserver_address)


def start_engines_from(address: str) -> None:
    """Let the window of this process start its engines from the server of another process, to the end of this one."""
    _servers[MODEL_LIBRARIES] = _ServerOfAnother(address)
    resolve_name(_STARTS_ENGINES.rpartition(".")[0]).subprocess = _warm_subprocess(MODEL_LIBRARIES)


def _warm_subprocess(preloaded: tuple[str, ...]) -> SimpleNamespace:
    return SimpleNamespace(Popen=partial(WarmPopen, preloaded=preloaded), PIPE=subprocess.PIPE)


def started_by_servers() -> list[psutil.Process]:
    """Return the running processes that the servers of this process have started, here or in a process that joined."""
    servers = [each for each in psutil.Process().children() if _is_server(each)]
    return [child for each in servers for child in each.children() if _runs(child)]


def running_children() -> list[psutil.Process]:
    """Return the running descendants of this process, without the servers and their resource tracker, which stay."""
    own = os.getpid()
    return [
        each
        for each in psutil.Process().children(recursive=True)
        if _runs(each) and not (each.ppid() == own and _is_server(each))
    ]


def _runs(child: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):  # it has ended since it was listed
        return child.status() != psutil.STATUS_ZOMBIE
    return False


def _is_server(child: psutil.Process) -> bool:
    return any("multiprocessing." in word or word == "engine.models.template_child" for word in child.cmdline())


class _Stream:
    """One standard stream: the end that the process has, and the one that its caller reads or writes."""

    def __init__(self, wanted: Stream, number: int) -> None:
        self.ours: Any = None
        if wanted == subprocess.PIPE:
            reading, writing = os.pipe()
            self.theirs, mine = (reading, writing) if number == 0 else (writing, reading)
            self.ours = os.fdopen(mine, "wb" if number == 0 else "rb")
        elif wanted == subprocess.DEVNULL or (wanted is None and number == 0):
            self.theirs = os.open(os.devnull, os.O_RDWR)
        else:
            self.theirs = os.dup(number if wanted is None else wanted if isinstance(wanted, int) else wanted.fileno())

    def close_theirs(self) -> None:
        os.close(self.theirs)


class _Sent:
    """A file descriptor on its way to a forked process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __reduce__(self) -> tuple[Any, tuple[Any]]:
        return _received, (reduction.DupFd(self._descriptor),)


def _received(sent: Any) -> int:
    return int(sent.detach())


class _Forked(popen_forkserver.Popen):
    """A process of one of several servers; ``multiprocessing`` itself has only one."""

    def __init__(self, process: BaseProcess, server: forkserver.ForkServer) -> None:
        self._server = server
        super().__init__(process)

    def _launch(self, process: BaseProcess) -> None:
        content = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(spawn.get_preparation_data(process.name), content)
            reduction.dump(process, content)
        finally:
            set_spawning_popen(None)
        self.sentinel, writing = self._server.connect_to_new_process(self._fds)
        open_while_we_live = os.dup(writing)
        self.finalizer = util.Finalize(self, util.close_fds, (open_while_we_live, self.sentinel))
        with open(writing, "wb") as pipe:
            pipe.write(content.getbuffer())
        self.pid = forkserver.read_signed(self.sentinel)


class _ServerOfAnother(forkserver.ForkServer):
    """A server that another process has started and keeps alive."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._forkserver_address = address
        self._forkserver_alive_fd = os.open(os.devnull, os.O_WRONLY)

    def ensure_running(self) -> None:
        """Leave the server to its owner."""


_servers: dict[tuple[str, ...], forkserver.ForkServer] = {}
_servers_lock = threading.Lock()  # engines are started in threads


def _server(preloaded: tuple[str, ...]) -> forkserver.ForkServer:
    with _servers_lock:
        if preloaded not in _servers:
            _servers[preloaded] = forkserver.ForkServer()
            _servers[preloaded].set_forkserver_preload([*_ALWAYS, *preloaded])
        return _servers[preloaded]


def _run(command: list[str], environment: dict[str, str], folder: str, *streams: int) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    sys.path[:0] = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))
    for name in [each for each in sys.modules if each.partition(".")[0] == _NAMED_AS_IN_A_CHECKOUT]:
        del sys.modules[name]
    is_path_safe = command[0] == "-P"
    kind, *arguments = command[is_path_safe:]
    if kind == "-m":
        sys.modules.pop(arguments[0], None)
        sys.argv = arguments
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    elif kind == "-c":
        sys.argv = ["-c", *arguments[1:]]
        exec(arguments[0], {"__name__": "__main__"})
    else:
        sys.argv = [kind, *arguments]
        if not is_path_safe:
            sys.path.insert(0, os.path.dirname(kind))
        runpy.run_path(kind, run_name="__main__")
