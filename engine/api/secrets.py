"""Take tokens and passwords out of text before it is shown, sent or written."""

import os
import re

_TOKEN = re.compile(r"\b(hf|api_org)_[A-Za-z0-9]{8,}")
_BEARER = re.compile(r"(bearer\s+)[^\s'\"]+", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")
_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
"""Variables that may hold a Hub token."""
_SHORTEST = 6
HIDDEN = "[hidden]"


def without_secrets(text: str) -> str:
    """Return a text with every Hub token, every bearer token and every password in an address left out.

    Libraries quote what they were given: a header with an illegal character, the address of a package index.
    """
    for name in _VARIABLES:
        value = os.environ.get(name, "").strip()
        if len(value) >= _SHORTEST:
            text = text.replace(value, HIDDEN)
    text = _BEARER.sub(rf"\g<1>{HIDDEN}", _TOKEN.sub(HIDDEN, text))
    return _IN_ADDRESS.sub(HIDDEN, text)


def without_tokens(environment: dict[str, str]) -> dict[str, str]:
    """Return an environment for a tool that has nothing to do with the Hub."""
    return {name: value for name, value in environment.items() if name not in _VARIABLES}
