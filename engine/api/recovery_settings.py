"""Settings of the recovery."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.api.paths_in_settings import leads_to
from engine.api.units import unit

TextSource = Literal["self", "file", "dataset", "mix"]

ONLY_FOR_LORA = frozenset(
    {
        "objective",
        "text_share",
        "seam_weight",
        "adapter",
        "rank",
        "alpha",
        "dropout",
        "train_head",
        "start",
        "gradient_checkpointing",
        "four_bit",
        "processes",
    }
)
"""Settings that local distillation does not read."""


class RecoverySettings(Struct, frozen=True, kw_only=True):
    """Training of the pruned model with the dense one as the teacher.

    LoRA: https://arxiv.org/abs/2106.09685. Local distillation: https://arxiv.org/abs/2411.19146.
    """

    enabled: Annotated[bool, Meta(description="Train the pruned model to recover lost accuracy.")] = True
    method: Annotated[
        Literal["lora", "local"],
        Meta(
            description="LoRA adapters for all layers, trained on the dense model's predictions; or local distillation "
            "of the layers around each gap, trained on its hidden states, which holds only these layers in memory."
        ),
    ] = "lora"
    layers_behind: Annotated[
        int,
        Meta(
            description="Layers behind each gap that local distillation trains together with the one before it; each "
            "takes 20 bytes per weight in memory.",
            ge=0,
            le=256,
            extra=unit("layers"),
        ),
    ] = 2
    source: Annotated[
        TextSource,
        Meta(description="Training text: the dense model's own, a local file, a Hub data set, or a mix."),
    ] = "self"
    mix: Annotated[
        tuple[str, ...],
        Meta(
            description="Texts to interleave when source is 'mix': self, wikitext, web, instructions, a text file, or "
            "a Hub data set id; 'self:2' has weight 2.",
            min_length=1,
            extra=leads_to("mix"),
        ),
    ] = ("self:2", "web:1")
    path: Annotated[str, Meta(description="Local text file when source is 'file'.", extra=leads_to("data"))] = ""
    dataset: Annotated[str, Meta(description="Hub data set id when source is 'dataset'.", extra=leads_to("words"))] = ""
    split: Annotated[str, Meta(description="Split of the Hub data set.", extra=leads_to("words"))] = "train"
    windows: Annotated[
        int, Meta(description="Number of distinct training windows.", ge=1, le=2**24, extra=unit("windows"))
    ] = 128
    validation_windows: Annotated[
        int,
        Meta(
            description="Windows kept back from training that choose the best step; at most a tenth of a short text.",
            ge=1,
            le=2**20,
            extra=unit("windows"),
        ),
    ] = 8
    objective: Annotated[
        Literal["kl", "cross_entropy", "both"],
        Meta(
            description="Loss: KL divergence from the dense model over its 256 most likely tokens and the rest, "
            "cross-entropy with the text's next token, or both."
        ),
    ] = "kl"
    text_share: Annotated[
        float, Meta(description="Weight of the cross-entropy when objective is 'both'.", ge=0.0, le=1.0)
    ] = 0.3
    seam_weight: Annotated[
        float,
        Meta(
            description="Weight of an additional loss: the relative squared distance between the hidden states after "
            "each gap and the dense model's; 0 turns it off.",
            ge=0.0,
            le=1000.0,
        ),
    ] = 0.0
    adapter: Annotated[
        Literal["lora", "rslora", "dora"],
        Meta(description="LoRA, with a rank-stabilised scale (Kalajdzievski 2023), or DoRA (Liu et al. 2024)."),
    ] = "lora"
    rank: Annotated[int, Meta(description="LoRA rank.", ge=1, le=1024)] = 32
    alpha: Annotated[float, Meta(description="LoRA alpha; the adapter's scale is alpha / rank.", gt=0.0, le=4096.0)] = (
        32.0
    )
    dropout: Annotated[float, Meta(description="LoRA dropout.", ge=0.0, lt=1.0)] = 0.0
    target: Annotated[
        Literal["attention", "mlp", "all"],
        Meta(description="Linear layers of each block that are trained."),
    ] = "all"
    train_norms: Annotated[
        bool, Meta(description="Also train the norms of the trained layers and, with LoRA, the final norm.")
    ] = False
    train_head: Annotated[
        bool,
        Meta(description="Also train the LM head, where it is not tied to the embedding; needs more memory."),
    ] = False
    start: Annotated[
        Literal["embedding", "half_way", "seam"],
        Meta(
            description="Lowest layer with adapters: the first layer, the one halfway to the first removed layer, or "
            "the one right after that. Layers below it run only once."
        ),
    ] = "half_way"
    learning_rate: Annotated[
        float,
        Meta(
            description="Peak learning rate of LoRA; local distillation trains whole weights, with a third of it.",
            gt=0.0,
            le=1.0,
        ),
    ] = 1e-3
    warmup_share: Annotated[
        float, Meta(description="Share of the steps during which the learning rate rises (warm-up).", ge=0.0, le=1.0)
    ] = 0.1
    schedule: Annotated[
        Literal["cosine", "linear", "constant"],
        Meta(description="Decay of the learning rate after the warm-up."),
    ] = "cosine"
    steps: Annotated[
        int,
        Meta(
            description="Optimiser steps; with local distillation, for each gap.", ge=1, le=10**7, extra=unit("steps")
        ),
    ] = 64
    batch_windows: Annotated[
        int, Meta(description="Windows in one optimiser step.", ge=1, le=4096, extra=unit("windows"))
    ] = 4
    optimiser: Annotated[
        Literal["device", "memory"],
        Meta(
            description="Where local distillation holds the float32 weights, gradients and moments of the layers that "
            "it trains: on the device, or in main memory, which saves a GPU most of the memory and takes longer."
        ),
    ] = "device"
    pass_windows: Annotated[
        int,
        Meta(
            description="Windows run at once, with gradients accumulated over the batch; 0 means the whole batch. "
            "Halved when memory runs out.",
            ge=0,
            le=4096,
            extra=unit("windows"),
        ),
    ] = 0
    gradient_checkpointing: Annotated[
        bool,
        Meta(
            description="Recompute each layer's activations in the backward pass instead of storing them; saves "
            "memory, costs time."
        ),
    ] = False
    lesson_megabytes: Annotated[
        float,
        Meta(
            description="RAM for the dense model's outputs on the training windows (MB); the rest is stored on disk.",
            ge=0.0,
            le=1e7,
            extra=unit("MB"),
        ),
    ] = 2000.0
    four_bit: Annotated[
        bool,
        Meta(description="Load the frozen weights in 4 bits while training (QLoRA); needs bitsandbytes and a GPU."),
    ] = False
    processes: Annotated[
        int,
        Meta(
            description="Processes that share every batch, one per GPU (on a CPU they share its cores); 0 means one "
            "for each GPU. With device.cluster, other numbers than 1 train on the cluster.",
            ge=0,
            le=64,
            extra=unit("processes"),
        ),
    ] = 1
    patience: Annotated[
        int,
        Meta(
            description="Measurements without improvement after which training stops; 0 means never.",
            ge=0,
            le=10**6,
            extra=unit("measurements"),
        ),
    ] = 4
    evaluate_every: Annotated[
        int,
        Meta(
            description="Steps between measurements on the validation windows; each writes a checkpoint.",
            ge=1,
            le=10**6,
            extra=unit("steps"),
        ),
    ] = 16
    seed: Annotated[
        int, Meta(description="Seed of the adapters' initial weights and of the data order.", ge=0, le=2**31 - 1)
    ] = 0

    def with_memory_of(self, other: "RecoverySettings") -> "RecoverySettings":
        """Return these settings with those of ``other`` that change memory and speed, and the result by rounding only.

        A run keeps its results when they change.
        """
        names = ("pass_windows", "gradient_checkpointing", "lesson_megabytes", "optimiser")
        return msgspec.structs.replace(self, **{name: getattr(other, name) for name in names})
