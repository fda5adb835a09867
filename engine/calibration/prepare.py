"""From settings to token windows."""

from collections.abc import Callable, Iterator
from pathlib import Path

from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import BadInput
from engine.api.locations import cache_folder
from engine.api.settings import Settings, TextSource
from engine.calibration.generation import TextGenerator
from engine.calibration.packing import PackedText
from engine.calibration.texts import dataset_documents, file_documents
from engine.calibration.windows import DistinctWindows, TokenWindows, windows_digest
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.loading import load_tokenizer
from engine.models.progress import Report

Load = Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]]
_PREVIEWS, _PREVIEW_CHARACTERS = 3, 160
_GIVE_UP = 4
"""A model that writes the same again and again is given so many times the windows that are wanted."""


def prepare_windows(settings: Settings, model: ModelFolder, load: Load, report: Report) -> TokenWindows:
    """Make the calibration, held-out and recovery windows, which have no document in common.

    The calibration windows depend on their own settings only, so that scores stay valid when others change.

    Args:
        settings: calibration and recovery.
        model: the dense model's folder.
        load: gives the dense model and its tokenizer; only called when text must be written.
        report: told how far the work is; may raise to stop.

    Raises:
        BadInput: a text cannot be used, is too short, or a window is longer than the model's context.
        LayerSwarmError: a data set cannot be fetched now.
    """
    return _Preparation(settings, model, load, report).windows()


class _Preparation:
    def __init__(self, settings: Settings, model: ModelFolder, load: Load, report: Report) -> None:
        self._settings = settings
        self._model = model
        self._load = load
        self._report = report
        self._length = settings.calibration.window_length
        self._distinct = DistinctWindows(self._length)
        self._texts: dict[tuple[str, ...], PackedText] = {}
        self._tokenizer = load_tokenizer(model.path)

    def windows(self) -> TokenWindows:
        """All three sets, calibration first."""
        self._check_length()
        calibration, recovery = self._settings.calibration, self._settings.recovery
        own, name = self._source(calibration.source, calibration.path, calibration.dataset, calibration.split)
        compared = self._taken(own("calibration", calibration.windows), calibration.windows, "calibration", name)
        heldout = self._taken(
            own("heldout", calibration.heldout_windows), calibration.heldout_windows, "held-out", name
        )
        wanted = recovery.windows if recovery.enabled else 0
        learnt = self._distinct.of((), 0)
        if wanted:
            source, name = self._source(recovery.source, recovery.path, recovery.dataset, recovery.split)
            learnt = self._distinct.of(source("recovery", wanted), wanted)
            self._check_any(learnt, name)
        return TokenWindows(compared, heldout, learnt, windows_digest(compared), self._previews(compared))

    def _source(
        self, source: TextSource, path: str, dataset: str, split: str
    ) -> tuple[Callable[[str, int], Iterator[Tensor]], str]:
        """Where windows come from, as a function of the set's name and size, and its name for people."""
        if source == "self":
            seed, folder = self._settings.calibration.seed, cache_folder() / "texts" / self._model.digest
            generator = TextGenerator(self._load, folder, self._length, seed, self._report)
            return lambda stream, count: _bounded(generator.windows(stream, count), count), "the model's own text"
        key = (source, path) if source == "file" else (source, dataset, split)
        if key not in self._texts:
            self._report(f"Reading {path or dataset}", 0, 0)
            seed = self._settings.calibration.seed
            documents = (
                file_documents(Path(path).expanduser(), seed)
                if source == "file"
                else dataset_documents(dataset, split, seed)
            )
            self._texts[key] = PackedText(documents, self._tokenizer, self._length)
        text = self._texts[key]
        return lambda _stream, _count: text.windows(), path or dataset

    def _taken(self, windows: Iterator[Tensor], count: int, what: str, where: str) -> Tensor:
        found = self._distinct.of(windows, count)
        if len(found) < count:
            raise BadInput(
                f"There is too little text in {where}: {len(found)} of {count} {what} windows of {self._length} "
                "tokens; give more text, or ask for fewer or shorter windows."
            )
        return found

    def _check_any(self, windows: Tensor, where: str) -> None:
        if len(windows) == 0:
            raise BadInput(
                f"There is no text left in {where} to recover with, after the calibration and held-out windows; "
                "give more text, or another one for recovery."
            )
        if len(windows) < self._settings.recovery.windows:
            self._report(f"Only {len(windows)} recovery windows in {where}", len(windows), len(windows))

    def _check_length(self) -> None:
        context = describe_model(self._model).context_length
        if context and self._length > context:
            raise BadInput(
                f"calibration.window_length is {self._length}, but the model reads {context} tokens at most."
            )

    def _previews(self, windows: Tensor) -> tuple[str, ...]:
        texts = [self._tokenizer.decode(window, skip_special_tokens=True) for window in windows[:_PREVIEWS]]
        return tuple(" ".join(str(text).split())[:_PREVIEW_CHARACTERS] for text in texts)


def _bounded(windows: Iterator[Tensor], count: int) -> Iterator[Tensor]:
    """Not without end: a model may write nothing new any more."""
    for _, window in zip(range(_GIVE_UP * count), windows, strict=False):
        yield window
