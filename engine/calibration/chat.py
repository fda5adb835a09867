"""Apply a model's chat template, which writes conversations in the form that the model was trained on."""

from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile
from typing import Any

from transformers import PreTrainedTokenizerBase

from engine.api.errors import quoted
from engine.api.message import NO_WORDS, Message, worded
from engine.calibration.turns import CALLS, Conversation, Turn, with_objects
from engine.models.chat_rendering import rendered_apart

Messages = list[dict[str, Any]]
"""Turns in the form that chat templates take."""

_LONGEST_REASON = 200
_FIRST, _SECOND, _THIRD = "LAYERSWARMFIRST", "LAYERSWARMSECOND", "LAYERSWARMTHIRD"
"""Placeholders for contents, to find what the template puts around them."""


class ChatTemplate:
    """Writes conversations in the model's own form.

    Args:
        tokenizer: A tokenizer with a chat template.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self._reason = NO_WORDS
        """Why the template failed the last time."""

    @classmethod
    def of(cls, tokenizer: PreTrainedTokenizerBase) -> "ChatTemplate | None":
        """Return the tokenizer's template; None where it has none that takes a question and an answer."""
        if not tokenizer.chat_template:
            return None
        template = cls(tokenizer)
        return template if template._parts is not None else None

    @classmethod
    def fault(cls, tokenizer: PreTrainedTokenizerBase) -> Message:
        """Return a sentence on why a tokenizer's template is not used; empty where it is, or where there is none."""
        if not tokenizer.chat_template:
            return NO_WORDS
        template = cls(tokenizer)
        if template._parts is not None:
            return NO_WORDS
        reason = template._reason or worded("it does not write a question and then its answer")
        return worded("The model's chat template cannot be used: {0}; conversations are taken as plain text.", reason)

    def text(self, conversation: Conversation) -> str | None:
        """Return the conversation as the template writes it; None where the template refuses it, such as
        for unknown roles.

        Tool calls are passed to it unchanged. Where it refuses or ignores them, they become text.
        """
        for messages in (*_with_calls(conversation), _messages(conversation.turns)):
            for tools in dict.fromkeys([bool(conversation.tools), False]):
                given = list(conversation.tools) if tools else None
                written = self._applied(messages, tools=given)
                bare = _without_calls(messages)
                if written is not None and (bare == messages or written != self._applied(bare, tools=given)):
                    return written
        return None

    def conversation(self, turns: Sequence[Turn], begins_answer: bool = True) -> str | None:
        """Return turns, up to where the assistant's next answer begins; None where the template refuses them."""
        return self._applied(_messages(turns), add_generation_prompt=begins_answer)

    def question(self, text: str, **variables: object) -> str:
        """Return a user's first turn, up to where the assistant's answer begins.

        Args:
            text: What the user writes.
            variables: Variables of the template; those that it does not know are ignored.
        """
        written = self._applied(_messages([Turn("user", text)]), add_generation_prompt=True, **variables)
        return written or f"{self.opening()}{text}{self.reply()}"

    def opening(self) -> str:
        """Return the text before the user's first turn."""
        return self._known()[0]

    def next_question(self) -> str:
        """Return the text before a later turn of the user, without what the template writes only at the beginning."""
        turns = [Turn("user", _FIRST), Turn("assistant", _SECOND), Turn("user", _THIRD)]
        written = self._rendered(turns) or ""
        between = written.partition(_SECOND)[2].partition(_THIRD)[0]
        pairs = zip(reversed(self.opening()), reversed(between), strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return between[len(between) - same :]

    def reply(self) -> str:
        """Return the text between a user's turn and the assistant's answer."""
        return self._known()[1]

    def _known(self) -> tuple[str, str]:
        parts = self._parts
        assert parts is not None  # checked by ``of``
        return parts

    @cached_property
    def _parts(self) -> tuple[str, str] | None:
        written = self._rendered([Turn("user", _FIRST), Turn("assistant", _SECOND)])
        if written is None or not 0 <= written.find(_FIRST) < written.find(_SECOND):
            return None
        before, _, rest = written.partition(_FIRST)
        return before, rest.partition(_SECOND)[0]

    def _rendered(self, turns: Sequence[Turn]) -> str | None:
        return self._applied(_messages(turns))

    def _applied(self, messages: Messages, **options: Any) -> str | None:
        try:
            with rendered_apart():
                return str(self._tokenizer.apply_chat_template(messages, tokenize=False, **options))
        except Exception as error:  # templates raise errors of their own beside Jinja2's
            self._reason = quoted(error, _LONGEST_REASON)
            return None


def _messages(turns: Sequence[Turn]) -> Messages:
    return [{"role": turn.role, "content": turn.content} for turn in turns]


def _with_calls(conversation: Conversation) -> list[Messages]:
    """Return the messages with tool calls twice: arguments as objects, which most templates expect, and as given."""
    if all(turn.message is None for turn in conversation.turns):
        return []
    given = [turn.message or {"role": turn.role, "content": turn.content} for turn in conversation.turns]
    return [[with_objects(message) for message in given], [dict(message) for message in given]]


def _without_calls(messages: Messages) -> Messages:
    return [{name: value for name, value in message.items() if name not in CALLS} for message in messages]
