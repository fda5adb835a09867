"""The parts of a benchmark section, and the table of all sections."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.benchmarks.subject import Subject

Content = dict[str, Any]
"""The JSON of a section."""
Row = Mapping[str, Any]
"""A row of a Markdown table, by column; the first row of a table has every column."""

SECTIONS = (
    "search_quality",
    "analysis_race",
    "fitness_speed",
    "workers",
    "streaming",
    "accelerator",
    "peers",
    "calibration_mixes",
    "compensation",
    "compensation_training",
    "local_distillation",
    "second_model",
    "recovery_speed",
    "recovery_texts",
    "recovery_long",
    "recovery_long_texts",
    "recovery_accuracy",
    "recovery_seams",
    "export_formats",
    "large_export",
    "seventy_on_paper",
    "format_matrix",
    "window",
)
"""Names of all sections, in running order: later ones reuse the weights that ``recovery_long`` trains."""


Tables = Sequence[Sequence[Row]]


@dataclass(frozen=True)
class Bench:
    """The inputs of a section."""

    make_subject: Callable[[], "Subject"]
    work: Path
    """Folder for weights and checkpoints that later sections and calls reuse."""
    quick: bool = False
    """Whether to run on tiny inputs, as ``make test`` does."""
    thorough: bool = False
    """Whether to measure more cases than are committed, which takes hours."""
    known: Content | None = None
    """The section's JSON from an interrupted call, to resume from; most sections start anew."""

    @cached_property
    def subject(self) -> "Subject":
        """The model to measure, created on first use."""
        return self.make_subject()


@dataclass(frozen=True)
class Section:
    """One benchmark."""

    measure: Callable[[Bench], Iterator[Content]]
    """Yields the JSON whenever a part is added; the last one is complete."""
    tables: Callable[[Content], Tables]
    """Returns the tables that docs/benchmarks/README.md shows."""
    needs_texts: bool = False
    """Whether the section cannot run without the shared texts."""
    picture: Callable[[Content], str] | None = None
    """Returns an SVG to write beside the JSON."""
    obstacle: Callable[[Bench], str] = lambda _bench: ""
    """Returns why the section cannot run on this computer; empty where it can."""


def load_section(name: str) -> Section:
    """Import a section; its libraries are loaded only then."""
    section = import_module(f"tests.benchmarks.sections.{name}").SECTION
    assert isinstance(section, Section)
    return section
