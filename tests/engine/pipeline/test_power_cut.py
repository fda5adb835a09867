"""After a power cut everything that was acknowledged is there, and the run goes on to the same result."""

import os
import posix
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.api.commands import RunProject
from engine.api.events import (
    CompensationFinished,
    Event,
    ExportWritten,
    GapFolded,
    IterationFinished,
    ModelEvaluated,
    RecoveryFinished,
    RecoveryMeasured,
    SearchFinished,
    StageFinished,
)
from engine.api.journal import read_journal
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.models.weight_files import names_in
from engine.recovery.merge import MERGED
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.pipeline.durable_disk import Durable, DurableDisk, restore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the names of open files are read from /proc"),
]
ACKNOWLEDGED = (
    CompensationFinished,
    ExportWritten,
    GapFolded,
    IterationFinished,
    ModelEvaluated,
    RecoveryFinished,
    RecoveryMeasured,
    SearchFinished,
    StageFinished,
)
SMALLER: dict[str, object] = {"recovery__steps": 4, "search__iterations": 2, "evaluation__answer_tokens": 0}


@dataclass(frozen=True)
class Cut:
    """A power cut right after an event was received."""

    event: Event
    durable: Durable


@dataclass(frozen=True)
class Recorded:
    """A run and what was durable after each acknowledged event."""

    root: Path
    project: Project
    cuts: list[Cut]

    def after(self, kind: type[Event], number: int = 0) -> Cut:
        return [cut for cut in self.cuts if isinstance(cut.event, kind)][number]


class Acknowledged(Watch):
    """Takes the events of a job and calls a function after each that acknowledges finished work."""

    def __init__(self, take: "object") -> None:
        super().__init__()
        self._take = take

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, ACKNOWLEDGED):
            self._take(event)  # type: ignore[operator]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    root = tmp_path_factory.mktemp("disk")
    (root / "cache").mkdir()
    project = small_project(root, **SMALLER)
    disk, cuts = DurableDisk(root), list[Cut]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYERSWARM_CACHE", str(root / "cache"))
        patch.setattr("os.fsync", disk.fsync)
        watch = Acknowledged(lambda event: cuts.append(Cut(event, disk.durable.copy())))
        assert watch.do(RunProject(project=str(project.folder))) == 0, watch.ending.message
    yield Recorded(root, project, cuts)
    disk.close()


def test_what_was_acknowledged_is_in_the_journal_and_on_the_disk(recorded: Recorded, tmp_path: Path) -> None:
    assert {type(cut.event) for cut in recorded.cuts} == set(ACKNOWLEDGED)
    for number, cut in enumerate(recorded.cuts):
        place = tmp_path / str(number)
        restore(cut.durable, recorded.root, place)
        (kept,) = Project.open(place / "project").runs()
        assert [event.seq for event in read_journal(kept.journal_path)][: cut.event.seq] == [
            *range(1, cut.event.seq + 1)
        ], cut.event
        check_files(cut.event, kept.folder, place)
        shutil.rmtree(place)


def check_files(event: Event, run_folder: Path, place: Path) -> None:
    """Check that what the event states has its files, whole."""
    match event:
        case GapFolded(ridge=ridge) if ridge is not None:
            assert names_in(run_folder / "compensation" / "compensated.safetensors")
        case RecoveryFinished(helped=True):
            assert names_in(run_folder / "recovery" / MERGED)
        case ExportWritten():
            folder = place / "project" / "exports" / Path(event.folder).name
            original = Path(event.folder)
            for file in original.iterdir():
                assert (folder / file.name).read_bytes() == file.read_bytes(), file


@pytest.mark.parametrize(("kind", "number"), [(IterationFinished, 0), (GapFolded, 0), (RecoveryMeasured, 1)])
def test_the_run_goes_on_to_the_same_result(
    recorded: Recorded, kind: type[Event], number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore(recorded.after(kind, number).durable, recorded.root, tmp_path / "disk")
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "disk" / "cache"))
    project = Project.open(tmp_path / "disk" / "project")
    run(project)
    assert figures(state_of(project)) == figures(state_of(recorded.project))


def figures(state: RunState) -> tuple[object, ...]:
    assert state.search is not None
    assert state.recovery is not None
    return (
        state.search.removed,
        state.search.fitness,
        state.recovery.validation_kl_after,
        {variant: each.heldout_kl for variant, each in state.evaluated.items()},
    )


def _why_no_loop_device() -> str:
    """Return why no file can be mounted as a disk here; empty where it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "mounting needs root"
    if not all(map(shutil.which, ("mkfs.ext4", "mount", "umount"))):
        return "mkfs.ext4 or mount is not installed"
    return "" if Path("/dev/loop-control").exists() else "this system has no loop devices"


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """Mount the image of a file system."""
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-o", "loop", image, place], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file can be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(bool(_why_no_loop_device()), reason=_why_no_loop_device() or "it can")
def test_a_real_file_system_whose_power_is_cut_holds_what_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The image is copied while it is written, which is what a power cut leaves, and mounted again."""
    image, cuts = tmp_path / "disk.img", dict[int, Path]()
    with image.open("wb") as file:
        file.truncate(48 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    monkeypatch.setattr("os.fsync", posix.fsync)

    def cut(event: Event) -> None:
        cuts[event.seq] = image.with_name(f"{event.seq}.img")
        subprocess.run(["cp", "--sparse=always", image, cuts[event.seq]], check=True)

    with mounted(image, tmp_path / "disk") as disk:
        monkeypatch.setenv("LAYERSWARM_CACHE", str(disk / "cache"))
        project = small_project(disk, recovery__enabled=False, **SMALLER)
        subprocess.run(["sync", "-f", disk], check=True)
        watch = Acknowledged(cut)
        assert watch.do(RunProject(project=str(project.folder), until="compensate")) == 0, watch.ending.message
    assert len(cuts) > 8
    for number, copy in cuts.items():
        with mounted(copy, tmp_path / "again") as disk:
            (kept,) = Project.open(disk / "project").runs()
            assert [event.seq for event in read_journal(kept.journal_path)][:number] == [*range(1, number + 1)]
            if RunState.replay(kept.events()).compensation is not None:
                assert names_in(kept.folder / "compensation" / "compensated.safetensors")
        copy.unlink()
