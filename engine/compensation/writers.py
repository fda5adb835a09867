"""Find the linear map of a decoder layer that a fold goes into: one that writes to the residual stream.

Maps are found by experiment instead of by name: what is added to a map's output must reach the layer's output, as it is
or scaled.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor, nn

from engine.api.compensation_events import NO_MAP
from engine.api.errors import BadInput
from engine.api.message import Message, Template
from engine.models.linear_maps import LINEAR, bias_of, matrix
from engine.models.out_of_memory import one_memory_error

_SEED = 0
_EXACT = 0.05
"""Largest share of a disturbance's effect that is not the disturbance itself: bfloat16 rounds by some hundredths."""
_NEAR = 0.75
"""The same for a map whose output is read again inside the layer, such as attention's in front of the MLP."""


@dataclass(frozen=True)
class Writer:
    """A linear map of a layer whose output is added to the hidden state.

    Attributes:
        name: The map within the layer, such as ``mlp.down_proj``.
        norm: The norm between the map and the hidden state, within the layer; empty where there is none.
        factor: What the output is multiplied by before it is added; None where each token has a factor of its own, such
            as the gate of a shared expert.
        exact: Whether nothing else in the layer reads the map's output.
    """

    name: str
    norm: str = ""
    factor: float | None = 1.0
    exact: bool = True


@dataclass(frozen=True)
class Effect:
    """How the output of a layer responds to a disturbance of a module's output.

    Attributes:
        change: The disturbance [tokens, hidden].
        response: What the layer's output changes by [tokens, hidden].
    """

    change: Tensor
    response: Tensor

    @cached_property
    def factors(self) -> Tensor:
        """What each token's disturbance is multiplied by before it is added [tokens]."""
        return (self.response * self.change).sum(-1) / self.change.square().sum(-1)

    @property
    def factor(self) -> float | None:
        """The factor that all tokens share; None where they differ."""
        mean = float(self.factors.mean())
        return mean if float((self.factors - mean).abs().max()) <= _EXACT * abs(mean) else None

    @property
    def error(self) -> float:
        """Share of the response that is not the scaled disturbance; nan where there is no response."""
        rest = (self.response - self.factors[:, None] * self.change).square().sum()
        return float((rest / self.response.square().sum()).sqrt())


def effect_of(module: nn.Module, run: Callable[[], Tensor], output: Tensor) -> Effect:
    """Return the effect of a random disturbance of a module's output.

    Args:
        module: A module of a layer whose output has as many numbers as the layer's.
        run: Applies the layer to some tokens.
        output: What it returns undisturbed [batch, length, hidden].
    """
    generator = torch.Generator().manual_seed(_SEED)
    scale = output[:, 1:].float().square().mean().sqrt()  # the first token's state is huge in most models
    change = (torch.randn(output.shape, generator=generator).to(output.device) * scale).to(output.dtype)
    with hooked(module, lambda _module, _args, answer: answer + change.reshape(answer.shape)):
        response = run().float() - output.float()
    return Effect(change.float().flatten(0, -2), response.flatten(0, -2))


def find_writer(layer: nn.Module, run: Callable[[], Tensor]) -> Writer:
    """Return the map of ``layer`` that a fold goes into.

    Of several, the widest is taken: it has the most inputs to fit with. Where no map's output is added as it is, one
    whose output passes through an RMS norm first is taken, else the one whose output the layer reads least.

    Args:
        layer: The decoder layer.
        run: Applies the layer to some tokens and returns its output [batch, length, hidden].

    Raises:
        BadInput: None of the layer's linear maps writes to the hidden state.
    """
    probe = _Probe(layer, run)
    linear = probe.candidates(LINEAR)
    direct = {name: effect for name in linear if (effect := probe.effect(name)) is not None}
    exact = [name for name, effect in direct.items() if effect.error <= _EXACT]
    if exact:
        chosen = max(exact, key=lambda name: probe.width(name))
        return Writer(chosen, factor=direct[chosen].factor)
    normed = [(name, norm) for norm in probe.norms() for name in linear if probe.feeds(name, norm)]
    if normed:
        name, norm = normed[-1]  # the last one called: the MLP's, whose output nothing in the layer reads
        return Writer(name, norm)
    near = [name for name, effect in direct.items() if effect.error <= _NEAR]
    if near:
        chosen = min(near, key=lambda name: direct[name].error)
        return Writer(chosen, exact=False)
    raise BadInput(Message.of(Template(text=NO_MAP, values=(type(layer).__name__,))))


def find_writers(layer: nn.Module, run: Callable[[], Tensor]) -> list[Writer]:
    """Return all maps of ``layer`` whose output reaches the hidden state, in calling order.

    Attention's is among them, though the MLP behind it reads what it writes.

    Args:
        layer: The decoder layer.
        run: Applies the layer to some tokens and returns its output [batch, length, hidden].
    """
    probe = _Probe(layer, run)
    norms, found = probe.norms(_NEAR), []
    for name in probe.candidates(LINEAR):
        effect, norm = probe.effect(name), next((norm for norm in norms if probe.feeds(name, norm)), "")
        if norm:
            found.append(Writer(name, norm))
        elif effect is not None and effect.error <= _EXACT:
            found.append(Writer(name, factor=effect.factor))
        elif effect is not None and effect.error <= _NEAR:
            found.append(Writer(name, factor=float(effect.factors.median()), exact=False))
    return found


