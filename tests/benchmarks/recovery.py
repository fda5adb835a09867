"""What LoRA recovery brings back of six layers (13 to 18) of the demo model: how fast, on which text, by which loss.

``speed`` compares the pace of our training with the plain way: the same adapters from the embedding upward, a forward
of the dense model at every step, whole logits of both. ``texts`` trains on several texts, losses, kinds of adapter and
starts, each on equally many tokens, and measures on texts that nobody learns from. ``seams`` does so for the weight of
the states behind the gap. ``long`` trains on a million tokens
of web pages and draws the curve beside the file of results; it goes on where it was when it is started again.
``long_texts`` measures what it has left in its folder. Needs the shared texts.

    python -m tests.benchmarks.recovery --part speed|texts|seams|long|long_texts [--out FILE] [--folder FOLDER]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import torch
from rich.console import Console
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax
from transformers import PreTrainedModel

from engine.api.events import Event, RecoveryFinished, RecoveryStepped
from engine.api.settings import RecoverySettings
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.fitness.objective import perplexity
from engine.models.decoder_stack import DecoderStack
from engine.models.loading import load_model
from engine.models.surgery import pruned_view, remove_layers
from engine.recovery.adapters import Adapters
from engine.recovery.checkpoints import Measurement
from engine.recovery.merge import load_merged
from engine.recovery.optimisation import Optimisation
from engine.recovery.targets import adapter_targets
from engine.recovery.team import Team
from engine.recovery.training import train
from engine.recovery.training_request import TrainingRequest, TrainingWindows
from tests.benchmarks.curve import curve
from tests.benchmarks.demo_setup import LENGTH, demo_folder, print_rows, write_json
from tests.benchmarks.texts import DATA, HELDOUT, calibration_windows, heldout_windows, texts_are_here

REMOVED = (13, 14, 15, 16, 17, 18)
VALIDATION, EVERY = 8, 16
BASE = RecoverySettings(windows=128, steps=64, evaluate_every=EVERY, validation_windows=VALIDATION)
PLAIN_STEPS = 6
RUNS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("self", {}),
    ("wikipedia", {}),
    ("instructions", {}),
    ("self", {"objective": "cross_entropy"}),
    ("self", {"objective": "both"}),
    ("self", {"start": "embedding"}),
    ("self", {"start": "seam"}),
    ("self", {"adapter": "rslora"}),
    ("self", {"adapter": "dora"}),
)
"""Text, and what differs from the default settings."""
LONG = {"windows": 4000, "steps": 2000, "evaluate_every": 100, "learning_rate": 1e-3, "patience": 0}
"""2,000 steps of 4 windows: 1,024,000 tokens, 512,000 different ones in two epochs if there is text enough."""

SEAM_WEIGHTS = (0.0, 3.0, 10.0)
SEAM_RUN = {"windows": 96, "steps": 24, "evaluate_every": 24}


class Said:
    """The events of a training, and when they came."""

    def __init__(self) -> None:
        self.history: tuple[Measurement, ...] = ()
        """On the validation windows; also what was measured before an interruption."""
        self.paces: list[float] = []
        self.tokens = 0
        self.seconds = 0.0

    def __call__(self, event: Event) -> None:
        match event:
            case RecoveryStepped():
                self.paces.append(event.tokens_per_second)
                self.tokens = event.tokens
            case RecoveryFinished():
                self.seconds = event.seconds


def windows_of(text: str, count: int) -> TrainingWindows:
    """Windows of one text to learn from, and a few that decide."""
    windows = calibration_windows(text, count + VALIDATION)
    return TrainingWindows(windows[VALIDATION:], windows[:VALIDATION], windows[:0])


def recovered(model: PreTrainedModel, text: str, settings: RecoverySettings, folder: Path) -> Said:
    """Train; the merged weights are in the folder, if it helped."""
    said = Said()
    windows = windows_of(text, settings.windows)
    said.history = train(model, TrainingRequest(REMOVED, windows, settings, folder), said, lambda: None).history
    return said


def speed(_folder: Path) -> list[dict[str, Any]]:
    """Tokens per second: the plain way and ours in float32, ours in bfloat16."""
    windows = windows_of("self", 4 * PLAIN_STEPS)
    plain = statistics.median(plain_paces(load_model(demo_folder().path), windows.learnt))
    rows = [{"how": "plain, float32", "tokens/s": round(plain), "ratio": 1.0}]
    for dtype in (torch.float32, torch.bfloat16):
        model = load_model(demo_folder().path, dtype=dtype)
        settings = msgspec.structs.replace(BASE, windows=4 * PLAIN_STEPS, steps=2 * PLAIN_STEPS)
        with tempfile.TemporaryDirectory() as folder:
            paces = recovered(model, "self", settings, Path(folder)).paces[PLAIN_STEPS:]
        pace = statistics.median(paces)
        name = f"ours from the second epoch on, {str(dtype).removeprefix('torch.')}"
        rows.append({"how": name, "tokens/s": round(pace), "ratio": round(pace / plain, 2)})
    return rows


def plain_paces(model: PreTrainedModel, windows: Tensor) -> Iterator[float]:
    """Tokens per second of each step as one would write it down at first."""
    view = pruned_view(model, REMOVED)
    with Adapters(view, adapter_targets(view, "all", 0), BASE) as adapters:
        optimisation = Optimisation(adapters.parameters(), BASE, Team(cpu=True), model.dtype)
        for tokens in windows.split(BASE.batch_windows):
            started = time.perf_counter()
            with torch.no_grad(), adapters.disabled():
                taught = log_softmax(model(input_ids=tokens, use_cache=False).logits.float(), -1)
            said = log_softmax(view(input_ids=tokens, use_cache=False).logits.float(), -1)
            loss = kl_div(said, taught, reduction="none", log_target=True).sum() / tokens.numel()
            optimisation.clear()
            optimisation.backward(loss)
            optimisation.step(loss.detach())
            yield tokens.numel() / (time.perf_counter() - started)


def texts(_folder: Path) -> Iterator[dict[str, Any]]:
    """A row for the pruned model and for each run: KL on texts that nobody learns from."""
    dense = load_model(demo_folder().path, dtype=torch.bfloat16)
    judges = {name: _judge(dense, name) for name in HELDOUT}
    yield {"learnt from": "(pruned)", "settings": "", "tokens": 0, "tokens/s": 0, "wall time, s": 0, **_figures(judges)}
    for text, changes in RUNS:
        settings = msgspec.structs.replace(BASE, **changes)
        with tempfile.TemporaryDirectory() as folder:
            said = recovered(dense, text, settings, Path(folder))
            figures = _recovered_figures(Path(folder), judges)
        yield {
            "learnt from": text,
            "settings": ", ".join(map(str, changes.values())),
            "tokens": said.tokens,
            "tokens/s": round(statistics.median(said.paces)),
            "wall time, s": round(said.seconds),
            **figures,
        }


def seams(_folder: Path) -> Iterator[dict[str, Any]]:
    """A row for each weight of the states behind the gap, on equally many tokens."""
    dense = load_model(demo_folder().path, dtype=torch.bfloat16)
    judges = {name: _judge(dense, name) for name in HELDOUT}
    for weight in SEAM_WEIGHTS:
        settings = msgspec.structs.replace(BASE, **SEAM_RUN, seam_weight=weight)
        with tempfile.TemporaryDirectory() as folder:
            said = recovered(dense, "wikipedia", settings, Path(folder))
            figures = _recovered_figures(Path(folder), judges)
        yield {
            "seam weight": weight,
            "tokens": said.tokens,
            "validation KL": round(said.history[-1].kl, 4),
            **figures,
        }


def _judge(dense: PreTrainedModel, name: str) -> Evaluator:
    memory = ScoreMemory("demo", name, lambda _event: None)
    return Evaluator(CalibrationWindows(DecoderStack(dense), heldout_windows(name), 1), memory)


def _figures(judges: dict[str, Evaluator]) -> dict[str, Any]:
    """Of the pruned model."""
    scores = {name: judge.scores([REMOVED])[0] for name, judge in judges.items()}
    return _row({name: (score.kl, perplexity(score.nll)) for name, score in scores.items()})


def _recovered_figures(folder: Path, judges: dict[str, Evaluator]) -> dict[str, Any]:
    """Of the recovered model: the dense one's predictions against its own."""
    model = load_model(demo_folder().path, dtype=torch.bfloat16)
    remove_layers(model, REMOVED)
    model.load_state_dict(load_merged(folder), strict=False)
    return _row({name: measured(model, name) for name in judges})


