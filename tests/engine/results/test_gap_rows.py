"""What became of each gap, as a row in the language of the reader."""

import pytest

from engine.api.compensation_events import NO_MAP, REASONS, GapFolded, MapRefitted
from engine.api.run_state import RunState
from engine.results.figures import POINT
from engine.results.gap_rows import GapRow, gap_rows


def gap(reason: str) -> GapRow:
    return GapRow(
        GapFolded(first=0, last=1, layer=-1, weight="", ridge=None, kl_before=1.0, kl_after=1.0, reason=reason)
    )


@pytest.mark.parametrize("sentence", REASONS)
def test_a_reason_is_translated_as_a_sentence_and_filled_in(sentence: str) -> None:
    asked: list[str] = []

    def translate(text: str) -> str:
        asked.append(text)
        return f"<{text}>"

    note = gap(sentence.format("Mamba2Block")).words(translate)[-1]
    assert [text for text in asked if text != POINT] == [sentence]
    assert note == f"<{sentence.format('Mamba2Block')}>"
    assert ("Mamba2Block" in note) == (sentence == NO_MAP)


def test_a_reason_of_another_version_is_shown_as_it_is() -> None:
    assert gap("nobody knows").words(lambda text: f"<{text}>")[-1] == "nobody knows"


def test_refits_that_helped_follow_the_gaps() -> None:
    def refit(layer: int, ridge: float | None) -> MapRefitted:
        changed = ("mlp.down_proj.weight",) if ridge is not None else ()
        return MapRefitted(
            layer=layer, weight="mlp.down_proj", ridge=ridge, changed=changed, kl_before=0.5, kl_after=0.4
        )

    folded = GapFolded(first=3, last=4, layer=2, weight="mlp.down_proj", ridge=0.1, kl_before=1.0, kl_after=0.5)
    rows = [row.words() for row in gap_rows(RunState.replay([folded, refit(5, 0.3), refit(6, None)]))]
    assert rows == [
        ("3\u20134", "layer 2, mlp.down_proj", "1.000", "0.5000", "0.1", ""),
        ("\u2013", "layer 5, mlp.down_proj", "0.5000", "0.4000", "0.3", "fitted after the gaps"),
    ]
