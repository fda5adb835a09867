"""How the settings say that texts are read and written."""

from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.locations import cache_folder
from engine.api.settings import Settings
from engine.calibration.chat import ChatTemplate
from engine.calibration.generation import TextGenerator
from engine.calibration.places import TextPlace
from engine.calibration.script import script_digest
from engine.calibration.texts import Texts, dataset_texts, file_texts
from engine.models.folder import ModelFolder, read_json
from engine.models.progress import Report

Load = Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]]


def template_of(settings: Settings, tokenizer: PreTrainedTokenizerBase) -> ChatTemplate | None:
    """The model's chat template, where it has one and it is wanted."""
    return ChatTemplate.of(tokenizer) if settings.calibration.chat_template else None


def text_generator(
    settings: Settings, model: ModelFolder, load: Load, tokenizer: PreTrainedTokenizerBase, report: Report
) -> TextGenerator:
    """What writes the model's own text.

    The same weights write another text with another chat template or other end tokens, so it is kept by both.

    Raises:
        BadInput: the generation config is damaged.
    """
    calibration, template = settings.calibration, template_of(settings, tokenizer)
    script = script_digest(tokenizer, template, _configured_ends(model.path))
    folder = cache_folder() / "texts" / f"{model.digest}-{script}"
    return TextGenerator(load, folder, calibration.window_length, calibration.seed, report, template)


def _configured_ends(folder: Path) -> object:
    """The end tokens of the generation config as it is on disk: it is wanted before the model is loaded."""
    file = folder / "generation_config.json"
    return read_json(file).get("eos_token_id") if file.is_file() else None


def place_texts(place: TextPlace, seed: int) -> Texts:
    """The documents of a file or a data set.

    Raises:
        BadInput: it cannot be used.
        LayerSwarmError: it cannot be fetched now.
    """
    if place.source == "file":
        return file_texts(Path(place.name), seed)
    return dataset_texts(place.name, place.split, seed)
