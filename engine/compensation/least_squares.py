"""Fit one linear map by weighted ridge regression from sums over batches, so that memory is independent of the tokens.

Hoerl and Kennard 1970, https://doi.org/10.1080/00401706.1970.10488634.
"""

import torch
from torch import Tensor

from engine.models.exact_sums import computes_float64, exact_total

_BLOCK = 2**22
"""Numbers of a product that are added at once where they are added in pairs, which takes a few copies of them."""


class LeastSquares:
    """Sums of the problem: minimise over D and b the sum over rows of weight² |D x + b - y|² + ridge |D|².

    Sums are in float64; on devices without it they are pairs of float32 numbers and are solved on the CPU. They take
    8 bytes for each of inputs² + inputs · outputs numbers.

    Args:
        inputs: Number of inputs of the map.
        outputs: Number of its outputs.
        bias: Whether to fit b, which the ridge leaves alone.
        device: Where the rows are.
    """

    def __init__(self, inputs: int, outputs: int, bias: bool, device: torch.device) -> None:
        self.inputs, self._bias, self._device = inputs, bias, device
        self._exact = computes_float64(device)
        self._dtype = torch.float64 if self._exact else torch.float32
        width = inputs + bias
        sums = ProductSum if self._exact else PairedProductSum
        self._gram, self._cross = sums(width, width, device), sums(width, outputs, device)
        self._powers: list[Tensor] = []

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
        self._gram.add(rows, rows)
        self._cross.add(rows, targets)
        self._powers.append(rows[:, : self.inputs].square().sum())

    def hold(self, inputs: Tensor, weights: Tensor) -> None:
        """Add rows that D x + b should leave at 0, and that do not count for the size of the ridge.

        Args:
            inputs: x [rows, inputs].
            weights: Weight of each row [rows].
        """
        rows = self._weighted(inputs, weights)
        rows = rows[torch.isfinite(rows.sum(1))]
        self._gram.add(rows, rows)

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
        ridge = share * exact_total(self._powers) / self.inputs
        regular, cross = self._gram.total(), self._cross.total()
        regular.diagonal()[: self.inputs].add_(ridge)
        factor, failed = torch.linalg.cholesky_ex(regular)
        if int(failed):
            solution = torch.linalg.lstsq(regular.cpu(), cross.cpu(), driver="gelsd").solution
        else:
            solution = torch.cholesky_solve(cross, factor)
        solution = solution.to(self._device, self._dtype)
        bias = solution[self.inputs] if self._bias else solution.new_zeros(solution.shape[1])
        return solution[: self.inputs].T.contiguous(), bias


class ProductSum:
    """A sum of matrix products in float64, on a device that computes it.

    Args:
        rows: Rows of the sum.
        columns: Columns of the sum.
        device: Where it is.
    """

    def __init__(self, rows: int, columns: int, device: torch.device) -> None:
        self._sum = torch.zeros((rows, columns), dtype=torch.float64, device=device)

    def add(self, left: Tensor, right: Tensor) -> None:
        """Add the product of ``left`` [n, rows], transposed, and ``right`` [n, columns]."""
        self._sum.addmm_(left.T, right)

    def total(self) -> Tensor:
        """Return a copy of the sum [rows, columns] in float64, on the device or on the CPU."""
        return self._sum.clone()


class PairedProductSum:
    """A sum of matrix products without float64: the rounding of each addition is kept in a second float32 number.

    Knuth 1997, The Art of Computer Programming, volume 2, section 4.2.2: the error of a sum of two numbers is itself
    a number, whichever of them is larger. So only the products are rounded, not the sum of many.

    Args:
        rows: Rows of the sum.
        columns: Columns of the sum.
        device: Where it is.
    """

    def __init__(self, rows: int, columns: int, device: torch.device) -> None:
        self._sum = torch.zeros((rows, columns), dtype=torch.float32, device=device)
        self._rest = torch.zeros_like(self._sum)
        self._block = max(1, _BLOCK // columns)

    def add(self, left: Tensor, right: Tensor) -> None:
        """Add the product of ``left`` [n, rows], transposed, and ``right`` [n, columns], both float32."""
        for start in range(0, len(self._sum), self._block):
            part = slice(start, start + self._block)
            before = self._sum[part]
            product = left[:, part].T @ right
            after = before + product
            taken = after - before
            self._rest[part] += (before - (after - taken)) + (product - taken)
            self._sum[part] = after

    def total(self) -> Tensor:
        """Return the sum [rows, columns] in float64, on the CPU."""
        return self._sum.cpu().double() + self._rest.cpu().double()
