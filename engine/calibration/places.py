"""Resolve the sources of windows that the settings name: one text, or a mix of several with weights."""

from dataclasses import dataclass
from fractions import Fraction

from engine.api.locations import given_path, real_path
from engine.api.message import worded
from engine.api.settings import CalibrationSettings, RecoverySettings, TextSource
from engine.api.text_mix import mix_part
from engine.calibration.texts import is_text_file

_DEFAULT = "default"
"""The Hub's name of a data set's default configuration."""


@dataclass(frozen=True)
class TextPlace:
    """One source of text.

    Two places are equal where they are the same text, whose documents are then shared among the sets of windows. So
    create places by ``file_place`` and ``dataset_place``, which map all names of one text to the same place.
    """

    source: TextSource
    name: str = ""
    """Absolute path of the file, or id of the data set, which may end in ``:config``."""
    split: str = "train"

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.name if self.source != "self" else worded("the model's own text")


def file_place(path: str) -> TextPlace:
    """Return the place of a text file; its path may be relative, begin with ``~``, or be a link."""
    return TextPlace("file", str(real_path(given_path(path))) if path else "")


def dataset_place(name: str, split: str = "train") -> TextPlace:
    """Return the place of a Hub data set; ``org/name:default`` is ``org/name``."""
    identifier, _, config = name.partition(":")
    return TextPlace("dataset", identifier if config in ("", _DEFAULT) else name, split)


OWN_TEXT = TextPlace("self")
NAMED = {
    "self": OWN_TEXT,
    "wikitext": dataset_place("Salesforce/wikitext:wikitext-2-raw-v1"),
    "web": dataset_place("allenai/c4:en"),
    "instructions": dataset_place("databricks/databricks-dolly-15k"),
}
"""Short names of parts of a mix."""

Mixture = dict[TextPlace, Fraction]
"""Places and their weights, in the order in which they are interleaved."""


def text_mixture(settings: CalibrationSettings | RecoverySettings) -> Mixture:
    """Return the places of the windows of calibration or recovery; a single place has the weight 1.

    Raises:
        BadInput: A weight is 0.
    """
    match settings.source:
        case "self":
            return {OWN_TEXT: Fraction(1)}
        case "file":
            return {file_place(settings.path): Fraction(1)}
        case "dataset":
            return {dataset_place(settings.dataset, settings.split): Fraction(1)}
        case "mix":
            return _mixture(settings.mix)


def source_words(settings: CalibrationSettings) -> str:
    """Return the source of the windows; for a mix, its parts."""
    return f"mix: {', '.join(settings.mix)}" if settings.source == "mix" else settings.source


def _mixture(parts: tuple[str, ...]) -> Mixture:
    """Return the mix; a place that is named twice keeps its first weight."""
    mixture: Mixture = {}
    for name, weight in map(mix_part, parts):
        mixture.setdefault(_place(name), weight)
    return mixture


def _place(name: str) -> TextPlace:
    """Return the place of a part of a mix: a short name, a text file, else a Hub data set."""
    if name in NAMED:
        return NAMED[name]
    return file_place(name) if is_text_file(given_path(name)) else dataset_place(name)
