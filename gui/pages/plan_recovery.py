"""The card for recovery: the method, its training and its text."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from engine.api.recovery_settings import ONLY_FOR_LORA
from gui.project.session import Session
from gui.project.settings_info import keys_except, tooltip
from gui.widgets.card import Card
from gui.widgets.setting_fields import SettingCombo, SettingDecimal, SettingSpin, TwoForms, add_field, form
from gui.widgets.setting_rows import MoreSettings
from gui.widgets.text_preview import TextPreview
from gui.widgets.text_source import TextSourceField
from gui.words.setting_choices import choice_name


class RecoveryCard(Card):
    """Training after the search, by LoRA or by local distillation."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            self.tr("Recovery"),
            self.tr("Training with the dense model as teacher. It is discarded if it does not help."),
        )
        self._session = session
        change = self.tr("Change recovery")
        self.enabled = QCheckBox(self.tr("Recover lost accuracy"))
        self.enabled.setToolTip(tooltip("recovery.enabled"))
        self.method = SettingCombo(session, "recovery.method", change, _choices("method", "lora", "local"))
        self.source = TextSourceField(session, "recovery")
        self.steps = SettingSpin(session, "recovery.steps", change)
        self.windows = SettingSpin(session, "recovery.windows", change)
        self.rank = SettingSpin(session, "recovery.rank", change)
        self.behind = SettingSpin(session, "recovery.layers_behind", change)
        self.rate = SettingDecimal(session, "recovery.learning_rate", change, decimals=6, step=1e-4)
        objectives = _choices("objective", "kl", "cross_entropy", "both")
        self.objective = SettingCombo(session, "recovery.objective", change, objectives)
        left, right = form(), form()
        add_field(left, self.tr("Method"), self.method)
        add_field(left, self.tr("Text"), self.source)
        add_field(left, self.tr("Training windows"), self.windows)
        add_field(left, self.tr("Objective"), self.objective)
        add_field(right, self.tr("Steps"), self.steps)
        add_field(right, self.tr("LoRA rank"), self.rank)
        add_field(right, self.tr("Layers behind a gap"), self.behind)
        add_field(right, self.tr("Learning rate"), self.rate)
        self.preview = TextPreview(session, "recovery")
        self.source.unnamed.connect(self.preview.block)
        self.header.addWidget(self.preview.look)
        self.header.addWidget(self.enabled)
        self.add(TwoForms(left, right))
        self.add(self.preview)
        shown = (
            "enabled",
            "method",
            "layers_behind",
            "source",
            "mix",
            "path",
            "dataset",
            "steps",
            "windows",
            "rank",
            "learning_rate",
            "objective",
        )
        keys, more = keys_except("recovery", shown), self.tr("More of recovery")
        self.more = MoreSettings(session, more, keys, change, self._applies)
        self.add(self.more)
        self.enabled.toggled.connect(self._save_enabled)

    def refresh(self) -> None:
        """Show the current settings."""
        enabled = self._session.settings.recovery.enabled
        self.enabled.blockSignals(True)
        self.enabled.setChecked(enabled)
        self.enabled.blockSignals(False)
        for field in (self.method, self.source, self.steps, self.windows, self.rate, self.more):
            field.setEnabled(enabled)
        for field in (self.rank, self.objective):
            field.setEnabled(enabled and self._is_by_lora)
        self.behind.setEnabled(enabled and not self._is_by_lora)

    @property
    def _is_by_lora(self) -> bool:
        return self._session.settings.recovery.method == "lora"

    def _applies(self, key: str) -> bool:
        return self._is_by_lora or key.removeprefix("recovery.") not in ONLY_FOR_LORA

    @Slot(bool)
    def _save_enabled(self, enabled: bool) -> None:
        self._session.change({"recovery.enabled": enabled}, self.tr("Toggle recovery"))


def _choices(name: str, *values: str) -> list[tuple[str, str]]:
    return [(value, choice_name(f"recovery.{name}", value)) for value in values]
