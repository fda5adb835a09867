"""Pause, stop and keep the best, discard; and a kill at any moment. Nothing is lost, and the end is the same."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from engine.api.commands import RunProject, encode_command
from engine.api.events import (
    CandidateCompensated,
    CandidatesScored,
    Event,
    GapFolded,
    IterationFinished,
    LayerAnalysed,
    MapRefitted,
    ModelEvaluated,
    RecoveryMeasured,
    RecoveryStepped,
    Stage,
    StageStarted,
    decode_event,
)
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.api.run_times import RunTimes
from tests.engine.pipeline.cases import Watch, run, scored, small_project, state_of
from tests.warm_process import WarmPopen

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shared_texts")]

Moment = Callable[[Event], bool]

MOMENTS: dict[str, Moment] = {
    "calibration": lambda event: isinstance(event, StageStarted) and event.stage == "calibrate",
    "analysis": lambda event: isinstance(event, LayerAnalysed) and event.layer == 2,
    "scores": lambda event: isinstance(event, CandidatesScored) and len(event.removed[0]) == 2,
    "search": lambda event: isinstance(event, IterationFinished) and event.iteration == 1,
    "folded set": lambda event: isinstance(event, CandidateCompensated),
    "compensation": lambda event: isinstance(event, GapFolded),
    "refit": lambda event: isinstance(event, MapRefitted),
    "checkpoint": lambda event: isinstance(event, RecoveryMeasured) and event.step == 2,
    "recovery": lambda event: isinstance(event, RecoveryStepped) and event.step == 3,
    "evaluation": lambda event: isinstance(event, ModelEvaluated) and event.variant == "dense",
    "export": lambda event: isinstance(event, StageStarted) and event.stage == "export",
}
"""In the order in which a run comes to them, so that one run can be interrupted at each."""


def outcome(project: Project) -> tuple[object, ...]:
    """What must not depend on interruptions."""
    state = state_of(project)
    assert state.search is not None
    assert state.recovery is not None
    kl = {variant: event.heldout_kl for variant, event in state.evaluated.items()}
    losses = {step: event.loss for step, event in state.steps.items()}
    fitness = {number: event.fitness for number, event in state.iterations.items()}
    folded = {first: (event.ridge, event.kl_after) for first, event in state.folded_gaps.items()}
    refitted = {where: (event.ridge, event.kl_after) for where, event in state.refitted_maps.items()}
    sets = {removed: event.compensated_fitness for removed, event in state.compensated_candidates.items()}
    after = state.recovery.validation_kl_after
    return state.search.removed, state.search.fitness, fitness, sets, folded, refitted, losses, after, kl


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LAYERSWARM_CACHE", str(folder / "cache"))
        project = small_project(folder)
        run(project)
    return outcome(project)


def test_a_run_paused_at_every_moment_comes_to_the_same_end(tmp_path: Path, undisturbed: tuple[object, ...]) -> None:
    project = small_project(tmp_path)
    for name, moment in MOMENTS.items():
        paused = Watch("pause", moment)
        assert paused.do(RunProject(project=str(project.folder))) == 130, name
        assert paused.ending.outcome == "paused", name
    run(project)
    assert len(project.runs()) == 1
    assert outcome(project) == undisturbed


def test_a_run_killed_at_every_moment_comes_to_the_same_end(tmp_path: Path, undisturbed: tuple[object, ...]) -> None:
    project = small_project(tmp_path)
    for moment in MOMENTS.values():
        killed_at(moment, project)
    run(project)
    assert len(project.runs()) == 1
    assert outcome(project) == undisturbed


def killed_at(moment: Moment, project: Project) -> None:
    """Work in a process of its own and kill it when the moment comes, as a power cut would."""
    pipe = subprocess.PIPE
    worker = WarmPopen([sys.executable, "-m", "engine.worker"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    worker.stdin.write(encode_command(RunProject(project=str(project.folder))) + b"\n")
    worker.stdin.flush()
    for line in worker.stdout:
        if moment(decode_event(line)):
            worker.send_signal(signal.SIGKILL)
            break
    with worker:
        assert worker.wait() == -signal.SIGKILL


def test_no_candidate_is_measured_twice_after_a_pause(tmp_path: Path) -> None:
    project = small_project(tmp_path, search__iterations=4)
    Watch("pause", MOMENTS["search"]).do(RunProject(project=str(project.folder)))
    run(project, until="search")
    measured = list(scored(project))
    assert len(measured) == len(set(measured))


def test_iterations_are_told_once_and_counted_over_all_sessions(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    whole, broken = small_project(tmp_path / "a"), small_project(tmp_path / "b")
    run(whole, until="search")
    Watch("pause", MOMENTS["search"]).do(RunProject(project=str(broken.folder)))
    run(broken, until="search")
    numbers = [event.iteration for event in broken.runs()[-1].events() if isinstance(event, IterationFinished)]
    assert numbers == [0, 1, 2]
    assert counted(state_of(broken)) == counted(state_of(whole))


def counted(state: RunState) -> list[tuple[int, int]]:
    return [(event.evaluations, event.remembered) for event in state.iterations.values()]


def test_stopping_a_search_keeps_the_best_so_far(tmp_path: Path) -> None:
    project = small_project(tmp_path, search__iterations=50)
    watch = Watch("keep_best", MOMENTS["search"])
    assert watch.do(RunProject(project=str(project.folder))) == 130
    state = state_of(project)
    assert watch.ending.outcome == "stopped"
    assert state.search is not None
    assert state.search.early
    assert state.search.fitness == min(event.best_fitness for event in state.iterations.values())
    run(project)
    assert len(next(iter(state_of(project).exports.values())).removed) == 2


def test_stopping_a_recovery_keeps_its_best_adapter(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__steps=50)
    watch = Watch("keep_best", MOMENTS["recovery"])
    assert watch.do(RunProject(project=str(project.folder))) == 130
    state = state_of(project)
    assert state.recovery is not None
    assert state.recovery.early
    run(project)
    assert len(state_of(project).steps) <= 4


@pytest.mark.parametrize("stage", ["search", "recover"])
def test_a_stage_that_was_stopped_keeps_its_time(tmp_path: Path, stage: Stage) -> None:
    project = small_project(tmp_path)
    moment = MOMENTS["search" if stage == "search" else "recovery"]
    Watch("keep_best", moment).do(RunProject(project=str(project.folder)))
    spent = RunTimes.replay(project.runs()[-1].events()).of_stage(stage)
    run(project, until="recover")
    assert state_of(project).stages_finished[stage].seconds == pytest.approx(spent)
    assert spent > 0


def test_discarding_leaves_nothing_of_the_run(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    watch = Watch("discard", MOMENTS["search"])
    assert watch.do(RunProject(project=str(project.folder))) == 130
    assert watch.ending.outcome == "discarded"
    assert project.runs() == []


def test_a_resumed_run_keeps_its_number_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.pipeline.workspace.choose_dtype", lambda *_given: torch.bfloat16)
    whole = small_project(tmp_path / "whole")
    run(whole, until="search")

    project = small_project(tmp_path / "paused")
    watch = Watch(when=MOMENTS["analysis"])
    watch.do(RunProject(project=str(project.folder)))
    monkeypatch.setattr("engine.pipeline.workspace.choose_dtype", lambda *_given: torch.float32)
    run(project, until="search")
    resumed, expected = state_of(project).search, state_of(whole).search
    assert resumed is not None
    assert expected is not None
    assert (resumed.removed, resumed.fitness) == (expected.removed, expected.fitness)


def test_a_paused_search_ends_with_the_best_that_its_journal_holds(tmp_path: Path) -> None:
    project = small_project(tmp_path, search__iterations=9, compensation__enabled=False)
    Watch("pause", MOMENTS["search"]).do(RunProject(project=str(project.folder), until="search"))
    before = state_of(project)
    assert before.search is None
    watch = Watch()
    watch.do(RunProject(project=str(project.folder), until="search", keep_best=True))
    state = state_of(project)
    assert watch.ending.outcome == "stopped"
    assert state.iterations.keys() == before.iterations.keys()
    assert state.search is not None
    assert state.search.early
    assert before.last_iteration is not None
    assert state.search.removed == before.last_iteration.best_removed
    assert state.search.fitness == before.last_iteration.best_fitness
