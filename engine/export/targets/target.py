"""What an export format must be able to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.api.events import ExportVerified, RemovalSet
from engine.export.child_process import Tell
from engine.export.manifest import ExportFacts
from engine.export.runtimes.compare import Reference
from engine.models.folder import ModelFolder


@dataclass(frozen=True)
class Plan:
    """What is known of an export before the work that comes first."""

    source: ModelFolder
    removals: tuple[RemovalSet, ...]
    """The layers that go; before a search has found them, sets like those that it may find."""
    recovered: bool
    """Whether it may be the recovered model that is exported."""
    llama_cpp: str
    """The setting ``export.llama_cpp``."""
    tell: Tell

    @property
    def gone(self) -> RemovalSet:
        """The layers that go whatever is found."""
        return tuple(sorted(set.intersection(*map(set, self.removals)))) if self.removals else ()


@dataclass(frozen=True)
class Job:
    """One format of one export."""

    facts: ExportFacts
    model: Path
    """The pruned or recovered model as a verified safetensors folder."""
    folder: Path
    """Where to write; empty at first."""
    name: str
    """What files are named with."""
    precision: str
    reference: Reference
    """The same model in memory, for comparisons; loaded when first asked."""
    llama_cpp: str
    """The setting ``export.llama_cpp``."""
    tell: Tell


class Target(Protocol):
    """A format. Its words for people are in ``engine.api.export_targets``."""

    def missing(self, precision: str, llama_cpp: str, /) -> str:
        """What is not installed that writing needs, as one sentence with the command; empty when all is there."""

    def unverifiable(self) -> str:
        """How to get the runtime in which an export is checked; empty when it is installed."""

    def refused(self, source: ModelFolder, llama_cpp: str, /) -> str:
        """Why this model cannot leave in this format, as far as its files show at once; empty when it can."""

    def rehearse(self, plan: Plan, precision: str) -> None:
        """Try the format on a miniature of the model (``engine.export.miniature``).

        Raises:
            BadInput: The export would fail.
            LayerSwarmError: The format cannot be tried now.
        """

    def write(self, job: Job) -> None:
        """Write all files into ``job.folder``.

        Raises:
            LayerSwarmError: it cannot be done.
        """

    def verify(self, job: Job) -> Iterator[ExportVerified]:
        """Check what was written, in the runtime that it is for where that is installed."""
