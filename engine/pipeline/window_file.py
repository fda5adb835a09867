"""Save and load the token windows of a run, so that a resumed run uses exactly the same ones."""

import json
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from engine.api.errors import unusable_file
from engine.api.files import write_atomically
from engine.api.memory_errors import is_out_of_memory
from engine.api.regular_files import check_regular
from engine.calibration.windows import TokenWindows

_PARTS = ("calibration", "heldout", "recovery", "validation", "elsewhere")


def kept_windows(path: Path, prepare: Callable[[bool], TokenWindows], learning: bool) -> TokenWindows:
    """Return a run's windows: those of its file as far as they are there, else prepared ones, which are written then.

    Args:
        path: The file.
        prepare: Prepares windows, with or without those to learn from.
        learning: Whether the windows to learn from are needed.

    Raises:
        BadInput: The file is damaged, or a text cannot be used.
    """
    kept = load_windows(path)
    if kept is not None and not (learning and kept.awaits_learning):
        return kept
    windows = prepare(learning) if kept is None else kept.with_learning(prepare(learning))
    save_windows(path, windows)
    return windows


def save_windows(path: Path, windows: TokenWindows) -> None:
    """Write the windows atomically."""
    tensors = {part: getattr(windows, part).to(torch.int32).contiguous() for part in _PARTS}
    header = {"digest": windows.digest, "preview": json.dumps(windows.preview), "source": windows.source}
    if windows.awaits_learning:
        header["awaits"] = "learning"
    write_atomically(path, save(tensors, header))


def load_windows(path: Path) -> TokenWindows | None:
    """Return the saved windows, or None if there are none yet.

    Raises:
        BadInput: The file is damaged.
    """
    if not path.is_file():
        return None
    try:
        check_regular(path)
        with safe_open(path, "pt") as file:
            tensors = {part: file.get_tensor(part).long() for part in _PARTS}
            header = file.metadata()
        preview = tuple(json.loads(header["preview"]))
        return TokenWindows(
            **tensors,
            digest=header["digest"],
            preview=preview,
            source=header.get("source", ""),
            awaits_learning=header.get("awaits") == "learning",
        )
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        if is_out_of_memory(error):
            raise
        raise unusable_file(path) from None
