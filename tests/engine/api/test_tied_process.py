"""A program that is started for this process ends with it, and is otherwise the program that was asked for."""

import signal
import subprocess
import sys

import pytest

from engine.api.tied_process import start_tied

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
ENGINE = """
import sys
from engine.api.tied_process import start_tied
tool = start_tied([sys.executable, "-S", "-c", "import time; print('at work', flush=True); time.sleep(1000)"])
tool.wait()
"""


def test_a_tool_ends_when_its_engine_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", ENGINE], stdout=subprocess.PIPE) as engine:
        assert engine.stdout is not None
        assert engine.stdout.readline() == b"at work\n"
        engine.kill()
        assert engine.stdout.read() == b"", "the tool has the other end, so this waits for its end"


def test_a_tool_whose_engine_has_ended_before_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getpid", lambda: 1)
    with start_tied(["echo", "at work"], stdout=subprocess.PIPE) as tool:
        assert tool.stdout is not None
        assert tool.stdout.read() == b""


@pytest.mark.parametrize("number", [signal.SIGPIPE, signal.SIGXFSZ])
def test_a_tool_meets_signals_as_if_nothing_stood_between(number: signal.Signals) -> None:
    with start_tied(["sh", "-c", f"kill -{int(number)} $$; exit 0"]) as tool:
        assert tool.wait() == -number


def test_a_tool_has_its_own_arguments_and_exit_code() -> None:
    with start_tied(["sh", "-c", 'echo "$1"; exit 3', "sh", "a b"], stdout=subprocess.PIPE) as tool:
        assert tool.stdout is not None
        assert (tool.stdout.read(), tool.wait()) == (b"a b\n", 3)
