"""Models from the Hugging Face Hub, kept in the Hub's own cache that other tools share."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils.tqdm import tqdm as hub_tqdm

from engine.api.errors import BadInput, LayerSwarmError
from engine.models.progress import Report

_WEIGHTS = ["model.safetensors", "model-*-of-*.safetensors"]
_PAPERS = ["README.md", "LICEN[SC]E*", "NOTICE*", "USE_POLICY*"]
_WANTED = ["*.json", "*.jinja", "*.model", "*.tiktoken", "*.txt", *_PAPERS, *_WEIGHTS]
_UNWANTED = ["*/*"]
"""Subfolders hold other forms of the same weights (onnx, openvino, original)."""
_TIMEOUT_SECONDS = 10.0


class HubUnreachable(LayerSwarmError):
    """The Hub did not answer, and the model is not in its cache on this computer."""


def fetch_from_hub(repo: str, revision: str, report: Report, timeout: float = _TIMEOUT_SECONDS) -> Path:
    """Download the safetensors, config and tokenizer of ``repo`` at ``revision``; what is there already is kept.

    Raises:
        BadInput: the repository, or its revision, does not exist, is gated, or holds no safetensors weights.
        HubUnreachable: no answer, and no complete copy in the cache.
    """
    report(f"Asking the Hub for {repo}", 0, 0)
    with _readable_errors(repo, revision):
        try:
            info = HfApi().model_info(repo, revision=revision, files_metadata=True, timeout=timeout)
        except (RepositoryNotFoundError, RevisionNotFoundError, HFValidationError):
            raise
        except Exception:  # no name server, no route, time-out, offline mode, server fault: all mean "not now"
            return _download(repo, revision, None, local_files_only=True)
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or () if _is_wanted(file.rfilename)}
    if not any(name.endswith(".safetensors") for name in sizes):
        raise BadInput(f"{repo} has no safetensors weights; choose a repository that has, or convert it first.")
    downloads = _Downloads(f"Downloading {repo}", sum(sizes.values()), report)
    with _readable_errors(repo, revision):
        return downloads.run(repo, revision)


def _is_wanted(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in _WANTED) and "/" not in name


@contextmanager
def _readable_errors(repo: str, revision: str) -> Iterator[None]:
    """Each way in which the Hub says no, as one sentence with what to do."""
    try:
        yield
    except GatedRepoError:
        raise BadInput(
            f"{repo} is gated: accept its licence on its Hub page, then log in here with 'hf auth login'."
        ) from None
    except RepositoryNotFoundError:
        raise BadInput(f"There is no model {repo} on the Hub, or it is private; check the name, or log in.") from None
    except RevisionNotFoundError:
        raise BadInput(f"{repo} has no revision '{revision}' on the Hub; check the branch, tag or commit.") from None
    except HFValidationError:
        raise BadInput(f"'{repo}' is not a Hub id; one looks like organisation/name.") from None
    except (OfflineModeIsEnabled, LocalEntryNotFoundError):
        raise HubUnreachable(
            f"The Hub cannot be reached and {repo} is not complete in the cache; connect this computer, or copy the "
            "model's folder here and give its path."
        ) from None
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise HubUnreachable(f"The Hub answered with error {status} for {repo}; try again later.") from None


def _download(repo: str, revision: str, bars: type[Any] | None, local_files_only: bool = False) -> Path:
    folder = snapshot_download(
        repo,
        revision=revision,
        allow_patterns=_WANTED,
        ignore_patterns=_UNWANTED,
        tqdm_class=bars,
        local_files_only=local_files_only,
    )
    return Path(folder)


class _Downloads:
    """Runs a download and turns the Hub library's progress bars into reports."""

    def __init__(self, message: str, total: int, report: Report) -> None:
        self._message, self._total, self._report = message, total, report
        self._done = 0.0
        self._stopped: BaseException | None = None
        self._lock = threading.Lock()

    def run(self, repo: str, revision: str) -> Path:
        """Download; an error raised by the report ends the download and comes out as it went in."""
        try:
            return _download(repo, revision, self._bar_class())
        except (GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError, LocalEntryNotFoundError):
            raise
        except Exception as error:
            if self._stopped is not None:
                raise self._stopped from None
            reason = " ".join(str(error).split())[:200]
            raise HubUnreachable(f"The download of {repo} broke off ({reason}); start again to go on.") from error

    def advance(self, size: float) -> None:
        """Count bytes that have arrived; called from the download's threads."""
        with self._lock:
            if self._stopped is None:
                self._done += size
                try:
                    self._report(self._message, min(self._done, self._total), self._total)
                except BaseException as error:
                    self._stopped = error
            if self._stopped is not None:
                raise self._stopped

    def _bar_class(self) -> type[Any]:
        downloads = self

        class ReportingBar(hub_tqdm):
            """Draws nothing; the bar that counts bytes written to disk advances the report."""

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                self._counts = kwargs.get("name") == "huggingface_hub.snapshot_download"
                kwargs["disable"] = True
                super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]

            def update(self, n: float | None = 1) -> bool | None:
                """Pass the new bytes on."""
                if self._counts and n:
                    downloads.advance(n)
                return None

        return ReportingBar
