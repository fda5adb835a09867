"""Short and distinct names for text files; figures are stored and compared under these names."""

from collections.abc import Iterable
from pathlib import PurePath


def text_names(texts: Iterable[str]) -> dict[str, str]:
    """Return for each path its shortest unique ending, or the path itself where every ending is another's too."""
    parts = {text: PurePath(text).parts for text in texts}
    return {text: _shortest(text, parts) for text in parts}


def _shortest(text: str, parts: dict[str, tuple[str, ...]]) -> str:
    own = parts[text]
    for count in range(1, len(own) + 1):
        end = own[-count:]
        if all(each == text or other[-count:] != end for each, other in parts.items()):
            return str(PurePath(*end))
    return text
