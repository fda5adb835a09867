"""List and delete the models in the caches of this computer."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from huggingface_hub import scan_cache_dir

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.hub_events import LocalModel
from engine.api.locations import CONVERTED, cache_folder
from engine.api.message import worded
from engine.api.system_errors import system_words
from engine.model_files.folder_content import architecture_or_type, read_json
from engine.model_files.given_name import given_name
from engine.model_files.layer_count import layer_count
from engine.sources.hub.files import complete_snapshot, forget_download, hub_cache, noted_download, storage_of
from engine.sources.other_programs import other_models

_MODELS = "models--"


def local_models() -> list[LocalModel]:
    """Return the models of the Hub's cache, the converted ones and those of other programs; the latest used first.

    Those whose path is not Unicode are left out: no event can hold it.
    """
    found = filter(_is_unicode, (*_hub_models(), *_converted_models(), *other_models()))
    return sorted(found, key=lambda model: -model.used)


def delete_model(source: str) -> LocalModel:
    """Delete one of ``local_models``, complete or partly downloaded.

    Raises:
        BadInput: The caches hold no such model, or it belongs to another program.
        LayerSwarmError: It cannot be deleted.
    """
    known = next((model for model in local_models() if model.source == source), None)
    if known is None:
        raise BadInput(worded("{0} is not in the caches of this computer, so there is nothing to delete.", source))
    if not known.is_ours:
        raise BadInput(worded("{0} belongs to another program; delete it there.", source))
    if known.kind == "hub":
        _drop_from_hub_cache(source)
        forget_download(source)
    _remove(storage_of(source) if known.kind == "hub" else Path(known.folder))
    return known


def give_up_download(repo: str) -> None:
    """Delete the files of an unfinished download, but keep a complete snapshot of the same model."""
    forget_download(repo)
    if complete_snapshot(repo) is None:
        _remove(storage_of(repo))
        return
    for partial in (storage_of(repo) / "blobs").glob("*.incomplete"):
        partial.unlink(missing_ok=True)


def _is_unicode(model: LocalModel) -> bool:
    try:
        msgspec.json.encode(model)
    except UnicodeEncodeError:
        return False
    return True


def _remove(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise LayerSwarmError(
            worded("{0} cannot be deleted ({1}); is it in use?", folder, system_words(error))
        ) from None


def _drop_from_hub_cache(repo: str) -> None:
    """Delete with the Hub library, which knows what its repositories share."""
    info = scan_cache_dir(hub_cache())
    commits = [
        revision.commit_hash
        for each in info.repos
        if each.repo_type == "model" and each.repo_id == repo
        for revision in each.revisions
    ]
    info.delete_revisions(*commits).execute()


def _hub_models() -> Iterator[LocalModel]:
    if not hub_cache().is_dir():
        return
    for storage in hub_cache().iterdir():
        if storage.is_dir() and storage.name.startswith(_MODELS):
            repo = storage.name.removeprefix(_MODELS).replace("--", "/")
            model = _hub_model(repo, storage)
            if model is not None:
                yield model


def _hub_model(repo: str, storage: Path) -> LocalModel | None:
    """Describe a repository in the cache; return None if it holds neither a complete model nor a partial download."""
    snapshot, note = complete_snapshot(repo), noted_download(repo)
    size = sum(file.stat().st_size for file in (storage / "blobs").glob("*") if file.is_file())
    if snapshot is None and (note is None or not size):
        return None
    config = _config_of(snapshot)
    total = note.get("total") if note else 0
    return LocalModel(
        source=repo,
        name=repo.split("/")[-1],
        kind="hub",
        folder=str(snapshot or storage),
        bytes=size,
        complete=note is None,
        total_bytes=total if isinstance(total, int) else 0,
        revision=str(note.get("revision", "main")) if note else "main",
        architecture=_architecture(config),
        layers=layer_count(config),
        used=storage.stat().st_mtime if snapshot is None else snapshot.stat().st_mtime,
    )


def _converted_models() -> Iterator[LocalModel]:
    """Yield the folders made from GGUF files, quantised models and adapters; incomplete ones have a suffix."""
    for part in CONVERTED:
        parent = cache_folder() / part
        for folder in parent.iterdir() if parent.is_dir() else ():
            if (folder / "config.json").is_file() and not folder.suffix:
                config = _config_of(folder)
                yield LocalModel(
                    source=str(folder),
                    name=given_name(folder),
                    kind=part,
                    folder=str(folder),
                    bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
                    architecture=_architecture(config),
                    layers=layer_count(config),
                    used=folder.stat().st_mtime,
                )


def _config_of(folder: Path | None) -> dict[str, object]:
    try:
        return read_json(folder / "config.json") if folder else {}
    except LayerSwarmError:
        return {}


def _architecture(config: dict[str, object]) -> str:
    return architecture_or_type(config)
