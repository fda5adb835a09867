"""Recognise tensor names that a wrapper has left in a checkpoint, under which transformers finds no weights."""

from collections.abc import Iterable
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.model_files.safetensors_header import TensorEntry

_FROM = "save the model again from the original module (the wrapper's '{}')"
_ANYWHERE = {
    "_orig_mod": ("torch.compile leaves them", _FROM.format("_orig_mod")),
    "_fsdp_wrapped_module": ("FSDP leaves them", "save the model's full state dict again"),
    "_checkpoint_wrapped_module": ("activation checkpointing leaves them", _FROM.format("_checkpoint_wrapped_module")),
    "_forward_module": ("Lightning Fabric leaves them", _FROM.format("_forward_module")),
}
"""Parts of a name that wrap the model or a module in it: what adds them, and what to do."""
_IN_FRONT = {
    "module.": ("DataParallel leaves them", _FROM.format("module")),
    "base_model.model.": ("PEFT leaves them before a merge", "save the model again after merge_and_unload()"),
    "pretrained_model.": ("TRL leaves them", _FROM.format("pretrained_model")),
    "model.model.": ("a class around the model leaves them", _FROM.format("model")),
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
            raise BadInput(_sentence(folder, "begin with", wrapper, *_ANYWHERE[key]))
        inner = next((part for part in name.split(".") if part in _ANYWHERE), None)
        if inner is not None:
            raise BadInput(_sentence(folder, "contain", f"{inner}.", *_ANYWHERE[inner]))
    for prefix, (cause, remedy) in _IN_FRONT.items():
        inside = f"{prefix.partition('.')[0]}.layers."
        if any(name.startswith(prefix) for name in names) and not any(name.startswith(inside) for name in names):
            raise BadInput(_sentence(folder, "begin with", prefix, cause, remedy))
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


def _sentence(folder: Path, verb: str, prefix: str, cause: str, remedy: str) -> str:
    return (
        f"The tensors' names in {folder} {verb} '{prefix}', as {cause}, and are not the model's own; {remedy}, or "
        f"rename the tensors without '{prefix}'."
    )
