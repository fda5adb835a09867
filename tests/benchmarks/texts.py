"""Windows of the shared texts for the benchmarks: those to calibrate on, and others of the same kinds to measure on."""

from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from engine.calibration.mixture import in_turn
from engine.calibration.packing import PackedText
from engine.calibration.texts import file_documents
from engine.models.loading import load_tokenizer
from tests.benchmarks.demo_setup import LENGTH, demo_folder, demo_windows

DATA = Path(__file__).parents[3] / "shared" / "data"
WEB = DATA / "openwebtext_1k" / "openwebtext_1k.jsonl"
INSTRUCTIONS = DATA / "dolly_hhrlhf_small" / "train.jsonl"
HELDOUT = {
    "wikitext2": DATA / "wikitext2" / "wiki.test.raw",
    "c4": DATA / "c4_sample" / "c4_300.jsonl",
    "openwebtext": WEB,
    "dolly": INSTRUCTIONS,
}
"""Texts to measure on; the first two are never calibrated on."""
HELDOUT_WINDOWS = 8
CALIBRATION = {
    "wikipedia": DATA / "wikipedia_sample" / "wiki_articles_llamafactory.txt",
    "web": WEB,
    "instructions": INSTRUCTIONS,
}
MIXES: dict[str, tuple[str, ...]] = {
    "self": ("self",),
    **{name: (name,) for name in CALIBRATION},
    "mix": ("self", *CALIBRATION),
}
"""What is calibrated on, each in equal shares."""


def texts_are_here() -> bool:
    """Whether the shared texts stand beside the checkout."""
    return all(path.is_file() for path in (*HELDOUT.values(), *CALIBRATION.values()))


def heldout_windows(name: str) -> Tensor:
    """Windows to measure on [HELDOUT_WINDOWS, LENGTH]."""
    return _text(HELDOUT[name], HELDOUT_WINDOWS)


def calibration_windows(mix: str, count: int) -> Tensor:
    """Windows of a mix, its kinds in turn, so that a smaller level of a race holds all of them [count, LENGTH]."""
    kinds = MIXES[mix]
    return in_turn([_kind(kind, -(-count // len(kinds))) for kind in kinds])[:count]


def _kind(kind: str, count: int) -> Tensor:
    if kind == "self":
        return demo_windows(count)
    return _text(CALIBRATION[kind], HELDOUT_WINDOWS + count)[HELDOUT_WINDOWS:]


@cache
def _text(path: Path, count: int) -> Tensor:
    """The first windows of a text, always in the same order."""
    windows = PackedText(file_documents(path, seed=0), load_tokenizer(demo_folder().path), LENGTH).windows()
    return torch.stack([next(windows) for _ in range(count)])
