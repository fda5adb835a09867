"""A keyring in a file instead of the system's: ``PYTHON_KEYRING_BACKEND=tests.engine.file_keyring.FileKeyring``."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Stores passwords in the file that the environment variable ``FILE_KEYRING`` names."""

    priority = -1  # type: ignore[assignment]  # never chosen by itself, only where it is named

    @property
    def _file(self) -> Path:
        return Path(os.environ["FILE_KEYRING"])

    def _content(self) -> dict[str, str]:
        content: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        return content

    def get_password(self, service: str, username: str) -> str | None:
        """Return the stored password, or None."""
        return self._content().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store a password."""
        self._file.write_text(json.dumps({**self._content(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        """Delete a password."""
        content = self._content()
        if content.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("no such password")
        self._file.write_text(json.dumps(content))
