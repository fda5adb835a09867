"""What the dense model says is read once: for all epochs, and for a resumed training."""

from pathlib import Path

import pytest
import torch

from engine.api.errors import LayerSwarmError
from engine.api.events import Event, RecoveryStepped
from engine.recovery.lesson_store import SHARD, LessonStore, Record
from engine.recovery.student import DenseStates, Student
from tests.engine.recovery.cases import Said, changed, dense_model, recover

WINDOWS, NUMBERS = 20, 6
RECORD_BYTES = NUMBERS * 4


def records(shard: range) -> list[Record]:
    return [{"entry": torch.full((NUMBERS,), float(index)), "tokens": torch.tensor([index])} for index in shard]


def filled(folder: Path, memory: int) -> LessonStore:
    store = LessonStore(folder, WINDOWS, memory)
    for shard in store.shards():
        store.put(shard, records(shard))
    return store


def assert_whole(store: LessonStore) -> None:
    for index in range(WINDOWS):
        record = store.get(index)
        assert record["entry"].tolist() == [float(index)] * NUMBERS
        assert record["tokens"].tolist() == [index]


@pytest.mark.parametrize("memory", [0, SHARD * (RECORD_BYTES + 8), 10**6])
def test_every_window_comes_back_whether_from_memory_or_disk(tmp_path: Path, memory: int) -> None:
    assert_whole(filled(tmp_path / "lessons", memory))


def test_memory_takes_the_first_windows_up_to_its_budget(tmp_path: Path) -> None:
    store = filled(tmp_path / "lessons", SHARD * (RECORD_BYTES + 8))
    for file in (tmp_path / "lessons").iterdir():
        file.unlink()
    assert store.get(SHARD - 1)["tokens"].tolist() == [SHARD - 1]
    with pytest.raises(FileNotFoundError):
        store.get(SHARD)


@pytest.mark.parametrize("memory", [0, 10**6])
def test_another_session_finds_what_is_there(tmp_path: Path, memory: int) -> None:
    filled(tmp_path / "lessons", memory)
    store = LessonStore(tmp_path / "lessons", WINDOWS, memory)
    assert all(map(store.has, store.shards()))
    store.recall()
    assert_whole(store)


def test_a_damaged_shard_is_read_again(tmp_path: Path) -> None:
    filled(tmp_path / "lessons", 0)
    (tmp_path / "lessons" / f"{SHARD:08d}.safetensors").write_bytes(b"torn")
    store = LessonStore(tmp_path / "lessons", WINDOWS, 0)
    assert [store.has(shard) for shard in store.shards()] == [True, False, True]


def test_a_full_disk_is_no_matter_as_long_as_memory_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LessonStore, "_disk_has_room", lambda *_: False)
    assert_whole(filled(tmp_path / "lessons", 10**6))
    assert not (tmp_path / "lessons").exists()
    with pytest.raises(LayerSwarmError, match=r"20 recovery windows take about .* MB"):
        filled(tmp_path / "lessons", 0)


class Killed(BaseException):
    """Stands for a process that ends without a word."""


def killed_at(step: int, said: Said) -> Said:
    class Watching(Said):
        def __call__(self, event: Event) -> None:
            said(event)
            if isinstance(event, RecoveryStepped) and event.step == step:
                raise Killed

    return Watching()


@pytest.mark.parametrize("megabytes", [0.0, 100.0])
def test_a_resumed_training_reads_no_window_again(
    megabytes: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = changed(lesson_megabytes=megabytes)
    whole, said = Said(), Said()
    recover(tmp_path / "whole", whole, settings=settings)
    with pytest.raises(Killed):
        recover(tmp_path / "killed", killed_at(4, said), settings=settings)
    read: list[int] = []
    dense_states = Student.dense_states

    def counted(student: Student, tokens: torch.Tensor) -> DenseStates:
        read.append(len(tokens))
        return dense_states(student, tokens)

    monkeypatch.setattr(Student, "dense_states", counted)
    recover(tmp_path / "killed", said, settings=settings)
    assert sum(read) == 6  # the validation windows
    assert said.losses() == whole.losses()


def test_where_lessons_lie_changes_no_loss_and_nothing_stays(tmp_path: Path) -> None:
    memory, disk = Said(), Said()
    recover(tmp_path / "memory", memory)
    recover(tmp_path / "disk", disk, settings=changed(lesson_megabytes=0.0))
    assert disk.losses() == memory.losses()
    for folder in ("memory", "disk"):
        assert not list((tmp_path / folder / "lessons").glob("*"))


def test_a_training_that_goes_on_in_another_number_format_reads_the_dense_model_again(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        recover(tmp_path, killed_at(4, Said()), dense_model().bfloat16())
    said = Said()
    recover(tmp_path, said)
    assert said.finished().best_step >= 0
    assert not list((tmp_path / "lessons").glob("*"))


def test_only_the_first_process_empties_the_folder_of_another_training(tmp_path: Path) -> None:
    filled(tmp_path / "lessons" / "earlier", 0)
    for is_first in (False, True):
        store = LessonStore(tmp_path / "lessons" / "present", WINDOWS, 0, is_first)
        store.put(store.shards()[0], records(store.shards()[0]))
        assert (tmp_path / "lessons" / "earlier").exists() != is_first
        assert store.has(store.shards()[0])
