"""The socket of the first window lies where nobody else can wait, and a silent one stops no window from opening."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.shell import single_instance
from gui.shell.single_instance import SingleInstance, socket_name

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has named pipes instead of files")


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(single_instance, "_PATIENCE_MS", 60)
    monkeypatch.setattr(single_instance, "_LONGEST_SOCKET_PATH", 107)
    runtime = tmp_path / "r"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))


@contextmanager
def somebody_at(path: str) -> Iterator[socket.socket]:
    """Listen as somebody who accepts every connection and says nothing."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        yield listening


def test_the_socket_is_in_the_runtime_folder_of_the_user(qtbot: QtBot, tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path / "window.ini")
    assert Path(instance.name).parent == tmp_path / "r"
    assert instance.listen()
    assert Path(instance.name).stat().st_mode & 0o077 == 0
    instance.close()


def test_a_second_start_reaches_the_first_window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "_is_of_this_user", lambda _socket: True)
    instance = SingleInstance(tmp_path / "window.ini")
    assert instance.listen()
    with qtbot.waitSignal(instance.second_start) as seen, socket.socket(socket.AF_UNIX) as second:
        second.connect(instance.name)
        second.sendall(str(tmp_path).encode() + b"\n")
    assert seen.args == [tmp_path]
    instance.close()


@pytest.mark.parametrize("folder", ["none", "open", "linked", "long"])
def test_without_a_runtime_folder_a_closed_one_is_made_or_none_is_used(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    place = tmp_path / f"layerswarm-{os.getuid()}"
    if folder == "open":
        place.mkdir()
        place.chmod(0o777)
    elif folder == "linked":
        place.symlink_to(tmp_path / "r")
    longest = 10 if folder == "long" else 1000  # nothing is bound, and the folders of tests have long names
    monkeypatch.setattr(single_instance, "_LONGEST_SOCKET_PATH", longest)
    instance = SingleInstance(tmp_path / "window.ini")
    if folder == "none":
        assert Path(instance.name).parent == place
        assert place.stat().st_mode & 0o777 == 0o700
    else:
        assert instance.name == ""
        assert not instance.forward(None)
        assert not instance.listen()


def test_who_accepts_and_never_answers_stops_no_window(qtbot: QtBot, tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path / "window.ini")
    with somebody_at(instance.name):
        assert not instance.forward(tmp_path)
        assert instance.listen()
    instance.close()


def test_a_process_of_another_user_is_not_told_which_project_is_opened(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = SingleInstance(tmp_path / "window.ini")
    with somebody_at(instance.name) as listening:
        mine = os.getuid()
        monkeypatch.setattr("os.getuid", lambda: mine + 1)
        assert not instance.forward(tmp_path)
        listening.settimeout(5)
        with listening.accept()[0] as connection:
            connection.settimeout(5)
            assert connection.recv(100) == b""


def test_a_name_is_the_same_at_every_start(tmp_path: Path) -> None:
    assert socket_name("layerswarm-a") == socket_name("layerswarm-a") != socket_name("layerswarm-b")
