"""An 8B shape with random weights on a GPU: scoring against the device's matrix products, and whole runs.

One call of under ten minutes: the model is written (16 GB), populations are scored on the first and on the last level,
and two small runs go from the analysis to the evaluation, in bfloat16 and with the model in 4 bits, with what the
estimate says beside what was used.
"""

import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import torch

from engine.api.commands import EstimateRun, RunProject
from engine.api.control import Control
from engine.api.editing import with_values
from engine.api.errors import LayerSwarmError
from engine.api.events import EstimateMade, Event, RecoveryStepped, RunFinished, Stage, StageFinished
from engine.api.message import joined
from engine.api.project import Project
from engine.api.settings import Settings
from engine.evaluation.speed import PeakMemory
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.models.decoder_stack import DecoderStack
from engine.models.devices import device_names, list_devices
from engine.models.loading import load_model
from engine.models.out_of_memory import free_unused_memory
from engine.models.sizes import measure_sizes
from engine.pipeline.jobs import perform
from tests.benchmarks.large_models import Shape, write_model
from tests.benchmarks.section import Bench, Content, Row, Section, Tables
from tests.benchmarks.streaming_child import population
from tests.benchmarks.subject import empty_memory

FULL: Shape = {
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "vocab_size": 128256,
}
"""Llama-3.1-8B."""
QUICK: Shape = {
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 6,
    "num_attention_heads": 4,
    "vocab_size": 512,
}
ASKED = {"first level": 0.5, "last level": 0.6}
"""Shares of the measured pace of matrix products that the project promises."""
STAGES: tuple[Stage, ...] = ("analyse", "search", "compensate", "recover", "evaluate")
SETTINGS: dict[str, object] = {
    "budget.layers": 4,
    "calibration.source": "file",
    "calibration.windows": 64,
    "calibration.window_length": 512,
    "calibration.heldout_windows": 8,
    "search.population": 16,
    "search.iterations": 6,
    "compensation.windows": 32,
    "compensation.candidates": 1,
    "recovery.source": "file",
    "recovery.windows": 32,
    "recovery.steps": 12,
    "recovery.evaluate_every": 6,
    "evaluation.prompts": (),
    "evaluation.answer_tokens": 0,
    "evaluation.prompt_tokens": 128,
    "evaluation.decode_tokens": 16,
    "evaluation.repeats": 1,
}
SMALLER: dict[str, object] = {
    "budget.layers": 2,
    "calibration.windows": 4,
    "calibration.window_length": 32,
    "calibration.heldout_windows": 2,
    "search.population": 3,
    "search.iterations": 2,
    "compensation.windows": 4,
    "recovery.windows": 4,
    "recovery.validation_windows": 2,
    "recovery.steps": 2,
    "recovery.evaluate_every": 1,
    "recovery.batch_windows": 2,
    "evaluation.prompt_tokens": 8,
    "evaluation.decode_tokens": 2,
}


def measure(bench: Bench) -> Iterator[Content]:
    """Yield the pace of scoring, then a row for each run."""
    device = "cpu" if bench.quick else device_names()[0]
    folder = bench.work / f"accelerator{'_quick' * bench.quick}"
    write_model(folder / "model", QUICK if bench.quick else FULL)
    content: Content = {
        "device": next(each.label for each in list_devices() if each.name == device),
        "products, TFLOPS": round(_products(device, 64 if bench.quick else 8192) / 1e12, 4),
        "scoring": [],
        "runs": [],
    }
    for row in _scoring(folder / "model", device, content["products, TFLOPS"], bench.quick):
        content["scoring"].append(row)
        yield content
    for name, changes in _bases():
        content["runs"].append(_run(name, changes, folder, device, bench.quick))
        yield content


def obstacle(bench: Bench) -> str:
    """Return why nothing can be measured here."""
    there = bench.quick or device_names()[0] != "cpu"
    return "" if there else "torch sees no accelerator on this computer."


def _bases() -> Iterator[tuple[str, dict[str, object]]]:
    """Yield how the weights are held."""
    yield "16 bits", {"device.dtype": "bfloat16"}
    if find_spec("bitsandbytes") is not None:
        yield "4 bits", {"device.dtype": "bfloat16", "device.four_bit": True}


