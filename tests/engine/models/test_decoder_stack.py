"""A model is entered for its embedded tokens and the arguments of its layers alone."""

import pytest
import torch
from torch import nn

from engine.models.decoder_stack import DecoderStack
from tests.engine.fitness.cases import token_windows
from tests.engine.tiny_models import CORE_FAMILIES, VOCABULARY, tiny_models

TOKENS = token_windows(3, 12, VOCABULARY)


@pytest.mark.parametrize("family", CORE_FAMILIES)
def test_entering_maps_no_more_than_the_last_position_to_logits(family: str) -> None:
    model = tiny_models()[family]()
    stack, mapped = DecoderStack(model), list[int]()
    head = model.get_output_embeddings()
    assert isinstance(head, nn.Module)
    head.register_forward_hook(lambda _module, args, _logits: mapped.append(args[0][..., 0].numel()))
    windows = stack.enter(TOKENS)
    assert mapped == [len(TOKENS)]
    hidden = windows.embedded
    for layer in range(len(stack)):
        hidden = stack.apply(layer, hidden, windows)
    own = model(input_ids=TOKENS, use_cache=False).logits
    assert torch.allclose(stack.logits(hidden), own, atol=1e-5)
