"""The commands as a person types them: what they print, what they leave, how they end."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
import torch
from transformers import AutoModelForCausalLM
from typer.testing import CliRunner, Result

from engine.api.editing import with_values
from engine.api.events import AnyEvent, IterationFinished, RunFinished, decode_event
from engine.api.own_presets import keep_preset
from engine.api.presets import with_preset
from engine.api.project import PROJECT_FILE, Project
from engine.api.settings import Settings
from engine.cli.main import app, routed
from engine.pipeline.run_choice import choose_run, project_lock
from tests.engine.pipeline.cases import SMALL, small_project, state_of
from tests.engine.tiny_models import save_tiny, tiny_models
from tests.warm_process import WarmPopen

pytestmark = pytest.mark.slow


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, routed(arguments))


def process(*arguments: str) -> "subprocess.Popen[bytes]":
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-m", "engine.cli.main", *arguments], stdout=pipe, stderr=pipe)


def warm_process(*arguments: str, errors: IO[bytes] | int = subprocess.DEVNULL) -> WarmPopen:
    """Start the command with the model libraries imported."""
    return WarmPopen([sys.executable, "-m", "engine.cli.main", *arguments], stdout=subprocess.PIPE, stderr=errors)


def assignments(**values: object) -> list[str]:
    changes = {**SMALL, **{name.replace("__", "."): value for name, value in values.items()}}
    return [part for key, value in changes.items() for part in ("--set", f"{key}={value}")]


def test_from_new_to_export(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    assert typed("new", "project", "--model", "model", *assignments()).exit_code == 0
    result = typed("run", "project")
    assert result.exit_code == 0
    assert "Recovered" in result.stdout
    assert str(tmp_path / "project" / "exports" / "0001-pso") in result.stdout
    assert typed("export", "project", "--to", "out", "--variant", "pruned").exit_code == 0
    assert (tmp_path / "out" / "model.safetensors").is_file()
    assert "0001-pso   finished" in typed("runs", "project").stdout
    report = typed("report", "project").stdout
    for words in ("Held-out", "def is_prime", "Searches of this project", "after retraining", "USD/h"):
        assert words in report


def test_other_budgets_are_shown_and_exported_without_a_search(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    assert "scored anything yet" in typed("best", "project").stderr
    assert typed("run", "project", "--until", "search").exit_code == 0
    shown = typed("best", "project").stdout.splitlines()
    assert shown[0].split() == ["Layers", "KL", "Scored", "on", "Parameters", "Size", "Removed"]
    assert [line.split()[0] for line in shown[1:3]] == ["1", "2"]
    found = json.loads(typed("best", "project", "--json").stdout)
    assert found["sets"][1]["fitness"] == state_of(project).search.fitness
    assert typed("export", "project", "--layers", "1-2", "--to", "out").exit_code == 0
    assert (tmp_path / "out" / "without-1-layers" / "model.safetensors").is_file()
    assert "--layers takes" in typed("export", "project", "--layers", "few", "--to", "out").stderr


def test_a_folder_is_remembered_wherever_the_project_is_opened(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    typed("new", "project", "--model", "model")
    assert Project.open(tmp_path / "project").settings.model.source == str(tmp_path / "model")


def test_settings_given_to_a_run_stay_in_the_project(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert (
        typed(
            "run", "project", "--until", "analyse", "--set", "search.algorithm=woa", "--set", "search.seed=3"
        ).exit_code
        == 0
    )
    again = Project.open(project.folder).settings.search
    assert (again.algorithm, again.seed) == ("woa", 3)
    assert state_of(project).search is None


def test_settings_with_which_a_run_cannot_begin_are_taken_back(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    first = project.new_run()
    (first.folder / "windows.safetensors").touch()
    before = (project.folder / PROJECT_FILE).read_bytes()
    result = typed("run", "project", "--set", "model.source=nowhere", "--set", "search.seed=3")
    assert result.exit_code == 2
    assert "There is no model" in result.stderr
    assert "keeps the settings that it had" in result.stderr
    assert (project.folder / PROJECT_FILE).read_bytes() == before
    assert choose_run(project, new_run=False).name == first.name


@pytest.mark.parametrize("command", [("run", "project", "--set", "search.seed=3"), ("preset", "project", "quick")])
def test_a_command_that_is_refused_changes_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    project = small_project(tmp_path)
    before = (project.folder / PROJECT_FILE).read_bytes()
    with project_lock(project):
        result = typed(*command)
    assert result.exit_code == 2
    assert "Another LayerSwarm is working on" in result.stderr
    assert (project.folder / PROJECT_FILE).read_bytes() == before


def test_settings_that_a_run_is_given_build_on_the_latest_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = small_project(tmp_path)

    @contextmanager
    def busy(locked: Project) -> Iterator[None]:
        locked.save(with_values(locked.settings, {"search.iterations": 2}))
        with project_lock(locked):
            yield

    monkeypatch.setattr("engine.cli.project_commands.project_lock", busy)
    monkeypatch.setattr("engine.cli.project_commands.run_job", lambda *_args: (130, None))
    assert typed("run", "project", "--set", "search.seed=3").exit_code == 130
    search = Project.open(project.folder).settings.search
    assert (search.iterations, search.seed) == (2, 3)


def test_json_is_one_event_a_line_and_nothing_else(tmp_path: Path) -> None:
    small_project(tmp_path)
    out, _ = process("run", "project", "--json").communicate()
    events: list[AnyEvent] = [decode_event(line) for line in out.splitlines()]
    assert isinstance(events[-1], RunFinished)
    assert events[-1].outcome == "finished"


def test_an_interrupt_pauses_and_running_again_goes_on(tmp_path: Path) -> None:
    project = small_project(tmp_path, search__iterations=40, budget__layers=3)
    with (tmp_path / "errors").open("wb") as errors, warm_process("run", "project", "--json", errors=errors) as running:
        for line in running.stdout:
            if isinstance(decode_event(line), IterationFinished):
                os.kill(running.pid, signal.SIGINT)
                break
        rest = running.stdout.read()
        assert running.wait() == 130
    assert b"Traceback" not in (tmp_path / "errors").read_bytes()
    assert decode_event(rest.splitlines()[-1]).outcome == "paused"  # type: ignore[union-attr]
    assert typed("run", "project").exit_code == 0
    assert len(project.runs()) == 1


def test_report_as_json_has_the_figures(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    typed("run", "project")
    found = json.loads(typed("report", "project", "--json").stdout)
    assert found["models"]["pruned"]["heldout_kl"] == state_of(project).evaluated["pruned"].heldout_kl


def test_searches_are_compared_in_a_table_and_as_json(tmp_path: Path) -> None:
    small_project(tmp_path)
    table = typed("compare", "project", "--algorithms", "pso, greedy", "--seeds", "2").stdout
    assert "greedy   removes " in table
    assert "over 2 seeds" in table
    assert max(map(len, table.splitlines())) <= 80
    found = json.loads(typed("compare", "project", "--algorithms", "greedy", "--json").stdout)
    assert {row["algorithm"]: row["seeds"] for row in found["algorithms"]} == {"pso": 2, "greedy": 1}
    assert len(found["searches"]) == 3


@pytest.mark.parametrize("names", ["pso,best", ","])
def test_an_unknown_algorithm_is_named(tmp_path: Path, names: str) -> None:
    small_project(tmp_path)
    result = typed("compare", "project", "--algorithms", names)
    assert result.exit_code == 2
    assert "choose one of pso, woa" in result.stderr


@pytest.mark.parametrize(
    ("remove", "removed", "words"), [("1,3-4", [1, 3, 4], "3 layers removed"), ("2", [2], "1 layer removed")]
)
def test_layers_are_pruned_without_a_search(tmp_path: Path, remove: str, removed: list[int], words: str) -> None:
    save_tiny("gpt2", tmp_path / "model")
    result = typed("prune", "model", "--remove", remove, "--to", "out")
    assert result.exit_code == 0
    assert words in result.stderr
    assert re.search(r"(\d+) of \1 checks passed", result.stderr)
    assert json.loads((tmp_path / "out" / "config.json").read_text())["n_layer"] == 6 - len(removed)
    assert json.loads((tmp_path / "out" / "layerswarm.json").read_text())["removed"] == removed


def test_layers_are_pruned_and_compensated_on_a_text(tmp_path: Path) -> None:
    dense = tiny_models()["llama"]()
    save_tiny("llama", tmp_path / "model")
    words = ["river", "boat", "wind", "stone", "garden", "road", "winter", "letter"]
    lines = (f"{words[number % 8]} and {words[number * 5 % 7]} {number}" for number in range(4000))
    (tmp_path / "text.txt").write_text("\n".join(lines))
    result = typed("prune", "model", "--remove", "2,4", "--to", "out", "--text", "text.txt")
    assert result.exit_code == 0, result.stderr
    assert re.search(r"Compensation +validation KL \d\.\d+ to \d\.\d+", result.stderr)
    assert re.search(r"(\d+) of \1 checks passed", result.stderr)
    manifest = json.loads((tmp_path / "out" / "layerswarm.json").read_text())
    assert manifest["variant"] == "compensated"
    exported = AutoModelForCausalLM.from_pretrained(tmp_path / "out")
    own = dense.model.layers[1].mlp.down_proj.weight
    assert not torch.equal(exported.model.layers[1].mlp.down_proj.weight, own)
    assert torch.equal(exported.model.layers[1].mlp.up_proj.weight, dense.model.layers[1].mlp.up_proj.weight)


def test_any_model_is_measured_on_a_text(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    (tmp_path / "text.txt").write_text("A sentence for measuring. " * 50)
    result = typed("eval", "model", "--text", "text.txt")
    assert result.exit_code == 0
    assert "Perplexity, text.txt" in result.stdout
    assert "Bits per byte" in result.stdout
    assert "Held-out" not in result.stdout


@pytest.mark.parametrize(("subject", "layers", "words"), [("project", 2, "2 layers"), ("model", 1, "1 layer")])
def test_an_estimate_says_memory_time_and_result(tmp_path: Path, subject: str, layers: int, words: str) -> None:
    small_project(tmp_path)
    result = typed("estimate", subject, "--set", f"budget.layers={layers}", "--device", "cpu")
    assert result.exit_code == 0
    for word in ("Memory", "weights", "fits", "Time", "search", f"{words} removed"):
        assert word in result.stdout


def test_devices_are_listed() -> None:
    result = typed("devices")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("cpu")


def test_the_window_opens_on_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str | None] = []
    monkeypatch.setattr("engine.cli.main.open_window", lambda project: opened.append(project) or 0)
    small_project(tmp_path)
    assert typed("project").exit_code == 0
    assert typed().exit_code == 0
    assert opened == ["project", None]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "nowhere"], "There is no LayerSwarm project at nowhere"),
        (["run", "project", "--set", "budget.lyers=3"], "Did you mean 'budget.layers'?"),
        (["run", "project", "--set", "search.population=1"], "search.population"),
        (["run", "project", "--until", "frob"], "frob"),
        (["new", "project", "--model", "demo"], "already a LayerSwarm project"),
        (["new", "other", "--model", ""], "--model is empty"),
        (["new", "other", "--model", "  "], "--model is empty"),
        (["prune", " ", "--remove", "1", "--to", "out"], "No model is given"),
        (
            ["new", "other", "--model", "demo", "--preset", "huge"],
            "choose one of No training, Quick, Balanced, Thorough",
        ),
        (["report", "project"], "has no runs yet"),
        (["report", "project", "--run", "0007-pso"], "has no run '0007-pso'"),
        (["export", "project", "--to", "out"], "has no run with a removal set yet"),
        (["prune", "model", "--remove", "9", "--to", "out"], "There is no layer 9 to remove"),
        (["prune", "model", "--remove", "1", "--to", "project"], "is not an empty folder"),
        (["eval", "model", "--text", "none.txt"], "There is no text file none.txt"),
        (["estimate", "nowhere"], "There is no model 'nowhere'"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    small_project(tmp_path)
    result = typed(*arguments)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_a_failure_is_exit_code_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_project(tmp_path)
    monkeypatch.setattr("engine.pipeline.stages.analyse.analyse_layers", lambda *_args: 1 / 0)
    result = typed("run", "project")
    assert result.exit_code == 1
    assert "Something unexpected went wrong" in result.stderr
    assert "Traceback" not in result.output


def test_help_is_there_without_the_model_libraries() -> None:
    code = (
        "import sys\nfrom engine.cli.main import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'transformers', 'PySide6', 'datasets', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("new", "run", "export", "estimate", "prune", "eval", "report", "demo", "doctor"):
        assert f" {command} " in done.stdout


def test_the_version_is_told() -> None:
    assert typed("--version").stdout.startswith("LayerSwarm ")


def test_a_preview_shows_form_amount_and_windows(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    (tmp_path / "talk.jsonl").write_text('{"instruction": "Name it.", "output": "It is [bold]that[/] one."}\n' * 20)
    source = ("--set", "recovery.source=file", "--set", "recovery.path=talk.jsonl")
    result = typed("preview", "model", *source, "--set", "calibration.window_length=48")
    assert result.exit_code == 0
    assert "talk.jsonl: instruction and answer, from instruction + output" in result.stdout
    assert "20 documents, about" in result.stdout
    assert "user: Name it." in result.stdout
    assert "[bold]that[/]" in result.stdout


def test_a_text_that_is_too_short_is_told_as_that(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    (tmp_path / "short.txt").write_text("Short.")
    source = ("--set", "recovery.source=file", "--set", "recovery.path=short.txt")
    shown = typed("preview", "model", *source, "--set", "calibration.window_length=48").stdout
    assert "It is too short for a window of 48 tokens" in shown
    assert "the run writes it" not in shown
    assert "The model has not generated this text yet; a run does so." in typed("preview", "model").stdout


def test_a_preset_is_set_for_the_models_size(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    result = typed("preset", "project", "thorough")
    assert result.exit_code == 0
    assert "Thorough, for a model of" in result.stdout
    settings = Project.open(project.folder).settings
    assert settings == with_preset(project.settings, "Thorough", 1)
    assert typed("preset", "project", "enormous").exit_code == 2


def test_a_preset_is_set_for_the_projects_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.models.devices.device_names", lambda: ["cuda:0", "cpu"])
    project = small_project(tmp_path, device__name="auto")
    result = typed("preset", "project", "balanced")
    assert "on a GPU" in result.stdout
    assert "64 calibration windows of 512 tokens" in result.stdout
    assert Project.open(project.folder).settings == with_preset(project.settings, "Balanced", 1, gpu=True)


def test_a_preset_of_ones_own_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.api.own_presets.config_folder", lambda: tmp_path / "config")
    keep_preset("mine", with_values(Settings(), {"search.iterations": 7}))
    project = small_project(tmp_path)
    assert typed("preset", "project", "mine").exit_code == 0
    taken = Project.open(project.folder).settings
    assert (taken.search.iterations, taken.model) == (7, project.settings.model)
    assert typed("new", "other", "--model", "demo", "--preset", "mine").exit_code == 0
    assert Project.open(tmp_path / "other").settings.search.iterations == 7
