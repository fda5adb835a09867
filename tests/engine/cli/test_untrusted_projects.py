"""A project that somebody else has made runs no code until the person has allowed it by name."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from engine.api.errors import BadInput
from engine.api.interpreter import child_environment, paths, python_module
from engine.api.project import PROJECT_FILE, Project
from engine.cli.main import app, routed
from engine.evaluation.task_references import check_within
from tests.engine.pipeline.cases import small_project

TIED = "engine/api/tied_process.py"
HOSTILE_TASK = """task: hostile
dataset_path: json
dataset_kwargs:
  data_files: {rows}
test_split: train
process_docs: !function helpers.read
output_type: multiple_choice
doc_to_text: "{{{{question}}}}"
doc_to_choice: "{{{{choices}}}}"
doc_to_target: label
metric_list:
  - metric: acc
"""


@pytest.fixture(autouse=True)
def _own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("engine.api.trust.config_folder", lambda: tmp_path / "config")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, routed(arguments))


def leaving(mark: Path) -> str:
    """Return Python code that leaves a mark wherever it runs."""
    return f"open({str(mark)!r}, 'w').close()\n"


def hostile_project(folder: Path, **settings: object) -> tuple[Project, Path]:
    """Return a project whose own folder holds code, named by relative paths, and the mark that the code leaves."""
    project, mark = small_project(folder), folder / "it-ran"
    tasks, checkout = project.folder / "tasks", project.folder / "llama.cpp"
    (checkout / "conversion").mkdir(parents=True)
    (checkout / "conversion" / "__init__.py").write_text(leaving(mark) + "TEXT_MODEL_MAP: dict = {}\n")
    (checkout / "convert_hf_to_gguf.py").write_text(leaving(mark))
    (checkout / "llama-quantize").write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    (checkout / "llama-quantize").chmod(0o755)
    tasks.mkdir()
    rows = [{"question": f"Q{n}:", "choices": [" red", " blue"], "label": n % 2} for n in range(4)]
    (project.folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tasks / "hostile.yaml").write_text(HOSTILE_TASK.format(rows=project.folder / "rows.jsonl"))
    (tasks / "helpers.py").write_text(leaving(mark) + "def read(rows): return rows\n")
    write(project, settings)
    return project, mark


def write(project: Project, changes: dict[str, Any]) -> None:
    """Change the project's file as an editor would, without the checks of the program."""
    file = project.folder / PROJECT_FILE
    content = json.loads(file.read_text())
    for key, value in changes.items():
        section, _, name = key.partition("__")
        content["settings"][section][name] = value
    file.write_text(json.dumps(content))


WISHES: dict[str, dict[str, object]] = {
    "task files": {"evaluation__task_folder": "tasks", "evaluation__tasks": ["hostile"]},
    "a task as the objective": {
        "evaluation__task_folder": "./tasks",
        "search__objective": "task",
        "search__task": "hostile",
    },
    "a converter": {"export__llama_cpp": "llama.cpp", "export__formats": ["gguf:f16"]},
    "a quantiser": {"export__llama_cpp": "./llama.cpp", "export__formats": ["gguf:q4_k_m"]},
}


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("command", [("run",), ("run", "--new-run"), ("run", "--until", "analyse")])
def test_a_run_is_refused_before_anything_is_written(tmp_path: Path, wish: str, command: tuple[str, ...]) -> None:
    project, mark = hostile_project(tmp_path, **WISHES[wish])
    before = sorted(project.folder.rglob("*"))
    result = typed(command[0], str(project.folder), *command[1:])
    assert result.exit_code == 2
    assert "which you have not allowed to run code" in " ".join(result.stderr.split())
    assert "--trust" in result.stderr
    assert not mark.exists()
    assert [path for path in sorted(project.folder.rglob("*")) if path.name != ".lock"] == before


def test_so_are_an_export_and_a_comparison_of_searches(tmp_path: Path) -> None:
    project, mark = hostile_project(tmp_path, **WISHES["a converter"], **WISHES["task files"])
    for command in (("export", "--to", "out"), ("compare", "--algorithms", "pso", "--seeds", "1")):
        result = typed(command[0], str(project.folder), *command[1:])
        assert result.exit_code == 2
        assert "which you have not allowed to run code" in " ".join(result.stderr.split())
    assert not mark.exists()


