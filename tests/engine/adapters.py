"""Write adapters of tiny models with random weights, as PEFT does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import peft
import torch
import transformers as hf
from torch import Tensor

TOKENS = torch.randint(3, 250, (2, 12), generator=torch.Generator().manual_seed(0))
PROJECTIONS = ["q_proj", "v_proj", "down_proj"]


def lora(**options: object) -> peft.LoraConfig:
    return peft.LoraConfig(**{"task_type": "CAUSAL_LM", "r": 4, "target_modules": PROJECTIONS} | options)


def train(
    base: Path,
    folder: Path,
    config: peft.PeftConfig,
    change: Callable[[hf.PreTrainedModel], object] = lambda _: None,
    loader: Any = hf.AutoModelForCausalLM,
) -> Tensor:
    """Write an adapter of ``base`` with random weights into ``folder``.

    Args:
        base: Folder of the base model.
        folder: Folder of the adapter.
        config: PEFT's config of the adapter.
        change: Applied to the base model before the adapter is added.
        loader: Class that loads the base model.

    Returns:
        The logits [batch, length, vocabulary] that PEFT computes for ``TOKENS``.
    """
    model = loader.from_pretrained(base, dtype=torch.float32)
    change(model)
    adapted = peft.get_peft_model(model, config)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in adapted.parameters():
            if parameter.requires_grad:
                parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.2)
        logits: Tensor = adapted.eval()(TOKENS).logits
    adapted.save_pretrained(folder)
    return logits
