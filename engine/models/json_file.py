"""Reading JSON that others wrote, and saying what is wrong with it where it is none."""

import codecs
import json
import re
from pathlib import Path

from engine.api.errors import BadInput

LFS_POINTER = b"version https://git-lfs"
"""How the file begins that stands in place of a large one until Git LFS has fetched it."""
LFS_SENTENCE = (
    "is a Git LFS pointer, which stands in place of the file; fetch the file with 'git lfs pull', or download it from "
    "the Hub."
)
_SMALL = 2**20
"""Bytes up to which a file is read whole to see whether it is JSON."""
_HEAD = 64
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
_AGAIN = "download or copy it again"

READ_WITH_THE_MODEL = (
    "generation_config.json",
    "tokenizer_config.json",
    "tokenizer.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "chat_template.json",
    "processor_config.json",
    "preprocessor_config.json",
    "video_preprocessor_config.json",
    "audio_tokenizer_config.json",
)
"""What transformers reads beside config and index. It silently does without some of them where they are damaged."""


class JsonFaultError(ValueError):
    """What is wrong with a file, as the end of a sentence that begins with its name."""


def parse_json(content: bytes) -> object:
    """Read ``content`` as transformers reads it.

    Raises:
        JsonFaultError: it is no JSON, or begins with a byte order mark.
        RecursionError: lists lie in lists, thousands deep.
    """
    _check_head(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise _cut_short(content) from None
        line = content.count(b"\n", 0, error.start) + 1
        raise JsonFaultError(f"is not UTF-8 (line {line}); save it as UTF-8, or {_AGAIN}.") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if _ends_early(text, error):
            raise _cut_short(content) from None
        where = f"line {error.lineno}, column {error.colno}"
        raise JsonFaultError(f"is not JSON (it goes wrong in {where}); correct it, or {_AGAIN}.") from None


def check_json_files(folder: Path) -> None:
    """Check what transformers reads with the model in ``folder``; of large files only how they begin and end.

    Raises:
        BadInput: one of them is no JSON object, or begins with a byte order mark.
    """
    for name in READ_WITH_THE_MODEL:
        file = folder / name
        if file.is_file():
            try:
                _check_file(file)
            except JsonFaultError as fault:
                raise BadInput(f"{file} {fault}") from None
            except OSError as error:
                raise BadInput(f"{file} cannot be read ({error.strerror}).") from None


def _check_file(file: Path) -> None:
    if file.stat().st_size <= _SMALL:
        try:
            content = parse_json(file.read_bytes())
        except RecursionError:
            content = None
        if not isinstance(content, dict):
            raise JsonFaultError(f"is not a JSON object; {_AGAIN}.")
        return
    with file.open("rb") as stream:
        _check_head(stream.read(_HEAD))
        stream.seek(-_HEAD, 2)
        if not stream.read().rstrip().endswith(b"}"):
            raise JsonFaultError(f"ends early (cut short); {_AGAIN}.")


def _check_head(content: bytes) -> None:
    """What the first bytes give away."""
    if content.startswith(codecs.BOM_UTF8):
        raise JsonFaultError(
            "begins with a byte order mark, which transformers cannot read; save it as UTF-8 without one (editors "
            "call that 'UTF-8', not 'UTF-8 with BOM')."
        )
    if not content.strip(b"\0 \t\r\n"):
        raise JsonFaultError(f"is empty; {_AGAIN}.")
    encoding = json.detect_encoding(content)
    if not encoding.startswith("utf-8"):
        name = encoding[: len("utf-16")].upper()
        raise JsonFaultError(f"is saved as {name}, which transformers cannot read; save it as UTF-8.")
    if content.startswith(LFS_POINTER):
        raise JsonFaultError(LFS_SENTENCE)
    if content.lstrip().startswith(b"<"):
        raise JsonFaultError("is a web page, not JSON; log in where it comes from, and download it again.")


def _ends_early(text: str, error: json.JSONDecodeError) -> bool:
    """Whether the text is right as far as it goes: nothing follows the fault, or half a word or a string does."""
    rest = text[error.pos :].rstrip()
    half_word = any(word.startswith(rest) for word in _WORDS)
    half_escape = error.msg.startswith("Invalid \\u") and '"' not in rest
    half_number = re.fullmatch(r"\.|\.?[eE][-+]?", rest) is not None
    return half_word or half_escape or half_number or error.msg.startswith("Unterminated string")


def _cut_short(content: bytes) -> JsonFaultError:
    line = content.rstrip().count(b"\n") + 1
    return JsonFaultError(f"ends early (cut short in line {line}); {_AGAIN}.")
