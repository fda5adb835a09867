"""The engine is set up by mouse: every choice, pause and resume, errors, repair and removal; uv is a stand-in."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.api.commands import ListDevices, RunProject
from engine.environment.builds import CUDA_ON_LINUX
from engine.environment.machine import Gpu, Machine
from engine.environment.program import engine_program, engine_state
from engine.environment.record import default_place
from gui.dialogs.engine_dialog import EngineDialog
from gui.engine_link.engine_setup import EngineSetup
from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from gui.widgets.buttons import Button
from tests.engine.environment.stand_in_uv import StandInUv
from tests.no_engine import without_engine

HERE = Machine("linux", "x86_64")
UNREACHABLE = "error: Failed to fetch: `https://packages.example.org/simple/numpy/`\n  Caused by: tcp connect error"


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandInUv:
    return without_engine(tmp_path, monkeypatch)


@pytest.fixture
def dialog(qtbot: QtBot, uv: StandInUv) -> EngineDialog:
    assert uv.program.exists()
    return shown(qtbot, HERE)


def shown(qtbot: QtBot, machine: Machine) -> EngineDialog:
    setup = EngineSetup()
    dialog = EngineDialog(setup, machine)
    setup.setParent(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def press(qtbot: QtBot, button: Button) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def work(qtbot: QtBot, dialog: EngineDialog, button: Button) -> None:
    """Press a button and wait until what it began has ended."""
    with qtbot.waitSignal(dialog.setup.ended, timeout=60_000):
        press(qtbot, button)


def test_at_first_it_shows_what_was_found_and_what_it_costs(dialog: EngineDialog) -> None:
    assert dialog.heading.text() == "Set up the engine"
    assert "no GPU" in dialog.choices.found.text()
    assert dialog.choices.sizes.text().startswith("About 415.0\u202fMB to download and 1.5\u202fGB on the disk")
    assert dialog.choices.place.text() == str(default_place())
    assert (dialog.go.text(), dialog.close_.text()) == ("Set up", "Later")
    assert not dialog.repair.isVisible()
    assert not dialog.remove.isVisible()


@pytest.mark.usefixtures("uv")
def test_the_build_that_fits_is_chosen_and_another_can_be(qtbot: QtBot) -> None:
    card = Gpu("nvidia", "NVIDIA A40", 48 * 10**9, (8, 6))
    dialog = shown(qtbot, Machine("linux", "x86_64", (card,), "580.1", (13, 0)))
    assert dialog.choices.plan.build is CUDA_ON_LINUX
    assert "compute capability 8.6" in dialog.choices.found.text()
    dialog.choices.build.setCurrentIndex(0)
    assert dialog.choices.plan.build.key == "cpu"


def test_a_setup_ends_with_an_engine_and_removing_it_with_none(
    qtbot: QtBot, dialog: EngineDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dialog.choices.place.setText(str(tmp_path / "elsewhere"))
    dialog.choices.parts["tasks"].setChecked(True)
    with qtbot.waitSignal(dialog.ready, timeout=60_000):
        press(qtbot, dialog.go)
        assert dialog.go.text() == "Pause"
        assert not dialog.choices.isEnabled()
    assert dialog.verdict.text() == "The engine is ready: torch 2.13.0."
    assert dialog.heading.text() == "The engine is set up"
    assert (tmp_path / "elsewhere") in engine_program().python.parents
    record = engine_state().record
    assert record is not None
    assert record.parts == ("formats", "tasks")
    monkeypatch.setattr("gui.dialogs.engine_dialog.confirm_loss", lambda *_: True)
    work(qtbot, dialog, dialog.remove)
    assert engine_state().problem is not None
    assert dialog.go.text() == "Set up"


def test_a_pause_keeps_the_choices_and_goes_on(qtbot: QtBot, dialog: EngineDialog, uv: StandInUv) -> None:
    uv.tell("install", "wait")
    with qtbot.waitSignal(dialog.setup.ended, timeout=60_000):
        press(qtbot, dialog.go)
        qtbot.waitUntil(lambda: uv.waits and "of" in dialog.verdict.text(), timeout=30_000)
        assert "16.9\u202fMB of 208.7\u202fMB" in dialog.verdict.text()
        press(qtbot, dialog.go)
    assert "goes on from there" in dialog.verdict.text()
    uv.tell("install", "")
    assert dialog.go.text() == "Go on"
    work(qtbot, dialog, dialog.go)
    assert engine_state().problem is None


def test_an_error_is_a_sentence_with_details_and_the_next_try_completes(
    qtbot: QtBot, dialog: EngineDialog, uv: StandInUv
) -> None:
    uv.tell("install", UNREACHABLE)
    work(qtbot, dialog, dialog.go)
    assert dialog.verdict.text().startswith("https://packages.example.org cannot be reached.")
    assert dialog.details.isVisible()
    uv.tell("install", "")
    work(qtbot, dialog, dialog.go)
    assert engine_state().problem is None
    assert not dialog.details.isVisible()


def test_wheels_of_a_folder_are_asked_for_and_used(qtbot: QtBot, dialog: EngineDialog, uv: StandInUv) -> None:
    press_source(qtbot, dialog, "wheels")
    assert dialog.choices.wheels.isVisible()
    assert not dialog.go.isEnabled()
    dialog.choices.wheels.setText(str(uv.folder))
    work(qtbot, dialog, dialog.go)
    assert "no wheels" in dialog.verdict.text()
    (uv.folder / "torch-2.13.0-py3-none-any.whl").touch()
    work(qtbot, dialog, dialog.go)
    assert "--no-index" in uv.calls("install")[-1]


def test_an_environment_that_the_person_has_is_used(qtbot: QtBot, dialog: EngineDialog, uv: StandInUv) -> None:
    press_source(qtbot, dialog, "own")
    assert not dialog.choices.place.isVisible()
    assert dialog.go.text() == "Use this environment"
    dialog.choices.own.setText(str(uv.folder))
    work(qtbot, dialog, dialog.go)
    assert "There is no Python at" in dialog.verdict.text()
    python = uv.environment()
    dialog.choices.own.setText(str(python.parent.parent))
    work(qtbot, dialog, dialog.go)
    assert engine_program().python == python


def test_a_broken_environment_is_repaired_with_a_click(qtbot: QtBot, dialog: EngineDialog) -> None:
    work(qtbot, dialog, dialog.go)
    engine_program().python.unlink()
    dialog.refresh()
    assert "is gone" in dialog.explanation.text()
    work(qtbot, dialog, dialog.repair)
    assert engine_state().problem is None


def test_a_job_without_an_engine_opens_the_setup(
    qtbot: QtBot, qapp: QApplication, uv: StandInUv, preferences: Preferences
) -> None:
    assert uv.calls() == []
    jobs = EngineJobs()
    with qtbot.waitSignal(jobs.engine_missing):
        assert jobs.start("devices", ListDevices()) is None
    window = MainWindow(Session(jobs, preferences), ThemeManager(qapp, "light"), ahead=False)
    qtbot.addWidget(window)
    window.show()
    window.helps.offer_engine()
    (dialog,) = window.findChildren(EngineDialog)
    assert dialog.isVisible()
    dialog.reject()
    jobs.start("devices", ListDevices())
    assert not dialog.isVisible()
    jobs.start("run", RunProject(project="project"))
    assert dialog.isVisible()
    window.session.engine_part_wanted.emit("tasks")
    assert dialog.choices.parts["tasks"].isChecked()
    window.session.shut_down()


def press_source(qtbot: QtBot, dialog: EngineDialog, source: str) -> None:
    qtbot.mouseClick(dialog.choices.source.button(source), Qt.MouseButton.LeftButton)


def test_a_fault_that_nobody_foresaw_ends_the_work_too(
    qtbot: QtBot, dialog: EngineDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_setup: object) -> str:
        raise ValueError("a value that nobody thought of")

    monkeypatch.setattr("gui.dialogs.engine_dialog.Setup.run", fail)
    work(qtbot, dialog, dialog.go)
    assert "unexpectedly (ValueError): a value that nobody thought of" in dialog.verdict.text()
    assert not dialog.setup.is_busy
    assert dialog.details.isVisible()
