"""Documents from a local file or a Hub data set."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from engine.api.errors import BadInput, LayerSwarmError
from engine.calibration.columns import document_maker

_TABLES = {".jsonl": "json", ".json": "json", ".parquet": "parquet", ".csv": "csv"}
_PLAIN = (".txt", ".md", ".text", ".raw")
_SHUFFLE_BUFFER = 1000
_SHORTEST, _LONGEST, _FEWEST = 500, 8000, 64
"""Characters of a section, and how many sections a text file is cut into if it is long enough."""


def is_text_file(path: Path) -> bool:
    """Whether a name is that of a text file: by its ending, or since there is such a file."""
    return path.suffix.lower() in (*_PLAIN, *_TABLES) or path.expanduser().is_file()


def file_documents(path: Path, seed: int) -> Iterator[str]:
    """The documents of a local file in an order drawn from ``seed``; a long one, or a text file, in sections.

    Raises:
        BadInput: the file is missing, empty, of an unknown kind, or has no text in it.
    """
    if not path.is_file():
        raise BadInput(f"There is no text file {path}.")
    if path.suffix.lower() in _PLAIN:
        documents = _sections(path)
    elif path.suffix.lower() in _TABLES:
        documents = [part for text in _table_documents(path) for part in sections(text, _LONGEST)]
    else:
        raise BadInput(f"{path} is of an unknown kind; give a file in {', '.join([*_PLAIN[:1], *_TABLES])}.")
    if not documents:
        raise BadInput(f"There is no text in {path}.")
    order = np.random.default_rng(seed).permutation(len(documents))
    return (documents[index] for index in order)


def dataset_documents(name: str, split: str, seed: int) -> Iterator[str]:
    """The documents of a Hub data set, streamed; ``name`` may end in ``:config``.

    Raises:
        BadInput: no name is given, or the data set, its config or its split does not exist.
        LayerSwarmError: the Hub cannot be reached.
    """
    if not name:
        raise BadInput("No data set is named; give a Hub data set id, such as 'org/name' or 'org/name:config'.")
    identifier, _, config = name.partition(":")
    rows = _streamed(identifier, config or None, split, seed)
    return (part for text in _made(rows, f"The data set '{name}'") for part in sections(text, _LONGEST))


def sections(text: str, longest: int) -> Iterator[str]:
    """The text in parts of at most ``longest`` characters, cut where a paragraph, a line or at least a word ends."""
    rest = text.strip()
    while len(rest) > longest:
        ends = (rest.rfind(mark, 1, longest) for mark in ("\n\n", "\n", " "))
        cut = next((end for end in ends if end > 0), longest)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _sections(path: Path) -> list[str]:
    """A text file in sections, at least some dozens of them, so that there is something to divide."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as UTF-8 text ({error}).") from None
    return list(sections(content, min(max(len(content) // _FEWEST, _SHORTEST), _LONGEST)))


def _table_documents(path: Path) -> Iterable[str]:
    from datasets import load_dataset

    try:
        rows = load_dataset(_TABLES[path.suffix.lower()], data_files=str(path.resolve()), split="train", streaming=True)
        return list(_made(rows, str(path)))
    except BadInput:
        raise
    except Exception as error:  # each reader of the library fails in its own way
        reason = " ".join(str(error.__cause__ or error).split())[:200]
        raise BadInput(f"{path} cannot be read as {path.suffix} ({reason}).") from None


def _made(rows: Iterable[Any], where: str) -> Iterator[str]:
    make = None
    for row in rows:
        make = make or document_maker(row, where)
        yield make(row)


def _streamed(identifier: str, config: str | None, split: str, seed: int) -> Iterator[Any]:
    from datasets import load_dataset

    try:
        rows = load_dataset(identifier, config, split=split, streaming=True)
        yield from rows.shuffle(seed=seed, buffer_size=_SHUFFLE_BUFFER)
    except (ConnectionError, TimeoutError) as error:
        raise LayerSwarmError(
            f"The data set '{identifier}' cannot be fetched now ({type(error).__name__}); check the connection, or use "
            "a local file or the model's own text."
        ) from None
    except Exception as error:  # not found, gated, a wrong config or split: the library's words name it
        reason = " ".join(str(error).split())[:200]
        raise BadInput(f"The data set '{identifier}' (split '{split}') cannot be used: {reason}") from None
