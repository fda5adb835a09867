"""Ask the person about code that a project names, before an engine runs it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from engine.api.errors import LayerSwarmError
from engine.api.settings import Settings
from engine.api.trust import CodePlace, names_code, trust, untrusted
from gui.project.error_words import words_for
from gui.scheduling.background_task import BackgroundTask


class CodeTrust(QObject):
    """Each place is asked about once; what is allowed is kept for this person on this computer.

    The content of the places, which may be large, is read in a thread of the pool.
    """

    refused = Signal(object)
    """A sentence that explains why nothing was started."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ask: Callable[[CodePlace], bool] = lambda _place: False
        """Asks whether a place may run; the window sets it."""
        self._act: Callable[[], None] | None = None
        self._reading = BackgroundTask(self)
        self._reading.done.connect(self._on_read)

    @property
    def is_checking(self) -> bool:
        """Whether the content of a place is being read."""
        return self._reading.busy

    def when_allowed(self, settings: Settings, act: Callable[[], None]) -> None:
        """Call ``act`` once the person has allowed all code that the settings name; at once where they name none.

        A later call takes the place of one whose places are still being read.
        """
        self.cancel()
        if not names_code(settings):
            act()
            return
        self._act = act
        self._reading.start(lambda: _untrusted(settings))

    @Slot()
    def cancel(self) -> None:
        """Start nothing once what is being read has been read, or once the person has answered."""
        self._reading.cancel()
        self._act = None

    @Slot(object)
    def _on_read(self, found: tuple[CodePlace, ...] | LayerSwarmError | OSError) -> None:
        if isinstance(found, Exception):
            self.refused.emit(words_for(found))
            return
        for place in found:
            if not self.ask(place):
                self.refused.emit(self.tr("Nothing was started: {0} may not run code.").format(place.name))
                return
            try:
                trust(place)
            except OSError as error:
                self.refused.emit(words_for(error))
                return
        if self._act is not None:
            self._act()


def _untrusted(settings: Settings) -> tuple[CodePlace, ...] | LayerSwarmError | OSError:
    try:
        return untrusted(settings)
    except (LayerSwarmError, OSError) as error:
        return error
