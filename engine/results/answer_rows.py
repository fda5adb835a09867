"""Rows about each model's answers to our questions: plain counts, with what they mean in a sentence of their own."""

from collections.abc import Iterator, Sequence

from engine.api.evaluation_events import CheckedAnswer, Variant
from engine.api.run_state import RunState
from engine.results.comparison_row import ComparisonRow
from engine.results.rows import Sentence

LANGUAGE_NAME = "Answers in the language of the question"
ENDED_NAME = "Answers that come to an end"
REPETITION_NAME = "Repetition within the answers"
ANSWERS_NOTE = (
    "The answers are to {0} short questions, each in another language, with at most {1} tokens each. Repetition is the "
    "share of sequences of four tokens that stood in the same answer before. Compare with the dense model: what it "
    "cannot do either was not lost."
)


def answer_rows(state: RunState) -> Iterator[ComparisonRow]:
    """Yield in how many answers a model kept to the language, how many it ended, and how much it repeats itself.

    These are facts about a dozen answers; none is coloured as better or worse.
    """
    found = {variant: event.answers for variant, event in state.answers.items() if event.answers}
    total = max(map(len, found.values()), default=0)
    kept = {variant: sum(each.answered_in == each.language for each in answers) for variant, answers in found.items()}
    ended = {variant: sum(each.ended for each in answers) for variant, answers in found.items()}
    repeated = {variant: sum(each.repetition for each in answers) / len(answers) for variant, answers in found.items()}
    yield ComparisonRow(Sentence(LANGUAGE_NAME), "whole", kept, total=total)
    yield ComparisonRow(Sentence(ENDED_NAME), "whole", ended, total=total)
    yield ComparisonRow(Sentence(REPETITION_NAME), "share", repeated, total=total)


def answer_texts(state: RunState, variants: Sequence[Variant]) -> list[tuple[str, list[str]]]:
    """Return for each question its language, and what each variant answered.

    An answer in another language has that before it; one that did not end is followed by three dots.
    """
    found = {variant: state.answers[variant].answers for variant in variants if variant in state.answers}
    asked = next((answers for answers in found.values() if answers), ())
    return [
        (each.language, [_answer_words(found[variant][place]) if found.get(variant) else "" for variant in variants])
        for place, each in enumerate(asked)
    ]


def _answer_words(answer: CheckedAnswer) -> str:
    language = "" if answer.answered_in == answer.language else f"[{answer.answered_in or '?'}] "
    return f"{language}{answer.text}{'' if answer.ended else '…'}"


def answers_note(state: RunState) -> Sentence | None:
    """Return what the rows mean; None where no answers were checked."""
    event = next((event for event in state.answers.values() if event.answers), None)
    return None if event is None else Sentence(ANSWERS_NOTE, (len(event.answers), event.limit))
