"""The device card: where the model runs, and whether the plan fits there."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from engine.api.events import DeviceFound, EstimateMade
from engine.results.plan_estimate import Fit, chosen_estimate, fit_of, total_seconds
from gui.project.plan_estimator import PlanEstimator, preset_plans
from gui.project.session import Session
from gui.project.settings_info import keys_except
from gui.widgets.buttons import Button
from gui.widgets.card import Card, rule
from gui.widgets.memory_bar import MemoryBar
from gui.widgets.setting_fields import SettingCombo, add_field, form
from gui.widgets.setting_rows import MoreSettings
from gui.widgets.text import Role, label, set_role
from gui.words.formatting import format_bytes, format_duration
from gui.words.plan_words import part_name
from gui.words.translation import tr

_ROLES: dict[Fit, Role] = {"fits": "good", "tight": "warn", "too_large": "bad"}


class DeviceCard(Card):
    """Device and number format, followed by memory by part, time by stage, and a verdict."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("Device and memory"))
        self._session = session
        self.device = SettingCombo(session, "device.name", self.tr("Choose device"), [("auto", self.tr("Automatic"))])
        self.dtype = SettingCombo(
            session,
            "device.dtype",
            self.tr("Choose number format"),
            [("auto", self.tr("Automatic")), *((name, name) for name in ("float32", "bfloat16", "float16"))],
        )
        self.device.setMinimumWidth(260)
        self.estimate = Button(self.tr("Estimate"))
        self.estimate.clicked.connect(self._estimate)
        self.header.addWidget(self.estimate)
        fields = form()
        add_field(fields, self.tr("Device"), self.device)
        add_field(fields, self.tr("Number format"), self.dtype)
        self.verdict = label("", "muted", wrap=True)
        self.bar = MemoryBar()
        self._tables = QWidget()
        self._tables_row = QHBoxLayout(self._tables)
        self._tables_row.setContentsMargins(0, 0, 0, 0)
        self._tables_row.setSpacing(36)
        self.add(fields)
        self.add(rule())
        self.add(self.verdict)
        self.add(self.bar)
        self.add(self._tables)
        more, shown = self.tr("More of the device"), ("name", "dtype")
        self.more = MoreSettings(session, more, keys_except("device", shown), self.tr("Change device"))
        self.add(self.more)
        self._estimator = PlanEstimator(session, self.isVisible, self)
        self._shown: EstimateMade | None = None
        session.local_devices.devices_changed.connect(self._show_devices)
        session.local_devices.estimates_changed.connect(self.refresh)
        self._show_devices()

    def plan_later(self) -> None:
        """Schedule an estimate for when the user has stopped changing the plan, if the card is visible."""
        self._estimator.plan_later()

    def hideEvent(self, event: QHideEvent) -> None:
        """Cancel the scheduled estimate until the card is visible again."""
        super().hideEvent(event)
        self._estimator.cancel()

    @Slot()
    def _estimate(self) -> None:
        self._session.local_devices.estimate(self._session.settings, preset_plans(self._session).values())

    @Slot()
    def _show_devices(self) -> None:
        known = self._session.local_devices.devices.values()
        devices = [(device.name, self._words_for(device)) for device in known if device.name != "auto"]
        self.device.set_choices([("auto", self.tr("Automatic")), *devices])

    def _words_for(self, device: DeviceFound) -> str:
        kind = device.name.partition(":")[0].upper()
        name = device.label if kind in device.label or "ROCm" in device.label else f"{kind} · {device.label}"
        free, total = format_bytes(device.memory_free), format_bytes(device.memory_total)
        return self.tr("{0} · {1} of {2} free").format(name, free, total)

    @Slot()
    def refresh(self) -> None:
        """Show the estimate for the chosen device."""
        session = self._session
        working = session.jobs.running("estimate") is not None
        self.estimate.setEnabled(not working and session.project is not None)
        estimate = self._chosen_estimate()
        if estimate is None:
            words = self.tr("Estimating…") if working else self.tr("Not estimated yet.")
            set_role(self.verdict, "muted")
            self.verdict.setText(words)
        else:
            self._show_verdict(estimate)
        self._tables.setVisible(estimate is not None)
        self.bar.setVisible(estimate is not None)
        if estimate is not None and estimate is not self._shown:
            self._show_tables(estimate)
        self._shown = estimate

    def _chosen_estimate(self) -> EstimateMade | None:
        """Return the latest estimate for the chosen device, also that of an earlier plan."""
        return chosen_estimate(self._session.local_devices.estimates, self._session.settings.device.name)

    def _show_verdict(self, estimate: EstimateMade) -> None:
        needed, free = format_bytes(estimate.memory_needed), format_bytes(estimate.memory_free)
        fit = fit_of(estimate)
        if estimate.memory_needed > estimate.memory_free:
            text = self.tr("Does not fit on {0}: needs {1}, {2} free. Choose a smaller format or fewer windows.")
        elif estimate.disk_needed > estimate.disk_free:
            needed, free = format_bytes(estimate.disk_needed), format_bytes(estimate.disk_free)
            text = self.tr("Fits on {0}, but the disk is too full: needs {1}, {2} free.")
        elif fit == "tight":
            text = self.tr("Tight on {0}: needs {1} of memory, {2} free. Close other programs before you start.")
        else:
            text = self.tr("Fits on {0}: needs {1} of memory, {2} free.")
        outdated = self._session.local_devices.estimated_settings != self._session.settings
        remark = " " + self.tr("(Made before the latest change to the plan.)") if outdated else ""
        set_role(self.verdict, _ROLES[fit])
        words = text.format(estimate.device.upper(), needed, free)
        self.verdict.setText(words + self._streaming(estimate) + remark)
        self.bar.show_memory(estimate.memory_needed, estimate.memory_free, fit, words)

    def _streaming(self, estimate: EstimateMade) -> str:
        """Describe what it costs that some layers do not fit on the device."""
        if not estimate.streamed_layers:
            return ""
        words = self.tr(
            "%n layers do not fit and are fetched again and again: each iteration reads {0}, about {1}.",
            "",
            estimate.streamed_layers,
        )
        size, time = format_bytes(estimate.streamed_bytes), format_duration(estimate.read_seconds)
        return " " + words.format(size, time)

    def _show_tables(self, estimate: EstimateMade) -> None:
        _empty(self._tables_row)
        memory = [(part_name(name), format_bytes(value)) for name, value in estimate.memory.items()]
        times = [(part_name(name), format_duration(value)) for name, value in estimate.seconds.items()]
        total_time = format_duration(total_seconds(estimate))
        self._tables_row.addLayout(_table(self.tr("Memory"), memory, format_bytes(estimate.memory_needed)))
        self._tables_row.addLayout(_table(self.tr("Time (rough)"), times, total_time))
        self._tables_row.addStretch(1)


def _table(heading: str, rows: list[tuple[str, str]], total: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(label(heading, "caption"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, 150)
    grid.setColumnMinimumWidth(1, 80)
    right = Qt.AlignmentFlag.AlignRight
    for row, (name, value) in enumerate(rows):
        grid.addWidget(label(name, "muted"), row, 0)
        grid.addWidget(label(value), row, 1, right)
    grid.addWidget(rule(), len(rows), 0, 1, 2)
    grid.addWidget(label(tr("Total")), len(rows) + 1, 0)
    grid.addWidget(label(total), len(rows) + 1, 1, right)
    column.addLayout(grid)
    column.addStretch(1)
    return column


def _empty(layout: QLayout) -> None:
    """Remove everything from a layout, together with the widgets."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            _empty(inner)
        if (widget := item.widget()) is not None:
            widget.setParent(None)
