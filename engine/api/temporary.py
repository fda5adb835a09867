"""Make temporary files and folders that are removed at the end, or by the next start if their process is killed.

Every temporary name of the product comes from here. It holds the computer, the number and the start of the process
that owns it, and ``engine.api.leftovers`` removes what belongs to none.
"""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from engine.api.leftovers import noted, sweep, sweep_once
from engine.api.owners import owned_name


@contextmanager
def temporary_file(target: Path) -> Iterator[Path]:
    """Yield a new name beside ``target`` for a small file; what is still there at the end is removed."""
    sweep_once(target.parent)
    path = target.with_name(owned_name())
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def partial_export(target: Path) -> Iterator[Path]:
    """Yield a new name beside ``target`` for a large file or folder; what is still there at the end is removed.

    The place is noted, so that the next start removes it if this process is killed, wherever it is.
    """
    place = target.absolute().parent
    sweep(place)
    path = place / owned_name()
    with noted(place):
        try:
            yield path
        finally:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


class ScratchFolder:
    """A temporary folder, removed when it is closed, when it is no longer used, or when Python ends.

    Args:
        place: The folder in which it is made; by default the system's folder for temporary files.
    """

    def __init__(self, place: Path | None = None) -> None:
        where = Path(tempfile.gettempdir()) if place is None else place.absolute()
        sweep(where)
        self.path = where / owned_name(hidden=place is not None)
        with ExitStack() as undo:
            undo.enter_context(noted(where))
            self.path.mkdir(mode=0o700)
            undo.callback(shutil.rmtree, self.path, ignore_errors=True)
            self._finalizer = weakref.finalize(self, undo.pop_all().close)

    def close(self) -> None:
        """Remove the folder."""
        self._finalizer()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
