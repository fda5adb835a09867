"""A local Hub that serves a folder with enough of the protocol for the real library to search and download.

``root/organisation/name/`` is a repository. A file ``.hub.json`` in it holds its other metadata: ``downloads``,
``likes``, ``lastModified``, ``tags``, ``safetensors``, ``config``, and ``gated`` (``"auto"`` or ``"manual"``).
``TOKENS`` lists what each token gives access to.
"""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from huggingface_hub import constants

import tests.engine.sources.without_back_off  # noqa: F401

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = 2**20
"""Bytes; files of at least this size are stored like the real Hub's large ones, named by their SHA-256."""
TOKENS = {"hf_let_in": "let in", "hf_new": "never asked", "hf_waiting": "waiting", "hf_narrow": "narrow"}
_REFUSALS = {
    "never asked": "Access to model {0} is restricted and you are not in the authorized list. Visit {0} to ask for "
    "access.",
    "waiting": "Your request to access model {0} is awaiting a review from the repo authors.",
    "narrow": "Please enable access to public gated repositories in your fine-grained token settings to view this "
    "repository.",
}
_BLOCK = 2**16


class LocalHub:
    """A running local Hub, whose failures tests can switch on and off."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.address = ""
        self.error: int | None = None
        """Status of every response."""
        self.break_after: int | None = None
        """Bytes of a file after which the connection breaks, once per request."""
        self.seconds_per_block = 0.0
        """Seconds of delay per 64 KiB of file content."""
        self.knows_ranges = True
        self.requests: list[tuple[str, str, str]] = []
        """(method, path, Range header) of every request."""

    def repos(self) -> list[str]:
        """Return every repository, as ``organisation/name``."""
        return sorted(f"{folder.parent.name}/{folder.name}" for folder in self.root.glob("*/*") if folder.is_dir())

    def files(self, repo: str) -> dict[str, int]:
        """Return the files of a repository with their sizes."""
        folder = self.root / repo
        found = [file for file in folder.rglob("*") if file.is_file() and file.name != ".hub.json"]
        return {file.relative_to(folder).as_posix(): file.stat().st_size for file in found}

    def digest(self, repo: str, name: str) -> str:
        """Return the SHA-256 of a large file, or the SHA-1 of a small one."""
        kind = "sha256" if (self.root / repo / name).stat().st_size >= LARGE else "sha1"
        with (self.root / repo / name).open("rb") as file:
            return hashlib.file_digest(file, kind).hexdigest()

    def card(self, repo: str) -> dict[str, Any]:
        """Return the Hub's description of a repository."""
        stated = self.root / repo / ".hub.json"
        known = json.loads(stated.read_text()) if stated.is_file() else {}
        return {"id": repo, "sha": COMMIT, "private": False, "tags": ["safetensors"], **known}

    def asked_for(self, name: str) -> list[str]:
        """Return the Range headers of all requests for the content of a file."""
        return [asked for method, path, asked in self.requests if method == "GET" and path.endswith(f"/{name}")]


@contextmanager
def only_hub(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    """Serve the repositories below ``root`` as the only Hub of this process."""
    with serve(root) as hub, monkeypatch.context() as patch:
        template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, hub.address)
        patch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        patch.setattr(constants, "ENDPOINT", hub.address)
        yield hub


