"""Turn the output of the last decoder layer into logits with the model's own code."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.models.architecture import StandIn, find_decoder, layer_answer, with_module


class _Injector(StandIn):
    """Replaces the decoder layers and returns a hidden state that was computed elsewhere."""

    def __init__(self, layer: nn.Module, answer: Callable[[Tensor], Any]) -> None:
        super().__init__(layer, answer)
        self.hidden: Tensor | None = None

    def forward(self, *_args: Any, **_kwargs: Any) -> Any:
        """Return the injected hidden state, whatever the arguments."""
        assert self.hidden is not None
        return self._answer(self.hidden)


class CausalHead:
    """Applies the final norm, the LM head and whatever a family adds (logit scaling, soft caps) to hidden states.

    The model's own forward does the work: in a view that shares all weights, the decoder layers are replaced by one
    that returns the given hidden states. So no family's code is repeated here.

    Args:
        model: A causal language model.
        answer: Its ``layer_answer``, where it is known.
    """

    def __init__(self, model: PreTrainedModel, answer: Callable[[Tensor], Any] | None = None) -> None:
        location = find_decoder(model)
        self._injector = _Injector(location.layers[0], answer or layer_answer(model))
        self._model = with_module(model, location.path, nn.ModuleList([self._injector]))

    def __call__(self, hidden: Tensor) -> Tensor:
        """Map the last layer's output [batch, length, hidden] to logits [batch, length, vocabulary].

        Any selection of positions will do: nothing after the decoder layers mixes positions. There may be more of them
        than the model's context has, so each is given to the model as a text of its own.
        """
        batch, length = hidden.shape[:2]
        self._injector.hidden = hidden.reshape(batch * length, 1, hidden.shape[-1])
        try:
            tokens = torch.zeros((batch * length, 1), dtype=torch.long, device=hidden.device)
            logits: Tensor = self._model(input_ids=tokens, use_cache=False).logits
        finally:
            self._injector.hidden = None
        return logits.reshape(batch, length, logits.shape[-1])
