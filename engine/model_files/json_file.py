"""Parse JSON files that other tools wrote, and explain what is wrong with a file that is not JSON."""

import codecs
import json
import re
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.regular_files import open_regular, read_regular
from engine.api.system_errors import system_words
from engine.model_files.file_content import LFS_POINTER, LFS_WORDS

_SMALL = 2**20
"""Bytes; ``check_json_files`` parses files up to this size."""
_LARGEST = 1 << 29
"""Bytes; tokenizers with hundreds of thousands of tokens have some dozen megabytes."""
_HEAD = 64
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")

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
"""Files that transformers reads beside config and index; it silently ignores some of them if they are damaged."""


class JsonFaultError(ValueError):
    """What is wrong with a file, as the end of a sentence that begins with the file's name."""


def parse_json(content: bytes) -> object:
    """Parse ``content`` as transformers does.

    Raises:
        JsonFaultError: The content is not JSON, or begins with a byte order mark.
        RecursionError: Lists are nested thousands deep.
    """
    _check_head(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise _cut_short(content) from None
        line = content.count(b"\n", 0, error.start) + 1
        raise JsonFaultError(
            worded("is not UTF-8 (line {0}); save it as UTF-8, or download or copy it again.", line)
        ) from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if _ends_early(text, error):
            raise _cut_short(content) from None
        raise JsonFaultError(
            worded(
                "is not JSON (line {0}, column {1} is wrong); correct it, or download or copy it again.",
                error.lineno,
                error.colno,
            )
        ) from None
    except ValueError:  # Python reads no numbers of thousands of digits
        raise JsonFaultError(
            worded("holds a number of thousands of digits; correct it, or download or copy it again.")
        ) from None


def check_json_files(folder: Path) -> None:
    """Check the JSON files that transformers reads with the model; of large files only the first and the last bytes.

    Raises:
        BadInput: A file is not a JSON object, or begins with a byte order mark.
    """
    for name in READ_WITH_THE_MODEL:
        file = folder / name
        if file.is_file():
            try:
                _check_file(file)
            except JsonFaultError as fault:
                raise BadInput(worded("{0} {1}", file, fault.args[0])) from None
            except OSError as error:
                raise BadInput(worded("{0} cannot be read ({1}).", file, system_words(error))) from None


def _check_file(file: Path) -> None:
    if file.stat().st_size <= _SMALL:
        try:
            content = parse_json(read_regular(file, _SMALL))
        except RecursionError:
            content = None
        if not isinstance(content, dict):
            raise JsonFaultError(worded("is not a JSON object; download or copy it again."))
        return
    if file.stat().st_size > _LARGEST:
        raise JsonFaultError(
            worded("is larger than {0:,.0f} MB, which no such file is; download or copy it again.", _LARGEST / 1e6)
        )
    with open_regular(file) as stream:
        _check_head(stream.read(_HEAD))
        stream.seek(-_HEAD, 2)
        if not stream.read().rstrip().endswith(b"}"):
            raise JsonFaultError(worded("ends early (cut short); download or copy it again."))


def _check_head(content: bytes) -> None:
    """Raise JsonFaultError if the first bytes reveal a fault."""
    if content.startswith(codecs.BOM_UTF8):
        raise JsonFaultError(
            worded(
                "begins with a byte order mark, which transformers cannot read; save it as UTF-8 without "
                "one (editors call that 'UTF-8', not 'UTF-8 with BOM')."
            )
        )
    if not content.strip(b"\0 \t\r\n"):
        raise JsonFaultError(worded("is empty; download or copy it again."))
    encoding = json.detect_encoding(content)
    if not encoding.startswith("utf-8"):
        name = encoding[: len("utf-16")].upper()
        raise JsonFaultError(worded("is saved as {0}, which transformers cannot read; save it as UTF-8.", name))
    if content.startswith(LFS_POINTER):
        raise JsonFaultError(worded("{0}.", LFS_WORDS))
    if content.lstrip().startswith(b"<"):
        raise JsonFaultError(worded("is a web page, not JSON; log in to the site and download the file again."))


def _ends_early(text: str, error: json.JSONDecodeError) -> bool:
    """Return whether the text is valid up to its end: only part of a word or an open string follows the fault."""
    rest = text[error.pos :].rstrip()
    half_word = any(word.startswith(rest) for word in _WORDS)
    half_escape = error.msg.startswith("Invalid \\u") and '"' not in rest
    half_number = re.fullmatch(r"\.|\.?[eE][-+]?", rest) is not None
    return half_word or half_escape or half_number or error.msg.startswith("Unterminated string")


def _cut_short(content: bytes) -> JsonFaultError:
    line = content.rstrip().count(b"\n") + 1
    return JsonFaultError(worded("ends early (cut short in line {0}); download or copy it again.", line))
