"""The Recovery page: the compensated gaps above the training."""

from pathlib import Path

from msgspec import structs

from engine.api.events import MapRefitted, RecoveryDidNotFit, RecoveryFinished, RecoveryMeasured, RecoveryStepped
from engine.api.journal import Journal
from gui.shell.step_states import steps_of
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.projects import add_run, new_project


def test_each_gap_has_a_line_with_what_became_of_it(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, more=canned.compensation())
    person = make_person()
    person.opens(project.folder)
    card = person.recovery.gaps
    assert card.isVisible()
    assert card.lines() == [
        ["8–9", "layer 7, mlp.down_proj", "0.7120", "0.4312", "0.3", ""],
        ["14–16", "–", "0.4312", "0.4312", "–", "no fold lowers the KL"],
        ["–", "layer 7, self_attn.o_proj", "0.4312", "0.4207", "0.1", "fitted after the gaps"],
        ["–", "layer 10, self_attn.o_proj", "0.4207", "0.4115", "0.3", "fitted after the gaps"],
    ]


def test_the_name_of_a_map_widens_no_page(make_person: PersonMaker, tmp_path: Path) -> None:
    name = "mixer." * 100
    refit = MapRefitted(layer=17, weight=name, ridge=0.1, changed=("weight",), kl_before=0.4312, kl_after=0.4)
    project = new_project(tmp_path / "project")
    add_run(project, more=[*canned.compensation(), refit])
    person = make_person()
    person.opens(project.folder)
    card = person.recovery.gaps
    assert card.lines()[-1] == ["–", f"layer 17, {name}", "0.4312", "0.4000", "0.1", "fitted after the gaps"]
    assert card.minimumSizeHint().width() < person.window.width()


def test_without_compensation_the_card_is_hidden(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    assert not person.recovery.gaps.isVisible()
    assert person.recovery.loss.isVisible()


def test_the_compensated_variant_has_its_columns_and_its_choice(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project", recovery__enabled=False)
    add_run(project, more=canned.compensation(), exported=False)
    person = make_person()
    person.opens(project.folder)
    headings = person.results.table.as_text().splitlines()[0].split("\t")
    assert headings == ["", "Dense", "Pruned", "difference", "Compensated", "difference", "Recovered", "difference"]
    offered = {button.property("value"): button.isEnabled() for button in person.export.choice.variants.buttons()}
    assert offered == {"recovered": True, "compensated": True, "pruned": True}


def test_the_loss_of_local_distillation_is_worded_as_a_distance(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project", recovery__method="local")
    run = project.new_run()
    journal = Journal(run.journal_path)
    for event in canned.run_events(project.settings, run.name):
        journal.append(structs.replace(event, local=True) if isinstance(event, RecoveryStepped) else event)
    journal.close()
    person = make_person()
    person.opens(project.folder)
    person.waits_for_rest()
    assert person.recovery.loss.labels["left"] == "distance, KL (nats)"
    assert person.recovery.figures["loss"].toolTip().startswith("Squared distance of the hidden states")


def test_a_training_that_did_not_fit_can_be_tried_again(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    run = project.new_run()
    trained = (RecoveryStepped, RecoveryMeasured, RecoveryFinished)
    events = [event for event in canned.run_events(project.settings, run.name) if not isinstance(event, trained)]
    journal = Journal(run.journal_path)
    for event in [*events, *canned.compensation(), RecoveryDidNotFit(device="cuda:0")]:
        journal.append(event)
    journal.close()
    person = make_person()
    person.opens(project.folder)
    assert person.window.bar.start.text() == "Continue"
    assert person.window.bar.stage.text() == "Training did not fit into memory. Continue to try it again."
    assert person.recovery.sentence.text().startswith("Training did not fit into memory, so the compensated model")
    (step,) = [each for each in steps_of(person.window.session) if each.key == "recovery"]
    assert (step.note, step.state) == ("out of memory", "problem")
