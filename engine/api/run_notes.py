"""What a person keeps about a run: a name, a note and a star, in a file in the run's folder."""

from pathlib import Path
from typing import Annotated

import msgspec

from engine.api.errors import BadInput, not_unicode
from engine.api.files import write_atomically
from engine.api.message import worded
from engine.api.regular_files import read_regular
from engine.api.system_errors import system_words

MOST_TITLE, MOST_NOTE = 80, 4000
"""Characters of a name and of a note."""
_FILE = "notes.json"
_MOST_BYTES = 1 << 16


class RunNotes(msgspec.Struct, frozen=True, kw_only=True):
    """All that a person has written about a run."""

    title: Annotated[str, msgspec.Meta(max_length=MOST_TITLE)] = ""
    """Shown in place of the run's own name, such as ``0001-pso``; empty for that name."""
    note: Annotated[str, msgspec.Meta(max_length=MOST_NOTE)] = ""
    starred: bool = False


def run_notes(folder: Path) -> RunNotes:
    """Return the notes in a run's folder; empty ones where there are none, or where they cannot be read."""
    try:
        return msgspec.json.decode(read_regular(folder / _FILE, _MOST_BYTES), type=RunNotes)
    except (OSError, BadInput, msgspec.MsgspecError, UnicodeDecodeError):
        return RunNotes()


def keep_run_notes(folder: Path, notes: RunNotes) -> None:
    """Write the notes into a run's folder.

    Raises:
        BadInput: A text is too long, or the folder cannot be written.
    """
    if len(notes.title) > MOST_TITLE or len(notes.note) > MOST_NOTE:
        raise BadInput(
            worded(
                "The name of a run has at most {0} characters and its note {1}; shorten them.", MOST_TITLE, MOST_NOTE
            )
        )
    try:
        write_atomically(folder / _FILE, msgspec.json.encode(notes))
    except UnicodeEncodeError as error:
        raise not_unicode(error.object) from None
    except OSError as error:
        raise BadInput(
            worded("The notes of {0} cannot be written ({1}); check the folder.", folder.name, system_words(error))
        ) from None
