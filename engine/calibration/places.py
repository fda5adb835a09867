"""Where windows come from, as the settings name it: one text, or a mix of several in equal shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from engine.api.settings import CalibrationSettings, RecoverySettings, TextSource
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


NAMED = {
    "self": TextPlace("self"),
    "wikitext": TextPlace("dataset", "Salesforce/wikitext:wikitext-2-raw-v1"),
    "web": TextPlace("dataset", "allenai/c4:en"),
    "instructions": TextPlace("dataset", "databricks/databricks-dolly-15k"),
}
"""Parts of a mix that have a short name."""


def calibration_places(settings: CalibrationSettings) -> tuple[TextPlace, ...]:
    """Where calibration and held-out windows come from, each place for an equal share."""
    if settings.source == "mix":
        return tuple(map(_part, dict.fromkeys(settings.mix)))
    return (_place(settings.source, settings.path, settings.dataset, settings.split),)


def recovery_place(settings: RecoverySettings) -> TextPlace:
    """Where recovery windows come from."""
    return _place(settings.source, settings.path, settings.dataset, settings.split)


def share(count: int, parts: int, index: int) -> int:
    """How many of ``count`` windows part ``index`` of ``parts`` gives when they take turns."""
    return len(range(index, count, parts))


def in_turn(parts: Sequence[Tensor]) -> Tensor:
    """The first window of each part, then the second of each, and so on, so that every level of a race is mixed.

    Args:
        parts: [share, length], each as long as the one before or one shorter.
    """
    longest = max(map(len, parts))
    return torch.stack([part[row] for row in range(longest) for part in parts if row < len(part)])


def _place(source: TextSource, path: str, dataset: str, split: str) -> TextPlace:
    match source:
        case "self":
            return TextPlace("self")
        case "file":
            return TextPlace("file", path)
        case "dataset":
            return TextPlace("dataset", dataset, split)


def _part(name: str) -> TextPlace:
    """A part of a mix: a short name, a text file, else a Hub data set."""
    if name in NAMED:
        return NAMED[name]
    return TextPlace("file" if is_text_file(Path(name)) else "dataset", name)
