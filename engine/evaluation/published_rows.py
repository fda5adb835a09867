"""Convert rows of benchmarks, in the forms in which they are published, to the form that our tasks read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.api.message import worded
from engine.evaluation.row_fields import SHOWN, RowFields
from engine.evaluation.row_files import Row, kind_of

Fields = dict[str, Any]

_LETTERS = "ABCDEFGH"
_NUMBER = re.compile(r"[-+]?\$?(\d[\d,]*(\.\d+)?|\.\d+)\.?", re.ASCII)


@dataclass(frozen=True)
class Benchmark:
    """The files of a benchmark, and the conversion of its rows."""

    folder: str
    """Name of its folder within ``evaluation.data_folder``."""
    questions: tuple[str, ...]
    """Names of the file with the questions, without endings; ours first, then those of the releases."""
    examples: tuple[str, ...]
    """Names of the file with few-shot examples, likewise; without one the questions serve as examples."""
    as_read: Callable[["RowFields"], Fields]
    """Returns the row that the task reads."""
    inner: tuple[str, ...] = ("data",)
    """Folders within the benchmark's folder that hold the files in the Hub's copies."""


def row_as_read(benchmark: Benchmark, row: Row) -> Fields:
    """Return a row in the one form that the task reads.

    Raises:
        BadInput: A field is missing or unusable, or the answer is not known.
    """
    return benchmark.as_read(RowFields(row))


def _numbers(count: int, first: int = 0) -> dict[str, int]:
    return {str(first + index): index for index in range(count)}


def _letters(count: int) -> dict[str, int]:
    return {letter.casefold(): index for index, letter in enumerate(_LETTERS[:count])}


_YES_NO = {"no": 0, "false": 0, "0": 0, "yes": 1, "true": 1, "1": 1}
_INDEX = ("label", "answer", "gold")
"""Names of the field with the number of the right choice."""


def _hellaswag(row: RowFields) -> Fields:
    activity, start = row.text("activity_label"), row.text("ctx_a")
    rest = row.text_or_nothing("ctx_b")  # empty in the questions from WikiHow
    endings = row.texts("endings", "choices")
    label = row.answer(_INDEX, _numbers(len(endings)), worded("a number from 0 to {0}", len(endings) - 1), endings)
    return {"activity_label": activity, "ctx_a": start, "ctx_b": rest, "endings": endings, "label": str(label)}


def _piqa(row: RowFields) -> Fields:
    solutions = [row.text("sol1"), row.text("sol2")]
    label = row.answer(_INDEX, _numbers(2), worded("0 for sol1 or 1 for sol2"), solutions)
    return {"goal": row.text("goal"), "sol1": solutions[0], "sol2": solutions[1], "label": label}


def _winogrande(row: RowFields) -> Fields:
    sentence = row.text("sentence")
    if not sentence.partition("_")[2].strip():
        raise row.fault(worded("'sentence' needs a gap, written as _, followed by more text"))
    options = [row.text("option1"), row.text("option2")]
    answer = row.answer(("answer",), _numbers(2, first=1), worded("1 for option1 or 2 for option2"), options)
    return {"sentence": sentence, "option1": options[0], "option2": options[1], "answer": str(answer + 1)}


def _boolq(row: RowFields) -> Fields:
    passage = row.text("passage")
    title = row.text_or_nothing("title") if row.has("title") else ""
    if title:  # the original release; lm-eval reads SuperGLUE's copy, where the title stands before the passage
        passage = f"{title} -- {passage.removeprefix(f'{title} -- ')}"
    answer = row.answer(("answer", "label"), _YES_NO, worded("true or false, yes or no, 1 or 0"))
    return {"question": row.text("question"), "passage": passage, "answer": bool(answer)}


def _arc(row: RowFields) -> Fields:
    question: Any = row.value("question")
    choices: Any = None
    if isinstance(question, dict):  # the original release
        question, choices = question.get("stem"), question.get("choices")
    if not isinstance(question, str) or not question.strip():
        raise row.fault(worded("'question' must be text, or an object with the text as its 'stem'"))
    texts, labels = _labelled(row, row.value("choices") if choices is None else choices)
    by_label = {label.strip().casefold(): index for index, label in enumerate(labels)}
    spelled = {**_letters(len(texts)), **_numbers(len(texts), first=1), **by_label}
    right = row.answer(("answerKey", "answer"), spelled, worded("one of the labels {0}", ", ".join(labels)))
    return {"question": question, "choices": {"text": texts, "label": labels}, "answerKey": labels[right]}


def _labelled(row: RowFields, choices: object) -> tuple[list[str], list[str]]:
    """Return texts and labels from the Hub's form, two lists, or the original one, a list of pairs."""
    if isinstance(choices, list) and all(isinstance(each, dict) for each in choices):
        choices = {name: [each.get(name) for each in choices] for name in ("text", "label")}
    if not isinstance(choices, dict):
        raise row.fault(worded("'choices' must have lists 'text' and 'label', but it is {0}", kind_of(choices)))
    texts, labels = (row.as_texts(choices.get(name), f"choices.{name}") for name in ("text", "label"))
    if len(texts) != len(labels) or len(set(labels)) != len(labels):
        raise row.fault(worded("'choices' has {0} texts and {1} different labels", len(texts), len(set(labels))))
    return texts, labels


