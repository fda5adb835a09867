"""A saved tiny model, its export, and the logits that anyone who loads it gets."""

from pathlib import Path
from typing import Any

import torch
import transformers

from engine.api.events import Event
from engine.export.export import export_model
from engine.export.request import ExportRequest
from engine.models.folder import ModelFolder
from engine.models.progress import silent
from engine.sources.resolve import resolve_source
from tests.engine.export.tokens import TOKENS
from tests.engine.tiny_models import save_tiny


def saved(family: str, folder: Path, **how: Any) -> ModelFolder:
    save_tiny(family, folder, **how)
    return resolve_source(str(folder), "main", silent)


def exported(source: ModelFolder, removed: tuple[int, ...], target: Path, **given: Any) -> list[Event]:
    events: list[Event] = []
    export_model(ExportRequest(source, removed, target, **given), events.append)
    return events


def stock_logits(folder: Path) -> torch.Tensor:
    """As anyone would load it."""
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    return logits(model)


@torch.no_grad()
def logits(model: torch.nn.Module) -> torch.Tensor:
    return model(input_ids=TOKENS, use_cache=False).logits
