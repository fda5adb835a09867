"""Folds on a second real model, Gemma 3 270M, through the norm behind its map: the sets that a search finds."""

from collections.abc import Iterator

import torch

from engine.api.settings import SearchSettings
from tests.benchmarks.folding import VALIDATION, without
from tests.benchmarks.second_model import second_subject
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.sections.calibration_mixes import QUICK, Size, found
from tests.benchmarks.sections.compensation import folds

TEXT = "documents"
KS, QUICK_KS = (2, 4), (2,)
SEARCH = SearchSettings(algorithm="pso", population=12, iterations=6)
WINDOWS, QUICK_WINDOWS = (128, 256), (16,)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each number of layers and kind of fold."""
    subject = bench.subject if bench.quick else second_subject()
    amounts = QUICK_WINDOWS if bench.quick else WINDOWS
    text = subject.calibration_windows(TEXT, VALIDATION + amounts[-1])
    dense = subject.load(torch.bfloat16)
    content: Content = {"text": TEXT, "length": subject.length, "rows": []}
    for k in QUICK_KS if bench.quick else KS:
        size = QUICK if bench.quick else Size(windows=8, k=k, seeds=1, settings=SEARCH)
        removed, _ = found(subject, TEXT, seed=0, size=size)
        for row in folds(without(subject, removed), dense, text, amounts, amounts[0]):
            content["rows"].append(row)
            yield content


def tables(content: Content) -> Tables:
    """Return all figures."""
    return [content["rows"]]


SECTION = Section(measure, tables, needs_texts=True)
