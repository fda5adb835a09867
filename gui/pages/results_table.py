"""The comparison of dense, pruned and recovered model, as a table model."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.api.evaluation_events import HELDOUT_LOG_PERPLEXITY
from engine.api.events import DifferenceMeasured, ModelEvaluated
from engine.api.intervals import NORMAL_95, difference_interval
from engine.api.run_state import RunState
from engine.api.settings import Variant
from engine.results.text_names import text_names
from gui.words.formatting import (
    MINUS,
    NOTHING,
    format_bytes,
    format_change,
    format_count,
    format_error,
    format_number,
    format_percent,
    format_rate,
    format_whole,
)

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

GOOD_ROLE = Qt.ItemDataRole.UserRole
"""True where a difference is an improvement, False where it is a loss, None where it is neither."""

_VARIANT_OF_COLUMN: dict[int, Variant] = {1: "dense", 2: "pruned", 4: "recovered"}
_DIFFERENCE_COLUMNS = {3: 2, 5: 4}
_COLUMNS = 6
_NOTABLE = 0.0005
_NO_DIVERGENCE = 1e-6
_LARGEST_LOGARITHM = 700.0


@dataclass(frozen=True)
class Row:
    """One figure of all variants. ``lower_is_better`` is None where neither is."""

    name: str
    values: dict[Variant, float]
    words: Callable[[float], str]
    lower_is_better: bool | None
    to_dense: bool = False
    """Whether the figure is a difference to the dense model itself, so that a share of the dense one means nothing."""
    errors: dict[Variant, float] = field(default_factory=dict)
    """Standard errors of the values."""
    differences: dict[Variant, DifferenceMeasured] = field(default_factory=dict)
    """To the dense model, measured on the same questions or windows; they take the place of a share."""
    logarithmic: bool = False
    """Whether the differences are of the figure's logarithm, so that they can be told as a share all the same."""


