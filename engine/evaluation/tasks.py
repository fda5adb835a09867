"""Run benchmark tasks of lm-eval."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import add
from typing import Any

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.evaluation_events import TaskEvaluated, Variant
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.message import Message, worded
from engine.evaluation.quiet import quiet_lm_eval
from engine.evaluation.task_faults import running
from engine.evaluation.task_list import FEWSHOT_SEED, task_manager
from engine.models.generation_state import unchanged_by_generation
from engine.models.out_of_memory import halve_until_it_fits
from engine.models.progress import Report

_ALONE = "DISABLE_MULTIPROC"
"""lm-eval's switch."""
_LIMITS = ("max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens")
"""Its names for the largest number of generated tokens, the first one preferred."""
_BOOTSTRAPS = 1000
"""Resamples for the errors of figures that are no mean, such as a perplexity; all others have a formula."""


@dataclass(frozen=True)
class TaskFigure:
    """One figure of a task. ``samples`` has a value for each question, where the figure is their mean."""

    task: str
    metric: str
    value: float
    stderr: float | None
    count: int
    samples: tuple[float, ...]
    part_of: str = ""
    """The group through which the task was run; empty for none."""

    def event(self, variant: Variant) -> TaskEvaluated:
        """Return the event that reports it."""
        return TaskEvaluated(
            variant=variant,
            task=self.task,
            metric=self.metric,
            value=self.value,
            stderr=self.stderr,
            samples=self.count,
            part_of=self.part_of,
            is_share=bool(self.samples) and set(self.samples) <= {0.0, 1.0},
        )


def run_task(
    task: str,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    settings: EvaluationSettings,
    report: Report,
    warn: Callable[[Message], object] = lambda _sentence: None,
) -> list[TaskFigure]:
    """Run one task, or a group of tasks, by lm-eval's own protocol.

    Args:
        task: Name of the task or group.
        model: In evaluation mode.
        tokenizer: The model's.
        settings: Folders, examples, limit and batch size.
        report: Called before each batch. It may raise to stop.
        warn: Receives a sentence if questions with their examples are longer than the model's context.

    Returns:
        The task's figures; for a group its mean figures and then those of its parts.

    Raises:
        BadInput: The task does not exist, or its local data are missing or unusable.
        LayerSwarmError: Its data cannot be loaded, or it fails.
        torch.OutOfMemoryError: Not even one answer fits.
    """
    manager, cut = task_manager(settings, [task]), _Cut()
    with running(task), quiet_lm_eval(), _in_one_process():
        # When memory runs out, it does so early: the longest questions come first.
        results = halve_until_it_fits(
            settings.batch_size, lambda batch: _run(task, model, tokenizer, manager, settings, batch, report, cut)
        )
    if cut.cut:
        warn(cut.sentence(task))
    return list(_figures(results, task))


def _run(
    task: str,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    manager: Any,
    settings: EvaluationSettings,
    batch: int,
    report: Report,
    cut: "_Cut",
) -> Mapping[str, Any]:
    from lm_eval import simple_evaluate
    from lm_eval.models.huggingface import HFLM

    class Watched(HFLM):  # type: ignore[misc]
        """lm-eval's model class, which reports its progress."""

        def _loglikelihood_tokens(self, requests: Any, *args: Any, **options: Any) -> Any:
            self._asked, self._read = len(requests), 0
            cut.note((len(context) + len(answer) - 1 for _, context, answer in requests), self.max_length)
            return super()._loglikelihood_tokens(requests, *args, **{**options, "disable_tqdm": True})

        def _model_call(self, inps: torch.Tensor, *args: Any, **options: Any) -> Any:
            report(worded("Running the task {0}", task), self._read, self._asked)
            self._read += len(inps)
            return super()._model_call(inps, *args, **options)

        def generate_until(self, requests: Any, *_args: Any, **_options: Any) -> Any:
            self._asked, self._read = len(requests), 0
            for request in requests:
                context, options = request.arguments
                request.arguments = (context, _with_room(options, self.max_gen_toks, self.max_length))
            read = (len(self.tok_encode(request.arguments[0])) for request in requests)
            written = (_wanted(request, self.max_gen_toks) for request in requests)
            cut.note(map(add, read, written), self.max_length)
            return super().generate_until(requests, disable_tqdm=True)

        def _model_generate(self, context: torch.Tensor, *args: Any, **options: Any) -> Any:
            def before_each_token(*_call: object) -> None:
                report(worded("Running the task {0}", task), self._read, self._asked)

            hook = self.model.register_forward_pre_hook(before_each_token)
            try:
                with unchanged_by_generation(self.model):
                    return super()._model_generate(context, *args, **options)
            finally:
                hook.remove()
                self._read += len(context)

    results: Mapping[str, Any] = simple_evaluate(
        model=Watched(pretrained=model, tokenizer=tokenizer, batch_size=batch),
        tasks=[task],
        task_manager=manager,
        num_fewshot=settings.fewshot,
        limit=settings.task_limit or None,
        bootstrap_iters=_BOOTSTRAPS,
        random_seed=FEWSHOT_SEED,
        numpy_random_seed=FEWSHOT_SEED,
        torch_random_seed=FEWSHOT_SEED,
        fewshot_random_seed=FEWSHOT_SEED,
    )
    return results


