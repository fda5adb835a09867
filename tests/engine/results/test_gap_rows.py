"""What became of each gap, as a row in the language of the reader."""

import pytest

from engine.api.compensation_events import NO_MAP, REASONS, GapFolded
from engine.results.gap_rows import GapRow


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
    assert asked == [sentence]
    assert note == f"<{sentence.format('Mamba2Block')}>"
    assert ("Mamba2Block" in note) == (sentence == NO_MAP)


def test_a_reason_of_another_version_is_shown_as_it_is() -> None:
    assert gap("nobody knows").words(lambda text: f"<{text}>")[-1] == "nobody knows"
