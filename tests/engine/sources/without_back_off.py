"""Imported by processes that use a local Hub: the Hub's library tries again as often as ever, but at once."""

import time
from types import SimpleNamespace
from typing import Any

from huggingface_hub import file_download
from huggingface_hub.utils import _http

_AT_ONCE: Any = SimpleNamespace(**{**vars(time), "sleep": lambda _seconds: None})
for _module in (file_download, _http):
    vars(_module)["time"] = _AT_ONCE
