"""Accuracy on benchmark tasks: the dense demo model, without layers 13 to 18, and recovered.

The recovered weights are those that a training has left in a folder (``tests.benchmarks.recovery --part long`` leaves
such a folder). Figures are lm-eval's, zero-shot, in bfloat16: ``acc_norm`` where a task has it, else ``acc``. What the
file of results holds already is not measured again, so an interrupted call goes on. Needs the shared data.

    python -m tests.benchmarks.recovery_accuracy [--folder FOLDER] [--out FILE] [--limit SAMPLES] [--variants NAMES]
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from transformers import PreTrainedModel

from engine.api.settings import EvaluationSettings
from engine.evaluation.tasks import TaskFigure, run_task
from engine.models.loading import load_model, load_tokenizer
from engine.models.sizes import measure_sizes
from engine.models.surgery import remove_layers
from engine.recovery.merge import MERGED, load_merged
from tests.benchmarks.demo_setup import demo_folder, print_rows, write_json
from tests.benchmarks.recovery import REMOVED
from tests.benchmarks.texts import DATA

TASKS = {"local_arc_easy": 0, "local_piqa": 0, "local_hellaswag": 1000, "local_winogrande": 0, "local_lambada": 0}
"""Most samples of each task; 0 means all."""
VARIANTS = ("dense", "pruned", "recovered")
METRICS = ("acc_norm", "acc")
PUBLISHED_LOSS = 12.72
"""Relative accuracy loss in per cent after retraining that the research tells for 13.44 % of the size."""

Figures = dict[str, dict[str, dict[str, float]]]
"""By variant and task."""


def variant_model(variant: str, folder: Path) -> PreTrainedModel:
    """The dense, pruned or recovered model in bfloat16."""
    model = load_model(demo_folder().path, dtype=torch.bfloat16)
    if variant != "dense":
        remove_layers(model, REMOVED)
    if variant == "recovered":
        model.load_state_dict(load_merged(folder), strict=False)
    return model


def measured(task: str, model: PreTrainedModel, limit: int, console: Console) -> dict[str, float]:
    """Every figure of a task, and the seconds it took."""
    most = min(filter(None, (TASKS[task], limit)), default=0)
    settings = EvaluationSettings(data_folder=str(DATA), task_limit=most, batch_size=16)
    started, told = time.monotonic(), [time.monotonic()]

    def report(message: str, done: float, total: float) -> None:
        if time.monotonic() - told[0] > 60:
            told[0] = time.monotonic()
            console.print(f"  {message}: {done:.0f} of {total:.0f}", highlight=False)

    figures: list[TaskFigure] = run_task(task, model, load_tokenizer(demo_folder().path), settings, report)
    row = {figure.metric: figure.value for figure in figures}
    row.update({f"{figure.metric}_stderr": figure.stderr for figure in figures if figure.stderr is not None})
    return {**row, "samples": figures[0].count, "seconds": round(time.monotonic() - started, 1)}


def accuracy(figures: dict[str, float], ending: str = "") -> float:
    """The figure that the table tells, or with ``_stderr`` its error."""
    return next(figures[metric + ending] for metric in METRICS if metric in figures)


def table(found: Figures) -> list[dict[str, Any]]:
    """A row for each task, then the mean and the relative loss over the tasks that every variant has."""
    variants = [variant for variant in VARIANTS if found.get(variant)]
    rows: list[dict[str, Any]] = [
        {
            "task": task.removeprefix("local_"),
            **{
                variant: f"{accuracy(found[variant][task]):.4f} ± {accuracy(found[variant][task], '_stderr'):.4f}"
                for variant in variants
                if task in found[variant]
            },
        }
        for task in TASKS
    ]
    shared = [task for task in TASKS if all(task in found[variant] for variant in variants)]
    if shared:
        means = {variant: statistics.mean(accuracy(found[variant][task]) for task in shared) for variant in variants}
        rows.append({"task": "mean", **{variant: f"{mean:.4f}" for variant, mean in means.items()}})
        if "dense" in means:
            losses = {variant: f"{100 * (1 - mean / means['dense']):.2f} %" for variant, mean in means.items()}
            rows.append({"task": "relative loss", **losses})
    return rows


def main() -> None:
    """Measure what is missing, write it as it comes, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "layerswarm-long-recovery")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "layerswarm-recovery-accuracy.json")
    parser.add_argument("--limit", type=int, default=0, help="samples per task; 0 means those of the benchmark")
    parser.add_argument("--variants", default=",".join(VARIANTS))
    given = parser.parse_args()
    console = Console(width=200)
    if not DATA.is_dir():
        console.print(f"Skipped: the benchmark files are not in {DATA}.")
        return
    content = json.loads(given.out.read_text()) if given.out.is_file() else {"limit": given.limit, "figures": {}}
    if content["limit"] != given.limit:
        parser.error(f"{given.out} was measured with --limit {content['limit']}; name another file with --out")
    sizes = measure_sizes(demo_folder().path)
    share = round(100 * (1 - sizes.after(REMOVED)[0] / sizes.parameters), 2)
    content.update({"removed": list(REMOVED), "parameters_removed_percent": share})
    for variant in given.variants.split(","):
        if variant == "recovered" and not (given.folder / MERGED).is_file():
            console.print(f"Skipped the recovered model: there are no recovered weights in {given.folder}.")
            continue
        missing = [task for task in TASKS if task not in content["figures"].get(variant, {})]
        model = variant_model(variant, given.folder) if missing else None
        for task in missing:
            assert model is not None
            row = measured(task, model, given.limit, console)
            content["figures"].setdefault(variant, {})[task] = row
            console.print(f"{variant}, {task}: {row}", highlight=False)
            write_json(given.out, {**content, "rows": table(content["figures"])})
    rows = table(content["figures"])
    print_rows([{"task": "", **dict.fromkeys(VARIANTS, "")}, *rows], console)
    console.print(f"{share} % of the parameters removed; published: {PUBLISHED_LOSS} % relative loss at 13.44 %.")


if __name__ == "__main__":
    main()