class ResultsTable(QAbstractTableModel):
    """Rows of figures; columns dense, pruned and its difference, recovered and its difference."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_state(self, state: RunState) -> None:
        """Take the figures of a run."""
        rows = self._rows_of(state)
        if [_content(row) for row in rows] == [_content(row) for row in self._rows]:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _rows_of(self, state: RunState) -> list[Row]:
        measured = state.evaluated

        def row(name: str, field: str, words: Callable[[Any], str], lower_is_better: bool | None) -> Row:
            return Row(name, _present(measured, field), words, lower_is_better)

        rows = [
            Row(
                self.tr("Held-out perplexity"),
                _present(measured, "heldout_perplexity"),
                format_number,
                True,
                errors=_present(measured, "heldout_perplexity_error"),
                differences=_differences(state, HELDOUT_LOG_PERPLEXITY),
                logarithmic=True,
            ),
            Row(
                self.tr("Held-out KL to dense"),
                _present(measured, "heldout_kl"),
                _kl,
                True,
                to_dense=True,
                errors={variant: error for variant, error in _present(measured, "heldout_kl_error").items() if error},
            ),
            *([] if state.texts else [row(self.tr("Text perplexity"), "text_perplexity", format_number, True)]),
            row(self.tr("Decoder layers"), "layers", lambda value: format_whole(int(value)), None),
            row(self.tr("Parameters"), "parameters", lambda value: format_count(int(value)), True),
            row(self.tr("Size on disk"), "bytes", lambda value: format_bytes(int(value)), True),
            row(self.tr("Prefill speed"), "prefill_tokens_per_second", format_rate, False),
            row(self.tr("Decode speed"), "decode_tokens_per_second", format_rate, False),
            row(self.tr("Peak memory"), "peak_memory", lambda value: format_bytes(int(value)), True),
        ]
        rows += [*self._footprint_rows(state), *self._text_rows(state), *self._task_rows(state)]
        return [each for each in rows if each.values]

    def _footprint_rows(self, state: RunState) -> list[Row]:
        found = state.footprints
        context = next((each.context for each in found.values()), 0)
        names = {
            "bytes_16bit": self.tr("Weights in 16 bit"),
            "bytes_8bit": self.tr("Weights in 8 bit"),
            "bytes_4bit": self.tr("Weights in 4 bit"),
            "cache_bytes": self.tr("KV cache, {0} tokens").format(format_whole(context)),
        }
        return [
            Row(name, {variant: float(getattr(each, key)) for variant, each in found.items()}, _size, True)
            for key, name in names.items()
        ]

    def _text_rows(self, state: RunState) -> list[Row]:
        rows = []
        for text, name in text_names(text for _, text in state.texts).items():
            events = {variant: event for (variant, each), event in state.texts.items() if each == text}
            perplexity: dict[Variant, float] = {variant: event.token_perplexity for variant, event in events.items()}
            bits: dict[Variant, float] = {variant: event.bits_per_byte for variant, event in events.items()}
            rows.append(Row(self.tr("Perplexity, {0}").format(name), perplexity, format_number, True))
            differences = _differences(state, f"bits per byte, {name}")
            title = self.tr("Bits per byte, {0}").format(name)
            rows.append(Row(title, bits, format_number, True, differences=differences))
        return rows

    def _task_rows(self, state: RunState) -> list[Row]:
        rows = []
        for task, metric in dict.fromkeys((task, metric) for _, task, metric in state.tasks):
            events = {variant: event for (variant, *name), event in state.tasks.items() if name == [task, metric]}
            rows.append(
                Row(
                    f"{task} · {metric}",
                    {variant: event.value for variant, event in events.items()},
                    format_number,
                    "perplexity" in metric or "loss" in metric,
                    errors={variant: event.stderr for variant, event in events.items() if event.stderr is not None},
                    differences=_differences(state, f"{task}, {metric}"),
                )
            )
        return rows

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of figures."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, three variants, two differences."""
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        names = (
            "",
            self.tr("Dense"),
            self.tr("Pruned"),
            self.tr("difference"),
            self.tr("Recovered"),
            self.tr("difference"),
        )
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < _COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, alignment, or whether its difference is good."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == GOOD_ROLE:
            return _is_good(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explanation(row, column)
        return None

    def _explanation(self, row: Row, column: int) -> str | None:
        """How sure a difference is."""
        found = row.differences.get(_VARIANT_OF_COLUMN[_DIFFERENCE_COLUMNS[column]]) if column in (3, 5) else None
        interval = None if found is None else difference_interval(found)
        if found is None or interval is None:
            return None
        words = (
            self.tr("Difference ± standard error over {0} samples that both answered; 95 % within {1} to {2}.")
            if found.paired
            else self.tr("Difference ± standard error over {0} samples; 95 % within {1} to {2}.")
        )
        return words.format(format_whole(found.samples), *(_shown(row, bound) for bound in interval))

    def _words(self, row: Row, column: int) -> str:
        if column == 0:
            return row.name
        if column in _DIFFERENCE_COLUMNS:
            variant = _VARIANT_OF_COLUMN[_DIFFERENCE_COLUMNS[column]]
            if variant in row.differences:
                return _difference_words(row, row.differences[variant])
            if row.to_dense or variant not in row.values or "dense" not in row.values:
                return ""
            return format_change(row.values["dense"], row.values[variant])
        variant = _VARIANT_OF_COLUMN[column]
        value = row.values.get(variant)
        if value is None:
            return NOTHING
        return row.words(value) + (f" ± {format_error(row.errors[variant], value)}" if variant in row.errors else "")

    def as_text(self) -> str:
        """Tab-separated text for the clipboard."""
        header = [str(self.headerData(column, Qt.Orientation.Horizontal)) for column in range(_COLUMNS)]
        lines = [[self._words(row, column) for column in range(_COLUMNS)] for row in self._rows]
        return "\n".join("\t".join(line) for line in [header, *lines])


def _present(measured: dict[Variant, ModelEvaluated], field: str) -> dict[Variant, float]:
    values = {variant: getattr(event, field) for variant, event in measured.items()}
    return {variant: float(value) for variant, value in values.items() if value is not None}


def _content(row: Row) -> tuple[object, ...]:
    return row.name, row.values, row.errors, row.differences


def _differences(state: RunState, figure: str) -> dict[Variant, DifferenceMeasured]:
    return {
        variant: event
        for (name, variant, against), event in state.differences.items()
        if name == figure and against == "dense"
    }


def _difference_words(row: Row, event: DifferenceMeasured) -> str:
    error = "" if event.stderr is None else f" ± {event.stderr:.3f}"
    if row.logarithmic and event.stderr is not None:
        error = f" ± {100 * _ratio(event.value) * event.stderr:.1f}"
    return f"{_shown(row, event.value)}{error}"


def _shown(row: Row, difference: float) -> str:
    """A difference as it stands, or as a share where it is one of logarithms."""
    return format_percent(_ratio(difference) - 1, signed=True) if row.logarithmic else _signed(difference)


def _ratio(difference: float) -> float:
    """What a difference of logarithms says of the figures themselves."""
    return math.exp(min(difference, _LARGEST_LOGARITHM))


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", MINUS)


def _size(value: float) -> str:
    return format_bytes(int(value))


def _kl(value: float) -> str:
    """A divergence; rounding leaves the dense model a hair from itself."""
    return format_number(value) if value >= _NO_DIVERGENCE else "0"


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _is_good(row: Row, column: int) -> bool | None:
    if column not in _DIFFERENCE_COLUMNS or row.lower_is_better is None or row.to_dense:
        return None
    measured = row.differences.get(_VARIANT_OF_COLUMN[_DIFFERENCE_COLUMNS[column]])
    if measured is not None:
        beyond_chance = abs(measured.value) > NORMAL_95 * (measured.stderr or 0.0)
        return (measured.value < 0) == row.lower_is_better if beyond_chance else None
    dense, other = row.values.get("dense"), row.values.get(_VARIANT_OF_COLUMN[_DIFFERENCE_COLUMNS[column]])
    if not dense or other is None or abs(other / dense - 1) < _NOTABLE:
        return None
    return (other < dense) == row.lower_is_better
