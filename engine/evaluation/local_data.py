"""Read benchmark data from a local folder for the tasks in ``resources/tasks``, without the Hub and without a cache."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.api.errors import BadInput
from engine.api.locations import given_path, real_path
from engine.api.message import worded
from engine.evaluation.published_rows import BENCHMARKS, Benchmark, Fields, row_as_read
from engine.evaluation.row_files import SUFFIXES, find_file, folder_of_any_case, read_rows, with_listed_answers

if TYPE_CHECKING:  # importing it takes seconds, and most jobs ask no questions
    from datasets import Dataset

ASKED, EXAMPLES = "test", "fewshot"
"""Splits of the tasks."""


def splits(
    data_folder: str = "", *, benchmark: str, subject: str = "", examples: bool = True, **_metadata: object
) -> "dict[str, Dataset]":
    """Return the two splits of a task: the questions, and the few-shot examples.

    lm-eval calls this with the task's ``metadata`` and ``dataset_kwargs``. Without a file of training rows the examples
    are the questions themselves. Both splits are the same object then, which shows ``task_manager`` that the question
    in hand must be left out of its examples.

    Args:
        data_folder: Folder with the benchmark files (``evaluation.data_folder``).
        benchmark: A name in ``BENCHMARKS``.
        subject: Keep only rows of this subject; empty for all.
        examples: Whether examples are wanted; otherwise their file may be missing or damaged.

    Raises:
        BadInput: The file is missing, or one of its rows has no usable question or answer.
    """
    from datasets import Dataset

    folder, kind = given_path(data_folder), BENCHMARKS[benchmark]
    asked = Dataset.from_list(_rows(_questions_file(folder, kind), kind, subject))
    path = _examples_file(folder, kind) if examples else None
    return {ASKED: asked, EXAMPLES: asked if path is None else Dataset.from_list(_rows(path, kind, subject))}


def check_data(definition: object, data_folder: str, fewshot: int) -> None:
    """Check that every question of a task can be asked, and that there are enough examples.

    Args:
        definition: The task or group, as its file in ``resources/tasks`` defines it.
        data_folder: Folder with the benchmark files.
        fewshot: Examples before each question.

    Raises:
        BadInput: A file is missing, one of its rows has no usable question or answer, or there are too few examples.
    """
    folder, wanted = given_path(data_folder), list(sources(definition))
    for name in dict.fromkeys(name for name, _ in wanted):
        subjects = [subject for benchmark, subject in wanted if benchmark == name]
        path = _questions_file(folder, BENCHMARKS[name])
        _check_subjects(path, BENCHMARKS[name], subjects)
        if fewshot:
            _check_examples(path, _examples_file(folder, BENCHMARKS[name]), BENCHMARKS[name], subjects, fewshot)


def count_questions(definition: object, data_folder: str) -> int:
    """Return the number of rows in a task's files, usable or not; 0 where they cannot be read."""
    folder = given_path(data_folder)
    names = {name for name, _ in sources(definition)}
    try:
        return sum(len(read_rows(_questions_file(folder, BENCHMARKS[name]))) for name in names)
    except BadInput:
        return 0


def sources(definition: object) -> Iterator[tuple[str, str]]:
    """Yield benchmark and subject of every task below a definition in ``resources/tasks``."""
    if isinstance(definition, Mapping):
        if isinstance(definition.get("benchmark"), str):
            yield definition["benchmark"], definition.get("subject", "")
        for part in definition.values():
            yield from sources(part)
    elif isinstance(definition, list):
        for part in definition:
            yield from sources(part)


def _check_subjects(path: Path, benchmark: Benchmark, subjects: Sequence[str]) -> None:
    there = {row.get("subject", "") for row in _as_read(path, benchmark)}
    missing = [subject for subject in subjects if subject not in there]
    if missing:
        if not missing[0]:
            raise BadInput(worded("{0} has no rows.", path))
        others = worded(", nor of {0} other subjects", len(missing) - 1) if missing[1:] else ""
        raise BadInput(
            worded(
                "{0} has no rows of {1}{2}; the task needs all {3} subjects.", path, missing[0], others, len(subjects)
            )
        )


def _check_examples(
    asked: Path, examples: Path | None, benchmark: Benchmark, subjects: Sequence[str], fewshot: int
) -> None:
    path = examples or asked
    for subject in subjects:
        # A question must not be an example of itself.
        there = len(_rows(path, benchmark, subject)) - (examples is None)
        if there < fewshot:
            of = worded(" of {0}", subject) if subject else ""
            fewer = worded("{0} or less", there) if there else "0"
            raise BadInput(
                worded(
                    "{0} has {1} examples{2}, but {3} are put before each question; set evaluation.fewshot to {4}, "
                    "or add examples.",
                    path,
                    there,
                    of,
                    fewshot,
                    fewer,
                )
            )


def _questions_file(folder: Path, benchmark: Benchmark) -> Path:
    found = find_file(_places(folder, benchmark), benchmark.questions)
    if found is not None:
        return found
    first, *others = benchmark.questions
    names = ", ".join(f"{name}.jsonl" for name in others)
    hint = worded("; name the folder above {0}", folder.name) if folder.name == benchmark.folder else ""
    raise BadInput(
        worded(
            "There is no file {0}/{1}.jsonl in {2} (evaluation.data_folder){3}; {4} can be read{5}.",
            benchmark.folder,
            first,
            folder,
            worded(", and none of its other names: {0}", names) if names else "",
            ", ".join(SUFFIXES),
            hint,
        )
    )


def _examples_file(folder: Path, benchmark: Benchmark) -> Path | None:
    """Return the file of training rows; None where the questions serve as examples."""
    found = find_file(_places(folder, benchmark), benchmark.examples)
    return None if found == _questions_file(folder, benchmark) else found


def _places(folder: Path, benchmark: Benchmark) -> list[Path]:
    own = folder_of_any_case(folder, benchmark.folder)
    return [own, *(own / each for each in benchmark.inner)]


def _rows(path: Path, benchmark: Benchmark, subject: str) -> list[Fields]:
    rows = [row for row in _as_read(path, benchmark) if not subject or row["subject"] == subject]
    if not rows:
        raise BadInput(worded("{0} has no rows{1}.", path, worded(" of {0}", subject) if subject else ""))
    return rows


def _as_read(path: Path, benchmark: Benchmark) -> tuple[dict[str, Any], ...]:
    """Read a file once for all subjects: MMLU has them in one file."""
    real = real_path(path)
    return _known(path, benchmark, str(real), real.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _known(path: Path, benchmark: Benchmark, _real: str, _changed: int) -> tuple[dict[str, Any], ...]:
    same_split = benchmark.questions if path.name.partition(".")[0] in benchmark.questions else ()
    return tuple(row_as_read(benchmark, row) for row in with_listed_answers(read_rows(path), path, same_split))
