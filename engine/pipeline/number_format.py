"""Resolve the number format of a job, with a trial of float16 where the device has nothing better."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.message import NO_WORDS, Message, worded
from engine.calibration.openings import document_openings
from engine.models.decoder_stack import DecoderStack
from engine.models.float16_trial import layer_beyond_float16
from engine.models.loading import load_model
from engine.models.number_format import DtypeSetting, choose_dtype
from engine.models.out_of_memory import free_unused_memory
from engine.models.progress import Report

_WINDOWS, _LENGTH = 4, 64


def resolved_dtype(
    folder: Path,
    device: str,
    setting: DtypeSetting,
    parameters: int,
    tokenizer: Callable[[], PreTrainedTokenizerBase],
    report: Report,
    load: Callable[[Path, str, torch.dtype], PreTrainedModel] = load_model,
) -> tuple[torch.dtype, Message]:
    """Return the number format of the weights in memory, and a sentence where it is not the device's usual one.

    Where ``auto`` would choose float16, the model is run on a few windows first: some models compute numbers that
    float16 cannot hold. They get float32.

    Args:
        folder: The model's folder.
        device: A device of this computer.
        setting: The setting ``device.dtype``.
        parameters: Number of parameters of the model.
        tokenizer: Returns the model's tokenizer.
        report: Called before the trial. It may raise to stop.
        load: Loads the model.

    Raises:
        BadInput: A file of the model is damaged, or the model cannot be run.
        LayerSwarmError: The device has too little memory.
    """
    chosen = choose_dtype(device, setting, parameters)
    if setting != "auto" or chosen != torch.float16:
        return chosen, NO_WORDS
    report(worded("Trying float16 on a few windows"), 0, 0)
    stack = DecoderStack(load(folder, device, chosen))
    beyond = layer_beyond_float16(stack, _windows(tokenizer()))
    del stack
    free_unused_memory()
    if beyond is None:
        return chosen, NO_WORDS
    return torch.float32, worded(
        "{0} has no bfloat16, and in float16 this model computes wrong numbers from layer {1} on, so it is run in "
        "float32, which takes twice the memory (device.dtype).",
        device,
        beyond,
    )


def _windows(tokenizer: PreTrainedTokenizerBase) -> Tensor:
    """Return windows of text of many kinds [windows, length]."""
    texts = (tokenizer(text, add_special_tokens=False)["input_ids"] for text in document_openings())
    found = []
    for token in chain.from_iterable(texts):
        found.append(token)
        if len(found) == _WINDOWS * _LENGTH:
            break
    return torch.tensor(found)[: len(found) // _WINDOWS * _WINDOWS].view(_WINDOWS, -1)
