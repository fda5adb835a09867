"""Read and generate texts as the settings state."""

from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.locations import cache_folder
from engine.api.settings import Settings
from engine.calibration.chat import ChatTemplate
from engine.calibration.generation import TextGenerator, Writers, no_writers
from engine.calibration.places import TextPlace
from engine.calibration.script import script_digest
from engine.calibration.texts import Texts, dataset_texts, file_texts
from engine.model_files.folder_content import read_json
from engine.models.folder import ModelFolder
from engine.models.progress import Report

Load = Callable[[], tuple[PreTrainedModel, PreTrainedTokenizerBase]]


def template_of(settings: Settings, tokenizer: PreTrainedTokenizerBase) -> ChatTemplate | None:
    """Return the model's chat template; None where it has none or the settings turn it off."""
    return ChatTemplate.of(tokenizer) if settings.calibration.chat_template else None


def text_generator(
    settings: Settings,
    model: ModelFolder,
    load: Load,
    tokenizer: PreTrainedTokenizerBase,
    report: Report,
    writers: Writers = no_writers,
) -> TextGenerator:
    """Return the generator of the model's own text.

    Weights generate another text with another chat template or other end tokens, so the cache depends on both.

    Args:
        settings: Length, seed and chat template.
        model: The dense model's folder.
        load: Returns the dense model and its tokenizer; only called when a block is not in the cache.
        tokenizer: The model's.
        report: Called with the progress. It may raise to stop.
        writers: Returns other devices that write too.

    Raises:
        BadInput: The generation config is damaged.
    """
    calibration, template = settings.calibration, template_of(settings, tokenizer)
    script = script_digest(tokenizer, template, _configured_ends(model.path))
    held = "-nf4" if settings.device.four_bit else ""  # which writes a little otherwise
    folder = cache_folder() / "texts" / f"{model.digest}-{script}{held}"
    return TextGenerator(load, folder, calibration.window_length, calibration.seed, report, template, writers)


def _configured_ends(folder: Path) -> object:
    """Return the end tokens of the generation config on disk, since they are needed before the model is loaded."""
    file = folder / "generation_config.json"
    return read_json(file).get("eos_token_id") if file.is_file() else None


def place_texts(place: TextPlace, seed: int, check: Callable[[], object] = lambda: None) -> Texts:
    """Return the documents of a file or a data set, in an order drawn from ``seed``.

    ``check`` is called now and then while a file is read, and may raise to stop.

    Raises:
        BadInput: It cannot be used.
        LayerSwarmError: It cannot be fetched now.
    """
    if place.source == "file":
        return file_texts(Path(place.name), seed, check=check)
    return dataset_texts(place.name, place.split, seed)
