"""Code that a project names runs only where the person has allowed exactly this content at this path."""

import os
from pathlib import Path

import msgspec
import pytest

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.settings import Settings
from engine.api.trust import (
    UntrustedCode,
    code_place,
    ensure_settings_trusted,
    ensure_trusted,
    is_trusted,
    trust,
    untrusted,
)

KEY = "evaluation.task_folder"


@pytest.fixture(autouse=True)
def _configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("engine.api.trust.config_folder", lambda: tmp_path / "config")


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    folder = tmp_path / "tasks"
    folder.mkdir()
    (folder / "mine.yaml").write_text("task: mine\nprocess_docs: !function helpers.read\n")
    (folder / "helpers.py").write_text("def read(rows): return rows\n")
    (folder / "rows.jsonl").write_text("{}\n")
    return folder


def allow(path: Path) -> None:
    place = code_place(KEY, str(path))
    assert place is not None
    trust(place)


def test_a_folder_is_refused_in_one_sentence_until_it_is_allowed(tasks: Path) -> None:
    with pytest.raises(UntrustedCode, match=r"evaluation\.task_folder leads to .*tasks, which you have not allowed"):
        ensure_trusted(KEY, str(tasks))
    allow(tasks)
    ensure_trusted(KEY, str(tasks))


@pytest.mark.parametrize("name", ["helpers.py", "mine.yaml", "new.py", "deep/er/library.so.1", "__init__.pyc"])
def test_changed_and_added_code_is_asked_about_again(tasks: Path, name: str) -> None:
    allow(tasks)
    (tasks / name).parent.mkdir(parents=True, exist_ok=True)
    (tasks / name).write_text("another content")
    with pytest.raises(UntrustedCode, match="which has changed since you allowed it"):
        ensure_trusted(KEY, str(tasks))


def test_a_program_is_code_and_rows_of_data_are_not(tasks: Path) -> None:
    allow(tasks)
    (tasks / "rows.jsonl").write_text("{}\n{}\n")
    ensure_trusted(KEY, str(tasks))
    program = tasks / "llama-quantize"
    program.write_bytes(b"\x7fELF")
    program.chmod(0o755)
    with pytest.raises(UntrustedCode):
        ensure_trusted(KEY, str(tasks))


def test_the_same_content_elsewhere_is_asked_about(tasks: Path) -> None:
    allow(tasks)
    moved = tasks.rename(tasks.with_name("moved"))
    with pytest.raises(UntrustedCode):
        ensure_trusted(KEY, str(moved))


def test_a_link_is_the_folder_that_it_leads_to(tasks: Path, tmp_path: Path) -> None:
    allow(tasks)
    (tmp_path / "link").symlink_to(tasks)
    ensure_trusted(KEY, str(tmp_path / "link"))


def test_code_behind_a_link_in_the_folder_belongs_to_it(tasks: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tasks / "more").symlink_to(tmp_path / "elsewhere")
    (tasks / "circle").symlink_to(tasks)
    allow(tasks)
    (tmp_path / "elsewhere" / "late.py").write_text("")
    with pytest.raises(UntrustedCode):
        ensure_trusted(KEY, str(tasks))


def test_a_pipe_in_the_folder_is_refused_and_not_read(tasks: Path) -> None:
    os.mkfifo(tasks / "waiting.py")
    with pytest.raises(BadInput, match=r"waiting\.py is a named pipe, not a file"):
        ensure_trusted(KEY, str(tasks))


@pytest.mark.parametrize("named", ["", "  ", "/nowhere/at/all", "a\0b"])
def test_nothing_is_asked_about_what_does_not_exist(named: str) -> None:
    assert code_place(KEY, named) is None
    ensure_trusted(KEY, named)


def test_a_damaged_list_allows_nothing(tasks: Path, tmp_path: Path) -> None:
    allow(tasks)
    for content in (b"", b"[]", b'{"a": 1}', b"\xff", b"[" * 100_000):
        (tmp_path / "config" / "trusted-code.json").write_bytes(content)
        with pytest.raises(UntrustedCode):
            ensure_trusted(KEY, str(tasks))


def test_every_setting_that_leads_to_code_is_asked_about(tasks: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "llama.cpp"
    checkout.mkdir()
    settings = with_values(Settings(), {KEY: str(tasks), "export.llama_cpp": str(checkout)})
    assert [place.setting for place in untrusted(settings)] == [KEY, "export.llama_cpp"]
    allow(tasks)
    ensure_settings_trusted(settings, KEY)
    with pytest.raises(UntrustedCode, match=r"export\.llama_cpp leads to"):
        ensure_settings_trusted(settings)
    assert all(is_trusted(place) for place in (code_place(KEY, str(tasks)),) if place)
    assert msgspec.json.decode((tmp_path / "config" / "trusted-code.json").read_bytes()).keys() == {str(tasks)}
