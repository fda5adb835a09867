"""Choose the files of a Hub repository to download, and find them in the Hub's cache on this computer."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from huggingface_hub import constants
from huggingface_hub.file_download import repo_folder_name
from huggingface_hub.hf_api import ModelInfo

from engine.api.errors import LayerSwarmError
from engine.api.files import write_atomically
from engine.api.hub_parts import DOWNLOADS
from engine.api.locations import cache_folder
from engine.model_files.folder_content import has_all_weights, read_json
from engine.model_files.weight_names import ADAPTER_CONFIG, ADAPTER_WEIGHTS
from engine.models.companion_files import MANIFEST_FILE, QUANTISATION, is_companion
from engine.sources.hub.weight_files import is_adapter

_BESIDE = ("config.json", "README.md", MANIFEST_FILE, QUANTISATION)
"""Files that are read but not copied into an export. Those of quantisation tools describe the weights."""
_PARTIAL = ".layerswarm.incomplete"
"""The ending of the Hub library's own unfinished files, so that its tools find and delete them."""


@dataclass(frozen=True)
class HubFile:
    """A file to download: its size in bytes, and the name of its content in the cache."""

    name: str
    size: int
    blob: str
    """SHA-256 of a large file, Git's digest of a small one; empty if the Hub did not report it."""


def wanted_files(info: ModelInfo, weights: Collection[str]) -> list[HubFile]:
    """Return the files to download: ``weights``, and the companion files of the model.

    Args:
        info: The repository's info, requested with ``files_metadata``.
        weights: Names of the weight files, and of their index.
    """
    return [
        HubFile(file.rfilename, file.size or 0, (file.lfs.sha256 if file.lfs else file.blob_id) or "")
        for file in info.siblings or ()
        if file.rfilename in weights or is_companion(file.rfilename) or _is_beside(file.rfilename)
    ]


def _is_beside(name: str) -> bool:
    hidden = name.startswith(".")
    return "/" not in name and not hidden and any(fnmatchcase(name, pattern) for pattern in _BESIDE)


def hub_cache() -> Path:
    """Return the folder of the Hub's own cache, which other tools share."""
    return Path(constants.HF_HUB_CACHE).expanduser()


def storage_of(repo: str) -> Path:
    """Return the cache's folder for a repository."""
    return hub_cache() / repo_folder_name(repo_id=repo, repo_type="model")


def blob_of(repo: str, file: HubFile) -> Path:
    """Return the path of a file's content once it is complete."""
    return storage_of(repo) / "blobs" / file.blob


def partial_of(repo: str, file: HubFile) -> Path:
    """Return the path at which a large file grows; it is stable, so that the next download finds it."""
    return blob_of(repo, file).with_name(f"{file.blob}{_PARTIAL}")


def bytes_present(repo: str, files: list[HubFile]) -> int:
    """Return the bytes of ``files`` that are in the cache already, complete or partial."""
    return sum(_present(blob_of(repo, file)) or _present(partial_of(repo, file)) for file in files if file.blob)


def _present(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def complete_snapshot(repo: str) -> Path | None:
    """Return the newest complete snapshot (``is_whole``), or None."""
    snapshots = storage_of(repo) / "snapshots"
    found = (
        [folder for folder in snapshots.iterdir() if folder.is_dir() and _is_usable(folder)]
        if snapshots.is_dir()
        else []
    )
    return max(found, key=lambda folder: folder.stat().st_mtime, default=None)


def _is_usable(snapshot: Path) -> bool:
    try:
        return is_whole(snapshot)
    except LayerSwarmError:
        return False


def is_whole(snapshot: Path) -> bool:
    """Return whether a snapshot has its config and all its weights, or is a complete adapter.

    Raises:
        BadInput: The config or the index is damaged.
    """
    names = {file.name for file in snapshot.iterdir() if file.is_file()}
    if is_adapter(names):
        return {ADAPTER_CONFIG, ADAPTER_WEIGHTS} <= names
    return (snapshot / "config.json").is_file() and has_all_weights(snapshot)


def note_download(repo: str, revision: str, total: int) -> None:
    """Record that a download has begun, so that it can be resumed after a restart."""
    note = {"source": repo, "revision": revision, "total": total}
    write_atomically(_note_of(repo), json.dumps(note).encode())


def noted_download(repo: str) -> dict[str, object] | None:
    """Return the record of an unfinished download, or None."""
    try:
        return read_json(_note_of(repo))
    except LayerSwarmError:
        return None


def forget_download(repo: str) -> None:
    """Delete the record of a download that is complete or given up."""
    _note_of(repo).unlink(missing_ok=True)


def _note_of(repo: str) -> Path:
    return cache_folder() / DOWNLOADS / f"{storage_of(repo).name}.json"
