"""Resumable downloads: large files grow under a stable name in the Hub's cache.

The Hub library deletes an unfinished file. Here partial files are kept, whatever ended the download, and the next
download requests only the rest.
"""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
from filelock import FileLock, Timeout
from huggingface_hub import constants, hf_hub_url
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.utils import (  # type: ignore[attr-defined]
    build_hf_headers,
    get_session,
    hf_raise_for_status,
)
from huggingface_hub.utils.tqdm import tqdm as hub_tqdm

from engine.api.disk import free_disk
from engine.api.errors import LayerSwarmError
from engine.api.message import worded
from engine.models.progress import Report
from engine.sources.hub.errors import breaking_off
from engine.sources.hub.files import HubFile, blob_of, bytes_present, hub_cache, partial_of

LARGE = 2**20
"""Bytes; downloads of files of at least this size can be resumed."""
_CHUNK = 2**18
_AT_ONCE = 4
_RETRIES = 4
_LOCK_SECONDS = 1.0
_SPARE = 100e6
"""Bytes to leave free on the disk."""
_SHA256_DIGITS = 64


class SilentBar(hub_tqdm):
    """A progress bar that draws nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["disable"] = True
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]


class Downloads:
    """Downloads the wanted files of a repository; progress is in bytes and includes those that were present before."""

    def __init__(self, repo: str, files: list[HubFile], report: Report) -> None:
        self._repo, self._files, self._report = repo, files, report
        self._total = sum(file.size for file in files)
        self._done = float(bytes_present(repo, files))
        self._stopped: BaseException | None = None
        self._refused: BaseException | None = None
        self._lock = threading.Lock()

    @property
    def total(self) -> int:
        """Return the bytes of all files."""
        return self._total

    def check_disk(self) -> None:
        """Check before writing that the disk has room for the missing bytes.

        Raises:
            LayerSwarmError: The disk has too little room.
        """
        needed, free = self._total - self._done, free_disk(hub_cache())
        if needed > 0 and needed + _SPARE > free:
            raise LayerSwarmError(
                worded(
                    "{0} needs {1:.1f} GB more, but only {2:.1f} GB are free where the Hub's cache is ({3}); make "
                    "room, or set HF_HOME to another folder.",
                    self._repo,
                    needed / 1e9,
                    free / 1e9,
                    hub_cache(),
                )
            )

    def run(self, commit: str, token: str | None, rest: Callable[[type[Any]], Path]) -> Path:
        """Download the large files, then call ``rest`` for the small ones and to assemble the snapshot.

        An error raised by the report ends the download and is raised unchanged; partial files are kept.

        Args:
            commit: The commit to download.
            token: The Hub token, if any.
            rest: Downloads the remaining files with a class of progress bars, and returns the snapshot's folder.

        Raises:
            HubUnreachable: The connection failed repeatedly.
            LayerSwarmError: A file arrived damaged.
        """
        try:
            with breaking_off(self._repo):
                self._fetch_large(commit, token)
                return rest(self._bar_class())
        except Exception:
            if self._refused is not None:
                raise self._refused from None
            raise

    def advance(self, size: float) -> None:
        """Count received bytes; called from the download threads."""
        with self._lock:
            if self._stopped is None:
                self._done += size
                try:
                    self._report(
                        worded("Downloading {0}", self._repo), min(max(self._done, 0.0), self._total), self._total
                    )
                except BaseException as error:
                    self._stopped = self._refused = error
            if self._stopped is not None:
                raise self._stopped

    def _fetch_large(self, commit: str, token: str | None) -> None:
        large = [file for file in self._files if file.size >= LARGE and file.blob]
        missing = [file for file in large if not blob_of(self._repo, file).is_file()]
        headers = build_hf_headers(token=token)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for done in [pool.submit(self._fetch, file, commit, headers) for file in missing]:
                done.result()

    def _fetch(self, file: HubFile, commit: str, headers: dict[str, str]) -> None:
        """Download one file into the cache; an error here also ends the other files of the repository."""
        try:
            with self._alone_with(file):
                blob, partial = blob_of(self._repo, file), partial_of(self._repo, file)
                if not blob.is_file():
                    blob.parent.mkdir(parents=True, exist_ok=True)
                    url = hf_hub_url(self._repo, file.name, revision=commit)
                    _Transfer(url, headers, partial, file.size, self.advance).run()
                    _check_content(partial, file)
                    os.replace(partial, blob)
        except BaseException as error:
            with self._lock:
                self._stopped = self._stopped or error
            raise

    @contextmanager
    def _alone_with(self, file: HubFile) -> Iterator[None]:
        """Hold the lock that the Hub library takes for the same content, so that no two downloads write one file."""
        path = hub_cache() / ".locks" / blob_of(self._repo, file).parents[1].name / f"{file.blob}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        while not lock.is_locked:
            with suppress(Timeout):
                lock.acquire(timeout=_LOCK_SECONDS)
            self.advance(0)  # raises if the user has requested a stop
        try:
            yield
        finally:
            lock.release()

    def _bar_class(self) -> type[Any]:
        downloads = self

        class ReportingBar(SilentBar):
            """A progress bar that reports the bytes written to disk."""

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                self._counts = kwargs.get("name") == "huggingface_hub.snapshot_download"
                super().__init__(*args, **kwargs)

            def update(self, n: float | None = 1) -> bool | None:
                """Report the new bytes."""
                if self._counts and n:
                    downloads.advance(n)
                return None

        return ReportingBar


class _Transfer:
    """The transfer of one file, resumed after each break as long as bytes arrive in between."""

    def __init__(
        self, url: str, headers: dict[str, str], partial: Path, size: int, advance: Callable[[float], None]
    ) -> None:
        self._url, self._headers, self._partial, self._size = url, headers, partial, size
        self._advance = advance

    def run(self) -> None:
        """Write until the file is complete.

        Raises:
            httpx2.HTTPError: The connection failed several times in a row.
        """
        failures = 0
        while (before := self._written()) < self._size:
            try:
                self._receive(before)
            except HfHubHTTPError:
                raise
            except httpx2.TransportError:
                failures = 0 if self._written() > before else failures + 1
                if failures > _RETRIES:
                    raise
                self._wait(min(2.0**failures, 8.0))

    def _written(self) -> int:
        """Return the bytes on disk; a file larger than expected is a different one and is deleted."""
        written = self._partial.stat().st_size if self._partial.is_file() else 0
        if written > self._size:
            self._partial.unlink()
            self._advance(-written)
            return 0
        return written

    def _receive(self, start: int) -> None:
        headers = {**self._headers, "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        timeout = constants.HF_HUB_DOWNLOAD_TIMEOUT
        with get_session().stream("GET", self._url, headers=headers, follow_redirects=True, timeout=timeout) as answer:
            hf_raise_for_status(answer)
            if start and answer.status_code != 206:  # a server without range support sends the whole file
                self._advance(-start)
                start = 0
            with self._partial.open("ab" if start else "wb") as file:
                for chunk in answer.iter_bytes(_CHUNK):
                    file.write(chunk)
                    file.flush()  # so that a killed process leaves the received bytes
                    self._advance(len(chunk))

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._advance(0)  # raises if the user has requested a stop
            time.sleep(0.1)


def _check_content(partial: Path, file: HubFile) -> None:
    """Check the digest of a file that may have been downloaded in several parts, and delete it if it is wrong.

    Raises:
        LayerSwarmError: The digest is wrong.
    """
    if len(file.blob) != _SHA256_DIGITS:
        return
    with partial.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() == file.blob:
            return
    partial.unlink()
    raise LayerSwarmError(worded("{0} arrived damaged and was deleted; start the download again.", file.name))
