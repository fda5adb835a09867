"""Score the removal of each layer alone, raced like the candidates of a search.

All single removals on all windows would be the largest cost of a run: layer applications grow with the square of the
number of layers. A search needs to know the cheap layers well and the others roughly.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import Score


@dataclass(frozen=True)
class SingleRemoval:
    """The model without one layer.

    Attributes:
        kl: KL(dense || model) in nats per token.
        nll: Negative log-likelihood in nats per token.
        estimated_from: Number of windows from which both were estimated; None if they were measured on all windows.
    """

    kl: float
    nll: float
    estimated_from: int | None = None


def single_removals(evaluator: Evaluator, layers: int, promoted_share: float) -> list[SingleRemoval]:
    """Return the removal of each layer alone.

    Every layer is scored on the first level, and the cheapest ``promoted_share`` of a level on the next one. The
    figures of the others are scaled to all windows by what the promoted ones changed from level to level, so that the
    figures of all layers can be compared.

    Args:
        evaluator: Scores the removals.
        layers: Number of layers.
        promoted_share: Share of a level's layers that advances, above 0 and at most 1.
    """
    levels = evaluator.levels
    racing: Sequence[int] = range(layers)
    scored: list[Mapping[int, Score]] = []
    for level in levels:
        if scored:
            racing = _cheapest(scored[-1], promoted_share)
        scores = evaluator.scores([(layer,) for layer in racing], level)
        scored.append(dict(zip(racing, scores, strict=True)))
    steps = [_Step.between(before, after) for before, after in pairwise(scored)]
    found = []
    for layer in range(layers):
        reached = max(place for place, measured in enumerate(scored) if layer in measured)
        figures = scored[reached][layer]
        for step in steps[reached:]:
            figures = step.taken(figures)
        found.append(SingleRemoval(figures.kl, figures.nll, levels[reached] if reached < len(steps) else None))
    return found


def _cheapest(scored: Mapping[int, Score], share: float) -> list[int]:
    return sorted(scored, key=lambda layer: scored[layer].kl)[: math.ceil(share * len(scored))]


@dataclass(frozen=True)
class _Step:
    """What the step from one level to the next changes in the figures of a layer.

    Attributes:
        factor: Of the KL, by which hard windows raise all layers alike.
        added: To the negative log-likelihood, which is mostly that of the text.
    """

    factor: float
    added: float

    @classmethod
    def between(cls, before: Mapping[int, Score], after: Mapping[int, Score]) -> "_Step":
        """Return the step of the layers that were scored on both levels."""
        kls = [(before[layer].kl, score.kl) for layer, score in after.items()]
        usable = [pair for pair in kls if all(math.isfinite(kl) and kl > 0 for kl in pair)]
        nlls = [score.nll - before[layer].nll for layer, score in after.items()]
        finite = [nll for nll in nlls if math.isfinite(nll)]
        factor = sum(kl for _, kl in usable) / sum(kl for kl, _ in usable) if usable else 1.0
        return cls(factor, sum(finite) / len(finite) if finite else 0.0)

    def taken(self, score: Score) -> Score:
        """Return the estimated score on the next level."""
        return Score(score.kl * self.factor, score.nll + self.added)