@torch.no_grad()
def _products(device: str, rows: int) -> float:
    """Return the operations per second of matrix products of the size of the model's."""
    width, inner = (64, 128) if rows == 64 else (4096, 14336)
    left = torch.randn(rows, width, device=device, dtype=torch.bfloat16)
    right = torch.randn(width, inner, device=device, dtype=torch.bfloat16)
    float((left @ right)[0, 0])
    rounds = 20
    started = time.perf_counter()
    for _ in range(rounds):
        product = left @ right
    float(product[0, 0])  # waits for the device
    return rounds * 2.0 * rows * width * inner / (time.perf_counter() - started)


def _scoring(folder: Path, device: str, products: float, quick: bool) -> Iterator[Row]:
    windows, length = (4, 32) if quick else (64, 512)
    model = load_model(folder, device, torch.bfloat16)
    tokens = torch.randint(0, 512, (windows, length), generator=torch.Generator().manual_seed(0))
    calibration = CalibrationWindows(DecoderStack(model), tokens.to(device), 4)
    evaluator = Evaluator(calibration, empty_memory(), levels=(max(windows // 16, 1), windows))
    sizes = measure_sizes(folder)
    sets = population(sizes.layers)
    evaluator.scores(sets[:1], evaluator.levels[0])  # the first walk initialises the libraries
    for (name, asked), level in zip(ASKED.items(), evaluator.levels, strict=True):
        before, started = evaluator.layer_applications, time.perf_counter()
        evaluator.scores(sets, level)
        seconds = time.perf_counter() - started
        layer_tokens = (evaluator.layer_applications - before) * evaluator.tokens_per_application
        flops = layer_tokens * 2.0 * sum(sizes.layer_parameters)
        share = flops / seconds / (1e12 * max(products, 1e-9))
        yield {
            "level": name,
            "windows": level,
            "candidates": len(sets),
            "seconds": round(seconds, 2),
            "tokens/s": round(layer_tokens / seconds),
            "share of products": round(share, 2),
            "asked": asked,
        }
    del model, calibration, evaluator
    free_unused_memory()


def _run(name: str, changes: dict[str, object], folder: Path, device: str, quick: bool) -> Row:
    text = folder / "text.txt"
    words = ("river", "stone", "winter", "harbour", "engine", "letter", "garden")
    text.write_text(
        "\n\n".join(f"Line {line}: the {words[line % 7]} and the {words[line % 5]}." for line in range(9000))
    )
    values = {**SETTINGS, **(SMALLER if quick else {}), **changes, "device.name": device}
    places = {f"{part}.path": str(text) for part in ("calibration", "recovery")}
    settings = with_values(Settings(), {"model.source": str(folder / "model"), **places, **values})
    project = Project.create(folder / f"{name.replace(' ', '-')}-{time.time_ns()}", settings)
    (estimate,) = _done(EstimateRun(settings=msgspec.to_builtins(settings), device=device), EstimateMade)
    weights = estimate.memory["weights"]
    with PeakMemory(torch.device(device)) as peak:
        events = _done(RunProject(project=str(project.folder), until="evaluate"), StageFinished, RecoveryStepped)
    seconds = {event.stage: event.seconds for event in events if isinstance(event, StageFinished)}
    paces = [event.tokens_per_second for event in events if isinstance(event, RecoveryStepped)]
    return {
        "weights": name,
        **{f"{stage}, s": round(seconds[stage], 1) for stage in STAGES},
        "recovery, tokens/s": round(max(paces, default=0.0)),
        "weights estimated, GB": round(weights / 1e9, 2),
        "estimated, GB": round(estimate.memory_needed / 1e9, 2),
        "used, GB": round(peak.bytes / 1e9, 2),
    }


def _done(command: EstimateRun | RunProject, *kinds: type[Event]) -> list[Any]:
    """Perform a job and return its events of some kinds.

    Raises:
        LayerSwarmError: It failed.
    """
    events: list[Event] = []
    if perform(command, events.append, Control()):
        ending = events[-1]
        raise LayerSwarmError(joined(ending.message if isinstance(ending, RunFinished) else "The job failed."))
    return [event for event in events if isinstance(event, kinds)]


def tables(content: Content) -> Tables:
    """Return scoring, and the runs."""
    return [content["scoring"], content["runs"]]


SECTION = Section(measure, tables, obstacle=obstacle)
