"""Read a text piece by piece: each piece is run once, and a cache keeps what the model needs of those before it."""

from inspect import signature

import torch
from torch import Tensor
from transformers import DynamicCache, PreTrainedModel


class CachedReading:
    """Rows of tokens that a model reads piece by piece.

    Args:
        model: In evaluation mode.
    """

    def __init__(self, model: PreTrainedModel) -> None:
        accepted = signature(model.forward).parameters
        self.cache = DynamicCache(config=model.config)
        """The state of all layers."""
        self._model = model
        self._slot = "past_key_values" if "past_key_values" in accepted else "cache_params"  # state-space models
        self._last = {"logits_to_keep": 1} if "logits_to_keep" in accepted else {}
        self._positions = "position_ids" in accepted  # some hybrid models count from 0 again without them
        self._read = 0

    def next_logits(self, tokens: Tensor) -> Tensor:
        """Read the next tokens [batch, length] and return the logits behind them [batch, vocabulary]."""
        tokens = tokens.to(self._model.device)
        after = self._read + tokens.shape[1]
        places = torch.arange(self._read, after, device=tokens.device).expand(len(tokens), -1)
        given = {"position_ids": places} if self._positions else {}
        self._read = after
        answer = self._model(input_ids=tokens, use_cache=True, **{self._slot: self.cache}, **given, **self._last)
        logits: Tensor = answer.logits[:, -1]
        return logits
