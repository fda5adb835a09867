"""What the engine says to people is a message throughout, which the window words in its language."""

import ast
import errno
import inspect
import re
from collections.abc import Callable, Iterator
from typing import get_args, get_type_hints

import pytest

from engine.api.errors import LayerSwarmError
from engine.api.event import message_logged, progressed
from engine.api.export_events import ExportVerified
from engine.api.message import Message, worded
from engine.api.plurals import all_of
from engine.api.system_errors import system_words
from engine.cli.wrong_usage import WrongUsage
from engine.models.progress import Report
from engine.pipeline.ending import Ending
from gui.words.messages import message_words, system_reason
from tests.gui.engine_sentences import ENGINE, engine_messages, message_calls, templates
from tests.gui.translations import FILES, translations

_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")


def errors() -> set[str]:
    """Return the names of the engine's errors, but for the one that only the command line shows, in English."""
    found, waiting = set(), [LayerSwarmError]
    while waiting:
        kind = waiting.pop()
        found.add(kind.__name__)
        waiting.extend(each for each in kind.__subclasses__() if each is not WrongUsage)
    return found


def refusals() -> Iterator[tuple[str, ast.expr]]:
    """Yield what each error in the engine's source is made with, and its place."""
    names = errors()
    for path in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and node.args:
                yield f"engine/{path.relative_to(ENGINE)}:{node.lineno}", node.args[0]


def written_words(expression: ast.expr) -> Iterator[str]:
    """Yield English words that are written within an expression, outside of messages of their own."""
    if isinstance(expression, ast.Call) and getattr(expression.func, "id", "").startswith("worded"):
        return
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str) and _WORDS.search(expression.value):
        yield expression.value
    for child in ast.iter_child_nodes(expression):
        if isinstance(child, ast.expr):
            yield from written_words(child)


def test_every_refusal_is_given_a_message() -> None:
    given = list(refusals())
    assert len(given) > 300
    assert [place for place, each in given if list(written_words(each)) or isinstance(each, ast.JoinedStr)] == []


@pytest.mark.parametrize(
    ("taker", "name"),
    [
        (LayerSwarmError.__init__, "sentence"),
        (message_logged, "message"),
        (progressed, "message"),
        (Ending.finished, "message"),
    ],
)
def test_a_type_check_refuses_plain_text_where_people_are_spoken_to(taker: Callable[..., object], name: str) -> None:
    assert get_type_hints(inspect.unwrap(taker))[name] is Message
    assert get_args(Report)[0][0] is Message


def test_no_english_words_fill_the_gaps_of_a_message() -> None:
    found = {
        place: words
        for place, call in message_calls()
        for value in call.args
        if value not in templates(call)
        for words in written_words(value)
    }
    assert found == {}


def test_every_message_of_the_engine_has_its_german() -> None:
    german = translations(FILES[0])
    assert [text for text in engine_messages() if not german.get(("engine", text))] == []


def test_the_systems_reasons_are_worded_too(german: None) -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "/disk/file")
    assert system_words(error) == "No space left on device"
    assert system_reason(error) == "Kein Platz mehr auf dem Datenträger"
    assert system_words(OSError(4242, "odd")) == '"odd"'


def test_the_detail_of_a_check_is_worded_after_it_was_journalled(german: None) -> None:
    check = ExportVerified(check="bytes", passed=True, detail=worded("{0:,}, as predicted", 1234))
    assert type(check.detail) is str
    assert check.detail == check.detail_words == "1,234, as predicted"
    assert message_words(check.detail, check.template) == "1\u202f234, wie vorhergesagt"


def test_lists_of_names_are_worded(german: None) -> None:
    names = all_of([worded("text"), worded("numbers"), worded("lists")])
    assert names == "text and numbers and lists"
    assert message_words(names) == "Text und Zahlen und Listen"
    assert all_of([]) == ""
