"""Resolve a source - ``demo``, a folder, a GGUF file or a Hub id - to a checked model folder."""

from pathlib import Path

from engine.api.errors import BadInput
from engine.api.locations import given_path, real_path
from engine.models.description import HUB_ID
from engine.models.file_content import other_content, read_head
from engine.models.folder import ModelFolder
from engine.models.progress import Report
from engine.sources.adapter.inspection import is_adapter
from engine.sources.adapter.merged_folder import merged_folder
from engine.sources.demo import DEMO, demo_folder, demo_gguf
from engine.sources.gguf.conversion import folder_from_gguf, is_gguf, is_made_of
from engine.sources.gguf.parts import is_piece, model_name
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
    if not source:  # an empty path would mean the working directory
        raise BadInput("No model is given; give 'demo', a Hub id, a model folder or a GGUF file.")
    if source == DEMO:
        return demo_folder(report)
    path = given_path(source)
    if path.is_dir():
        resolved = real_path(path)
        return _from_folder(resolved, resolved.name, source, report, adapters)
    if path.is_file():
        return _from_file(path.absolute(), source, report)  # keep a link's own name and folder instead of a cache's
    if HUB_ID.fullmatch(source) and not source.endswith(".gguf"):
        return _from_folder(fetch_from_hub(source, revision, report), source.split("/")[1], source, report, adapters)
    raise BadInput(
        f"There is no model '{source}': it is neither 'demo', nor a folder or GGUF file on this computer, nor a Hub "
        "id; check the path, or give a Hub id such as organisation/name."
    )


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
            f"The model {folder.name} was not given as a GGUF file, so there is no file to remove blocks from; choose "
            "another format."
        )
    if not path.is_file() or not is_made_of(folder.path, path, report):
        raise BadInput(f"{path} is no longer the GGUF file that {folder.name} was read from; select the model again.")
    return path.absolute()


def _from_folder(path: Path, name: str, source: str, report: Report, adapters: tuple[Path, ...]) -> ModelFolder:
    """Describe the model in a folder, after merging an adapter and dequantising weights if needed."""
    if is_adapter(path):
        if path in adapters:
            raise BadInput(
                f"The adapter in {path} names itself as its base model; name the model that it was trained on."
            )
        chain = (*adapters, path)
        path = merged_folder(path, lambda base, its: _resolve(base, its, report, chain), report)
    quantisation = check_model(path)
    if quantisation is None:
        return plain_folder(path, name, source)
    return checked_folder(dequantised_folder(path, quantisation, report), name, source)


def _from_file(path: Path, source: str, report: Report) -> ModelFolder:
    if is_gguf(path) or path.suffix == ".gguf" or is_piece(path):
        return checked_folder(folder_from_gguf(path, report), model_name(path), source)
    if path.suffix in (".safetensors", ".json"):
        raise BadInput(f"{path} is one file of a model; give the folder {path.parent} instead.")
    other = other_content(read_head(path))
    if other:
        raise BadInput(f"{path} {other}.")
    raise BadInput(f"{path} is not a model: give a folder with config.json and safetensors, or a GGUF file.")
