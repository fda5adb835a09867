"""A chat template is a program of somebody else: it gets some seconds and some memory, in a process of its own."""

import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from transformers import PreTrainedTokenizerBase

from engine.api.interpreter import python_module
from engine.calibration.chat import ChatTemplate
from engine.calibration.turns import Conversation, Turn
from engine.models import chat_rendering, template_child
from engine.models.chat_rendering import end_rendering
from engine.models.plain_template import is_plain
from engine.models.template_child import LENGTH
from tests.engine.tiny_models import tiny_tokenizer

PLAIN = "{% for message in messages %}<{{ message.role }}>{{ message['content'] | trim }}{% endfor %}"
SHORT = "{% for _ in range(2) %}{% endfor %}" + PLAIN
"""Not plain, but harmless."""
HOSTILE = {
    "loops": "{% for _ in range(99999) %}{% for _ in range(99999) %}{% endfor %}{% endfor %}",
    "allocates": "{{ 'a' * 10 ** 11 }}",
    "pads": "{{ 'a' | indent(10 ** 11, first=true) }}",
    "calls itself": "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}",
    "is broken": "{% for %}",
    "refuses": "{{ raise_exception('not for you') }}",
}
GROWING = (
    "{% set n = namespace(x='a') %}{% for m in messages %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% for m in messages %}{% for k in messages %}{% endfor %}{% endfor %}",
    "{% for m in messages recursive %}{{ loop(messages) }}{% endfor %}",
    "{% for m in messages %}{{ m.content * 9 }}{% endfor %}",
    "{{ '%999999999d' | format(1) }}",
    "{{ messages | tojson(indent=999999999) }}",
    "{{ 'a'.ljust(999999999) }}",
    "{% include 'x' %}",
)


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    end_rendering()


def tokenizer_with(template: str) -> PreTrainedTokenizerBase:
    tokenizer = tiny_tokenizer()
    tokenizer.chat_template = template
    return tokenizer


def test_a_template_is_written_alike_in_both_processes() -> None:
    talk = Conversation((Turn("user", "Name it. "), Turn("assistant", "Grüße 数")))
    one, other = (ChatTemplate.of(tokenizer_with(each)) for each in (PLAIN, SHORT))
    assert one is not None
    assert other is not None
    assert one.text(talk) == other.text(talk) == "<user>Name it.<assistant>Grüße 数"


def test_a_hostile_template_costs_seconds_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_rendering, "SECONDS", 1.5)
    reasons = {name: ChatTemplate.fault(tokenizer_with(template)) for name, template in HOSTILE.items()}
    assert all(reason.startswith("The model's chat template cannot be used: it ") for reason in reasons.values())
    assert "takes more than" in reasons["loops"]
    assert "not for you" in reasons["refuses"]
    assert ChatTemplate.fault(tokenizer_with(SHORT)) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no alarms")
def test_a_template_that_loops_ends_even_where_nobody_waits_for_it_any_more() -> None:
    command = python_module(template_child.__name__, "0.2")
    loop = pickle.dumps({"chat_template": HOSTILE["loops"], "conversations": [[]]})
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        child.stdin.write(LENGTH.pack(len(loop)) + loop)
        child.stdin.flush()
        assert child.wait() == -signal.SIGALRM


@pytest.mark.parametrize("template", [*HOSTILE.values(), *GROWING])
def test_what_may_loop_or_grow_is_not_plain(template: str) -> None:
    plain_errors = (HOSTILE["refuses"],)
    assert not is_plain(template) or template in plain_errors


def test_what_walks_through_its_messages_is_plain() -> None:
    assert is_plain(PLAIN)
    assert is_plain(
        "{{ bos_token }}{% for m in messages %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endfor %}"
    )
