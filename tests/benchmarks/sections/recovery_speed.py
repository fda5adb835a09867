"""Pace of LoRA training against the plain way: adapters from the embedding upward, a dense forward at every step,
whole logits of both models.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import torch
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax
from transformers import PreTrainedModel

from engine.api.events import RemovalSet
from engine.api.settings import RecoverySettings
from engine.models.surgery import pruned_view
from engine.recovery.adapters import Adapters
from engine.recovery.optimisation import Optimisation
from engine.recovery.targets import adapter_targets
from engine.recovery.team import Team
from tests.benchmarks.recovery_training import base_settings, recover, training_windows
from tests.benchmarks.section import Bench, Content, Section, Tables

PLAIN_STEPS, QUICK_STEPS = 6, 2


def measure(bench: Bench) -> Iterator[Content]:
    """Yield tokens per second: the plain way and ours in float32, ours in bfloat16."""
    subject, base = bench.subject, base_settings(bench)
    steps = QUICK_STEPS if bench.quick else PLAIN_STEPS
    settings = msgspec.structs.replace(base, windows=base.batch_windows * steps, steps=2 * steps)
    windows = training_windows(subject, "self", settings.windows)
    plain = statistics.median(plain_paces(subject.load(), subject.removed, windows.learnt, settings))
    rows = [{"how": "plain, float32", "tokens/s": round(plain), "ratio": 1.0}]
    for dtype in (torch.float32, torch.bfloat16):
        with tempfile.TemporaryDirectory() as folder:
            recording = recover(subject, subject.load(dtype), "self", settings, Path(folder))
        pace = statistics.median(recording.paces[steps:])
        name = f"ours from the second epoch on, {str(dtype).removeprefix('torch.')}"
        rows.append({"how": name, "tokens/s": round(pace), "ratio": round(pace / plain, 2)})
    yield {"removed": subject.removed, "part": "speed", "rows": rows}


def plain_paces(
    model: PreTrainedModel, removed: RemovalSet, windows: Tensor, settings: RecoverySettings
) -> Iterator[float]:
    """Yield tokens per second of each step of a straightforward implementation.

    Args:
        model: The dense model.
        removed: Layers that the student lacks.
        windows: Windows to learn from [windows, length].
        settings: Settings of the adapters and the optimiser.
    """
    view = pruned_view(model, removed)
    with Adapters(view, adapter_targets(view, "all", 0), settings) as adapters:
        optimisation = Optimisation(adapters.parameters(), settings, Team(cpu=True), model.dtype)
        for tokens in windows.split(settings.batch_windows):
            started = time.perf_counter()
            with torch.no_grad(), adapters.disabled():
                teacher = log_softmax(model(input_ids=tokens, use_cache=False).logits.float(), -1)
            student = log_softmax(view(input_ids=tokens, use_cache=False).logits.float(), -1)
            loss = kl_div(student, teacher, reduction="none", log_target=True).sum() / tokens.numel()
            optimisation.clear()
            optimisation.backward(loss)
            optimisation.step(loss.detach())
            yield tokens.numel() / (time.perf_counter() - started)


def tables(content: Content) -> Tables:
    """Return the paces."""
    return [content["rows"]]


SECTION = Section(measure, tables)
