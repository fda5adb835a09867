"""Recognise tensor names that a wrapper has left in a checkpoint, under which transformers finds no weights."""

from collections.abc import Iterable
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import Message, worded
from engine.model_files.safetensors_header import TensorEntry


def _from(wrapped: str) -> Message:
    return worded("save the model again from the original module (the wrapper's '{0}')", wrapped)


_ANYWHERE = {
    "_orig_mod": (worded("torch.compile leaves them"), _from("_orig_mod")),
    "_fsdp_wrapped_module": (worded("FSDP leaves them"), worded("save the model's full state dict again")),
    "_checkpoint_wrapped_module": (
        worded("activation checkpointing leaves them"),
        _from("_checkpoint_wrapped_module"),
    ),
    "_forward_module": (worded("Lightning Fabric leaves them"), _from("_forward_module")),
}
"""Parts of a name that wrap the model or a module in it: what adds them, and what to do."""
_IN_FRONT = {
    "module.": (worded("DataParallel leaves them"), _from("module")),
    "base_model.model.": (
        worded("PEFT leaves them before a merge"),
        worded("save the model again after merge_and_unload()"),
    ),
    "pretrained_model.": (worded("TRL leaves them"), _from("pretrained_model")),
    "model.model.": (worded("a class around the model leaves them"), _from("model")),
}
_ADAPTERS = (".lora_A.", ".lora_B.", ".base_layer.", ".lora_embedding_A")


def check_names(folder: Path, tensors: Iterable[TensorEntry]) -> None:
    """Check that the tensors in ``folder`` have the model's own names.

    Raises:
        BadInput: The names contain those of a wrapper, or belong to an adapter that was not merged.
    """
    names = [tensor.name for tensor in tensors]
    for name in names:
        wrapper = _leading_wrappers(name)
        if wrapper:
            key = next(part for part in wrapper.split(".") if part in _ANYWHERE)
            raise BadInput(_sentence(folder, worded("begin with"), wrapper, *_ANYWHERE[key]))
        inner = next((part for part in name.split(".") if part in _ANYWHERE), None)
        if inner is not None:
            raise BadInput(_sentence(folder, worded("contain"), f"{inner}.", *_ANYWHERE[inner]))
    for prefix, (cause, remedy) in _IN_FRONT.items():
        inside = f"{prefix.partition('.')[0]}.layers."
        if any(name.startswith(prefix) for name in names) and not any(name.startswith(inside) for name in names):
            raise BadInput(_sentence(folder, worded("begin with"), prefix, cause, remedy))
    adapter = next((name for name in names if any(part in name for part in _ADAPTERS)), None)
    if adapter is not None:
        raise BadInput(
            worded(
                "The weights in {0} hold an adapter that was not merged ('{1}'); save the model again after "
                "merge_and_unload().",
                folder,
                adapter,
            )
        )


def _leading_wrappers(name: str) -> str:
    """Return the wrappers' parts that a name begins with, such as ``module._orig_mod.``, or an empty text."""
    leading = []
    for part in name.split("."):
        if part not in _ANYWHERE and part != "module":
            break
        leading.append(part)
    return ".".join([*leading, ""]) if any(part in _ANYWHERE for part in leading) else ""


def _sentence(folder: Path, verb: str, prefix: str, cause: str, remedy: str) -> Message:
    return worded(
        "The tensors' names in {0} {1} '{2}', as {3}, and are not the model's own; {4}, or rename the "
        "tensors without '{2}'.",
        folder,
        verb,
        prefix,
        cause,
        remedy,
    )
