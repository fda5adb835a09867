"""A run or job that is killed, or meets a disk or a GPU that fails, goes on bit-identical and leaves nothing behind.

``make soak`` kills 1,000 times (LAYERSWARM_KILLS).
"""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from safetensors.torch import load_file

from engine.api.commands import CompareSearches, PruneModel
from engine.api.editing import with_values
from engine.api.events import STAGES, Event
from engine.api.export_targets import read_formats
from engine.api.locations import cache_folder
from engine.api.owners import owner_of
from engine.api.project import PROJECT_FILE, Project
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.export.targets.registry import has_writer, writer_of
from tests.e2e.fault_injection import ANYWHERE, Fault
from tests.e2e.fault_runner import Chain, Job, Outcome, Report
from tests.engine.export.gguf_cases import with_sentencepiece
from tests.engine.pipeline.cases import SMALL
from tests.warm_process import WarmPopen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked, and tools of killed ones adopted"),
]
KILLS = int(os.environ.get("LAYERSWARM_KILLS", "40"))
SEED = int(os.environ.get("LAYERSWARM_SEED", "0"))
PLACES = (
    r"/cache/texts/",
    r"/windows\.safetensors|/runs/[^/]+/\.layerswarm",
    r"/events\.jsonl",
    r"/compensation/",
    r"/recovery/lessons/",
    r"/recovery/\.",
    r"/evaluation/",
    r"/exports/.*config\.json|/exports/\.layerswarm[^/]*/\.",
    r"/exports/.*\.safetensors",
)
"""What is written, in the order of a run."""
ERRORS = (errno.ENOSPC, errno.EIO)
PACES = "paces.json"
"""What the engine learns about the speed of this computer."""
ON_DEVICE = ("calibrate", "analyse", "search", "compensate", "recover", "evaluate")
FORMATS = {"safetensors,gguf:f16": 8, "gguf:q4_0": 8}
TRACED = {"onnx": 4, "openvino": 4}
"""Kills during an export, by its formats. Tracing takes so long that only ``make soak`` does it."""
JOBS = 4
"""Kills in each other job."""
QUICK: dict[str, object] = {
    **SMALL,
    "calibration.windows": 4,
    "calibration.heldout_windows": 2,
    "calibration.window_length": 8,
    "search.iterations": 2,
    "recovery.steps": 4,
    "evaluation.prompts": "",
    "evaluation.answer_tokens": 0,
    "evaluation.decode_tokens": 2,
}


@dataclass(frozen=True)
class Soak:
    """What the kills came to."""

    folder: Path
    report: Report
    plan: list[Chain]
    tools: str
    """What the tools printed on standard error."""

    @property
    def unharmed(self) -> Path:
        return Path(self.plan[0].project)


