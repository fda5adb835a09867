"""The result of a compensation: changed weights, and what they changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from torch import Tensor, nn

from engine.api.events import RemovalSet
from engine.models.architecture import find_decoder
from engine.models.gaps import Gap
from engine.models.removal import Removal
from engine.models.weight_patch import WeightPatch


@dataclass(frozen=True)
class FoldedGap:
    """The outcome for one gap. KL(dense || pruned) is in nats per token on the validation windows.

    Attributes:
        gap: The gap.
        layer: The layer that was fitted, in dense numbering; -1 where there is none below the gap.
        weights: Its changed parameters by their names within the layer; empty where it stays as it is.
        kl_before: KL with the gaps below this one folded; nan where there are no validation windows.
        kl_after: The same with this one folded too.
        map_name: The linear map that was fitted, by its name within the layer; empty where there is none.
        ridge: The ridge that was chosen; None where the layer stays as it is.
        reason: Why nothing could be fitted; empty where something was.
    """

    gap: Gap
    layer: int
    kl_before: float
    kl_after: float
    weights: Mapping[str, Tensor] = field(default_factory=dict)
    map_name: str = ""
    ridge: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class RefittedMap:
    """The outcome for another map of a layer beside a gap. KL(dense || pruned) is in nats per token.

    Attributes:
        layer: The layer, in dense numbering.
        map_name: The linear map, by its name within the layer.
        kl_before: KL on the validation windows without this map's change, with all earlier ones.
        kl_after: The same with it.
        weights: Its changed parameters by their names within the layer; empty where it stays as it is.
        ridge: The ridge that was chosen; None where the map stays as it is.
    """

    layer: int
    map_name: str
    kl_before: float
    kl_after: float
    weights: Mapping[str, Tensor] = field(default_factory=dict)
    ridge: float | None = None


FitOutcome = FoldedGap | RefittedMap


@dataclass(frozen=True)
class Fold:
    """Changed weights that bring a pruned model nearer to the dense one."""

    removed: RemovalSet
    gaps: tuple[FoldedGap, ...]
    refits: tuple[RefittedMap, ...] = ()

    @property
    def fits(self) -> tuple[FitOutcome, ...]:
        """All outcomes in the order in which they were found: those of the gaps first."""
        return (*self.gaps, *self.refits)

    def with_fit(self, outcome: FitOutcome) -> "Fold":
        """Return the fold with one more outcome."""
        if isinstance(outcome, FoldedGap):
            return replace(self, gaps=(*self.gaps, outcome))
        return replace(self, refits=(*self.refits, outcome))

    @property
    def helped(self) -> bool:
        """Return whether any weight is changed."""
        return any(each.weights for each in self.fits)

    @property
    def kl_before(self) -> float:
        """KL of the pruned model on the validation windows."""
        return self.gaps[0].kl_before

    @property
    def kl_after(self) -> float:
        """KL of the compensated model on the validation windows."""
        return self.fits[-1].kl_after

    def on_dense(self, model: nn.Module) -> WeightPatch:
        """Return the changed weights as a patch of the dense model, or of a view that shares its layers."""
        path = find_decoder(model).path  # type: ignore[arg-type]
        named = {f"{path}.{each.layer}.{name}": tensor for each in self.fits for name, tensor in each.weights.items()}
        return WeightPatch(model, named)

    def pruned_names(self, path: str, layers: int) -> dict[str, Tensor]:
        """Return the changed weights by their names in the pruned model, on the CPU.

        Args:
            path: Path of the list of decoder layers in the model, such as ``model.layers``.
            layers: Number of layers of the dense model.
        """
        new = Removal(layers, self.removed).new_number
        return {
            f"{path}.{new[each.layer]}.{name}": tensor.cpu().contiguous()
            for each in self.fits
            for name, tensor in each.weights.items()
        }
