"""The layers around each gap that are trained together, and where they lead."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.message import Message, worded
from engine.api.settings import RecoverySettings
from engine.models.architecture import find_decoder
from engine.models.gaps import Gap, gaps_of
from engine.models.removal import Removal
from engine.recovery.targets import adapter_targets, whole_targets


@dataclass(frozen=True)
class Block:
    """Layers around a gap, in dense numbering."""

    gap: Gap
    layers: tuple[int, ...]
    """The layer before the gap and the first ones behind it; they follow each other in the pruned model."""
    following: int
    """The layer whose dense input they shall give; the number of layers stands for the end of the stack."""

    @property
    def first(self) -> int:
        """The lowest of its layers."""
        return self.layers[0]


def blocks_of(layers: int, removed: RemovalSet, behind: int, unused: Collection[int] = ()) -> tuple[Block, ...]:
    """Return the blocks from below, one for each gap that has a layer beside it.

    A block ends at the next gap, so that it never has more than ``behind`` + 1 layers. The layer between two gaps may
    belong to both blocks. A gap at the bottom has no layer before it, so at least one behind it is trained.

    Args:
        layers: Number of layers of the dense model.
        removed: Sorted removal set.
        behind: Number of layers behind each gap.
        unused: Layers that the model does not apply to text.
    """
    used = [layer for layer in Removal(layers, removed).kept if layer not in unused]
    gaps = gaps_of(layers, removed)
    ends = [*(gap.first for gap in gaps[1:]), layers]
    blocks = []
    for gap, end in zip(gaps, ends, strict=True):
        before = [layer for layer in used if layer < gap.first][-1:]
        after = [layer for layer in used if gap.behind <= layer < end][: behind if before else max(behind, 1)]
        if before or after:
            blocks.append(Block(gap, (*before, *after), max(after[-1] + 1 if after else 0, gap.behind)))
    return tuple(blocks)


def trained_weights(
    view: PreTrainedModel, removed: RemovalSet, settings: RecoverySettings
) -> dict[int, dict[str, str]]:
    """Return all weights that may be trained, by layer in dense numbering: name in the layer to name in the model.

    Those are the weights and biases of the modules that would get LoRA adapters, and the norms if the settings ask for
    them.

    Args:
        view: The pruned model.
        removed: The layers that it lacks.
        settings: The recovery's settings.

    Raises:
        BadInput: The layers have no linear module of the kind that the settings ask for.
    """
    location = find_decoder(view)
    kept = Removal(len(location.layers) + len(removed), removed).kept
    modules = adapter_targets(view, settings.target, 0) + whole_targets(view, settings.train_norms, False, 0)
    found: dict[int, dict[str, str]] = {}
    for name in modules:
        number, _, inside = name.removeprefix(f"{location.path}.").partition(".")
        if number.isdecimal():  # the final norm is in no layer
            for part, _ in view.get_submodule(name).named_parameters(recurse=False):
                found.setdefault(kept[int(number)], {})[f"{inside}.{part}"] = f"{name}.{part}"
    return found


def trainable_blocks(
    blocks: Sequence[Block], trained: Collection[int], target: str, warn: Callable[[Message], None]
) -> tuple[Block, ...]:
    """Return the blocks that have something to train; the others stay as they are.

    Args:
        blocks: The blocks.
        trained: The layers with weights to train.
        target: The setting that chooses them.
        warn: Receives a sentence on each block that is left out.

    Raises:
        BadInput: No block has such a layer, or no gap has a layer beside it.
    """
    found = tuple(block for block in blocks if set(block.layers) & set(trained))
    if not found:
        raise BadInput(
            worded(
                "No layer around a gap has weights that local distillation can train with recovery.target={0}; choose "
                "another target, or recovery.method=lora.",
                target,
            )
        )
    for block in blocks:
        if block not in found:
            warn(
                worded(
                    "No layer around {0} has weights that local distillation can train with recovery.target={1}, so "
                    "they stay as they are.",
                    block.gap.words,
                    target,
                )
            )
    return found
