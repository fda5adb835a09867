"""Recognise what a weight file really holds if it is not what its name promises, in words for an error."""

from pathlib import Path

from engine.api.message import worded
from engine.api.regular_files import open_regular

HEAD_BYTES = 512
"""Bytes at the beginning of a file that suffice to recognise it."""

LFS_POINTER = b"version https://git-lfs"
"""First bytes of the small file that Git LFS keeps in place of a large one until the large one is fetched."""
LFS_WORDS = worded(
    "is a Git LFS pointer in place of the file; fetch the file itself with 'git lfs pull', or download it from the Hub"
)
_WEB_PAGE = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<error", b"<script")
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (
        b"\x00\x05\x16\x07",
        worded("is a metadata file of macOS (AppleDouble); give the file without '._' before its name"),
    ),
    (b"GGUF", worded("is a GGUF file; give the file itself, or rename it to end in .gguf")),
    (
        b"PK\x03\x04",
        worded("is a ZIP archive or pickled weights, which are not opened here; unpack or convert it"),
    ),
    (b"\x1f\x8b", worded("is compressed with gzip; unpack it first")),
    (b"\xfd7zXZ", worded("is compressed with xz; unpack it first")),
    (b"\x28\xb5\x2f\xfd", worded("is compressed with zstd; unpack it first")),
    (b"7z\xbc\xaf", worded("is a 7z archive; unpack it first")),
    (b"lmgg", worded("is in the GGML format that preceded GGUF; download the model as GGUF or safetensors")),
    (b"fmgg", worded("is in the GGML format that preceded GGUF; download the model as GGUF or safetensors")),
    (b"tjgg", worded("is in the GGML format that preceded GGUF; download the model as GGUF or safetensors")),
    (b"algg", worded("is a LoRA adapter in the format that preceded GGUF; merge it into its base model first")),
)


def read_head(file: Path) -> bytes:
    """Return the first bytes of ``file``, at most ``HEAD_BYTES``."""
    with open_regular(file) as stream:
        return stream.read(HEAD_BYTES)


def other_content(head: bytes) -> str:
    """Describe a file whose beginning shows that it is not a weight file, and what to do about it.

    Args:
        head: The file's first bytes, as ``read_head`` returns them.

    Returns:
        Words that follow the file's name, without a full stop, such as "is empty; download it again"; an empty text
        if the beginning shows none of the known mistakes.
    """
    if not head:
        return worded("is empty; download it again")
    if head.startswith(LFS_POINTER):
        return LFS_WORDS
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        return worded(
            "is a web page in place of the file; download it again, after logging in if the model requires it"
        )
    for beginning, words in _BEGINNINGS:
        if head.startswith(beginning):
            return words
    if len(head) == HEAD_BYTES and not any(head):
        return worded("begins with zeros only, like an unfinished download; download it again")
    return ""


def text_content(head: bytes) -> str:
    """Describe a weight file that is really a text, such as a server's answer; return an empty text for others."""
    try:
        text = " ".join(head[:60].decode("ascii").split())
    except UnicodeDecodeError:
        return ""
    if not text or not text.isprintable():
        return ""
    return worded("is a text ('{0}') in place of the file; download it again", text)
