"""From settings to token windows."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.errors import BadInput
from engine.api.locations import cache_folder
from engine.api.settings import CalibrationSettings, Settings
from engine.calibration.generation import TextGenerator
from engine.calibration.packing import PackedText
from engine.calibration.places import TextPlace, calibration_places, in_turn, recovery_place, share
from engine.calibration.texts import dataset_documents, file_documents
from engine.calibration.windows import DistinctWindows, TokenWindows, windows_digest
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.loading import load_tokenizer
from engine.models.progress import Report

Load = Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]]
_PREVIEWS, _PREVIEW_CHARACTERS = 3, 160
_FEWEST_TO_LEARN_FROM = 2
"""Recovery windows: one to learn from, one to be judged by."""
_GIVE_UP = 4
"""A model that writes the same again and again is given so many times the windows that are wanted."""


def prepare_windows(settings: Settings, model: ModelFolder, load: Load, report: Report) -> TokenWindows:
    """Make the calibration, held-out, recovery and validation windows, which have no document in common.

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


def text_windows(
    path: Path, tokenizer: PreTrainedTokenizerBase, settings: CalibrationSettings, without: Sequence[Tensor]
) -> Tensor:
    """As many windows of a text file as there are held-out windows, none of them in one of ``without``.

    Args:
        path: the file.
        tokenizer: the model's.
        settings: length, number and seed of the windows.
        without: other sets of windows [windows, length].

    Raises:
        BadInput: the file cannot be used, or has no window of its own.
    """
    distinct = DistinctWindows(settings.window_length)
    for windows in without:
        distinct.of(windows, len(windows))
    text = PackedText(file_documents(path, settings.seed), tokenizer, settings.window_length)
    found = distinct.of(text.windows(), settings.heldout_windows)
    if len(found) == 0:
        raise BadInput(f"There is no window of {settings.window_length} tokens in {path} that is not calibrated on.")
    return found


class _Preparation:
    def __init__(self, settings: Settings, model: ModelFolder, load: Load, report: Report) -> None:
        self._settings = settings
        self._model = model
        self._load = load
        self._report = report
        self._length = settings.calibration.window_length
        self._distinct = DistinctWindows(self._length)
        self._texts: dict[TextPlace, PackedText] = {}
        self._tokenizer = load_tokenizer(model.path)

    def windows(self) -> TokenWindows:
        """All sets, calibration first."""
        self._check_length()
        calibration, recovery = self._settings.calibration, self._settings.recovery
        compared = self._mixed("calibration", calibration.windows, "calibration")
        heldout = self._mixed("heldout", calibration.heldout_windows, "held-out")
        learnt = validation = elsewhere = self._distinct.of((), 0)
        if recovery.enabled:
            learnt, validation = self._recovery()
            elsewhere = self._elsewhere()
        previews = self._previews(compared)
        return TokenWindows(compared, heldout, learnt, validation, elsewhere, windows_digest(compared), previews)

    def _recovery(self) -> tuple[Tensor, Tensor]:
        """What recovery learns from and what is kept back of the same text: of a short one, a tenth."""
        recovery = self._settings.recovery
        place = recovery_place(recovery)
        kept_back = self._distinct.of(
            self._windows(place, "validation", recovery.validation_windows), recovery.validation_windows
        )
        learnt = self._distinct.of(self._windows(place, "recovery", recovery.windows), recovery.windows)
        found = len(kept_back) + len(learnt)
        if found < _FEWEST_TO_LEARN_FROM:
            raise BadInput(
                f"There is no text left in {place.words} to recover with, after the calibration and held-out windows; "
                "give more text, or another one for recovery."
            )
        if len(learnt) == recovery.windows:
            return learnt, kept_back
        self._report(f"Only {found} recovery windows in {place.words}", found, found)
        validation, rest = kept_back.tensor_split([min(len(kept_back), max(1, found // 10))])
        return torch.cat([learnt, rest]), validation

    def _elsewhere(self) -> Tensor:
        """Of the calibration's text, where recovery learns from another one; as many as there are."""
        places = calibration_places(self._settings.calibration)
        if recovery_place(self._settings.recovery) in places:
            return self._distinct.of((), 0)
        count = self._settings.recovery.validation_windows
        shares = [(place, share(count, len(places), index)) for index, place in enumerate(places)]
        return torch.cat([self._distinct.of(self._windows(place, "elsewhere", part), part) for place, part in shares])

    def _mixed(self, stream: str, count: int, what: str) -> Tensor:
        """Windows of the calibration's places in turn [count, length]."""
        places = calibration_places(self._settings.calibration)
        shares = [(place, share(count, len(places), index)) for index, place in enumerate(places)]
        return in_turn([self._taken(self._windows(place, stream, part), part, what, place) for place, part in shares])

    def _windows(self, place: TextPlace, stream: str, count: int) -> Iterator[Tensor]:
        """Windows of a place; of the model's own text there are streams that do not overlap."""
        seed = self._settings.calibration.seed
        if place.source == "self":
            folder = cache_folder() / "texts" / self._model.digest
            generator = TextGenerator(self._load, folder, self._length, seed, self._report)
            return _bounded(generator.windows(stream, count), count)
        if place not in self._texts:
            self._report(f"Reading {place.name}", 0, 0)
            documents = (
                file_documents(Path(place.name).expanduser(), seed)
                if place.source == "file"
                else dataset_documents(place.name, place.split, seed)
            )
            self._texts[place] = PackedText(documents, self._tokenizer, self._length)
        return self._texts[place].windows()

    def _taken(self, windows: Iterator[Tensor], count: int, what: str, place: TextPlace) -> Tensor:
        found = self._distinct.of(windows, count)
        if len(found) < count:
            raise BadInput(
                f"There is too little text in {place.words}: {len(found)} of {count} {what} windows of {self._length} "
                "tokens; give more text, or ask for fewer or shorter windows."
            )
        return found

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
