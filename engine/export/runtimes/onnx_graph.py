"""ONNX graphs of transformers' own exporter, in ONNX Runtime."""

import logging
import time
from pathlib import Path
from typing import Any

import torch
from transformers import DynamicCache
from transformers.exporters.base import ExportedModel

from engine.export.runtimes.answers import Likely, Text
from engine.export.runtimes.likely import most_likely

_KEYS = "past_key_values.layers.{}.keys"
_DIMENSIONS = 4
"""Of a layer's keys: [batch, heads, length, width]."""


class OnnxGraph:
    """One folder that ``ExportedModel.save_pretrained`` has written, on the CPU."""

    def __init__(self, path: Path, _longest: int) -> None:
        logging.getLogger("transformers").setLevel(logging.ERROR)  # inputs that a graph does not read are told there
        self._model: Any = ExportedModel.from_pretrained(path, device="cpu", local_files_only=True)

    def answer(self, text: Text, top: int, _plain: int) -> tuple[list[Likely], float]:
        """As ``Runtime.answer``, with the cache handed on from token to token."""
        cache, seen, given = self._empty_cache(), 0, text.prompt
        likely: list[Likely] = []
        started = time.perf_counter()
        for place, token in enumerate(text.tokens):
            places = torch.arange(seen, seen + len(given))[None]
            seen += len(given)
            output = self._model(
                input_ids=torch.tensor([given]),
                attention_mask=torch.ones(1, seen, dtype=torch.long),
                position_ids=places,
                past_key_values=cache,
            )
            cache = output.past_key_values
            likely.append(most_likely(output.logits[0, -1].float().numpy(), top))
            given = [token]
            if place == 0:
                started = time.perf_counter()  # the prompt is read
        return likely, (time.perf_counter() - started) / max(1, len(text.tokens) - 1)

    def _empty_cache(self) -> DynamicCache:
        """A cache of no tokens, as the graph takes it."""
        cache = DynamicCache(config=self._model.config)
        layers: list[Any] = cache.layers
        for number, layer in enumerate(layers):
            nothing = torch.zeros(1, *self._heads_and_width(number))
            layer.lazy_initialization(nothing, nothing)
            layer.keys, layer.values = nothing, nothing.clone()
        return cache

    def _heads_and_width(self, layer: int) -> tuple[int, int, int]:
        """(heads, no tokens, width) of a layer's keys: as the graph states them, else as the config does."""
        inputs = self._model.runners["model"].session.get_inputs()
        stated = {each.name.removeprefix("input."): each.shape for each in inputs}
        shape = stated.get(_KEYS.format(layer), ())
        if len(shape) == _DIMENSIONS and str(shape[1]).isdigit() and str(shape[3]).isdigit():
            return int(shape[1]), 0, int(shape[3])
        config = self._model.config.get_text_config(decoder=True)
        heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
        return heads, 0, getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
