"""Measure how fast a model reads a prompt and generates, and its peak memory."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence

import psutil
import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.evaluation_events import SpeedMeasured, Spread, Variant
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.message import worded
from engine.evaluation.others_load import OthersLoad
from engine.models.cached_reading import CachedReading
from engine.models.progress import Report


def check_answer(settings: EvaluationSettings, context: int) -> None:
    """Check that the timed answer fits the model's context, before hours of work.

    Args:
        settings: The answer's length.
        context: Context length of the model; 0 where it is not known.

    Raises:
        BadInput: It does not fit with the shortest prompt.
    """
    if 0 < context <= settings.decode_tokens:
        raise BadInput(
            worded(
                "evaluation.decode_tokens is {0}, but the model takes {1} tokens including the prompt; lower it.",
                settings.decode_tokens,
                context,
            )
        )


def measure_speed(
    model: PreTrainedModel, variant: Variant, prompts: Tensor, decode_tokens: int, repeats: int, report: Report
) -> SpeedMeasured:
    """Time reading prompts and generating after each with the KV cache.

    The first round is a warm-up and not counted. Tokens of all rows are counted together.

    Args:
        model: In evaluation mode.
        variant: Which of the three it is.
        prompts: Token prompts [batch, length].
        decode_tokens: Tokens to generate after each prompt.
        repeats: Timed rounds.
        report: Called before each round. It may raise to stop.

    Raises:
        torch.OutOfMemoryError: The batch does not fit.
    """
    weights = sum(parameter.numel() * parameter.element_size() for parameter in model.parameters())
    prefill, decode = [], []
    load = OthersLoad()
    with PeakMemory(model.device) as peak:
        for repeat in range(repeats + 1):
            report(
                worded("Timing {0} x {1} tokens and the answer", len(prompts), prompts.shape[1]), repeat, repeats + 1
            )
            if repeat == 1:
                load.begin()
            read, written = _timed(model, prompts.to(model.device), decode_tokens)
            if repeat > 0:
                prefill.append(prompts.numel() / read)
                decode.append(len(prompts) * (decode_tokens - 1) / written)
    return SpeedMeasured(
        variant=variant,
        prompt_tokens=prompts.shape[1],
        batch_size=len(prompts),
        prefill=_spread(prefill),
        decode=_spread(decode),
        peak_memory=weights + peak.bytes,
        repeats=repeats,
        others_load=load.share(),
    )


def _spread(paces: Sequence[float]) -> Spread:
    return Spread(statistics.median(paces), min(paces), max(paces))


@torch.no_grad()
def _timed(model: PreTrainedModel, prompt: Tensor, decode_tokens: int) -> tuple[float, float]:
    """Return the seconds for the prompts [batch, length] and for all generated tokens after the first."""
    reading = CachedReading(model)
    start = _now(model.device)
    token = reading.next_logits(prompt).argmax(-1, keepdim=True)
    read = _now(model.device)
    for _ in range(decode_tokens - 1):
        token = reading.next_logits(token).argmax(-1, keepdim=True)
    return read - start, _now(model.device) - read


def _now(device: torch.device) -> float:
    if device.type != "cpu":
        torch.get_device_module(device).synchronize()
    return time.perf_counter()


class PeakMemory:
    """Measures the peak memory above that at the start: the allocator's count on a GPU, else the process's RSS.

    The process is sampled every few milliseconds, so a short peak may be missed, and memory that the allocator caches
    is counted. So is the allocator of a Mac's GPU, which keeps no peak.
    """

    _INTERVAL = 0.005

    def __init__(self, device: torch.device) -> None:
        self._device = device
        gpu = None if device.type == "cpu" else torch.get_device_module(device)
        self._gpu = gpu if hasattr(gpu, "max_memory_allocated") else None
        self._process = psutil.Process()
        self._sampled: Callable[[], int] = getattr(gpu, "current_allocated_memory", self._resident)
        self._over = threading.Event()
        self._start = self._peak = 0
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "PeakMemory":
        if self._gpu is not None:
            self._gpu.reset_peak_memory_stats(self._device)
            self._start = self._gpu.memory_allocated(self._device)
        else:
            self._start = self._peak = self._sampled()
            self._watch.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._gpu is not None:
            self._peak = self._gpu.max_memory_allocated(self._device)
        else:
            self._over.set()
            self._watch.join()

    @property
    def bytes(self) -> int:
        """Peak in bytes, after the measurement."""
        return max(self._peak - self._start, 0)

    def _resident(self) -> int:
        return int(self._process.memory_info().rss)

    def _look(self) -> None:
        while not self._over.wait(self._INTERVAL):
            self._peak = max(self._peak, self._sampled())
