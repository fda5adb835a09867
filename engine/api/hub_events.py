"""Events about the Hub and the models on this computer: searches, downloads, refusals, tokens."""

from typing import Literal

import msgspec

from engine.api.event import Event, keep_template
from engine.api.message import Template

ModelKind = Literal["hub", "gguf", "dequantised", "merged", "hub_gguf", "lm_studio", "ollama"]
"""Whose model it is: the Hub's cache, LayerSwarm's own (converted from GGUF, dequantised, merged), or one that another
program put into the Hub's cache (as GGUF), into LM Studio or into Ollama."""
_OURS: tuple[ModelKind, ...] = ("hub", "gguf", "dequantised", "merged")
RefusalReason = Literal["no_token", "terms_not_accepted", "not_authorised"]


class HubModel(msgspec.Struct, frozen=True, kw_only=True):
    """One model of a Hub search; 0 and '' where the Hub gives no value."""

    source: str
    """Hub id."""
    downloads: int = 0
    """Downloads in the last 30 days."""
    likes: int = 0
    modified: float = 0.0
    """Seconds since the epoch."""
    parameters: int = 0
    bytes: int = 0
    """Size of its safetensors weights, computed from their number formats."""
    licence: str = ""
    architecture: str = ""
    gated: bool = False
    on_disk: bool = False


class LocalModel(msgspec.Struct, frozen=True, kw_only=True):
    """One model in the caches of this computer."""

    source: str
    """Hub id, the folder of a converted model, or the file or folder of another program's."""
    name: str
    kind: ModelKind
    folder: str
    bytes: int
    complete: bool = True
    total_bytes: int = 0
    """Final size of an incomplete model; 0 where unknown."""
    revision: str = "main"
    architecture: str = ""
    layers: int = 0
    used: float = 0.0
    """Time of the last use or change, in seconds since the epoch."""

    @property
    def is_ours(self) -> bool:
        """Return whether LayerSwarm may delete it, rather than the program that it belongs to."""
        return self.kind in _OURS


class HubSearched(Event, frozen=True, kw_only=True):
    """Result of a Hub search; ``problem`` is a sentence where the Hub did not answer."""

    query: str
    models: tuple[HubModel, ...] = ()
    problem: str = ""
    template: Template | None = None
    """What ``problem`` was made of, for readers in other languages."""

    def __post_init__(self) -> None:
        """Keep what a problem that is a message was made of."""
        keep_template(self, "problem", "template")


class ModelsListed(Event, frozen=True, kw_only=True):
    """All models in the caches of this computer, and the bytes free on that disk."""

    models: tuple[LocalModel, ...]
    disk_free: int


class DownloadAdvanced(Event, frozen=True, kw_only=True):
    """Progress of a download in bytes; what existed before it started counts as done."""

    source: str
    done: int
    total: int
    bytes_per_second: float
    remaining_seconds: float | None = None


class ModelDownloaded(Event, frozen=True, kw_only=True):
    """A Hub model is complete on this computer."""

    source: str
    revision: str
    folder: str


class AccessRefused(Event, frozen=True, kw_only=True):
    """The Hub refused access to a gated model: the reason, the Hub's message, and the page that grants access."""

    source: str
    reason: RefusalReason
    link: str
    said: str = ""


class TokenKept(Event, frozen=True, kw_only=True):
    """The Hub accepted the token of account ``name``; ``kept`` is false where this computer has no keyring."""

    name: str
    kept: bool


HubEvent = HubSearched | ModelsListed | DownloadAdvanced | ModelDownloaded | AccessRefused | TokenKept
