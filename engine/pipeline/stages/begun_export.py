"""Note which export a run has begun, so that after a kill the same one goes on, in the same folder."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from engine.api.export_targets import ExportFormat
from engine.api.files import write_atomically
from engine.api.settings import Variant
from engine.models.companion_files import MANIFEST_FILE
from engine.pipeline.workspace import Workspace

_NOTE = "export.json"


class _Begun(msgspec.Struct, frozen=True):
    name: str
    """Name of the folder among the project's exports."""
    variant: Variant
    formats: tuple[str, ...]
    """All formats of the export, also those that were finished since."""


@dataclass(frozen=True)
class BegunExport:
    """An export into the project, which a killed or stopped session may have begun.

    Args:
        workspace: The run.
        variant: The model to export.
        missing: The formats that the journal does not show as written.
    """

    workspace: Workspace
    variant: Variant
    missing: Sequence[ExportFormat]

    def folder(self) -> Path:
        """Return where to write the missing formats.

        A format that was moved to its place while its event was not yet in the journal is removed from there, since
        the run does not know its checks.
        """
        begun = self._known()
        if begun is None:
            begun = _Begun(self._free_name(), self.variant, tuple(map(str, self.missing)))
            write_atomically(self._note, msgspec.json.encode(begun))
        places = self._places(begun)
        for place in places:
            _remove_export(place)
        whole = self.workspace.project.exports_folder() / begun.name
        return places[0] if len(places) == 1 else whole

    @property
    def _note(self) -> Path:
        return self.workspace.run.folder / _NOTE

    def _places(self, begun: _Begun) -> list[Path]:
        """Return the folders of the missing formats."""
        whole = self.workspace.project.exports_folder() / begun.name
        return [whole / each.folder_name if len(begun.formats) > 1 else whole for each in self.missing]

    def _known(self) -> _Begun | None:
        """Return what an earlier session has begun, if it was the same export."""
        try:
            begun = msgspec.json.decode(self._note.read_bytes(), type=_Begun)
        except (OSError, msgspec.MsgspecError):
            return None
        is_name = Path(begun.name).name == begun.name
        is_same = begun.variant == self.variant and set(map(str, self.missing)) <= set(begun.formats)
        if not is_name or not is_same:
            return None
        written = map(self._was_written, self.missing, self._places(begun))
        return None if any(written) else begun

    def _was_written(self, wanted: ExportFormat, place: Path) -> bool:
        """Return whether the journal names a format there, also of the project which this one is a copy of."""
        tail = place.relative_to(self.workspace.project.exports_folder()).parts
        own = (each for each in self.workspace.state.exports.values() if each.format == str(wanted))
        return any(Path(each.folder).parts[-len(tail) :] == tail for each in own)

    def _free_name(self) -> str:
        """Return the run's name, with a number appended where ``exports`` has it already."""
        folder, name = self.workspace.project.exports_folder(), self.workspace.run.name
        number = 1
        while (folder / (found := name if number == 1 else f"{name}-{number}")).exists():
            number += 1
        return found


def _remove_export(folder: Path) -> None:
    """Remove a finished export: nothing else has a manifest."""
    if (folder / MANIFEST_FILE).is_file() and not folder.is_symlink():
        shutil.rmtree(folder)
