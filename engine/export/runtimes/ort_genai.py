"""ONNX folders in ONNX Runtime GenAI."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime_genai

from engine.export.runtimes.answers import Answer
from engine.export.runtimes.likely import most_likely


class OrtGenAi:
    """One folder of the GenAI builder, on the CPU."""

    def __init__(self, path: Path, longest: int) -> None:
        self._model = onnxruntime_genai.Model(str(path))
        self._longest = longest

    def answer(self, prompt: Sequence[int], count: int, top: int) -> tuple[Answer, float]:
        """As ``Runtime.answer``."""
        wishes = onnxruntime_genai.GeneratorParams(self._model)
        wishes.set_search_options(max_length=self._longest, do_sample=False)
        generator = onnxruntime_genai.Generator(self._model, wishes)
        generator.append_tokens(np.asarray([list(prompt)], dtype=np.int32))
        tokens: list[int] = []
        likely: list[list[tuple[int, float]]] = []
        started = time.perf_counter()
        for _ in range(count):
            logits = np.asarray(generator.get_logits()).reshape(-1, np.asarray(generator.get_logits()).shape[-1])[-1]
            likely.append(most_likely(logits, top))
            tokens.append(likely[-1][0][0])
            if len(tokens) < count:
                generator.append_tokens(np.asarray([tokens[-1:]], dtype=np.int32))
        return Answer(tokens, likely), time.perf_counter() - started
