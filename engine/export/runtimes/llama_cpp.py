"""GGUF files in llama.cpp, through the package ``xllamacpp`` (llama.cpp's server within a process)."""

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
        parameters.swa_full = True  # a longer prompt goes on where the last one ended
        parameters.warmup = False
        parameters.verbosity = -1
        parameters.cpuparams.n_threads = _threads()
        self._server = xllamacpp.Server(parameters)

    def answer(self, text: Text, top: int, plain: int) -> tuple[list[Likely], float]:
        """As ``Runtime.answer``.

        The server keeps tokens that are a part of a letter to itself, and what it expected with them. So it is made to
        say ``plain`` each time: that changes what it says, not what it tells of its expectations.
        """
        likely: list[Likely] = []
        for place in range(len(text.tokens)):
            wish = {"n_predict": 1, "temperature": 0.0, "n_probs": top, "logit_bias": [[plain, _CERTAIN]]}
            said = self._complete([*text.prompt, *text.tokens[:place]], wish)
            told = said["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
            likely.append([(int(each["id"]), float(each["logprob"])) for each in told])
        free = self._complete(text.prompt, {"n_predict": len(text.tokens), "temperature": 0.0, "ignore_eos": True})
        return likely, float(free["timings"]["predicted_per_token_ms"]) / 1e3

    def _complete(self, prompt: list[int], wish: dict[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = self._server.handle_completions({"prompt": prompt, **wish})
        if "choices" not in said:
            raise RuntimeError(f"llama.cpp did not answer: {said}")
        return said


def _threads() -> int:
    """As many as there are cores for this process, or fewer where OMP_NUM_THREADS says so, as for torch.

    llama.cpp's threads spin while they wait for each other: more of them than free cores take many times as long.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, max(1, int(wanted))) if wanted.isdigit() else cores
