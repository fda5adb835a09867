"""The interface of an export format: what it is given, and what it must do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from torch import Tensor

from engine.api.events import ExportVerified, RemovalSet
from engine.api.export_targets import Precision
from engine.export.manifest import ExportFacts
from engine.export.runtimes.compare import Reference
from engine.models.folder import ModelFolder
from engine.models.progress import Report


@dataclass(frozen=True)
class Plan:
    """An export as planned before the work: its source, the removals that are possible, and its variant."""

    source: ModelFolder
    removals: tuple[RemovalSet, ...]
    """The layers to remove; before a search has found them, sets like those that it may find."""
    trained: bool
    """Whether the recovered model may be exported, in which any weight may have changed."""
    llama_cpp: str
    """The setting ``export.llama_cpp``."""
    report: Report

    @property
    def gone(self) -> RemovalSet:
        """The layers that are in every removal set."""
        return tuple(sorted(set.intersection(*map(set, self.removals)))) if self.removals else ()


@dataclass(frozen=True)
class ExportJob:
    """One format of one export."""

    facts: ExportFacts
    model: Path
    """The model as a verified safetensors folder."""
    folder: Path
    """An empty folder for the format's files."""
    name: str
    """Beginning of file names."""
    precision: Precision
    reference: Reference
    """The same model in memory, for comparisons; loaded on first use."""
    replaced: Mapping[str, Tensor]
    """Weights in which the model differs from the dense one, by parameter name in the pruned model."""
    llama_cpp: str
    """The setting ``export.llama_cpp``."""
    report: Report
    """Called with what is being done. It may raise to stop the work."""


class FormatWriter(Protocol):
    """Writes and verifies one format, whose record is in ``engine.api.export_targets``."""

    def missing(self, precision: str, llama_cpp: str, /) -> str:
        """Return what is not installed that writing needs, as one sentence with the command to run; else nothing."""

    def unverifiable(self) -> str:
        """Return how to get the runtime in which an export is verified; empty where it is installed."""

    def refused(self, source: ModelFolder, llama_cpp: str, /) -> str:
        """Return why this model cannot be written in this format, as far as its files show at once; else nothing."""

    def rehearse(self, plan: Plan, precision: str, /) -> None:
        """Try the format on a miniature of the model (``engine.export.miniature``).

        Raises:
            BadInput: The export would fail.
            LayerSwarmError: The format cannot be tried now.
        """

    def write(self, job: ExportJob, /) -> None:
        """Write all files into ``job.folder``.

        Raises:
            LayerSwarmError: They cannot be written.
        """

    def verify(self, job: ExportJob, /) -> Iterator[ExportVerified]:
        """Yield a check for each property of the written files, in the format's runtime where that is installed."""
