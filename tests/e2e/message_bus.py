"""A message bus of its own, through which a screen reader speaks to the window."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
