"""An undoable change of the settings."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtGui import QUndoCommand

from engine.api.settings import Settings

_MERGE_ID = 1


class SettingsChange(QUndoCommand):
    """Replaces the settings; consecutive changes of the same single setting merge into one undo step."""

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
        """Revert the change."""
        self._apply(self._before)

    @property
    def page(self) -> Literal["model", "plan"]:
        """The key of the page that shows these settings."""
        return "model" if self._before.model != self._after.model else "plan"

    def id(self) -> int:
        """Return the id by which Qt offers a new change to the previous one for merging."""
        return _MERGE_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Merge ``other`` into this change if it changes the same single setting."""
        if not isinstance(other, SettingsChange) or len(self._keys) != 1 or other._keys != self._keys:
            return False
        self._after = other._after
        return True
