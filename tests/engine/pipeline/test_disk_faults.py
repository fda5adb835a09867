"""Disks that are full, files that may not grow, and folders that may not be written, by the system itself.

``tests/e2e/test_faults.py`` lets every file of a run meet such faults, by a stand-in that needs no rights.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.api.commands import RunProject
from engine.api.events import MessageLogged, StageFinished
from engine.api.files import write_atomically
from engine.api.journal import Journal, read_journal
from engine.api.leftovers import find_leftovers
from engine.pipeline.ending import Ending, conclude
from tests.engine.pipeline.cases import Watch, run, small_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and accounts as on POSIX")
MESSAGE = MessageLogged(level="info", message="x" * 200)
ENDED = StageFinished(stage="model", seconds=1.0)


def _why_no_small_disk() -> str:
    """Return why no small disk can be mounted here; empty where it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "mounting needs root on Linux"
    return "" if shutil.which("mount") else "mount is not installed"


needs_small_disk = pytest.mark.skipif(bool(_why_no_small_disk()), reason=_why_no_small_disk() or "it can")


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Callable[[int], None]]:
    """Mount a disk of so many kilobytes, and yield a function that changes its size."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "small", str(place)]
    if (mounted := subprocess.run(command, capture_output=True, text=True, check=False)).returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield lambda size: subprocess.run(["mount", "-o", f"remount,size={size}k", str(place)], check=True) and None
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def in_child(work: Callable[[], str]) -> str:
    """Return what work in a fork returns, such as under limits that cannot be lifted again."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            said = work()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode()[:4000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


def fill(journal: Journal) -> str:
    """Append until the system refuses; return how the job ends that does so."""

    def work() -> Ending:
        while True:
            journal.append(MESSAGE)

    return conclude(work).message


def check_whole(path: Path) -> int:
    """Check that a journal has whole lines with every number, and return how many."""
    assert path.read_bytes().endswith(b"\n")
    numbers = [event.seq for event in read_journal(path)]
    assert len(numbers) == path.read_bytes().count(b"\n")
    assert numbers == list(range(1, len(numbers) + 1))
    return len(numbers)


def test_a_journal_that_may_not_grow_keeps_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"

    def work() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
        return fill(Journal(path))

    said = in_child(work)
    assert said.startswith(f"{path}: File too large; ")
    assert check_whole(path) > 10
    journal = Journal(path)
    journal.append(ENDED)
    journal.close()
    assert check_whole(path) > 11


@needs_small_disk
def test_a_journal_on_a_full_disk_keeps_whole_lines_and_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 32) as resize:
        path = tmp_path / "disk" / "events.jsonl"
        journal = Journal(path)
        assert fill(journal).startswith(f"{path}: No space left on device; free some space there")
        full = check_whole(path)
        resize(64)
        journal.append(ENDED)
        journal.close()
        assert check_whole(path) == full + 1


@pytest.mark.slow
@needs_small_disk
@pytest.mark.usefixtures("shared_texts")
def test_a_run_on_a_disk_that_is_full_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 20_000) as resize:
        disk = tmp_path / "disk"
        project = small_project(disk, recovery__enabled=False, evaluation__answer_tokens=0)
        used = shutil.disk_usage(disk).used // 1024
        for room in (8, 60, 120):
            resize(used + room)
            watch = Watch()
            assert watch.do(RunProject(project=str(project.folder))) == 1
            assert "No space left" in watch.ending.message or "make room" in watch.ending.message
            assert find_leftovers(disk, deep=True) == []
        resize(20_000)
        run(project)
        assert len(project.runs()) == 1
        assert find_leftovers(disk, deep=True) == []


@pytest.fixture
def visible_folder() -> Iterator[Path]:
    """A folder that other accounts can enter; those of pytest are its own account's."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_of_another_account_is_named(visible_folder: Path) -> None:
    folder = visible_folder / "theirs"
    folder.mkdir(mode=0o555)

    def write() -> Ending:
        write_atomically(folder / "settings.json", b"{}")
        return Ending.finished("written")

    def work() -> str:
        if os.geteuid() == 0:
            os.setegid(65534)
            os.seteuid(65534)
        return conclude(write).message

    said = in_child(work)
    assert said.startswith(f"{folder / 'settings.json'}: Permission denied; allow your account to read and write there")
    assert list(folder.iterdir()) == []