@contextmanager
def serve(root: Path) -> Iterator[LocalHub]:
    """Serve the repositories below ``root``."""
    hub = LocalHub(root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def hub_environment(hub: LocalHub, tmp_path: Path) -> dict[str, str]:
    """Return environment variables for a process that uses only this Hub, its own caches and no keyring."""
    return {
        "HF_ENDPOINT": hub.address,
        "HF_HOME": str(tmp_path / "hf"),
        "HF_HUB_CACHE": str(tmp_path / "hf" / "hub"),
        "HF_TOKEN_PATH": str(tmp_path / "hf" / "token"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "LAYERSWARM_CACHE": str(tmp_path / "cache"),
        "OLLAMA_MODELS": str(tmp_path / "ollama"),
        "HOME": str(tmp_path),  # where LM Studio keeps its models
        "USERPROFILE": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


class _Handler(BaseHTTPRequestHandler):
    hub: LocalHub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._note()
        url = urlsplit(self.path)
        if self.hub.error is not None:
            self._answer(self.hub.error, b"")
        elif url.path == "/api/models":
            self._search(parse_qs(url.query))
        elif url.path == "/api/whoami-v2":
            self._whoami()
        elif url.path.startswith("/api/models/"):
            self._repository(url.path.removeprefix("/api/models/"))
        else:
            self._file(url.path, body=True)

    def do_HEAD(self) -> None:
        self._note()
        if self.hub.error is not None:
            self._answer(self.hub.error, b"")
        else:
            self._file(urlsplit(self.path).path, body=False)

    def _note(self) -> None:
        self.hub.requests.append((self.command, urlsplit(self.path).path, self.headers.get("Range", "")))

    def _search(self, query: dict[str, list[str]]) -> None:
        words = query.get("search", [""])[0].lower()
        found = [self.hub.card(repo) for repo in self.hub.repos() if words in repo.lower()]
        key = query.get("sort", ["downloads"])[0]
        found.sort(key=lambda card: card.get(key, 0), reverse=True)
        self._answer_json(found[: int(query.get("limit", ["100"])[0])])

    def _whoami(self) -> None:
        if self._token() in TOKENS:
            self._answer_json({"type": "user", "name": "somebody", "auth": {"accessToken": {"role": "read"}}})
        else:
            self._answer(401, b"", {"X-Error-Message": "Invalid credentials in Authorization header"})

    def _repository(self, path: str) -> None:
        repo, _, rest = path.partition("/revision/") if "/revision/" in path else path.partition("/tree/")
        if repo not in self.hub.repos():
            self._answer(404, b"", {"X-Error-Code": "RepoNotFound"})
        elif rest not in ("main", COMMIT):
            self._answer(404, b"", {"X-Error-Code": "RevisionNotFound"})
        elif "/tree/" in path:
            self._answer_json([self._entry(repo, name, size) for name, size in self.hub.files(repo).items()])
        else:
            siblings = [self._sibling(repo, name, size) for name, size in self.hub.files(repo).items()]
            self._answer_json({**self.hub.card(repo), "siblings": siblings})

    def _entry(self, repo: str, name: str, size: int) -> dict[str, Any]:
        digest = self.hub.digest(repo, name)
        entry: dict[str, Any] = {"type": "file", "path": name, "size": size, "oid": digest}
        return {**entry, "lfs": {"oid": digest, "size": size, "pointerSize": 134}} if size >= LARGE else entry

    def _sibling(self, repo: str, name: str, size: int) -> dict[str, Any]:
        digest = self.hub.digest(repo, name)
        sibling: dict[str, Any] = {"rfilename": name, "size": size, "blobId": digest}
        return {**sibling, "lfs": {"sha256": digest, "size": size, "pointerSize": 134}} if size >= LARGE else sibling

    def _file(self, path: str, body: bool) -> None:
        repo, _, name = unquote(path).lstrip("/").partition(f"/resolve/{COMMIT}/")
        if repo not in self.hub.repos():
            self._answer(404, b"", {"X-Error-Code": "RepoNotFound"})
        elif not self._is_let_in(repo):
            self._refuse(repo)
        elif name not in self.hub.files(repo):
            self._answer(404, b"", {"X-Error-Code": "EntryNotFound"})
        else:
            self._send_file(repo, name, body)

    def _token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _is_let_in(self, repo: str) -> bool:
        return not self.hub.card(repo).get("gated") or TOKENS.get(self._token()) == "let in"

    def _refuse(self, repo: str) -> None:
        account = TOKENS.get(self._token())
        restricted = "Access to model {0} is restricted. You must be authenticated to access it."
        said = _REFUSALS[account] if account else restricted
        headers = {"X-Error-Code": "GatedRepo", "X-Error-Message": said.format(repo)}
        self._answer(403 if account else 401, b"", headers)

    def _send_file(self, repo: str, name: str, body: bool) -> None:
        size = self.hub.files(repo)[name]
        start = self._start() if body else 0
        headers = {"ETag": f'"{self.hub.digest(repo, name)}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
        self.send_response(206 if start else 200)
        for key, value in {**headers, "Content-Length": str(size - start)}.items():
            self.send_header(key, value)
        self.end_headers()
        if body:
            self._send_content(self.hub.root / repo / name, start)

    def _start(self) -> int:
        asked = self.headers.get("Range", "")
        return int(asked.removeprefix("bytes=").partition("-")[0]) if asked and self.hub.knows_ranges else 0

    def _send_content(self, file: Path, start: int) -> None:
        sent = 0
        with file.open("rb") as stream:
            stream.seek(start)
            while block := stream.read(_BLOCK):
                if self.hub.break_after is not None and sent >= self.hub.break_after:
                    self.close_connection = True
                    return
                try:
                    self.wfile.write(block)
                except OSError:  # the client has disconnected
                    self.close_connection = True
                    return
                sent += len(block)
                time.sleep(self.hub.seconds_per_block)

    def _answer_json(self, content: object) -> None:
        self._answer(200, json.dumps(content).encode(), {"Content-Type": "application/json"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Print nothing."""
