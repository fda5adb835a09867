"""What the benchmarks share: the demo model, windows that it wrote itself, our evaluator, and how results are told."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from rich.table import Table
from torch import Tensor
from transformers import PreTrainedModel

from engine.calibration.generation import write_block
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.models.decoder_stack import DecoderStack
from engine.models.folder import ModelFolder
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.sources.resolve import resolve_source

LENGTH, SCORED_EVERY = 128, 4
PARAMETERS = 134_515_008
"""Of the demo model."""


@cache
def demo_folder() -> ModelFolder:
    """The demo model's folder."""
    return resolve_source("demo", "main", silent)


@cache
def demo_model() -> PreTrainedModel:
    """The demo model in float32 on the CPU."""
    return load_model(demo_folder().path)


def demo_windows(count: int) -> Tensor:
    """Windows that the model wrote itself [count, LENGTH]."""
    tokenizer = load_tokenizer(demo_folder().path)
    generator = torch.Generator().manual_seed(0)
    return write_block(demo_model(), tokenizer, count, LENGTH, generator, lambda _done: None)


def fresh_evaluator(tokens: Tensor, scored_every: int = SCORED_EVERY, levels: tuple[int, ...] = ()) -> Evaluator:
    """Our evaluator with its dense states ready and nothing remembered."""
    memory = ScoreMemory("demo", "calibration", lambda _event: None)
    return Evaluator(CalibrationWindows(DecoderStack(demo_model()), tokens, scored_every), memory, levels)


def print_rows(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """A table with a line for each row; the first row has every column."""
    table = Table(*rows[0], box=None)
    for row in rows:
        table.add_row(*(str(row.get(column, "")) for column in rows[0]))
    console.print(table)


def write_json(path: Path | None, content: Mapping[str, Any]) -> None:
    """Write the figures, where a file is named."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n")
