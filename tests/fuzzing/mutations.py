"""Damage files: bits, numbers, lengths, repeated and missing parts, and values that are known to be awkward."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

AWKWARD = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\n", b"\r", b'"', b"[", b"{", b"]", b"}", b"null", b"-1",
    b"1e999", b"NaN", b"9" * 400, b"[" * 3000, b'{"a":' * 3000, b"\\ud800", b"../", b"/etc/passwd", b"\xff" * 8,
    b"\x00" * 64, b"\x1b[2J", "\u202e".encode(),
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 10**400, 1e308, -0.0, "", "evil", "\ud800", "../x", [], {}, [[]], [None], {"a": {}},
    "x" * 5000,
)  # fmt: skip


def damaged(content: bytes, draw: random.Random) -> bytes:
    """Return the content with some random damage."""
    for _ in range(draw.choice((1, 1, 1, 2, 3, 6))):
        content = draw.choice(_DAMAGES)(content, draw)
    return content


def _flip(content: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]


def _insert(content: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + draw.choice(AWKWARD) + content[at:]


def _overwrite(content: bytes, draw: random.Random) -> bytes:
    at, new = draw.randrange(len(content) + 1), draw.choice(AWKWARD)
    return content[:at] + new + content[at + len(new) :]


def _cut(content: bytes, draw: random.Random) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def _remove(content: bytes, draw: random.Random) -> bytes:
    start, end = _span(content, draw)
    return content[:start] + content[end:]


def _repeat(content: bytes, draw: random.Random) -> bytes:
    start, end = _span(content, draw)
    return content[:end] + content[start:end] * draw.choice((1, 3, 40)) + content[end:]


def _exchange_value(content: bytes, draw: random.Random) -> bytes:
    """Replace a value somewhere in the JSON of a line, or of the whole file."""
    lines = content.splitlines(keepends=True)
    number = draw.randrange(len(lines)) if lines else 0
    try:
        tree = json.loads(lines[number])
    except (ValueError, IndexError, RecursionError):
        return _flip(content, draw)
    places = list(_places(tree))
    if not places:
        return json.dumps(draw.choice(VALUES)).encode()
    holder, key = draw.choice(places)
    holder[key] = draw.choice(VALUES)
    lines[number] = json.dumps(tree).encode() + b"\n"
    return b"".join(lines)


def _places(tree: Any) -> "Sequence[tuple[Any, Any]]":
    found = []
    keys = tree.keys() if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in list(keys):
        found.append((tree, key))
        found += _places(tree[key])
    return found


def _span(content: bytes, draw: random.Random) -> tuple[int, int]:
    start = draw.randrange(len(content) + 1)
    return start, min(len(content), start + draw.choice((1, 4, 8, 64)))


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _insert, _overwrite, _cut, _remove, _repeat, _exchange_value, _exchange_value,
)  # fmt: skip
