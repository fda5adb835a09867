"""Prepare the token windows that the settings ask for."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.plurals import all_of
from engine.api.settings import CalibrationSettings, Settings
from engine.calibration.chat import ChatTemplate
from engine.calibration.generation import Writers, no_writers
from engine.calibration.mixture import in_turn, shares
from engine.calibration.packing import PackedText
from engine.calibration.places import OWN_TEXT, Mixture, TextPlace, source_words, text_mixture
from engine.calibration.text_settings import Load, place_texts, template_of, text_generator
from engine.calibration.texts import file_documents
from engine.calibration.windows import DistinctWindows, TokenWindows, windows_digest
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.loading import load_tokenizer
from engine.models.progress import Report

_PREVIEWS, _PREVIEW_CHARACTERS = 3, 160
_GIVE_UP = 4
"""For a model that repeats itself, stop after generating so many times the wanted windows."""


def prepare_windows(
    settings: Settings,
    model: ModelFolder,
    load: Load,
    report: Report,
    learning: bool = True,
    writers: Writers = no_writers,
) -> TokenWindows:
    """Prepare the calibration, held-out, recovery and validation windows, which have no document in common.

    The calibration windows depend on their own settings only, so that scores stay valid when others change.

    Args:
        settings: Settings of calibration and recovery.
        model: The dense model's folder.
        load: Returns the dense model and its tokenizer; only called when text must be generated.
        report: Called with the progress. It may raise to stop.
        learning: Prepare the windows to learn from too, even where the model writes them, which takes a while. Without
            it they are left for later; that the other texts can be used is checked all the same.
        writers: Returns other devices that write the model's own text too.

    Raises:
        BadInput: A text cannot be used or is too short, or a window is longer than the model's context.
        LayerSwarmError: A data set cannot be fetched now.
    """
    return _Preparation(settings, model, load, report, writers).windows(learning or not writes_learning_text(settings))


def writes_learning_text(settings: Settings) -> bool:
    """Return whether the dense model writes text that compensation and recovery learn from, or that judges it."""
    if not (settings.recovery.enabled or settings.compensation.enabled):
        return False
    return OWN_TEXT in text_mixture(settings.recovery) or OWN_TEXT in _elsewhere_mixture(settings)


def text_windows(
    path: Path, tokenizer: PreTrainedTokenizerBase, settings: CalibrationSettings, without: Sequence[Tensor]
) -> Tensor:
    """Return windows of a text file that are in none of some other sets [windows, length].

    There are as many of them as held-out windows, or fewer where the text is short.

    Args:
        path: The file.
        tokenizer: The model's.
        settings: Length, number and seed of the windows.
        without: Other sets of windows [windows, length].

    Raises:
        BadInput: The file cannot be used, or has no window of its own.
    """
    distinct = DistinctWindows(settings.window_length)
    for windows in without:
        distinct.of(windows, len(windows))
    text = PackedText(file_documents(path, settings.seed), tokenizer, settings.window_length)
    found = distinct.of(text.windows(), settings.heldout_windows)
    if len(found) == 0:
        raise BadInput(
            worded(
                "{0} has no window of {1} tokens outside the calibration text; name another file.",
                path,
                settings.window_length,
            )
        )
    return found


def learnt_windows(settings: Settings) -> int:
    """Return how many windows of recovery's text are needed; compensation and recovery share them."""
    compensation, recovery = settings.compensation, settings.recovery
    folded = compensation.windows if compensation.enabled else 0
    return max(folded, recovery.windows if recovery.enabled else 0)


class TooLittleText(BadInput):
    """A text has too few windows; the message names settings of a project."""


