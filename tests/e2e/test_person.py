"""From a new project to an exported model that stock transformers loads, clicked through on a tiny model."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from engine.api.project import Project
from gui.dialogs.new_project import NewProjectDialog
from gui.project.run_loading import shown_state
from tests.engine.tiny_models import LAYERS, save_tiny
from tests.gui.driving import Person

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_engine")]

REMOVED = 2
LOADER = """
import json, sys
from transformers import AutoModelForCausalLM, AutoTokenizer
model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
tokens = AutoTokenizer.from_pretrained(sys.argv[1])("A pump moves water.", return_tensors="pt")
answer = model.generate(**tokens, max_new_tokens=4, do_sample=False, pad_token_id=0)
parameters = sum(parameter.numel() for parameter in model.parameters())
print(json.dumps({"layers": model.config.num_hidden_layers, "parameters": parameters, "tokens": answer.shape[1]}))
"""


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """Return a random model of six layers with a byte-level tokenizer."""
    folder = tmp_path / "models" / "tiny-llama"
    save_tiny("llama", folder)
    return folder


@pytest.fixture
def project_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the person chooses for the project."""
    folder = tmp_path / "projects" / "smaller"

    def answer(dialog: NewProjectDialog) -> QDialog.DialogCode:
        dialog.name.setText(folder.name)
        dialog.place.setText(str(folder.parent))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewProjectDialog, "exec", answer)
    return folder


def plan_little_work(person: Person) -> None:
    """Plan to remove two layers with a short search and recovery, set field by field as a person would."""
    plan = person.plan
    person.clicks(plan.presets.button("Quick"))
    person.clicks(next(each for each in plan.budget.radios.buttons() if each.property("kind") == "layers"))
    plan.budget.rows["layers"].field.setValue(REMOVED)
    plan.search.population.setValue(3)
    plan.search.iterations.setValue(2)
    plan.calibration.windows.setValue(4)
    plan.calibration.heldout.setValue(4)
    plan.calibration.length.setValue(32)
    plan.recovery.windows.setValue(8)
    plan.recovery.steps.setValue(4)
    plan.recovery.rank.setValue(4)
    little = {"evaluation.written_tokens": 4, "evaluation.answer_tokens": 2, "compensation.refitted_layers": 0}
    person.session.change(little, "Write little")


def test_from_a_new_project_to_an_export_that_loads(
    person: Person, tiny_model: Path, project_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.clicks(person.window.welcome.new)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tiny_model))
    person.clicks(person.model.local.folder)
    person.waits_for_rest()
    assert person.model.figures["layers"].text == str(LAYERS)

    plan_little_work(person)
    person.clicks(person.plan.device.estimate)
    person.waits_for_rest()
    assert "Fits on CPU" in person.plan.device.verdict.text()
    assert person.plan.budget.figures["left"].text == str(LAYERS - REMOVED)

    person.clicks(person.window.bar.start)
    person.waits_for("iterations")
    assert person.search.convergence.chart.isVisible()
    person.waits_for_rest()
    assert person.window.notice.title.text() == "Finished", person.window.notice.sentence.text()

    state = person.session.state
    assert state.search is not None
    assert len(state.search.removed) == REMOVED
    assert person.search.figures["iteration"].text == "2"
    assert person.recovery.figures["step"].text == "4"
    assert set(state.evaluated) == {"dense", "pruned", "compensated", "recovered"}
    assert person.results.headline.text().startswith(f"{REMOVED} of {LAYERS} layers removed")
    assert person.window.bar.start.text() == "Run again"

    person.clicks(person.export.choice.export)
    person.waits_for_rest()
    assert person.window.sidebar.steps.step("export").note == "verified", person.window.notice.sentence.text()
    (written,) = person.session.state.exports.values()
    loaded = load_with_stock_transformers(Path(written.folder))
    assert loaded["layers"] == LAYERS - REMOVED
    assert loaded["parameters"] == written.parameters
    assert loaded["tokens"] > 4

    (run,) = Project.open(project_folder).runs()
    kept = shown_state(run.events())
    assert kept.evaluated == person.session.state.evaluated
    assert kept.iterations == person.session.state.iterations


def load_with_stock_transformers(folder: Path) -> dict[str, int]:
    """Load an export in a process without LayerSwarm, and generate."""
    answer = subprocess.run(
        [sys.executable, "-c", LOADER, str(folder)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    counted: dict[str, int] = json.loads(answer.stdout.splitlines()[-1])
    return counted


def test_a_folder_that_is_no_model_is_told_in_one_sentence(
    person: Person, project_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.clicks(person.window.welcome.new)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    person.clicks(person.model.local.folder)
    notice = person.window.notice
    assert notice.title.text() == "That is not possible"
    assert notice.sentence.text().startswith(f"{tmp_path} has no config.json")
    assert "Traceback" not in notice.sentence.text()