class _Probe:
    """Runs a layer, with or without a disturbance, and compares."""

    def __init__(self, layer: nn.Module, run: Callable[[], Tensor]) -> None:
        self._modules = {name: module for name, module in layer.named_modules() if name}
        self._run = run
        self._inputs: dict[str, list[Tensor]] = {}
        self._outputs: dict[str, list[Tensor]] = {}
        self._given: dict[str, Tensor] = {}
        """The outputs themselves: some layers add to them in place."""
        self._output = self._recorded()

    def candidates(self, kinds: tuple[type[nn.Module], ...]) -> list[str]:
        """Return the modules of some kinds that are called once, with an output like the layer's, in calling order."""
        return [name for name in self._outputs if isinstance(self._modules[name], kinds) and self._is_product(name)]

    def norms(self, largest_error: float = _EXACT) -> list[str]:
        """Return the RMS norms whose output is added to the hidden state, in calling order."""
        found = [name for name in self._outputs if self._fits(name) and is_rms_norm(self._modules[name])]
        return [name for name in found if (effect := self.effect(name)) is not None and effect.error <= largest_error]

    def feeds(self, name: str, norm: str) -> bool:
        """Return whether the output of a module is the input of a norm, as it is."""
        return self._given[name].data_ptr() == self._inputs[norm][0].data_ptr()

    def width(self, name: str) -> int:
        """Return the number of inputs of a linear module."""
        return int(self._inputs[name][0].shape[-1])

    def effect(self, name: str) -> Effect | None:
        """Return the effect of a random disturbance of a module's output; None where it has none."""
        found = effect_of(self._modules[name], self._run, self._output)
        return found if math.isfinite(found.error) else None

    def _recorded(self) -> Tensor:
        def recorder(name: str) -> Callable[[nn.Module, tuple[object, ...], object], None]:
            def record(_module: nn.Module, args: tuple[object, ...], answer: object) -> None:
                if args and isinstance(args[0], Tensor) and isinstance(answer, Tensor):
                    self._inputs.setdefault(name, []).append(args[0])
                    self._outputs.setdefault(name, []).append(answer.clone())
                    self._given[name] = answer

            return record

        handles = [module.register_forward_hook(recorder(name)) for name, module in self._modules.items()]
        try:
            return self._run()
        finally:
            for handle in handles:
                handle.remove()

    def _fits(self, name: str) -> bool:
        outputs = self._outputs[name]
        return (
            len(outputs) == 1
            and outputs[0].shape[-1] == self._output.shape[-1]
            and outputs[0].numel() == self._output.numel()
        )

    def _is_product(self, name: str) -> bool:
        """Return whether a module's output is the product of its weight and its input."""
        if not self._fits(name):
            return False
        module, given, found = self._modules[name], self._inputs[name][0], self._outputs[name][0]
        weights, bias = matrix(module), bias_of(module)
        if weights.shape != (found.shape[-1], given.shape[-1]) or not weights.is_floating_point():
            return False
        wanted = given.to(weights.dtype) @ weights.T + (0 if bias is None else bias)
        return float((wanted - found).float().norm()) <= _EXACT * float(found.float().norm())


@contextmanager
def hooked(module: nn.Module, hook: Callable[..., object]) -> Iterator[None]:
    """Register a forward hook of a module inside a ``with`` block."""
    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def is_rms_norm(module: nn.Module) -> bool:
    """Return whether a module divides each token by its root mean square and then scales each number by a gain.

    Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467.
    """
    weight = getattr(module, "weight", None)
    if not isinstance(weight, Tensor) or weight.ndim != 1 or len(list(module.parameters())) != 1:
        return False
    generator = torch.Generator().manual_seed(_SEED)
    sample = torch.randn((1, 4, len(weight)), generator=generator).to(weight)
    try:
        with one_memory_error():
            gain, scaled = gain_of(module), module(sample).float()
    except torch.OutOfMemoryError:
        raise
    except (TypeError, RuntimeError, ValueError):
        return False
    root = sample.float().square().mean(-1, keepdim=True).sqrt()
    return torch.allclose(scaled, sample.float() / root * gain, rtol=0.02, atol=0.02 * float(gain.abs().max()))


def gain_of(norm: nn.Module) -> Tensor:
    """Return what an RMS norm multiplies each number by [hidden]: its weight, in some families plus one."""
    weight = norm.weight
    assert isinstance(weight, Tensor)
    ones = torch.ones((1, 1, len(weight)), dtype=weight.dtype, device=weight.device)
    gain: Tensor = norm(ones)
    return gain.float().flatten()
