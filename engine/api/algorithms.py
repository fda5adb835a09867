"""The search algorithms: one record each, for LayerSwarm's own and for those that other distributions register.

A distribution registers a record under the entry point group ``layerswarm.searchers``; see
``docs/adding_an_algorithm.md``. The record is plain data, so the window reads it without importing the searcher.
"""

import difflib
from functools import cache
from typing import Annotated, Literal

import msgspec

from engine.api.errors import BadInput
from engine.api.message import Message, joined, worded
from engine.api.plugins import Plugins, load_plugins, refuse_taken

GROUP = "layerswarm.searchers"
KEY_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"

Starts = Literal["none", "analysis", "grown", "least_influence", "nearest_block"]
"""What a search starts from:

- ``none``: nothing.
- ``analysis``: sets that the layer analysis suggests, unless ``search.warm_start`` is off.
- ``grown``: these, and a set grown layer by layer, unless ``search.grown_start`` is off.
- ``least_influence``: the one set of the layers with the least Block Influence.
- ``nearest_block``: the one contiguous block that turns the hidden states least.
"""

Cost = Literal["population", "layers", "one"]
"""How many candidates a search measures:

- ``population``: ``search.population`` in each of ``search.iterations``.
- ``layers``: in each round one for every layer that is left, and as many rounds as layers are removed.
- ``one``: a single set.
"""

_Text = Annotated[str, msgspec.Meta(min_length=1)]


class SearchAlgorithm(msgspec.Struct, frozen=True, kw_only=True):
    """A search algorithm, as the settings name it and as people read of it."""

    key: Annotated[str, msgspec.Meta(pattern=KEY_PATTERN)]
    """The value of ``search.algorithm``; part of the names of runs."""
    title: _Text
    explanation: _Text
    """One sentence for the person who chooses."""
    factory: Annotated[str, msgspec.Meta(pattern=r"^[\w.]+:[\w.]+$")]
    """``module:name`` of a callable that takes a ``engine.search.searcher.SearchProblem`` and returns a ``Searcher``.
    It is imported when a search begins."""
    short_title: str = ""
    """For charts and tables, where there is little room."""
    reference: str = ""
    """The publication: authors and year."""
    address: Annotated[str, msgspec.Meta(pattern=r"^(https?://\S+)?$")] = ""
    """URL of the publication."""
    needs_seed: bool = True
    """Whether ``search.seed`` changes the answer. Comparisons search once where it does not."""
    starts: Starts = "none"
    cost: Cost = "population"
    baseline: bool = False
    """Whether the algorithm is there to be compared with; tables list baselines last."""
    published_form_of: str = ""
    """Key of the algorithm that this one is the published form of: without starts, scouts or a ring."""
    parameters: str = ""
    """Section of the search settings with parameters of this algorithm alone, such as ``pso``."""
    distribution: str = ""
    """Name of the distribution that registers the algorithm; empty for LayerSwarm's own."""

    @property
    def label(self) -> str:
        """The title for charts and tables."""
        return self.short_title or self.title


_PSO = SearchAlgorithm(
    key="pso",
    title="Particle swarm",
    short_title="PSO",
    explanation="Particles move towards their own and their neighbours' best sets.",
    factory="engine.search.pso:ParticleSwarm",
    reference="Kennedy and Eberhart 1995; Shi and Eberhart 1998",
    address="https://doi.org/10.1109/ICNN.1995.488968",
    starts="grown",
    parameters="pso",
)
_WOA = SearchAlgorithm(
    key="woa",
    title="Whale optimisation",
    short_title="WOA",
    explanation="Whales encircle the best set, spiral towards it, or roam.",
    factory="engine.search.woa:WhaleSwarm",
    reference="Mirjalili and Lewis 2016",
    address="https://doi.org/10.1016/j.advengsoft.2016.01.008",
    starts="grown",
    parameters="woa",
)

