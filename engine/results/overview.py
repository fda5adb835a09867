"""One picture of a run: the quality of each of its models against size and against decode speed.

Quality is the mean accuracy where every model was measured on the same tasks, else the KL to the dense model on the
held-out windows.
"""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.api.evaluation_events import VARIANT_TITLES, VARIANTS, Variant
from engine.api.run_events import ModelPoint, RunSummarised
from engine.api.run_state import RunState
from engine.results.figures import Translate, format_number, untranslated
from engine.results.research_table import accuracies
from engine.results.rows import Figure, Sentence, figure_words
from engine.results.speed_notes import BUSY, is_busy

Quality = Literal["accuracy", "KL"]
QUALITY_NAMES: dict[Quality, str] = {
    "accuracy": "accuracy (higher is better)",
    "KL": "held-out KL (lower is better)",
}
POINT = "{0}: {1} {2}, {3}"
OF_RUN = "{0} of {1}"
SPREAD = "{0} ({1} to {2}) tokens/s"
NO_SPEED = "speed not measured"


@dataclass(frozen=True)
class OverviewPoint:
    """A model in the picture."""

    run: str
    """Name of the other run that it belongs to; empty for the shown run's own models."""
    model: ModelPoint
    quality: float
    kind: Quality

    @property
    def spread(self) -> tuple[float, float]:
        """The slowest and the fastest decode speed that was measured, in tokens per second; zeros where none was."""
        decode = self.model.decode
        return (decode.least, decode.most) if decode is not None else (0.0, 0.0)

    def words(self, translate: Translate = untranslated) -> str:
        """Return the model and its figures as one line."""
        model = self.model
        name = Sentence(VARIANT_TITLES[model.variant])
        whose = Sentence(OF_RUN, (name, self.run)) if self.run else name
        figure = figure_words("kl" if self.kind == "KL" else "number", self.quality, translate)
        line = Sentence(POINT, (whose, Sentence(self.kind), figure, Figure("bytes", model.bytes))).words(translate)
        return f"{line}, {self._speed_words(translate)}"

    def _speed_words(self, translate: Translate) -> str:
        decode = self.model.decode
        if decode is None:
            return translate(NO_SPEED)
        paces = (format_number(pace, translate=translate) for pace in (decode.median, decode.least, decode.most))
        words = Sentence(SPREAD, tuple(paces))
        return (Sentence(BUSY, (words,)) if self.model.busy else words).words(translate)


@dataclass(frozen=True)
class Overview:
    """All points of the picture."""

    kind: Quality
    points: tuple[OverviewPoint, ...]
    """The models of the shown run, each made from the one before."""
    others: tuple[OverviewPoint, ...]
    """The best models of the project's other runs that were measured alike."""

    def text(self, translate: Translate = untranslated) -> str:
        """Return the picture as text, a line for each model."""
        return "\n".join(point.words(translate) for point in (*self.points, *self.others))


def model_points(state: RunState) -> tuple[ModelPoint, ...]:
    """Return the figures of each measured model of a run."""
    return tuple(_model_point(state, variant) for variant in VARIANTS if variant in state.evaluated)


def overview(state: RunState, others: Iterable[RunSummarised] = ()) -> Overview:
    """Return the picture of a run.

    Args:
        state: State of the shown run.
        others: Summaries of the project's runs; those of another dense model are left out, since neither KL nor size
            could be compared.
    """
    own = model_points(state)
    tasks = [set(point.accuracies) for point in own]
    shared = set.intersection(*tasks) if tasks else set()
    kind: Quality = "accuracy" if shared else "KL"
    digest = state.model.digest if state.model is not None else ""
    alike = (each for each in others if each.run != state.run and digest and each.digest == digest)
    behind = (_point(each.title or each.run, model, kind, shared) for each in alike for model in each.models[-1:])
    points = (_point("", model, kind, shared) for model in own)
    return Overview(kind, tuple(filter(None, points)), tuple(filter(None, behind)))


def _point(run: str, model: ModelPoint, kind: Quality, tasks: set[str]) -> OverviewPoint | None:
    if kind == "KL":
        quality = model.heldout_kl
    elif tasks <= set(model.accuracies):
        quality = statistics.fmean(model.accuracies[task] for task in tasks)
    else:
        return None
    return OverviewPoint(run, model, quality, kind) if math.isfinite(quality) else None


def _model_point(state: RunState, variant: Variant) -> ModelPoint:
    event = state.evaluated[variant]
    speed = next((each for (name, _, _), each in state.speeds.items() if name == variant), None)
    return ModelPoint(
        variant=variant,
        bytes=event.bytes,
        heldout_kl=event.heldout_kl,
        accuracies=accuracies(state, variant),
        decode=None if speed is None else speed.decode,
        busy=speed is not None and is_busy(speed),
    )
