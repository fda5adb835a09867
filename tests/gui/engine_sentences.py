"""Every sentence of the engine's lists and results that the window shows."""

from collections.abc import Iterator

from engine.api.algorithms import OWN_ALGORITHMS
from engine.api.compensation_events import REASONS
from engine.api.editing import describe_settings
from engine.api.evaluation_events import VARIANTS
from engine.api.export_targets import BUILT_IN
from engine.api.run_state import RunState
from engine.api.savings_settings import SavingsSettings
from engine.api.settings import Settings
from engine.results.analysis_note import ESTIMATED
from engine.results.answer_rows import ANSWERS_NOTE
from engine.results.comparison import columns_of, comparison
from engine.results.comparison_row import OF, PAIRED, RANGE, UNPAIRED
from engine.results.differences import AGAINST_PRUNED
from engine.results.edge_fit import FITS, TOO_LARGE
from engine.results.figures import FIGURE_SENTENCES
from engine.results.folded_sets import ANOTHER_BEST, SAME_BEST
from engine.results.gap_rows import FOLDED, REFITTED, UNCHANGED
from engine.results.gap_rows import HEADINGS as GAP_HEADINGS
from engine.results.research_rows import COMPARISON, ONE_TASK, RESEARCH_CELLS, SEVERAL_TASKS
from engine.results.rows import Sentence
from engine.results.savings import FIT_SENTENCES, NO_DEVICE_GAINS, savings
from tests.gui import canned


def engine_sentences() -> list[str]:
    """Return each sentence once, sorted."""
    found = {*_result_words(), *_savings_words()}
    for target in BUILT_IN:
        found |= {
            target.explanation,
            *(words for each in target.precisions for words in (each.title, each.explanation)),
        }
    for algorithm in OWN_ALGORITHMS:
        found |= {algorithm.title, algorithm.label, algorithm.explanation}
    for setting in describe_settings():
        found |= {setting.meaning, setting.unit}
    return sorted(filter(None, found))


def _result_words() -> Iterator[str]:
    """Yield the sentences of the comparison, the research table and the figures."""
    state = RunState.replay([*canned.run_events(Settings()), *canned.measured()])
    for row in comparison(state).rows:
        yield from _english(row.name)
    for column in columns_of(VARIANTS):
        yield from _english(column.heading)
    yield from (
        *FIGURE_SENTENCES,
        PAIRED,
        UNPAIRED,
        RANGE,
        OF,
        ANSWERS_NOTE,
        AGAINST_PRUNED,
        FITS,
        TOO_LARGE,
        ESTIMATED,
    )
    yield from (*RESEARCH_CELLS, COMPARISON, ONE_TASK, SEVERAL_TASKS, "perplexity")
    yield from (*GAP_HEADINGS, FOLDED, REFITTED, UNCHANGED, *REASONS, ANOTHER_BEST, SAME_BEST)
    yield from (*FIT_SENTENCES[:2], NO_DEVICE_GAINS, *VARIANTS)


def _english(sentence: Sentence) -> Iterator[str]:
    if sentence.english != "{0}":
        yield sentence.english
    for argument in sentence.arguments:
        if isinstance(argument, Sentence):
            yield from _english(argument)


def _savings_words() -> Iterator[str]:
    """Yield names, formulas and units of the savings."""
    state = RunState.replay([*canned.run_events(Settings()), *canned.measured()])
    prices = SavingsSettings(cloud_price=1.0)
    found = savings(state, prices)
    assert found is not None
    for figure in found.figures:
        yield from (figure.name, figure.formula)
        if prices.currency not in figure.unit:
            yield figure.unit
