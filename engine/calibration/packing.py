"""Documents packed into windows, one after the other."""

from collections.abc import Iterator

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase


class PackedText:
    """Cuts windows from a stream of documents; a document goes into one set of windows only.

    Args:
        documents: each is used once.
        tokenizer: the model's.
        length: tokens of a window.
    """

    def __init__(self, documents: Iterator[str], tokenizer: PreTrainedTokenizerBase, length: int) -> None:
        self._documents = documents
        self._tokenizer = tokenizer
        self._length = length

    def windows(self) -> Iterator[Tensor]:
        """The next windows [length]. What is left of the last document when the reader stops is given up."""
        left: list[int] = []
        for document in self._documents:
            left += self._tokens(document)
            while len(left) >= self._length:
                yield torch.tensor(left[: self._length])
                left = left[self._length :]

    def _tokens(self, document: str) -> list[int]:
        """The document's tokens between the marks of its beginning and end, where the tokenizer has them."""
        tokens: list[int] = self._tokenizer(document, add_special_tokens=False, verbose=False)["input_ids"]
        begin, end = self._tokenizer.bos_token_id, self._tokenizer.eos_token_id
        marks = [[mark] if isinstance(mark, int) else [] for mark in (begin, end)]
        return [*marks[0], *tokens, *marks[1]]