OWN_ALGORITHMS: tuple[SearchAlgorithm, ...] = (
    _PSO,
    _WOA,
    SearchAlgorithm(
        key="evolution",
        title="Evolution",
        explanation="A baseline: swaps of layers in the best set so far.",
        factory="engine.search.evolution:SwapEvolution",
        reference="EvoPress, Sieberling et al. 2024",
        address="https://arxiv.org/abs/2410.14649",
        starts="analysis",
        baseline=True,
    ),
    SearchAlgorithm(
        key="greedy",
        title="Greedy",
        explanation="A baseline: removes the least missed layer, again and again.",
        factory="engine.search.greedy:GreedyRemoval.of",
        reference="SLEB, Song et al. 2024",
        address="https://arxiv.org/abs/2402.09025",
        needs_seed=False,
        cost="layers",
        baseline=True,
    ),
    SearchAlgorithm(
        key="block_influence",
        title="Block Influence",
        explanation="A baseline: the layers that change the hidden states least, at once.",
        factory="engine.search.proposal:Proposal.of",
        reference="ShortGPT, Men et al. 2024",
        address="https://arxiv.org/abs/2403.03853",
        needs_seed=False,
        starts="least_influence",
        cost="one",
        baseline=True,
    ),
    SearchAlgorithm(
        key="angular",
        title="Angular distance",
        explanation="A baseline: the layers in a row that turn the hidden states least, at once.",
        factory="engine.search.proposal:Proposal.of",
        reference="Gromov et al. 2024",
        address="https://arxiv.org/abs/2403.17887",
        needs_seed=False,
        starts="nearest_block",
        cost="one",
        baseline=True,
    ),
    SearchAlgorithm(
        key="textbook_pso",
        title="Textbook PSO",
        explanation="A baseline: the swarm as published, started anywhere, without scouts.",
        factory=_PSO.factory,
        reference=_PSO.reference,
        address=_PSO.address,
        baseline=True,
        published_form_of="pso",
        parameters="pso",
    ),
    SearchAlgorithm(
        key="textbook_woa",
        title="Textbook WOA",
        explanation="A baseline: the whales as published, started anywhere, without scouts.",
        factory=_WOA.factory,
        reference=_WOA.reference,
        address=_WOA.address,
        baseline=True,
        published_form_of="woa",
        parameters="woa",
    ),
    SearchAlgorithm(
        key="random",
        title="Random",
        explanation="A baseline: the best of as many random sets.",
        factory="engine.search.random_search:RandomSearch",
        reference="Bergstra and Bengio 2012",
        address="https://www.jmlr.org/papers/v13/bergstra12a.html",
        baseline=True,
    ),
)


def search_algorithms() -> tuple[SearchAlgorithm, ...]:
    """Return every usable algorithm: LayerSwarm's own, then those of other distributions."""
    return (*OWN_ALGORITHMS, *(_of_distribution(plugin.value, plugin.distribution) for plugin in _plugins().loaded))


def algorithm_faults() -> tuple[Message, ...]:
    """Return one sentence for each registered algorithm that cannot be used."""
    return _plugins().faults


def known_algorithm(key: str) -> SearchAlgorithm | None:
    """Return the algorithm of that key, or None where it is not installed."""
    return next((each for each in search_algorithms() if each.key == key), None)


def search_algorithm(key: str) -> SearchAlgorithm:
    """Return the algorithm of that key.

    Raises:
        BadInput: It is not installed, or the distribution that registers it is broken.
    """
    found = known_algorithm(key)
    if found is not None:
        return found
    fault = next((fault for fault in algorithm_faults() if f"registers '{key}' in" in fault), None)
    if fault is not None:
        raise BadInput(fault)
    keys = [each.key for each in search_algorithms()]
    near = difflib.get_close_matches(key.lower(), keys, n=1, cutoff=0.6)
    known = ", ".join(keys)
    refusal = (
        worded(
            "The search algorithm '{0}' is not installed; did you mean '{1}'? Otherwise install the package that "
            "provides it, or choose one of {2}.",
            key,
            near[0],
            known,
        )
        if near
        else worded(
            "The search algorithm '{0}' is not installed; install the package that provides it, or choose one of {1}.",
            key,
            known,
        )
    )
    raise BadInput(joined(refusal, *algorithm_faults()))


def algorithm_label(key: str) -> str:
    """Return the short title of an algorithm; of one that is not installed, its key in words."""
    found = known_algorithm(key)
    return found.label if found is not None else key.replace("_", " ")


@cache
def _plugins() -> Plugins[SearchAlgorithm]:
    return load_plugins(GROUP, refuse_taken(_checked, OWN_ALGORITHMS, "there is an algorithm '{0}' already"))


def _checked(value: object) -> SearchAlgorithm:
    """Return the record of another distribution with its fields checked.

    Raises:
        ValueError: The value is no record, or a field of it cannot be used.
    """
    if not isinstance(value, SearchAlgorithm):
        raise ValueError(f"it is a {type(value).__name__} and no engine.api.algorithms.SearchAlgorithm")
    if value.parameters not in {each.parameters for each in OWN_ALGORITHMS}:
        raise ValueError(f"the search settings have no section '{value.parameters}' (parameters)")
    try:
        return msgspec.convert(msgspec.to_builtins(value), SearchAlgorithm)
    except TypeError:
        raise ValueError("a field of it holds an object; the factory is named as 'module:name'") from None
    except msgspec.ValidationError as error:
        text, _, field = str(error).partition(" - at `$.")
        raise ValueError(f"its {field.rstrip('`')} is wrong ({text[0].lower()}{text[1:]})") from None


def _of_distribution(algorithm: SearchAlgorithm, distribution: str) -> SearchAlgorithm:
    return msgspec.structs.replace(algorithm, distribution=distribution)
