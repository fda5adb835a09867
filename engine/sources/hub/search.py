"""Search the Hub for causal language models with safetensors weights."""

import httpx2
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.hf_api import ModelInfo

from engine.api.commands import HubSort
from engine.api.hub_events import HubModel
from engine.api.message import worded
from engine.api.offline import offline_words
from engine.api.socket_guard import is_offline
from engine.sources.hub.errors import HubUnreachable
from engine.sources.hub.files import complete_snapshot

_SORTS: dict[HubSort, str] = {"downloads": "downloads", "likes": "likes", "recent": "last_modified"}
_ASKED = ["downloads", "likes", "lastModified", "gated", "safetensors", "tags", "config"]
_LICENCE = "license:"
_BYTES = {"F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2, "I16": 2}
"""Bytes of one number; every other format of safetensors takes one byte."""


def search_hub(query: str, sort: HubSort, limit: int) -> list[HubModel]:
    """Return the models whose id contains ``query``, sorted by ``sort``, highest first.

    Raises:
        HubUnreachable: The Hub does not answer, or reports an error.
    """
    if is_offline():
        raise HubUnreachable(
            offline_words(worded("the Hub is not asked"), worded("use a model that is on this computer"))
        )
    try:
        found = HfApi().list_models(
            search=query or None,
            pipeline_tag="text-generation",
            filter="safetensors",
            sort=_SORTS[sort],  # type: ignore[arg-type]
            limit=limit,
            expand=_ASKED,  # type: ignore[arg-type]
        )
        return [_described(info) for info in found]
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise HubUnreachable(worded("The Hub answered with error {0}; try again later.", status)) from None
    except (httpx2.HTTPError, OfflineModeIsEnabled):
        raise HubUnreachable(
            worded("The Hub cannot be reached from this computer now; models that are already on it still work.")
        ) from None


def _described(info: ModelInfo) -> HubModel:
    counts = info.safetensors.parameters if info.safetensors else {}
    config = info.config or {}
    licences = [tag.removeprefix(_LICENCE) for tag in info.tags or () if tag.startswith(_LICENCE)]
    return HubModel(
        source=info.id,
        downloads=info.downloads or 0,
        likes=info.likes or 0,
        modified=info.last_modified.timestamp() if info.last_modified else 0.0,
        parameters=info.safetensors.total if info.safetensors else 0,
        bytes=sum(count * _BYTES.get(number, 1) for number, count in counts.items()),
        licence=licences[0] if licences else "",
        architecture=str(next(iter(config.get("architectures") or ()), config.get("model_type", ""))),
        gated=bool(info.gated),
        on_disk=complete_snapshot(info.id) is not None,
    )
