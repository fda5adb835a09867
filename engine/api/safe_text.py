"""Make text from anywhere safe to show: on a terminal, in a label, in one line.

Names of files and models, journals and generated text may hold anything. A terminal obeys escape sequences among the
control characters, and direction marks make text appear in another order than it is in. Each such character is replaced
by one visible character, so that pieces of a text can be replaced one by one.
"""

import re

LONGEST = 100_000
"""Characters; nobody reads more, and laying out more takes minutes."""
_UNKNOWN = "\ufffd"
_PICTURES = 0x2400
"""Where Unicode has a picture of each control character, such as ␛."""
_KEPT = "\t\n"
_DELETE = 0x7F
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINES = "\u2028\u2029"
_INVISIBLE = "\ufeff\u2060\u180e" + "".join(map(chr, range(0xE0000, 0xE0080)))
"""Marks without a width; those that join and separate letters are part of many languages and stay."""
_TABLE = {
    **{code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in _KEPT},
    _DELETE: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), _UNKNOWN),
    **dict.fromkeys(map(ord, _DIRECTION + _LINES + _INVISIBLE), _UNKNOWN),
    **dict.fromkeys(range(0xD800, 0xE000), _UNKNOWN),
}
_IN_JSON = {code: f"\\u{code:04x}" for code in _TABLE if 0x20 <= code < 0x10000}
_BREAKS = re.compile(r"[\t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")


def safe_text(text: str) -> str:
    """Return a text of any number of lines without characters that a terminal or a label would obey."""
    return text if text.isascii() and text.isprintable() else text[:LONGEST].translate(_TABLE)


def safe_line(text: str, longest: int = 300) -> str:
    """Return a name or a sentence as one line, with the middle left out where it is longer than ``longest``."""
    line = safe_text(_BREAKS.sub(" ", text[: 4 * LONGEST]))
    if len(line) <= longest:
        return line
    kept = longest - 1
    return f"{line[: kept - kept // 2]}…{line[len(line) - kept // 2 :]}"


def safe_json(text: str) -> str:
    """Return JSON of the same meaning, with escapes for all that a terminal would obey."""
    return text if text.isascii() and chr(_DELETE) not in text else text.translate(_IN_JSON)
