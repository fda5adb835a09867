"""What became of a compensation, in the last sentence of a job."""

import math

import pytest

from engine.compensation.fold import FoldedGap
from engine.compensation.gaps import Gap
from engine.pipeline.folding import outcome_words

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
