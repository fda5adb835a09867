"""What became of a compensation, in the last sentence of a job."""

import math

import pytest
import torch

from engine.api.errors import LayerSwarmError
from engine.compensation.compensate import Compensation
from engine.compensation.fold import Fold, FoldedGap
from engine.models.gaps import Gap
from engine.pipeline.folding import folded_in_memory, outcome_words

HELPED = FoldedGap(Gap(1, 2), 0, 1.0, 0.5, ridge=0.1)
UNCHANGED = FoldedGap(Gap(3, 4), 2, 0.5, 0.5)
REFUSED = FoldedGap(Gap(0, 1), -1, math.nan, math.nan, reason="no layer is left below it")


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ([], ""),
        ([HELPED, HELPED], "compensation helped"),
        ([REFUSED, HELPED, UNCHANGED], "compensation helped in 1 of 3 gaps"),
        ([UNCHANGED], "compensation did not help"),
        ([REFUSED, UNCHANGED], "compensation did not help"),
        ([REFUSED], "nothing could be compensated (no layer is left below it)"),
    ],
)
def test_gaps_that_were_refused_or_left_are_counted(gaps: list[FoldedGap], words: str) -> None:
    assert outcome_words(gaps) == words


def test_refits_help_where_no_gap_could_be_folded() -> None:
    assert outcome_words([REFUSED], refitted=True) == "compensation helped"


def test_memory_that_runs_out_is_refused_with_what_can_be_changed() -> None:
    def make(_rows: int) -> Compensation:
        raise torch.OutOfMemoryError

    with pytest.raises(LayerSwarmError, match="with a single window at once; leave out --compensate"):
        folded_in_memory(make, lambda _compensation: Fold((), ()), torch.zeros(2, 8), "leave out --compensate")
