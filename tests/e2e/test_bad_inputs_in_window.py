"""Bad models, texts and folders in the real window with the real engine: one sentence, and nothing is written.

The rows are those of the command line's table. What each test collects is empty where every row was answered well.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from engine.api.editing import with_values
from engine.api.errors import LayerSwarmError
from engine.api.project import Project
from engine.api.settings import Settings
from engine.model_files.first_look import check_at_first_look
from tests.engine.cli.bad_inputs import TABLE, BadInput, files_in
from tests.engine.pipeline.cases import run, small_project
from tests.engine.tiny_models import save_tiny
from tests.gui.driving import Person

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_engine")]

EVERY = 12
"""All rows go through the same engine, and the command line tries each; these show that the window takes them."""
_GROUPED = re.compile(r"(?<=\d)\u202f(?=\d{3})")
"""What stands between the thousands in the window, where the command line has a comma."""
_NAME = re.compile(r"( ?'[^']*'| \S+)$")
"""The name of a file at the end of the words, which is a whole path here."""


@pytest.fixture(autouse=True)
def _no_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    def block(dialog: QDialog) -> int:
        raise AssertionError(f"{dialog.windowTitle()} waits for an answer")

    monkeypatch.setattr(QDialog, "exec", block)


@pytest.fixture
def places(tmp_path: Path) -> Callable[[BadInput], Path]:
    """Make folders that each hold a sound model and what a row puts beside it or in its place."""
    save_tiny("llama", tmp_path / "sound" / "model")
    numbers = iter(range(1000))

    def make(row: BadInput) -> Path:
        place = tmp_path / f"{next(numbers):03d}"
        shutil.copytree(tmp_path / "sound", place)
        row.make(place)
        return place

    return make


def open_project(person: Person, folder: Path, place: Path) -> None:
    """Open a new project on the sound model of a place; the demo model would be downloaded."""
    settings = with_values(Settings(), {"model.source": str(place / "model")})
    person.window.projects.open_path(Project.create(folder / "project", settings).folder)
    person.waits_for_rest()


def rows_of(*beginnings: str) -> list[BadInput]:
    return [row for row in TABLE if row.name.startswith(beginnings)]


def faults(row: BadInput, said: str, before: object, place: Path) -> Iterator[str]:
    """Yield what is wrong with an answer."""
    words = _NAME.sub("", row.words) if row.words.startswith("There is no") else row.words
    if words not in " ".join(_GROUPED.sub(",", said).split()):
        yield f"says {said!r}, not {words!r}"
    if "Traceback" in said or "nexpected" in said or len(said) > 2000:
        yield f"is no sentence: {said[:200]!r}"
    if files_in(place) != before:
        yield "something is written"


def test_a_model_that_cannot_be_used_is_named_in_the_notice(
    person: Person, places: Callable[[BadInput], Path], tmp_path: Path
) -> None:
    rows = rows_of("model: ")[::EVERY] + rows_of("GGUF: ", "source: ")[::3]
    assert len(rows) > 10
    open_project(person, tmp_path, places(BadInput("", (), "")))
    wrong = {}
    for row in rows:
        place, source = places(row), row.arguments[1]
        before = files_in(place)
        person.window.notice.hide()
        given = str(place / source) if source.strip() and "\0" not in source else source
        person.model.hub_client.choice.use(given)
        person.waits_for_rest()
        said = person.window.notice.sentence.text() if person.window.notice.isVisible() else ""
        if found := list(faults(row, said, before, place)):
            wrong[row.name] = found
    assert wrong == {}


def test_every_model_that_its_files_show_to_be_none_is_refused_without_an_engine(
    person: Person, places: Callable[[BadInput], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_project(person, tmp_path, places(BadInput("", (), "")))
    monkeypatch.setattr(person.session, "inspect_now", lambda: pytest.fail("an engine is started"))
    wrong, refused, settings = {}, 0, person.session.settings
    for row in rows_of("model: ", "GGUF: ", "source: "):
        place, source = places(row), row.arguments[1]
        given = str(place / source) if source.strip() and "\0" not in source else source
        if not is_refused_at_first_look(given):
            continue
        before, refused = files_in(place), refused + 1
        person.window.notice.hide()
        person.model.hub_client.choice.use(given)
        said = person.window.notice.sentence.text() if person.window.notice.isVisible() else ""
        if found := list(faults(row, said, before, place)):
            wrong[row.name] = found
    assert wrong == {}
    assert refused > 40
    assert person.session.settings == settings


def is_refused_at_first_look(source: str) -> bool:
    try:
        check_at_first_look(source)
    except (LayerSwarmError, OSError):
        return True
    return False


def test_a_text_that_cannot_be_read_is_named_where_it_is_chosen(
    person: Person, places: Callable[[BadInput], Path], tmp_path: Path
) -> None:
    open_project(person, tmp_path, places(BadInput("", (), "")))
    preview, wrong = person.plan.calibration.preview, {}
    for row in rows_of("text: ")[::3]:
        place = places(row)
        before = files_in(place)
        person.session.change(
            {"calibration.source": "file", "calibration.path": str(place / row.arguments[-1])}, "Choose text"
        )
        preview.look.click()
        person.waits_for_rest()
        if found := list(faults(row, preview.verdict.text(), before, place)):
            wrong[row.name] = found
    assert wrong == {}


def test_a_folder_that_takes_no_export_is_named(person: Person, places: Callable[[BadInput], Path]) -> None:
    place = places(BadInput("", (), ""))
    project = small_project(place)
    run(project, until="search")
    person.window.projects.open_path(project.folder)
    person.waits_for_rest()
    choice, wrong = person.export.choice, {}
    for row in rows_of("target: "):
        target = place / row.arguments[-1]
        for left in (place / "t.txt", place / "p"):
            left.unlink(missing_ok=True)
        row.make(place)
        before = [each for each in files_in(place) if "/events.jsonl" not in each[0]]
        choice.folder.setText(str(target))
        person.window.notice.hide()
        person.clicks(choice.export)
        person.waits_for_rest()
        after = [each for each in files_in(place) if "/events.jsonl" not in each[0]]
        said = person.window.notice.sentence.text() if person.window.notice.isVisible() else ""
        found = [each for each in faults(row, said, before, place) if "is written" not in each]
        if after != before:
            found.append(f"writes {set(after) ^ set(before)}")
        if found:
            wrong[row.name] = found
    assert wrong == {}
