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
from functools import partial
from itertools import takewhile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.files import write_atomically
from engine.api.message import worded
from engine.calibration.chat import ChatTemplate
from engine.calibration.openings import openings_of
from engine.calibration.sampling import sampled
from engine.calibration.script import Script, chat_script, document_script, opened_script
from engine.calibration.shared_writing import BlockWriter, Group, write_together
from engine.models.cached_reading import CachedReading
from engine.models.out_of_memory import halve_until_it_fits
from engine.models.progress import Report

BLOCK = 16
"""Windows in a file of the cache, and the least that are generated at once."""
_BLOCKS_AT_ONCE = 8
"""Blocks generated together where so many are needed, since all share each read of the weights."""
_VERSION = 3
"""Version of the generation; cached blocks of other versions are ignored."""
_STREAM_WORDS = {
    "calibration": worded("The dense model writes calibration text"),
    "recovery": worded("The dense model writes recovery text"),
    "heldout": worded("The dense model writes held-out text"),
    "validation": worded("The dense model writes validation text"),
}
"""What is reported for each stream."""


Writers = Callable[[], Sequence[BlockWriter]]
"""Returns other devices that write blocks."""


def no_writers() -> Sequence[BlockWriter]:
    """Return no other devices."""
    return ()


class TextGenerator:
    """Generates windows, block by block.

    Args:
        load: Returns the dense model and its tokenizer; only called when a block is not in the cache.
        folder: Cache folder of this model, tokenizer and template.
        length: Tokens of a window.
        seed: Seed of the sampling.
        report: Called after each token. It may raise to stop.
        template: Generate conversations in this form, the user's turns too, in every second window.
        writers: Returns other devices that write too; only called when there is enough for several.
    """

    def __init__(
        self,
        load: Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]],
        folder: Path,
        length: int,
        seed: int,
        report: Report,
        template: ChatTemplate | None = None,
        writers: Writers = no_writers,
    ) -> None:
        self._load = load
        self._folder = folder
        self._length = length
        self._seed = seed
        self._report = report
        self._template = template
        self._writers = writers
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
        groups = self._groups(stream, block, count)
        writers = self._writers() if len(groups) > 1 else ()
        if not writers:
            return self._fitting(stream, groups[0], count)[0]

        def written_there(writer: BlockWriter, blocks: Group) -> None:
            self._keep(stream, blocks, writer.written(stream, blocks, count).split(BLOCK))

        write_together(
            groups,
            lambda blocks: self._fitting(stream, blocks, count),
            [(writer.wait, partial(written_there, writer)) for writer in writers],
            lambda: self._progress(stream, block * BLOCK, count),
        )
        return self._block(stream, block, count)

    def _groups(self, stream: str, block: int, count: int) -> list[Group]:
        """Return the blocks from ``block`` on that are not in the cache, those together that are written at once."""
        last = max(-(-count // BLOCK), block + 1)
        groups: list[Group] = []
        while block < last:
            wanted = range(block, min(last, block + self._at_once))
            missing = list(takewhile(lambda each: not self._path(stream, each).is_file(), wanted))
            groups += [missing] if missing else []
            block += max(len(missing), 1)
        return groups

    def _fitting(self, stream: str, blocks: Group, count: int) -> Sequence[Tensor]:
        """Write blocks, all at once or as many of them as fit into memory; return those that were written."""
        written: list[Tensor] = []
        while len(written) < len(blocks):
            rest = blocks[len(written) :]
            written += halve_until_it_fits(
                min(len(rest), self._at_once),
                lambda fitting, rest=rest: self.written(stream, rest[:fitting], count),  # type: ignore[misc]
                self._write_fewer,
            )
        return written

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
            self._progress(stream, numbers[0] + len(numbers) * done / self._length, max(count, numbers.stop))

        written: Sequence[Tensor] = write_windows(
            model,
            self._length,
            self._scripts(model, tokenizer, stream, numbers),
            [_generator(self._seed, stream, number) for number in numbers],
            progress,
        ).split(BLOCK)
        self._keep(stream, blocks, written)
        return written

    def _keep(self, stream: str, blocks: Group, written: Sequence[Tensor]) -> None:
        """Write blocks [BLOCK, length] into the cache."""
        for block, windows in zip(blocks, written, strict=True):
            buffer = io.BytesIO()
            np.save(buffer, windows.to(torch.int32).numpy())
            write_atomically(self._path(stream, block), buffer.getvalue())

    def _progress(self, stream: str, written: float, count: int) -> None:
        """Report the number of windows of a stream that are written; the whole stream has whole blocks."""
        words = _STREAM_WORDS.get(stream, worded("The dense model writes text"))
        self._report(words, written, -(-count // BLOCK) * BLOCK)

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


def _generator(seed: int, stream: str, number: int) -> torch.Generator:
    """Return the random numbers of one window of a stream."""
    content = f"{seed}/{stream}/{number}".encode()
    return torch.Generator().manual_seed(int.from_bytes(hashlib.sha256(content).digest()[:7], "big"))
