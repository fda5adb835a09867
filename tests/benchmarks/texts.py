"""The text files that the benchmarks calibrate, train and measure on."""

import json
from dataclasses import dataclass
from pathlib import Path

SHARED_DATA = Path(__file__).parents[3] / "shared" / "data"
HELDOUT = {
    "wikitext2": "wikitext2/wiki.test.raw",
    "c4": "c4_sample/c4_300.jsonl",
    "openwebtext": "openwebtext_1k/openwebtext_1k.jsonl",
    "dolly": "dolly_hhrlhf_small/train.jsonl",
}
"""Texts to measure on; nothing is calibrated on the first two. Of the others, the first windows are held out."""
HELDOUT_WINDOWS = 8
CALIBRATION = {
    "wikipedia": "wikipedia_sample/wiki_articles_llamafactory.txt",
    "web": HELDOUT["openwebtext"],
    "instructions": HELDOUT["dolly"],
}
MIXES: dict[str, tuple[str, ...]] = {
    "self": ("self",),
    **{name: (name,) for name in CALIBRATION},
    "mix": ("self", *CALIBRATION),
    "documents": tuple(CALIBRATION),
}
"""Mixtures to calibrate on, in equal shares; ``self`` is text that the dense model writes."""

_WORDS = ("river", "sea", "boat", "wind", "rain", "light", "stone", "garden", "road", "song", "winter", "letter", "of")
_DOCUMENTS, _SENTENCES = 12, 8


@dataclass(frozen=True)
class Texts:
    """The files of a data folder, laid out as in ``HELDOUT`` and ``CALIBRATION``."""

    folder: Path

    def heldout(self, name: str) -> Path:
        """Return the file of a text to measure on."""
        return self.folder / HELDOUT[name]

    def calibration(self, name: str) -> Path:
        """Return the file of a text to calibrate on."""
        return self.folder / CALIBRATION[name]

    @property
    def missing(self) -> list[Path]:
        """The files that do not exist."""
        files = {*map(self.heldout, HELDOUT), *map(self.calibration, CALIBRATION)}
        return sorted(path for path in files if not path.is_file())


def write_tiny_texts(folder: Path) -> Texts:
    """Write a short made-up text for each file, in the form of the real one."""
    for shift, name in enumerate(sorted({*HELDOUT.values(), *CALIBRATION.values()})):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        documents = [_document(shift + 7 * number) for number in range(_DOCUMENTS)]
        path.write_text("\n".join(_lines(name, documents)) + "\n")
    return Texts(folder)


def _lines(name: str, documents: list[str]) -> list[str]:
    if name == CALIBRATION["instructions"]:
        return [json.dumps({"prompt": text[:40], "response": text[40:]}) for text in documents]
    if name.endswith(".jsonl"):
        return [json.dumps({"text": text}) for text in documents]
    return [line for text in documents for line in (text, "")]


def _document(seed: int) -> str:
    sentences = (
        " ".join(_WORDS[(seed * (sentence + 3) + 5 * word) % len(_WORDS)] for word in range(9))
        for sentence in range(_SENTENCES)
    )
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)
