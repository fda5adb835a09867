"""Turn failures of lm-eval tasks into clear sentences, where possible before the first measurement."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import UndefinedError

from engine.api.control import StopRequested
from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import Message, worded
from engine.api.offline import Offline
from engine.api.socket_guard import is_offline

_MISSING = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'|has no element (\S+)")
"""Jinja's messages for a template that uses an undefined name."""
_UNFIT = (AttributeError, IndexError, KeyError, SyntaxError, TypeError, ValueError)
"""Errors of a task's template or function where a question is not of the form that it expects."""
_LONGEST = 300


@contextmanager
def running(task: str) -> Iterator[None]:
    """Turn any error of a task, which may run code of its own, into one sentence inside a ``with`` block.

    Raises:
        BadInput: The task's templates use a field that its data do not have.
        LayerSwarmError: Any other error: data missing, Hub unreachable, ...
    """
    try:
        yield
    except (LayerSwarmError, StopRequested):
        raise
    except UndefinedError as error:
        raise BadInput(worded("The task '{0}' does not fit its data: {1}.", task, _missing(error))) from error
    except Exception as error:
        if is_out_of_memory(error):
            raise
        if is_offline() and _needs_network(error):
            raise Offline(
                worded("the data of the task '{0}' are not on this computer", task), worded("choose another task")
            ) from error
        raise LayerSwarmError(worded("The task '{0}' could not be run ({1}).", task, _words(error))) from error


def _needs_network(error: BaseException | None) -> bool:
    """Return whether an error, or one that it comes from, is that of a connection that was refused."""
    while error is not None:
        if isinstance(error, ConnectionError) or "offline" in f"{type(error).__name__} {error}".lower():
            return True
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def loading(task: str) -> Iterator[None]:
    """Turn lm-eval's errors on a task's first question into a sentence; use it within ``running``.

    Raises:
        BadInput: The question is not of the form that the task expects.
    """
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise BadInput(
            worded(
                "The task '{0}' does not fit its data ({1}); its data lack a split or a field that it uses, or the "
                "answer of the first question is none of the choices.",
                task,
                _words(error),
            )
        ) from error


def check_questions(task: Any, limit: int | None) -> None:
    """Check that each question of a loaded task can be asked, and that its answer is one of its choices.

    lm-eval counts a question whose answer is none of the choices as wrong, whatever the model answers.

    Args:
        task: A task that lm-eval's ``TaskManager`` loaded.
        limit: Number of questions that will be asked; None for all.

    Raises:
        BadInput: A question cannot be asked, or has no answer.
    """
    from lm_eval.api.task import ConfigurableTask

    if not isinstance(task, ConfigurableTask):  # a class of its own, which asks in its own way
        return
    for number, (_, question) in enumerate(task.doc_iterator(limit=limit), start=1):
        place = worded("The task '{0}', question {1}", task.task_name, number)
        try:
            fault = _fault(task, question)
        except UndefinedError as error:
            raise BadInput(
                worded("{0}: {1}; its fields are: {2}.", place, _missing(error), ", ".join(question)[:200])
            ) from error
        except _UNFIT as error:
            raise BadInput(
                worded("{0}: it is not of the form that the task expects ({1}).", place, _words(error))
            ) from error
        if fault:
            raise BadInput(worded("{0}: {1}.", place, fault))


def _fault(task: Any, question: Mapping[str, Any]) -> str:
    """Return what makes a question unusable; empty for a usable one."""
    text, answer = task.doc_to_text(question), task.doc_to_target(question)
    if task.OUTPUT_TYPE != "multiple_choice" or callable(task.config.process_results):
        return ""
    choices = task.doc_to_choice(question)
    if not isinstance(choices, list) or not choices or not all(isinstance(choice, str) for choice in choices):
        return worded("its choices must be a list of texts, and they are {0}", f"{choices!r:.60}")
    answers = [text if task.multiple_input else answer]
    if isinstance(answers[0], list):
        (answers,) = answers
    if answers and all(_is_among(each, choices) for each in answers):
        return ""
    return worded(
        "its answer is {0}, which is none of its {1} choices, so it would count as wrong whatever the "
        "model answers; correct it, or use a split that has answers",
        repr(answers[0] if len(answers) == 1 else answers),
        len(choices),
    )


def _is_among(answer: object, choices: list[str]) -> bool:
    return answer in choices if isinstance(answer, str) else isinstance(answer, int) and 0 <= answer < len(choices)


def _missing(error: UndefinedError) -> str:
    found = _MISSING.search(str(error))
    name = next(filter(None, found.groups()), "") if found else ""
    if not name:
        return worded("a template uses a name that is not defined ({0})", _words(error))
    return worded("a template uses '{0}', but there is no such field", name)


def _words(error: Exception) -> Message:
    return quoted(f"{type(error).__name__}: {error}", _LONGEST)
