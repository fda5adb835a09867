"""Fit what a layer's map must add so that the hidden state behind a gap is the dense model's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.compensation.least_squares import LeastSquares
from engine.compensation.writers import Writer, effect_of, gain_of, hooked
from engine.models.linear_maps import as_stored, bias_of, matrix, original_matrix

_SMALLEST = 1e-3
"""Factors and gains below this share of the largest are treated as zero: nothing can be written through them."""


@dataclass(frozen=True)
class Sample:
    """A batch in front of the layer, and where it must lead.

    Attributes:
        run: Applies the layer and returns its output [batch, length, hidden].
        target: The dense model's hidden state behind the gap [batch, length, hidden].
    """

    run: Callable[[], Tensor]
    target: Tensor


@dataclass(frozen=True)
class _Rows:
    """What a pass over a batch yields, with the first token of each row apart."""

    inputs: Tensor
    """Inputs of the map [rows, inputs]."""
    outputs: Tensor
    """Outputs of the map [rows, hidden]."""
    missing: Tensor
    """Target minus the layer's output [rows, hidden], float32."""
    weights: Tensor
    """1 / length of the target [rows], so that a few long states do not decide."""
    written: Tensor
    """What the map adds to the hidden state [rows, hidden]: its output, or that of the norm behind it."""
    factors: Tensor
    """What the output is multiplied by before it is added [rows]; infinite where nothing can be written through it."""
    first_inputs: Tensor
    """Inputs of the map at the first tokens [batch, inputs]."""
    first_outputs: Tensor
    """Outputs of the map at the first tokens [batch, hidden]."""


