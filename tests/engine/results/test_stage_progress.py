"""Every stage of a run is listed with what it has taken, takes or will take."""

from engine.api.editing import with_values
from engine.api.event import progressed
from engine.api.events import DurationsPredicted
from engine.api.message import worded
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.stage_progress import stage_progress
from tests.gui import canned

WITH_RECOVERY = with_values(Settings(), {"compensation.enabled": False, "recovery.enabled": True})


def listed(upto: str | None, settings: Settings = WITH_RECOVERY) -> dict[str, str]:
    events = canned.run_events(Settings())
    events = events if upto is None else canned.until_stage(events, upto)  # type: ignore[arg-type]
    return {each.stage: each.status for each in stage_progress(RunState.replay(events), settings)}


def test_one_stage_works_those_before_are_done_and_the_others_wait() -> None:
    assert listed("search") == {
        "model": "done",
        "calibrate": "done",
        "analyse": "done",
        "search": "working",
        "compensate": "off",
        "recover": "waiting",
        "evaluate": "waiting",
    }


def test_a_run_that_has_just_begun_waits_for_all_of_them() -> None:
    every = stage_progress(RunState(), None)
    assert {each.status for each in every} == {"waiting"}


def test_a_whole_run_has_done_all_but_what_is_switched_off() -> None:
    assert set(listed(None).values()) == {"done", "off"}


def test_a_stage_that_waits_bears_its_prediction() -> None:
    state = RunState.replay(canned.until_stage(canned.run_events(Settings()), "search"))
    state.apply(DurationsPredicted(seconds={"recover": 240.0}))
    expected = {each.stage: each.expected for each in stage_progress(state, WITH_RECOVERY)}
    assert expected["recover"] is not None
    assert expected["evaluate"] is None


def test_the_current_piece_of_work_keeps_its_template_so_that_the_window_can_translate_it() -> None:
    state = RunState.replay(canned.until_stage(canned.run_events(Settings()), "search"))
    state.apply(progressed("search", worded("Measuring {0} windows", 8), done=1, total=3))
    working = next(each for each in stage_progress(state, WITH_RECOVERY) if each.status == "working")
    assert working.message == "Measuring 8 windows"
    assert working.template is not None
    assert working.template.text == "Measuring {0} windows"
