"""Download a model from the Hugging Face Hub into the Hub's own cache, which other tools share."""

import glob
from pathlib import Path
from typing import Any

from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.errors import (
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.hf_api import ModelInfo

from engine.api.hub_parts import sweep_parts
from engine.api.message import worded
from engine.api.offline import offline_words
from engine.api.socket_guard import is_offline
from engine.models.companion_files import UNWANTED
from engine.models.progress import Report
from engine.sources.hub.download import Downloads, SilentBar
from engine.sources.hub.errors import HubUnreachable, breaking_off, readable_errors, refusal_of
from engine.sources.hub.files import (
    bytes_present,
    forget_download,
    is_whole,
    note_download,
    storage_of,
    wanted_files,
)
from engine.sources.hub.token import kept_token
from engine.sources.hub.weight_files import wanted_weights

_TIMEOUT_SECONDS = 10.0
_NEEDED_OFFLINE = ["*.json", "*.jinja", "*.model", "*.tiktoken", "*.txt"]
"""Files that a cached snapshot must have beside its weights if the cache lists the repository's files."""


def fetch_from_hub(
    repo: str, revision: str, report: Report, timeout: float = _TIMEOUT_SECONDS, token: str | None = None
) -> Path:
    """Download the safetensors, config and tokenizer of a model, except for files that are in the cache already.

    Args:
        repo: The repository's id.
        revision: A branch, tag or commit.
        report: Called with the progress; an error that it raises stops the download.
        timeout: Seconds to wait for the Hub's first answer.
        token: The Hub token for this download; without one, the stored token is used for closed repositories.

    Returns:
        The folder of the snapshot.

    Raises:
        BadInput: The repository or its revision does not exist, is gated, or holds no safetensors weights.
        HubUnreachable: The Hub does not answer, and the cache holds no complete copy.
        LayerSwarmError: The disk has too little room.
    """
    if is_offline():
        return _cached_only(repo, revision)
    sweep_parts(storage_of(repo))
    report(worded("Asking the Hub for {0}", repo), 0, 0)
    with readable_errors(repo, revision):
        try:
            info, token = _ask(repo, revision, timeout, token)
        except (RepositoryNotFoundError, RevisionNotFoundError, HFValidationError):
            raise
        except Exception as error:  # no DNS, no route, time-out, offline mode, server error: all mean "not now"
            if isinstance(error, HfHubHTTPError) and error.response.status_code == 401:
                raise refusal_of(repo, error) from None
            return _cached(repo, revision)
    commit = info.sha or revision
    with readable_errors(repo, revision), breaking_off(repo):
        files = wanted_files(info, _weights_of(repo, info, commit, token))
    downloads = Downloads(repo, files, report)
    downloads.check_disk()
    if bytes_present(repo, files) < downloads.total:
        note_download(repo, revision, downloads.total)
    names = [file.name for file in files]
    with readable_errors(repo, revision):
        folder = downloads.run(commit, token, lambda bars: _download(repo, revision, names, bars, token))
    forget_download(repo)
    return folder


def _cached_only(repo: str, revision: str) -> Path:
    """Return the snapshot in the cache, without asking the Hub.

    Raises:
        HubUnreachable: There is none, or it is incomplete.
    """
    try:
        with readable_errors(repo, revision):
            return _cached(repo, revision)
    except HubUnreachable:
        words = offline_words(
            worded("{0} is not complete in the cache", repo), worded("copy the model's folder here and give its path")
        )
        raise HubUnreachable(words) from None


def _weights_of(repo: str, info: ModelInfo, commit: str, token: str | None) -> list[str]:
    """Return the names of the weight files, taken from config and index.

    These two are downloaded first, by commit: the cache's reference for the branch must keep naming the previous,
    complete snapshot until the new one is complete.
    """

    def fetch(name: str) -> Path:
        return _download(repo, commit, [name], SilentBar, token) / name

    return wanted_weights(repo, {file.rfilename for file in info.siblings or ()}, fetch)


def _ask(repo: str, revision: str, timeout: float, token: str | None) -> tuple[ModelInfo, str | None]:
    """Return the repository's info and the token for it; the stored token is used only if it is needed."""
    try:
        info = HfApi().model_info(repo, revision=revision, files_metadata=True, timeout=timeout, token=token)
    except RepositoryNotFoundError:
        token = None if token else kept_token()
        if token is None:
            raise
        return HfApi().model_info(repo, revision=revision, files_metadata=True, timeout=timeout, token=token), token
    return info, (token or kept_token()) if info.gated else token


def _download(repo: str, revision: str, names: list[str], bars: type[Any], token: str | None) -> Path:
    """Download the files ``names`` and return the snapshot's folder."""
    patterns = [glob.escape(name) for name in names]
    folder = snapshot_download(repo, revision=revision, allow_patterns=patterns, tqdm_class=bars, token=token or None)
    return Path(folder)


def _cached(repo: str, revision: str) -> Path:
    """Return the snapshot in the cache.

    Raises:
        LocalEntryNotFoundError: There is none, or it is incomplete.
    """
    folder = Path(
        snapshot_download(
            repo,
            revision=revision,
            allow_patterns=_NEEDED_OFFLINE,
            ignore_patterns=[*UNWANTED, "*/*"],
            local_files_only=True,
        )
    )
    if not is_whole(folder):
        raise LocalEntryNotFoundError(f"{folder} is not whole.")
    return folder
