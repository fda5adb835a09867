"""Run GGUF files in llama.cpp, by the package ``xllamacpp`` (llama.cpp's server within the process)."""

import os
from pathlib import Path
from typing import Any

import xllamacpp

from engine.export.runtimes.answers import Likely, Text

_SPARE_CONTEXT = 64
_CERTAIN = 1e4


class LlamaCpp:
    """One GGUF file, on the CPU."""

    def __init__(self, path: Path, longest: int) -> None:
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.n_ctx = longest + _SPARE_CONTEXT
        parameters.n_parallel = 1
        parameters.n_gpu_layers = 0
        parameters.swa_full = True  # a longer prompt continues the cache of the last one
        parameters.warmup = False
        parameters.verbosity = -1
        parameters.cpuparams.n_threads = _threads()
        self._server = xllamacpp.Server(parameters)

    def answer(self, text: Text, top: int, plain: int) -> tuple[list[Likely], float]:
        """Predict each token of a text; see ``Runtime.answer``.

        The server does not return tokens that are part of a character, nor their probabilities. So it is forced to
        generate ``plain`` each time, which changes its output but not the reported probabilities.
        """
        likely: list[Likely] = []
        for place in range(len(text.tokens)):
            wish = {"n_predict": 1, "temperature": 0.0, "n_probs": top, "logit_bias": [[plain, _CERTAIN]]}
            completed = self._complete([*text.prompt, *text.tokens[:place]], wish)
            reported = completed["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
            likely.append([(int(each["id"]), float(each["logprob"])) for each in reported])
        free = self._complete(text.prompt, {"n_predict": len(text.tokens), "temperature": 0.0, "ignore_eos": True})
        return likely, float(free["timings"]["predicted_per_token_ms"]) / 1e3

    def _complete(self, prompt: list[int], wish: dict[str, Any]) -> dict[str, Any]:
        completed: dict[str, Any] = self._server.handle_completions({"prompt": prompt, **wish})
        if "choices" not in completed:
            raise RuntimeError(f"llama.cpp did not answer: {completed}")
        return completed


def _threads() -> int:
    """Return the number of cores for this process, or OMP_NUM_THREADS where that is less, as torch does.

    llama.cpp's threads spin while they wait for each other, so more threads than free cores are many times slower.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, max(1, int(wanted))) if wanted.isdigit() else cores
