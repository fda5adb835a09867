"""What is seen of a job on a terminal."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from engine.api.events import (
    Event,
    MessageLogged,
    RunFinished,
    StageFinished,
    StageProgressed,
    StageStarted,
    decode_event,
)
from engine.cli.views import JsonView, LiveView, PlainView
from tests.engine.pipeline.cases import run, small_project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """What a whole run says."""
    folder: Path = tmp_path_factory.mktemp("views")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LAYERSWARM_CACHE", str(folder / "cache"))
        return run(small_project(folder)).events


def plain(events: list[Event], seconds_between: float = 0.0) -> list[str]:
    """The lines of the plain view, on a clock that moves on with each look."""
    now = iter(range(10**6))
    out = io.StringIO()
    with PlainView(Console(file=out, width=200), lambda: next(now) * seconds_between) as view:
        for event in events:
            view(event)
    return out.getvalue().splitlines()


def test_plain_lines_tell_what_each_stage_came_to(said: list[Event]) -> None:
    lines = "\n".join(plain(said))
    for part in (
        "Model        model: 6 layers, 2 to remove",
        "Search       KL ",
        "validation KL ",
        "checks passed",
        "layers removed",
    ):
        assert part in lines


def test_plain_lines_tell_now_and_then_how_far_it_is() -> None:
    events: list[Event] = [StageStarted(stage="search")]
    events += [StageProgressed(stage="search", done=done, total=8, message=f"Iteration {done}") for done in range(8)]
    assert len(plain(events, seconds_between=0.0)) == 1
    assert len(plain(events, seconds_between=6.0)) > 2
    assert any("Iteration 3 38 %" in line for line in plain(events, seconds_between=100.0))


def test_what_was_there_already_is_said_so() -> None:
    assert plain([StageFinished(stage="search", seconds=3.0, reused=True)]) == ["Search       done (reused)"]


def test_sentences_and_the_end_are_shown() -> None:
    lines = plain(
        [MessageLogged(level="warning", message="Careful."), RunFinished(outcome="failed", message="No [disk].")]
    )
    assert lines == ["             Careful.", "Error: No [disk]."]


def test_json_lines_are_the_events(said: list[Event]) -> None:
    out = io.BytesIO()
    with JsonView(out) as view:
        for event in said:
            view(event)
    assert [decode_event(line) for line in out.getvalue().splitlines()] == said


def test_the_live_view_ends_with_every_stage_done(said: list[Event]) -> None:
    out = io.StringIO()
    with LiveView(Console(file=out, width=120, force_terminal=True)) as view:
        for event in said:
            view(event)
    picture = out.getvalue().rsplit("Model", 1)[1]
    for label in ("Calibration", "Analysis", "Search", "Recovery", "Evaluation", "Export"):
        assert f"✓\x1b[0m {label}" in picture


def test_plain_lines_do_not_say_the_same_again() -> None:
    said = [StageProgressed(stage="export", done=0, total=0, message="Running it in llama.cpp") for _ in range(5)]
    assert len(plain([*said], seconds_between=100.0)) == 1


@pytest.mark.parametrize("live", [False, True])
def test_names_are_shown_as_they_are(live: bool) -> None:
    name = "out[v3]/[/x] a:cat:z"
    working: list[Event] = [
        StageStarted(stage="export"),
        StageProgressed(stage="export", done=1, total=2, message=f"Writing {name}"),
        MessageLogged(level="info", message=f"Careful of {name}"),
    ]
    out = io.StringIO()
    console = Console(file=out, width=200, force_terminal=live)
    for events in (working, [RunFinished(outcome="finished", message=f"It is in {name}.")]):
        with LiveView(console) if live else PlainView(console, iter((0.0, 99.0, 198.0, 297.0)).__next__) as view:
            for event in events:
                view(event)
    assert out.getvalue().count(name) == 3