def _lambada(row: RowFields) -> Fields:
    if row.has("context") or not row.has("text"):
        context, last = row.text("context", "text"), row.text("continuation").lstrip(" ")
    else:
        context, _, last = row.text("text").rstrip().rpartition(" ")  # divided as in lm-eval's own task
    if not context.strip():
        raise row.fault(worded("'text' is a single word, so there is no context before the word to predict"))
    return {"context": context, "continuation": last}


def _mmlu(row: RowFields) -> Fields:
    if row.has("choices"):
        choices = row.texts("choices", count=4)
    else:
        choices = [row.text(letter, "choices") for letter in "ABCD"]
    spelled = {**_numbers(4), **_letters(4)}
    return {
        "question": row.text("question", "input"),
        "subject": row.text("subject").strip().casefold().replace(" ", "_"),
        "choices": choices,
        "answer": row.answer(("answer", "target", "label", "gold"), spelled, worded("0 to 3 or a letter from A to D")),
    }


def _gsm8k(row: RowFields) -> Fields:
    held = row if row.has("question") else row.within("extra_info")  # as converted for reinforcement learning
    steps, mark, last = held.text("answer").rpartition("####")
    number = last.strip()
    if not mark or not _NUMBER.fullmatch(number):
        shown = f"{number if mark else held.text('answer').strip()[-SHOWN:]!r:.{SHOWN}}"
        raise row.fault(
            worded(
                "'answer' must end in #### and the number that is the result, such as #### 72, but it ends in {0}",
                shown,
            )
        )
    # Exactly as released: lm-eval compares what follows "#### " as text, also with a space or a line break behind it.
    answer = f"{steps.rstrip()}\n#### {number}".lstrip()
    return {"question": held.text("question"), "answer": answer}


_VALIDATION = ("validation", "valid", "val", "dev")

BENCHMARKS = {
    "hellaswag": Benchmark("hellaswag", (*_VALIDATION, "hellaswag_val"), ("train", "hellaswag_train"), _hellaswag),
    "piqa": Benchmark("piqa", _VALIDATION, ("train",), _piqa, inner=("data", "plain_text")),
    "arc_easy": Benchmark(
        "arc_easy",
        ("test", "ARC-Easy-Test"),
        ("train", "ARC-Easy-Train", "validation", "ARC-Easy-Dev"),
        _arc,
        inner=("data", "ARC-Easy"),
    ),
    "winogrande": Benchmark(
        "winogrande", _VALIDATION, ("train_xl", "train"), _winogrande, inner=("data", "winogrande_xl")
    ),
    "boolq": Benchmark("boolq", _VALIDATION, ("train",), _boolq, inner=("data", "boolq")),
    "lambada": Benchmark("lambada", ("lambada_openai_test", "lambada_test", "lambada_test_en", "test"), (), _lambada),
    "mmlu": Benchmark("mmlu", ("test",), ("dev",), _mmlu, inner=("data", "all")),
    "gsm8k": Benchmark(
        "gsm8k",
        ("test", "gsm8k_test", "gsm8k-test", "test_socratic"),
        ("train", "gsm8k_train", "gsm8k-train", "train_socratic"),
        _gsm8k,
        inner=("main", "data", "grade_school_math/data", "socratic"),
    ),
}
"""The benchmarks of the tasks in ``resources/tasks``."""
