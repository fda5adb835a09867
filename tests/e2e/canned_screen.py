"""An X server and a message bus of their own, for windows with the canned engine."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def x_server() -> Iterator[str]:
    """Run an X server without a monitor and yield the name of its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        display = f":{answer.readline().strip()}"
    yield display
    server.terminate()
    server.wait()


@contextmanager
def message_bus(folder: Path) -> Iterator[dict[str, str]]:
    """Run a session's message bus and yield the environment of programs that are to use it."""
    folder.mkdir(mode=0o700)
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    environment = {"XDG_RUNTIME_DIR": str(folder), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    bus = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ | environment
    )
    assert bus.stdout is not None
    yield environment | {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
    bus.terminate()  # which ends what it has started
    bus.communicate()
