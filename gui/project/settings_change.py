"""A change of settings that can be undone."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from engine.api.settings import Settings

_MERGE_ID = 1


class SettingsChange(QUndoCommand):
    """Replaces the settings; successive changes of the same single setting are one step of undo."""

    def __init__(
        self, text: str, before: Settings, after: Settings, keys: frozenset[str], apply: Callable[[Settings], None]
    ) -> None:
        super().__init__(text)
        self._before, self._after = before, after
        self._keys = keys
        self._apply = apply

    def redo(self) -> None:
        """Make the change."""
        self._apply(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._apply(self._before)

    def id(self) -> int:
        """Qt offers a new change to the last one when both have the same id."""
        return _MERGE_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Swallow ``other`` when it changes the very same number or text again."""
        if not isinstance(other, SettingsChange) or len(self._keys) != 1 or other._keys != self._keys:
            return False
        self._after = other._after
        return True
