"""Let a model answer short questions in a dozen languages: in which language it answers, and whether it ends."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

import msgspec
import torch
from torch import Tensor
from transformers import GenerationConfig, PreTrainedModel, PreTrainedTokenizerBase

from engine.api.evaluation_events import CheckedAnswer
from engine.api.message import worded
from engine.calibration.chat import ChatTemplate
from engine.calibration.script import end_tokens
from engine.evaluation.identified_language import identified_language
from engine.models.generation_state import unchanged_by_generation
from engine.models.out_of_memory import halve_until_it_fits
from engine.models.progress import Report
from engine.models.quiet import quiet_transformers

QUESTION_TOKENS = 60
"""Tokens of a question with what a chat template puts around it, roughly; for estimates."""
_SENTENCE_END = re.compile("[.?!\n。？！؟]")
_SPAN = 4
"""Tokens of a repeated sequence."""


class Question(msgspec.Struct, frozen=True):
    """A question, and the language (ISO 639-1) that it is asked in."""

    language: str
    text: str


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions, which every model answers in the same order."""
    content = files("resources").joinpath("questions", "languages.json").read_bytes()
    return msgspec.json.decode(content, type=tuple[Question, ...])


def checked_answers(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, limit: int, context: int, report: Report
) -> tuple[CheckedAnswer, ...]:
    """Return the greedy answers to all questions, through the model's chat template where it has one.

    Args:
        model: In evaluation mode.
        tokenizer: The model's.
        limit: Largest number of tokens of an answer.
        context: Context length, which question and answer must not exceed; 0 for no limit.
        report: Called before each token. It may raise to stop.

    Returns:
        An answer to each question; none where the questions leave no room for answers in the context.

    Raises:
        torch.OutOfMemoryError: Not even one answer fits.
    """
    asked, ends = questions(), frozenset(end_tokens(model, tokenizer))
    prompts = _prompts(tokenizer, asked)
    room = context - max(map(len, prompts)) if context else limit
    if room < 1:
        return ()

    def answered(rows: int) -> list[list[int]]:
        batches = [prompts[start : start + rows] for start in range(0, len(prompts), rows)]
        return [row for batch in batches for row in _answers(model, batch, min(limit, room), ends, report)]

    written = halve_until_it_fits(len(prompts), answered)
    return tuple(_checked(tokenizer, *pair, ends) for pair in zip(asked, written, strict=True))


def repeated_share(tokens: Sequence[int], span: int = _SPAN) -> float:
    """Return the share of sequences of ``span`` tokens that occurred before in the same text (seq-rep-n).

    That is 1 - different sequences / all sequences (Welleck et al. 2019, https://arxiv.org/abs/1908.04319, who report
    seq-rep-4); 0 for a text that is shorter than a sequence.
    """
    spans = [tuple(tokens[start : start + span]) for start in range(len(tokens) - span + 1)]
    return 1 - len(set(spans)) / len(spans) if spans else 0.0


def _prompts(tokenizer: PreTrainedTokenizerBase, asked: Sequence[Question]) -> list[list[int]]:
    """Return the tokens of each question; a model without a chat template continues after the line of the question."""
    template = ChatTemplate.of(tokenizer)
    if template is None:
        return [list(tokenizer(f"{each.text}\n", verbose=False)["input_ids"]) for each in asked]
    texts = [template.question(each.text, enable_thinking=False) for each in asked]
    return [list(tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]) for text in texts]


def _answers(
    model: PreTrainedModel, prompts: Sequence[Sequence[int]], limit: int, ends: Collection[int], report: Report
) -> list[list[int]]:
    """Return the tokens that the model writes after each prompt, all of them in one pass."""
    longest = max(map(len, prompts))
    tokens = torch.tensor([[0] * (longest - len(each)) + list(each) for each in prompts])
    known = torch.tensor([[0] * (longest - len(each)) + [1] * len(each) for each in prompts])

    def watched(written: Tensor, _scores: Tensor, **_options: object) -> Tensor:
        report(worded("Answering in a dozen languages"), written.shape[1] - longest, limit)
        return torch.zeros(len(written), dtype=torch.bool, device=written.device)

    with torch.no_grad(), quiet_transformers(), unchanged_by_generation(model), _greedy(model, ends):
        found = model.generate(  # type: ignore[operator]
            tokens.to(model.device),
            attention_mask=known.to(model.device),
            max_new_tokens=limit,
            stopping_criteria=[watched],
        )
    return [row[longest:] for row in found.tolist()]


@contextmanager
def _greedy(model: PreTrainedModel, ends: Collection[int]) -> Iterator[None]:
    """Set aside the model's own way to generate, which may sample, forbid repetition or demand a length."""
    own = model.generation_config
    model.generation_config = GenerationConfig(do_sample=False, eos_token_id=sorted(ends) or None, pad_token_id=0)
    try:
        yield
    finally:
        model.generation_config = own


def _own_words(text: str, question: Question) -> str:
    """Return the sentences of an answer that do not stand in the question: repeating it is not answering."""
    return " ".join(each for each in map(str.strip, _SENTENCE_END.split(text)) if each and each not in question.text)


def _checked(
    tokenizer: PreTrainedTokenizerBase, question: Question, written: Sequence[int], ends: Collection[int]
) -> CheckedAnswer:
    length = next((place for place, token in enumerate(written) if token in ends), len(written))
    text = str(tokenizer.decode(list(written[:length]), skip_special_tokens=True)).strip()
    return CheckedAnswer(
        language=question.language,
        answered_in=identified_language(_own_words(text, question), [each.language for each in questions()]),
        ended=length < len(written),
        repetition=repeated_share(written[:length]),
        text=text,
    )
