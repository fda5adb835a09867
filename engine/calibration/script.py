"""What stands between the stretches that a model writes itself: where a text begins, who speaks next."""

import hashlib
from dataclasses import dataclass
from itertools import dropwhile

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.calibration.chat import ChatTemplate


@dataclass(frozen=True)
class Script:
    """Tokens that are given, in turn with stretches that the model writes, over and over."""

    parts: tuple[tuple[int, ...], ...]
    """The first is what a window begins with; the next one follows when the model has ended its stretch."""
    ends: frozenset[int]
    """Tokens that end any stretch."""
    special: frozenset[int]
    """Tokens that are no text: where a part begins with one, writing it ends the stretch before it."""

    def after(self, stretch: int, token: int) -> tuple[int, ...] | None:
        """The tokens that follow when ``token`` has ended the ``stretch``-th stretch (from 0); None when it has not."""
        part = self.parts[(stretch + 1) % len(self.parts)]
        if len(self.parts) > 1 and part[0] == token and token in self.special:
            return part[1:]
        return part if token in self.ends else None


def document_script(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> Script:
    """One document after the other, as in the text that the model was trained on."""
    begin, ends = _document_marks(model, tokenizer)
    return Script(((begin,),), frozenset(ends), frozenset(tokenizer.all_special_ids))


def chat_script(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, template: ChatTemplate, length: int
) -> Script:
    """A conversation after the other, in which the model writes the user's turn too.

    Given no more than what stands in front of a question, an instruction model writes one, and then answers it
    (Magpie, Xu et al. 2024, arXiv:2406.08464). Some templates say a lot before the first question; where that is more
    than a quarter of the ``length`` of a window, a window begins like a later question.
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
    """12 hex characters of all that decides a script besides the model's config.

    The template counts as it is written, and not by what it says: some say the date, and text would be written anew
    every day.

    Args:
        tokenizer: the model's.
        template: through which conversations are written; None for documents.
        configured_ends: the tokens that end a text by the generation config.
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
    """A turn's opening without the mark that ends the turn before it, and without the mark of a text's beginning."""
    if tokens and tokens[0] in ends:
        tokens = tuple(dropwhile(lambda token: token not in special, tokens[1:])) or tokens[1:]
    return tokens[1:] if tokens and tokens[0] == begin else tokens


def end_tokens(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> list[int]:
    """The tokens that end a text or an answer, as the model's generation config and its tokenizer say."""
    configured = model.generation_config.eos_token_id if model.generation_config is not None else None
    ends = [configured] if isinstance(configured, int) else list(configured or [])
    own_end = tokenizer.eos_token_id
    if isinstance(own_end, int) and own_end not in ends:
        ends.append(own_end)
    return ends


def _document_marks(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> tuple[int, list[int]]:
    """The token that a document begins with, and those that end it."""
    ends = end_tokens(model, tokenizer)
    begin = tokenizer.bos_token_id
    if not isinstance(begin, int):
        begin = ends[0] if ends else 0
    return begin, [end for end in ends if end != begin]
