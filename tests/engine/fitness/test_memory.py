"""Scores are remembered, across the runs of a project, and only for the same model and calibration set."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import CandidatesScored, Event
from engine.api.journal import Journal, read_journal
from engine.fitness.memory import Score, ScoreMemory
from tests.engine.fitness.cases import removal_sets

Scores = st.dictionaries(
    removal_sets(9, 9),
    st.builds(Score, st.floats(0, 50, allow_nan=False), st.floats(0, 50, allow_nan=False)),
    min_size=1,
)


def silent(_event: Event) -> None:
    """Nobody listens."""


@given(Scores)
def test_what_one_memory_says_another_learns_exactly(scores: dict[tuple[int, ...], Score]) -> None:
    said: list[Event] = []
    ScoreMemory("m", "c", said.append).remember(4, scores)
    later = ScoreMemory("m", "c", silent)
    later.learn(said)
    assert {removed: later.get(removed, 4) for removed in scores} == scores


def test_scores_come_back_from_a_journal_on_disk_to_the_last_bit(tmp_path: Path) -> None:
    score = Score(0.1 + 0.2, 1 / 3)
    journal = Journal(tmp_path / "events.jsonl")
    ScoreMemory("m", "c", journal.append).remember(8, {(1, 2): score})
    journal.close()
    memory = ScoreMemory("m", "c", silent)
    memory.learn(read_journal(tmp_path / "events.jsonl"))
    assert memory.get((1, 2), 8) == score


def test_another_model_another_calibration_and_another_level_are_other_scores() -> None:
    event = CandidatesScored(model="m", calibration="c", level=4, removed=((1,),), kl=(0.5,), nll=(2.0,))
    for model, calibration, level in (("other", "c", 4), ("m", "other", 4), ("m", "c", 8)):
        memory = ScoreMemory(model, calibration, silent)
        memory.learn([event])
        assert memory.get((1,), level) is None


def test_nothing_new_says_nothing() -> None:
    said: list[Event] = []
    ScoreMemory("m", "c", said.append).remember(4, {})
    assert said == []
