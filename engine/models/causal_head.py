"""From the last decoder layer's output to logits, by the model's own code."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.models.architecture import StandIn, find_decoder, layer_answer, with_module


class _Injector(StandIn):
    """Stands where the decoder layers were and answers a hidden state that was computed elsewhere."""

    def __init__(self, layer: nn.Module, answer: Callable[[Tensor], Any]) -> None:
        super().__init__(layer, answer)
        self.hidden: Tensor | None = None

    def forward(self, *_args: Any, **_kwargs: Any) -> Any:
        """The injected hidden state, whatever the layer is called with."""
        assert self.hidden is not None
        return self._answer(self.hidden)


class CausalHead:
    """Final norm, LM head and whatever a family adds (logit scaling, soft caps): hidden states in, logits out.

    The model's own forward does the work: a view of the model that shares all its weights has its decoder layers
    replaced by one that answers the given hidden states. No family needs a copy of its code here.
    """

    def __init__(self, model: PreTrainedModel) -> None:
        location = find_decoder(model)
        self._injector = _Injector(location.layers[0], layer_answer(model))
        self._model = with_module(model, location.path, nn.ModuleList([self._injector]))

    def __call__(self, hidden: Tensor) -> Tensor:
        """Map the last layer's output [batch, length, hidden] to logits [batch, length, vocabulary].

        The positions may be any selection: nothing after the decoder layers looks from one position to another.
        """
        self._injector.hidden = hidden
        try:
            tokens = torch.zeros(hidden.shape[:2], dtype=torch.long, device=hidden.device)
            logits: Tensor = self._model(input_ids=tokens, use_cache=False).logits
        finally:
            self._injector.hidden = None
        return logits
