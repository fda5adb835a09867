"""The head turns any number of hidden states into the logits that the model itself computes from them."""

import pytest
import torch

from engine.models.causal_head import CausalHead
from tests.engine.tiny_models import HIDDEN, tiny_models

FAMILIES = ("gpt2", "gpt_neo", "opt", "starcoder2")
"""Families; all but the last add a learned vector for each position, and have none beyond their context."""


@pytest.mark.parametrize("family", FAMILIES)
@torch.no_grad()
def test_more_positions_than_the_context_has_are_scored(family: str) -> None:
    model = tiny_models()[family]()
    beyond = model.config.max_position_embeddings + 3
    hidden = torch.randn((2, beyond, HIDDEN), generator=torch.Generator().manual_seed(1))
    head = CausalHead(model)
    logits = head(hidden)
    assert logits.shape == (2, beyond, model.config.vocab_size)
    torch.testing.assert_close(logits[1, -2:], head(hidden[1:, -2:])[0])
    assert not torch.equal(logits[0, 0], logits[0, 1]), "each position has its own hidden state"
