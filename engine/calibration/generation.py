"""Generate text by the dense model itself, which needs no data set and is the text that the model knows best.

Pruned models are calibrated and recovered on it as well as on external text, often better (LLM-QAT, Liu et al. 2023,
https://arxiv.org/abs/2305.17888; self-calibration, Williams and Aletras 2024, https://arxiv.org/abs/2410.17170). Every
block of windows is cached, so that more windows cost only the new ones, and an interrupted generation resumes.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import DynamicCache, PreTrainedModel, PreTrainedTokenizerBase

from engine.api.files import write_atomically
from engine.calibration.chat import ChatTemplate
from engine.calibration.script import Script, chat_script, document_script
from engine.models.progress import Report

BLOCK = 16
"""Windows generated at once: many share each read of the weights; few waste little where fewer are needed."""
_VERSION = 2
"""Version of the generation; cached blocks of other versions are ignored."""
_TOP_K = 64
"""Sampling is restricted to so many most likely tokens: the long tail derails small models."""


class TextGenerator:
    """Generates windows, block by block.

    Args:
        load: Returns the dense model and its tokenizer; only called when a block is not in the cache.
        folder: Cache folder of this model, tokenizer and template.
        length: Tokens of a window.
        seed: Seed of the sampling.
        report: Called after each token. It may raise to stop.
        template: Generate conversations in this form, the user's turns too; without one, documents.
    """

    def __init__(
        self,
        load: Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]],
        folder: Path,
        length: int,
        seed: int,
        report: Report,
        template: ChatTemplate | None = None,
    ) -> None:
        self._load = load
        self._folder = folder
        self._length = length
        self._seed = seed
        self._report = report
        self._template = template

    def windows(self, stream: str, count: int) -> Iterator[Tensor]:
        """Yield the windows [length] of an endless stream; ``count`` is how many will probably be taken.

        The i-th window of a stream is the same however many are taken.
        """
        block = 0
        while True:
            yield from self._block(stream, block, count)
            block += 1

    def kept(self, stream: str, block: int = 0) -> Tensor | None:
        """Return a block of a stream [BLOCK, length] from the cache; None where it has not been generated yet."""
        path = self._path(stream, block)
        return torch.from_numpy(np.load(path).astype(np.int64)) if path.is_file() else None

    def _path(self, stream: str, block: int) -> Path:
        kind = "-chat" if self._template else ""
        return self._folder / f"{stream}-{self._seed}-{self._length}-v{_VERSION}{kind}" / f"{block:05d}.npy"

    def _block(self, stream: str, block: int, count: int) -> Tensor:
        kept = self.kept(stream, block)
        if kept is not None:
            return kept
        model, tokenizer = self._load()
        generator = torch.Generator().manual_seed(_stream_seed(self._seed, stream, block))

        def progress(done: int) -> None:
            written = (block + done / self._length) * BLOCK
            self._report(f"The dense model writes {stream} text", written, max(-(-count // BLOCK), block + 1) * BLOCK)

        windows = write_block(model, tokenizer, BLOCK, self._length, generator, progress, self._template)
        buffer = io.BytesIO()
        np.save(buffer, windows.to(torch.int32).numpy())
        write_atomically(self._path(stream, block), buffer.getvalue())
        return windows


@torch.no_grad()
def write_block(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    count: int,
    length: int,
    generator: torch.Generator,
    progress: Callable[[int], None],
    template: ChatTemplate | None = None,
) -> Tensor:
    """Sample texts and return them as [count, length].

    Each begins like a document, or like a conversation where there is a template. Where one ends early, the next begins
    in the same window, as in training data.

    Args:
        model: In evaluation mode.
        tokenizer: The model's.
        count: Number of texts.
        length: Tokens of each.
        generator: A generator on the CPU, so that the draws do not depend on the device.
        progress: Called with the number of tokens generated so far. It may raise to stop.
        template: Chat template of conversations; None for documents.
    """
    script = chat_script(model, tokenizer, template, length) if template else document_script(model, tokenizer)
    tokens = torch.tensor(script.parts[0][:length]).repeat(count, 1)
    rows = [_Row(script) for _ in range(count)]
    cache = DynamicCache(config=model.config)
    last = last_logits_only(model)
    newest = tokens
    while tokens.shape[1] < length:
        progress(tokens.shape[1])
        logits = model(input_ids=newest.to(model.device), past_key_values=cache, use_cache=True, **last).logits
        drawn = sampled(logits[:, -1].float(), generator).tolist()
        newest = torch.tensor([[row.next(token)] for row, token in zip(rows, drawn, strict=True)])
        tokens = torch.cat([tokens, newest], dim=1)
    return tokens


def last_logits_only(model: PreTrainedModel) -> dict[str, int]:
    """Return the argument that limits logits to the last position; empty for the few families that lack it."""
    return {"logits_to_keep": 1} if "logits_to_keep" in signature(model.forward).parameters else {}


class _Row:
    """One of the texts of a batch: the given tokens that are left, and the number of the model's stretch."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._given: list[int] = []
        self._stretch = 0

    def next(self, drawn: int) -> int:
        """Return the text's next token: a given one, else ``drawn``."""
        if self._given:
            return self._given.pop(0)
        following = self._script.after(self._stretch, drawn)
        if following is not None:
            self._stretch += 1
            self._given = list(following)
        return drawn


def sampled(logits: Tensor, generator: torch.Generator, temperature: float = 1.0) -> Tensor:
    """Sample a token for each row of ``logits`` [batch, vocabulary] among the 64 most likely; return [batch]."""
    top, tokens = logits.topk(min(_TOP_K, logits.shape[-1]), dim=-1)
    chosen = torch.multinomial(torch.softmax(top / temperature, dim=-1).cpu(), 1, generator=generator)
    return tokens.cpu().gather(-1, chosen)[:, 0]


def _stream_seed(seed: int, stream: str, block: int) -> int:
    content = f"{seed}/{stream}/{block}".encode()
    return int.from_bytes(hashlib.sha256(content).digest()[:7], "big")
