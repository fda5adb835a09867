"""Resolve a source - ``demo``, a folder, a GGUF file or a Hub id - to a checked model folder."""

from pathlib import Path

from engine.api.errors import BadInput
from engine.api.locations import given_path
from engine.api.message import worded
from engine.model_files.adapter_files import is_adapter
from engine.model_files.first_look import DEMO, check_model_file, local_model
from engine.model_files.given_name import given_name
from engine.models.folder import ModelFolder
from engine.models.progress import Report
from engine.sources.adapter.merged_folder import merged_folder
from engine.sources.demo import demo_folder, demo_gguf
from engine.sources.gguf.conversion import folder_from_gguf, is_made_of
from engine.sources.hub.snapshot import fetch_from_hub
from engine.sources.quantised.dequantised_folder import dequantised_folder
from engine.sources.suitability import check_model, checked_folder, plain_folder


def resolve_source(source: str, revision: str, report: Report) -> ModelFolder:
    """Find, download or convert a model; results are cached and reused.

    Args:
        source: ``demo``, a Hub id, a folder or a GGUF file.
        revision: A branch, tag or commit; used for Hub ids only.
        report: Called with the progress.

    Raises:
        BadInput: The source does not exist or is not a usable model.
        LayerSwarmError: It cannot be downloaded now, or memory or disk are too small for it.
    """
    return _resolve(source.strip(), revision, report, ())


def _resolve(source: str, revision: str, report: Report, adapters: tuple[Path, ...]) -> ModelFolder:
    """Resolve ``source`` for ``adapters``, each of which has the next one as its base model."""
    path = local_model(source)
    if path is None:
        if source == DEMO:
            return demo_folder(report)
        return _from_folder(fetch_from_hub(source, revision, report), source.split("/")[1], source, report, adapters)
    if path.is_dir():
        return _from_folder(path, given_name(path), source, report, adapters)
    check_model_file(path)
    return checked_folder(folder_from_gguf(path, report), given_name(path), source)


def original_gguf(folder: ModelFolder, report: Report) -> Path:
    """Return the GGUF file that ``folder`` was made from, for operations on the file itself.

    Raises:
        BadInput: The model was not given as a GGUF file, or the file is missing or has changed.
        LayerSwarmError: The demo model's file cannot be downloaded now.
    """
    path = given_path(folder.source)
    if folder.source == DEMO and folder.path.parent.name == "gguf":
        path = demo_gguf(report)
    if path.is_dir() or not (path.suffix == ".gguf" or path.is_file()):
        raise BadInput(
            worded(
                "The model {0} was not given as a GGUF file, so there is no file to remove blocks from; choose "
                "another format.",
                folder.name,
            )
        )
    if not path.is_file() or not is_made_of(folder.path, path, report):
        raise BadInput(
            worded("{0} is no longer the GGUF file that {1} was read from; select the model again.", path, folder.name)
        )
    return path.absolute()


def _from_folder(path: Path, name: str, source: str, report: Report, adapters: tuple[Path, ...]) -> ModelFolder:
    """Describe the model in a folder, after merging an adapter and dequantising weights if needed."""
    if is_adapter(path):
        if path in adapters:
            raise BadInput(
                worded(
                    "The adapter in {0} names itself as its base model; name the model that it was trained on.", path
                )
            )
        chain = (*adapters, path)
        path = merged_folder(path, lambda base, its: _resolve(base, its, report, chain), report)
    quantisation = check_model(path)
    if quantisation is None:
        return plain_folder(path, name, source)
    return checked_folder(dequantised_folder(path, quantisation, report), name, source)
