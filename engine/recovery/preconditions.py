"""Check the recovery's settings before any work is done."""

from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.settings import RecoverySettings
from engine.models.four_bit import check_four_bit, check_four_bit_weights
from engine.models.pruned_config import complete_config
from engine.recovery.launch import process_count
from engine.recovery.targets import tied_head


def check_recovery(settings: RecoverySettings, config: dict[str, Any], device: str) -> None:
    """Check that a model can be recovered on a device with these settings.

    Args:
        settings: The recovery's settings.
        config: Content of the model's config.json.
        device: Such as ``cuda:0``.

    Raises:
        BadInput: It cannot; the message states what to change.
    """
    if not settings.enabled:
        return
    if settings.four_bit:
        check_four_bit(device)
        check_four_bit_weights(config, "recovery.four_bit")
    process_count(settings, device)
    if settings.train_head and complete_config(config).get_text_config(decoder=True).tie_word_embeddings:
        raise BadInput(tied_head(worded("this model")))


def check_streamed(settings: RecoverySettings, device: str) -> None:
    """Check that a model whose layers are streamed can be recovered with these settings.

    Args:
        settings: The recovery's settings.
        device: The device that applies the layers.

    Raises:
        BadInput: The settings need all layers in memory.
    """
    if not settings.enabled or settings.four_bit or process_count(settings, device) > 1:
        return  # such a training loads the model in another way
    fault = "recovery.train_norms=true" if settings.train_norms else ""
    fault = f"recovery.adapter={settings.adapter}" if settings.adapter == "dora" else fault
    if fault:
        raise BadInput(
            worded(
                "{0} needs the whole model in memory, but its layers are fetched one after the other on {1}; use "
                "recovery.adapter=lora without train_norms, or recovery.enabled=false.",
                fault,
                device,
            )
        )