def test_what_only_reads_a_project_runs_nothing_of_it(tmp_path: Path) -> None:
    project, mark = hostile_project(tmp_path, **WISHES["a quantiser"], **WISHES["task files"])
    for command in (("runs",), ("report",), ("estimate",), ("best",), ("preview",), ("fit",)):
        typed(command[0], str(project.folder), *command[1:])
    assert not mark.exists()


@pytest.mark.slow
def test_with_trust_it_runs_and_is_remembered_until_it_changes(tmp_path: Path) -> None:
    project, mark = hostile_project(tmp_path, **WISHES["task files"])
    assert typed("run", str(project.folder), "--until", "analyse", "--trust").exit_code == 0
    assert mark.exists()
    mark.unlink()
    assert typed("run", str(project.folder), "--until", "analyse").exit_code == 0
    (project.folder / "tasks" / "helpers.py").write_text(leaving(mark))
    mark.unlink(missing_ok=True)
    result = typed("run", str(project.folder), "--until", "analyse")
    assert result.exit_code == 2
    assert "which has changed since you allowed it" in " ".join(result.stderr.split())
    assert not mark.exists()


def test_what_a_person_types_is_their_own_and_begins_at_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = hostile_project(tmp_path)
    monkeypatch.chdir(project.folder)
    assert typed("run", ".", "--set", "evaluation.task_folder=tasks", "--until", "analyse").exit_code == 0
    assert Project.open(project.folder).settings.evaluation.task_folder == str(project.folder / "tasks")


@pytest.mark.parametrize(
    "reference",
    [
        "process_docs: !function ../outside.read",
        "process_docs: !function '/tmp/outside.read'",
        "a: [{b: !<!function> ../outside.read}]",
        "include: ../outside.yaml",
        '"incl\\u0075de": [within.yaml, /tmp/outside.yaml]',
    ],
)
def test_task_files_refer_to_their_own_folder_only(tmp_path: Path, reference: str) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "a.yaml").write_text(reference)
    with pytest.raises(BadInput, match="which is outside"):
        check_within(tmp_path / "tasks")


def test_task_files_may_refer_to_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("process_docs: !function utils.read\ninclude: [base.yaml, deep/er.yaml]\n")
    (tmp_path / "damaged.yaml").write_text("a: [")
    check_within(tmp_path)


def test_a_process_of_the_engine_imports_nothing_from_the_folder_that_it_is_started_in(tmp_path: Path) -> None:
    mark = tmp_path / "it-ran"
    for name in ("sitecustomize", "usercustomize", "msgspec", "psutil", "pip", "engine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(leaving(mark))
        (tmp_path / name / "__main__.py").write_text(leaving(mark))
    info = tmp_path / "evil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[layerswarm.export_targets]\nevil = evil:TARGET\n")
    shown = "from importlib.metadata import entry_points as e; print(len(e(group='layerswarm.export_targets')))"
    for command in (
        python_module("pip", "--version"),
        python_module("json.tool", "--help"),
        [sys.executable, "-c", shown],
    ):
        found = subprocess.run(command, cwd=tmp_path, env=child_environment(), capture_output=True, check=True)
    assert found.stdout.strip() == b"0"
    assert not mark.exists()


def test_parts_of_pythonpath_that_depend_on_the_folder_are_left_out() -> None:
    assert paths("/a::relative:.:/b", "", "/a") == "/a:/b"


def test_every_python_process_is_started_by_this_rule() -> None:
    """No source file but these builds a command from ``sys.executable`` or an environment from ``os.environ``."""
    root = Path(__file__).parents[3]
    allowed = {"engine/api/interpreter.py", "engine/export/gguf_converter.py", "engine/export/gguf_quantise.py", TIED}
    for file in (*root.glob("engine/**/*.py"), *root.glob("gui/**/*.py")):
        text, name = file.read_text(encoding="utf-8"), file.relative_to(root).as_posix()
        if "sys.executable" in text:
            assert name in allowed, name
        if name != TIED and re.search(r"Popen\(|subprocess\.run|start_tied\(", text):
            assert "child_environment(" in text or "program.environment(" in text, name
