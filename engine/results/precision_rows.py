"""The precisions of an export format side by side: size, measured quality, and the fit on a device."""

from dataclasses import dataclass

from engine.api.edge_devices import EdgeDevice
from engine.api.export_targets import ExportFormat, ExportTarget, Precision, export_targets
from engine.api.run_state import RunState
from engine.results.edge_fit import EdgeFit, ModelShape, fit_bits, pruned_shape
from engine.results.figures import NOTHING, Translate, format_rate, typeset, untranslated
from engine.results.rows import Sentence, figure_words

HEADINGS = ("Precision", "Bits per weight", "Size", "KL, measured", "Memory there", "Speed there")
PREDICTED = "about {0}"
"""A size before the export."""


@dataclass(frozen=True)
class PrecisionRow:
    """A precision of one format for the model of a run."""

    precision: Precision
    bits: float
    """Bits per weight; those of the source where its own format is kept."""
    size: int
    """Bytes of the files, predicted unless ``is_written``."""
    is_written: bool
    kl: float | None
    """KL of the exported model in its runtime to the model in 32 bits; None where no export was measured."""
    fit: EdgeFit

    def words(self, translate: Translate = untranslated) -> tuple[str, ...]:
        """Return the cells for ``HEADINGS``."""
        size = figure_words("bytes", self.size, translate)
        return (
            translate(self.precision.title),
            typeset(f"{self.bits:.3g}", translate),
            size if self.is_written else Sentence(PREDICTED, (size,)).words(translate),
            NOTHING if self.kl is None else figure_words("kl", self.kl, translate),
            self.fit.verdict.words(translate),
            format_rate(self.fit.tokens_per_second, translate) if self.fit.fits else NOTHING,
        )


def precision_rows(state: RunState, target: ExportTarget, device: EdgeDevice, context: int) -> list[PrecisionRow]:
    """Return a row for each precision of ``target``; none before the search has ended.

    Args:
        state: State of the run.
        target: The export format.
        device: The device to fit.
        context: Tokens for which the device keeps keys and values.
    """
    if state.model is None or state.search is None:
        return []
    shape = pruned_shape(state.model, state.search.removed)
    stored = 8 * state.model.bytes / state.model.parameters if state.model.parameters else 16.0
    return [_row(state, target, each, stored, shape, device, context) for each in target.precisions]


def _row(
    state: RunState,
    target: ExportTarget,
    precision: Precision,
    stored: float,
    shape: ModelShape,
    device: EdgeDevice,
    context: int,
) -> PrecisionRow:
    name = str(ExportFormat(target=target.key, precision=precision.key))
    removed = state.search.removed if state.search is not None else ()
    written = [each for each in state.exports.values() if each.format == name and each.removed == removed]
    measured = [each.figures["kl"] for each in state.checks.values() if each.format == name and "kl" in each.figures]
    bits = precision.bits or stored
    fit = fit_bits(shape, device, context, bits)
    return PrecisionRow(
        precision=precision,
        bits=bits,
        size=written[-1].bytes if written else fit.weights,
        is_written=bool(written),
        kl=measured[-1] if measured and written else None,
        fit=fit,
    )


def format_title(file_format: str) -> str:
    """Return the name of a format as people know it, such as ``GGUF Q8_0`` for ``gguf:q8_0``."""
    key, _, precision = file_format.partition(":")
    target = next((each for each in export_targets() if each.key == key), None)
    if target is None:
        return file_format
    titles = [each.title for each in target.precisions if precision and each.key == precision]
    return " ".join([target.title, *titles])
