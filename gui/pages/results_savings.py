"""What the smaller model saves at the user's own prices, each figure with its formula."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.api.edge_devices import edge_devices
from engine.api.errors import BadInput
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.savings import Savings, savings
from gui.project.session import Session
from gui.project.settings_info import keys_except
from gui.widgets.card import Card
from gui.widgets.setting_rows import MoreSettings
from gui.widgets.text import label
from gui.words.device_names import device_title
from gui.words.translation import engine_text


class SavingsCard(Card):
    """Savings computed from the speeds and footprints of the run; hidden before both models have been measured."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Savings"), self.tr("At your own prices, or at example prices until you enter yours."))
        self.prices = MoreSettings(
            session, self.tr("Your prices"), keys_except("savings", ()), self.tr("Change prices")
        )
        self.add(self.prices)
        self._shown: Savings | None = None
        self._grid = QWidget()
        self.add(self._grid)
        self.silence = label("", "muted", wrap=True)
        self.add(self.silence)
        self.devices = label("", "body", wrap=True)
        self.add(self.devices)

    def show_state(self, state: RunState, settings: Settings) -> None:
        """Compute the savings again."""
        try:
            devices = edge_devices(settings.edge.devices)
        except BadInput:
            devices = edge_devices()
        found = savings(state, settings.savings, devices)
        self.setVisible(found is not None)
        if found is None or found == self._shown:
            return
        self._shown = found
        old, self._grid = self._grid, self._laid_out(found)
        self.body.replaceWidget(old, self._grid)
        old.deleteLater()
        self.silence.setText(engine_text(found.silence) if found.silence else "")
        self.silence.setVisible(bool(found.silence))
        self.devices.setText(self._device_words(found))
        self.devices.setVisible(bool(found.devices))

    def _laid_out(self, found: Savings) -> QWidget:
        grid = QWidget()
        layout = QGridLayout(grid)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(24)
        layout.setVerticalSpacing(1)
        layout.setColumnStretch(0, 1)
        row = 0
        for each in found.figures:
            layout.addWidget(label(each.title.words(engine_text), wrap=True), row, 0)
            value = label(each.words(engine_text))
            layout.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            formula = label("\n".join(each.formula_lines(engine_text)), "caption", wrap=True)
            layout.addWidget(formula, row + 1, 0, 1, 2)
            layout.setRowMinimumHeight(row + 2, 8)
            row += 3
        return grid

    def _device_words(self, found: Savings) -> str:
        if not found.devices:
            return ""
        each = [f"{device_title(fit.device)}: {fit.gain.words(engine_text)}" for fit in found.gained]
        return "\n".join(
            [found.device_count.words(engine_text), *([self.tr("Devices that gain:")] if each else []), *each]
        )
