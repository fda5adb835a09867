"""GGUF files in llama.cpp, through the package ``xllamacpp`` (llama.cpp's server within a process)."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xllamacpp

from engine.export.runtimes.answers import Answer

_SPARE_CONTEXT = 64


class LlamaCpp:
    """One GGUF file, on the CPU."""

    def __init__(self, path: Path, longest: int) -> None:
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.n_ctx = longest + _SPARE_CONTEXT
        parameters.n_parallel = 1
        parameters.n_gpu_layers = 0
        parameters.warmup = False
        parameters.verbosity = -1
        parameters.cpuparams.n_threads = max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)
        self._server = xllamacpp.Server(parameters)

    def answer(self, prompt: Sequence[int], count: int, top: int) -> tuple[Answer, float]:
        """As ``Runtime.answer``. The end token is passed over, so that every prompt has ``count`` tokens."""
        wish = {"prompt": list(prompt), "n_predict": count, "temperature": 0.0, "n_probs": top, "ignore_eos": True}
        said: dict[str, Any] = self._server.handle_completions(wish)
        if "choices" not in said:
            raise RuntimeError(f"llama.cpp did not answer: {said}")
        content = said["choices"][0]["logprobs"]["content"]
        tokens = [int(each["id"]) for each in content]
        likely = [[(int(other["id"]), float(other["logprob"])) for other in each["top_logprobs"]] for each in content]
        return Answer(tokens, likely), float(said["timings"]["predicted_ms"]) / 1e3
