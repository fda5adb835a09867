"""What the window remembers between starts: theme, recent projects and models, its geometry."""

import hashlib
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSettings

from engine.api.locations import config_folder
from gui.look.theme import ThemeChoice
from gui.words.translation import LanguageChoice

_RECENT_KEPT = 8


class Preferences:
    """An INI file in the user's configuration folder."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "window.ini"
        self._store = QSettings(str(self.path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        """The chosen colour scheme."""
        value = str(self._store.value("theme", "system"))
        return cast(ThemeChoice, value) if value in ("light", "dark") else "system"

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice)

    @property
    def geometry(self) -> QByteArray:
        """The main window's geometry; empty at the first start."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def language(self) -> LanguageChoice:
        """The chosen language of the window."""
        value = str(self._store.value("language", "system"))
        return cast(LanguageChoice, value) if value in ("en", "de") else "system"

    @language.setter
    def language(self, choice: LanguageChoice) -> None:
        self._store.setValue("language", choice)

    @property
    def docks(self) -> QByteArray:
        """Positions and visibility of the docks; empty at the first start."""
        value = self._store.value("docks")
        return value if isinstance(value, QByteArray) else QByteArray()

    @docks.setter
    def docks(self, value: QByteArray) -> None:
        self._store.setValue("docks", value)

    def page_of(self, folder: Path) -> str:
        """Return the page that was open when this project was closed, or an empty string."""
        return str(self._store.value(f"page/{_key_of(folder)}", ""))

    def remember_page(self, folder: Path, key: str) -> None:
        """Remember the page that is open."""
        self._store.setValue(f"page/{_key_of(folder)}", key)

    def recent_projects(self) -> list[Path]:
        """Return the recent project folders, latest first; some of them may have been moved since."""
        return [Path(path) for path in self._list("recent_projects")]

    def recent_models(self) -> list[str]:
        """Return the recent model sources, latest first."""
        return self._list("recent_models")

    def remember_project(self, folder: Path) -> None:
        """Put a project at the head of the list."""
        self._remember("recent_projects", str(folder.absolute()))

    def forget_project(self, folder: Path) -> None:
        """Take a project off the list."""
        others = [each for each in self._list("recent_projects") if Path(each) != folder]
        self._store.setValue("recent_projects", others)

    def remember_model(self, source: str) -> None:
        """Put a model source at the head of the list."""
        self._remember("recent_models", source)

    def _list(self, key: str) -> list[str]:
        value = self._store.value(key, [])
        return [value] if isinstance(value, str) else [str(item) for item in cast(list[object], value or [])]

    def _remember(self, key: str, item: str) -> None:
        others = [other for other in self._list(key) if other != item]
        self._store.setValue(key, [item, *others][:_RECENT_KEPT])

    def save(self) -> None:
        """Write to disk now."""
        self._store.sync()


def _key_of(folder: Path) -> str:
    """Return a path as a key of an INI file, in which slashes would create groups."""
    return hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:12]
