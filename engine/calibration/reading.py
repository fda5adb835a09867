"""How the settings say that texts are read and written."""

from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.locations import cache_folder
from engine.api.settings import Settings
from engine.calibration.chat import ChatTemplate
from engine.calibration.generation import TextGenerator
from engine.calibration.places import TextPlace
from engine.calibration.texts import Texts, dataset_texts, file_texts
from engine.models.folder import ModelFolder
from engine.models.progress import Report

Load = Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]]


def template_of(settings: Settings, tokenizer: PreTrainedTokenizerBase) -> ChatTemplate | None:
    """The model's chat template, where it has one and it is wanted."""
    return ChatTemplate.of(tokenizer) if settings.calibration.chat_template else None


def text_generator(
    settings: Settings, model: ModelFolder, load: Load, template: ChatTemplate | None, report: Report
) -> TextGenerator:
    """What writes the model's own text."""
    calibration = settings.calibration
    folder = cache_folder() / "texts" / model.digest
    return TextGenerator(load, folder, calibration.window_length, calibration.seed, report, template)


def place_texts(place: TextPlace, seed: int) -> Texts:
    """The documents of a file or a data set.

    Raises:
        BadInput: it cannot be used.
        LayerSwarmError: it cannot be fetched now.
    """
    if place.source == "file":
        return file_texts(Path(place.name), seed)
    return dataset_texts(place.name, place.split, seed)
