"""Ask the person about code that a project names, before an engine runs it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from engine.api.errors import BadInput
from engine.api.settings import Settings
from engine.api.trust import CodePlace, trust, untrusted


class CodeTrust:
    """Each place is asked about once; what is allowed is kept for this person on this computer."""

    def __init__(self) -> None:
        self.ask: Callable[[CodePlace], bool] = lambda _place: False
        """Asks whether a place may run; the window sets it."""

    def check(self, settings: Settings) -> bool:
        """Return True once the person has allowed all code that the settings name.

        Raises:
            BadInput: They have not.
            OSError: Their answer cannot be kept.
        """
        for place in untrusted(settings):
            if not self.ask(place):
                words = QCoreApplication.translate("CodeTrust", "Nothing was started: {0} may not run code.")
                raise BadInput(words.format(place.path))
            trust(place)
        return True
