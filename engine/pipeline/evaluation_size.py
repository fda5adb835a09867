"""Estimate how many tokens the evaluation reads in tasks and texts, before they are run."""

import math
from dataclasses import dataclass
from pathlib import Path

from engine.api.locations import given_path
from engine.api.settings import EvaluationSettings
from engine.calibration.text_files import COMPRESSED_SUFFIXES
from engine.evaluation.answers import QUESTION_TOKENS, questions
from engine.evaluation.local_data import count_questions
from engine.evaluation.task_list import local_definition

_LOCAL = "local_"
_BYTES_PER_TOKEN, _DECOMPRESSED = 4, 3
"""Bytes per token of English prose with current vocabularies (code and other languages have fewer bytes per token),
and the size of a decompressed file as a multiple of the compressed one."""
_LONGEST = 2048
"""Tokens of a text's window if neither the settings nor the model define a context length."""


@dataclass(frozen=True)
class Benchmark:
    """The size of a task."""

    questions: int
    reads: int
    """Number of times that the model reads a question: once per answer, or once if every answer is a single token."""
    tokens: int
    """Tokens of one such reading, without few-shot examples."""
    parts: int = 1
    """Number of tasks in a group; ``evaluation.task_limit`` applies to each."""
    written: int = 0
    """Tokens that the model generates for a question, at most; 0 where it chooses an answer."""
    fewshot: int = 0
    """Number of few-shot examples by default."""
    example: int = 0
    """Tokens of an example where it is longer than a question, since it holds the way to the answer."""


_BENCHMARKS = {
    "hellaswag": Benchmark(10_042, 4, 77),
    "piqa": Benchmark(1_838, 2, 35),
    "arc_easy": Benchmark(2_376, 4, 34),
    "winogrande": Benchmark(1_267, 2, 23),
    "boolq": Benchmark(3_270, 1, 147),
    "lambada": Benchmark(5_153, 1, 82),
    "lambada_openai": Benchmark(5_153, 1, 82),
    "mmlu": Benchmark(14_042, 1, 127, parts=57),
    "gsm8k": Benchmark(1_319, 1, 65, written=256, fewshot=5, example=180),
}
"""Rows are counted in the benchmarks' own files; tokens are SmolLM2's, means over 200 questions (MMLU: 1,561).

GSM8K's tokens follow from the size of its rows, 541 bytes in the mean, with 3 bytes per token, since each digit is one.
"""
_UNKNOWN = Benchmark(2_000, 4, 80)
"""Assumption for every other task: a multiple-choice benchmark of medium size."""


def evaluated_tokens(settings: EvaluationSettings, context: int) -> int:
    """Return the number of tokens of all tasks and texts, which each model reads.

    Args:
        settings: Tasks, few-shot examples, limit, texts and their windows.
        context: Context length of the model; 0 if unknown.
    """
    tasks = sum(_task_tokens(task, settings) for task in settings.tasks)
    return tasks + sum(_text_tokens(given_path(text), settings, context) for text in settings.texts)


def generated_tokens(settings: EvaluationSettings) -> int:
    """Return the number of tokens of the answers that each model generates in tasks and to our questions, at most."""
    answered = sum(_questions(task, settings) * _benchmark(task).written for task in settings.tasks)
    each = QUESTION_TOKENS + settings.answer_tokens if settings.answer_tokens else 0
    return answered + len(questions()) * each


def question_tokens(task: str) -> int:
    """Return the number of tokens of one question of a task with all its answers."""
    benchmark = _benchmark(task)
    return benchmark.reads * benchmark.tokens


def _benchmark(task: str) -> Benchmark:
    name = task.removeprefix(_LOCAL)
    if name.startswith("mmlu_"):
        whole = _BENCHMARKS["mmlu"]
        return Benchmark(whole.questions // whole.parts, whole.reads, whole.tokens)
    return _BENCHMARKS.get(name, _UNKNOWN)


def _task_tokens(task: str, settings: EvaluationSettings) -> int:
    """Return the number of tokens of a task; most examples are about as long as a question with one answer."""
    benchmark = _benchmark(task)
    examples = benchmark.fewshot if settings.fewshot is None else settings.fewshot
    tokens = benchmark.tokens + examples * (benchmark.example or benchmark.tokens)
    return _questions(task, settings) * benchmark.reads * tokens


def _questions(task: str, settings: EvaluationSettings) -> int:
    """Return the number of questions that are asked."""
    benchmark = _benchmark(task)
    questions = _local_questions(task, settings.data_folder) or benchmark.questions
    return min(questions, settings.task_limit * benchmark.parts) if settings.task_limit else questions


def _local_questions(task: str, data_folder: str) -> int:
    """Return the number of rows in the files of a local task; 0 for other tasks or missing files."""
    definition = local_definition(task)
    return count_questions(definition, data_folder) if definition and data_folder else 0


def _text_tokens(path: Path, settings: EvaluationSettings, context: int) -> int:
    """Return the number of tokens of a text, counting overlaps of its windows in each window."""
    if not path.is_file():
        return 0
    longest = context or settings.context_tokens or _LONGEST
    longest = min(settings.context_tokens or longest, longest)
    shared = min(settings.overlap_tokens, longest - 1)  # the run refuses windows that predict nothing
    size = path.stat().st_size * (_DECOMPRESSED if path.suffix.lower() in COMPRESSED_SUFFIXES else 1)
    tokens = math.ceil(size / _BYTES_PER_TOKEN)
    return tokens + max(0, math.ceil(tokens / (longest - shared)) - 1) * shared
