"""Check the recovery's settings before any work is done."""

from typing import Any

from engine.api.errors import BadInput
from engine.api.settings import RecoverySettings
from engine.models.four_bit import check_four_bit
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
    process_count(settings, device)
    if settings.train_head and complete_config(config).get_text_config(decoder=True).tie_word_embeddings:
        raise BadInput(tied_head("this model"))
