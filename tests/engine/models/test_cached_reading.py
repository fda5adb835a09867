"""A text read piece by piece leads to the same logits as the whole text at once, in every family."""

import pytest
import torch

from engine.models.cached_reading import CachedReading
from tests.engine.tiny_models import tiny_models


@pytest.mark.parametrize("family", list(tiny_models()))
@torch.no_grad()
def test_pieces_lead_to_the_logits_of_the_whole(family: str) -> None:
    model = tiny_models()[family]().eval()
    tokens = torch.randint(3, 60, (2, 9), generator=torch.Generator().manual_seed(0))
    reading = CachedReading(model)
    found = [reading.next_logits(piece) for piece in tokens.split([4, 1, 1, 1, 1, 1], dim=1)]
    expected = model(input_ids=tokens, use_cache=False).logits[:, 3:]
    assert torch.allclose(torch.stack(found, dim=1), expected, atol=1e-4)
