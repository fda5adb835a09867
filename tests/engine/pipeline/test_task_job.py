"""The names of all tasks, read once for each version of lm-eval."""

from pathlib import Path

import pytest

from engine.api.errors import LayerSwarmError
from engine.api.evaluation_events import TasksListed
from engine.api.events import Event
from engine.evaluation import task_names
from engine.evaluation.task_names import defined_names
from engine.pipeline import task_job


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a small lm-eval, with an empty cache."""
    folder = tmp_path / "tasks"
    folder.mkdir()
    (folder / "one.yaml").write_text('task: "piqa"  # of old\ndescription: "task: no"\n')
    (folder / "group.yaml").write_text("group: many\ntask:\n  - piqa\n  - other\n")
    (folder / "_default_template_yaml").write_text("tag: common\ndoc_to_text: !function utils.text\n")
    (folder / "utils.py").write_text("task: nothing")
    monkeypatch.setattr(task_job, "installed_folder", lambda: folder)
    monkeypatch.setattr(task_job, "cache_folder", lambda: tmp_path / "cache")
    return folder


def listed() -> tuple[str, ...]:
    events: list[Event] = []
    assert task_job.perform(events.append) == 0
    return next(event.names for event in events if isinstance(event, TasksListed))


def test_names_are_those_that_definitions_define(installed: Path) -> None:
    assert defined_names([installed]) == ("common", "many", "piqa")


@pytest.mark.usefixtures("installed")
def test_tasks_over_local_data_come_first_and_lm_evals_after_them() -> None:
    names = listed()
    assert "local_piqa" in names
    assert names[-3:] == ("common", "many", "piqa")


def test_they_are_read_again_only_for_another_version(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = listed()
    (installed / "new.yaml").write_text("task: newer\n")
    assert listed() == before
    monkeypatch.setattr(task_job.importlib.metadata, "version", lambda _name: "99")
    assert "newer" in listed()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("kept", [b"{", b'{"version": 1}', b""])
def test_a_damaged_list_is_made_anew(tmp_path: Path, kept: bytes) -> None:
    before = listed()
    (tmp_path / "cache" / "lm-eval-tasks.json").write_bytes(kept)
    assert listed() == before


@pytest.mark.usefixtures("installed")
def test_without_lm_eval_only_local_tasks_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_job, "installed_folder", lambda: None)
    assert all(name.startswith("local_") for name in listed())


def test_without_lm_eval_the_list_says_so_and_the_error_names_the_part_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (task_job, task_names):
        monkeypatch.setattr(module, "installed_folder", lambda: None)
    events: list[Event] = []
    task_job.perform(events.append)
    (listed_tasks,) = (event for event in events if isinstance(event, TasksListed))
    assert not listed_tasks.has_lm_eval
    with pytest.raises(LayerSwarmError, match=r"'piqa' needs lm-eval.*engine setup --with tasks.*layerswarm\[tasks\]"):
        task_names.ensure_lm_eval("piqa")
