"""Models from the Hugging Face Hub, kept in the Hub's own cache that other tools share."""

from pathlib import Path
from typing import Any

from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, RepositoryNotFoundError, RevisionNotFoundError
from huggingface_hub.hf_api import ModelInfo

from engine.api.errors import BadInput
from engine.models.hub_download import Downloads
from engine.models.hub_errors import HubUnreachable as HubUnreachable
from engine.models.hub_errors import readable_errors, refusal_of
from engine.models.hub_files import UNWANTED, WANTED, bytes_present, forget_download, note_download, wanted_files
from engine.models.hub_token import kept_token
from engine.models.progress import Report

_TIMEOUT_SECONDS = 10.0


def fetch_from_hub(
    repo: str, revision: str, report: Report, timeout: float = _TIMEOUT_SECONDS, token: str | None = None
) -> Path:
    """Download the safetensors, config and tokenizer of ``repo`` at ``revision``; what is there already is kept.

    ``token`` is for this download; without it the kept one opens what is closed otherwise.

    Raises:
        BadInput: the repository, or its revision, does not exist, is gated, or holds no safetensors weights.
        HubUnreachable: no answer, and no complete copy in the cache.
        LayerSwarmError: the disk has too little room.
    """
    report(f"Asking the Hub for {repo}", 0, 0)
    with readable_errors(repo, revision):
        try:
            info, token = _ask(repo, revision, timeout, token)
        except (RepositoryNotFoundError, RevisionNotFoundError, HFValidationError):
            raise
        except Exception as error:  # no name server, no route, time-out, offline mode, server fault: all mean "not now"
            if isinstance(error, HfHubHTTPError) and error.response.status_code == 401:
                raise refusal_of(repo, error) from None
            return _download(repo, revision, None, local_files_only=True)
    files = wanted_files(info)
    if not any(file.name.endswith(".safetensors") for file in files):
        raise BadInput(f"{repo} has no safetensors weights; choose a repository that has, or convert it first.")
    downloads = Downloads(repo, files, report)
    downloads.check_disk()
    if bytes_present(repo, files) < downloads.total:
        note_download(repo, revision, downloads.total)
    with readable_errors(repo, revision):
        folder = downloads.run(
            info.sha or revision, token, lambda bars: _download(repo, revision, bars, token=token or None)
        )
    forget_download(repo)
    return folder


def _ask(repo: str, revision: str, timeout: float, token: str | None) -> tuple[ModelInfo, str | None]:
    """What the Hub says of a repository, and the token that opens it: the kept one only where it is needed."""
    try:
        info = HfApi().model_info(repo, revision=revision, files_metadata=True, timeout=timeout, token=token)
    except RepositoryNotFoundError:
        token = None if token else kept_token()
        if token is None:
            raise
        return HfApi().model_info(repo, revision=revision, files_metadata=True, timeout=timeout, token=token), token
    return info, (token or kept_token()) if info.gated else token


def _download(
    repo: str, revision: str, bars: type[Any] | None, local_files_only: bool = False, token: str | None = None
) -> Path:
    folder = snapshot_download(
        repo,
        revision=revision,
        allow_patterns=WANTED,
        ignore_patterns=UNWANTED,
        tqdm_class=bars,
        local_files_only=local_files_only,
        token=token,
    )
    return Path(folder)
