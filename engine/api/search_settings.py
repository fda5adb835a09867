"""Every setting of the search for the removal set."""

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from engine.api.algorithms import KEY_PATTERN, known_algorithm
from engine.api.units import unit

Algorithm = str
"""The key of a record in ``engine.api.algorithms``."""
Objective = Literal["kl", "perplexity", "task"]
OBJECTIVE_WORDS: dict[Objective, str] = {"kl": "KL", "perplexity": "perplexity", "task": "task error"}


class PsoSettings(Struct, frozen=True, kw_only=True):
    """Particle swarm optimisation (Kennedy and Eberhart 1995; inertia: Shi and Eberhart 1998)."""

    inertia_start: Annotated[float, Meta(description="Inertia weight of the first iteration.", ge=0.0, le=2.0)] = 0.9
    inertia_end: Annotated[float, Meta(description="Inertia weight of the last iteration.", ge=0.0, le=2.0)] = 0.4
    c1: Annotated[float, Meta(description="Pull of a particle's own best position.", ge=0.0, le=8.0)] = 2.05
    c2: Annotated[float, Meta(description="Pull of the neighbourhood's best position.", ge=0.0, le=8.0)] = 2.05
    velocity_limit: Annotated[
        float, Meta(description="Largest step of one score in an iteration, as a share of its range.", gt=0.0, le=1.0)
    ] = 0.25
    neighbourhood: Annotated[
        Literal["global", "ring"],
        Meta(description="Whom a particle follows: the whole swarm's best or its two neighbours' best."),
    ] = "ring"


class WoaSettings(Struct, frozen=True, kw_only=True):
    """Whale optimisation algorithm (Mirjalili and Lewis 2016)."""

    a_start: Annotated[float, Meta(description="Start of the coefficient a, which falls to 0.", gt=0.0, le=8.0)] = 2.0
    spiral: Annotated[float, Meta(description="Shape b of the logarithmic spiral.", gt=0.0, le=8.0)] = 1.0
    spiral_probability: Annotated[
        float, Meta(description="Chance p of the spiral move instead of encircling.", ge=0.0, le=1.0)
    ] = 0.5


class RacingSettings(Struct, frozen=True, kw_only=True):
    """Racing: every candidate sees a few calibration windows, only the promising ones see all of them.

    The idea of multi-step selection in EvoPress (Sieberling et al. 2024).
    """

    levels: Annotated[
        int,
        Meta(description="Nested calibration levels; 1 shows every candidate all windows.", ge=1, le=8),
    ] = 3
    first_share: (
        Annotated[
            float,
            Meta(description="Share of the windows that every candidate sees; null chooses.", gt=0.0, le=1.0),
        ]
        | None
    ) = None
    promoted_share: Annotated[
        float, Meta(description="Share of the candidates of a level that see the next one.", gt=0.0, le=1.0)
    ] = 0.15


class WeightSettings(Struct, frozen=True, kw_only=True):
    """What chooses among numbers of layers: the least weighted sum of fitness, size and time."""

    quality: Annotated[float, Meta(description="Weight of the fitness itself.", ge=0.0, le=1e6)] = 1.0
    size: Annotated[float, Meta(description="Weight of the size, as a share of the dense one.", ge=0.0, le=1e6)] = 1.0
    time: Annotated[
        float, Meta(description="Weight of the time of a forward pass, as a share of the dense one.", ge=0.0, le=1e6)
    ] = 1.0


class SearchSettings(Struct, frozen=True, kw_only=True):
    """How the removal set is looked for."""

    algorithm: Annotated[
        Algorithm,
        Meta(
            description="Search algorithm: a swarm, a baseline, or one that another package provides.",
            pattern=KEY_PATTERN,
        ),
    ] = "pso"
    objective: Annotated[
        Objective,
        Meta(
            description="Fitness: KL divergence from the dense model, perplexity of the calibration text, or the share "
            "of a task's questions that is answered wrongly."
        ),
    ] = "kl"
    task: Annotated[
        str, Meta(description="lm-eval task that is the fitness where the objective is 'task'; empty for none.")
    ] = ""
    task_metric: Annotated[
        str, Meta(description="Figure of the task between 0 and 1, higher is better: acc, acc_norm, exact_match.")
    ] = "acc"
    task_samples: Annotated[
        int,
        Meta(description="Questions of the task that a finalist answers.", ge=1, le=10**6, extra=unit("questions")),
    ] = 64
    least_layers: (
        Annotated[
            int,
            Meta(
                description="Fewest layers to remove: every number from here to the budget is searched, and the "
                "weights choose; null removes exactly the budget.",
                ge=0,
                le=2048,
                extra=unit("layers"),
            ),
        ]
        | None
    ) = None
    seed: Annotated[int, Meta(description="Seed of the search.", ge=0, le=2**31 - 1)] = 0
    population: Annotated[
        int, Meta(description="Candidates in each iteration.", ge=2, le=1024, extra=unit("candidates"))
    ] = 20
    iterations: Annotated[
        int, Meta(description="Iterations of the swarm.", ge=1, le=10000, extra=unit("iterations"))
    ] = 15
    warm_start: Annotated[bool, Meta(description="Start part of the swarm from what the analysis found.")] = True
    grown_start: Annotated[
        bool,
        Meta(description="Start a warm swarm also from a set grown layer by layer on the first calibration level."),
    ] = True
    avoid_repeats: Annotated[
        bool,
        Meta(description="A candidate asked before is exchanged for a neighbour; off is the textbook algorithm."),
    ] = True
    refine_share: Annotated[
        float,
        Meta(
            description="Share of each iteration that tries swaps of one layer in the best set; 0 is the textbook.",
            ge=0.0,
            le=0.9,
        ),
    ] = 0.75
    guided_scouts: Annotated[
        bool,
        Meta(description="Try the swaps of which a model of the candidates so far expects most; off is chance."),
    ] = True
    patience: Annotated[
        int,
        Meta(
            description="Iterations without a better set after which the search ends; 0 never ends it early.",
            ge=0,
            le=10000,
            extra=unit("iterations"),
        ),
    ] = 0
    max_minutes: (
        Annotated[float, Meta(description="Time that the search may take.", gt=0.0, le=1e6, extra=unit("minutes"))]
        | None
    ) = None
    max_tokens: (
        Annotated[
            float,
            Meta(
                description="Tokens that the search may send through the model, a whole forward pass each.",
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
