"""ONNX graphs and OpenVINO models of transformers' own exporters, in their runtimes."""

import time
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import DynamicCache
from transformers.exporters.base import ExportedModel

from engine.export.runtimes.answers import Answer
from engine.export.runtimes.likely import most_likely


class Exported:
    """One folder that ``ExportedModel.save_pretrained`` has written, on the CPU."""

    def __init__(self, path: Path, _longest: int) -> None:
        self._model = ExportedModel.from_pretrained(path, device="cpu", local_files_only=True)

    def answer(self, prompt: Sequence[int], count: int, top: int) -> tuple[Answer, float]:
        """As ``Runtime.answer``, with the cache handed on from token to token."""
        cache, seen, given = None, 0, list(prompt)
        tokens: list[int] = []
        likely: list[list[tuple[int, float]]] = []
        started = time.perf_counter()
        for step in range(count):
            if step == 1:
                started = time.perf_counter()  # the prompt is read
            seen += len(given)
            output = self._model(
                input_ids=torch.tensor([given]),
                attention_mask=torch.ones(1, seen, dtype=torch.long),
                past_key_values=cache if cache is not None else DynamicCache(config=self._model.config),
            )
            cache = output.past_key_values
            likely.append(most_likely(output.logits[0, -1].float().numpy(), top))
            given = [likely[-1][0][0]]
            tokens += given
        return Answer(tokens, likely), time.perf_counter() - started
