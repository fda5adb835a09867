"""Check the recovery's settings before any work is done."""

from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.settings import RecoverySettings
from engine.models.four_bit import check_four_bit, check_four_bit_weights
from engine.models.pruned_config import complete_config
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
    if settings.method == "local":
        _check_local(settings)
        return
    if settings.four_bit:
        check_four_bit(device)
        check_four_bit_weights(config, "recovery.four_bit")
    if settings.train_head and complete_config(config).get_text_config(decoder=True).tie_word_embeddings:
        raise BadInput(tied_head(worded("this model")))


def _check_local(settings: RecoverySettings) -> None:
    """Refuse what only LoRA can do.

    Raises:
        BadInput: The settings ask for it.
    """
    faults = {
        "recovery.four_bit=true": settings.four_bit,
        f"recovery.processes={settings.processes}": settings.processes > 1,
        "recovery.train_head=true": settings.train_head,
    }
    fault = next((name for name, asked in faults.items() if asked), "")
    if fault:
        name = fault.partition("=")[0]
        usual = "1" if name.endswith("processes") else "false"
        raise BadInput(
            worded(
                "{0} is for LoRA; local distillation trains a few layers at a time, in one process and in full "
                "precision. Set {1}={2}, or recovery.method=lora.",
                fault,
                name,
                usual,
            )
        )


def check_local_in_four_bit(settings: RecoverySettings) -> None:
    """Check that a model that is held in 4 bits can be recovered with these settings.

    Raises:
        BadInput: Local distillation would train weights that are rounded to 4 bits.
    """
    if settings.enabled and settings.method == "local":
        raise BadInput(
            worded(
                "recovery.method=local trains the model's own weights, which device.four_bit=true rounds; set "
                "device.four_bit=false, so that layers that do not fit are fetched one after the other, or use "
                "recovery.method=lora."
            )
        )


def check_streamed(settings: RecoverySettings, device: str, apart: bool) -> None:
    """Check that a model whose layers are streamed can be recovered with these settings.

    Args:
        settings: The recovery's settings.
        device: The device that applies the layers.
        apart: Whether other processes train, each with the whole model in memory.

    Raises:
        BadInput: The settings need all layers in memory.
    """
    if not settings.enabled or settings.method == "local":
        return
    if settings.four_bit or apart:
        return  # such a training loads the model in another way
    fault = "recovery.train_norms=true" if settings.train_norms else ""
    fault = f"recovery.adapter={settings.adapter}" if settings.adapter == "dora" else fault
    if fault:
        raise BadInput(
            worded(
                "{0} needs the whole model in memory, but its layers are fetched one after the other on {1}; use "
                "recovery.adapter=lora without train_norms, recovery.method=local, or recovery.enabled=false.",
                fault,
                device,
            )
        )
