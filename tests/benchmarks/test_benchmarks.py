"""Every benchmark runs in its quick form, and the committed results have the shape and the tables of today's code."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.__main__ import DOCS, ROOT, main, run
from tests.benchmarks.markdown import markdown_table, write_json
from tests.benchmarks.section import SECTIONS, Bench, load_section
from tests.benchmarks.subject import Subject, tiny_subject

pytestmark = pytest.mark.slow

README = (DOCS / "README.md").read_text()
IN_PROCESS = [name for name in SECTIONS if name != "window"]


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return tiny_subject(tmp_path_factory.mktemp("subject"))


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


def shape(value: Any) -> Any:
    """Return the keys of nested JSON, with digits masked; the elements of a list count as alternatives."""
    if isinstance(value, dict):
        return frozenset((re.sub(r"\d+", "#", key), shape(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return ("list", frozenset(map(shape, value)))
    return "value"


def committed(name: str) -> Any:
    return json.loads((DOCS / f"{name}.json").read_text())


@pytest.mark.parametrize("name", IN_PROCESS)
def test_the_quick_form_writes_what_the_committed_json_holds(
    name: str,
    subject: Subject,
    work: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))
    run(name, Bench(lambda: subject, work, quick=True), tmp_path)
    assert shape(json.loads((tmp_path / f"{name}.json").read_text())) == shape(committed(name))
    assert "| --- |" in capsys.readouterr().out
    assert (tmp_path / f"{name}.svg").is_file() == (load_section(name).picture is not None)


def test_the_window_is_measured_by_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--only", "window", "--out", str(tmp_path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120, capture_output=True)
    assert shape(json.loads((tmp_path / "window.json").read_text())) == shape(committed("window"))


def test_the_quick_form_never_overwrites_the_committed_results(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--quick"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "--quick needs --out" in capsys.readouterr().err


def called(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
    return main()


def test_the_list_needs_no_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(monkeypatch, "--list", "--quick") == 0
    assert capsys.readouterr().out.split() == list(SECTIONS)


@pytest.mark.parametrize("content", [None, "{", "[]", "{}"])
@pytest.mark.parametrize("name", ["peers", "window"])
def test_results_that_cannot_be_shown_are_named_and_the_others_are_shown(
    name: str, content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / f"{name}.json").write_text(content)
    shutil.copy(DOCS / "fitness_speed.json", tmp_path)
    arguments = ("--show", "--only", name, "--only", "fitness_speed", "--out", str(tmp_path))
    assert called(monkeypatch, *arguments) == 1
    printed = capsys.readouterr()
    assert f"{name}.json" in printed.out + printed.err
    assert "| --- |" in printed.out


def test_a_damaged_result_is_not_resumed_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "format_matrix.json").write_text("{")
    arguments = ("--quick", "--resume", "--only", "format_matrix", "--out", str(tmp_path), "--work", str(tmp_path))
    assert called(monkeypatch, *arguments) == 1
    printed = capsys.readouterr().err
    assert f"{tmp_path / 'format_matrix.json'} is damaged; delete it to measure anew" in printed
    assert "Traceback" not in printed


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="2"):
        called(monkeypatch, "--quick", "--out", str(tmp_path / "file"))
    assert "cannot be written to" in capsys.readouterr().err


def test_results_are_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "peers.json"
    write_json(file, {"before": 1})
    with pytest.raises(TypeError):
        write_json(file, {"after": object()})
    assert json.loads(file.read_text()) == {"before": 1}
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", SECTIONS)
def test_the_page_shows_the_tables_of_the_committed_json(name: str) -> None:
    for rows in load_section(name).tables(committed(name)):
        assert markdown_table(rows) in README, f"paste what `python -m tests.benchmarks --only {name} --show` prints"


@pytest.mark.parametrize("name", SECTIONS)
def test_the_page_names_the_command_of_each_section(name: str) -> None:
    assert f"python -m tests.benchmarks --only {name}\n" in README


def test_every_committed_result_belongs_to_a_section() -> None:
    results = {path.stem for path in DOCS.iterdir() if path.suffix in (".json", ".svg")}
    assert results == set(SECTIONS)


def test_the_committed_picture_is_drawn_from_the_committed_json() -> None:
    drawn = {name: picture(committed(name)) for name, picture in _pictures()}
    assert drawn == {name: (DOCS / f"{name}.svg").read_text() for name in drawn}


def _pictures() -> Iterator[tuple[str, Any]]:
    for name in SECTIONS:
        if (picture := load_section(name).picture) is not None:
            yield name, picture
