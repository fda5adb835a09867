"""Write the Modelfile by which Ollama takes a GGUF file: its chat template in Ollama's language, and its parameters.

Ollama runs Go templates, not the Jinja template of the tokenizer. The text that the model's template puts around each
turn is found by rendering conversations of placeholders; where such pieces cannot express the template, Ollama is left
to recognise the template in the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transformers import PreTrainedTokenizerBase

from engine.api.files import write_atomically
from engine.calibration.chat import ChatTemplate
from engine.calibration.turns import Turn

MODELFILE = "Modelfile"
_SYSTEM, _FIRST, _ANSWER, _SECOND = (f"LAYERSWARM{name}" for name in ("SYSTEM", "FIRST", "ANSWER", "SECOND"))
_TALK = (Turn("user", _FIRST), Turn("assistant", _ANSWER), Turn("user", _SECOND))
_PARAMETERS = {
    "temperature": "temperature",
    "top_k": "top_k",
    "top_p": "top_p",
    "min_p": "min_p",
    "repetition_penalty": "repeat_penalty",
}
"""Names in ``generation_config.json``, and those of Ollama."""
_OLLAMA_CONTEXT = 4096
"""Tokens of context that Ollama takes by default, even of a model that has fewer."""


@dataclass(frozen=True)
class TurnTexts:
    """The text around the content of each turn, and the beginning of an answer."""

    system: tuple[str, str]
    user: tuple[str, str]
    assistant: tuple[str, str]
    answer: str
    default_system: str = ""
    """The system turn that the template adds to a conversation without one."""
    begin: str = ""
    """Text before the first turn."""

    def written(self, turns: Sequence[Turn]) -> str:
        """Return a conversation up to the beginning of the answer, as Ollama will write it."""
        around = {"system": self.system, "user": self.user, "assistant": self.assistant}
        first = [Turn("system", self.default_system)] if self.default_system and turns[0].role != "system" else []
        parts = (around[turn.role][0] + turn.content + around[turn.role][1] for turn in (*first, *turns))
        return self.begin + "".join(parts) + self.answer

    def in_go(self) -> str:
        """Return the template in Ollama's language."""
        roles = {"system": self.system, "user": self.user, "assistant": self.assistant}
        cases = "".join(
            _action(f'{"if" if role == "system" else "else if"} eq .Role "{role}"')
            + before
            + _action(".Content")
            + after
            for role, (before, after) in roles.items()
        )
        return self.begin + _action("range .Messages") + cases + 2 * _action("end") + self.answer


def _action(words: str) -> str:
    """Return an action of Go's template language."""
    return f"{{{{ {words} }}}}"


def write_modelfile(
    file: Path, tokenizer: PreTrainedTokenizerBase, generation: Mapping[str, Any], context: int
) -> None:
    """Write the Modelfile beside a GGUF file.

    Args:
        file: The GGUF file.
        tokenizer: The model's.
        generation: Content of its ``generation_config.json``; empty where it has none.
        context: Context length of the model in tokens; 0 if unknown.
    """
    lines = [f"FROM ./{file.name}", *_template_lines(tokenizer), *_parameter_lines(tokenizer, generation, context)]
    write_atomically(file.with_name(MODELFILE), ("\n".join(lines) + "\n").encode())


def turn_texts(tokenizer: PreTrainedTokenizerBase) -> TurnTexts | None:
    """Return what the tokenizer's chat template puts around turns.

    None where there is no template, or where pieces around each turn do not write what it writes.
    """
    template = ChatTemplate.of(tokenizer)
    if template is None:
        return None
    token = str(tokenizer.bos_token or "")
    added = token if token and tokenizer("a")["input_ids"][0] == tokenizer.bos_token_id else ""
    # A template may write the token itself, and its turns may begin with the same token.
    tried = (_found_texts(template, added, begin) for begin in dict.fromkeys(("", token)))
    talks = (_TALK, (Turn("system", _SYSTEM), *_TALK), _TALK[:1])
    written = [_without(added, template.conversation(talk)) for talk in talks]
    return next((each for each in tried if each and [each.written(talk) for talk in talks] == written), None)


def _found_texts(template: ChatTemplate, added: str, begin: str) -> TurnTexts | None:
    """Return the texts around placeholders.

    Args:
        template: The model's template.
        added: The token that every runtime writes before any text itself; empty where there is none.
        begin: What to take for the text before the first turn.
    """
    talk, asked = template.conversation(_TALK), template.conversation(_TALK[:1], begins_answer=False)
    answered = template.conversation(_TALK[:2], begins_answer=False)
    instructed = template.conversation((Turn("system", _SYSTEM), *_TALK[:1]))
    if not (talk and asked and answered and instructed) or _SYSTEM not in instructed:
        return None
    before, _, rest = _without(begin, _without(added, talk)).partition(_FIRST)
    to_answer, _, rest = rest.partition(_ANSWER)
    to_user, _, to_end = rest.partition(_SECOND)
    after_user, after_answer = asked.partition(_FIRST)[2], answered.partition(_ANSWER)[2]
    user = (to_user.removeprefix(after_answer), after_user)
    system, _, to_first = _without(begin, _without(added, instructed)).partition(_SYSTEM)
    after_system = to_first.partition(_FIRST)[0].removesuffix(user[0])
    default = before.removesuffix(user[0]).removeprefix(system).removesuffix(after_system)
    assistant = (to_answer.removeprefix(after_user), after_answer)
    return TurnTexts(
        (system, after_system), user, assistant, to_end.removeprefix(after_user), default_system=default, begin=begin
    )


def _without(begin: str, written: str | None) -> str:
    return (written or "").removeprefix(begin)


def _template_lines(tokenizer: PreTrainedTokenizerBase) -> Iterator[str]:
    texts = turn_texts(tokenizer)
    pieces = "" if texts is None else texts.written((Turn("system", ""), *_TALK))
    if texts is None or any(special in pieces + texts.default_system for special in ("{{", "}}", '"""')):
        yield "# Ollama looks for the chat template in the file."
        return
    yield f'TEMPLATE """{texts.in_go()}"""'
    if texts.default_system:
        yield f'SYSTEM """{texts.default_system}"""'


def _parameter_lines(tokenizer: PreTrainedTokenizerBase, generation: Mapping[str, Any], context: int) -> Iterator[str]:
    for token in _end_tokens(tokenizer, generation.get("eos_token_id")):
        yield f'PARAMETER stop "{token}"'
    for name, of_ollama in _PARAMETERS.items():
        value = generation.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield f"PARAMETER {of_ollama} {value:g}"
    if 0 < context < _OLLAMA_CONTEXT:
        yield f"PARAMETER num_ctx {context}"


def _end_tokens(tokenizer: PreTrainedTokenizerBase, ids: object) -> list[str]:
    """Return the tokens that end an answer, where they can be written in a Modelfile."""
    known = [each for each in (ids if isinstance(ids, list) else [ids]) if type(each) is int]
    named = [tokenizer.convert_ids_to_tokens(each) for each in known if 0 <= each < len(tokenizer)]
    tokens = dict.fromkeys(str(token) for token in (tokenizer.eos_token, *named) if token)
    return [token for token in tokens if not set(token) & set('"\n')]
