"""What the engine says of the Hub and of the models on this computer: found, downloaded, refused, kept."""

from typing import Literal

import msgspec

from engine.api.event import Event

RefusalReason = Literal["no_token", "terms_not_accepted", "not_authorised"]


class HubModel(msgspec.Struct, frozen=True, kw_only=True):
    """One model of the Hub as its search tells of it; 0 and '' where the Hub does not say."""

    source: str
    """Its Hub id."""
    downloads: int = 0
    """In the last 30 days."""
    likes: int = 0
    modified: float = 0.0
    """Seconds since the epoch."""
    parameters: int = 0
    bytes: int = 0
    """Of its safetensors weights, by their number formats."""
    licence: str = ""
    architecture: str = ""
    gated: bool = False
    on_disk: bool = False


class LocalModel(msgspec.Struct, frozen=True, kw_only=True):
    """One model in the caches of this computer."""

    source: str
    """What to name it by: its Hub id, or the folder of a converted one."""
    name: str
    kind: Literal["hub", "gguf", "dequantised", "merged"]
    folder: str
    bytes: int
    complete: bool = True
    total_bytes: int = 0
    """Of an incomplete one: what it will have; 0 where that is not known."""
    revision: str = "main"
    architecture: str = ""
    layers: int = 0
    used: float = 0.0
    """Last use or change, seconds since the epoch."""


class HubSearched(Event, frozen=True, kw_only=True):
    """The answer to a search; ``problem`` is a sentence where the Hub gave none."""

    query: str
    models: tuple[HubModel, ...] = ()
    problem: str = ""


class ModelsListed(Event, frozen=True, kw_only=True):
    """Every model in the caches of this computer, and the room that is left there, in bytes."""

    models: tuple[LocalModel, ...]
    disk_free: int


class DownloadAdvanced(Event, frozen=True, kw_only=True):
    """How far a download is, in bytes; what was there before it began counts as done."""

    source: str
    done: int
    total: int
    bytes_per_second: float
    remaining_seconds: float | None = None


class ModelDownloaded(Event, frozen=True, kw_only=True):
    """A model of the Hub is whole on this computer."""

    source: str
    revision: str
    folder: str


class AccessRefused(Event, frozen=True, kw_only=True):
    """The Hub keeps a gated model closed: why, in its own words too, and the page where that can be changed."""

    source: str
    reason: RefusalReason
    link: str
    said: str = ""


class TokenKept(Event, frozen=True, kw_only=True):
    """The Hub knows the token, as ``name``; ``kept`` is false where this computer has no keyring to keep it in."""

    name: str
    kept: bool


HubEvent = HubSearched | ModelsListed | DownloadAdvanced | ModelDownloaded | AccessRefused | TokenKept
