"""Settings of the search for the removal set."""

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from engine.api.algorithms import KEY_PATTERN, known_algorithm
from engine.api.paths_in_settings import leads_to
from engine.api.units import unit

_LARGE_MODEL = 10**9
_FIRST_SHARE, _FIRST_SHARE_LARGE = 0.125, 0.0625

Algorithm = str
"""The key of a record in ``engine.api.algorithms``."""
Objective = Literal["kl", "perplexity", "task"]
OBJECTIVE_WORDS: dict[Objective, str] = {"kl": "KL", "perplexity": "perplexity", "task": "task error"}


class PsoSettings(Struct, frozen=True, kw_only=True):
    """Parameters of particle swarm optimisation; see ``engine.search.pso``."""

    inertia_start: Annotated[float, Meta(description="Inertia weight of the first iteration.", ge=0.0, le=2.0)] = 0.9
    inertia_end: Annotated[float, Meta(description="Inertia weight of the last iteration.", ge=0.0, le=2.0)] = 0.4
    c1: Annotated[
        float, Meta(description="Pull towards a particle's own best position (cognitive coefficient).", ge=0.0, le=8.0)
    ] = 2.05
    c2: Annotated[
        float, Meta(description="Pull towards the neighbourhood's best position (social coefficient).", ge=0.0, le=8.0)
    ] = 2.05
    velocity_limit: Annotated[
        float, Meta(description="Largest change of a score per iteration, as a share of its range.", gt=0.0, le=1.0)
    ] = 0.25
    neighbourhood: Annotated[
        Literal["global", "ring"],
        Meta(description="Which best position a particle follows: that of the whole swarm or of its two neighbours."),
    ] = "ring"


class WoaSettings(Struct, frozen=True, kw_only=True):
    """Parameters of the whale optimisation algorithm; see ``engine.search.woa``."""

    a_start: Annotated[
        float, Meta(description="Initial value of the coefficient a, which decreases to 0.", gt=0.0, le=8.0)
    ] = 2.0
    spiral: Annotated[float, Meta(description="Shape b of the logarithmic spiral.", gt=0.0, le=8.0)] = 1.0
    spiral_probability: Annotated[
        float, Meta(description="Probability p of the spiral move instead of encircling.", ge=0.0, le=1.0)
    ] = 0.5


class RacingSettings(Struct, frozen=True, kw_only=True):
    """Racing: all candidates are scored on a few calibration windows, and only the promising ones on all of them.

    This follows the multi-step selection of EvoPress (Sieberling et al. 2024, https://arxiv.org/abs/2410.14649).
    """

    levels: Annotated[
        int,
        Meta(
            description="Number of nested calibration levels; with 1, every candidate is scored on all windows.",
            ge=1,
            le=8,
        ),
    ] = 3
    first_share: (
        Annotated[
            float,
            Meta(
                description="Share of the windows on which every candidate is scored; null chooses it automatically.",
                gt=0.0,
                le=1.0,
            ),
        ]
        | None
    ) = None
    promoted_share: Annotated[
        float, Meta(description="Share of a level's candidates that are promoted to the next level.", gt=0.0, le=1.0)
    ] = 0.15


class WeightSettings(Struct, frozen=True, kw_only=True):
    """Weights for choosing among numbers of layers: the lowest weighted sum of fitness, size and time wins."""

    quality: Annotated[float, Meta(description="Weight of the fitness.", ge=0.0, le=1e6)] = 1.0
    size: Annotated[float, Meta(description="Weight of the size relative to the dense model.", ge=0.0, le=1e6)] = 1.0
    time: Annotated[
        float, Meta(description="Weight of the time of a forward pass relative to the dense model.", ge=0.0, le=1e6)
    ] = 1.0


