"""A Hub on this computer, with one repository: enough of its protocol for a real download by the real library."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def local_hub(repo: str, folder: Path) -> Iterator[str]:
    """Serve ``folder`` as the repository ``repo``; gives the Hub's address."""
    handler = type("Handler", (_Handler,), {"repo": repo, "folder": folder})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    repo: str
    folder: Path

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == f"/api/models/{self.repo}/revision/main":
            files = [{"rfilename": name, "size": size} for name, size in self._sizes().items()]
            self._answer_json({"id": self.repo, "sha": COMMIT, "siblings": files, "tags": [], "private": False})
        elif path == f"/api/models/{self.repo}/tree/{COMMIT}":
            entries = [
                {"type": "file", "path": name, "size": size, "oid": self._digest(name)}
                for name, size in self._sizes().items()
            ]
            self._answer_json(entries)
        else:
            self._answer_file(path.removeprefix(f"/{self.repo}/resolve/{COMMIT}/"), body=True)

    def do_HEAD(self) -> None:
        self._answer_file(urlsplit(self.path).path.removeprefix(f"/{self.repo}/resolve/{COMMIT}/"), body=False)

    def _answer_json(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer_file(self, name: str, body: bool) -> None:
        if name not in self._sizes():
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound" if "/api/" in self.path else "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = (self.folder / name).read_bytes()
        self.send_response(200)
        self.send_header("ETag", f'"{self._digest(name)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def _sizes(self) -> dict[str, int]:
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        return {file.relative_to(self.folder).as_posix(): file.stat().st_size for file in files}

    def _digest(self, name: str) -> str:
        return hashlib.sha1((self.folder / name).read_bytes()).hexdigest()

    def log_message(self, *_args: object) -> None:
        """Nothing on the terminal."""
