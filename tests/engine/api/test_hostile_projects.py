"""Journals and projects that lie: what is good in them is kept, the damaged file is set aside, nothing hangs."""

import json
import math
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.events import (
    BudgetResolved,
    CandidatesScored,
    DeviceChosen,
    Event,
    GapFolded,
    IterationFinished,
    LayerAnalysed,
    MessageLogged,
    ModelPrepared,
    RecoveryStepped,
    SearchFinished,
    StageStarted,
    encode_event,
)
from engine.api.journal import Journal, read_journal
from engine.api.mended_project import open_or_mend
from engine.api.project import PROJECT_FILE, Project
from engine.api.regular_files import open_regular, read_regular
from engine.api.run_state import RunState
from engine.api.settings import Settings

MODEL = ModelPrepared(
    source="m", name="m", folder="m", digest="d", model_type="llama", architecture="L", licence="", layers=4,
    hidden_size=8, vocabulary=9, context_length=64, dtype="float32", parameters=100, bytes=400,
    layer_parameters=(5,) * 4, layer_bytes=(20,) * 4,
)  # fmt: skip
STEP = RecoveryStepped(step=1, steps=2, loss=1.0, learning_rate=0.1, tokens=8, tokens_per_second=9.0)
LAYER = LayerAnalysed(
    layer=1, block_influence=0.1, angular_distance=0.1, kl=0.1, perplexity=9.0, parameters=5, bytes=20, seconds=0.1
)
SCORES = CandidatesScored(model="d", calibration="c", level=0, removed=((1,), (1, 2)), kl=(0.1, 0.2), nll=(1.0, 2.0))
ITERATION = IterationFinished(
    iteration=0, iterations=3, best_fitness=0.1, best_removed=(1,), mean_fitness=0.1, worst_fitness=0.2,
    removal_frequency=(0.0, 1.0, 0.5, 0.0), candidates=((1,), (2,)), fitness=(0.1, 0.2), evaluations=2, remembered=0,
    layer_applications=8,
)  # fmt: skip
GAP = GapFolded(first=1, last=2, layer=0, weight="mlp", ridge=0.1, kl_before=0.2, kl_after=0.1)
FOUND = SearchFinished(removed=(1, 2), fitness=0.1, evaluations=2, layer_applications=8, seconds=1.0)

LIES: dict[str, tuple[Event, dict[str, Any]]] = {
    "a layer beyond the model": (LAYER, {"layer": 4}),
    "a negative layer": (LAYER, {"layer": -1}),
    "a number format": (DeviceChosen(device="cpu", dtype="float32"), {"dtype": "evil"}),
    "scores of unequal lengths": (SCORES, {"kl": (0.1,)}),
    "accuracies of another length": (SCORES, {"accuracy": (0.1,)}),
    "a set out of order": (SCORES, {"removed": ((2, 1), (1,))}),
    "a set with a layer twice": (FOUND, {"removed": (1, 1)}),
    "a set of all layers": (FOUND, {"removed": (0, 1, 2, 3)}),
    "a set beyond the model": (FOUND, {"removed": (1, 9)}),
    "candidates without fitness": (ITERATION, {"fitness": ()}),
    "frequencies of more layers": (ITERATION, {"removal_frequency": (0.0,) * 5}),
    "a budget of all layers": (
        BudgetResolved(layers=1, protected=(0,), prunable=(1, 2), parameters=5, bytes=20),
        {"layers": 4},
    ),
    "a gap upside down": (GAP, {"first": 3, "last": 2}),
    "a gap that is folded into itself": (GAP, {"layer": 1}),
    "a model without layers": (MODEL, {"layers": 0, "layer_parameters": (), "layer_bytes": ()}),
    "a model with layers without sizes": (MODEL, {"layer_bytes": (20,)}),
    "a negative step": (STEP, {"step": -5}),
    "a divergence below zero": (LAYER, {"kl": -5.0}),
    "a divergence below zero among others": (SCORES, {"kl": (0.1, -5.0)}),
    "a divergence of a gap below zero": (GAP, {"kl_after": -5.0}),
    "a perplexity below zero": (LAYER, {"perplexity": -1.0}),
    "a speed below zero": (STEP, {"tokens_per_second": -9.0}),
    "a number beyond every reader": (STEP, {"tokens": 2**60}),
    "a time beyond the calendar": (STEP, {"time": 1e18}),
}
RUBBISH = {
    "deep nesting": b"[" * 10**5,
    "deep nesting in an event": b'{"event":"stage_started","x":' + b"[" * 10**4 + b"]" * 10**4 + b"}",
    "no JSON": b"\x00\xff\xfe",
    "half a character": b'{"event":"message_logged","level":"info","message":"a \\ud800 b"}',
    "a number of thousands of digits": b'{"event":"stage_started","stage":"model","seq":1' + b"0" * 5000 + b"}",
    "a kind that is no text": b'{"event":["a"]}',
    "a list": b"[1, 2]",
    "an unknown stage": b'{"event":"stage_started","stage":"lunch"}',
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "project", with_values(Settings(), {"search.seed": 7}))
    made.new_run()
    return made


