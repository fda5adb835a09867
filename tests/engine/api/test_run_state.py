"""The state of a run is a fold over its events: live or replayed, the same."""

from hypothesis import given
from hypothesis import strategies as st

from engine.api import events as ev
from engine.api.run_state import RunState
from tests.engine.api.samples import events


def started(resumed: bool = False) -> ev.RunStarted:
    return ev.RunStarted(run="0001-pso", algorithm="pso", resumed=resumed, device="cpu", versions={})


def finished_stage(stage: ev.Stage, seconds: float, reused: bool = False) -> ev.StageFinished:
    return ev.StageFinished(stage=stage, seconds=seconds, reused=reused)


def recovery(helped: bool) -> ev.RecoveryFinished:
    return ev.RecoveryFinished(
        helped=helped, best_step=1, validation_kl_before=1.0, validation_kl_after=0.5, seconds=1.0
    )


def exported(folder: str) -> ev.ExportWritten:
    return ev.ExportWritten(
        folder=folder, format="safetensors", variant="pruned", layers=24, removed=(3,), parameters=1, bytes=2
    )


@given(st.lists(events(), max_size=12), st.integers(0, 12))
def test_a_view_that_joins_later_sees_what_one_saw_from_the_start(written: list[ev.Event], joined: int) -> None:
    live = RunState.replay(written[:joined])
    for event in written[joined:]:
        live.apply(event)
    assert repr(live) == repr(RunState.replay(written))


def test_the_stage_and_its_progress_are_those_of_now() -> None:
    state = RunState.replay([started(), ev.StageStarted(stage="search")])
    assert state.stage == "search"
    progress = ev.StageProgressed(stage="search", done=3, total=15)
    state.apply(progress)
    assert state.progress == progress
    after = RunState.replay([started(), ev.StageStarted(stage="search"), progress, finished_stage("search", 2.0)])
    assert (after.stage, after.progress) == (None, None)


def test_a_stage_that_is_reused_keeps_the_time_it_really_took() -> None:
    state = RunState.replay(
        [
            finished_stage("search", 90.0),
            started(resumed=True),
            finished_stage("search", 0.1, reused=True),
        ]
    )
    assert state.stages_finished["search"].seconds == 90.0


def test_a_resumed_run_is_not_shown_as_ended_nor_as_where_it_was_killed() -> None:
    state = RunState.replay(
        [
            started(),
            ev.StageStarted(stage="search"),
            ev.StageProgressed(stage="search", done=3, total=15),
            ev.RunFinished(outcome="paused", message="Paused."),
        ]
    )
    assert (state.stage, state.progress) == (None, None)
    state.apply(started(resumed=True))
    assert state.finished is None


def test_a_repeated_step_replaces_the_earlier() -> None:
    steps = [
        ev.RecoveryStepped(step=step, steps=2, loss=loss, learning_rate=1e-3, tokens=1, tokens_per_second=1.0)
        for step, loss in ((1, 0.9), (2, 0.8), (2, 0.7))
    ]
    state = RunState.replay(steps)
    assert {step: event.loss for step, event in state.steps.items()} == {1: 0.9, 2: 0.7}


def test_the_best_variant_is_the_recovered_one_only_when_recovery_helped() -> None:
    assert RunState().best_variant == "pruned"
    assert RunState.replay([recovery(helped=False)]).best_variant == "pruned"
    assert RunState.replay([recovery(helped=True)]).best_variant == "recovered"


def test_checks_belong_to_the_latest_export_in_their_format() -> None:
    logits, layers = (ev.ExportVerified(check=check, passed=True, detail="") for check in ("logits", "layers"))
    gguf = ev.ExportVerified(check="kl", passed=True, detail="", format="gguf:f16")
    state = RunState.replay([logits, layers, exported("one"), ev.StageStarted(stage="export"), gguf])
    assert list(state.checks.values()) == [logits, layers, gguf]
    for event in (logits, exported("two")):
        state.apply(event)
    assert list(state.exports) == ["one", "two"]
    assert list(state.checks.values()) == [gguf, logits]


def test_checks_of_an_export_that_was_killed_before_it_was_written_are_dropped() -> None:
    check = ev.ExportVerified(check="logits", passed=True, detail="")
    state = RunState.replay([check, ev.StageStarted(stage="export")])
    assert state.checks == {}


def test_journals_of_earlier_versions_hold_the_checks_after_their_export() -> None:
    old, new = (ev.ExportVerified(check="logits", passed=True, detail=detail) for detail in ("old", "new"))
    state = RunState.replay([exported("one"), old, exported("two"), new])
    assert list(state.checks.values()) == [new]
