"""Finding causal language models with safetensors weights on the Hub."""

import httpx2
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.hf_api import ModelInfo

from engine.api.commands import HubSort
from engine.api.hub_events import HubModel
from engine.sources.hub.errors import HubUnreachable
from engine.sources.hub.files import complete_snapshot

_SORTS: dict[HubSort, str] = {"downloads": "downloads", "likes": "likes", "recent": "last_modified"}
_ASKED = ["downloads", "likes", "lastModified", "gated", "safetensors", "tags", "config"]
_LICENCE = "license:"
_BYTES = {"F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2, "I16": 2}
"""Of one number; every other format of safetensors takes one byte."""


def search_hub(query: str, sort: HubSort, limit: int) -> list[HubModel]:
    """The models whose id holds ``query``, the highest in ``sort`` first.

    Raises:
        HubUnreachable: the Hub does not answer, or with an error.
    """
    try:
        found = HfApi().list_models(
            search=query or None,
            pipeline_tag="text-generation",
            filter="safetensors",
            sort=_SORTS[sort],  # type: ignore[arg-type]
            limit=limit,
            expand=_ASKED,  # type: ignore[arg-type]
        )
        return [_told(info) for info in found]
    except HfHubHTTPError as error:
        status = error.response.status_code
        raise HubUnreachable(f"The Hub answered with error {status}; try again later.") from None
    except (httpx2.HTTPError, OfflineModeIsEnabled):
        raise HubUnreachable(
            "The Hub cannot be reached from this computer now. Everything that is on it already goes on working."
        ) from None


def _told(info: ModelInfo) -> HubModel:
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
