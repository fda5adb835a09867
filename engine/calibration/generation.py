"""Text that the dense model writes itself: no data set is needed, and it is the text that the model knows best.

Pruned models are calibrated and recovered as well on it as on text from outside, often better (LLM-QAT, Liu et al.
2023; self-calibration, Williams and Aletras 2024). Every block of windows is kept in the cache, so that more windows
later cost only the new ones, and an interrupted generation goes on where it was.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import DynamicCache, PreTrainedModel, PreTrainedTokenizerBase

from engine.api.files import write_atomically
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
        folder: the cache of this model's texts.
        length: tokens of a window.
        seed: of the sampling.
        report: told after each token.
    """

    def __init__(
        self,
        load: Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]],
        folder: Path,
        length: int,
        seed: int,
        report: Report,
    ) -> None:
        self._load = load
        self._folder = folder
        self._length = length
        self._seed = seed
        self._report = report

    def windows(self, stream: str, count: int) -> Iterator[Tensor]:
        """Windows [length] of one stream without end; ``count`` is how many are likely to be asked for.

        The i-th window of a stream is the same however many are taken.
        """
        block = 0
        while True:
            yield from self._block(stream, block, count)
            block += 1

    def _block(self, stream: str, block: int, count: int) -> Tensor:
        path = self._folder / f"{stream}-{self._seed}-{self._length}-v{_VERSION}" / f"{block:05d}.npy"
        if path.is_file():
            return torch.from_numpy(np.load(path).astype(np.int64))
        model, tokenizer = self._load()
        generator = torch.Generator().manual_seed(_stream_seed(self._seed, stream, block))

        def progress(done: int) -> None:
            written = (block + done / self._length) * BLOCK
            self._report(f"The dense model writes {stream} text", written, max(-(-count // BLOCK), block + 1) * BLOCK)

        windows = write_block(model, tokenizer, BLOCK, self._length, generator, progress)
        buffer = io.BytesIO()
        np.save(buffer, windows.to(torch.int32).numpy())
        write_atomically(path, buffer.getvalue())
        return windows


@torch.no_grad()
def write_block(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    count: int,
    length: int,
    generator: torch.Generator,
    progress: Callable[[int], None],
) -> Tensor:
    """Sample ``count`` texts of ``length`` tokens [count, length].

    Each begins as a document does. Where one ends early, the next begins in the same window, as in training data.

    Args:
        generator: on the CPU, so that the draws do not depend on the device.
        progress: told how many tokens are written; may raise to stop.
    """
    start, end = _document_marks(tokenizer, model)
    tokens = torch.full((count, 1), start, dtype=torch.int64)
    cache = DynamicCache(config=model.config)
    while tokens.shape[1] < length:
        progress(tokens.shape[1])
        newest = tokens[:, -1:].to(model.device)
        logits = model(input_ids=newest, past_key_values=cache, use_cache=True).logits[:, -1].float()
        drawn = _sampled(logits, generator)
        ended = torch.isin(tokens[:, -1], torch.tensor(end))
        tokens = torch.cat([tokens, torch.where(ended, start, drawn)[:, None]], dim=1)
    return tokens


def _sampled(logits: Tensor, generator: torch.Generator) -> Tensor:
    """One token for each row of ``logits`` [batch, vocabulary], at temperature 1 among the most likely [batch]."""
    top, tokens = logits.topk(min(_TOP_K, logits.shape[-1]), dim=-1)
    chosen = torch.multinomial(torch.softmax(top, dim=-1).cpu(), 1, generator=generator)
    return tokens.cpu().gather(-1, chosen)[:, 0]


def _document_marks(tokenizer: PreTrainedTokenizerBase, model: PreTrainedModel) -> tuple[int, list[int]]:
    """The token that a document begins with, and those that end it."""
    configured = model.generation_config.eos_token_id if model.generation_config is not None else None
    ends = [configured] if isinstance(configured, int) else list(configured or [])
    own_end = tokenizer.eos_token_id
    if isinstance(own_end, int) and own_end not in ends:
        ends.append(own_end)
    begin = tokenizer.bos_token_id
    if not isinstance(begin, int):
        begin = ends[0] if ends else 0
    return begin, [end for end in ends if end != begin] or [-1]


def _stream_seed(seed: int, stream: str, block: int) -> int:
    content = f"{seed}/{stream}/{block}".encode()
    return int.from_bytes(hashlib.sha256(content).digest()[:7], "big")
