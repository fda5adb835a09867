"""Bad inputs at the doors of the window that need no engine: projects, journals, settings, names and typed values.

The files are those of the command line's table. What each test collects is empty where every row was answered well.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractSpinBox, QDialog, QFileDialog, QLineEdit

from engine.api.project import Project
from engine.api.settings import Settings
from gui.dialogs.new_project import NewProjectDialog
from tests.engine.cli.bad_inputs import TABLE, BadInput, Make, file_with, files_in, folder_at, link_at, nothing, pipe_at
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow

JOURNAL = "project/runs/0001-pso/events.jsonl"
REFUSED = ("project: nowhere", "project: newer", "project: pipe", "project: loop", "project: device")
WORDS = {
    "project: nowhere": "There is no LayerSwarm project at",
    "project: settings list": "the settings of its latest run were taken",
    "project: two budgets": "got the default again (budget.percent)",
    "project: journal folder": "s a directory",
}
"""What the window states where it differs from the command line: a damaged project is mended."""
MENDED = "the damaged file is kept as project.damaged.layerswarm"
LINES = {
    "no JSON": "]]]",
    "deep": "[" * 10**5,
    "list": "[]",
    "unknown layer": '{"event":"layer_analysed","layer":-1,"kl":1.0,"perplexity":1.0,"seq":1}',
    "negative divergence": '{"event":"search_finished","removed":[1],"fitness":-5.0,"seq":1}',
    "half a character": '{"event":"message_logged","level":"info","message":"\\ud800","seq":1}',
    "NUL": "\0" * 5000,
}
SETTINGS: dict[str, tuple[str | bytes | Make, str]] = {
    "empty": ("", "is not a JSON file"),
    "list": ("[]", "holds no settings"),
    "deep": ("[" * 10**5, "is not a JSON file"),
    "binary": (b"\xff\xfe\x00", "is not a JSON file"),
    "project of another kind": ('{"settings": []}', "holds no settings"),
    "unknown stage of a model": ('{"settings": {"search": {"population": -5}}}', "search.population"),
    "half a character": ('{"settings": {"model": {"source": "\\ud800"}}}', "surrogates not allowed"),
    "half a character in a text": (
        '{"settings": {"calibration": {"source": "file", "path": "\\ud800"}}}',
        "surrogates not allowed",
    ),
    "enormous number": ('{"settings": {"search": {"seed": 1' + "0" * 5000 + "}}}", "is not a JSON file"),
    "beyond": ('{"settings": {"search": {"seed": 1' + "0" * 400 + "}}}", "search.seed"),
    "two budgets": ('{"settings": {"budget": {"layers": 2, "percent": 5.0}}}', "exactly one of"),
    "pipe": (pipe_at("settings.json"), "is a named pipe"),
    "loop": (link_at("settings.json", "settings.json"), "symbolic links"),
    "device": (link_at("settings.json", "/dev/zero"), "is a device"),
    "folder": (folder_at("settings.json"), "s a directory"),
    "missing": (nothing, "No such file"),
    "large": ('{"settings": {}}' + " " * (1 << 25), "is larger than"),
}
NAMES = {
    "": "Enter a name",
    " ": "Enter a name",
    ".": "cannot contain",
    "..": "cannot contain",
    "a/b": "cannot contain",
    "../up": "cannot contain",
    "a\\b": "cannot contain",
    'a"b': "cannot contain",
    "a\0b": "invisible characters",
    "a\nb": "invisible characters",
    "a\x1b[31mb": "invisible characters",
    "a\u202eb": "invisible characters",
    "\ud800": "Enter a name",
    "n" * 300: "too long",
    "full": "is not empty",
    "file": "is not empty",
}
PLACES = {
    "": "Enter a name and a location",
    "below/file": "is not a folder",
    "\0": "invisible characters",
    "x" * 5000: "too long",
    "loop": "is not a folder",
}
TYPED = (
    "",
    " ",
    "-1",
    "NaN",
    "inf",
    "1e99",
    "9" * 400,
    "evil",
    "../..",
    "a\x1b[31mb",
    "\u202eabc",
    "x" * 5000,
    "[" * 5000,
)


@pytest.fixture
def person(make_person: PersonMaker, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return a person in front of a window whose dialogs would block the test."""

    def block(dialog: QDialog) -> int:
        raise AssertionError(f"{dialog.windowTitle()} waits for an answer")

    monkeypatch.setattr(QDialog, "exec", block)
    return make_person()


class Listener:
    """Collects the sentences that a window shows, until they are taken."""

    def __init__(self, person: Person) -> None:
        self._said: list[str] = []
        person.session.problem.connect(self._said.append)

    def take(self) -> str:
        """Return and forget what was said."""
        said = " ".join(self._said)
        self._said.clear()
        return said


@pytest.fixture
def sound(tmp_path: Path) -> Callable[[], Path]:
    """Make folders that each hold a project with an empty run."""
    made = Project.create(tmp_path / "sound" / "project", Settings())
    made.new_run().journal_path.touch()
    numbers = iter(range(1000))

    def copy() -> Path:
        place = tmp_path / f"{next(numbers):03d}"
        shutil.copytree(tmp_path / "sound", place)
        return place

    return copy


