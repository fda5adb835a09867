"""Killing the engine or the window loses nothing that was finished: the real engine on a tiny model."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QFileDialog

from engine.api.events import IterationFinished
from engine.api.project import Project
from tests.e2e.test_person import REMOVED, plan_little_work
from tests.e2e.test_person import project_folder as project_folder
from tests.e2e.test_person import tiny_model as tiny_model
from tests.gui.driving import Person
from tests.warm_process import running_children, server_address, started_by_servers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals as on POSIX"),
    pytest.mark.usefixtures("warm_engine"),
]
ITERATIONS = 12
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from gui.app import make_application
from gui.engine_link.jobs import EngineJobs
from gui.shell.main_window import MainWindow
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.look.theme import ThemeManager
from tests.warm_process import start_engines_from

start_engines_from(sys.argv[3])
application = make_application()
window = MainWindow(Session(EngineJobs(), Preferences(Path(sys.argv[2]))), ThemeManager(application, "light"))
window.show()
window.projects.open_path(Path(sys.argv[1]))

def start():
    if window.session.jobs.main is None:
        window.bar.start.click()
        timer.stop()

def tell(_events):
    if window.session.state.iterations:
        print("searching", flush=True)

window.session.events_arrived.connect(tell)
timer = QTimer()
timer.timeout.connect(start)
timer.start(50)
application.exec()
"""


@pytest.fixture
def planned(person: Person, tiny_model: Path, project_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return a person with a plan whose search takes some iterations."""
    person.clicks(person.window.welcome.new)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tiny_model))
    person.clicks(person.model.local.folder)
    person.waits_for_rest()
    plan_little_work(person)
    person.plan.search.iterations.setValue(ITERATIONS)
    return person


def finished_iterations(project: Project) -> list[int]:
    """Return the iterations in the journal of the only run, in its order."""
    (run,) = project.runs()
    return [event.iteration for event in run.events() if isinstance(event, IterationFinished)]


def goes_on(person: Person, project: Project) -> None:
    """Continue the same run to its end."""
    assert person.window.bar.start.text() == "Continue"
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    assert person.window.notice.title.text() == "Finished", person.window.notice.sentence.text()
    state = person.session.state
    assert state.search is not None
    assert len(state.search.removed) == REMOVED
    assert set(state.evaluated) == {"dense", "pruned", "compensated", "recovered"}
    assert len(project.runs()) == 1


def test_the_engine_is_killed_in_the_search_and_the_run_goes_on(planned: Person, project_folder: Path) -> None:
    planned.clicks(planned.window.bar.start)
    planned.waits_for("iterations")
    (engine,) = running_children()
    engine.send_signal(signal.SIGKILL)
    planned.waits_for_rest()
    assert planned.window.notice.title.text() == "The system ended the engine"
    project = Project.open(project_folder)
    before = finished_iterations(project)
    assert before
    goes_on(planned, project)
    planned.opens(project_folder)  # the killed engine may have written an iteration that it could not send any more
    planned.waits_for_rest()
    assert len(planned.session.state.iterations) >= len(set(before))


def test_the_window_is_killed_in_the_search_and_the_project_opens_as_it_was(
    planned: Person, project_folder: Path, tmp_path: Path
) -> None:
    arguments = (str(project_folder), str(tmp_path / "other.ini"), server_address())
    other = subprocess.Popen([sys.executable, "-c", WINDOW, *arguments], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"searching\n"
    engines = started_by_servers()
    assert engines
    other.kill()
    other.wait()
    other.stdout.close()
    gone, alive = psutil.wait_procs(engines, timeout=60)
    assert gone
    assert alive == []
    project = Project.open(project_folder)
    before = finished_iterations(project)
    planned.opens(project_folder)
    assert len(planned.session.state.iterations) >= 1
    assert max(planned.session.state.iterations) == max(before)
    goes_on(planned, project)
