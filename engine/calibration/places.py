"""Where windows come from, as the settings name it: one text, or a mix of several with weights."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from engine.api.settings import CalibrationSettings, RecoverySettings, TextSource
from engine.api.text_mix import mix_part
from engine.calibration.texts import is_text_file


@dataclass(frozen=True)
class TextPlace:
    """One source of text."""

    source: TextSource
    name: str = ""
    """Path of the file, or id of the data set, which may end in ``:config``."""
    split: str = "train"

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.name if self.source != "self" else "the model's own text"


OWN_TEXT = TextPlace("self")
NAMED = {
    "self": OWN_TEXT,
    "wikitext": TextPlace("dataset", "Salesforce/wikitext:wikitext-2-raw-v1"),
    "web": TextPlace("dataset", "allenai/c4:en"),
    "instructions": TextPlace("dataset", "databricks/databricks-dolly-15k"),
}
"""Parts of a mix that have a short name."""

Mixture = dict[TextPlace, Fraction]
"""Places and their weights, in the order in which they take turns."""


def text_mixture(settings: CalibrationSettings | RecoverySettings) -> Mixture:
    """Where the windows of calibration, or of recovery, come from; one place alone has the weight 1.

    Raises:
        BadInput: a weight is nothing.
    """
    match settings.source:
        case "self":
            return {OWN_TEXT: Fraction(1)}
        case "file":
            return {TextPlace("file", settings.path): Fraction(1)}
        case "dataset":
            return {TextPlace("dataset", settings.dataset, settings.split): Fraction(1)}
        case "mix":
            return _mixture(settings.mix)


def _mixture(parts: tuple[str, ...]) -> Mixture:
    """A place that is named twice counts as it was named first."""
    mixture: Mixture = {}
    for name, weight in map(mix_part, parts):
        mixture.setdefault(_place(name), weight)
    return mixture


def _place(name: str) -> TextPlace:
    """A part of a mix: a short name, a text file, else a Hub data set."""
    if name in NAMED:
        return NAMED[name]
    return TextPlace("file" if is_text_file(Path(name)) else "dataset", name)
