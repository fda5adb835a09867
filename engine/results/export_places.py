"""Where an export is now: the journal names the place it was written to, and projects are moved and copied."""

from pathlib import Path

from engine.api.locations import real_path
from engine.api.project import PROJECT_FILE


def export_place(written: str, project: Path) -> Path:
    """Return the folder of an export.

    A project that was moved, or is a copy, has it among its own exports; anything else stays where it was written.

    Args:
        written: The folder in the journal.
        project: The project's present folder.
    """
    folder, exports = Path(written), project / "exports"
    if folder.is_dir() and _project_around(folder) in (None, real_path(project)):
        return folder
    places = [place for place, part in enumerate(folder.parts) if part == exports.name]
    own = exports.joinpath(*folder.parts[places[-1] + 1 :]) if places else folder
    return own if own != exports and own.is_dir() else folder


def _project_around(folder: Path) -> Path | None:
    return next((each for each in real_path(folder).parents if (each / PROJECT_FILE).is_file()), None)
