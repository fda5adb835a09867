"""Every sentence of the engine's lists, results and messages that the window shows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from engine.api.algorithms import OWN_ALGORITHMS
from engine.api.compensation_events import REASONS
from engine.api.edge_devices import EDGE_DEVICES
from engine.api.editing import describe_settings
from engine.api.evaluation_events import VARIANTS
from engine.api.export_targets import BUILT_IN, Precision
from engine.api.run_state import RunState
from engine.api.savings_settings import SavingsSettings
from engine.api.settings import Settings
from engine.results.analysis_note import ESTIMATED
from engine.results.answer_rows import ANSWERS_NOTE
from engine.results.check_titles import CHECK_TITLES
from engine.results.comparison import columns_of, comparison
from engine.results.comparison_row import OF, PAIRED, RANGE, UNPAIRED
from engine.results.differences import AGAINST_PRUNED
from engine.results.edge_fit import FITS, TOO_LARGE
from engine.results.figures import FIGURE_SENTENCES
from engine.results.folded_sets import ANOTHER_BEST, SAME_BEST
from engine.results.gap_rows import FOLDED, REFITTED, UNCHANGED
from engine.results.gap_rows import HEADINGS as GAP_HEADINGS
from engine.results.overview import NO_SPEED, OF_RUN, POINT, QUALITY_NAMES, SPREAD
from engine.results.precision_rows import HEADINGS as PRECISION_HEADINGS
from engine.results.precision_rows import PREDICTED
from engine.results.research_rows import COMPARISON, ONE_TASK, RESEARCH_CELLS, SEVERAL_TASKS
from engine.results.rows import Sentence
from engine.results.savings import (
    AT_A_TIME,
    FIT_SENTENCES,
    FITS_AS_BEFORE,
    FITS_MORE,
    TOKENS,
    WHILE_BUSY,
    WITHIN_SPREAD,
    savings,
)
from engine.results.score_levels import LEVEL_SENTENCES
from engine.results.speed_notes import BUSY, BUSY_NOTE
from engine.results.worker_lines import GONE, MEMORY, STARTING
from tests.gui import canned

ENGINE = Path(__file__).resolve().parents[2] / "engine"
MESSAGE_MODULE = ENGINE / "api" / "message.py"
_MAKERS = {"worded": slice(0, 1), "worded_count": slice(1, 3)}
"""Functions that make a message, and which of their arguments are templates."""
_GLUE = re.compile(r"(\{\d+\}|[\s:;,.()])*")
"""Templates that only join others."""


def engine_sentences() -> list[str]:
    """Return each sentence once, sorted."""
    found = {*engine_messages(), *_result_words(), *_savings_words()}
    for target in BUILT_IN:
        found |= {target.explanation, *(words for each in target.precisions for words in _words_of(each))}
    for algorithm in OWN_ALGORITHMS:
        found |= {algorithm.title, algorithm.label, algorithm.explanation}
    for setting in describe_settings():
        found |= {setting.meaning, setting.unit}
    return sorted(filter(None, found))


def _words_of(precision: Precision) -> Iterator[str]:
    """Yield what is said of a precision; names such as Q4_K_M are the same in every language."""
    yield precision.explanation
    if precision.title != precision.key.upper():
        yield precision.title


def engine_messages() -> dict[str, str]:
    """Return the template of every message of the engine, and the first place where it is made.

    Raises:
        AssertionError: A template is not a constant, so that no catalogue can hold it.
    """
    found: dict[str, str] = {}
    for place, call in message_calls():
        for template in templates(call):
            assert isinstance(template, ast.Constant), place
            assert isinstance(template.value, str), place
            if not _GLUE.fullmatch(template.value):
                found.setdefault(template.value, place)
    return found


def message_calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield each call in the engine that makes a message of templates, with its place."""
    for path in sorted(ENGINE.rglob("*.py")):
        if path == MESSAGE_MODULE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MAKERS:
                yield f"engine/{path.relative_to(ENGINE)}:{node.lineno}", node


def templates(call: ast.Call) -> list[ast.expr]:
    """Return the templates among the arguments of such a call."""
    return call.args[_MAKERS[call.func.id]] if isinstance(call.func, ast.Name) else []


def _result_words() -> Iterator[str]:
    """Yield the sentences of the comparison, the research table and the figures."""
    for more in ((), canned.measured()):  # journals of earlier versions have fewer events
        for row in comparison(RunState.replay([*canned.run_events(Settings()), *more])).rows:
            yield from _english(row.name)
    for column in columns_of(VARIANTS):
        yield from _english(column.heading)
    yield from (
        *FIGURE_SENTENCES,
        *LEVEL_SENTENCES,
        PAIRED,
        UNPAIRED,
        RANGE,
        OF,
        ANSWERS_NOTE,
        AGAINST_PRUNED,
        FITS,
        TOO_LARGE,
        ESTIMATED,
        STARTING,
        GONE,
        MEMORY,
    )
    yield from (*RESEARCH_CELLS, COMPARISON, ONE_TASK, SEVERAL_TASKS, "perplexity")
    yield from (*PRECISION_HEADINGS, PREDICTED, *CHECK_TITLES.values())
    yield from (POINT, OF_RUN, SPREAD, NO_SPEED, *QUALITY_NAMES, *QUALITY_NAMES.values())
    yield from (*GAP_HEADINGS, FOLDED, REFITTED, UNCHANGED, *REASONS, ANOTHER_BEST, SAME_BEST)
    yield from (*FIT_SENTENCES[:2], FITS_AS_BEFORE, FITS_MORE, WITHIN_SPREAD, WHILE_BUSY, BUSY, BUSY_NOTE, *VARIANTS)


def _english(sentence: Sentence) -> Iterator[str]:
    if sentence.english != "{0}":
        yield sentence.english
    for argument in sentence.arguments:
        if isinstance(argument, Sentence):
            yield from _english(argument)


def _savings_words() -> Iterator[str]:
    """Yield names, formulas and units of the savings."""
    state = RunState.replay([*canned.run_events(Settings()), *canned.measured()])
    yield from (AT_A_TIME, TOKENS, *(device.name for device in EDGE_DEVICES))
    prices = SavingsSettings(cloud_price=1.0)
    found = savings(state, prices)
    assert found is not None
    for figure in found.figures:
        yield from (figure.name, figure.formula)
        if prices.currency not in figure.unit:
            yield figure.unit
