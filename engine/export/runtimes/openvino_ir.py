"""Run OpenVINO models, which keep their cache inside, in OpenVINO."""

import time
from pathlib import Path

import numpy as np
import openvino
from numpy.typing import NDArray

from engine.export.runtimes.answers import Likely, Text
from engine.export.runtimes.likely import most_likely, places_as

_PLACES = 4
"""Positions of a token in transformers' multimodal models: in the text, in time, and row and column in a picture."""


class OpenVinoIr:
    """The model in a folder, on the CPU."""

    def __init__(self, path: Path, _longest: int) -> None:
        compiled = openvino.Core().compile_model(next(path.glob("*.xml")), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        self._request = compiled.create_infer_request()
        self._ranks = {name: len(port.get_partial_shape()) for port in compiled.inputs for name in port.get_names()}

    def answer(self, text: Text, top: int, _plain: int) -> tuple[list[Likely], float]:
        """Predict each token of a text; see ``Runtime.answer``."""
        self._request.reset_state()
        seen, given = 0, text.prompt
        likely: list[Likely] = []
        started = time.perf_counter()
        for place, token in enumerate(text.tokens):
            feed = {
                "input_ids": np.array([given]),
                "attention_mask": np.ones((1, seen + len(given)), dtype=np.int64),
                "position_ids": self._as_taken(np.arange(seen, seen + len(given))[None]),
                "beam_idx": np.zeros(1, dtype=np.int32),
            }
            seen += len(given)
            answers = self._request.infer({name: value for name, value in feed.items() if name in self._ranks})
            likely.append(most_likely(answers[0][0, -1], top))
            given = [token]
            if place == 0:
                started = time.perf_counter()  # the prompt is read
        return likely, (time.perf_counter() - started) / max(1, len(text.tokens) - 1)

    def _as_taken(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return places_as(places, _PLACES) if self._ranks.get("position_ids", 0) > places.ndim else places
