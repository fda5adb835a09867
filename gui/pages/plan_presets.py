"""The user's own presets: saved from the current plan and available in every project."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QInputDialog, QMenu

from engine.api.own_presets import delete_preset, keep_preset, own_presets, problem_of_name, with_own_preset
from gui.dialogs.confirm import confirm_loss
from gui.project.session import Session
from gui.widgets.buttons import Button


class OwnPresets(Button):
    """A button with a menu that applies, saves and deletes presets."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("My presets"))
        self._session = session
        self._locked = False
        self.setToolTip(self.tr("Your own named plans, available in all projects; the model stays the same."))
        self.menu_ = QMenu(self)
        self.deleting = QMenu(self.tr("Delete"), self)
        self.menu_.aboutToShow.connect(self._fill)
        self.setMenu(self.menu_)

    def lock(self, locked: bool) -> None:
        """Disable applying presets, which changes the plan; saving one only reads it."""
        self._locked = locked

    @Slot()
    def _fill(self) -> None:
        self.menu_.clear()
        names = own_presets()
        for name in names:
            taken = self.menu_.addAction(_literal(name), lambda name=name: self._apply(name))
            taken.setEnabled(not self._locked)
        if not names:
            self.menu_.addAction(self.tr("None yet")).setEnabled(False)
        self.menu_.addSeparator()
        self.menu_.addAction(self.tr("Save this plan…"), self._keep)
        self.menu_.addMenu(self.deleting)
        self.deleting.setEnabled(bool(names))
        self.deleting.clear()
        for name in names:
            self.deleting.addAction(_literal(name), lambda name=name: self._delete(name))

    def _apply(self, name: str) -> None:
        taken = self._session.attempt(lambda: with_own_preset(self._session.settings, name))
        if taken is not None:
            self._session.use_settings(taken, self.tr("Choose preset"))

    @Slot()
    def _keep(self) -> None:
        name, is_given = QInputDialog.getText(self, self.tr("Save this plan"), self.tr("Preset name"))
        name = name.strip()
        if not is_given or (not problem_of_name(name) and name in own_presets() and not self._may_replace(name)):
            return
        self._session.attempt(lambda: keep_preset(name, self._session.settings))

    def _may_replace(self, name: str) -> bool:
        return confirm_loss(
            self.tr("Replace the preset {0}?").format(name),
            self.tr("It will hold the current plan; its previous content is lost."),
            self.tr("Kept: all projects, unchanged."),
            self.tr("Replace"),
            self,
        )

    def _delete(self, name: str) -> None:
        if confirm_loss(
            self.tr("Delete the preset {0}?").format(name),
            self.tr("It can no longer be chosen. This cannot be undone."),
            self.tr("Kept: all projects, unchanged."),
            self.tr("Delete"),
            self,
        ):
            self._session.attempt(lambda: delete_preset(name))


def _literal(name: str) -> str:
    """Escape a name for a menu, in which an ampersand underlines the next letter."""
    return name.replace("&", "&&")
