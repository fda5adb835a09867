"""A second real model, Gemma 3 270M, whose folds go through the norm behind the map: KL elsewhere, and accuracy.

The removal sets are those that a search finds, and training is the one that a run does by default.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.settings import EvaluationSettings, RecoverySettings, SearchSettings
from engine.recovery.merge import MERGED, load_merged
from tests.benchmarks.folding import VALIDATION, fold, without
from tests.benchmarks.recovery_training import Judges, base_settings, changed_model, recover
from tests.benchmarks.second_subject import second_subject
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.sections.calibration_mixes import QUICK, Size, found
from tests.benchmarks.sections.compensation import QUICK as QUICK_AMOUNTS
from tests.benchmarks.sections.compensation import Amounts, folds
from tests.benchmarks.sections.recovery_accuracy import Figures, rows, run, tiny_tasks
from tests.benchmarks.subject import Subject

TEXT = "documents"
KS, QUICK_KS = (2, 4), (2,)
SEARCH = SearchSettings(algorithm="pso", population=12, iterations=6)
FULL = Amounts((128, 256), (256,), 128)
TASKS = ("local_arc_easy", "local_piqa")
SAMPLES, QUICK_SAMPLES = 200, 2
TRAINED = "LoRA from the fold"


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each number of layers and kind of fold, then training and accuracy without the most layers."""
    subject = bench.subject if bench.quick else second_subject()
    amounts = QUICK_AMOUNTS if bench.quick else FULL
    text = subject.calibration_windows(TEXT, VALIDATION + amounts.one_map[-1])
    dense = subject.load(torch.bfloat16)
    content: Content = {"text": TEXT, "length": subject.length, "rows": [], "figures": {}}
    for k in QUICK_KS if bench.quick else KS:
        size = QUICK if bench.quick else Size(windows=8, k=k, seeds=1, settings=SEARCH)
        pruned = without(subject, found(subject, TEXT, seed=0, size=size)[0])
        for row in folds(pruned, dense, text, amounts):
            content["rows"].append(row)
            yield content
    variants: dict[str, Mapping[str, Tensor]] = {"pruned": {}}
    variants["compensated"] = fold(pruned, dense, text).weights(pruned)
    row, variants[TRAINED] = _trained(bench, pruned, variants["compensated"])
    content["rows"].append(row)
    yield content
    for name, model in _models(pruned, variants):
        content["figures"][name] = _accuracy(bench, pruned, model)
        yield content


def _trained(
    bench: Bench, subject: Subject, start: Mapping[str, Tensor]
) -> tuple[dict[str, Any], Mapping[str, Tensor]]:
    """Train from ``start`` and return the row of the result and its weights."""
    folder = bench.work / f"second_model{'_quick' * bench.quick}"
    settings = msgspec.structs.replace(base_settings(bench), learning_rate=RecoverySettings().learning_rate)
    recording = recover(subject, subject.load(torch.bfloat16), TEXT, settings, folder, start)
    weights = load_merged(folder) if (folder / MERGED).is_file() else start
    return {
        "layers removed": len(subject.removed),
        "removed": ", ".join(map(str, subject.removed)),
        "fold": TRAINED,
        "tokens": recording.tokens,
        "seconds": round(recording.seconds, 1),
        **Judges(subject).changed(weights),
    }, weights


def _models(subject: Subject, variants: Mapping[str, Mapping[str, Tensor]]) -> Iterator[tuple[str, PreTrainedModel]]:
    yield "dense", subject.load(torch.bfloat16)
    for name, weights in variants.items():
        yield name, changed_model(subject, weights)


def _accuracy(bench: Bench, subject: Subject, model: PreTrainedModel) -> dict[str, dict[str, float]]:
    data: Path = tiny_tasks(bench.work / "second_tasks") if bench.quick else subject.texts.folder
    limit = QUICK_SAMPLES if bench.quick else SAMPLES
    settings = EvaluationSettings(data_folder=str(data), task_limit=limit, batch_size=16)
    return {task: run(task, model, subject, settings) for task in TASKS}


def tables(content: Content) -> Tables:
    """Return all repairs, and the accuracies with their mean and relative loss."""
    figures: Figures = content["figures"]
    return [content["rows"], rows(figures, TASKS)]


SECTION = Section(measure, tables, needs_texts=True)