def plan_in(folder: Path) -> list[Chain]:
    """Return an unharmed run, and chains of kills in all stages in turn, in the exports and in other jobs."""
    model = with_sentencepiece("llama", folder / "model")
    (folder / "text.txt").write_text(" ".join(f"{number} and {number * 7 % 1009}" for number in range(9_000)))
    converter = cache_folder() / "gguf-converter"
    wanted = FORMATS | TRACED if is_soak() else FORMATS
    formats = {name: kills for name, kills in wanted.items() if is_installed(name)}
    rounds = max(KILLS // 200, 1)
    whole = max(-(-(KILLS - rounds * sum(formats.values())) // len(STAGES)), 1)
    lost = -(-whole // 2)
    chains = [Chain(faults=[], seed=-1)]
    chains += [Chain(faults=[Fault("kill", stage) for stage in STAGES], seed=SEED + number) for number in range(whole)]
    chains += [Chain(faults=[Fault("write", place, error) for place in PLACES]) for error in ERRORS]
    chains += [Chain(faults=[Fault("size", "", size) for size in (2_000, 20_000)])]
    chains += [Chain(faults=[Fault("device", stage) for stage in ON_DEVICE], seed=number) for number in range(lost)]
    for seed in range(SEED, SEED + rounds):
        for name, kills in formats.items():
            chains.append(Chain(faults=[Fault("kill", "export")] * kills, formats=name, seed=seed))
        for job in jobs_with(str(model.path), str(folder / "text.txt")):
            chains.append(Chain(faults=[Fault("kill", ANYWHERE)] * JOBS, job=job, seed=seed))
    for number, chain in enumerate(chains):
        place = folder / f"{number:03d}"
        chain.project, chain.cache = str(place / "project"), str(place / "cache")
        if isinstance(chain.job, PruneModel):
            chain.job = msgspec.structs.replace(chain.job, folder=chain.project)
        elif isinstance(chain.job, CompareSearches):
            chain.job = msgspec.structs.replace(chain.job, project=chain.project)
        if not chain.formats and not isinstance(chain.job, PruneModel):
            Project.create(place / "project", with_values(Settings(), {"model.source": str(model.path), **QUICK}))
        is_whole = chain.job is None and not chain.formats
        if converter.is_dir() and (is_whole or isinstance(chain.job, PruneModel)):
            shutil.copytree(converter, place / "cache" / "gguf-converter")
    return chains


def is_soak() -> bool:
    return KILLS > 40


def is_installed(formats: str) -> bool:
    wanted = [each for each in read_formats(formats.split(",")) if has_writer(each.target)]
    return not any(writer_of(each.target).missing(each.precision, "") for each in wanted)


def jobs_with(model: str, text: str) -> tuple[Job, ...]:
    """Return the jobs without a run; the caller names their folders."""
    formats = ("safetensors", "gguf:f16") if is_soak() and is_installed("gguf:f16") else ("safetensors",)
    return (
        PruneModel(source=model, removed=(3,), folder="", compensate=True, text=text, formats=formats),
        CompareSearches(project="", algorithms=("pso", "greedy"), seeds=2, texts=(text,)),
    )


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Soak]:
    folder = tmp_path_factory.mktemp("soak")
    (folder / "temporary").mkdir()
    plan = plan_in(folder)
    (folder / "plan.json").write_bytes(msgspec.json.encode(plan))
    command = [sys.executable, "-m", "tests.e2e.fault_runner", str(folder / "plan.json")]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "TMPDIR": str(folder / "temporary"), "HF_HUB_OFFLINE": "1"}
    with (
        (folder / "errors").open("wb") as errors,
        WarmPopen(command, stdout=subprocess.PIPE, stderr=errors, env=environment) as running,
    ):
        assert running.stdout is not None
        printed = running.stdout.read()
    said = (folder / "errors").read_text(errors="replace")
    assert printed, said[-3000:]
    report = msgspec.json.decode(printed.splitlines()[-1], type=Report)
    killed = sum(each.code is None for each in report.outcomes)
    print(f"{len(report.outcomes)} faults, {killed} of them kills, {report.cpu_seconds:.0f} CPU s")
    yield Soak(folder, report, plan, said)
    shutil.rmtree(folder, ignore_errors=True)


def chains_of(soak: Soak) -> Iterator[tuple[Path, Path]]:
    """Yield each killed project and the unharmed one that it must be equal to."""
    for chain in soak.plan[1:]:
        unharmed = soak.report.unharmed[chain.kind] if chain.kind else str(soak.unharmed)
        yield Path(chain.project), Path(unharmed)


def outcomes(soak: Soak, kind: str) -> list[Outcome]:
    return [each for each in soak.report.outcomes if each.fault.kind == kind]


def test_every_run_ends_well_after_its_faults(soak: Soak) -> None:
    assert {project: ending for project, ending in soak.report.endings.items() if ending[0]} == {}


def test_runs_are_killed_in_every_stage(soak: Soak) -> None:
    planned = outcomes(soak, "kill")
    assert len(planned) >= KILLS
    killed = [each.fault.where for each in planned if each.code is None]
    assert set(killed) == {*STAGES, ANYWHERE}
    killed_projects = {each.project for each in planned if each.code is None}
    assert {chain.kind for chain in soak.plan if chain.project in killed_projects} == {each.kind for each in soak.plan}
    assert len(killed) >= 0.7 * len(planned), "the others had less to do when they were resumed"


@pytest.mark.parametrize("kind", ["write", "size"])
def test_a_disk_that_refuses_is_one_sentence(soak: Soak, kind: str) -> None:
    for each in outcomes(soak, kind):
        reason = os.strerror(errno.EFBIG if kind == "size" else each.fault.number)
        assert (each.code, reason in each.sentence) == (1, True), each
        assert "nexpected" not in each.sentence
        assert "\n" not in each.sentence


def test_a_device_that_fails_is_one_sentence(soak: Soak) -> None:
    for each in outcomes(soak, "device"):
        assert each.code == 1, each
        assert each.sentence.startswith('The device failed ("CUDA error: unspecified launch failure"). '), each
        assert "\n" not in each.sentence


def test_every_resumed_run_comes_to_the_same_results(soak: Soak) -> None:
    assert results_of(soak.unharmed)["recovery"]
    for project, unharmed in chains_of(soak):
        assert results_of(project) == results_of(unharmed), project.parent.name


def test_every_resumed_run_has_the_same_files(soak: Soak) -> None:
    for project, unharmed in chains_of(soak):
        assert contents_of(project) == contents_of(unharmed), project.parent.name


def test_nothing_is_left_behind(soak: Soak) -> None:
    for project, unharmed in chains_of(soak):
        assert names_in(project.parent) == names_in(unharmed.parent), project.parent.name
    assert [path for path in soak.folder.rglob("*") if owner_of(path.name) is not None] == []
    assert list((soak.folder / "temporary").iterdir()) == []


def names_in(folder: Path) -> set[str]:
    """Return the names of all files and folders but locks, which some versions of filelock keep, and known paces."""
    kept = (path for path in folder.rglob("*") if not path.name.endswith(".lock") and path.name != PACES)
    return {path.relative_to(folder).as_posix() for path in kept}


def contents_of(project: Path) -> dict[str, Any]:
    """Return what weights, windows and exports hold, without dates and speeds."""
    found: dict[str, Any] = {}
    for path in sorted(project.rglob("*")):
        name = path.relative_to(project).as_posix()
        if not path.is_file() or path.suffix in (".lock", ".jsonl", ".layerswarm", ".md") or path.name == "README.md":
            continue
        if path.name == "layerswarm.json":
            manifest = json.loads(path.read_text())
            found[name] = {key: manifest[key] for key in ("removed", "parameters", "bytes", "variant", "source_digest")}
        elif path.suffix == ".safetensors" and {"runs", "comparisons"} & {*path.parts}:
            # headers hold seconds, in an order of chance
            tensors = load_file(path)
            found[name] = {key: hashlib.sha256(value.numpy().tobytes()).hexdigest() for key, value in tensors.items()}
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def results_of(project: Path) -> dict[str, Any]:
    """Return the results in the journal, without numbers, dates and speeds; none of what is only an export."""
    if not (project / PROJECT_FILE).exists():
        return {}
    opened = Project.open(project)
    (run,) = opened.runs() or opened.comparisons()
    state = RunState.replay(run.events())
    return {
        "compared": {key: _plain(event) for key, event in state.compared.items()},
        "search": state.search and _plain(state.search),
        "iterations": {number: _plain(event) for number, event in state.iterations.items()},
        "layers": {number: _plain(event) for number, event in state.layers.items()},
        "gaps": {first: _plain(event) for first, event in state.folded_gaps.items()},
        "compensation": state.compensation and _plain(state.compensation),
        "steps": {step: event.loss for step, event in state.steps.items()},
        "validations": {step: _plain(event) for step, event in state.validations.items()},
        "recovery": state.recovery and _plain(state.recovery),
        "figures": {
            variant: (event.heldout_perplexity, event.heldout_kl) for variant, event in state.evaluated.items()
        },
        "exports": sorted((Path(event.folder).name, event.format, event.bytes) for event in state.exports.values()),
        "checks": sorted((*key, check.passed) for key, check in state.checks.items()),
        "stages": sorted(state.stages_finished),
    }


def _plain(event: Event) -> dict[str, Any]:
    """Return an event without its place in the journal, and without what a resumed run counts anew."""
    work = ("evaluations", "remembered", "layer_applications", "layer_items", "tokens")
    counted = ("seq", "time", "elapsed", "seconds", *work)
    return {key: value for key, value in msgspec.to_builtins(event).items() if key not in counted}
