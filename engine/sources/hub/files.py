"""Which files of a Hub repository are wanted, and where the Hub's cache on this computer has them."""

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
from engine.api.locations import cache_folder
from engine.models.companion_files import MANIFEST_FILE, QUANTISATION, is_companion
from engine.models.folder import has_all_weights, read_json
from engine.sources.hub.weight_files import ADAPTER, is_adapter

_BESIDE = ("config.json", "README.md", MANIFEST_FILE, QUANTISATION)
"""Files that are read but not copied into an export. Those of quantisation tools show what the weights are."""
_PARTIAL = ".layerswarm.incomplete"
"""Ends as the Hub library's own unfinished files do, so that its tools find and clear it."""


@dataclass(frozen=True)
class HubFile:
    """One wanted file: its size in bytes, and the name by which the cache keeps its content."""

    name: str
    size: int
    blob: str
    """Sha256 of a large file, git's digest of a small one; empty where the Hub did not say."""


def wanted_files(info: ModelInfo, weights: Collection[str]) -> list[HubFile]:
    """Return the files to download: ``weights``, and what belongs to the model beside them.

    Args:
        info: The repository, described with ``files_metadata``.
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
    """The Hub's own cache, which other tools share."""
    return Path(constants.HF_HUB_CACHE).expanduser()


def storage_of(repo: str) -> Path:
    """Where the cache keeps one repository."""
    return hub_cache() / repo_folder_name(repo_id=repo, repo_type="model")


def blob_of(repo: str, file: HubFile) -> Path:
    """Where the content of a file is once it is whole."""
    return storage_of(repo) / "blobs" / file.blob


def partial_of(repo: str, file: HubFile) -> Path:
    """Where the content of a large file grows; its name does not change, so that the next try finds it."""
    return blob_of(repo, file).with_name(f"{file.blob}{_PARTIAL}")


def bytes_present(repo: str, files: list[HubFile]) -> int:
    """Bytes of ``files`` that are here already, whole or in part."""
    return sum(_present(blob_of(repo, file)) or _present(partial_of(repo, file)) for file in files if file.blob)


def _present(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def complete_snapshot(repo: str) -> Path | None:
    """Return the newest snapshot that is whole (``is_whole``), or None."""
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
        return names.issuperset(ADAPTER)
    return (snapshot / "config.json").is_file() and has_all_weights(snapshot)


def note_download(repo: str, revision: str, total: int) -> None:
    """Remember that a download has begun, so that it can be gone on with after a restart."""
    note = {"source": repo, "revision": revision, "total": total}
    write_atomically(_note_of(repo), json.dumps(note).encode())


def noted_download(repo: str) -> dict[str, object] | None:
    """What is known of a download that has begun and is not complete."""
    try:
        return read_json(_note_of(repo))
    except LayerSwarmError:
        return None


def forget_download(repo: str) -> None:
    """The download is complete, or given up."""
    _note_of(repo).unlink(missing_ok=True)


def _note_of(repo: str) -> Path:
    return cache_folder() / "downloads" / f"{storage_of(repo).name}.json"
