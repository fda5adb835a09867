"""Short names for text files that never name two of them alike: figures are kept and compared by these names."""

from collections.abc import Iterable
from pathlib import PurePath


def text_names(texts: Iterable[str]) -> dict[str, str]:
    """Of each path the shortest end that no other one has; the path as it is given where every end is another's too."""
    parts = {text: PurePath(text).parts for text in texts}
    return {text: _shortest(text, parts) for text in parts}


def _shortest(text: str, parts: dict[str, tuple[str, ...]]) -> str:
    own = parts[text]
    for count in range(1, len(own) + 1):
        end = own[-count:]
        if all(each == text or other[-count:] != end for each, other in parts.items()):
            return str(PurePath(*end))
    return text
