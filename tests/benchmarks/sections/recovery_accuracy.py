"""Accuracy on benchmark tasks: the dense, pruned and compensated model, and the one that the long recovery trained.

Figures are lm-eval's, zero-shot, in bfloat16: ``acc_norm`` where a task has it, else ``acc``. Figures that the JSON of
an interrupted call holds are not measured again.
"""

import statistics
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedModel

from engine.api.settings import EvaluationSettings
from engine.evaluation.tasks import run_task
from engine.models.progress import silent
from engine.models.sizes import measure_sizes
from engine.models.surgery import remove_layers
from tests.benchmarks.recovery_training import changed_model, compensated_weights, long_weights
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.subject import Subject
from tests.engine.evaluation.published_forms import published, write

TASKS = {"local_arc_easy": 0, "local_piqa": 0, "local_hellaswag": 1000, "local_winogrande": 0, "local_lambada": 0}
"""Most samples of each task; 0 means all."""
FROM_FOLD = "recovered from the fold"
VARIANTS = ("dense", "pruned", "compensated", "recovered", FROM_FOLD)
METRICS = ("acc_norm", "acc")
_QUICK_SAMPLES = 2

Figures = dict[str, dict[str, dict[str, float]]]
"""Figures by variant, task and name."""


def measure(bench: Bench) -> Iterator[Content]:
    """Yield all figures each time that a task is done."""
    subject, limit = bench.subject, _QUICK_SAMPLES if bench.quick else 0
    data = tiny_tasks(bench.work / "tasks") if bench.quick else subject.texts.folder
    sizes = measure_sizes(subject.folder.path)
    content: Content = {
        "limit": limit,
        "figures": (bench.known or {}).get("figures", {}),
        "removed": list(subject.removed),
        "parameters_removed_percent": round(100 * (1 - sizes.after(subject.removed)[0] / sizes.parameters), 2),
    }
    figures: Figures = content["figures"]
    for variant in VARIANTS:
        missing = [task for task in TASKS if task not in figures.setdefault(variant, {})]
        model = variant_model(bench, variant) if missing else None
        for task in missing:
            assert model is not None
            settings = EvaluationSettings(data_folder=str(data), task_limit=TASKS[task] or limit, batch_size=16)
            figures[variant][task] = run(task, model, subject, settings)
            yield {**content, "rows": rows(figures)}
    yield {**content, "rows": rows(figures)}


def variant_model(bench: Bench, variant: str) -> PreTrainedModel:
    """Return one of the models in bfloat16."""
    if variant == "compensated":
        return changed_model(bench.subject, compensated_weights(bench))
    if variant == "recovered":
        return changed_model(bench.subject, long_weights(bench))
    if variant == FROM_FOLD:
        return changed_model(bench.subject, long_weights(bench, from_fold=True))
    model = bench.subject.load(torch.bfloat16)
    if variant == "pruned":
        remove_layers(model, bench.subject.removed)
    return model


def run(task: str, model: PreTrainedModel, subject: Subject, settings: EvaluationSettings) -> dict[str, float]:
    """Return every figure of a task, its standard error, and the seconds it took.

    Args:
        task: Name of the task.
        model: The model to evaluate.
        subject: Whose tokenizer is used.
        settings: Data folder, batch size and limit.
    """
    started = time.monotonic()
    figures = run_task(task, model, subject.tokenizer, settings, silent)
    row = {figure.metric: figure.value for figure in figures}
    row.update({f"{figure.metric}_stderr": figure.stderr for figure in figures if figure.stderr is not None})
    return {**row, "samples": figures[0].count, "seconds": round(time.monotonic() - started, 1)}


def accuracy(figures: dict[str, float], ending: str = "") -> float:
    """Return the figure that the table shows, or its standard error with ``_stderr``."""
    return next(figures[metric + ending] for metric in METRICS if metric in figures)


def rows(figures: Figures, tasks: Iterable[str] = TASKS) -> list[dict[str, Any]]:
    """Return a row for each task, then the mean and the relative loss over the tasks that every variant has."""
    variants = [variant for variant, measured in figures.items() if measured]
    found: list[dict[str, Any]] = [
        {
            "task": task.removeprefix("local_"),
            **{
                variant: f"{accuracy(figures[variant][task]):.4f} ± {accuracy(figures[variant][task], '_stderr'):.4f}"
                for variant in variants
                if task in figures[variant]
            },
        }
        for task in tasks
    ]
    shared = [task for task in tasks if all(task in figures[variant] for variant in variants)]
    if not shared:
        return found
    means = {variant: statistics.mean(accuracy(figures[variant][task]) for task in shared) for variant in variants}
    found.append({"task": "mean", **{variant: f"{mean:.4f}" for variant, mean in means.items()}})
    if dense := means.get("dense"):
        losses = {variant: f"{100 * (1 - mean / dense):.2f} %" for variant, mean in means.items()}
        found.append({"task": "relative loss", **losses})
    return found


def tiny_tasks(folder: Path) -> Path:
    """Write a few questions of each task."""
    for task in TASKS:
        for name, questions in published(task.removeprefix("local_"))["as on the Hub"].items():
            assert isinstance(questions, list)
            write(folder, {name: questions * _QUICK_SAMPLES})
    return folder


def tables(content: Content) -> Tables:
    """Return accuracies, their mean and the relative loss."""
    return [[{"task": row["task"], **{name: row.get(name) for name in VARIANTS}} for row in content["rows"]]]


SECTION = Section(measure, tables, needs_texts=True)