def faults(said: str, words: str) -> Iterator[str]:
    """Yield what is wrong with an answer."""
    if words not in said:
        yield f"says {said!r}, not {words!r}"
    if "Traceback" in said or "nexpected" in said or len(said) > 2000:
        yield f"is no sentence: {said[:200]!r}"


def is_mended(row: BadInput) -> bool:
    return row.name not in REFUSED and "journal" not in row.name


def test_a_damaged_project_is_mended_or_refused_in_a_sentence(person: Person, sound: Callable[[], Path]) -> None:
    rows = [row for row in TABLE if row.name.startswith("project: ") and "runs" in row.arguments[0]]
    assert len(rows) > 15
    listener, wrong = Listener(person), {}
    for row in rows:
        place = sound()
        row.make(place)
        before, shown = files_in(place), person.session.project
        person.session.open(place / row.arguments[-1])
        person.waits_for_rest()
        found = list(faults(listener.take(), WORDS.get(row.name, MENDED if is_mended(row) else row.words)))
        changed = {name for name, *_ in files_in(place)} ^ {name for name, *_ in before}
        if (row.name in REFUSED) != (person.session.project is shown):
            found.append("is opened, or not")
        allowed = {"project/project.damaged.layerswarm"} if is_mended(row) else set()
        if changed - allowed:
            found.append(f"changes {changed}")
        wrong |= {row.name: found} if found else {}
    assert wrong == {}


def test_a_journal_that_lies_is_shown_without_its_lies(person: Person, sound: Callable[[], Path]) -> None:
    listener, wrong = Listener(person), {}
    for name, line in LINES.items():
        place = sound()
        (place / JOURNAL).write_text(f'{{"event":"stage_started","stage":"model","seq":1}}\n{line}\n')
        before = files_in(place)
        person.session.open(place / "project")
        person.waits_for_rest()
        found = list(faults(listener.take(), "cannot be used"))
        if person.session.state.stage != "model":
            found.append("the good line is lost")
        if files_in(place) != before:
            found.append("something is written")
        wrong |= {name: found} if found else {}
    assert wrong == {}


def test_settings_of_a_bad_file_are_not_taken(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = new_project(tmp_path / "project")
    person.opens(project.folder)
    plan, listener, wrong = person.plan, Listener(person), {}
    for number, (name, (content, words)) in enumerate(SETTINGS.items()):
        place = tmp_path / str(number)
        place.mkdir()
        make = content if callable(content) else file_with("settings.json", content)
        make(place)
        file = str(place / "settings.json")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, file=file: (file, ""))
        before = files_in(project.folder)
        person.clicks(plan.share.import_)
        found = list(faults(listener.take(), words))
        if files_in(project.folder) != before:
            found.append("the project has changed")
        wrong |= {name: found} if found else {}
    assert wrong == {}


def test_settings_are_not_exported_to_a_bad_place(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.opens(new_project(tmp_path / "project").folder)
    (tmp_path / "file").touch()
    listener = Listener(person)
    for name in ("file/x.json", "project", "no\0where", "n" * 300):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        person.clicks(person.plan.share.export)
        assert not list(faults(listener.take(), "cannot be written")), name
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "window.ini") == ["file", "project"]


@pytest.fixture
def dialog(person: Person, tmp_path: Path) -> NewProjectDialog:
    place = tmp_path / "place"
    (place / "full").mkdir(parents=True)
    (place / "full" / "x").touch()
    (place / "file").touch()
    (place / "loop").symlink_to("loop")
    made = NewProjectDialog("New project", "", "my-model", place, person.window)
    person.qtbot.addWidget(made)
    return made


def test_a_name_that_no_folder_can_have_is_refused_while_it_is_typed(dialog: NewProjectDialog) -> None:
    said = {}
    for name in NAMES:
        dialog.name.setText(name)
        said[name] = dialog.verdict.text()
        assert not dialog.accept_button.isEnabled(), repr(name)
    assert {name: words for name, words in said.items() if NAMES[name] not in words} == {}


def test_a_place_that_cannot_hold_a_project_is_refused_while_it_is_typed(dialog: NewProjectDialog) -> None:
    place = dialog.place.text()
    (Path(place) / "below").mkdir()
    (Path(place) / "below" / "file").touch()
    said = {}
    for given in PLACES:
        dialog.place.setText(f"{place}/{given}" if given else "")
        said[given] = dialog.verdict.text()
        assert not dialog.accept_button.isEnabled(), repr(given)
    assert {given: words for given, words in said.items() if PLACES[given] not in words} == {}


def test_whatever_is_typed_into_a_setting_the_project_stays_one(person: Person, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    person.opens(project.folder)
    plan = person.plan
    person.unfolds_everything()
    fields = [each for kind in (QLineEdit, QAbstractSpinBox) for each in plan.findChildren(kind)]
    lines = [each if isinstance(each, QLineEdit) else each.lineEdit() for each in fields if each.isVisible()]
    assert len(lines) > 40
    listener = Listener(person)
    for line in dict.fromkeys(lines):
        for typed in TYPED:
            line.setText(typed)
            (line.parent() if isinstance(line.parent(), QAbstractSpinBox) else line).editingFinished.emit()
            assert not list(faults(listener.take(), "")), (line.accessibleName(), typed[:20])
            assert Project.open(project.folder).settings == person.session.settings
    person.waits_for_rest()
