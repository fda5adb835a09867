"""Run ONNX graphs of transformers' own exporter in ONNX Runtime, without transformers."""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from engine.export.runtimes.answers import Likely, Text
from engine.export.runtimes.likely import most_likely, places_as

_READ, _WRITTEN = "input.", "output."
"""Prefixes of the cache's names among inputs and outputs."""
_WINDOW = "sliding_window"
_TYPES: Mapping[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
}

State = dict[str, NDArray[Any]]


class OnnxGraph:
    """The graph in a folder, on the CPU; the cache is passed from call to call by its names."""

    def __init__(self, path: Path, _longest: int) -> None:
        onnxruntime.disable_telemetry_events()  # which its builds for Windows would report
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # warnings of the optimiser do not concern the outputs
        file = str(path / "model.onnx")
        self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        self._inputs = {each.name: each for each in self._session.get_inputs()}
        self._outputs = [each.name for each in self._session.get_outputs()]
        self._window = _window(json.loads((path / "config.json").read_text(encoding="utf-8")))

    def answer(self, text: Text, top: int, _plain: int) -> tuple[list[Likely], float]:
        """Predict each token of a text; see ``Runtime.answer``."""
        state, seen, given = self._empty_state(), 0, text.prompt
        likely: list[Likely] = []
        started = time.perf_counter()
        for place, token in enumerate(text.tokens):
            places = np.arange(seen, seen + len(given), dtype=np.int64)[None]
            seen += len(given)
            tokens = {
                "input_ids": np.array([given], dtype=np.int64),
                "attention_mask": np.ones((1, seen), dtype=np.int64),
                "position_ids": self._as_taken(places),
            }
            feed = {**{name: value for name, value in tokens.items() if name in self._inputs}, **state}
            outputs = dict(zip(self._outputs, self._session.run(None, feed), strict=True))
            state |= {
                name: outputs[other] for name in state if (other := _WRITTEN + name.removeprefix(_READ)) in outputs
            }
            likely.append(most_likely(outputs["logits"][0, -1].astype(np.float32), top))
            given = [token]
            if place == 0:
                started = time.perf_counter()  # the prompt is read
        return likely, (time.perf_counter() - started) / max(1, len(text.tokens) - 1)

    def _as_taken(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        shape: Sequence[int | str] = self._inputs["position_ids"].shape if "position_ids" in self._inputs else ()
        return places_as(places, int(shape[0])) if len(shape) > places.ndim else places

    def _empty_state(self) -> State:
        """Return the cache of no tokens: no length where the graph leaves the length open, zeros elsewhere."""
        return {
            name: np.full(
                [int(extent) if str(extent).isdigit() else 0 for extent in each.shape],
                self._window if name.endswith(f"{_WINDOW}_tensor") else 0,
                dtype=_TYPES[each.type],
            )
            for name, each in self._inputs.items()
            if name.startswith(_READ)
        }


def _window(config: Mapping[str, Any]) -> int:
    """Return the sliding window of the model; 0 where it has none."""
    sections = (config, *(value for value in config.values() if isinstance(value, dict)))
    return next((int(window) for section in sections if (window := section.get(_WINDOW))), 0)
