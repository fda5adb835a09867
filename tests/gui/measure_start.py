"""Measure the start-up time of the window: ``python -m tests.gui.measure_start [--repeats N] [PROJECT]``.

Measures from the start of the process to the first painted frame of the main window, in a new process each time. Needs
a display (such as Xvfb) or QT_QPA_PLATFORM=offscreen.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

_CHILD = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from gui import app
from gui.shell.main_window import MainWindow

class FirstFrame(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow):
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self):
        print(time.time(), flush=True)
        application.quit()

application = app.make_application()
watcher = FirstFrame()
application.installEventFilter(watcher)
app.main(sys.argv[1:])
"""


def measure(arguments: list[str]) -> float:
    """Return the seconds of one start."""
    with tempfile.TemporaryDirectory() as configuration:
        started = time.time()
        child = subprocess.run(
            [sys.executable, "-c", _CHILD, *arguments],
            env=os.environ | {"XDG_CONFIG_HOME": configuration},
            stdout=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    return float(child.stdout.split()[0]) - started


def main() -> int:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?")
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    times = [measure([arguments.project] if arguments.project else []) for _ in range(arguments.repeats)]
    print(f"first {times[0]:.2f} s, median {statistics.median(times):.2f} s, slowest {max(times):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
