"""Pack consecutive documents into windows."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from engine.calibration.chat import ChatTemplate
from engine.calibration.columns import Document
from engine.calibration.turns import Conversation


class PackedText:
    """Cuts windows from a stream of documents; each document is used for one set of windows only.

    Args:
        documents: Each is used once.
        tokenizer: The model's.
        length: Tokens of a window.
        template: Chat template for conversations; without one only their contents are kept.
    """

    def __init__(
        self,
        documents: Iterator[Document],
        tokenizer: PreTrainedTokenizerBase,
        length: int,
        template: ChatTemplate | None = None,
    ) -> None:
        self._documents = documents
        self._tokenizer = tokenizer
        self._length = length
        self._template = template

    def windows(self) -> Iterator[Tensor]:
        """Yield the next windows [length]. The rest of the last document is dropped when the reader stops."""
        left: list[int] = []
        for document in self._documents:
            left += self._tokens(document)
            while len(left) >= self._length:
                yield torch.tensor(left[: self._length])
                left = left[self._length :]

    def mean_tokens(self, documents: Sequence[Document]) -> float:
        """Return the mean number of tokens of some documents."""
        return sum(len(self._tokens(document)) for document in documents) / len(documents)

    def _tokens(self, document: Document) -> list[int]:
        """Return the document's tokens between begin and end tokens, where the tokenizer has them.

        A chat template writes its own.
        """
        if isinstance(document, Conversation):
            written = self._template.text(document) if self._template else None
            if written is not None:
                return self._encoded(written)
            document = document.plain
        tokens = self._encoded(document)
        begin, end = self._tokenizer.bos_token_id, self._tokenizer.eos_token_id
        marks = [[mark] if isinstance(mark, int) else [] for mark in (begin, end)]
        return [*marks[0], *tokens, *marks[1]]

    def _encoded(self, text: str) -> list[int]:
        tokens: list[int] = self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
        return tokens
