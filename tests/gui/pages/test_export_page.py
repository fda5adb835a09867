"""The Export page: formats and their requirements, small devices, checks, and the upload to the Hub."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from gui.words.loading_snippet import loading_snippet
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person on the Export page of a whole run that has not been exported."""
    project = new_project(tmp_path / "project")
    add_run(project, exported=False)
    person = make_person()
    person.opens(project.folder)
    assert person.export.isVisible()
    person.waits_for_rest()
    return person


def choose(person: Person, target: str, precision: str = "") -> None:
    """Choose a format and a precision, as with the mouse."""
    choice = person.export.choice
    for box, value in ((choice.target, target), (choice.precision, precision)):
        place = box.findData(value)
        assert place >= 0
        box.setCurrentIndex(place)
        box.activated.emit(place)


def test_a_format_is_exported_into_a_folder_named_after_it(person: Person) -> None:
    choose(person, "gguf", "q8_0")
    folder = Path(person.export.choice.folder.text())
    assert folder.name == "0001-pso-recovered-gguf-q8_0"
    person.clicks(person.export.choice.export)
    person.waits_for_rest()
    (written,) = person.session.state.exports.values()
    assert (written.format, written.folder) == ("gguf:q8_0", str(folder))
    assert person.export.checks.isVisible()


def test_what_cannot_be_written_says_what_it_needs(person: Person) -> None:
    choice = person.export.choice
    choose(person, "onnx", "fp32")
    assert choice.needs.text() == "Install layerswarm[onnx] to write this format."
    assert not choice.export.isEnabled()
    choose(person, "gguf", "q4_0")
    assert "llama-quantize" in choice.needs.text()
    assert not choice.export.isEnabled()
    choose(person, "gguf", "f16")
    assert "have it tried" in choice.needs.text()
    assert choice.export.isEnabled()


def test_the_devices_are_weighed_in_the_chosen_precision(person: Person) -> None:
    edge = person.export.edge
    choose(person, "gguf", "f16")
    large = edge._cells[1][3].text()
    assert "f16" in edge.sentence.text()
    choose(person, "gguf", "q8_0")
    assert edge._cells[1][0].text() == "Raspberry Pi 5, 2 GB"
    assert edge._cells[1][3].text() != large
    assert "fits" in edge._cells[1][3].text()
    assert "tokens/s" in edge._cells[1][4].text()


def test_an_export_goes_to_the_hub_under_a_name(person: Person) -> None:
    push = person.export.push
    assert not push.isVisible()
    person.clicks(person.export.choice.export)
    person.waits_for_rest()
    assert push.private.isChecked()
    push.repo.setText("nobody")
    assert not push.push.isEnabled()
    push.repo.setText("somebody/smaller")
    person.clicks(push.push)
    person.waits_for_rest()
    assert push.address.text() == "Uploaded to https://hub.example/somebody/smaller"


def test_the_code_is_that_of_the_models_own_card(person: Person, tmp_path: Path) -> None:
    for name in ("model-q8_0.gguf", "._model-q8_0.gguf"):
        (tmp_path / name).touch()
    card = '# m\n\n## Use\n\n```\nllama-cli -m FILE.gguf -p "Once"\n```\n\n## Repeat\n```\nno\n```\n'
    (tmp_path / "README.md").write_text(card)
    assert loading_snippet(tmp_path) == f'llama-cli -m "{tmp_path / "model-q8_0.gguf"}" -p "Once"'
    person.clicks(person.export.choice.export)
    person.waits_for_rest()
    person.clicks(person.export.copy)
    assert "from_pretrained" in QGuiApplication.clipboard().text()
    assert (
        person.export.choice.folder.text() in QGuiApplication.clipboard().text()
        or "recovered" in person.export.snippet.text()
    )


def devices(person: Person) -> list[list[str]]:
    return [[cell.text() for cell in row] for row in person.export.edge._cells]


def half_drawn(person: Person) -> None:
    """Redraw the table of devices, and stop after its first rows."""
    page, scheduler = person.export, person.session.scheduler
    page.edge._shown = None
    page.edge._cells[1][0].setText("old")
    person.session.jobs.changed.emit()
    while page.edge._cells[1][0].text() == "old":
        scheduler._run_next_step()
    assert scheduler.has_work(page)


def test_devices_are_all_drawn_when_the_page_was_left_halfway(person: Person) -> None:
    rows = devices(person)
    person.export.edge._cells[-1][0].setText("old")
    half_drawn(person)
    person.window.show_page("model")
    person.waits_for_rest()
    assert person.export.isVisible()
    person.waits_for_rest()
    assert devices(person) == rows


def test_devices_are_those_of_a_context_that_was_changed_halfway(person: Person) -> None:
    half_drawn(person)
    person.session.change({"edge.context": 4 * person.session.settings.edge.context}, "Change context")
    person.waits_for_rest()
    shown = devices(person)
    person.export.edge._shown = None
    person.export.refresh()
    assert shown == devices(person)