def journal(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def line_of(event: Event) -> bytes:
    return encode_event(event)


@pytest.mark.parametrize("name", LIES)
def test_an_impossible_event_is_skipped_and_named(name: str, tmp_path: Path) -> None:
    sound, changes = LIES[name]
    lie = msgspec.structs.replace(sound, **changes)
    path = journal(tmp_path / "events.jsonl", line_of(MODEL), line_of(sound), line_of(lie), line_of(STEP))
    *events, warning = read_journal(path)
    assert events == [MODEL, sound, STEP]
    assert isinstance(warning, MessageLogged)
    assert "1 line cannot be used and was skipped, the first one is line 3" in warning.message
    RunState.replay(events)


@pytest.mark.parametrize("kl", [-1e-4, 0.0, math.inf, math.nan])
def test_a_divergence_that_rounding_or_an_infinite_loss_made_is_possible(kl: float, tmp_path: Path) -> None:
    path = journal(tmp_path / "events.jsonl", line_of(MODEL), line_of(msgspec.structs.replace(LAYER, kl=kl)))
    assert len(list(read_journal(path))) == 2


@pytest.mark.parametrize("name", RUBBISH)
def test_a_line_that_is_no_event_is_skipped_and_named(name: str, tmp_path: Path) -> None:
    path = journal(tmp_path / "events.jsonl", line_of(MODEL), RUBBISH[name], line_of(STEP))
    *events, warning = read_journal(path)
    assert events == [MODEL, STEP]
    assert "line 2" in str(warning)


def test_a_damaged_journal_is_set_aside_before_it_is_continued(tmp_path: Path) -> None:
    newer = b'{"event":"moon_landed","seq":2}'
    path = journal(tmp_path / "events.jsonl", line_of(MODEL), newer, *RUBBISH.values(), line_of(STEP))
    damaged = path.read_bytes()
    writing = Journal(path)
    writing.append(StageStarted(stage="model"))
    writing.close()
    assert (tmp_path / "events.damaged.jsonl").read_bytes() == damaged
    assert path.read_bytes().splitlines()[:3] == [line_of(MODEL), newer, line_of(STEP)]
    assert [type(event) for event in read_journal(path)] == [ModelPrepared, RecoveryStepped, StageStarted]
    journal(path, b"{", line_of(STEP))
    Journal(path).close()
    assert (tmp_path / "events.damaged-2.jsonl").is_file()


def test_a_sound_journal_is_left_alone(tmp_path: Path) -> None:
    path = journal(tmp_path / "events.jsonl", line_of(MODEL), line_of(STEP))
    Journal(path).close()
    assert os.listdir(tmp_path) == ["events.jsonl"]


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_only_regular_files_are_opened(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    if kind == "pipe":
        os.mkfifo(path)  # without a writer, opening it would wait for ever
    else:
        path.symlink_to("/dev/zero")
    for opening in (open_regular, lambda each: read_regular(each, 10), lambda each: list(read_journal(each)), Journal):
        with pytest.raises(BadInput, match=f"file is a (named )?{kind}, not a file"):
            opening(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(BadInput, match="is larger than the 1 MB"):
        read_regular(tmp_path / "file", 10**6)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 10**5, b'{"format": 1, "settings": [1]}', b"\xff\xfe"])
def test_an_unreadable_project_takes_the_settings_of_its_latest_run(project: Project, content: bytes) -> None:
    file = project.folder / PROJECT_FILE
    file.write_bytes(content)
    with pytest.raises(BadInput, match=r"project\.layerswarm"):
        Project.open(project.folder)
    mended, sentence = open_or_mend(project.folder)
    assert mended.settings.search.seed == 7
    assert "the settings of its latest run were taken" in sentence
    assert (project.folder / "project.damaged.layerswarm").read_bytes() == content
    assert Project.open(project.folder).settings == mended.settings


def test_of_a_project_with_wrong_settings_the_others_are_kept(project: Project) -> None:
    file = project.folder / PROJECT_FILE
    content = json.loads(file.read_text())
    content["settings"]["device"]["dtype"] = "evil"
    content["settings"]["search"] |= {"population": -1, "iterations": 5}
    content["settings"]["budget"] |= {"layers": 3, "percent": 20.0}
    file.write_text(json.dumps({**content, "own": {"kept": True}}))
    mended, sentence = open_or_mend(project.folder)
    assert (mended.settings.search.seed, mended.settings.search.iterations) == (7, 5)
    assert "device.dtype, budget.percent, search.population" in sentence
    assert json.loads(file.read_text())["own"] == {"kept": True}


def test_a_sound_project_and_one_of_a_newer_version_are_left_alone(project: Project) -> None:
    assert open_or_mend(project.folder)[1] == ""
    file = project.folder / PROJECT_FILE
    file.write_text('{"format": 99, "settings": {"search": {"seed": "new"}}}')
    with pytest.raises(BadInput, match="newer LayerSwarm"):
        open_or_mend(project.folder)
    assert sorted(os.listdir(project.folder)) == [PROJECT_FILE, "runs"]


def test_a_copy_of_a_project_follows_no_links(project: Project, tmp_path: Path) -> None:
    (project.folder / "exports").symlink_to("/dev/zero")
    copy = project.save_as(tmp_path / "copy")
    assert (copy.folder / "exports").readlink() == Path("/dev/zero")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="may read everything")
def test_a_project_that_may_not_be_read_is_not_set_aside(project: Project) -> None:
    (project.folder / PROJECT_FILE).chmod(0)
    with pytest.raises(BadInput, match="cannot be read"):
        open_or_mend(project.folder)
