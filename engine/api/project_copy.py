"""Copy a project's folder: whole, or not at all."""

import shutil
from pathlib import Path

from engine.api.errors import BadInput, quoted
from engine.api.files import make_folder, move_into_place
from engine.api.locations import real_path
from engine.api.message import Message, worded
from engine.api.owners import owner_of
from engine.api.system_errors import system_words
from engine.api.temporary import partial_export


def copy_project(project: Path, folder: Path) -> None:
    """Copy a project's folder, without temporary files, to a new or empty folder.

    Raises:
        BadInput: The folder is not empty, lies inside the project, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(worded("{0} is not an empty folder; choose a new or empty one for the copy.", folder))
    if real_path(folder).is_relative_to(real_path(project)):
        raise BadInput(worded("{0} is inside the project; choose a folder outside it for the copy.", folder))
    try:
        make_folder(folder.absolute().parent)
        with partial_export(folder) as partial:
            shutil.copytree(project, partial, symlinks=True, ignore=_temporary)  # a link may lead anywhere
            move_into_place(partial, folder)
    except OSError as error:
        raise BadInput(worded("{0} could not be copied to {1} ({2}).", project, folder, _reason(error))) from None


def _temporary(_folder: str, names: list[str]) -> list[str]:
    """Return which names in a folder are temporary, for ``shutil.copytree``."""
    return [name for name in names if owner_of(name) is not None]


def _reason(error: OSError) -> Message:
    """Return why a file operation failed; ``shutil.Error`` holds a list of failures instead of a reason."""
    if error.strerror:
        return system_words(error)
    return worded("{0} files failed, the first: {1}", len(error.args[0]), quoted(error.args[0][0][2]))
