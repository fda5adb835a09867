"""LoRA and local distillation from the same fold: on equally many tokens, and on more.

Each training runs in a process of its own, so that its memory can be told from that of the others.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.api.settings import RecoverySettings
from engine.recovery.merge import MERGED, load_merged
from engine.recovery.training_job import TrainingJob
from tests.benchmarks.folding import VALIDATION, fold
from tests.benchmarks.limited_memory import printed_json
from tests.benchmarks.recovery_training import FOLD_TEXT, Judges, training_windows
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.training_child import trained

FOLD_WINDOWS = (96, 16)
"""Windows that the fold is fitted on, in full and in quick form."""
FULL = RecoverySettings(steps=32, evaluate_every=16, patience=0)
QUICK = RecoverySettings(steps=2, evaluate_every=1, patience=0, batch_windows=2, learning_rate=1e-2)
LONGER = 2
"""Steps of the longer local distillation as a multiple of LoRA's."""
CHILD = "tests.benchmarks.training_child"
Method = Literal["lora", "local"]


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for the fold and for each training."""
    subject, base = bench.subject, QUICK if bench.quick else FULL
    folder = bench.work / f"local_distillation{'_quick' * bench.quick}"
    folder.mkdir(parents=True, exist_ok=True)
    folded = _folded(bench)
    judges = Judges(subject, torch.float32)
    content: Content = {
        "removed": subject.removed,
        "text": FOLD_TEXT,
        "rows": [_row("the fold", judges.changed(folded))],
    }
    yield content

    def add(how: str, method: Method, steps: int) -> None:
        settings = msgspec.structs.replace(base, method=method, steps=steps, windows=2 * base.steps)
        figures, weights = _training(bench, folder, how, settings)
        content["rows"].append(_row(how, judges.changed(weights or folded), figures))
        content["ratios"] = [_ratios(content["rows"], row) for row in content["rows"][2:]]

    add("LoRA", "lora", base.steps)
    yield content
    add("local, as many tokens", "local", base.steps)
    yield content
    add("local, longer", "local", LONGER * base.steps)
    yield content


def _fold_file(bench: Bench) -> Path:
    return bench.work / f"local_distillation_fold{'_quick' * bench.quick}.safetensors"


def _folded(bench: Bench) -> dict[str, Tensor]:
    """Return the folded weights by their names in the pruned model; the work folder keeps them."""
    path = _fold_file(bench)
    if not path.is_file():
        windows = bench.subject.calibration_windows(FOLD_TEXT, VALIDATION + FOLD_WINDOWS[bench.quick])
        save_file(fold(bench.subject, bench.subject.model, windows).weights(bench.subject), path)
    return load_file(path)


def _training(
    bench: Bench, folder: Path, how: str, settings: RecoverySettings
) -> tuple[dict[str, Any], Mapping[str, Tensor]]:
    """Train in a process of its own, in this one in quick form; return its figures and the changed weights.

    A training that is in the work folder is not repeated.

    Args:
        bench: The subject.
        folder: Folder of all trainings.
        how: Name of the training.
        settings: Its settings.
    """
    subject, own = bench.subject, folder / how.replace(" ", "_").replace(",", "")
    kept = own / "figures.json"
    if kept.is_file():
        return msgspec.json.decode(kept.read_bytes()), _merged(own)
    shutil.rmtree(own, ignore_errors=True)  # of a call that was interrupted, whose time is not known
    own.mkdir()
    job = TrainingJob(
        model=str(subject.folder.path),
        dtype="float32",
        layers=len(subject.stack),
        removed=subject.removed,
        settings=settings,
        folded=str(_fold_file(bench)),
        folder=str(own),
    )
    windows = training_windows(subject, FOLD_TEXT, settings.windows)
    job.write(own, windows)
    figures = trained(job, windows) if bench.quick else printed_json(CHILD, [str(own)], 0)
    kept.write_bytes(msgspec.json.encode(figures))
    return figures, _merged(own)


def _merged(folder: Path) -> Mapping[str, Tensor]:
    return load_merged(folder) if (folder / MERGED).is_file() else {}


def _row(how: str, judged: Mapping[str, Any], figures: Mapping[str, float] | None = None) -> dict[str, Any]:
    taken = figures or {"tokens": 0, "cpu": 0.0, "seconds": 0.0, "peak": 0}
    return {
        "how": how,
        "tokens": taken["tokens"],
        "CPU seconds": round(taken["cpu"], 1),
        "seconds": round(taken["seconds"], 1),
        "memory beside the model, MB": round(taken["peak"] / 1e6),
        **judged,
    }


def _ratios(rows: list[dict[str, Any]], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a training takes and gains as shares of LoRA's."""
    start, lora = rows[0], rows[1]

    def share(column: str) -> float | None:
        return round(row[column] / lora[column], 2) if lora[column] else None

    won = start["mean KL"] - lora["mean KL"]
    return {
        "how": row["how"],
        "tokens / LoRA's": share("tokens"),
        "CPU seconds / LoRA's": share("CPU seconds"),
        "memory / LoRA's": share("memory beside the model, MB"),
        "gain in mean KL / LoRA's": round((start["mean KL"] - row["mean KL"]) / won, 2) if won else None,
    }


def tables(content: Content) -> Tables:
    """Return all trainings, and the ratios."""
    return [content["rows"], content["ratios"]]


SECTION = Section(measure, tables, needs_texts=True)
