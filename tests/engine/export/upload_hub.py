"""A Hub on this computer that takes uploads: enough of its protocol for the real library to make a repository."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TOKEN, READER = "hf_writer", "hf_reader"
OWNER = "me"


class UploadHub:
    """What has arrived, by repository and file."""

    def __init__(self) -> None:
        self.address = ""
        self.files: dict[str, dict[str, bytes]] = {}
        self.private: dict[str, bool] = {}


@contextmanager
def upload_hub() -> Iterator[UploadHub]:
    """Serve until the end of the block."""
    hub = UploadHub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: UploadHub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if self.path == "/api/validate-yaml":
            self._answer(200, {"errors": [], "warnings": []})
        elif token not in (TOKEN, READER):
            self._answer(401, {"error": "Invalid username or password."})
        elif self.path == "/api/repos/create":
            self._create(json.loads(body), token)
        elif self.path.endswith("/preupload/main"):
            files = [
                {"path": file["path"], "uploadMode": "regular", "shouldIgnore": False, "oid": None}
                for file in json.loads(body)["files"]
            ]
            self._answer(200, {"files": files})
        else:
            self._commit(body)

    def do_GET(self) -> None:
        repo = self.path.removeprefix("/api/models/").partition("?")[0]
        known = self.hub.files.get(repo)
        if known is None:
            self._answer(404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"})
        else:
            self._answer(
                200, {"id": repo, "sha": COMMIT, "siblings": [], "private": self.hub.private[repo], "tags": []}
            )

    def _create(self, wish: dict[str, Any], token: str) -> None:
        owner = wish.get("organization") or OWNER
        repo = f"{owner}/{wish['name']}"
        if owner == "nowhere":
            self._answer(404, {"error": "This organization does not exist"})
        elif token == READER or owner != OWNER:
            self._answer(403, {"error": f"You don't have the rights to create a model under the namespace {owner}"})
        elif repo in self.hub.files:
            self._answer(409, {"error": "You already created this model repo", "url": f"{self.hub.address}/{repo}"})
        else:
            self.hub.files[repo] = {}
            self.hub.private[repo] = wish.get("visibility") == "private"
            self._answer(200, {"url": f"{self.hub.address}/{repo}", "id": repo, "name": repo})

    def _commit(self, body: bytes) -> None:
        repo = self.path.removeprefix("/api/models/").partition("/commit/")[0]
        for line in map(json.loads, body.splitlines()):
            if line["key"] == "file":
                self.hub.files[repo][line["value"]["path"]] = base64.b64decode(line["value"]["content"])
        address = f"{self.hub.address}/{repo}/commit/{COMMIT}"
        self._answer(200, {"success": True, "commitOid": COMMIT, "commitUrl": address})

    def _answer(self, status: int, content: object, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        said = content.get("error") if isinstance(content, dict) else None
        more = {"X-Error-Message": said} if isinstance(said, str) else {}
        for name, value in {"Content-Type": "application/json", **(headers or {}), **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing on the terminal."""
