"""The figures on validation windows are those that the two whole models give."""

import math

import pytest
import torch
from torch.nn.functional import cross_entropy, kl_div, log_softmax

from engine.models.causal_head import CausalHead
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import remove_layers
from engine.recovery.loss import Heads, flat_head
from engine.recovery.passes import Passes
from engine.recovery.student import Student
from engine.recovery.team import Team
from engine.recovery.validation_windows import ValidationWindows
from tests.engine.recovery.cases import FAMILIES, REMOVED, dense_model, token_windows
from tests.engine.tiny_models import VOCABULARY


@pytest.mark.parametrize("family", FAMILIES)
@torch.no_grad()
def test_kl_and_perplexity_of_the_pruned_model(family: str) -> None:
    model, pruned = dense_model(family), dense_model(family)
    remove_layers(pruned, REMOVED)
    tokens = token_windows(5)
    head = flat_head(CausalHead(model))
    student = Student(DecoderStack(model), REMOVED)
    passes = Passes(2, print)
    kl, perplexity = ValidationWindows(student, Heads(head, head), tokens, passes, VOCABULARY, Team(cpu=True)).measure()

    dense = log_softmax(model(tokens, use_cache=False).logits, -1)
    logits = pruned(tokens, use_cache=False).logits
    expected = kl_div(log_softmax(logits, -1), dense, reduction="sum", log_target=True) / tokens.numel()
    nll = cross_entropy(logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    assert kl == pytest.approx(float(expected), rel=1e-4)
    assert perplexity == pytest.approx(math.exp(nll), rel=1e-4)
