"""Run any causal language model one decoder layer at a time: embedding, layers, final norm and head."""

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.func import functional_call
from transformers import PreTrainedModel

from engine.api.errors import BadInput, quoted
from engine.api.message import worded
from engine.models.architecture import StandIn, find_decoder, layer_answer, with_module
from engine.models.causal_head import CausalHead
from engine.models.out_of_memory import one_memory_error
from engine.models.state_parking import StateParking, free_for_states
from engine.models.streaming.streamed_layer import is_streamed, layer_held


@dataclass(frozen=True)
class Windows:
    """A batch of embedded tokens with the arguments that each layer is called with beside the hidden state.

    ``calls[i]`` holds layer i's own attention mask, position embeddings and so on, so that any selection of layers can
    be applied, whatever their attention types. It is None for a layer that the model does not call on text, such as
    one that attends to an image.
    """

    tokens: Tensor
    """[batch, length]"""
    embedded: Tensor
    """[batch, length, hidden]"""
    calls: tuple[tuple[tuple[Any, ...], dict[str, Any]] | None, ...]


class _Recorder(StandIn):
    """Replaces a decoder layer, records its arguments and returns the hidden state unchanged."""

    def __init__(self, layer: nn.Module, answer: Callable[[Tensor], Any]) -> None:
        super().__init__(layer, answer)
        self.hidden: Tensor | None = None
        self.args: tuple[Any, ...] = ()
        self.kwargs: dict[str, Any] = {}

    def forward(self, hidden_states: Tensor, *args: Any, **kwargs: Any) -> Any:
        """Record the arguments and return ``hidden_states`` [batch, length, hidden]."""
        self.hidden, self.args, self.kwargs = hidden_states, args, kwargs
        return self._answer(hidden_states)


