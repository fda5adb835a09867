"""Memory and processor load of this computer while the engine runs; none of it is saved."""

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.api.events import Heartbeat, WorkerFigures, WorkersMeasured
from engine.api.safe_text import safe_line
from engine.results.worker_lines import worker_line
from gui.charts.captioned import captioned
from gui.charts.resource_usage import ResourceUsageChart
from gui.charts.worker_paces import WorkerPacesChart
from gui.widgets.card import Card
from gui.widgets.text import label
from gui.words.formatting import format_bytes, format_percent
from gui.words.translation import engine_text

_GIGA = 1e9


class ResourceUsageCard(Card):
    """Hidden until the first heartbeat of the engine. A new card is empty; ``parts`` adds its charts."""

    def __init__(self) -> None:
        super().__init__(self.tr("Memory and load"))
        self._words = label("", "muted", wrap=True)
        self.workers = label("", "muted", wrap=True)
        self.workers.hide()
        self._beats = 0
        self._last: Heartbeat | None = None
        self._workers: tuple[WorkerFigures, ...] = ()
        self.hide()

    def parts(self) -> Iterator[None]:
        """Create the charts; yields where the event loop may take a turn."""
        row = QHBoxLayout()
        row.setSpacing(16)
        self.add(self._words)
        self.add(self.workers)
        self._make_paces()
        self.add(row)
        self.memory = ResourceUsageChart(
            self.tr("Memory over time"), self.tr("GB"), self.tr("engine"), self.tr("device, all processes")
        )
        row.addLayout(captioned(self.tr("Memory"), self.memory), 1)
        yield
        self.load = ResourceUsageChart(
            self.tr("Load over time"), self.tr("%"), self.tr("processor, all cores"), self.tr("device"), top=100.0
        )
        row.addLayout(captioned(self.tr("Load"), self.load), 1)
        yield

    def _make_paces(self) -> None:
        self.paces = WorkerPacesChart()
        column = captioned(self.tr("Pace of each device"), self.paces)
        column.setContentsMargins(0, 0, 0, 0)
        self._paces_box = QWidget()
        self._paces_box.setLayout(column)
        self._paces_box.hide()
        self.add(self._paces_box)

    def clear_data(self) -> None:
        """Discard the data of the run."""
        self._beats, self._last, self._workers = 0, None, ()
        for chart in (self.memory, self.load, self.paces):
            chart.clear_data()
        self.hide()

    def add_event(self, beat: Heartbeat) -> None:
        """Add one heartbeat."""
        self._beats, self._last = self._beats + 1, beat
        used = beat.device_used / _GIGA if beat.device_total else None
        self.memory.put(self._beats, beat.process_memory / _GIGA, used)
        self.load.put(self._beats, _percent(beat.cpu_load), _percent(beat.device_load))

    def add_workers(self, measured: WorkersMeasured) -> None:
        """Take what each of the devices that work together does."""
        self._workers = measured.workers
        self.paces.put(self._beats, measured.workers)

    def redraw(self) -> None:
        """Draw the collected heartbeats."""
        beat = self._last
        self.setVisible(beat is not None)
        if beat is None:
            return
        words = [self.tr("Engine: {0}").format(format_bytes(beat.process_memory))]
        if beat.device_total:
            used, total = format_bytes(beat.device_used), format_bytes(beat.device_total)
            words.append(self.tr("device: {0} of {1}").format(used, total))
        if beat.cpu_load is not None:
            words.append(self.tr("processor: {0}").format(format_percent(beat.cpu_load)))
        if beat.device_load is not None:
            words.append(self.tr("device load: {0}").format(format_percent(beat.device_load)))
        self._words.setText(" · ".join(words))
        self.workers.setText("\n".join(safe_line(worker_line(worker, engine_text)) for worker in self._workers))
        self.workers.setVisible(bool(self._workers))
        self._paces_box.setVisible(any(each.tokens_per_second is not None for each in self._workers))
        self.paces.redraw()
        self.memory.redraw()
        self.load.redraw()


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
