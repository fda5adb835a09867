"""Describe an export format: one record holds all that the window, the command line and the engine know of it.

A distribution of its own can add a format: docs/adding_a_format.md.
"""

import math
import re
from typing import Literal

import msgspec

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_WRITER = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


class Precision(msgspec.Struct, frozen=True, kw_only=True):
    """A number format of the weights."""

    key: str
    title: str
    """Its name in the runtimes of the format, such as ``Q4_K_M``; it is not translated where it is the key in capital
    letters."""
    bits: float
    """Bits per weight, scales included; 0 where the source's own format is kept."""
    explanation: str = ""
    allowed_kl: float = 0.1
    """Largest mean KL divergence (nats) between the pruned model in 32 bits and the export in its runtime."""
    allowed_preference: float | None = None
    """For unquantised weights, whose greedy tokens must be the pruned model's: where one differs, the largest
    difference of log-probabilities by which the pruned model may prefer its own token. Rounding can decide such a
    case."""


class ExportTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A file format and the runtime that it is for."""

    key: str
    """Name in settings, commands and folder names: lower case letters, digits and underscores."""
    title: str
    explanation: str
    """One sentence for the person who chooses."""
    precisions: tuple[Precision, ...]
    """The first is the default. A single precision with an empty key needs no naming."""
    writer: str
    """The class or object that writes the format, as ``module:name`` (``engine.export.targets.target.FormatWriter``).
    Empty for safetensors alone, which every other format is made from. It is imported when a format is checked or
    written, so that the module of the record stays light: the window imports it."""
    made_for: str
    """For the model card: what the files are for, as part of a sentence."""
    usage: str
    """For the model card: Markdown that shows how to load the files, with a heading ``### Program`` above the code for
    each program where there are several. ``AutoModelForCausalLM`` in it becomes the class that loads the source's kind
    of model. The window fills in ``path/to/this/folder``, ``FILE.gguf`` and ``MODEL``, a name."""
    extra: str = ""
    """The optional dependencies of LayerSwarm that the format needs."""
    holds_tokenizer: bool = False
    """Whether the format's own files hold the tokenizer, so that the source's tokenizer files are not copied too."""
    text_only: bool = False
    """Whether a multimodal model's processors are left out."""
    scratch: Literal["none", "stored", "float32"] = "float32"
    """Disk space for what lies between the safetensors and the format: none, as many bytes as the safetensors, or 4
    bytes for each weight."""
    in_memory: Literal["file", "float32"] = "float32"
    """Memory in which LayerSwarm's own formats are written and run: that of the file, or 4 bytes for each weight."""
    provider: str = ""
    """Name of the distribution that registers the format; empty for LayerSwarm's own. Set on loading."""

    def precision(self, key: str) -> Precision:
        """Return the precision of that key."""
        return next(each for each in self.precisions if each.key == key)


class ExportFormat(msgspec.Struct, frozen=True, kw_only=True):
    """A target in one precision; written ``gguf:q8_0``, or ``safetensors`` where there is nothing to choose."""

    target: str
    precision: str = ""

    def __str__(self) -> str:
        return f"{self.target}:{self.precision}" if self.precision else self.target

    @property
    def folder_name(self) -> str:
        """Name of its folder where several formats are exported together."""
        return str(self).replace(":", "-")


def checked_target(value: object) -> ExportTarget:
    """Return a record that another distribution registers, if it can be used.

    Raises:
        ValueError: It cannot; the message is the reason, as part of a sentence.
    """
    if not isinstance(value, ExportTarget):
        raise ValueError(f"it is of type {type(value).__name__}, not an ExportTarget")
    try:
        msgspec.convert(msgspec.to_builtins(value), ExportTarget)
    except msgspec.ValidationError as error:
        raise ValueError(f"its record is wrong ({error})") from None
    if not _KEY.fullmatch(value.key):
        raise ValueError(f"its key '{value.key}' must be lower case letters, digits and underscores")
    if not _WRITER.fullmatch(value.writer):
        raise ValueError(f"its writer '{value.writer}' must be written 'module:name'")
    if not (value.title and value.explanation and value.made_for and value.usage):
        raise ValueError("its title, explanation, made_for or usage is empty")
    _check_precisions(value.precisions)
    return value


def _check_precisions(precisions: tuple[Precision, ...]) -> None:
    keys = [each.key for each in precisions]
    if not keys or len(set(keys)) < len(keys):
        raise ValueError("it needs at least one precision, and each needs a key of its own")
    wrong = next((key for key in keys if not _KEY.fullmatch(key) and keys != [""]), None)
    if wrong is not None:
        raise ValueError(f"the key '{wrong}' of a precision must be lower case letters, digits and underscores")
    if any(not 0 <= each.bits < math.inf for each in precisions):
        raise ValueError("the bits per weight of a precision must be a number from 0")
    if any(not each.allowed_kl >= 0 for each in precisions):
        raise ValueError("the allowed_kl of a precision must be a number from 0")
