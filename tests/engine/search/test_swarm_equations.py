"""The published equations, on cases that can be computed by hand."""

import msgspec
import numpy as np
import pytest

from engine.api.settings import PsoSettings, SearchSettings, WoaSettings
from engine.search.pso import ParticleSwarm
from engine.search.searcher import SearchProblem
from engine.search.space import SearchSpace
from engine.search.woa import WhaleSwarm

SPACE = SearchSpace((0, 1, 2), 1)


def problem(settings: SearchSettings) -> SearchProblem:
    return SearchProblem(settings, SPACE, (), {}, np.random.default_rng(settings.seed))


class Fixed:
    """A generator whose uniform draws are all the same number."""

    def __init__(self, value: float) -> None:
        self.value = value

    def random(self, size: object = None) -> object:
        return self.value if size is None else np.full(size, self.value)  # type: ignore[call-overload]


def plain(**values: object) -> SearchSettings:
    base = SearchSettings(population=2, iterations=5, avoid_repeats=False, refine_share=0.0)
    return msgspec.structs.replace(base, **values)


def pso(**values: object) -> ParticleSwarm:
    """Two particles at rest, at 0.5 and -0.5 in every coordinate; the first is told to be better."""
    weights = PsoSettings(
        inertia_start=0.5, inertia_end=0.5, c1=1.0, c2=1.0, velocity_limit=1.0, neighbourhood="global"
    )
    swarm = ParticleSwarm(problem(plain(pso=msgspec.structs.replace(weights, **values))))
    swarm.positions = np.array([[0.5] * 3, [-0.5] * 3])
    swarm._velocity = np.array([[0.1] * 3, [0.0] * 3])
    swarm.rng = Fixed(0.5)  # type: ignore[assignment]
    return swarm


def told(swarm: ParticleSwarm | WhaleSwarm) -> np.ndarray:
    swarm.ask()
    swarm.tell([1.0, 2.0])
    return swarm.positions


def test_a_particle_keeps_part_of_its_velocity_and_is_pulled_by_two_bests() -> None:
    # The leader is at both bests: 0.5 * 0.1 of speed is left. The other is at its own best and 1.0 from the leader.
    assert told(pso()) == pytest.approx(np.array([[0.55] * 3, [0.0] * 3]))


def test_velocity_is_clamped_to_a_share_of_the_range() -> None:
    assert told(pso(velocity_limit=0.1)) == pytest.approx(np.array([[0.55] * 3, [-0.3] * 3]))


def test_a_particle_stops_at_the_wall() -> None:
    swarm = pso(inertia_start=2.0, inertia_end=2.0)
    swarm._velocity[0] = 0.9
    assert told(swarm)[0] == pytest.approx([1.0] * 3)
    assert (swarm._velocity[0] == 0.0).all()


def test_in_the_ring_a_particle_follows_the_best_of_its_neighbours() -> None:
    settings = plain(population=4, pso=PsoSettings(neighbourhood="ring"))
    swarm = ParticleSwarm(problem(settings))
    swarm.positions = np.arange(4.0)[:, None].repeat(3, axis=1) / 4
    swarm.note(np.array([1.0, 2.0, 3.0, 4.0]))
    # Particle 2 has the neighbours 1 and 3; particle 3 has 2 and 0.
    assert swarm._leaders()[:, 0].tolist() == [0.0, 0.0, 0.25, 0.0]


def whales(draw: float, **values: object) -> WhaleSwarm:
    swarm = WhaleSwarm(problem(plain(woa=msgspec.structs.replace(WoaSettings(), **values))))
    swarm.positions = np.array([[0.5] * 3, [-0.5] * 3])
    swarm.rng = Fixed(draw)  # type: ignore[assignment]
    return swarm


def test_a_whale_circles_the_best() -> None:
    # At the first move a is a_start; with a = 1 and r = 0.75: A = 2 * 0.75 - 1 = 0.5 and C = 1.5.
    swarm = whales(0.75, a_start=1.0, spiral_probability=0.5)
    # X* - A |C X* - X| = 0.5 - 0.5 |0.75 - X|
    assert told(swarm) == pytest.approx(np.array([[0.5 - 0.5 * 0.25] * 3, [0.5 - 0.5 * 1.25] * 3]))


def test_a_whale_spirals_to_the_best() -> None:
    # At the first move a2 = -1: l = (-1 - 1) * 0.25 + 1 = 0.5, so |X* - X| e^0.5 cos(pi) + X*, cut off at the walls.
    swarm = whales(0.25, spiral_probability=0.5)
    assert told(swarm) == pytest.approx(np.array([[0.5] * 3, [max(0.5 - np.exp(0.5), -1.0)] * 3]))


def test_far_steps_lead_to_random_whales() -> None:
    swarm = whales(0.0, spiral_probability=0.0)  # A = -2, C = 0

    class Drawn(Fixed):
        def integers(self, _high: int, size: int) -> np.ndarray:
            return np.ones(size, dtype=int)

    swarm.rng = Drawn(0.0)  # type: ignore[assignment]
    # X' + 2 |0 - X| with X' the second whale
    assert told(swarm) == pytest.approx(np.array([[-0.5 + 2 * 0.5] * 3, [-0.5 + 2 * 0.5] * 3]))
