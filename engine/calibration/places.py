"""Where windows come from, as the settings name it: one text, or a mix of several with weights."""

from dataclasses import dataclass
from fractions import Fraction

from engine.api.locations import given_path
from engine.api.settings import CalibrationSettings, RecoverySettings, TextSource
from engine.api.text_mix import mix_part
from engine.calibration.texts import is_text_file

_DEFAULT = "default"
"""What the Hub calls the configuration of a data set that is read when none is named."""


@dataclass(frozen=True)
class TextPlace:
    """One source of text.

    Two places are equal where they are the same text: its documents are then shared out among the sets of windows.
    So places are made by ``file_place`` and ``dataset_place``, which know the names of one text for the same.
    """

    source: TextSource
    name: str = ""
    """Whole path of the file, or id of the data set, which may end in ``:config``."""
    split: str = "train"

    @property
    def words(self) -> str:
        """Its name for people."""
        return self.name if self.source != "self" else "the model's own text"


def file_place(path: str) -> TextPlace:
    """A text file; its name may be relative, begin with ``~``, or be a link."""
    return TextPlace("file", str(given_path(path).resolve()) if path else "")


def dataset_place(name: str, split: str = "train") -> TextPlace:
    """A Hub data set: ``org/name:default`` is ``org/name``."""
    identifier, _, config = name.partition(":")
    return TextPlace("dataset", identifier if config in ("", _DEFAULT) else name, split)


OWN_TEXT = TextPlace("self")
NAMED = {
    "self": OWN_TEXT,
    "wikitext": dataset_place("Salesforce/wikitext:wikitext-2-raw-v1"),
    "web": dataset_place("allenai/c4:en"),
    "instructions": dataset_place("databricks/databricks-dolly-15k"),
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
            return {file_place(settings.path): Fraction(1)}
        case "dataset":
            return {dataset_place(settings.dataset, settings.split): Fraction(1)}
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
    return file_place(name) if is_text_file(given_path(name)) else dataset_place(name)
