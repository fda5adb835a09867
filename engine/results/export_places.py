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
    if is_still_there(folder, project):
        return folder
    places = [place for place, part in enumerate(folder.parts) if part == exports.name]
    own = exports.joinpath(*folder.parts[places[-1] + 1 :]) if places else folder
    return own if own != exports and own.is_dir() else folder


def is_still_there(folder: Path, project: Path) -> bool:
    """Return whether an export is where it was written, and not another project's.

    The journal of a copied project names the exports of the original.
    """
    place = real_path(folder)
    around = next((each for each in place.parents if (each / PROJECT_FILE).is_file()), None)
    return place.is_dir() and around in (None, real_path(project))
