"""Random numbers of the training come from the seed and the place alone."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.recovery.randomness import batch_indices, derived_seed, seeded

seeds = st.integers(0, 2**31 - 1)


@given(seed=seeds, windows=st.integers(1, 30), batch=st.integers(1, 12), epochs=st.integers(1, 4))
def test_every_epoch_sees_every_window_once(seed: int, windows: int, batch: int, epochs: int) -> None:
    steps = -(-windows * epochs // batch)
    order = torch.cat([batch_indices(seed, windows, step, batch) for step in range(steps)])[: windows * epochs]
    for epoch in order.view(epochs, windows):
        assert sorted(epoch.tolist()) == list(range(windows))


@given(seed=seeds, step=st.integers(0, 10**6))
def test_a_batch_is_the_same_whenever_it_is_asked_for(seed: int, step: int) -> None:
    assert torch.equal(batch_indices(seed, 17, step, 4), batch_indices(seed, 17, step, 4))


def test_epochs_and_seeds_have_orders_of_their_own() -> None:
    first, second = batch_indices(0, 50, 0, 50), batch_indices(0, 50, 1, 50)
    assert not torch.equal(first, second)
    assert not torch.equal(first, batch_indices(1, 50, 0, 50))


@given(seed=seeds, place=st.integers(0, 10**6))
def test_uses_and_places_do_not_share_a_seed(seed: int, place: int) -> None:
    assert len({derived_seed(seed, purpose, place + offset) for purpose in range(3) for offset in range(3)}) == 9


def test_a_seeded_block_leaves_the_global_generator_as_it_was() -> None:
    before = torch.get_rng_state()
    with seeded(5):
        inside = torch.rand(3)
    with seeded(5):
        again = torch.rand(3)
    assert torch.equal(inside, again)
    assert torch.equal(torch.get_rng_state(), before)
