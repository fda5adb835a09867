"""What a file really is that ends early or holds something else than its name promises, as words for a sentence."""

from pathlib import Path

HEAD_BYTES = 512
"""As many bytes of a file's beginning are enough to know it."""

_AGAIN = "download it again"
_LFS = b"version https://git-lfs.github.com/spec/"
_WEB_PAGE = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<error", b"<script")
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x00\x05\x16\x07", "is a companion that macOS made (AppleDouble); name the file without '._' before its name"),
    (b"GGUF", "is a GGUF file; name it by itself, or give it the ending .gguf"),
    (
        b"PK\x03\x04",
        "is a ZIP archive or pickled weights, which are not opened here; unpack or convert it",
    ),
    (b"\x1f\x8b", "is compressed with gzip; unpack it first"),
    (b"\xfd7zXZ", "is compressed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd; unpack it first"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it first"),
    (b"lmgg", "is in the GGML format that came before GGUF; download the model as GGUF or safetensors"),
    (b"fmgg", "is in the GGML format that came before GGUF; download the model as GGUF or safetensors"),
    (b"tjgg", "is in the GGML format that came before GGUF; download the model as GGUF or safetensors"),
    (b"algg", "is a LoRA adapter in the format that came before GGUF; merge it into its base model first"),
)


def read_head(file: Path) -> bytes:
    """Return the first bytes of ``file``, at most ``HEAD_BYTES``."""
    with file.open("rb") as stream:
        return stream.read(HEAD_BYTES)


def other_content(head: bytes) -> str:
    """Say what a file is, and the way on, where its beginning shows that it is not what it should be.

    Args:
        head: The file's first bytes, as ``read_head`` returns them.

    Returns:
        Words that follow the file's name, without a full stop, such as "is empty; download it again"; nothing when the
        beginning is none of the known mistakes.
    """
    if not head:
        return f"is empty; {_AGAIN}"
    if head.startswith(_LFS):
        return "is a Git LFS pointer in place of the file; fetch the file itself with 'git lfs pull'"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        return f"is a web page in place of the file; {_AGAIN}, signed in where the model asks for it"
    for beginning, words in _BEGINNINGS:
        if head.startswith(beginning):
            return words
    if len(head) == HEAD_BYTES and not any(head):
        return f"begins with zeros only, as a download does that has not arrived; {_AGAIN}"
    return ""


def text_content(head: bytes) -> str:
    """Say that a file that should hold weights is a text, such as the answer of a server; nothing when it is not."""
    try:
        text = " ".join(head[:60].decode("ascii").split())
    except UnicodeDecodeError:
        return ""
    return f"is a text ('{text}') in place of the file; {_AGAIN}" if text.isprintable() and text else ""
