"""Define the given tokens between the stretches that a model generates: beginnings of texts, changes of speaker."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.calibration.chat import ChatTemplate

_DOCUMENTS = 8
"""Documents of a window with different openings."""


@dataclass(frozen=True)
class Script:
    """Given tokens that alternate with stretches that the model generates, cyclically."""

    parts: tuple[tuple[int, ...], ...]
    """The first part begins a window; the next one follows when the model has ended its stretch."""
    ends: frozenset[int]
    """Tokens that end any stretch."""
    special: frozenset[int]
    """Special tokens: where a part begins with one, generating it ends the stretch before it."""

    def after(self, stretch: int, token: int) -> tuple[int, ...] | None:
        """Return the given tokens after a stretch (from 0) where ``token`` ends it; None where it does not."""
        part = self.parts[(stretch + 1) % len(self.parts)]
        if len(self.parts) > 1 and part[0] == token and token in self.special:
            return part[1:]
        return part if token in self.ends else None


def document_script(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> Script:
    """Return the script of consecutive documents, as in training text."""
    begin, ends = _document_marks(model, tokenizer)
    return Script(((begin,),), frozenset(ends), frozenset(tokenizer.all_special_ids))


def opened_script(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, openings: Iterator[str], length: int
) -> Script:
    """Return the script of consecutive documents whose openings are given.

    Args:
        model: Its generation config has the end tokens.
        tokenizer: The model's.
        openings: An opening for each document.
        length: Tokens of a window. An opening fills a quarter of it at most.
    """
    plain = document_script(model, tokenizer)
    longest = max(1, length // 4)

    def part(opening: str) -> tuple[int, ...]:
        tokens = tokenizer(opening, verbose=False)["input_ids"][:longest]
        return tuple(token for token in tokens if token not in plain.ends) or plain.parts[0]

    return Script(tuple(part(next(openings)) for _ in range(_DOCUMENTS)), plain.ends, plain.special)


def chat_script(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, template: ChatTemplate, length: int
) -> Script:
    """Return the script of consecutive conversations in which the model generates the user's turns too.

    Given only the text before a question, an instruction model generates one and then answers it (Magpie, Xu et al.
    2024, https://arxiv.org/abs/2406.08464). Some templates write a long preamble before the first question; where that
    exceeds a quarter of a window, a window begins like a later question.

    Args:
        model: Its generation config has the end tokens.
        tokenizer: The model's.
        template: The chat template.
        length: Tokens of a window.
    """

    def tokens(text: str) -> tuple[int, ...]:
        return tuple(tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    begin, ends = _document_marks(model, tokenizer)
    special = frozenset([*tokenizer.all_special_ids, *tokenizer.added_tokens_decoder])
    opening, reply = tokens(template.opening()) or (begin,), tokens(template.reply()) or (begin,)
    if len(opening) > length / 4:
        opening = (begin, *_without_end(tokens(template.next_question()), frozenset(ends), special, begin))
    return Script((opening, reply), frozenset(ends), special)


def script_digest(tokenizer: PreTrainedTokenizerBase, template: ChatTemplate | None, configured_ends: object) -> str:
    """Return a digest (12 hex characters) of everything besides the model's config that affects a script.

    It covers the template's source instead of its output: some templates write the date, and text would be generated
    anew every day.

    Args:
        tokenizer: The model's.
        template: Chat template of conversations; None for documents.
        configured_ends: End tokens of the generation config.
    """
    source = str(tokenizer.chat_template) if template is not None else ""
    content = (
        source,
        tokenizer(source, add_special_tokens=False, verbose=False)["input_ids"] if source else [],
        (tokenizer.bos_token_id, tokenizer.eos_token_id, configured_ends),
        sorted({*tokenizer.all_special_ids, *tokenizer.added_tokens_decoder}),
    )
    return hashlib.sha256(repr(content).encode()).hexdigest()[:12]


def _without_end(tokens: tuple[int, ...], ends: frozenset[int], special: frozenset[int], begin: int) -> tuple[int, ...]:
    """Return a turn's opening without the token that ends the previous turn and without the begin token."""
    if tokens and tokens[0] in ends:
        tokens = tuple(dropwhile(lambda token: token not in special, tokens[1:])) or tokens[1:]
    return tokens[1:] if tokens and tokens[0] == begin else tokens


def end_tokens(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> list[int]:
    """Return the tokens that end a text or an answer, by the model's generation config and its tokenizer."""
    configured = model.generation_config.eos_token_id if model.generation_config is not None else None
    ends = [configured] if isinstance(configured, int) else list(configured or [])
    own_end = tokenizer.eos_token_id
    if isinstance(own_end, int) and own_end not in ends:
        ends.append(own_end)
    return ends


def _document_marks(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> tuple[int, list[int]]:
    """Return the token that begins a document, and those that end it."""
    ends = end_tokens(model, tokenizer)
    begin = tokenizer.bos_token_id
    if not isinstance(begin, int):
        begin = ends[0] if ends else 0
    return begin, [end for end in ends if end != begin]
