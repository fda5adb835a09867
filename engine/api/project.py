"""Projects: folders with settings in ``project.layerswarm``, and runs and exports beside it."""

import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from engine.api.algorithms import search_algorithm
from engine.api.editing import settings_from
from engine.api.errors import WITHOUT_A_FILE, BadInput, check_unicode
from engine.api.events import AnyEvent
from engine.api.files import write_atomically
from engine.api.journal import read_journal
from engine.api.leftovers import sweep
from engine.api.message import worded
from engine.api.owners import owned_name
from engine.api.paths_in_settings import located, portable
from engine.api.project_copy import copy_project
from engine.api.project_file import merged, pretty, read_project_file
from engine.api.settings import (
    DeviceSettings,
    EdgeSettings,
    ExportSettings,
    RecoverySettings,
    SavingsSettings,
    Settings,
)
from engine.api.system_errors import system_words

PROJECT_FILE = "project.layerswarm"
_RUNS = "runs"
FORMAT_VERSION = 1


class Run:
    """One run of a project: ``runs/0001-pso`` with its settings, journal, checkpoints and results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """Name of the run, such as ``0001-pso``."""
        return self.folder.name

    @property
    def journal_path(self) -> Path:
        """Path of the run's journal."""
        return self.folder / "events.jsonl"

    @property
    def settings(self) -> Settings:
        """The settings that the run was started with.

        Raises:
            BadInput: Their file is damaged.
        """
        path = self.folder / "settings.json"
        tree = read_project_file(path, WITHOUT_A_FILE)
        try:
            return _settings_in(tree, self.folder.parent.parent)
        except BadInput as error:
            raise BadInput(worded("{0} cannot be used; {1}. {2}", path, WITHOUT_A_FILE, error.sentence)) from None

    @property
    def known_settings(self) -> Settings | None:
        """The settings that the run was started with; None where this version cannot read them."""
        try:
            return self.settings
        except BadInput:
            return None

    def events(self) -> list[AnyEvent]:
        """Return all events of the run's journal."""
        return list(read_journal(self.journal_path))

    def discard(self) -> None:
        """Delete the run and everything in its folder."""
        # Hide the folder in one step, so that a kill during the deletion leaves no incomplete run.
        out_of_sight = self.folder.with_name(owned_name())
        try:
            self.folder.rename(out_of_sight)
        except OSError:  # on Windows, while a file in it is open
            out_of_sight = self.folder
        shutil.rmtree(out_of_sight)


