"""A project that is opened from the desktop of a Mac arrives as an event."""

import subprocess
import sys
from pathlib import Path

OPEN = """
import sys
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from gui.shell.application import Application
application = Application([])
application.file_wanted.connect(print)
application.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile(sys.argv[1])))
application.sendEvent(application, QEvent(QEvent.Type.LanguageChange))
"""


def test_a_file_that_the_desktop_opens_is_wanted(tmp_path: Path) -> None:
    project = tmp_path / "a project" / "project.layerswarm"
    ran = subprocess.run([sys.executable, "-c", OPEN, str(project)], capture_output=True, text=True, check=True)
    assert ran.stdout == f"{project}\n"
