"""Documents packed into windows, one after the other."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from engine.calibration.chat import ChatTemplate
from engine.calibration.columns import Document
from engine.calibration.turns import Conversation


class PackedText:
    """Cuts windows from a stream of documents; a document goes into one set of windows only.

    Args:
        documents: each is used once.
        tokenizer: the model's.
        length: tokens of a window.
        template: through which conversations go; without one only what is said is kept.
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
        """The next windows [length]. What is left of the last document when the reader stops is given up."""
        left: list[int] = []
        for document in self._documents:
            left += self._tokens(document)
            while len(left) >= self._length:
                yield torch.tensor(left[: self._length])
                left = left[self._length :]

    def mean_tokens(self, documents: Sequence[Document]) -> float:
        """Tokens of a document, in the mean of a few."""
        return sum(len(self._tokens(document)) for document in documents) / len(documents)

    def _tokens(self, document: Document) -> list[int]:
        """The document's tokens between the marks of its beginning and end, where the tokenizer has them.

        A chat template sets its own marks.
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