class Project:
    """An open project folder.

    ``read_only`` is true where a newer version of LayerSwarm wrote the file; such a project cannot be changed.
    """

    def __init__(self, folder: Path, content: dict[str, Any]) -> None:
        check_unicode(str(folder.absolute()))  # events name it
        self.folder = folder
        self._content = content
        version = content.get("format")
        if not isinstance(version, int) or isinstance(version, bool):
            raise BadInput(worded("{0} is not a LayerSwarm project: it has no format version.", folder / PROJECT_FILE))
        self.read_only = version > FORMAT_VERSION
        try:
            self._settings = _settings_in(content.get("settings", {}), folder)
        except BadInput as error:
            newer = (
                worded(" It was written by a newer LayerSwarm (format {0}): update it.", version)
                if self.read_only
                else ""
            )
            raise BadInput(worded("{0} cannot be used. {1}{2}", folder / PROJECT_FILE, error.sentence, newer)) from None

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.folder.name

    @property
    def settings(self) -> Settings:
        """The project's current settings."""
        return self._settings

    @classmethod
    def create(cls, folder: Path, settings: Settings) -> "Project":
        """Create a project.

        Raises:
            BadInput: The folder is not empty, cannot be written, or has a name that is not Unicode.
        """
        if (folder / PROJECT_FILE).exists():
            raise BadInput(worded("{0} is already a LayerSwarm project; open it, or choose another folder.", folder))
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(worded("{0} is not an empty folder; choose a new or empty one for the project.", folder))
        project = cls(folder, {"format": FORMAT_VERSION, "settings": {}})
        try:
            project.save(settings)
        except OSError as error:
            raise BadInput(
                worded("{0} cannot be written ({1}); choose another folder.", folder, system_words(error))
            ) from None
        return project

    @classmethod
    def open(cls, path: Path) -> "Project":
        """Open a project by its folder or its ``project.layerswarm``.

        Raises:
            BadInput: There is no project, its file is damaged, or its path is not Unicode, as events must be.
        """
        file = path / PROJECT_FILE if path.is_dir() else path
        if not file.is_file():
            raise BadInput(worded("There is no LayerSwarm project at {0}; make one with 'layerswarm new'.", path))
        content = read_project_file(file)
        if not isinstance(content, dict):
            raise BadInput(worded("{0} is not a LayerSwarm project file.", file))
        return cls(file.parent, content)

    def save(self, settings: Settings) -> None:
        """Write the settings, keeping keys that this version does not know.

        Raises:
            BadInput: A newer version of LayerSwarm wrote the project.
        """
        self.check_writable()
        content = merged(self._content, {"settings": _written(settings, self.folder)})
        write_atomically(self.folder / PROJECT_FILE, pretty(content))
        self._content, self._settings = content, _settings_in(content["settings"], self.folder)

    def save_as(self, folder: Path) -> "Project":
        """Copy the whole project, without temporary files, to a new or empty folder and return the copy.

        Raises:
            BadInput: The folder is not empty, lies inside the project, or cannot be written.
        """
        copy_project(self.folder, folder)
        return Project.open(folder)

    def runs(self) -> list[Run]:
        """Return all runs, oldest first."""
        return self.runs_of(self.folder)

    @staticmethod
    def runs_of(folder: Path) -> list[Run]:
        """Return all runs in a project's folder, oldest first."""
        return _runs_in(folder / _RUNS)

    def run_folder(self, name: str) -> Path:
        """Return the folder that a run of this name has, whether there is one or not."""
        return self.folder / _RUNS / name

    def run(self, name: str) -> Run:
        """Return a run by its name.

        Raises:
            BadInput: There is no such run.
        """
        for run in self.runs():
            if run.name == name:
                return run
        raise BadInput(worded("{0} has no run '{1}'.", self.folder, name))

    def new_run(self) -> Run:
        """Start the next numbered run with the current settings.

        Raises:
            BadInput: a newer version of LayerSwarm wrote the project, or its search algorithm is not installed.
        """
        search_algorithm(self.settings.search.algorithm)
        return self._begin(self.folder / _RUNS, f"-{self.settings.search.algorithm}")

    def comparisons(self) -> list[Run]:
        """Return all comparisons of searches, oldest first; each is stored like a run."""
        return _runs_in(self.folder / "comparisons")

    def new_comparison(self) -> Run:
        """Start the next numbered comparison with the current settings.

        Raises:
            BadInput: A newer version of LayerSwarm wrote the project.
        """
        return self._begin(self.folder / "comparisons")

    def exports_folder(self) -> Path:
        """Return the default folder for exports."""
        return self.folder / "exports"

    def _begin(self, place: Path, ending: str = "") -> Run:
        """Create the next numbered run in ``place`` with the current settings."""
        self.check_writable()
        sweep(place)  # a killed deletion
        for path in place.glob("[0-9]*"):
            with suppress(OSError):
                path.rmdir()  # an empty one: its settings could not be written, or the engine was killed before
        # Count all folders, not runs alone: a folder without settings may still hold a journal.
        numbers = [int(match[0]) for path in place.glob("*") if (match := re.match(r"\d+", path.name))]
        folder = place / f"{max(numbers, default=0) + 1:04d}{ending}"
        write_atomically(folder / "settings.json", pretty(_written(self.settings, self.folder)))
        return Run(folder)

    def check_writable(self) -> None:
        """Check that this version may change the project.

        Raises:
            BadInput: A newer LayerSwarm has written it.
        """
        if self.read_only:
            raise BadInput(
                worded(
                    "{0} was written by a newer LayerSwarm (format {1}); it opens read-only here - update LayerSwarm "
                    "to change it.",
                    self.folder,
                    self._content["format"],
                )
            )


def result_settings(settings: Settings) -> Settings:
    """Return the settings that affect a run's result, leaving out export, device and price settings.

    Those of the device and of the recovery that change memory and speed alone are left out too.

    A run resumes, instead of another being started, as long as these are equal.
    """
    recovery = settings.recovery.with_memory_of(RecoverySettings())
    device = settings.device.with_memory_of(DeviceSettings())
    return msgspec.structs.replace(
        settings,
        device=device,
        recovery=recovery,
        export=ExportSettings(),
        edge=EdgeSettings(),
        savings=SavingsSettings(),
    )


def _settings_in(tree: Any, folder: Path) -> Settings:
    """Read saved settings; relative paths among them begin at the project's folder."""
    return settings_from(_as_saved(located(tree, Settings, folder) if isinstance(tree, dict) else tree))


def _written(settings: Settings, folder: Path) -> Any:
    """Return settings as they are saved in a project: paths inside its folder are relative, so that it can be moved."""
    return portable(msgspec.to_builtins(settings), Settings, folder)


def _as_saved(settings: Any) -> Any:
    """Return saved settings with what did not exist when they were saved switched off, so that runs stay as set."""
    if not isinstance(settings, dict) or "search" not in settings:
        return settings
    evaluation = settings.get("evaluation")
    if isinstance(evaluation, dict):
        settings = {**settings, "evaluation": {"answer_tokens": 0, **evaluation}}
    return {"compensation": {"enabled": False}, **settings}


def _runs_in(folder: Path) -> list[Run]:
    found = (path.parent for path in sorted(folder.glob("*/settings.json")))
    return [Run(path) for path in found if not path.name.startswith(".")]
