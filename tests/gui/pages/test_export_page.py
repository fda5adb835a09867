"""The Export page: formats and their requirements, small devices, checks, and the upload to the Hub."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from engine.api.events import AnyEvent, ExportVerified, StageStarted
from engine.api.run_state import RunState
from tests.gui import canned
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
    folder = person.export.choice.path
    assert folder.name == "0001-pso-recovered-gguf-q8_0"
    person.clicks(person.export.choice.export)
    person.waits_for_rest()
    (written,) = person.session.state.exports.values()
    assert (written.format, written.folder) == ("gguf:q8_0", str(folder))
    assert person.export.checks.isVisible()


def picks(box: QComboBox, value: str) -> None:
    """Choose an entry of an open list with the mouse."""
    box.showPopup()
    QTest.qWait(QApplication.doubleClickInterval() + 50)  # until then Qt takes a release for the end of the opening
    view = box.view()
    index = box.model().index(box.findData(value), 0)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_choice_by_mouse_or_keys_is_explained_at_once(person: Person) -> None:
    choice = person.export.choice
    picks(choice.target, "gguf")
    assert choice.explanation.text().startswith("One file for llama.cpp, Ollama, LM Studio and others")
    assert choice.path.name == f"0001-pso-recovered-{choice.format.folder_name}"
    picks(choice.precision, "q4_0")
    assert "smallest and fastest on ARM" in choice.explanation.text()
    assert choice.path.name == "0001-pso-recovered-gguf-q4_0"
    choice.target.setFocus()
    QTest.keyClick(choice.target, Qt.Key.Key_Home)
    assert choice.format.target == "safetensors"
    assert choice.explanation.text().startswith("A plain model folder for transformers")
    assert choice.path.name == "0001-pso-recovered"


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
    assert "F16" in edge.sentence.text()
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


def test_the_code_to_copy_names_the_export(person: Person) -> None:
    place = person.export.choice.path
    person.clicks(person.export.choice.export)
    person.waits_for_rest()
    (block,) = person.export.steps.blocks
    person.clicks(block.copy)
    assert f'AutoModelForCausalLM.from_pretrained("{place.as_posix()}")' in QGuiApplication.clipboard().text()


def test_the_best_model_is_offered_until_a_person_chooses_another(person: Person) -> None:
    page, choice = person.export, person.export.choice

    def offered(events: list[AnyEvent], is_chosen: bool = False) -> str:
        person.session.state = RunState.replay(events)
        if not is_chosen:
            choice.clear()
        page.refresh()
        return choice.variant

    whole = canned.run_events(person.session.settings)
    searched = canned.until_stage(whole, "recover", share=0.0)
    assert offered(searched) == "pruned"
    for event in canned.compensation():
        person.session.state.apply(event)
    page.refresh()
    assert choice.variant == "compensated", "it is better than the pruned one, and nobody has chosen"
    person.clicks(next(each for each in choice.variants.buttons() if each.property("value") == "pruned"))
    assert offered(whole, is_chosen=True) == "pruned"
    assert offered(whole) == "recovered"


def test_an_export_that_failed_does_not_show_what_the_one_before_it_wrote(person: Person) -> None:
    page = person.export
    person.clicks(page.choice.export)
    person.waits_for_rest()
    assert page.steps.isVisible()
    failed = ExportVerified(check="logits", passed=False, detail="difference 3.1")
    person.session._fold([StageStarted(stage="export")])
    page.refresh()
    assert said(page.checks) == []
    person.session._fold([failed])
    page.refresh()
    assert said(page.checks) == ["✕", "Logits", "difference 3.1"]
    assert "not finished" in page._written.text()
    assert not page.steps.isVisible()
    assert not page.push.isVisible()


def said(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # widgets laid out on a visible page are shown by the event loop
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def test_during_an_export_the_one_before_is_not_shown_and_the_run_cannot_be_discarded(
    make_person: PersonMaker, tmp_path: Path
) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    person = make_person("--pace", "0.03")
    person.opens(project.folder)
    page, discard = person.export, person.window.bar.discard
    assert page.steps.isVisible()
    assert discard.isVisible()
    person.session.has_begun = True  # as after a run in this window
    person.clicks(page.choice.export)
    person.qtbot.waitUntil(lambda: not page.steps.isVisible(), timeout=20_000)
    assert page._written.text() == "Writing…"
    assert not discard.isVisible()
    person.waits_for_rest()
    assert "0001-pso-recovered-2" in page.steps.codes[0]
    assert discard.isVisible()


def test_places_are_relative_to_the_project_and_follow_it(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "old")
    add_run(project)
    moved = project.folder.rename(tmp_path / "new")
    person = make_person()
    person.opens(moved)
    page = person.export
    assert page.choice.folder.text() == str(Path("exports", "0001-pso-recovered-2"))
    assert page._written.text().replace("\u200b", "").endswith(f"in {Path('exports', '0001-pso-recovered')}")
    assert str(moved / "exports" / "0001-pso-recovered") in page.steps.codes[0]
    shutil.rmtree(moved / "exports")
    page.refresh()
    assert page._written.text().endswith("It is no longer there.")
    assert not page.steps.isVisible()


def test_precisions_are_compared_and_chosen_with_a_click(person: Person) -> None:
    page = person.export
    card = page.precisions
    assert not card.isVisible(), "safetensors leave no choice"
    choose(person, "gguf", "f16")
    names = [str(card.table.index(row, 0).data()) for row in range(card.table.rowCount())]
    assert names[:4] == ["F16", "BF16", "F32", "Q8_0"]
    assert "Q4_K_M" in names
    assert card.view.currentIndex().row() == 0
    card.view.clicked.emit(card.table.index(names.index("Q8_0"), 0))
    assert str(page.choice.format) == "gguf:q8_0"
    assert page.choice.precision.currentText() == "Q8_0"
    speeds = [str(card.table.index(row, 5).data()) for row in range(card.table.rowCount())]
    card.device.setCurrentIndex(card.device.count() - 1)
    card.device.activated.emit(card.device.count() - 1)
    assert [str(card.table.index(row, 5).data()) for row in range(card.table.rowCount())] != speeds


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
