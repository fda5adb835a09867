"""What the engine says about exports: which formats can be written here, what was written, and how it was checked."""

import msgspec

from engine.api.event import Event, RemovalSet
from engine.api.settings import Variant


class ExportTargetFound(Event, frozen=True, kw_only=True):
    """Whether a format of ``EXPORT_TARGETS`` can be written on this computer, and for the model that was asked about.

    ``precisions`` are those that can be had now. Where something is missing or the format does not suit the model,
    ``needs`` is one sentence that says what to do, or why not. ``check`` says how to get the runtime in which the
    export would be verified, where it is not installed.
    """

    target: str
    precisions: tuple[str, ...]
    needs: str = ""
    check: str = ""

    @property
    def available(self) -> bool:
        """Whether at least one precision can be written."""
        return bool(self.precisions)


class ExportWritten(Event, frozen=True, kw_only=True):
    """An exported folder is on disk, in one format such as ``safetensors`` or ``gguf:q8_0``."""

    folder: str
    format: str
    variant: Variant
    layers: int
    removed: RemovalSet
    parameters: int
    bytes: int


class FolderPushed(Event, frozen=True, kw_only=True):
    """An export is on the Hub, at ``address``."""

    folder: str
    repo: str
    address: str


class ExportVerified(Event, frozen=True, kw_only=True):
    """One check of the export, made on the reloaded folder, in the runtime that the format is for.

    ``figures`` are what was measured: ``kl``, ``top1`` (share of positions with the same most likely token),
    ``tokens_per_second``.
    """

    check: str
    passed: bool
    detail: str
    format: str = "safetensors"
    figures: dict[str, float] = msgspec.field(default_factory=dict)
