"""Run a searcher of another distribution and turn its faults into one sentence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from engine.api.algorithms import SearchAlgorithm
from engine.api.errors import LayerSwarmError, quoted
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.search.searcher import Leader, Searcher
from engine.search.space import SearchSpace


@contextmanager
def guarded(algorithm: SearchAlgorithm, what: str) -> Iterator[None]:
    """Turn an exception of a third-party searcher into an error that names its distribution.

    Args:
        algorithm: The record of the searcher.
        what: What failed, as part of the sentence: "cannot begin".

    Raises:
        LayerSwarmError: The code within raised an exception.
    """
    try:
        yield
    except LayerSwarmError:
        raise
    except (Exception, SystemExit) as error:
        reason = quoted(f"{type(error).__name__}: {error}".rstrip(": "))
        raise LayerSwarmError(
            worded(
                "The search algorithm '{0}' of {1} {2} ({3}); report it to the authors of that package, or choose "
                "another algorithm.",
                algorithm.key,
                algorithm.distribution,
                what,
                reason,
            )
        ) from error


class GuardedSearcher:
    """A ``Searcher`` around one of another distribution, whose candidates are checked.

    Args:
        algorithm: The record of the searcher.
        space: The removal sets.
        searcher: The searcher itself.
    """

    def __init__(self, algorithm: SearchAlgorithm, space: SearchSpace, searcher: Searcher) -> None:
        self._algorithm = algorithm
        self._space = space
        self._searcher = searcher

    @property
    def iterations(self) -> int:
        """Number of planned iterations."""
        return self._searcher.iterations

    @property
    def iteration(self) -> int:
        """Number of completed iterations."""
        return self._searcher.iteration

    @property
    def finished(self) -> bool:
        """Whether the search is over."""
        return self._searcher.finished

    @property
    def best(self) -> Leader:
        """The best candidate so far and its fitness.

        Raises:
            RuntimeError: ``tell`` has not been called yet.
        """
        removed, fitness = self._searcher.best
        return _plain(removed), float(fitness)

    def ask(self) -> list[RemovalSet]:
        """Return the next population.

        Raises:
            LayerSwarmError: The searcher fails, or returns something other than removal sets of the space.
        """
        with guarded(self._algorithm, worded("fails in ask()")):
            candidates = [_plain(removed) for removed in self._searcher.ask()]
            self._check(candidates)
            return candidates

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take the fitness of the population and end the iteration.

        Args:
            fitness: Fitness of each candidate in the order of ``ask``.
            leader: The best candidate so far by its score on all text.

        Raises:
            LayerSwarmError: The searcher fails, or does not count the iteration, so that it would never end.
        """
        before = self.iteration
        with guarded(self._algorithm, worded("fails in tell()")):
            self._searcher.tell(fitness, leader)
            if self.iteration != before + 1:
                raise ValueError(f"iteration is {self.iteration} after {before}; tell() must add 1 to it")

    def _check(self, candidates: Sequence[RemovalSet]) -> None:
        if not candidates:
            raise ValueError("the population is empty")
        for removed in candidates:
            if list(removed) != sorted(set(removed)) or not set(removed) <= set(self._space.prunable):
                raise ValueError(f"{removed} is no sorted tuple of distinct prunable layers")
            if len(removed) != len(candidates[0]) or len(removed) > self._space.k:
                raise ValueError(f"{removed} has {len(removed)} layers, but the search removes {self._space.k}")


def _plain(removed: Sequence[int]) -> RemovalSet:
    """Return the set as a tuple of Python's integers; numpy's cannot be written to the journal."""
    return tuple(int(layer) for layer in removed)
