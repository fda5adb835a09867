"""How much the evaluation reads: the questions of its tasks and the tokens of its texts, told before they are run."""

import math
from dataclasses import dataclass
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from engine.api.locations import given_path
from engine.api.settings import EvaluationSettings
from engine.calibration.text_files import COMPRESSED_SUFFIXES
from engine.evaluation.local_data import count_questions
from engine.evaluation.task_list import LOCAL_TASKS

_LOCAL = "local_"
_BYTES_PER_TOKEN, _DECOMPRESSED = 4, 3
"""Of English prose with vocabularies of today; code and other languages take fewer bytes, so more tokens."""
_LONGEST = 2048
"""Tokens of a text's window, where neither the settings nor the model name a context."""


@dataclass(frozen=True)
class Benchmark:
    """The size of a task."""

    questions: int
    reads: int
    """Times that the model reads a question: once for each answer, or once where all answers are a single token."""
    tokens: int
    """Of one such reading, without examples."""
    parts: int = 1
    """Tasks of a group; ``evaluation.task_limit`` holds for each."""


_BENCHMARKS = {
    "hellaswag": Benchmark(10_042, 4, 77),
    "piqa": Benchmark(1_838, 2, 35),
    "arc_easy": Benchmark(2_376, 4, 34),
    "winogrande": Benchmark(1_267, 2, 23),
    "boolq": Benchmark(3_270, 1, 147),
    "lambada": Benchmark(5_153, 1, 82),
    "lambada_openai": Benchmark(5_153, 1, 82),
    "mmlu": Benchmark(14_042, 1, 127, parts=57),
}
"""Rows counted in the benchmarks' own files; tokens by SmolLM2's, means over 200 questions (of MMLU 1,561)."""
_UNKNOWN = Benchmark(2_000, 4, 80)
"""Rule of thumb for every other task: a multiple-choice benchmark of middling size."""


def evaluated_tokens(settings: EvaluationSettings, context: int) -> int:
    """Tokens of all tasks and texts that each model reads.

    Args:
        settings: tasks, examples, limit, texts and their windows.
        context: longest that the model was made for; 0 where it does not say.
    """
    tasks = sum(_task_tokens(task, settings) for task in settings.tasks)
    return tasks + sum(_text_tokens(given_path(text), settings, context) for text in settings.texts)


def question_tokens(task: str) -> int:
    """Tokens of one question of a task with all its answers."""
    benchmark = _benchmark(task)
    return benchmark.reads * benchmark.tokens


def _benchmark(task: str) -> Benchmark:
    name = task.removeprefix(_LOCAL)
    if name.startswith("mmlu_"):
        whole = _BENCHMARKS["mmlu"]
        return Benchmark(whole.questions // whole.parts, whole.reads, whole.tokens)
    return _BENCHMARKS.get(name, _UNKNOWN)


def _task_tokens(task: str, settings: EvaluationSettings) -> int:
    """Every example in front of a question is about as long as the question with one answer."""
    benchmark = _benchmark(task)
    questions = _local_questions(task, settings.data_folder) or benchmark.questions
    if settings.task_limit:
        questions = min(questions, settings.task_limit * benchmark.parts)
    return questions * benchmark.reads * benchmark.tokens * (1 + (settings.fewshot or 0))


def _local_questions(task: str, data_folder: str) -> int:
    """Rows of a local task's own files; 0 where it is no such task, or they are not there."""
    definition = LOCAL_TASKS / f"{task}.yaml"
    if not task.startswith(_LOCAL) or not data_folder or not definition.is_file():
        return 0
    # The plainest loader takes lm-eval's own tags for text.
    return count_questions(yaml.load(definition.read_text(encoding="utf-8"), yaml.BaseLoader), data_folder)


def _text_tokens(path: Path, settings: EvaluationSettings, context: int) -> int:
    """Tokens of a text, those that windows have in common counted in each."""
    if not path.is_file():
        return 0
    longest = context or settings.context_tokens or _LONGEST
    longest = min(settings.context_tokens or longest, longest)
    shared = min(settings.overlap_tokens, longest - 1)  # the run itself refuses windows that predict nothing
    size = path.stat().st_size * (_DECOMPRESSED if path.suffix.lower() in COMPRESSED_SUFFIXES else 1)
    tokens = math.ceil(size / _BYTES_PER_TOKEN)
    return tokens + max(0, math.ceil(tokens / (longest - shared)) - 1) * shared
