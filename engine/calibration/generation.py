"""Text that the dense model writes itself: no data set is needed, and it is the text that the model knows best.

Pruned models are calibrated and recovered as well on it as on text from outside, often better (LLM-QAT, Liu et al.
2023; self-calibration, Williams and Aletras 2024). Every block of windows is kept in the cache, so that more windows
later cost only the new ones, and an interrupted generation goes on where it was.
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
"""Windows written at once: enough to share a read of the weights, few enough to waste little when less is asked."""
_VERSION = 2
"""Of how text is written: what an earlier way has left in the cache is passed over."""
_TOP_K = 64
"""Tokens that may come next: the long tail leads small models astray."""


class TextGenerator:
    """Writes windows, block by block.

    Args:
        load: gives the dense model and its tokenizer; only called when a block is not in the cache.
        folder: the cache of the texts of this model, tokenizer and template.
        length: tokens of a window.
        seed: of the sampling.
        report: told after each token.
        template: through which conversations are written, the user's turns too; without one, documents.
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
        """Windows [length] of one stream without end; ``count`` is how many are likely to be asked for.

        The i-th window of a stream is the same however many are taken.
        """
        block = 0
        while True:
            yield from self._block(stream, block, count)
            block += 1

    def kept(self, stream: str, block: int = 0) -> Tensor | None:
        """A block of a stream [BLOCK, length] as it is in the cache, or None when it has not been written yet."""
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
    """Sample ``count`` texts of ``length`` tokens [count, length].

    Each begins as a document does, or as a conversation where there is a ``template``. Where one ends early, the next
    begins in the same window, as in training data.

    Args:
        generator: on the CPU, so that the draws do not depend on the device.
        progress: told how many tokens are written; may raise to stop.
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
    """What tells a model that only the last position's logits are of use; a few families know no such wish."""
    return {"logits_to_keep": 1} if "logits_to_keep" in signature(model.forward).parameters else {}


class _Row:
    """One of the texts that are written side by side: what is given of it, and which stretch the model is in."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._given: list[int] = []
        self._stretch = 0

    def next(self, drawn: int) -> int:
        """The text's next token: ``drawn``, unless one is given."""
        if self._given:
            return self._given.pop(0)
        following = self._script.after(self._stretch, drawn)
        if following is not None:
            self._stretch += 1
            self._given = list(following)
        return drawn


def sampled(logits: Tensor, generator: torch.Generator, temperature: float = 1.0) -> Tensor:
    """One token for each row of ``logits`` [batch, vocabulary], drawn among the 64 most likely [batch]."""
    top, tokens = logits.topk(min(_TOP_K, logits.shape[-1]), dim=-1)
    chosen = torch.multinomial(torch.softmax(top / temperature, dim=-1).cpu(), 1, generator=generator)
    return tokens.cpu().gather(-1, chosen)[:, 0]


def _stream_seed(seed: int, stream: str, block: int) -> int:
    content = f"{seed}/{stream}/{block}".encode()
    return int.from_bytes(hashlib.sha256(content).digest()[:7], "big")