@dataclass
class _Cut:
    """Counts the requests whose beginning lm-eval cuts off, silently, because they are longer than the context."""

    requests: int = 0
    cut: int = 0
    context: int = 0

    def note(self, lengths: Iterable[int], context: int) -> None:
        """Count requests of so many tokens, with those to generate; a repeated run replaces the count."""
        each = list(lengths)
        self.requests, self.cut, self.context = len(each), sum(length > context for length in each), context

    def sentence(self, task: str) -> Message:
        """Return a warning."""
        return worded(
            "{0:,} of {1:,} requests of the task {2} are longer than the model's context of {3:,} tokens, so "
            "the first examples before their questions are cut off; set fewer examples (evaluation.fewshot).",
            self.cut,
            self.requests,
            task,
            self.context,
        )


def _wanted(request: Any, default: int) -> int:
    """Return the number of tokens that may be generated for a request."""
    options = request.arguments[1]
    return int(next((options[name] for name in _LIMITS if options.get(name)), default))


def _with_room(options: Mapping[str, Any], default: int, context: int) -> dict[str, Any]:
    """Return a request's options with fewer tokens to generate where they alone would fill the model's context."""
    wanted = next((options[name] for name in _LIMITS if options.get(name)), default)
    return {**options, "max_gen_toks": context // 2} if wanted >= context else dict(options)


@contextmanager
def _in_one_process() -> Iterator[None]:
    """Keep lm-eval from forking to bootstrap its errors: a process with threads must not be forked."""
    before = os.environ.get(_ALONE)
    os.environ[_ALONE] = "1"
    try:
        yield
    finally:
        os.environ.pop(_ALONE)
        if before is not None:
            os.environ[_ALONE] = before


def _figures(results: Mapping[str, Any], asked: str) -> Iterator[TaskFigure]:
    """Yield the figures of a task, or of a group and then its parts; a key is ``metric,filter``."""
    groups = results.get("groups") or {}
    reported = groups or results["results"]
    for task in sorted(reported, key=lambda each: each != asked):
        figures = reported[task]
        members = _members(task, results["group_subtasks"]) if groups else [task]
        filters = _filters(figures)
        samples = [sample for member in members for sample in results["samples"].get(member, ())]
        for key, value in figures.items():
            metric, comma, kind = key.partition(",")
            if not comma or metric.endswith("_stderr") or not isinstance(value, int | float):
                continue
            stderr = figures.get(f"{metric}_stderr,{kind}")
            yield TaskFigure(
                task=task,
                metric=f"{metric} ({kind})" if len(filters[metric]) > 1 else metric,
                value=float(value),
                stderr=float(stderr) if isinstance(stderr, int | float) else None,
                count=len({(sample["doc_hash"], sample["doc_id"]) for sample in samples}),
                samples=_values(samples, metric, kind, float(value)),
                part_of=asked if groups and task != asked else "",
            )


def _filters(figures: Iterable[str]) -> dict[str, list[str]]:
    """Return for each metric its filters: ways to extract the answer from a generated text."""
    found: dict[str, list[str]] = {}
    for metric, _, kind in (key.partition(",") for key in figures):
        found.setdefault(metric, []).append(kind)
    return found


def _members(group: str, parts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return every task below a group."""
    return [task for part in parts.get(group, ()) for task in (_members(part, parts) or [part])]


def _values(samples: Sequence[Mapping[str, Any]], metric: str, kind: str, mean: float) -> tuple[float, ...]:
    """Return the score of each question, in order; empty where the figure is not their mean."""
    values = [sample.get(metric) for sample in samples if sample.get("filter") == kind]
    numbers = tuple(float(value) for value in values if isinstance(value, int | float))
    is_mean = numbers and len(numbers) == len(values) and abs(sum(numbers) / len(numbers) - mean) < 1e-9
    return numbers if is_mean else ()
