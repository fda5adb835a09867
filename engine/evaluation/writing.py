"""What a model writes after a prompt, a token at a time."""

from collections.abc import Callable, Collection, Iterator

import torch
from torch import Tensor
from transformers import DynamicCache, PreTrainedModel, PreTrainedTokenizerBase

from engine.calibration.generation import last_logits_only, sampled
from engine.calibration.script import end_tokens

Choice = Callable[[Tensor], Tensor]
"""Takes the next token [1] by its logits [1, vocabulary]."""
_BROKEN = "\ufffd"
"""What stands for bytes that are no whole character."""


def likeliest(logits: Tensor) -> Tensor:
    """The most likely token."""
    return logits.argmax(-1)


def drawn(temperature: float, seed: int) -> Choice:
    """Draws by the probabilities, flatter at a higher ``temperature``; the same draws for the same seed."""
    generator = torch.Generator().manual_seed(seed)
    return lambda logits: sampled(logits.float(), generator, temperature)


@torch.no_grad()
def written_tokens(
    model: PreTrainedModel, prompt: Tensor, limit: int, ends: Collection[int], choose: Choice = likeliest
) -> Iterator[int]:
    """The tokens that follow ``prompt`` [1, length]: up to ``limit`` of them, or up to one of ``ends``, which is last.

    With the KV cache: the prompt is read once, and then one token at a time.
    """
    cache, last = DynamicCache(config=model.config), last_logits_only(model)
    read = prompt.to(model.device)
    for _ in range(limit):
        logits = model(input_ids=read, past_key_values=cache, use_cache=True, **last).logits[:, -1]
        read = choose(logits).to(model.device)[:, None]
        token = int(read)
        yield token
        if token in ends:
            return


def continuation(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, prompt: str, tokens: int, context: int = 0
) -> str:
    """The likeliest token each time, up to ``tokens`` of them or the mark of an end; without the prompt.

    It ends where prompt and text fill the ``context``; 0 means that there is no such limit.
    """
    read = tokenizer(prompt, return_tensors="pt", verbose=False)["input_ids"]
    limit = min(tokens, context - read.shape[1]) if context else tokens
    written = list(written_tokens(model, read, limit, end_tokens(model, tokenizer)))
    return str(tokenizer.decode(written, skip_special_tokens=True))


class GrowingText:
    """Text of tokens that come one by one; a character of several tokens is held back until it is whole.

    A tokenizer may write a token differently after another one, so each stretch is decoded behind the one before it.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self._before: list[int] = []
        self._held: list[int] = []

    def add(self, token: int) -> str:
        """What the token adds to the text; empty as long as it ends within a character."""
        self._held.append(token)
        text = self._beyond()
        if not text or text.endswith(_BROKEN):
            return ""
        self._before, self._held = self._held, []
        return text

    def rest(self) -> str:
        """What is held back at the end, without the beginning of a character that has not come to its own."""
        return self._beyond().rstrip(_BROKEN)

    def _beyond(self) -> str:
        return self._decoded(self._before + self._held)[len(self._decoded(self._before)) :]

    def _decoded(self, tokens: list[int]) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True))
