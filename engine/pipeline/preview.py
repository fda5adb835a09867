"""Preview the texts of a project before anything is trained or searched on them."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice

from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.commands import PreviewText
from engine.api.control import Control
from engine.api.editing import settings_from
from engine.api.errors import BadInput
from engine.api.event import message_logged, progressed
from engine.api.events import Emit, TextForm, TextPart, TextPreviewed
from engine.api.message import Message, worded, worded_count
from engine.api.settings import Settings
from engine.calibration.chat import ChatTemplate
from engine.calibration.mixture import shares
from engine.calibration.packing import PackedText
from engine.calibration.places import OWN_TEXT, TextPlace, text_mixture
from engine.calibration.prepare import learnt_windows
from engine.calibration.text_settings import place_texts, template_of, text_generator
from engine.calibration.turns import Conversation
from engine.models.folder import ModelFolder
from engine.models.loading import load_tokenizer
from engine.models.progress import silent
from engine.pipeline.ending import Ending
from engine.sources.resolve import resolve_source

_WINDOWS, _CHARACTERS = 3, 800
"""Number of windows in a preview, and characters of each."""
_SAMPLE = 64
"""Number of documents from which the mean length in tokens is estimated."""


def preview_text(command: PreviewText, emit: Emit, control: Control) -> Ending:
    """Emit ``TextPreviewed`` for each text from which the windows of calibration or recovery are cut.

    Args:
        command: Settings, and which part to preview.
        emit: Receives the events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The settings, the source or a text cannot be used.
        LayerSwarmError: The source or a data set cannot be fetched now.
    """
    settings = settings_from(command.settings)

    def report(message: Message, done: float, total: float) -> None:
        control.check()
        emit(progressed("calibrate", message, done, total))

    preview = _Preview(settings, command.part, resolve_source(settings.model.source, settings.model.revision, report))
    if settings.calibration.chat_template and (fault := ChatTemplate.fault(preview.tokenizer)):
        emit(message_logged("warning", fault))
    mixture = text_mixture(preview.part_settings)
    weights = list(mixture.values())
    for place, weight, wanted in zip(mixture, weights, preview.wanted(weights), strict=True):
        report(worded("Reading {0}", place.words), 0, 0)
        emit(preview.of(place, float(weight / sum(weights)), wanted))
    return Ending.finished(worded_count(len(mixture), "{0} text looked at.", "{0} texts looked at."))


class _Preview:
    def __init__(self, settings: Settings, part: TextPart, model: ModelFolder) -> None:
        self._settings, self._part, self._model = settings, part, model
        self.tokenizer = load_tokenizer(model.path)
        self._template = template_of(settings, self.tokenizer)
        self.part_settings = settings.calibration if part == "calibration" else settings.recovery

    def wanted(self, weights: list[Fraction]) -> list[int]:
        """Return the number of windows of each text: calibration and held-out, or training and validation windows."""
        calibration, recovery = self._settings.calibration, self._settings.recovery
        counts = (
            (calibration.windows, calibration.heldout_windows)
            if self._part == "calibration"
            else (learnt_windows(self._settings) or recovery.windows, recovery.validation_windows)
        )
        return [sum(of_place) for of_place in zip(*(shares(weights, count) for count in counts), strict=True)]

    def of(self, place: TextPlace, share: float, wanted: int) -> TextPreviewed:
        """Return the preview of one text.

        Args:
            place: The text.
            share: Its share of all windows.
            wanted: Number of its windows.

        Raises:
            BadInput: The text cannot be used, or is empty.
        """
        found = self._written() if place == OWN_TEXT else self._read(place)
        return TextPreviewed(
            part=self._part,
            source=place.words,
            form=found.form,
            columns=found.columns,
            share=share,
            chat_template=found.templated,
            documents=found.documents,
            tokens=found.tokens,
            windows_wanted=wanted,
            window_length=self._settings.calibration.window_length,
            windows=tuple(map(self._shown, found.windows)),
        )

    def _written(self) -> "_Found":
        """Return what the model has generated so far."""
        generator = text_generator(self._settings, self._model, _no_model, self.tokenizer, silent)
        kept = generator.kept(self._part)
        return _Found("own", self._template is not None, list(kept[:_WINDOWS]) if kept is not None else [])

    def _read(self, place: TextPlace) -> "_Found":
        calibration = self._settings.calibration
        texts = place_texts(place, calibration.seed)
        sample = list(islice(texts.documents, _SAMPLE))
        if not sample:
            raise BadInput(worded("There is no text in {0}.", place.words))
        documents = chain(sample, texts.documents)
        packed = PackedText(documents, self.tokenizer, calibration.window_length, self._template)
        windows = list(islice(packed.windows(), _WINDOWS))
        templated = self._template is not None and isinstance(sample[0], Conversation)
        tokens = None if texts.count is None else round(texts.count * packed.mean_tokens(sample))
        return _Found(texts.form, templated, windows, texts.columns, texts.count, tokens)

    def _shown(self, window: Tensor) -> str:
        text = str(self.tokenizer.decode(window))
        return text if len(text) <= _CHARACTERS else f"{text[: _CHARACTERS - 1]}…"


@dataclass(frozen=True)
class _Found:
    form: TextForm
    templated: bool
    windows: list[Tensor]
    columns: tuple[str, ...] = ()
    documents: int | None = None
    tokens: int | None = None


def _no_model() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    raise AssertionError("a preview generates nothing")
