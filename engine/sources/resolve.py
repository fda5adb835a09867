"""A source - ``demo``, a folder, a GGUF file or a Hub id - becomes a checked model folder."""

import re
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.locations import given_path
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
from engine.sources.suitability import check_model, checked_folder

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def resolve_source(source: str, revision: str, report: Report) -> ModelFolder:
    """Find, fetch or convert ``source``. What was fetched or converted once is found again without work.

    ``revision`` is a branch, tag or commit and counts for Hub ids only.

    Raises:
        BadInput: the source does not exist or is not a model that can be used.
        LayerSwarmError: it cannot be fetched now.
    """
    return _resolve(source.strip(), revision, report, ())


def _resolve(source: str, revision: str, report: Report, adapters: tuple[Path, ...]) -> ModelFolder:
    """As ``resolve_source``, on behalf of the ``adapters`` that each have the next as their base model."""
    if not source:  # an empty path would be the folder that one stands in
        raise BadInput("No model is named; name 'demo', a Hub id, a model folder or a GGUF file.")
    if source == DEMO:
        return demo_folder(report)
    path = given_path(source)
    if path.is_dir():
        resolved = path.resolve()
        return _from_folder(resolved, resolved.name, source, report, adapters)
    if path.is_file():
        return _from_file(path.absolute(), source, report)  # a link's own name and folder, not those of a cache
    if _HUB_ID.fullmatch(source) and not source.endswith(".gguf"):
        return _from_folder(fetch_from_hub(source, revision, report), source.split("/")[1], source, report, adapters)
    raise BadInput(
        f"There is no model '{source}': it is neither 'demo', nor a folder or GGUF file on this computer, nor a Hub id "
        "such as organisation/name."
    )


def original_gguf(folder: ModelFolder, report: Report) -> Path:
    """The GGUF file that ``folder`` was made of, for what is done to the file itself.

    Raises:
        BadInput: the model was not given as a GGUF file, or the file is gone or another one by now.
        LayerSwarmError: the demo model's file cannot be fetched now.
    """
    path = given_path(folder.source)
    if folder.source == DEMO and folder.path.parent.name == "gguf":
        path = demo_gguf(report)
    if path.is_dir() or not (path.suffix == ".gguf" or path.is_file()):
        raise BadInput(
            f"The model {folder.name} was not given as a GGUF file, so there is none to leave blocks out of."
        )
    if not path.is_file() or not is_made_of(folder.path, path, report):
        raise BadInput(f"{path} is no longer the GGUF file that {folder.name} was read from; name the model again.")
    return path.absolute()


def _from_folder(path: Path, name: str, source: str, report: Report, adapters: tuple[Path, ...]) -> ModelFolder:
    """The model in a folder, through its plain form where it is an adapter or its weights are quantised."""
    if is_adapter(path):
        if path in adapters:
            raise BadInput(f"The adapter in {path} names itself as its base model; name the model that it belongs to.")
        chain = (*adapters, path)
        path = merged_folder(path, lambda base, its: _resolve(base, its, report, chain), report)
    quantisation = check_model(path)
    if quantisation is not None:
        path = dequantised_folder(path, quantisation, report)
    return checked_folder(path, name, source)


def _from_file(path: Path, source: str, report: Report) -> ModelFolder:
    if is_gguf(path) or path.suffix == ".gguf" or is_piece(path):
        return checked_folder(folder_from_gguf(path, report), model_name(path), source)
    if path.suffix in (".safetensors", ".json"):
        raise BadInput(f"{path} is one file of a model; give the folder {path.parent} instead.")
    other = other_content(read_head(path))
    if other:
        raise BadInput(f"{path} {other}.")
    raise BadInput(f"{path} is not a model: give a folder with config.json and safetensors, or a GGUF file.")
