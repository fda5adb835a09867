"""Generate text by the dense model itself, which needs no data set and is the text that the model knows best.

Pruned models are calibrated and recovered on it as well as on external text, often better (LLM-QAT, Liu et al. 2023,
https://arxiv.org/abs/2305.17888; self-calibration, Williams and Aletras 2024, https://arxiv.org/abs/2410.17170). Half
of the windows continue given openings of documents of many kinds; the others are conversations, or documents from the
first word on where the model has no chat template. Tokens are sampled from all probabilities: people's text is full of
unlikely words, and text without any ranks removal sets in another order.

Every block of windows is cached, so that more windows cost only the new ones, and an interrupted generation resumes.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import pad
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import NO_NUMBERS, BadInput
from engine.api.files import write_atomically
from engine.api.message import worded
from engine.calibration.chat import ChatTemplate
from engine.calibration.openings import openings_of
from engine.calibration.script import Script, chat_script, document_script, opened_script
from engine.models.cached_reading import CachedReading
from engine.models.out_of_memory import halve_until_it_fits
from engine.models.progress import Report

BLOCK = 16
"""Windows in a file of the cache, and the least that are generated at once."""
_BLOCKS_AT_ONCE = 8
"""Blocks generated together where so many are needed, since all share each read of the weights."""
_VERSION = 3
"""Version of the generation; cached blocks of other versions are ignored."""
_ROWS = 16
"""Rows whose probabilities are summed at once on a CPU, which takes 8 bytes for each token of the vocabulary."""
_STRETCH = 512
"""Tokens of the vocabulary whose probabilities are added up at once on a GPU."""
_BELOW_ONE = 1.0 - 2.0**-24
"""The largest float32 number below 1."""
_STREAM_WORDS = {
    "calibration": worded("The dense model writes calibration text"),
    "recovery": worded("The dense model writes recovery text"),
    "heldout": worded("The dense model writes held-out text"),
    "validation": worded("The dense model writes validation text"),
}
"""What is reported for each stream."""


class TextGenerator:
    """Generates windows, block by block.

    Args:
        load: Returns the dense model and its tokenizer; only called when a block is not in the cache.
        folder: Cache folder of this model, tokenizer and template.
        length: Tokens of a window.
        seed: Seed of the sampling.
        report: Called after each token. It may raise to stop.
        template: Generate conversations in this form, the user's turns too, in every second window.
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
        self._at_once = _BLOCKS_AT_ONCE

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
        return torch.from_numpy(np.load(path, allow_pickle=False).astype(np.int64)) if path.is_file() else None

    def _path(self, stream: str, block: int) -> Path:
        kind = "-chat" if self._template else ""
        return self._folder / f"{stream}-{self._seed}-{self._length}-v{_VERSION}{kind}" / f"{block:05d}.npy"

    def _block(self, stream: str, block: int, count: int) -> Tensor:
        if (kept := self.kept(stream, block)) is not None:
            return kept
        wanted = range(block, min(max(-(-count // BLOCK), block + 1), block + self._at_once))
        missing = list(takewhile(lambda each: not self._path(stream, each).is_file(), wanted))
        return halve_until_it_fits(
            len(missing), lambda blocks: self.written(stream, missing[:blocks], count), self._write_fewer
        )[0]

    def _write_fewer(self, blocks: int) -> None:
        self._at_once = blocks

    def written(self, stream: str, blocks: Sequence[int], count: int) -> Sequence[Tensor]:
        """Generate consecutive blocks together, cache them and return them [BLOCK, length].

        Args:
            stream: Name of the stream.
            blocks: Their numbers.
            count: How many windows of the stream are probably taken, for the progress.
        """
        model, tokenizer = self._load()
        numbers = range(blocks[0] * BLOCK, (blocks[-1] + 1) * BLOCK)

        def progress(done: int) -> None:
            written = numbers[0] + len(numbers) * done / self._length
            self._report(
                _STREAM_WORDS.get(stream, worded("The dense model writes text")),
                written,
                max(-(-count // BLOCK) * BLOCK, numbers.stop),
            )

        written: Sequence[Tensor] = write_windows(
            model,
            self._length,
            self._scripts(model, tokenizer, stream, numbers),
            [_generator(self._seed, stream, number) for number in numbers],
            progress,
        ).split(BLOCK)
        for block, windows in zip(blocks, written, strict=True):
            buffer = io.BytesIO()
            np.save(buffer, windows.to(torch.int32).numpy())
            write_atomically(self._path(stream, block), buffer.getvalue())
        return written

    def _scripts(
        self, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, stream: str, numbers: Iterable[int]
    ) -> list[Script]:
        """Return the scripts of windows: every second one continues openings."""
        length = self._length
        if self._template:
            own = chat_script(model, tokenizer, self._template, length)
        else:
            own = document_script(model, tokenizer)
        return [
            opened_script(model, tokenizer, openings_of(stream, self._seed, number // 2), length) if number % 2 else own
            for number in numbers
        ]


@torch.no_grad()
def write_windows(
    model: PreTrainedModel,
    length: int,
    scripts: Sequence[Script],
    generators: Sequence[torch.Generator],
    progress: Callable[[int], None],
) -> Tensor:
    """Sample texts and return them as [scripts, length].

    Where a text ends early, the next one of its script begins in the same window, as in training data.

    Args:
        model: In evaluation mode.
        length: Tokens of each window.
        scripts: The given tokens of each window.
        generators: One for each window, on the CPU, so that its draws depend neither on the device nor on the others.
        progress: Called with the number of tokens of each window generated so far. It may raise to stop.
    """
    rows = [_Row(script) for script in scripts]
    shared = min([length, *(len(script.parts[0]) for script in scripts)])
    tokens = torch.tensor([[row.given() for _ in range(shared)] for row in rows])
    draws = torch.stack([torch.rand(length, generator=generator, dtype=torch.float64) for generator in generators])
    reading, newest = CachedReading(model), tokens
    while tokens.shape[1] < length:
        progress(tokens.shape[1])
        drawn = sampled(reading.next_logits(newest), draws[:, tokens.shape[1]]).tolist()
        newest = torch.tensor([[row.next(token)] for row, token in zip(rows, drawn, strict=True)])
        tokens = torch.cat([tokens, newest], dim=1)
    return tokens


class _Row:
    """One of the windows of a batch: the given tokens that are left, and the number of the model's stretch."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._given = list(script.parts[0])
        self._stretch = 0

    def given(self) -> int:
        """Return the next given token."""
        return self._given.pop(0)

    def next(self, drawn: int) -> int:
        """Return the text's next token: a given one, else ``drawn``."""
        if self._given:
            return self._given.pop(0)
        following = self._script.after(self._stretch, drawn)
        if following is not None:
            self._stretch += 1
            self._given = list(following)
        return drawn


def sampled(logits: Tensor, draws: Tensor, temperature: float = 1.0) -> Tensor:
    """Sample a token for each row; return [batch] on the CPU.

    On a GPU only the tokens are copied, once for all rows: the probabilities of 128 rows over a vocabulary of 128,000
    tokens are 64 MB, which would take longer than the model.

    Args:
        logits: [batch, vocabulary].
        draws: Uniform numbers from 0 to 1 on the CPU [batch]; the same number picks the same token in any batch.
        temperature: Divides the logits.

    Raises:
        BadInput: The logits are nan or inf.
    """
    if logits.device.type != "cpu":
        return _sampled_there(torch.softmax(logits.float() / temperature, dim=-1), draws)
    chosen = []
    for rows, drawn in zip(logits.split(_ROWS), draws.split(_ROWS), strict=True):
        reached = torch.softmax(rows.float() / temperature, dim=-1).cpu().double().cumsum(dim=-1)
        if not reached[:, -1].isfinite().all():
            raise BadInput(NO_NUMBERS)
        found = torch.searchsorted(reached, drawn[:, None].double() * reached[:, -1:], right=True)
        chosen.append(found[:, 0].clamp(max=logits.shape[-1] - 1))
    return torch.cat(chosen)


def _sampled_there(probabilities: Tensor, draws: Tensor) -> Tensor:
    """Return a token for each row of ``probabilities`` [batch, vocabulary] on a GPU, which may lack float64.

    A sum over a whole vocabulary in float32 is too coarse for rare tokens, so the row is cut into stretches: the draw
    falls into one of them, and what is left of it picks a token there. Each sum has a few hundred terms.

    Raises:
        BadInput: A probability is nan.
    """
    vocabulary = probabilities.shape[-1]
    cut = pad(probabilities, (0, -vocabulary % _STRETCH)).unflatten(-1, (-1, _STRETCH))
    reached = cut.sum(-1).cumsum(-1)
    # The draw stays below the sum, so that the token that it picks has a probability above 0.
    wanted = draws.float().clamp(max=_BELOW_ONE)[:, None].to(probabilities.device) * reached[:, -1:]
    stretch = torch.searchsorted(reached, wanted, right=True).clamp(max=reached.shape[-1] - 1)
    before = torch.where(stretch > 0, reached.gather(-1, (stretch - 1).clamp(min=0)), 0.0)
    inside = cut.gather(1, stretch[..., None].expand(-1, 1, _STRETCH))[:, 0].cumsum(-1)
    left = torch.minimum(wanted - before, inside[:, -1:] * _BELOW_ONE)
    chosen = stretch * _STRETCH + torch.searchsorted(inside, left, right=True)
    found = torch.where(reached[:, -1:].isfinite(), chosen, -1)[:, 0].cpu()
    if (found < 0).any():
        raise BadInput(NO_NUMBERS)
    return found.clamp(max=vocabulary - 1)


def _generator(seed: int, stream: str, number: int) -> torch.Generator:
    """Return the random numbers of one window of a stream."""
    content = f"{seed}/{stream}/{number}".encode()
    return torch.Generator().manual_seed(int.from_bytes(hashlib.sha256(content).digest()[:7], "big"))