class DecoderStack:
    """Runs a model layer by layer, skipping any of them, without copying or changing the model.

    The arguments of each layer are captured from the model's own forward, in which recorders replace the layers. So no
    family needs code of its own here, and capturing costs no layer application.

    Attributes:
        model: The model.
        layers: Its decoder layers.
        answer: Its ``layer_answer``.

    Raises:
        BadInput: Running the layers one by one does not reproduce the model's own logits, or a token attends to later
            ones.
    """

    def __init__(self, model: PreTrainedModel) -> None:
        location = find_decoder(model)
        self.model = model
        self.layers: list[nn.Module] = list(location.layers)
        self.answer = self._own_answer()
        self._parks = self.streamed and self.device.type != "cpu"
        self._streamed_bytes = sum(
            parameter.nbytes for layer in self.layers if is_streamed(layer) for parameter in layer.parameters()
        )
        self._recorders = [_Recorder(layer, self.answer) for layer in self.layers]
        self._recording = with_module(model, location.path, nn.ModuleList(self._recorders))
        # Of what the recording model computes behind the layers, nothing is used.
        sparing = "logits_to_keep" in inspect.signature(type(model).forward).parameters
        self._fewest_logits = {"logits_to_keep": 1} if sparing else {}
        self._head = CausalHead(model, self.answer)
        self._token_bytes = self._check_walk()

    def __len__(self) -> int:
        return len(self.layers)

    @property
    def device(self) -> torch.device:
        """Return the device of the weights."""
        return self.model.device

    @property
    def vocabulary(self) -> int:
        """Return the width of the logits."""
        return int(self.model.config.get_text_config(decoder=True).vocab_size)

    def state_bytes(self, tokens: int) -> int:
        """Return the bytes that the hidden states of ``tokens`` tokens take."""
        return tokens * self._token_bytes

    @torch.no_grad()
    def enter(self, tokens: Tensor) -> Windows:
        """Embed ``tokens`` [batch, length] and capture the arguments of every layer."""
        tokens = tokens.to(self.device)
        self._recording(input_ids=tokens, use_cache=False, **self._fewest_logits)
        calls = tuple(
            None if recorder.hidden is None else (recorder.args, recorder.kwargs) for recorder in self._recorders
        )
        embedded = next(recorder.hidden for recorder in self._recorders if recorder.hidden is not None)
        for recorder in self._recorders:
            recorder.hidden, recorder.args, recorder.kwargs = None, (), {}
        return Windows(tokens, embedded, calls)

    @torch.no_grad()
    def apply(self, layer: int, hidden: Tensor, windows: Windows) -> Tensor:
        """Apply layer ``layer`` to ``hidden`` [batch, length, hidden] of ``windows`` and return the same shape."""
        call = windows.calls[layer]
        if call is None:
            return hidden
        args, kwargs = call
        output = self.layers[layer](hidden.to(self.device), *args, **kwargs)
        return cast(Tensor, output[0] if isinstance(output, tuple) else output)

    def apply_changed(self, layer: int, hidden: Tensor, windows: Windows, weights: Mapping[str, Tensor]) -> Tensor:
        """Apply a layer with other values of some parameters; the result is differentiable in them and in ``hidden``.

        Args:
            layer: A layer; where it is streamed, it must be held.
            hidden: The states in front of it [batch, length, hidden].
            windows: The windows of these states.
            weights: The other values, by the names of the parameters in the layer.
        """
        call = windows.calls[layer]
        if call is None:
            return hidden
        args, kwargs = call
        output = functional_call(self.layers[layer], dict(weights), (hidden.to(self.device), *args), kwargs)
        return cast(Tensor, output[0] if isinstance(output, tuple) else output)

    @torch.no_grad()
    def logits(self, hidden: Tensor) -> Tensor:
        """Map the last layer's output [batch, positions, hidden] to logits [batch, positions, vocabulary]."""
        return self._head(hidden)

    def held(self, layer: int) -> AbstractContextManager[None]:
        """Keep the weights of a streamed layer in memory inside a ``with`` block, however often it is applied there."""
        return layer_held(self.layers[layer])

    def parking(self, memory: int = sys.maxsize, kept: bool = False) -> StateParking:
        """Return where hidden states wait for their next layer.

        That is main memory for a streamed model on another device, whose own memory is what the model lacks. States of
        a streamed model that do not fit are written to disk where that moves fewer bytes than the alternative.

        Args:
            memory: Bytes of states in memory.
            kept: Whether states are kept for many walks, each of which reads them once at most; the alternative is to
                compute them again. Other states are written and read at each layer; the alternative is to walk fewer
                states at a time, and to read the layers for each ``memory`` bytes of them again.
        """
        streamed = self._streamed_bytes
        disk = streamed // 2 if kept else sys.maxsize if 2 * memory * len(self) < streamed else 0
        return StateParking(memory, min(disk, free_for_states()) if disk else 0, self._parks)

    @property
    def streamed(self) -> bool:
        """Return whether applying some layer reads its weights first."""
        return any(map(is_streamed, self.layers))

    @torch.no_grad()
    def _check_walk(self) -> int:
        """Compare a short forward with the model's own, which reveals layers that share state on the side.

        Both advance together, so that each layer's weights are needed once.

        Returns:
            Bytes of one token's hidden state.

        Raises:
            BadInput: The logits differ from the model's own, or a token changes the logits before it.
        """
        tokens = (torch.arange(8, device=self.device) % self.vocabulary).repeat(2, 1)
        tokens[1, -1] = self.vocabulary // 2  # only the last token differs
        with self._walking_alone():
            windows = self.enter(tokens)
        beside = _BesideTheModel(self, windows)
        with beside.following():
            own = self._own_logits(tokens)
        with self._walking_alone():
            walked = self.logits(beside.walked()).float()
        scale = own.abs().max().clamp(min=1.0)
        if (walked - own).abs().max() > 0.02 * scale:
            raise BadInput(
                worded("{0} ties its layers together in an unsupported way; choose another model.", self._family)
            )
        rounding = min(0.02, 1e3 * torch.finfo(self.model.dtype).eps)
        if (own[0, :-1] - own[1, :-1]).abs().max() > rounding * scale:
            raise BadInput(
                worded("{0} lets each token attend to later ones, so it is not a causal language model.", self._family)
            )
        return windows.embedded.numel() * windows.embedded.element_size() // tokens.numel()

    @contextmanager
    def _walking_alone(self) -> Iterator[None]:
        """Turn the errors of a walk into the sentence that this family cannot be walked."""
        try:
            with one_memory_error():
                yield
        except torch.OutOfMemoryError:
            raise
        except (TypeError, ValueError, IndexError, KeyError, AttributeError, RuntimeError) as error:
            raise BadInput(
                worded(
                    "{0} cannot be run layer by layer ({1}), so it is not supported; choose another model.",
                    self._family,
                    error,
                )
            ) from error

    def _own_answer(self) -> Callable[[Tensor], Any]:
        try:
            with one_memory_error():
                return layer_answer(self.model)
        except torch.OutOfMemoryError:
            raise
        except Exception as error:
            raise self._cannot_read(error) from error

    def _own_logits(self, tokens: Tensor) -> Tensor:
        """Return the model's own logits [batch, length, vocabulary] of ``tokens`` [batch, length]."""
        try:
            with one_memory_error():
                return cast(Tensor, self.model(input_ids=tokens, use_cache=False).logits).float()
        except torch.OutOfMemoryError:
            raise
        except Exception as error:
            raise self._cannot_read(error) from error

    def _cannot_read(self, error: Exception) -> BadInput:
        reason = quoted(error, 200)
        return BadInput(
            worded("{0} cannot read text alone ({1}), so its text decoder cannot be searched.", self._family, reason)
        )

    @property
    def _family(self) -> str:
        return type(self.model).__name__


class _BesideTheModel:
    """Walks windows while the model's own forward runs, and applies each layer while its weights are in memory.

    Args:
        stack: The stack.
        windows: Windows that it has entered.
    """

    def __init__(self, stack: DecoderStack, windows: Windows) -> None:
        self._stack, self._windows = stack, windows
        self._hidden, self._done = windows.embedded, 0
        self._fault: Exception | None = None

    @contextmanager
    def following(self) -> Iterator[None]:
        """Advance behind each layer that the model applies inside a ``with`` block."""
        hooks = [
            layer.register_forward_hook(lambda *_, number=number: self._follow(number), prepend=True)
            for number, layer in enumerate(self._stack.layers)
        ]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def walked(self) -> Tensor:
        """Return the last layer's output [batch, length, hidden].

        Raises:
            Exception: What a layer raised while the model's forward ran.
        """
        if self._fault is not None:
            raise self._fault
        self._advance(len(self._stack))
        return self._hidden

    def _follow(self, layer: int) -> None:
        if layer < self._done or self._fault is not None:  # within its own application of the layer, or given up
            return
        try:
            self._advance(layer + 1)
        except Exception as error:  # in the model's forward it would pass as a fault of the model's own
            self._fault = error

    def _advance(self, to: int) -> None:
        while self._done < to:
            self._done += 1
            self._hidden = self._stack.apply(self._done - 1, self._hidden, self._windows)
