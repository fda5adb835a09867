"""The model that the benchmarks measure: the demo model in full, a tiny random one in quick form."""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.events import RemovalSet
from engine.api.locations import cache_folder
from engine.api.settings import RacingSettings
from engine.calibration.chat import ChatTemplate
from engine.calibration.generation import TextGenerator
from engine.calibration.mixture import in_turn
from engine.calibration.packing import PackedText
from engine.calibration.texts import file_documents
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.levels import nested_levels
from engine.fitness.memory import ScoreMemory
from engine.models.decoder_stack import DecoderStack
from engine.models.folder import ModelFolder
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.models.sizes import measure_sizes
from engine.sources.resolve import resolve_source
from tests.benchmarks.texts import HELDOUT, HELDOUT_WINDOWS, MIXES, SHARED_DATA, Texts, write_tiny_texts
from tests.engine.tiny_models import save_tiny

SCORED_EVERY = 4


class Subject:
    """A model, the layers that may be removed from it, and windows of text in its tokens.

    Args:
        folder: The model's folder.
        texts: Files to calibrate and to measure on.
        removed: The layers that recovery and exports go without.
        protected: Layers that stay at the beginning and at the end.
        length: Tokens of a window.
    """

    def __init__(
        self,
        folder: ModelFolder,
        texts: Texts,
        removed: RemovalSet,
        protected: tuple[int, int] = (2, 1),
        length: int = 128,
    ) -> None:
        self.folder = folder
        self.texts = texts
        self.removed = removed
        self.length = length
        self._protected = protected
        self._packed: dict[tuple[Path, int], Tensor] = {}

    @cached_property
    def model(self) -> PreTrainedModel:
        """The dense model in float32 on the CPU."""
        return load_model(self.folder.path)

    @cached_property
    def stack(self) -> DecoderStack:
        """The dense model's decoder layers."""
        return DecoderStack(self.model)

    @cached_property
    def tokenizer(self) -> PreTrainedTokenizerBase:
        """The model's tokenizer."""
        return load_tokenizer(self.folder.path)

    @cached_property
    def parameters(self) -> int:
        """Number of parameters of the dense model."""
        return measure_sizes(self.folder.path).parameters

    @property
    def prunable(self) -> tuple[int, ...]:
        """The layers that a search may remove."""
        first, last = self._protected
        return tuple(range(first, len(self.stack) - last))

    def load(self, dtype: torch.dtype = torch.float32) -> PreTrainedModel:
        """Load the dense model anew, on the CPU."""
        return load_model(self.folder.path, dtype=dtype)

    def own_windows(self, count: int) -> Tensor:
        """Return windows that the dense model writes itself, as a run's [count, length]; kept in the cache."""
        template = ChatTemplate.of(self.tokenizer)
        folder = cache_folder() / "benchmarks" / self.folder.digest
        generator = TextGenerator(lambda: (self.model, self.tokenizer), folder, self.length, 0, silent, template)
        return torch.stack(list(islice(generator.windows("recovery", count), count)))

    def heldout_windows(self, name: str) -> Tensor:
        """Return windows of a text to measure on [HELDOUT_WINDOWS, length]."""
        return self._first_windows(self.texts.heldout(name), HELDOUT_WINDOWS)

    def calibration_windows(self, mix: str, count: int) -> Tensor:
        """Return windows of a mixture [count, length], in turn, so that a small racing level has every kind."""
        kinds = MIXES[mix]
        return in_turn([self._kind(kind, -(-count // len(kinds))) for kind in kinds])[:count]

    def levels(self, windows: int, racing: RacingSettings) -> tuple[int, ...]:
        """Return the racing levels for a number of windows."""
        return nested_levels(windows, self.parameters, racing)

    def evaluator(
        self,
        tokens: Tensor,
        scored_every: int = SCORED_EVERY,
        levels: Sequence[int] = (),
        memory: ScoreMemory | None = None,
        stack: DecoderStack | None = None,
    ) -> Evaluator:
        """Return an evaluator with its dense states ready.

        Args:
            tokens: Windows [windows, length].
            scored_every: Every n-th position is scored.
            levels: Racing levels; a single one by default.
            memory: Scores that are known already; none by default.
            stack: The model; in float32 by default.
        """
        memory = memory or empty_memory()
        return Evaluator(CalibrationWindows(stack or self.stack, tokens, scored_every), memory, levels)

    def judges(self, stack: DecoderStack | None = None) -> dict[str, Evaluator]:
        """Return an evaluator of every position for each text to measure on, by name."""
        return {name: self.evaluator(self.heldout_windows(name), 1, stack=stack) for name in HELDOUT}

    def _kind(self, kind: str, count: int) -> Tensor:
        if kind == "self":
            return self.own_windows(count)
        return self._first_windows(self.texts.calibration(kind), HELDOUT_WINDOWS + count)[HELDOUT_WINDOWS:]

    def _first_windows(self, path: Path, count: int) -> Tensor:
        """Return the first windows of a text, always in the same order."""
        if (path, count) not in self._packed:
            windows = PackedText(file_documents(path, seed=0), self.tokenizer, self.length).windows()
            self._packed[path, count] = torch.stack([next(windows) for _ in range(count)])
        return self._packed[path, count]


def empty_memory() -> ScoreMemory:
    """Return a memory without scores that emits none."""
    return ScoreMemory("model", "calibration", lambda _event: None)


def demo_subject() -> Subject:
    """Return the demo model (SmolLM2-135M, 30 layers) with the shared texts."""
    return Subject(resolve_source("demo", "main", silent), Texts(SHARED_DATA), removed=(13, 14, 15, 16, 17, 18))


def tiny_subject(folder: Path) -> Subject:
    """Write a random model of six layers and made-up texts into ``folder``."""
    save_tiny("llama", folder / "model")
    model = resolve_source(str(folder / "model"), "main", silent)
    return Subject(model, write_tiny_texts(folder / "data"), removed=(2, 3), protected=(1, 1), length=16)
