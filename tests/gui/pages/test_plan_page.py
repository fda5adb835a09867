"""The Plan page: every change is saved at once, shows its effect, and can be undone."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
)
from pytestqt.qtbot import QtBot

from engine.api.algorithms import search_algorithm, search_algorithms
from engine.api.project import Project
from engine.api.recovery_settings import ONLY_FOR_LORA
from engine.api.settings import BudgetSettings, SearchSettings
from gui.pages.plan_budget_row import BudgetRow, BudgetUnit, size_unit
from gui.project.settings_info import info
from gui.widgets.setting_rows import SettingRows
from gui.words.setting_names import _names, setting_groups
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project
from tests.gui.words.test_formatting import plain

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person on the Plan page of a project whose model is known."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    assert person.plan.isVisible()
    return person


def saved(person: Person) -> Project:
    """Return the project as it is on disk."""
    assert person.session.project is not None
    return Project.open(person.session.project.folder)


def radio(person: Person, kind: str) -> QAbstractButton:
    """Return the button that chooses one unit of the budget."""
    return next(each for each in person.plan.budget.radios.buttons() if each.property("kind") == kind)


def test_a_budget_in_layers(person: Person) -> None:
    person.plan.budget.rows["layers"].field.setValue(7)
    assert saved(person).settings.budget == BudgetSettings(layers=7)
    assert person.plan.budget.figures["left"].text == "23"
    assert plain(person.plan.budget.figures["share"].text) == "18.4 %"


def test_a_budget_in_percent(person: Person) -> None:
    person.clicks(radio(person, "percent"))
    person.plan.budget.rows["percent"].field.setValue(15.0)
    assert saved(person).settings.budget == BudgetSettings(percent=15.0)
    assert person.plan.budget.rows["layers"].field.value() == 6


def test_a_budget_as_a_size(person: Person) -> None:
    person.clicks(radio(person, "megabytes"))
    person.plan.budget.rows["megabytes"].field.setValue(200.0)
    assert saved(person).settings.budget == BudgetSettings(megabytes=200.0)
    assert person.plan.budget.rows["layers"].field.value() == 10
    assert plain(person.plan.budget.figures["bytes"].text) == "198.2 MB"


def test_a_budget_as_a_decode_speed_up(person: Person) -> None:
    person.clicks(radio(person, "speedup"))
    person.plan.budget.rows["speedup"].field.setValue(1.25)
    assert saved(person).settings.budget == BudgetSettings(speedup=1.25)
    assert person.plan.budget.rows["layers"].field.value() == 8
    assert float(person.plan.budget.figures["speed"].text.split()[0]) >= 1.25


def test_the_sliders_go_from_nothing_to_everything_that_may_go(person: Person) -> None:
    before = saved(person).settings
    for kind, row in person.plan.budget.rows.items():
        assert saved(person).settings == before, kind
        assert row.slider.isEnabled(), kind
        start, end = row.slider.minimum(), row.slider.maximum()
        if kind == "megabytes":
            start, end = end, start
        row.slider.setValue(end)
        assert person.plan.budget.figures["left"].text == "3", kind
        assert not person.plan.budget.verdict.isVisible(), kind
        row.slider.setValue(start)
        assert person.plan.budget.figures["left"].text == "30", kind
        while person.window.actions_.undo.isEnabled():
            person.window.actions_.undo.trigger()


def test_the_size_of_a_very_large_model_fits_its_field(qtbot: QtBot) -> None:
    row = BudgetRow(BudgetUnit("megabytes", "Resulting size", "at most", " MB", 1, 1e8))
    qtbot.addWidget(row.field)
    row.set_range(20_000.0, 1_403_727.2)
    row.show_number(1_403_727.2)
    row.field.show()
    edit = row.field.lineEdit()
    assert row.field.text() == "1403727.2 MB"
    assert edit.fontMetrics().horizontalAdvance(edit.text()) <= edit.width()


@pytest.mark.parametrize(
    ("size", "shown"), [(8.3e4, "61.5 kB"), (269.1e6, "199.4 MB"), (1.404e12, "1040.364 GB")], ids=["kB", "MB", "GB"]
)
def test_sizes_are_in_a_unit_that_suits_the_model(qtbot: QtBot, size: float, shown: str) -> None:
    row = BudgetRow(BudgetUnit("megabytes", "Resulting size", "at most", " MB", 1, 1e8))
    qtbot.addWidget(row.field)
    row.show_in(size_unit(size))
    row.set_range(0.4 * size / 1e6, size / 1e6)
    row.show_number(0.741 * size / 1e6)
    assert row.field.text() == shown
    assert row.number == pytest.approx(0.741 * size / 1e6, rel=1e-3)
    assert 0 < row.slider.value() < row.slider.maximum()


def test_a_slider_shows_what_it_comes_to_while_it_is_dragged_and_saves_in_the_end(person: Person) -> None:
    row = person.plan.budget.rows["layers"]
    row.slider.setSliderDown(True)
    row.slider.setSliderPosition(9)
    assert person.plan.budget.figures["left"].text == "21"
    assert row.field.value() == 9
    assert saved(person).settings.budget == BudgetSettings(layers=5)
    row.slider.setSliderDown(False)
    assert saved(person).settings.budget == BudgetSettings(layers=9)


def test_the_strip_shows_what_the_analysis_found(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    strip = person.plan.budget.strip
    assert "The fuller a cell" in person.plan.budget.strip_note.text()
    assert "without it" in strip._words_for(12)
    costs = {layer: event.kl for layer, event in person.session.state.layers.items()}
    assert max(costs, key=costs.__getitem__) == max(strip._importance, key=strip._importance.__getitem__)


def test_layers_are_protected_with_the_keyboard(person: Person) -> None:
    strip = person.plan.budget.strip
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        person.qtbot.keyClick(strip, key)
    assert saved(person).settings.analysis.protected == (0, 1, 2, 29)


def test_saying_the_same_budget_in_another_way_keeps_the_layers(person: Person) -> None:
    for kind in ("percent", "megabytes", "layers", "speedup", "megabytes", "percent"):
        person.clicks(radio(person, kind))
        assert person.plan.budget.rows["layers"].field.value() == 5, kind
        assert person.plan.budget.figures["left"].text == "25"


def test_only_the_field_that_counts_can_be_changed(person: Person) -> None:
    budget = person.plan.budget
    person.clicks(radio(person, "percent"))
    assert [field.isEnabled() for field in [row.field for row in budget.rows.values()]] == [True] * 4
    assert [each.isChecked() for each in budget.radios.buttons()] == [False, True, False, False]


def test_a_budget_out_of_reach_says_what_is_within(person: Person) -> None:
    person.plan.budget.rows["layers"].field.setValue(28)
    assert person.plan.budget.verdict.isVisible()
    assert "only 27 of 30 may be removed" in person.plan.budget.verdict.text()
    assert person.window.sidebar.steps.step("plan").state == "problem"
    assert not person.window.bar.start.isEnabled()
    assert person.plan.budget.rows["percent"].field.text() == "–"
    person.plan.budget.rows["layers"].field.setValue(27)
    assert not person.plan.budget.verdict.isVisible()
    assert person.window.bar.start.isEnabled()
    assert plain(person.plan.budget.rows["percent"].field.text()) == "71.0 %"


@pytest.mark.parametrize("kind", ["percent", "megabytes", "speedup"])
def test_a_budget_out_of_reach_keeps_its_amount_in_another_unit(person: Person, kind: str) -> None:
    person.plan.budget.rows["layers"].field.setValue(28)
    person.clicks(radio(person, kind))
    assert person.plan.budget.verdict.isVisible()
    assert getattr(saved(person).settings.budget, kind) == person.plan.budget.rows[kind].number
    person.clicks(radio(person, "layers"))
    assert saved(person).settings.budget == BudgetSettings(layers=28)


def test_no_slider_stands_anywhere_before_the_model_is_read(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--fault", "bad-input")
    person.opens(new_project(tmp_path / "project").folder)
    assert person.session.plan_model is None
    assert not any(row.slider.isVisible() for row in person.plan.budget.rows.values())


def test_every_preset_bears_what_it_would_take(person: Person) -> None:
    person.clicks(person.plan.device.estimate)
    person.waits_for_rest()
    for name in ("No training", "Quick", "Balanced", "Thorough"):
        button = person.plan.presets.button(name)
        assert plain(button.text()).endswith("\n8 min 52 s · 1.0 GB")
        assert plain(button.accessibleName()).endswith(f"{name}, 8 min 52 s · 1.0 GB")


def test_a_plan_that_was_estimated_before_is_not_estimated_again(person: Person) -> None:
    person.clicks(person.plan.device.estimate)
    person.waits_for_rest()
    person.clicks(person.plan.presets.button("Thorough"))
    assert person.session.local_devices.estimated_settings == person.session.settings
    assert "latest change" not in person.plan.device.verdict.text()


def test_a_click_on_a_layer_protects_it(person: Person) -> None:
    strip = person.plan.budget.strip
    person.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell(14).center().toPoint())
    assert saved(person).settings.analysis.protected == (0, 1, 14, 29)
    person.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell(0).center().toPoint())
    assert saved(person).settings.analysis.protected == (1, 14, 29)
    person.clicks(person.plan.budget.reset)
    assert saved(person).settings.analysis.protected is None


def test_every_algorithm_of_the_engine_can_be_chosen(person: Person) -> None:
    search = person.plan.search
    buttons = {button.property("value"): button for button in search.algorithms.buttons()}
    assert {key for key, button in buttons.items() if button.isVisible()} == {"pso", "woa"}
    person.clicks(search.others.toggle)
    assert set(buttons) == {each.key for each in search_algorithms()}
    for algorithm in [*(key for key in buttons if key != "pso"), "pso"]:  # which is chosen at first
        person.clicks(buttons[algorithm])
        assert saved(person).settings.search.algorithm == algorithm
        assert person.plan.search.population.isEnabled() == (search_algorithm(algorithm).cost == "population")


def test_a_preset_is_one_step_of_undo(person: Person) -> None:
    before = saved(person).settings
    for preset, steps in {"Quick": 48, "Thorough": 2048}.items():
        person.clicks(person.plan.presets.button(preset))
        assert saved(person).settings.recovery.steps == steps
        assert person.plan.recovery.steps.value() == steps
        person.window.actions_.undo.trigger()
        assert saved(person).settings == before
        assert person.plan.presets.button("Balanced").isChecked()


def test_an_amount_of_ones_own_is_no_preset(person: Person) -> None:
    person.plan.search.iterations.setValue(16)
    assert not any(person.plan.presets.button(name).isChecked() for name in ("Quick", "Balanced", "Thorough"))


def test_undo_and_redo_walk_through_the_changes(person: Person) -> None:
    undo, redo = person.window.actions_.undo, person.window.actions_.redo
    person.plan.search.seed.setValue(3)
    person.plan.search.population.setValue(30)
    undo.trigger()
    assert (saved(person).settings.search.seed, saved(person).settings.search.population) == (3, 20)
    undo.trigger()
    assert saved(person).settings.search.seed == 0
    assert person.plan.search.seed.value() == 0
    assert not undo.isEnabled()
    redo.trigger()
    redo.trigger()
    assert saved(person).settings.search.population == 30


def test_turning_one_knob_is_one_step_of_undo(person: Person) -> None:
    for value in (6, 7, 8, 9):
        person.plan.budget.rows["layers"].field.setValue(value)
    person.window.actions_.undo.trigger()
    assert person.plan.budget.rows["layers"].field.value() == 5


def test_a_text_file_counts_once_it_is_named(person: Person) -> None:
    field = person.plan.calibration.source
    field.source.setCurrentIndex(field.source.findData("file"))
    field.source.activated.emit(field.source.currentIndex())
    assert saved(person).settings.calibration.source == "self"
    assert field.hint.isVisible()
    person.qtbot.keyClicks(field.name, "/texts/mine.txt")
    person.qtbot.keyClick(field.name, Qt.Key.Key_Return)
    calibration = saved(person).settings.calibration
    assert (calibration.source, calibration.path) == ("file", "/texts/mine.txt")


@pytest.mark.parametrize("part", ["calibration", "recovery"])
@pytest.mark.parametrize("source", ["file", "dataset"])
def test_a_source_without_a_name_shows_nothing_of_another_and_keeps_the_plan_from_starting(
    person: Person, part: str, source: str
) -> None:
    card = getattr(person.plan, part)
    person.clicks(card.preview.look)
    person.waits_for_rest()
    assert card.preview.text.isVisible()
    field = card.source
    field.source.setCurrentIndex(field.source.findData(source))
    field.source.activated.emit(field.source.currentIndex())
    assert not card.preview.text.isVisible()
    assert not card.preview.look.isEnabled()
    assert not person.window.bar.start.isEnabled()
    assert field.hint.text() in person.window.bar.stage.text()
    field.source.setCurrentIndex(field.source.findData("self"))
    field.source.activated.emit(field.source.currentIndex())
    assert card.preview.look.isEnabled()
    assert person.window.bar.start.isEnabled()


def test_a_name_with_a_comma_stays_one_part_of_a_mix(person: Person) -> None:
    field = person.plan.calibration.source
    field.source.setCurrentIndex(field.source.findData("mix"))
    person.session.change({"calibration.source": "mix", "calibration.mix": ["/texts/one, two.txt", "web"]}, "Mix")
    assert field.name.text() == '"/texts/one, two.txt", web'
    person.qtbot.keyClicks(field.name, ":2")
    person.qtbot.keyClick(field.name, Qt.Key.Key_Return)
    assert saved(person).settings.calibration.mix == ("/texts/one, two.txt", "web:2")


def test_recovery_can_be_switched_off(person: Person) -> None:
    person.clicks(person.plan.recovery.enabled)
    assert saved(person).settings.recovery.enabled is False
    assert not person.plan.recovery.steps.isEnabled()
    assert person.window.sidebar.steps.step("recovery").note == "without training"


def test_each_method_of_recovery_has_its_own_fields(person: Person) -> None:
    card = person.plan.recovery
    person.unfolds_everything()
    assert card.more.rows is not None
    further = card.more.rows.fields
    fields = (card.rank, card.objective, card.behind)
    assert all(field.isEnabled() for field in further.values())
    assert [field.isEnabled() for field in fields] == [True, True, False]
    person.qtbot.keyClick(card.method, Qt.Key.Key_Down)
    assert saved(person).settings.recovery.method == "local"
    assert [field.isEnabled() for field in fields] == [False, False, True]
    disabled = {key.removeprefix("recovery.") for key, field in further.items() if not field.isEnabled()}
    assert disabled == ONLY_FOR_LORA - {"rank", "objective"}
    card.behind.setValue(1)
    assert saved(person).settings.recovery.layers_behind == 1


def test_compensation_can_be_switched_off(person: Person) -> None:
    card = person.plan.compensation
    person.clicks(card.enabled)
    assert saved(person).settings.compensation.enabled is False
    assert not card.windows.isEnabled()
    assert not card.candidates.isEnabled()
    person.clicks(person.plan.recovery.enabled)
    assert person.window.sidebar.steps.step("recovery").note == "off"


def test_the_devices_that_the_engine_found_can_be_chosen(person: Person) -> None:
    device = person.plan.device.device
    assert [device.itemData(place) for place in range(device.count())] == ["auto", "cpu", "cuda:0"]
    device.setCurrentIndex(2)
    device.activated.emit(2)
    assert saved(person).settings.device.name == "cuda:0"


def test_the_plan_is_estimated_for_the_chosen_device(person: Person) -> None:
    person.clicks(person.plan.device.estimate)
    person.waits_for_rest()
    assert plain(person.plan.device.verdict.text()).startswith("Fits on CPU: needs 1.0 GB")
    person.session.change({"device.name": "cuda:0"}, "Choose device")
    assert "Fits on CUDA:0" in person.plan.device.verdict.text()


def test_an_estimate_of_another_plan_says_so(person: Person) -> None:
    person.clicks(person.plan.device.estimate)
    person.waits_for_rest()
    person.plan.search.population.setValue(30)
    assert "Made before the latest change" in person.plan.device.verdict.text()


@pytest.mark.parametrize("calm_after", [0])
def test_a_calm_plan_is_estimated_by_itself(person: Person) -> None:
    person.qtbot.waitUntil(lambda: person.session.local_devices.estimated_settings is not None, timeout=10_000)
    person.waits_for_rest()
    assert person.session.local_devices.estimates


def test_the_wheel_does_not_change_a_field_without_focus(person: Person) -> None:
    row = person.plan.budget.rows["layers"]
    for field in (row.field, row.slider):
        person.window.setFocus()
        middle = QPointF(field.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(field.mapToGlobal(middle.toPoint())),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
        assert field.value() == 5
        assert not event.isAccepted()  # so that Qt offers it to the page


def test_it_is_locked_while_a_run_is_at_work(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--pace", "0.05")
    person.opens(new_project(tmp_path / "project").folder)
    person.clicks(person.window.bar.start)
    person.waits_for("iterations")
    plan = person.plan  # the window has turned to the search
    person.qtbot.waitUntil(lambda: "Locked" in plan.sentence.text())
    assert not plan.budget.isEnabled()
    assert not plan.presets.isEnabled()


def test_an_estimate_of_a_model_that_does_not_fit_states_what_fetching_its_layers_costs(person: Person) -> None:
    device = person.plan.device
    person.clicks(device.estimate)
    person.qtbot.waitUntil(lambda: "cpu" in person.session.local_devices.estimates, timeout=10_000)
    estimate = msgspec.structs.replace(
        person.session.local_devices.estimates["cpu"],
        streamed_layers=47,
        streamed_bytes=80_500_000_000,
        read_seconds=40.0,
    )
    person.session.local_devices.estimates = {"cpu": estimate}
    person.session.local_devices.estimates_changed.emit()
    words = "47 layers do not fit and are fetched again and again: each iteration reads 80.5\u202fGB, about 40 s."
    assert words in device.verdict.text()


def test_an_estimate_that_is_tight_or_too_large_says_so_in_words(person: Person) -> None:
    device = person.plan.device
    person.clicks(device.estimate)
    person.waits_for_rest()
    for free, words in ((1_100_000_000, "Tight on CPU"), (500_000_000, "Does not fit on CPU")):
        estimate = msgspec.structs.replace(person.session.local_devices.estimates["cpu"], memory_free=free)
        person.session.local_devices.estimates = {"cpu": estimate}
        person.session.local_devices.estimates_changed.emit()
        assert device.verdict.text().startswith(words)
        assert device.bar.accessibleName().startswith(words)


def test_the_parameters_of_the_algorithm_are_explained_and_folded_away(person: Person) -> None:
    search = person.plan.search
    section = search.own["pso"]
    assert section.isVisible()
    assert not search.own["woa"].isVisible()
    assert section.rows is None
    person.clicks(section.toggle)
    assert section.rows is not None
    explained = [each.text() for each in section.rows.findChildren(QLabel)]
    assert any("Pull towards a particle's own best position" in words for words in explained)
    field = section.rows.fields["search.pso.c1"]
    assert isinstance(field, QDoubleSpinBox)
    field.setValue(1.5)
    assert saved(person).settings.search.pso.c1 == 1.5
    person.session.change({"search.algorithm": "textbook_woa"}, "Choose")
    assert search.own["woa"].isVisible()


def test_every_setting_that_has_no_field_of_its_own_is_in_a_section_that_unfolds(person: Person) -> None:
    plan = person.plan
    sections = [*plan.search.own.values(), plan.search.more, plan.calibration.more, plan.recovery.more]
    person.unfolds_everything()
    fields = {key: field for section in sections if section.rows for key, field in section.rows.fields.items()}
    assert {"search.racing.levels", "search.warm_start", "recovery.alpha", "calibration.seed"} <= set(fields)
    for key, field in fields.items():
        assert info(key).meaning in field.accessibleName()


def test_every_setting_that_unfolds_has_a_name_for_people_and_most_stand_in_groups(person: Person) -> None:
    person.unfolds_everything()
    rows = person.plan.findChildren(SettingRows)
    keys = [key for each in rows for key in each.fields]
    assert [key for key in keys if key not in _names()] == []
    assert not any("_" in each.fields[key].accessibleName().partition(":")[0] for each in rows for key in each.fields)
    headings = [heading for heading, _ in setting_groups(keys)]
    assert {"Racing", "Limits", "Adapters", "Speed and memory"} <= set(headings)


def test_what_automatic_means_follows_the_plan(person: Person) -> None:
    more = person.plan.search.more
    person.clicks(more.toggle)
    assert more.rows is not None
    meaning = more.rows._automatic["search.least_layers"]
    assert meaning.text().endswith("Automatic: exactly the budget, now 5 layers.")
    person.session.change({"budget.layers": 7}, "Change budget")
    assert meaning.text().endswith("now 7 layers.")


def test_fields_of_all_cards_stand_below_each_other(person: Person) -> None:
    plan = person.plan
    left = (plan.search.population, plan.calibration.length, plan.compensation.windows, plan.recovery.windows)
    right = (plan.search.objective, plan.calibration.windows, plan.compensation.candidates, plan.recovery.steps)
    for fields in ((*left, plan.evaluation.limit), (*right, plan.evaluation.fewshot)):
        places = [field.mapTo(plan, QPoint(0, 0)).x() for field in fields]
        assert max(places) - min(places) <= 1


def test_a_list_of_numbers_is_read_in_both_ways(person: Person) -> None:
    more = person.plan.compensation.more
    person.clicks(more.toggle)
    assert more.rows is not None
    field = more.rows.fields["compensation.ridges"]
    assert isinstance(field, QLineEdit)
    assert field.text() == "0.03, 0.1, 0.3, 1.0"
    for typed in ("0.5, 2", "0,5; 2"):
        field.setFocus()
        field.selectAll()
        person.qtbot.keyClicks(field, typed)
        person.qtbot.keyClick(field, Qt.Key.Key_Return)
        assert saved(person).settings.compensation.ridges == (0.5, 2.0)


def test_a_setting_that_may_be_left_out_is_emptied_to_leave_it_out(person: Person) -> None:
    more = person.plan.search.more
    person.clicks(more.toggle)
    assert more.rows is not None
    field = more.rows.fields["search.max_minutes"]
    assert isinstance(field, QLineEdit)
    person.qtbot.keyClicks(field, "2.5")
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert saved(person).settings.search.max_minutes == 2.5
    field.clear()
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert saved(person).settings.search.max_minutes is None


@pytest.mark.parametrize("part", ["calibration", "recovery"])
def test_a_text_can_be_looked_at_before_anything_is_run(person: Person, part: str) -> None:
    preview = getattr(person.plan, part).preview
    person.clicks(preview.look)
    person.waits_for_rest()
    assert "1 200 documents" in plain(preview.verdict.text())
    assert "not equally missed" in preview.text.toPlainText()
    person.session.change({f"{part}.windows": 33}, "Change")
    assert not preview.text.isVisible()


def test_settings_go_into_a_file_and_come_back_without_the_model(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "plan.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (file, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (file, ""))
    share = person.plan.share
    person.session.change({"search.seed": 7}, "Change seed")
    person.clicks(share.export)
    person.session.change({"search.seed": 0, "model.revision": "v2"}, "Change")
    person.clicks(share.import_)
    assert saved(person).settings.search.seed == 7
    assert saved(person).settings.model.revision == "v2"
    person.window.actions_.undo.trigger()
    assert saved(person).settings.search.seed == 0
    Path(file).write_text("{ torn")
    person.clicks(share.import_)
    assert "not a JSON file" in person.window.notice.sentence.text()


def test_the_command_line_can_be_copied(person: Person) -> None:
    person.clicks(person.plan.share.copy)
    words = QApplication.clipboard().text()
    assert words.startswith("layerswarm new ")
    assert "--set budget.layers=5" in words
    assert person.plan.share.copy.text() == "Copied"


def test_devices_are_told_by_kind_name_and_memory(person: Person) -> None:
    device = person.plan.device.device
    assert plain(device.itemText(1)) == "CPU, 8 cores · 21.4 GB of 32.0 GB free"
    assert plain(device.itemText(2)) == "CUDA · Graphics card, 12 GB · 11.1 GB of 12.0 GB free"


def test_an_algorithm_that_is_not_installed_is_named_and_another_can_be_chosen(
    make_person: PersonMaker, tmp_path: Path
) -> None:
    project = new_project(tmp_path / "project")
    project.save(msgspec.structs.replace(project.settings, search=SearchSettings(algorithm="hill_climber")))
    person = make_person()
    person.opens(project.folder)
    search = person.plan.search
    assert search.algorithms.checkedButton() is None
    assert search.work.text().startswith("hill_climber is not installed; install its package")
    person.clicks(next(each for each in search.algorithms.buttons() if each.property("value") == "woa"))
    assert saved(person).settings.search.algorithm == "woa"
    assert search.work.text().startswith("At most")
