"""Folds of the sets that a search finds, by number of removed layers, kind of fold and amount of text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, dequantize, quantize
from transformers import PreTrainedModel

from engine.api.events import RemovalSet
from engine.models.surgery import remove_layers
from tests.benchmarks.folding import BEHIND, DEFAULT, ONE_MAP, VALIDATION, fold, gap_scales, scaled, without
from tests.benchmarks.recovery_training import Judges
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.subject import Subject

SETS: tuple[RemovalSet, ...] = (
    (13, 14, 15, 16, 17, 18),
    (4, 5, 14, 15, 16, 17),
    (16, 17, 18),
    (5, 12, 13, 14, 15, 16, 17, 18, 26),
)
"""The second is what a run on the model's own text finds, the others what ``search_quality`` does."""
QUICK_SETS: tuple[RemovalSet, ...] = ((2, 3),)


@dataclass(frozen=True)
class Amounts:
    """Numbers of windows that each kind of fold is fitted on."""

    one_map: tuple[int, ...]
    beside: tuple[int, ...]
    """Those for the map and then those beside it."""
    behind: int
    """That for one factor and for a matrix behind the map."""


FULL = Amounts((32, 128, 256, 512), (256, 512), 128)
QUICK = Amounts((8, 16), (16,), 16)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each removal set and kind of fold."""
    subject = bench.subject
    dense = subject.load(torch.bfloat16)
    amounts = QUICK if bench.quick else FULL
    text = subject.calibration_windows("mix", VALIDATION + amounts.one_map[-1])
    content: Content = {"text": "mix", "length": subject.length, "rows": []}
    for removed in QUICK_SETS if bench.quick else SETS:
        for row in folds(without(subject, removed), dense, text, amounts):
            content["rows"].append(row)
            yield content
    content["formats"] = _stored(subject, text[: VALIDATION + amounts.behind])
    yield content


def _stored(subject: Subject, text: torch.Tensor) -> list[dict[str, Any]]:
    """Return the KL of the pruned and of the compensated model whose weights are stored in several formats."""
    folded = fold(subject, subject.model, text).weights(subject)
    pruned = subject.load()
    remove_layers(pruned, subject.removed)
    rows, judges = [], Judges(subject, torch.float32)
    for name, stored in FORMATS.items():
        row = {"stored as": name}
        for variant, changed in (("pruned", {}), ("compensated", folded)):
            weights = {key: stored(changed.get(key, tensor)) for key, tensor in pruned.state_dict().items()}
            row[variant] = judges.changed(weights)["mean KL"]
        rows.append(row)
    return rows


def _as_q8_0(tensor: torch.Tensor) -> torch.Tensor:
    """Return a matrix as GGUF's Q8_0 restores it; a vector, or rows that no block divides, stay in float32."""
    if tensor.ndim < 2 or tensor.shape[-1] % GGML_QUANT_SIZES[GGMLQuantizationType.Q8_0][0]:
        return tensor
    packed = quantize(tensor.float().numpy(), GGMLQuantizationType.Q8_0)
    return torch.from_numpy(dequantize(packed, GGMLQuantizationType.Q8_0))


FORMATS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "float32": lambda tensor: tensor,
    "bfloat16": lambda tensor: tensor.bfloat16(),
    "Q8_0": _as_q8_0,
}


def folds(subject: Subject, dense: PreTrainedModel, text: torch.Tensor, amounts: Amounts) -> Iterator[dict[str, Any]]:
    """Yield a row for the pruned model and for each kind of fold.

    Args:
        subject: The removal set.
        dense: The dense model.
        text: Windows to choose the ridge on and to fit on [windows, length].
        amounts: Numbers of windows.
    """
    judges = Judges(subject)
    gone = ", ".join(map(str, subject.removed))

    def row(kind: str, windows: int, seconds: float, figures: dict[str, Any]) -> dict[str, Any]:
        return {
            "layers removed": len(subject.removed),
            "removed": gone,
            "fold": kind,
            "tokens": windows * subject.length,
            "seconds": round(seconds, 1),
            **figures,
        }

    pruned = judges.changed({})
    yield row("none", 0, 0.0, pruned)
    model = subject.load(torch.bfloat16)
    remove_layers(model, subject.removed)
    with scaled(model, subject, gap_scales(subject, dense, text[VALIDATION : VALIDATION + amounts.behind])):
        yield row("one factor per gap", amounts.behind, 0.0, judges.measured(model))
    kinds = {
        "the map": (ONE_MAP, amounts.one_map),
        "the map, then those beside it": (DEFAULT, amounts.beside),
        "a matrix behind the map": (BEHIND, (amounts.behind,)),
    }
    for kind, (settings, every) in kinds.items():
        for windows in every:
            found = fold(subject, dense, text[: VALIDATION + windows], settings)
            yield row(kind, windows, found.seconds, judges.changed(found.weights(subject)))


def tables(content: Content) -> Tables:
    """Return all folds, and the formats that a fold is stored in."""
    return [content["rows"], content["formats"]]


SECTION = Section(measure, tables, needs_texts=True)