class _Preparation:
    def __init__(self, settings: Settings, model: ModelFolder, load: Load, report: Report, writers: Writers) -> None:
        self._settings = settings
        self._model = model
        self._load = load
        self._report = report
        self._length = settings.calibration.window_length
        self._distinct = DistinctWindows(self._length)
        self._texts: dict[TextPlace, PackedText] = {}
        self._tokenizer = load_tokenizer(model.path)
        self._template = template_of(settings, self._tokenizer)
        if settings.calibration.chat_template and (fault := ChatTemplate.fault(self._tokenizer)):
            report(fault, 0, 0)
        self._generator = text_generator(settings, model, load, self._tokenizer, report, writers)

    def windows(self, learning: bool) -> TokenWindows:
        """Return all sets, prepared in a fixed order that begins with calibration, or only those before learning."""
        self._check_length()
        calibration, recovery = self._settings.calibration, self._settings.recovery
        compared = self._mixed("calibration", calibration.windows, worded("calibration"))
        heldout = self._mixed("heldout", calibration.heldout_windows, worded("held-out"))
        learnt = validation = elsewhere = self._distinct.of((), 0)
        learns = recovery.enabled or self._settings.compensation.enabled
        if learns and learning:
            learnt, validation = self._recovery()
            elsewhere = self._elsewhere()
        elif learns:
            self._check_learning()
        previews, source = self._previews(compared), source_words(calibration)
        return TokenWindows(
            compared,
            heldout,
            learnt,
            validation,
            elsewhere,
            windows_digest(compared),
            previews,
            source,
            awaits_learning=learns and not learning,
        )

    def _check_learning(self) -> None:
        """Refuse texts to learn from that cannot be used, before the work that comes first."""
        for place in text_mixture(self._settings.recovery):
            if place != OWN_TEXT:
                check = partial(self._report, worded("Reading {0}", place.name), 0, 0)
                next(place_texts(place, self._settings.calibration.seed, check).documents, None)

    def _recovery(self) -> tuple[Tensor, Tensor]:
        """Return the windows that compensation and recovery learn from, and those of the same texts that are kept back.

        Each of the two takes as many as it needs from the first on.
        """
        recovery = self._settings.recovery
        mixture = text_mixture(recovery)
        weights = list(mixture.values())
        counts = zip(
            shares(weights, learnt_windows(self._settings)), shares(weights, recovery.validation_windows), strict=True
        )
        parts = [self._learnt(place, *count) for place, count in zip(mixture, counts, strict=True)]
        learnt, validation = (in_turn([part[which] for part in parts], weights) for which in (0, 1))
        if not len(learnt) or not len(validation):
            raise TooLittleText(
                worded(
                    "There is no text left in {0} for recovery, after the calibration and held-out windows; give "
                    "more text, or another one for recovery.",
                    all_of([place.words for place in mixture]),
                )
            )
        return learnt, validation

    def _learnt(self, place: TextPlace, wanted: int, wanted_back: int) -> tuple[Tensor, Tensor]:
        """Return training windows of a place, and some that are kept back: a tenth of a short text."""
        kept_back = self._distinct.of(self._windows(place, "validation", wanted_back), wanted_back)
        learnt = self._distinct.of(self._windows(place, "recovery", wanted), wanted)
        if len(learnt) == wanted:
            return learnt, kept_back
        found = len(kept_back) + len(learnt)
        self._report(worded("Only {0} recovery windows in {1}", found, place.words), found, found)
        validation, rest = kept_back.tensor_split([min(len(kept_back), max(1, found // 10))])
        return torch.cat([learnt, rest]), validation

    def _elsewhere(self) -> Tensor:
        """Return windows that recovery does not train on: of the calibration's text, else of the model's own."""
        mixture = _elsewhere_mixture(self._settings)
        if not mixture:
            return self._distinct.of((), 0)
        weights = list(mixture.values())
        counts = zip(mixture, shares(weights, self._settings.recovery.validation_windows), strict=True)
        return in_turn(
            [self._distinct.of(self._windows(place, "elsewhere", count), count) for place, count in counts], weights
        )

    def _mixed(self, stream: str, count: int, what: str) -> Tensor:
        """Return windows of the calibration's places, interleaved [count, length]."""
        mixture = text_mixture(self._settings.calibration)
        weights = list(mixture.values())
        counts = zip(mixture, shares(weights, count), strict=True)
        parts = [self._taken(self._windows(place, stream, part), part, what, place) for place, part in counts]
        return in_turn(parts, weights)

    def _windows(self, place: TextPlace, stream: str, count: int) -> Iterator[Tensor]:
        """Return the windows of a place; the model's own text has streams that do not overlap."""
        if place.source == "self":
            return _bounded(self._generator.windows(stream, count), count)
        if place not in self._texts:
            check = partial(self._report, worded("Reading {0}", place.name), 0, 0)
            documents = place_texts(place, self._settings.calibration.seed, check).documents
            self._texts[place] = PackedText(documents, self._tokenizer, self._length, self._template)
        return self._texts[place].windows()

    def _taken(self, windows: Iterator[Tensor], count: int, what: str, place: TextPlace) -> Tensor:
        found = self._distinct.of(windows, count)
        if len(found) < count:
            raise TooLittleText(
                worded(
                    "There is too little text in {0}: {1} of {2} {3} windows of {4} tokens; give more text, or set "
                    "fewer or shorter windows.",
                    place.words,
                    len(found),
                    count,
                    what,
                    self._length,
                )
            )
        return found

    def _check_length(self) -> None:
        context = describe_model(self._model).context_length
        if context and self._length > context:
            raise BadInput(
                worded(
                    "calibration.window_length is {0}, but the model's context is {1} tokens; lower it.",
                    self._length,
                    context,
                )
            )

    def _previews(self, windows: Tensor) -> tuple[str, ...]:
        texts = [self._tokenizer.decode(window, skip_special_tokens=True) for window in windows[:_PREVIEWS]]
        return tuple(" ".join(str(text).split())[:_PREVIEW_CHARACTERS] for text in texts)


def _elsewhere_mixture(settings: Settings) -> Mixture:
    """Return the calibration's texts that recovery does not learn from, else the model's own; empty for neither."""
    learnt = text_mixture(settings.recovery)
    mixture = {place: weight for place, weight in text_mixture(settings.calibration).items() if place not in learnt}
    return mixture if mixture or OWN_TEXT in learnt else {OWN_TEXT: Fraction(1)}


def _bounded(windows: Iterator[Tensor], count: int) -> Iterator[Tensor]:
    """Limit the windows of an endless stream, since a model may generate nothing new any more."""
    for _, window in zip(range(_GIVE_UP * count), windows, strict=False):
        yield window
