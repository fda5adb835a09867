"""Prepare a run's token windows; a model whose layers are streamed does not write its own text if it can be helped."""

from typing import TypeVar

import msgspec

from engine.api.errors import LayerSwarmError
from engine.api.event import message_logged
from engine.api.events import Emit
from engine.api.message import worded
from engine.api.settings import CalibrationSettings, RecoverySettings, Settings
from engine.api.text_mix import mix_part
from engine.calibration.generation import Writers, no_writers
from engine.calibration.places import OWN_TEXT, text_mixture
from engine.calibration.prepare import learnt_windows, prepare_windows
from engine.calibration.text_settings import Load
from engine.calibration.windows import TokenWindows
from engine.models.progress import Report
from engine.pipeline.placed_model import PlacedModel

_CALIBRATION, _RECOVERY = ("web", "instructions"), ("web",)
"""Texts in place of the model's own; recovery lacks one, by which it is judged on another text than its own."""


def placed_windows(
    model: PlacedModel,
    load: Load,
    report: Report,
    emit: Emit,
    learning: bool = True,
    writers: Writers = no_writers,
) -> TokenWindows:
    """Prepare the windows that the settings ask for, or the nearest to them that a streamed model can afford.

    Writing text reads the whole model for each token of the windows, all of which are written at once.

    Args:
        model: The run's model and settings.
        load: Returns the dense model and its tokenizer.
        report: Called with the progress. It may raise to stop.
        emit: Receives a sentence where another text is taken.
        learning: As for ``prepare_windows``.
        writers: Returns other devices that write the model's own text too.

    Raises:
        BadInput: A text cannot be used or is too short, or a window is longer than the model's context.
        LayerSwarmError: A data set cannot be fetched now, or the model does not fit.
    """
    settings, folder = model.settings, model.folder
    if _writes_text(settings) and model.placement.streamed and not settings.device.four_bit:
        words = worded(
            "The model's layers are fetched one after the other, so that each token of its own text reads all of it"
        )
        try:
            windows = prepare_windows(without_own_text(settings), folder, load, report, learning)
        except LayerSwarmError as error:
            message = worded(
                "{0}, and no other text is at hand ({1}); name a text file to save that time.", words, error.sentence
            )
            emit(message_logged("warning", message))
        else:
            emit(message_logged("info", worded("{0}; web pages and instructions are used instead.", words)))
            return windows
    return prepare_windows(settings, folder, load, report, learning, writers)


def without_own_text(settings: Settings) -> Settings:
    """Return settings with data sets of the Hub in place of the text that the dense model writes."""
    return msgspec.structs.replace(
        settings,
        calibration=_without(settings.calibration, _CALIBRATION),
        recovery=_without(settings.recovery, _RECOVERY),
    )


S = TypeVar("S", CalibrationSettings, RecoverySettings)


def _without(part: S, texts: tuple[str, ...]) -> S:
    if OWN_TEXT not in text_mixture(part):
        return part
    others = [name for name in part.mix if mix_part(name)[0] != "self"] if part.source == "mix" else []
    return msgspec.structs.replace(part, source="mix", mix=tuple(others) or texts)


def _writes_text(settings: Settings) -> bool:
    learns = learnt_windows(settings) > 0
    return OWN_TEXT in text_mixture(settings.calibration) or (learns and OWN_TEXT in text_mixture(settings.recovery))
