"""Events about exports: the formats that can be written here, what was written, and its checks."""

import msgspec

from engine.api.event import Event, RemovalSet, keep_template
from engine.api.message import Message, Template
from engine.api.settings import Variant


class ExportTargetFound(Event, frozen=True, kw_only=True):
    """States whether a format can be written on this computer, and of a model where one was named.

    ``precisions`` are those that can be written now. Where a package is missing or the format does not suit the model,
    ``needs`` is one sentence with the reason or the remedy. ``check`` states how to get the runtime in which the export
    would be verified, where it is not installed.
    """

    target: str
    precisions: tuple[str, ...]
    needs: str = ""
    check: str = ""
    needs_template: Template | None = None
    """What ``needs`` was made of, for readers in other languages."""
    check_template: Template | None = None

    def __post_init__(self) -> None:
        """Keep what sentences that are messages were made of."""
        keep_template(self, "needs", "needs_template")
        keep_template(self, "check", "check_template")

    @property
    def available(self) -> bool:
        """Return whether at least one precision can be written."""
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
    """One check of the export, made on the reloaded folder or in the format's runtime.

    ``figures`` holds what was measured: ``kl``, ``top1`` (share of positions with the same most likely token),
    ``tokens_per_second``.
    """

    check: str
    passed: bool
    detail: str
    format: str = "safetensors"
    figures: dict[str, float] = msgspec.field(default_factory=dict)
    template: Template | None = None
    """What the detail was made of, for readers in other languages; None in journals of earlier versions."""

    def __post_init__(self) -> None:
        """Keep what a detail that is a message was made of."""
        keep_template(self, "detail", "template")

    @property
    def detail_words(self) -> str:
        """The detail, as the message that it was made as."""
        return self.detail if self.template is None else Message.of(self.template)
