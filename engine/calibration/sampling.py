"""Sample tokens, so that the same number picks the same token in any batch and on any device."""

import torch
from torch import Tensor
from torch.nn.functional import pad

from engine.api.errors import NO_NUMBERS, BadInput

_ROWS = 16
"""Rows whose probabilities are summed at once on a CPU, which takes 8 bytes for each token of the vocabulary."""
_STRETCH = 512
"""Tokens of the vocabulary whose probabilities are added up at once on a GPU."""
_BELOW_ONE = 1.0 - 2.0**-24
"""The largest float32 number below 1."""


def sampled(logits: Tensor, draws: Tensor, temperature: float = 1.0) -> Tensor:
    """Sample a token for each row; return [batch] on the CPU.

    On a GPU only the tokens are copied, once for all rows: the probabilities of 128 rows over a vocabulary of 128,000
    tokens are 64 MB, which would take longer than the model.

    Args:
        logits: [batch, vocabulary].
        draws: Uniform numbers from 0 to 1 on the CPU [batch]; the same number picks the same token in any batch.
        temperature: Divides the logits.

    Raises:
        BadInput: The logits are nan or inf.
    """
    if logits.device.type != "cpu":
        return _sampled_there(torch.softmax(logits.float() / temperature, dim=-1), draws)
    chosen = []
    for rows, drawn in zip(logits.split(_ROWS), draws.split(_ROWS), strict=True):
        reached = torch.softmax(rows.float() / temperature, dim=-1).cpu().double().cumsum(dim=-1)
        if not reached[:, -1].isfinite().all():
            raise BadInput(NO_NUMBERS)
        found = torch.searchsorted(reached, drawn[:, None].double() * reached[:, -1:], right=True)
        chosen.append(found[:, 0].clamp(max=logits.shape[-1] - 1))
    return torch.cat(chosen)


def _sampled_there(probabilities: Tensor, draws: Tensor) -> Tensor:
    """Return a token for each row of ``probabilities`` [batch, vocabulary] on a GPU, which may lack float64.

    A sum over a whole vocabulary in float32 is too coarse for rare tokens, so the row is cut into stretches: the draw
    falls into one of them, and what is left of it picks a token there. Each sum has a few hundred terms.

    Raises:
        BadInput: A probability is nan.
    """
    vocabulary = probabilities.shape[-1]
    cut = pad(probabilities, (0, -vocabulary % _STRETCH)).unflatten(-1, (-1, _STRETCH))
    reached = cut.sum(-1).cumsum(-1)
    # The draw stays below the sum, so that the token that it picks has a probability above 0.
    wanted = draws.float().clamp(max=_BELOW_ONE)[:, None].to(probabilities.device) * reached[:, -1:]
    stretch = torch.searchsorted(reached, wanted, right=True).clamp(max=reached.shape[-1] - 1)
    before = torch.where(stretch > 0, reached.gather(-1, (stretch - 1).clamp(min=0)), 0.0)
    inside = cut.gather(1, stretch[..., None].expand(-1, 1, _STRETCH))[:, 0].cumsum(-1)
    left = torch.minimum(wanted - before, inside[:, -1:] * _BELOW_ONE)
    chosen = stretch * _STRETCH + torch.searchsorted(inside, left, right=True)
    found = torch.where(reached[:, -1:].isfinite(), chosen, -1)[:, 0].cpu()
    if (found < 0).any():
        raise BadInput(NO_NUMBERS)
    return found.clamp(max=vocabulary - 1)
