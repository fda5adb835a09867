"""What is left when several numbers of layers were searched: nothing that another one beats."""

from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import ParetoPoint
from engine.api.settings import WeightSettings
from engine.search.pareto import pareto_front, weighted_cost


def point(fitness: float, size: int, time: float) -> ParetoPoint:
    return ParetoPoint(removed=(), fitness=fitness, bytes=size, time_share=time, cost=fitness)


points = st.lists(
    st.builds(point, st.sampled_from([0.1, 0.2, 0.3]), st.integers(1, 4), st.sampled_from([0.5, 0.6, 0.7])), min_size=1
)


@given(points)
def test_nothing_on_the_front_is_beaten_and_everything_else_is(given_points: list[ParetoPoint]) -> None:
    front = pareto_front(given_points)

    def beats(one: ParetoPoint, other: ParetoPoint) -> bool:
        better = [one.fitness < other.fitness, one.bytes < other.bytes, one.time_share < other.time_share]
        worse = [one.fitness > other.fitness, one.bytes > other.bytes, one.time_share > other.time_share]
        return any(better) and not any(worse)

    assert not any(beats(other, each) for each in front for other in given_points)
    assert all(any(beats(other, each) for other in front) for each in given_points if each not in front)
    assert [each.bytes for each in front] == sorted((each.bytes for each in front), reverse=True)


@given(st.floats(0, 10), st.floats(0, 1), st.floats(0, 1))
def test_a_weight_of_nothing_leaves_its_part_out(fitness: float, size: float, time: float) -> None:
    assert weighted_cost(fitness, size, time, WeightSettings(size=0, time=0)) == fitness
    assert weighted_cost(fitness, size, time, WeightSettings(quality=0, time=0)) == size
    assert weighted_cost(fitness, size, time, WeightSettings(quality=0, size=0)) == time


def test_sets_are_compared_by_their_fitness_after_the_fold_where_there_is_one() -> None:
    larger = ParetoPoint(removed=(1,), fitness=0.1, compensated_fitness=0.09, bytes=9, time_share=0.9, cost=0.09)
    smaller = ParetoPoint(removed=(1, 2), fitness=0.2, compensated_fitness=0.08, bytes=8, time_share=0.8, cost=0.08)
    assert pareto_front([larger, smaller]) == (smaller,)
