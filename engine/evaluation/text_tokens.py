"""Read a text of any length in pieces, and turn it into tokens a piece at a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from transformers import PreTrainedTokenizerBase

from engine.calibration.text_files import characters
from engine.calibration.texts import table_texts

_AT_ONCE = 1 << 20
"""Characters of a text that is tokenised as a whole, as lm-eval does."""
_PIECE, _MARGIN = 1 << 18, 1 << 11
"""Characters of a longer text that are tokenised at a time, and of the text behind them that is looked at."""
_TRIED, _COMPARED = 16, 16
"""Places at which a piece may end, and tokens behind each that must be the same in the next piece."""
_SPACE = re.compile(r"\s+")
_BETWEEN = "\n\n"
"""Stands between the texts of a table."""


class Reader(Protocol):
    """A tokenizer, and the tokens of a whole text with the special ones around it."""

    tokenizer: PreTrainedTokenizerBase

    def encode(self, text: str) -> list[int]:
        """Return the tokens of a whole text."""


def text_parts(path: Path) -> Iterator[str]:
    """Yield a text file in parts; of a table (.jsonl, .csv, .parquet, ...) the texts in its rows, in order.

    Raises:
        BadInput: The file cannot be read, is truncated, or has no text.
    """
    documents = table_texts(path)
    if documents is None:
        yield from characters(path)
        return
    for number, document in enumerate(documents):
        yield from ([_BETWEEN] if number else [])
        yield from (document[start : start + _PIECE] for start in range(0, len(document), _PIECE))


class TextCounts:
    """Counts what passes through: words as lm-eval splits them, bytes, and characters."""

    def __init__(self, parts: Iterable[str]) -> None:
        self._parts = parts
        self._gaps = 0
        self._ends_in_space = False
        self.bytes = 0
        self.characters = 0

    @property
    def words(self) -> int:
        """Number of parts separated by white space."""
        return self._gaps + 1

    def __iter__(self) -> Iterator[str]:
        for part in filter(None, self._parts):
            gaps = sum(1 for _ in _SPACE.finditer(part))
            self._gaps += gaps - (self._ends_in_space and part[0].isspace())
            self._ends_in_space = part[-1].isspace()
            self.bytes += len(part.encode())
            self.characters += len(part)
            yield part


def text_tokens(reader: Reader, parts: Iterable[str]) -> Iterator[list[int]]:
    """Yield the tokens of a text, a bounded number at a time.

    Up to a million characters are tokenised as a whole, as lm-eval does. Of a longer text each piece ends where
    the tokens behind it are the same whether the text before it is known or not, so that the tokens are those of the
    whole text; only where no such place is near, a token may be cut.

    Args:
        reader: Encodes a whole text as lm-eval does.
        parts: The text.
    """
    held, waiting = "", iter(parts)
    for part in waiting:
        held += part
        if len(held) > _AT_ONCE:
            break
    else:
        yield reader.encode(held)
        return
    before, behind = _marks(reader, held)
    yield before
    for part in _chained(waiting):
        held += part
        while len(held) > _PIECE + _MARGIN:
            tokens, rest = _first_piece(reader.tokenizer, held)
            yield tokens
            held = held[rest:]
    yield _encoded(reader.tokenizer, held)
    yield behind


def _chained(waiting: Iterator[str]) -> Iterator[str]:
    """Yield an empty part first, so that what is held already is worked off."""
    yield ""
    yield from waiting


def _marks(reader: Reader, text: str) -> tuple[list[int], list[int]]:
    """Return the special tokens that lm-eval puts before and behind a text."""
    sample = text[:_COMPARED]
    whole, plain = reader.encode(sample), _encoded(reader.tokenizer, sample)
    start = next((at for at in range(len(whole)) if whole[at : at + len(plain)] == plain), None)
    return ([], []) if start is None or not plain else (whole[:start], whole[start + len(plain) :])


def _first_piece(tokenizer: PreTrainedTokenizerBase, text: str) -> tuple[list[int], int]:
    """Return the tokens of the first piece of a text, and where the next one begins."""
    if not tokenizer.is_fast:
        end = max(text.rfind(" ", 1, _PIECE), text.rfind("\n", 1, _PIECE))
        end = end if end > 0 else _PIECE
        return _encoded(tokenizer, text[:end]), end
    looked_at = text[: _PIECE + _MARGIN]
    found = tokenizer(looked_at, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
    tokens: list[int] = found["input_ids"]
    offsets: Sequence[tuple[int, int]] = found["offset_mapping"]
    ends = [at for at in range(1, len(tokens)) if offsets[at - 1][1] <= min(offsets[at][0], _PIECE)]
    if not ends:  # no token ends before the piece does
        return _encoded(tokenizer, text[:_PIECE]), _PIECE
    spaced = [at for at in ends if _is_spaced(text, offsets[at - 1][1])]
    for at in [*reversed(spaced[-_TRIED:]), *reversed(ends[-_TRIED:])]:
        # Some tokenizers leave a space out of the token behind it, others add one at the beginning of a text.
        for start in dict.fromkeys((offsets[at - 1][1], offsets[at][0], offsets[at - 1][1] + 1)):
            following = tokens[at : at + _COMPARED]
            if _encoded(tokenizer, looked_at[start:])[: len(following)] == following:
                return tokens[:at], start
    return tokens[: ends[-1]], offsets[ends[-1] - 1][1]


def _is_spaced(text: str, at: int) -> bool:
    return text[at : at + 1].isspace() and not text[at - 1 : at].isspace()


def _encoded(tokenizer: PreTrainedTokenizerBase, text: str) -> list[int]:
    tokens: list[int] = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
    return tokens
