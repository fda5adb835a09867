"""Generate text after a prompt, a token at a time."""

from collections.abc import Callable, Collection, Iterator

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.calibration.sampling import sampled
from engine.calibration.script import end_tokens
from engine.models.cached_reading import CachedReading

Choice = Callable[[Tensor], Tensor]
"""Returns the next token [1] for logits [1, vocabulary]."""
_TOP_K = 64
"""Text for reading is limited to so many likely tokens: the long tail derails small models."""
_BROKEN = "\ufffd"
"""Replacement character for bytes that are no whole character."""


def likeliest(logits: Tensor) -> Tensor:
    """Return the most likely token [1] for ``logits`` [1, vocabulary]."""
    return logits.argmax(-1)


def drawn(temperature: float, seed: int) -> Choice:
    """Return a function that samples among the 64 most likely tokens; a higher temperature flattens them."""
    generator = torch.Generator().manual_seed(seed)

    def choose(logits: Tensor) -> Tensor:
        top, tokens = logits.topk(min(_TOP_K, logits.shape[-1]), dim=-1)
        return tokens.cpu()[:, sampled(top, torch.rand(1, generator=generator), temperature)[0]]

    return choose


@torch.no_grad()
def written_tokens(
    model: PreTrainedModel, prompt: Tensor, limit: int, ends: Collection[int], choose: Choice = likeliest
) -> Iterator[int]:
    """Yield the tokens after a prompt, generated with the KV cache.

    Args:
        model: In evaluation mode.
        prompt: Tokens [1, length].
        limit: Largest number of tokens.
        ends: Tokens that end the text; such a token is yielded last.
        choose: Returns the next token for the logits.
    """
    reading, read = CachedReading(model), prompt
    for _ in range(limit):
        read = choose(reading.next_logits(read))[:, None]
        token = int(read)
        yield token
        if token in ends:
            return


def continuation(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, prompt: str, tokens: int, context: int = 0
) -> str:
    """Return the greedy continuation of a prompt, without the prompt.

    Args:
        model: In evaluation mode.
        tokenizer: The model's.
        prompt: The text to continue.
        tokens: Largest number of tokens.
        context: Context length, which prompt and continuation must not exceed; 0 for no limit.
    """
    read = tokenizer(prompt, return_tensors="pt", verbose=False)["input_ids"]
    limit = min(tokens, context - read.shape[1]) if context else tokens
    written = list(written_tokens(model, read, limit, end_tokens(model, tokenizer)))
    return str(tokenizer.decode(written, skip_special_tokens=True))


class GrowingText:
    """Decodes tokens one by one and holds a character of several tokens back until it is complete.

    A tokenizer may decode a token differently after another one, so each piece is decoded together with the previous
    one.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self._before: list[int] = []
        self._held: list[int] = []

    def add(self, token: int) -> str:
        """Return what the token adds to the text; empty while the text ends within a character."""
        self._held.append(token)
        text = self._beyond()
        if not text or text.endswith(_BROKEN):
            return ""
        self._before, self._held = self._held, []
        return text

    def rest(self) -> str:
        """Return what is still held back, without an incomplete character."""
        return self._beyond().rstrip(_BROKEN)

    def _beyond(self) -> str:
        return self._decoded(self._before + self._held)[len(self._decoded(self._before)) :]

    def _decoded(self, tokens: list[int]) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True))
