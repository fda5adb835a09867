"""Describe an export: which model, without which layers, where to, in which formats."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from engine.api.events import RemovalSet
from engine.api.export_targets import ExportFormat
from engine.api.settings import Variant
from engine.models.folder import ModelFolder


@dataclass(frozen=True)
class ExportRequest:
    """Everything that an export depends on.

    Attributes:
        source: The dense model's folder.
        removed: Decoder layers to remove.
        folder: A new or empty folder. Several formats are written into a folder each within it.
        formats: The formats to write.
        variant: Which of the run's models this is.
        replaced: Weights that compensation or recovery has changed, by parameter name in the pruned model's numbering.
        manifest: Further content of ``layerswarm.json``, such as revision, settings, score, and ``figures`` (variant ->
            name -> number), which the model card shows too.
        llama_cpp: The setting ``export.llama_cpp``.
        memory: Bytes of main memory that verification may use, of those that are free.
    """

    source: ModelFolder
    removed: RemovalSet
    folder: Path
    formats: tuple[ExportFormat, ...] = (ExportFormat(target="safetensors"),)
    variant: Variant = "pruned"
    replaced: Mapping[str, torch.Tensor] = field(default_factory=dict)
    manifest: Mapping[str, object] = field(default_factory=dict)
    llama_cpp: str = ""
    memory: float = math.inf

    @property
    def places(self) -> dict[ExportFormat, Path]:
        """The folder of each format."""
        return format_folders(self.folder, self.formats)


def format_folders(folder: Path, formats: Sequence[ExportFormat]) -> dict[ExportFormat, Path]:
    """Return where each format is written: one into the folder itself, several into a folder each within it."""
    return {each: folder / each.folder_name if len(formats) > 1 else folder for each in formats}