@torch.no_grad()
def measured(model: PreTrainedModel, name: str) -> tuple[float, float]:
    """KL to the dense model and perplexity, at every position."""
    dense = load_model(demo_folder().path, dtype=torch.bfloat16)
    kl = nll = 0.0
    windows = heldout_windows(name)
    for window in windows:
        expected, found = (
            log_softmax(each(input_ids=window[None], use_cache=False).logits[0, :-1].float(), -1)
            for each in (dense, model)
        )
        kl += float(kl_div(found, expected, reduction="none", log_target=True).sum())
        nll -= float(found.gather(-1, window[1:, None]).sum())
    positions = windows[:, 1:].numel()
    return kl / positions, perplexity(nll / positions)


def _row(figures: dict[str, tuple[float, float]]) -> dict[str, Any]:
    row: dict[str, Any] = {f"KL {name}": round(kl, 3) for name, (kl, _) in figures.items()}
    row["mean KL"] = round(statistics.mean(kl for kl, _ in figures.values()), 3)
    row["ppl wikitext2"] = round(figures["wikitext2"][1], 2)
    return row


def long(folder: Path) -> list[dict[str, Any]]:
    """A million tokens: validation KL over the tokens."""
    settings = msgspec.structs.replace(BASE, **LONG)
    model = load_model(demo_folder().path, dtype=torch.bfloat16)
    said = recovered(model, "web", settings, folder)
    per_step = settings.batch_windows * LENGTH
    return [
        {"tokens": each.step * per_step, "validation KL": round(each.kl, 4), "perplexity": round(each.perplexity, 2)}
        for each in said.history
    ]


def long_texts(folder: Path) -> Iterator[dict[str, Any]]:
    """Dense, pruned, and what the long training has left, on texts that nobody learnt from."""
    dense = load_model(demo_folder().path, dtype=torch.bfloat16)
    judges = {name: _judge(dense, name) for name in HELDOUT}
    yield {"model": "dense", **_row({name: measured(dense, name) for name in judges})}
    yield {"model": "pruned", **_figures(judges)}
    yield {"model": "recovered", **_recovered_figures(folder, judges)}


PARTS = {"speed": speed, "texts": texts, "seams": seams, "long": long, "long_texts": long_texts}


def main() -> None:
    """Train, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=PARTS, default="speed")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "layerswarm-long-recovery")
    given = parser.parse_args()
    console = Console(width=200)
    if not texts_are_here():
        console.print(f"Skipped: the texts to learn from and to measure on are not in {DATA}.")
        return
    rows = []
    for row in PARTS[given.part](given.folder):
        rows.append(row)
        print_rows([row], console)
        write_json(given.out, {"removed": REMOVED, "part": given.part, "rows": rows})
    if given.part == "long" and given.out is not None:
        given.out.with_suffix(".svg").write_text(curve(rows))


if __name__ == "__main__":
    main()
