"""``layerswarm engine``, and the commands that need an engine where there is none."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.api.exit_codes import BAD_INPUT, FAILED, FINISHED
from engine.cli import engine_process
from engine.cli.engine_process import WITH_ENGINE, WITHOUT_ENGINE
from engine.cli.main import app, main
from engine.environment.program import engine_program, engine_state
from tests.engine.environment.stand_in_uv import StandInUv
from tests.no_engine import without_engine

BLOCKED = ("torch", "transformers", "peft", "accelerate", "datasets", "lm_eval", "safetensors", "huggingface_hub")
BLOCKED += ("pyarrow", "gguf", "keyring", "yaml", "py3langid", "tokenizers", "pandas")
RUNNER = CliRunner()


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandInUv:
    return without_engine(tmp_path, monkeypatch)


def said(*arguments: str) -> str:
    """Run a command that succeeds, and return what it printed."""
    done = RUNNER.invoke(app, [*arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_set_up_show_and_remove(uv: StandInUv) -> None:
    output = said("engine", "setup", "--build", "cpu", "--with", "none")
    assert "330 MB to download, 1.2 GB on the disk" in output.replace(".0 MB", " MB")
    assert "The engine is ready: torch 2.13.0." in output
    assert "ready" in said("engine", "status")
    assert "torch 2.13.0, transformers 5.23.0; cpu" in said("engine", "status", "--test")
    assert len(uv.calls("venv")) == 1
    assert "The engine is ready" in said("engine", "repair")
    assert len(uv.calls("venv")) == 2
    assert "is removed" in said("engine", "remove")
    assert RUNNER.invoke(app, ["engine", "status"]).exit_code == FAILED
    assert RUNNER.invoke(app, ["engine", "repair"]).exit_code == BAD_INPUT


def test_an_own_environment_is_used(uv: StandInUv) -> None:
    python = uv.environment()
    assert f"The engine runs in {python}" in said("engine", "use", str(python.parent.parent))
    assert engine_program().python == python


@pytest.mark.usefixtures("uv")
def test_a_wrong_choice_is_refused_with_a_sentence() -> None:
    for arguments, words in (
        (["--build", "atari"], "no build 'atari'"),
        (["--with", "games"], "no part 'games'"),
        (["--python", "/nowhere/python"], "no Python at"),
        (["--wheels", "/nowhere"], "no wheels"),
    ):
        done = RUNNER.invoke(app, ["engine", "setup", *arguments])
        assert done.exit_code == BAD_INPUT
        assert words in " ".join(done.output.split())
    assert engine_state().problem is not None


def test_every_command_either_needs_the_engine_or_does_not() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert names | {"engine"} == WITH_ENGINE | WITHOUT_ENGINE
    assert not WITH_ENGINE & WITHOUT_ENGINE


@pytest.mark.usefixtures("uv")
def test_a_command_that_needs_the_engine_names_the_one_that_sets_it_up(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", "project"])
    assert ended.value.code == FAILED
    assert "'layerswarm run' needs the engine. The engine is not set up yet. Set it up with 'layerswarm engine" in (
        capsys.readouterr().err
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there the command waits for a child process")
def test_with_an_engine_the_command_runs_there(uv: StandInUv, monkeypatch: pytest.MonkeyPatch) -> None:
    said("engine", "setup", "--build", "cpu")
    became: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(engine_process.os, "execve", lambda *given: became.append(given))
    engine_process.pass_to_engine(["--offline", "run", "a project"])
    ((python, command, environment),) = became
    assert python == str(engine_program().python)
    assert command == [python, "-m", "engine.cli.main", "--offline", "run", "a project"]
    assert environment["PYTHONSAFEPATH"] == "1"
    engine_process.pass_to_engine(["report", "a project"])
    engine_process.pass_to_engine(["run", "--help"])
    assert len(became) == 1
    assert uv.calls("venv")


def without_libraries(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a Python that has none of the engine's libraries."""
    blocked = f"import sys\nsys.modules.update(dict.fromkeys({BLOCKED!r}))\n"
    variables = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**variables, "QT_QPA_PLATFORM": "offscreen"}.items():
            patch.setenv(name, value)
        command = [sys.executable, "-c", blocked + code]
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.mark.slow
def test_the_window_opens_without_the_engines_libraries_and_offers_to_set_one_up(tmp_path: Path) -> None:
    code = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from gui import app
def look():
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    print(*(each.heading.text() for each in dialogs), flush=True)
    QApplication.closeAllWindows()
class Window(app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, look)
app.MainWindow = Window
sys.exit(app.main([]))
"""
    done = without_libraries(code, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (FINISHED, "Set up the engine"), done.stderr


@pytest.mark.slow
def test_commands_without_an_engine_work_without_its_libraries(tmp_path: Path) -> None:
    code = """
from engine.cli.main import main
for words in ("new project --model demo", "runs project", "algorithms", "--version", "run project"):
    try:
        main(words.split())
    except SystemExit as ended:
        print("ended with", ended.code, flush=True)
"""
    done = without_libraries(code, tmp_path)
    ends = [line for line in done.stdout.splitlines() if line.startswith("ended with")]
    assert ends == ["ended with 0"] * 4 + ["ended with 1"], done.stderr
    assert "'layerswarm run' needs the engine" in done.stderr
