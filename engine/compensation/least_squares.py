"""Fit one linear map by weighted ridge regression from sums over batches, so that memory is independent of the tokens.

Hoerl and Kennard 1970, https://doi.org/10.1080/00401706.1970.10488634.
"""

import torch
from torch import Tensor


class LeastSquares:
    """Sums of the problem: minimise over D and b the sum over rows of weight² |D x + b - y|² + ridge |D|².

    Sums are in float64, in float32 on devices without it, where they are solved on the CPU. They take
    inputs² + inputs · outputs numbers.

    Args:
        inputs: Number of inputs of the map.
        outputs: Number of its outputs.
        bias: Whether to fit b, which the ridge leaves alone.
        device: Where the rows are.
    """

    def __init__(self, inputs: int, outputs: int, bias: bool, device: torch.device) -> None:
        self.inputs, self._bias = inputs, bias
        self._dtype = torch.float32 if device.type == "mps" else torch.float64
        width = inputs + bias
        self._gram = torch.zeros((width, width), dtype=self._dtype, device=device)
        self._cross = torch.zeros((width, outputs), dtype=self._dtype, device=device)
        self._power = torch.zeros((), dtype=self._dtype, device=device)

    def add(self, inputs: Tensor, targets: Tensor, weights: Tensor) -> None:
        """Add rows; those with a number that is not finite, from an activation that overflowed, are left out.

        Args:
            inputs: x [rows, inputs].
            targets: y [rows, outputs].
            weights: Weight of each row [rows].
        """
        rows, targets = self._weighted(inputs, weights), targets.to(self._dtype) * weights.to(self._dtype)[:, None]
        finite = torch.isfinite(rows.sum(1)) & torch.isfinite(targets.sum(1))
        rows, targets = rows[finite], targets[finite]
        self._gram.addmm_(rows.T, rows)
        self._cross.addmm_(rows.T, targets)
        self._power += rows[:, : self.inputs].square().sum()

    def hold(self, inputs: Tensor, weights: Tensor) -> None:
        """Add rows that D x + b should leave at 0, and that do not count for the size of the ridge.

        Args:
            inputs: x [rows, inputs].
            weights: Weight of each row [rows].
        """
        rows = self._weighted(inputs, weights)
        rows = rows[torch.isfinite(rows.sum(1))]
        self._gram.addmm_(rows.T, rows)

    def _weighted(self, inputs: Tensor, weights: Tensor) -> Tensor:
        rows = inputs.to(self._dtype)
        if self._bias:
            rows = torch.cat([rows, torch.ones_like(rows[:, :1])], dim=1)
        return rows * weights.to(self._dtype)[:, None]

    def solve(self, share: float) -> tuple[Tensor, Tensor]:
        """Return D [outputs, inputs] and b [outputs] for a ridge of ``share`` times the mean square of an input.

        That is the mean diagonal of the sums, without the rows that are held.

        Where the sums are singular and the ridge too small, the solution of least norm is returned.
        """
        ridge = share * float(self._power) / self.inputs
        place = self._gram.device if self._dtype == torch.float64 else torch.device("cpu")
        regular, cross = self._gram.to(place, torch.float64, copy=True), self._cross.to(place, torch.float64)
        regular.diagonal()[: self.inputs].add_(ridge)
        factor, failed = torch.linalg.cholesky_ex(regular)
        if int(failed):
            solution = torch.linalg.lstsq(regular.cpu(), cross.cpu(), driver="gelsd").solution
        else:
            solution = torch.cholesky_solve(cross, factor)
        solution = solution.to(self._gram)
        bias = solution[self.inputs] if self._bias else solution.new_zeros(solution.shape[1])
        return solution[: self.inputs].T.contiguous(), bias
