"""Ranges of files are copied whole by every system: by the kernel, in part by it, or without it."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.models import file_range
from engine.models.file_range import copy_range, read_range

CONTENT = bytes(range(256)) * 64
START, SIZE = 100, 10_001


def copied(folder: Path) -> bytes:
    """Copy a part of a file between other bytes, with pieces and blocks of a few kilobytes."""
    origin, target = folder / "origin", folder / "target"
    origin.write_bytes(CONTENT)
    with origin.open("rb") as source, target.open("wb") as out:
        out.write(b"before")
        assert sum(copy_range(source, START, SIZE, out)) == SIZE
        assert sum(copy_range(source, 0, 3, out)) == 3
        assert out.tell() == len("before") + SIZE + 3
        out.write(b"after")
    return target.read_bytes()


EXPECTED = b"before" + CONTENT[START : START + SIZE] + CONTENT[:3] + b"after"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_range, "_PIECE", 4096)
    monkeypatch.setattr(file_range, "_BLOCK", 1000)


def kernel(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., int]) -> None:
    monkeypatch.setattr(os, "copy_file_range", answer, raising=False)


def test_a_part_of_a_file_is_copied_to_the_place_where_writing_is(tmp_path: Path) -> None:
    assert copied(tmp_path) == EXPECTED


@pytest.mark.parametrize("code", ["ENOSYS", "EXDEV", "EINVAL", "EOPNOTSUPP", "EPERM", "EBADF", "EIO", "EAGAIN"])
def test_a_kernel_that_refuses_is_replaced_by_reading_and_writing(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_args: object, **_how: object) -> int:
        raise OSError(getattr(errno, code), code)

    kernel(monkeypatch, refusing)
    assert copied(tmp_path) == EXPECTED


def test_a_kernel_that_copies_nothing_without_an_error_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel(monkeypatch, lambda *_args, **_how: 0)
    assert copied(tmp_path) == EXPECTED


@pytest.mark.parametrize("then", ["more", "refuse"])
def test_short_copies_are_continued(then: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def short(source: int, target: int, count: int, offset_src: int, offset_dst: int) -> int:
        calls.append(count)
        if then == "refuse" and len(calls) % 2 == 0:
            raise OSError(errno.EINVAL, "no more")
        return os.pwrite(target, os.pread(source, min(count, 700), offset_src), offset_dst)

    kernel(monkeypatch, short)
    assert copied(tmp_path) == EXPECTED
    assert len(calls) > 4


def test_a_system_without_the_call_copies_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "copy_file_range", raising=False)
    assert copied(tmp_path) == EXPECTED


def test_a_file_that_became_shorter_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "origin").write_bytes(b"short")
    with (tmp_path / "origin").open("rb") as source, (tmp_path / "target").open("wb") as out:
        with pytest.raises(OSError, match="became shorter"):
            list(copy_range(source, 0, 6, out))
        with pytest.raises(OSError, match="became shorter"):
            list(read_range(source, 0, 6))