class LayerFit:
    """Fits a map of one layer over batches that are run again for each pass.

    The first token of each row is held: the map must not change what it writes there. In most models that token's
    hidden state is hundreds of times longer than the others', all later tokens attend to it, and a single layer may
    write it (Sun et al. 2024, https://arxiv.org/abs/2402.17762); a map fitted without it may destroy it.

    Args:
        layer: The decoder layer.
        writer: The map in it.
        samples: Yields the batches anew at each call.
        widest: Largest number of inputs for which the map itself is fitted; a wider map is multiplied from the left by
            a fitted matrix [hidden, hidden], as in ReplaceMe (Shopkhoev et al. 2025, https://arxiv.org/abs/2505.02819).
    """

    def __init__(self, layer: nn.Module, writer: Writer, samples: Callable[[], Iterator[Sample]], widest: int) -> None:
        self._layer, self._writer, self._samples = layer, writer, samples
        self._linear = layer.get_submodule(writer.name)
        self._norm = layer.get_submodule(writer.norm) if writer.norm else None
        self._gain = gain_of(self._norm) if self._norm is not None else None
        self._whole = matrix(self._linear).shape[1] <= widest

    def changed_weights(self, ridges: Sequence[float]) -> list[dict[str, Tensor]]:
        """Return the layer's changed parameters for each ridge, by their names in the layer."""
        problem = self._summed()
        fitted = [self._new_map(*problem.solve(ridge)) for ridge in ridges]
        if self._gain is None:
            return [self._named(weights, bias) for weights, bias in fitted]
        gains = self._fitted_gains(fitted, ridges)
        assert self._norm is not None
        norm_weight = f"{self._writer.norm}.weight"
        changed = []
        for (weights, bias), gain in zip(fitted, gains, strict=True):
            own = self._norm.weight
            assert isinstance(own, Tensor)
            new = own.float() + gain - self._gain  # some families store the gain minus one
            changed.append({**self._named(weights, bias), norm_weight: new.to(own.dtype)})
        return changed

    @torch.no_grad()
    def _summed(self) -> LeastSquares:
        weights = matrix(self._linear)
        outputs, inputs = weights.shape
        has_bias = bias_of(self._linear) is not None
        problem = LeastSquares(inputs if self._whole else outputs, outputs, has_bias, weights.device)
        for rows in self._rows():
            given = rows.inputs if self._whole else rows.outputs
            targets, factors = rows.missing / rows.factors[:, None], rows.factors
            if self._gain is not None:
                targets = _divided(targets, self._gain)
            written = torch.where(factors.isinf(), 0.0, factors.abs())
            weights = rows.weights * written
            problem.add(given, targets, weights)
            first = rows.first_inputs if self._whole else rows.first_outputs
            problem.hold(first, weights.median().expand(len(first)))
        return problem

    def _new_map(self, change: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """Return the changed weight [outputs, inputs] and bias [outputs] of the map, float32."""
        own, own_bias = original_matrix(self._linear).to(change.dtype), bias_of(self._linear)
        before = torch.zeros_like(bias) if own_bias is None else own_bias.to(bias.dtype)
        added = change if self._whole else change @ own
        more = bias if self._whole else bias + change @ before
        return (own + added).float(), (before + more).float()

    def _named(self, weights: Tensor, bias: Tensor) -> dict[str, Tensor]:
        named = {f"{self._writer.name}.weight": as_stored(self._linear, weights)}
        own = bias_of(self._linear)
        if own is not None:
            named[f"{self._writer.name}.bias"] = bias.to(own.dtype)
        return named

    @torch.no_grad()
    def _fitted_gains(self, fitted: Sequence[tuple[Tensor, Tensor]], ridges: Sequence[float]) -> list[Tensor]:
        """Return the norm's gain [hidden] for each changed map: the norm fixes the length of its output.

        The ridge draws each gain towards its own value.
        """
        assert self._gain is not None
        sums = [(torch.zeros_like(self._gain), torch.zeros_like(self._gain)) for _ in fitted]
        for rows in self._rows():
            wanted = rows.written + rows.missing
            finite = torch.isfinite(wanted.sum(1)) & torch.isfinite(rows.inputs.float().sum(1))
            wanted, inputs = wanted[finite], rows.inputs[finite].float()
            squared = rows.weights[finite].square()[:, None]
            for (weights, bias), (cross, power) in zip(fitted, sums, strict=True):
                output = inputs @ weights.T + bias
                normed = output / output.square().mean(-1, keepdim=True).sqrt().clamp(min=1e-12)
                cross += (squared * normed * wanted).sum(0)
                power += (squared * normed.square()).sum(0)
        return [
            (cross + ridge * power.mean() * self._gain) / (power + ridge * power.mean())
            for (cross, power), ridge in zip(sums, ridges, strict=True)
        ]

    def _rows(self) -> Iterator[_Rows]:
        for sample in self._samples():
            yield self._read(sample)

    def _read(self, sample: Sample) -> _Rows:
        seen: dict[str, Tensor] = {}

        def record(_module: nn.Module, args: tuple[Tensor, ...], answer: Tensor) -> None:
            seen["inputs"], seen["outputs"] = args[0], answer

        def record_norm(_module: nn.Module, _args: object, answer: Tensor) -> None:
            seen["written"] = answer

        with hooked(self._linear, record):
            if self._norm is None:
                output = sample.run()
            else:
                with hooked(self._norm, record_norm):
                    output = sample.run()
        shape = output.shape[:2]
        parts = {name: _without_first(part.reshape(*shape, part.shape[-1])) for name, part in seen.items()}
        target = _without_first(sample.target.to(output.device)).float()
        found = parts["outputs"].float()
        return _Rows(
            inputs=parts["inputs"],
            outputs=found,
            missing=target - _without_first(output).float(),
            weights=1.0 / target.norm(dim=-1).clamp(min=1e-6),
            written=parts.get("written", found).float(),
            factors=self._factors(sample, output, found),
            first_inputs=seen["inputs"].reshape(*shape, -1)[:, 0],
            first_outputs=seen["outputs"].reshape(*shape, -1)[:, 0],
        )

    def _factors(self, sample: Sample, output: Tensor, found: Tensor) -> Tensor:
        """Return what each token's output is multiplied by before it is added [rows]."""
        if self._norm is not None:
            return 1.0 / found.square().mean(-1).sqrt().clamp(min=1e-12)
        if self._writer.factor is not None:
            return torch.full((len(found),), self._writer.factor, device=found.device)
        effect = effect_of(self._linear, sample.run, output)
        factors = _without_first(effect.factors.reshape(output.shape[:2]))
        return torch.where(factors.abs() < _SMALLEST * factors.abs().max(), torch.inf, factors)


def _divided(targets: Tensor, gain: Tensor) -> Tensor:
    """Return ``targets`` [rows, hidden] divided by ``gain`` [hidden]; zero where the gain is as good as zero."""
    usable = gain.abs() >= _SMALLEST * gain.abs().max()
    return torch.where(usable, targets / torch.where(usable, gain, 1.0), 0.0)


def _without_first(states: Tensor) -> Tensor:
    """Return [batch, length, ...] as rows [batch * (length - 1), ...], without the first position."""
    return states[:, 1:].flatten(0, 1)
