"""The card for compensation: folding what the removed layers did into the layers beside them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from gui.project.session import Session
from gui.project.settings_info import keys_except, tooltip
from gui.widgets.card import Card
from gui.widgets.setting_fields import SettingSpin, TwoForms, add_field, form
from gui.widgets.setting_rows import MoreSettings


class CompensationCard(Card):
    """The closed-form repair after the search."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            self.tr("Compensation"),
            self.tr("Folds what the removed layers did into the layers beside them: seconds instead of training."),
        )
        self._session = session
        change = self.tr("Change compensation")
        self.enabled = QCheckBox(self.tr("Compensate removed layers"))
        self.enabled.setToolTip(tooltip("compensation.enabled"))
        self.windows = SettingSpin(session, "compensation.windows", change)
        self.candidates = SettingSpin(session, "compensation.candidates", change)
        left, right = form(), form()
        add_field(left, self.tr("Windows to fit on"), self.windows)
        add_field(right, self.tr("Sets to compare"), self.candidates)
        self.header.addWidget(self.enabled)
        self.add(TwoForms(left, right))
        shown = ("enabled", "windows", "candidates")
        more = self.tr("More of compensation")
        self.more = MoreSettings(session, more, keys_except("compensation", shown), change)
        self.add(self.more)
        self.enabled.toggled.connect(self._save_enabled)

    def refresh(self) -> None:
        """Show the current settings."""
        enabled = self._session.settings.compensation.enabled
        self.enabled.blockSignals(True)
        self.enabled.setChecked(enabled)
        self.enabled.blockSignals(False)
        for field in (self.windows, self.candidates, self.more):
            field.setEnabled(enabled)

    @Slot(bool)
    def _save_enabled(self, enabled: bool) -> None:
        self._session.change({"compensation.enabled": enabled}, self.tr("Toggle compensation"))
