"""Any causal language model as a stack: embed, one decoder layer at a time, final norm and head."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.models.architecture import StandIn, find_decoder, layer_answer, with_module
from engine.models.causal_head import CausalHead


@dataclass(frozen=True)
class Windows:
    """A batch that has entered the stack: embeddings, and what each layer is called with beside the hidden state.

    ``calls[i]`` holds layer i's own attention mask, position embeddings and so on, so that layers of different
    attention types can be applied in any selection. It is None for a layer that the model does not call on text, such
    as one that attends to a picture.
    """

    tokens: Tensor
    """[batch, length]"""
    embedded: Tensor
    """[batch, length, hidden]"""
    calls: tuple[tuple[tuple[Any, ...], dict[str, Any]] | None, ...]


class _Recorder(StandIn):
    """Stands where a decoder layer is, notes what it is called with and passes the hidden state on untouched."""

    def __init__(self, layer: nn.Module, answer: Callable[[Tensor], Any]) -> None:
        super().__init__(layer, answer)
        self.hidden: Tensor | None = None
        self.args: tuple[Any, ...] = ()
        self.kwargs: dict[str, Any] = {}

    def forward(self, hidden_states: Tensor, *args: Any, **kwargs: Any) -> Any:
        """Keep the call and answer its hidden state."""
        self.hidden, self.args, self.kwargs = hidden_states, args, kwargs
        return self._answer(hidden_states)


class DecoderStack:
    """Walks a model layer by layer, with any layers left out, without copying or changing it.

    What each layer is called with is captured from the model's own forward, in which recorders stand in for the
    layers: so no family needs its own code here, and capturing costs no layer application.

    Raises:
        BadInput: walking the layers one by one does not give the model's own logits.
    """

    def __init__(self, model: PreTrainedModel) -> None:
        location = find_decoder(model)
        self.model = model
        self.layers: list[nn.Module] = list(location.layers)
        answer = self._own_answer()
        self._recorders = [_Recorder(layer, answer) for layer in self.layers]
        self._recording = with_module(model, location.path, nn.ModuleList(self._recorders))
        self._head = CausalHead(model)
        self._token_bytes = self._check_walk()

    def __len__(self) -> int:
        return len(self.layers)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.model.device

    @property
    def vocabulary(self) -> int:
        """Width of the logits."""
        return int(self.model.config.get_text_config(decoder=True).vocab_size)

    def state_bytes(self, tokens: int) -> int:
        """Bytes of the hidden state of as many tokens."""
        return tokens * self._token_bytes

    @torch.no_grad()
    def enter(self, tokens: Tensor) -> Windows:
        """Embed ``tokens`` [batch, length] and capture every layer's call."""
        tokens = tokens.to(self.device)
        self._recording(input_ids=tokens, use_cache=False)
        calls = tuple(
            None if recorder.hidden is None else (recorder.args, recorder.kwargs) for recorder in self._recorders
        )
        embedded = next(recorder.hidden for recorder in self._recorders if recorder.hidden is not None)
        for recorder in self._recorders:
            recorder.hidden, recorder.args, recorder.kwargs = None, (), {}
        return Windows(tokens, embedded, calls)

    @torch.no_grad()
    def apply(self, layer: int, hidden: Tensor, windows: Windows) -> Tensor:
        """Layer ``layer`` applied to ``hidden`` [batch, length, hidden] of ``windows``; the same shape."""
        call = windows.calls[layer]
        if call is None:
            return hidden
        args, kwargs = call
        output = self.layers[layer](hidden, *args, **kwargs)
        return cast(Tensor, output[0] if isinstance(output, tuple) else output)

    @torch.no_grad()
    def logits(self, hidden: Tensor) -> Tensor:
        """Logits [batch, positions, vocabulary] of the last layer's output at any positions."""
        return self._head(hidden)

    @torch.no_grad()
    def _check_walk(self) -> int:
        """Run one short forward both ways: a family whose layers talk to each other on the side shows here.

        Returns:
            Bytes of one token's hidden state.

        Raises:
            BadInput: The walk gives other logits than the model, or a token changes what stands before it.
        """
        tokens = (torch.arange(8, device=self.device) % self.vocabulary).repeat(2, 1)
        tokens[1, -1] = self.vocabulary // 2  # only the last token is another
        try:
            windows = self.enter(tokens)
            hidden = windows.embedded
            for layer in range(len(self)):
                hidden = self.apply(layer, hidden, windows)
            walked = self.logits(hidden).float()
        except (TypeError, ValueError, IndexError, KeyError, AttributeError, RuntimeError) as error:
            raise BadInput(f"{self._family} cannot be walked layer by layer ({error}); it is not supported.") from error
        own = self._own_logits(tokens)
        scale = own.abs().max().clamp(min=1.0)
        if (walked - own).abs().max() > 0.02 * scale:
            raise BadInput(f"{self._family} ties its layers together in a way that is not supported.")
        rounding = min(0.02, 1e3 * torch.finfo(self.model.dtype).eps)
        if (own[0, :-1] - own[1, :-1]).abs().max() > rounding * scale:
            raise BadInput(f"{self._family} lets each token see those that follow, so it cannot be pruned as a writer.")
        return windows.embedded.numel() * windows.embedded.element_size() // tokens.numel()

    def _own_answer(self) -> Callable[[Tensor], Any]:
        try:
            return layer_answer(self.model)
        except Exception as error:
            raise self._cannot_read(error) from error

    def _own_logits(self, tokens: Tensor) -> Tensor:
        """Return the model's own logits [batch, length, vocabulary] of ``tokens`` [batch, length]."""
        try:
            return cast(Tensor, self.model(input_ids=tokens, use_cache=False).logits).float()
        except torch.OutOfMemoryError:
            raise
        except Exception as error:
            raise self._cannot_read(error) from error

    def _cannot_read(self, error: Exception) -> BadInput:
        reason = " ".join(str(error).split())[:200]
        return BadInput(f"{self._family} cannot read text alone ({reason}), so its text decoder cannot be searched.")

    @property
    def _family(self) -> str:
        return type(self.model).__name__
