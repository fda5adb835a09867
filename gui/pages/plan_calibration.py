"""The card for the calibration text."""

from gui.project.session import Session
from gui.project.settings_info import keys_except
from gui.widgets.card import Card
from gui.widgets.setting_fields import SettingSpin, TwoForms, add_field, form
from gui.widgets.setting_rows import MoreSettings
from gui.widgets.text_preview import TextPreview
from gui.widgets.text_source import TextSourceField


class CalibrationCard(Card):
    """The texts on which candidates are scored, and the held-out texts on which results are reported."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            self.tr("Calibration"),
            self.tr("Candidates are scored on these texts; results are reported on held-out ones."),
        )
        change = self.tr("Change calibration")
        left, right = form(), form()
        self.source = TextSourceField(session, "calibration")
        self.windows = SettingSpin(session, "calibration.windows", change)
        self.heldout = SettingSpin(session, "calibration.heldout_windows", change)
        self.length = SettingSpin(session, "calibration.window_length", change)
        add_field(left, self.tr("Text"), self.source)
        add_field(left, self.tr("Window length"), self.length)
        add_field(right, self.tr("Windows"), self.windows)
        add_field(right, self.tr("Held-out windows"), self.heldout)
        self.preview = TextPreview(session, "calibration")
        self.source.unnamed.connect(self.preview.block)
        self.header.addWidget(self.preview.look)
        self.add(TwoForms(left, right))
        self.add(self.preview)
        shown = ("source", "mix", "path", "dataset", "windows", "heldout_windows", "window_length")
        self.more = MoreSettings(session, self.tr("More of calibration"), keys_except("calibration", shown), change)
        self.add(self.more)
