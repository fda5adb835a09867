"""accelerate's launcher in a process that has imported the model libraries; what it starts is forked from it.

``python -m tests.engine.recovery.warm_launcher ARGUMENTS_OF_THE_LAUNCHER``
"""

import os
import runpy
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from accelerate.commands import launch
from torch.distributed.elastic.multiprocessing.subprocess_handler import subprocess_handler

from tests.warm_process import WarmPopen

_LAUNCHER, _OURS = "accelerate.commands.launch", "tests.engine.recovery.warm_launcher"
_FIRST_OWN, _LAST = 3, 1024
"""File descriptors behind the standard streams: a started process would not have those of the launcher."""


def launch_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a recovery start its launcher, and the launcher its processes, with the model libraries imported."""

    def start(command: Sequence[str], **streams: Any) -> WarmPopen:
        assert command[2] == _LAUNCHER
        return WarmPopen([*command[:2], _OURS, *command[3:]], **streams)

    monkeypatch.setattr("engine.recovery.launch.subprocess", SimpleNamespace(Popen=start, PIPE=subprocess.PIPE))


class _Forked(subprocess.Popen[bytes]):
    """A process of ``python -u -m MODULE ARGUMENTS`` that is forked instead of started."""

    def _execute_child(self, args: Sequence[str], *rest: Any) -> None:
        environment = next(each for each in rest if isinstance(each, Mapping))
        self.pid = os.fork()
        if self.pid == 0:
            _run(args[args.index("-m") + 1 :], environment)
        self._child_created = True  # else it would not be waited for


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    os.setsid()
    os.closerange(_FIRST_OWN, _LAST)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = list(command)
    try:
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    except BaseException:
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)  # the processes that train end by themselves


if __name__ == "__main__":
    subprocess_handler.Popen = _Forked  # type: ignore[assignment, attr-defined]  # not meant to be replaced
    launch.main()
