"""Run ONNX folders in ONNX Runtime GenAI."""

import time
from pathlib import Path

import numpy as np
import onnxruntime_genai

from engine.export.runtimes.answers import Likely, Text
from engine.export.runtimes.likely import most_likely


class OrtGenAi:
    """A folder of the GenAI builder, on the CPU."""

    def __init__(self, path: Path, longest: int) -> None:
        self._model = onnxruntime_genai.Model(str(path))
        self._longest = longest

    def answer(self, text: Text, top: int, _plain: int) -> tuple[list[Likely], float]:
        """Predict each token of a text; see ``Runtime.answer``."""
        wishes = onnxruntime_genai.GeneratorParams(self._model)
        wishes.set_search_options(max_length=self._longest, do_sample=False)
        generator = onnxruntime_genai.Generator(self._model, wishes)
        likely: list[Likely] = []
        given, started = text.prompt, time.perf_counter()
        for place, token in enumerate(text.tokens):
            generator.append_tokens(np.asarray([given], dtype=np.int32))
            logits = np.asarray(generator.get_logits())
            likely.append(most_likely(logits.reshape(-1, logits.shape[-1])[-1], top))
            given = [token]
            if place == 0:
                started = time.perf_counter()  # the prompt is read
        return likely, (time.perf_counter() - started) / max(1, len(text.tokens) - 1)
