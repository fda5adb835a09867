"""Benchmark tasks of lm-eval."""

import difflib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import TaskEvaluated
from engine.api.settings import EvaluationSettings, Variant
from engine.models.progress import Report

FEWSHOT_SEED = 1234
"""lm-eval's own default."""


def check_tasks(settings: EvaluationSettings) -> None:
    """See that every task exists, before hours are spent on anything else.

    Raises:
        BadInput: a task is not known; the nearest name is given.
    """
    if settings.tasks:
        task_manager(settings.task_folder, settings.tasks)


def evaluate_tasks(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    variant: Variant,
    settings: EvaluationSettings,
    report: Report,
) -> list[TaskEvaluated]:
    """Run the tasks that the settings name, with lm-eval's own protocol.

    Raises:
        BadInput: a task is not known.
        LayerSwarmError: its data cannot be had, or it fails.
    """
    if not settings.tasks:
        return []
    from lm_eval import simple_evaluate
    from lm_eval.models.huggingface import HFLM

    manager = task_manager(settings.task_folder, settings.tasks)
    found: list[TaskEvaluated] = []
    for number, task in enumerate(settings.tasks):
        report(f"Running the task {task}", number, len(settings.tasks))
        with running(task):
            results = simple_evaluate(
                model=HFLM(pretrained=model, tokenizer=tokenizer, batch_size=8),
                tasks=[task],
                task_manager=manager,
                limit=settings.task_limit or None,
                log_samples=False,
                bootstrap_iters=1000,
                random_seed=FEWSHOT_SEED,
                numpy_random_seed=FEWSHOT_SEED,
                torch_random_seed=FEWSHOT_SEED,
                fewshot_random_seed=FEWSHOT_SEED,
            )
        found += _figures(variant, results)
    return found


@contextmanager
def running(task: str) -> Iterator[None]:
    """A task is a program of its own: whatever goes wrong in it is told in one sentence.

    Raises:
        LayerSwarmError: instead of any other error: data missing, Hub unreachable, ...
    """
    try:
        yield
    except LayerSwarmError:
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise LayerSwarmError(f"The task '{task}' could not be run ({reason}).") from error


def task_manager(task_folder: str, tasks: Sequence[str]) -> Any:
    """lm-eval's own list of tasks and that of a folder; empty for none.

    Raises:
        BadInput: there is no such folder, or a task is not known; the nearest name is given.
    """
    from lm_eval.tasks import TaskManager

    folder = Path(task_folder).expanduser() if task_folder else None
    if folder is not None and not folder.is_dir():
        raise BadInput(f"There is no folder {folder} with lm-eval task files (evaluation.task_folder).")
    logging.getLogger("lm_eval").setLevel(logging.ERROR)
    manager = TaskManager(include_path=str(folder) if folder else None)
    for task in tasks:
        if not manager.match_tasks([task]):
            near = difflib.get_close_matches(task, manager.all_tasks, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else "; see 'lm-eval ls tasks' for their names."
            raise BadInput(f"lm-eval has no task '{task}'{hint}")
    return manager


def _figures(variant: Variant, results: Mapping[str, Any]) -> Iterator[TaskEvaluated]:
    """One event for each figure; the key ``acc,none`` names metric and filter."""
    for task, figures in results["results"].items():
        samples = results.get("n-samples", {}).get(task, {}).get("effective", 0)
        for key, value in figures.items():
            metric, comma, _ = key.partition(",")
            if not comma or metric.endswith("_stderr") or not isinstance(value, int | float):
                continue
            stderr = figures.get(key.replace(metric, f"{metric}_stderr", 1))
            yield TaskEvaluated(
                variant=variant,
                task=task,
                metric=metric,
                value=float(value),
                stderr=float(stderr) if isinstance(stderr, int | float) else None,
                samples=int(samples),
            )