class SearchSettings(Struct, frozen=True, kw_only=True):
    """How the search finds the removal set."""

    algorithm: Annotated[
        Algorithm,
        Meta(
            description="Search algorithm: a swarm, a baseline, or one that another package provides.",
            pattern=KEY_PATTERN,
            extra=leads_to("installed"),
        ),
    ] = "pso"
    objective: Annotated[
        Objective,
        Meta(
            description="Fitness to minimise: KL divergence from the dense model, perplexity of the calibration "
            "text, or the share of a task's questions that are answered wrongly."
        ),
    ] = "kl"
    task: Annotated[
        str,
        Meta(
            description="lm-eval task to optimise when the objective is 'task'; empty for none.",
            extra=leads_to("installed"),
        ),
    ] = ""
    task_metric: Annotated[
        str,
        Meta(
            description="Metric of the task, between 0 and 1, higher is better: acc, acc_norm, exact_match.",
            extra=leads_to("words"),
        ),
    ] = "acc"
    task_samples: Annotated[
        int,
        Meta(
            description="Number of the task's questions on which finalists are scored.",
            ge=1,
            le=10**6,
            extra=unit("questions"),
        ),
    ] = 64
    least_layers: (
        Annotated[
            int,
            Meta(
                description="Smallest number of layers to remove: every number from here to the budget is searched, "
                "and the weights choose among them; null removes exactly the budget.",
                ge=0,
                le=2048,
                extra=unit("layers"),
            ),
        ]
        | None
    ) = None
    seed: Annotated[int, Meta(description="Seed of the search.", ge=0, le=2**31 - 1)] = 0
    population: Annotated[
        int, Meta(description="Candidates per iteration.", ge=2, le=1024, extra=unit("candidates"))
    ] = 20
    iterations: Annotated[int, Meta(description="Number of iterations.", ge=1, le=10000, extra=unit("iterations"))] = 15
    warm_start: Annotated[
        bool, Meta(description="Start part of the population from sets that the analysis suggests.")
    ] = True
    grown_start: Annotated[
        bool,
        Meta(
            description="With a warm start, also start a swarm from a set grown layer by layer "
            "on the first calibration level."
        ),
    ] = True
    avoid_repeats: Annotated[
        bool,
        Meta(description="Replace repeated candidates with a neighbour; off is the textbook algorithm."),
    ] = True
    refine_share: Annotated[
        float,
        Meta(
            description="Share of each iteration that tries swaps of one layer in the best "
            "set; 0 is the textbook algorithm.",
            ge=0.0,
            le=0.9,
        ),
    ] = 0.75
    guided_scouts: Annotated[
        bool,
        Meta(
            description="Choose these swaps with a model fitted to all candidates so far; off chooses them at random."
        ),
    ] = True
    patience: Annotated[
        int,
        Meta(
            description="End the search after this many iterations without a better set; 0 never ends it early.",
            ge=0,
            le=10000,
            extra=unit("iterations"),
        ),
    ] = 0
    max_minutes: (
        Annotated[float, Meta(description="Time limit of the search.", gt=0.0, le=1e6, extra=unit("minutes"))] | None
    ) = None
    max_tokens: (
        Annotated[
            float,
            Meta(
                description="Limit on the tokens that the search sends through the model, counted "
                "as whole forward passes.",
                gt=0.0,
                le=1e15,
                extra=unit("tokens"),
            ),
        ]
        | None
    ) = None
    racing: RacingSettings = RacingSettings()
    weights: WeightSettings = WeightSettings()
    pso: PsoSettings = PsoSettings()
    woa: WoaSettings = WoaSettings()


def automatic_first_share(parameters: int) -> float:
    """Return the share of the windows on which every candidate is scored, where the settings leave it open."""
    return _FIRST_SHARE if parameters < _LARGE_MODEL else _FIRST_SHARE_LARGE


def as_published(settings: SearchSettings) -> SearchSettings:
    """Return the settings of the bare algorithm, started anywhere, where a published form is asked for.

    All other settings are returned as they are.
    """
    algorithm = known_algorithm(settings.algorithm)
    if algorithm is None or not algorithm.published_form_of:
        return settings
    return replace(
        settings,
        algorithm=algorithm.published_form_of,
        warm_start=False,
        grown_start=False,
        avoid_repeats=False,
        refine_share=0.0,
        guided_scouts=False,
        pso=replace(settings.pso, neighbourhood="global"),
    )
