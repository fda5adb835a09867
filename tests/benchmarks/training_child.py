"""Train a job by its method and print what that took: ``python -m tests.benchmarks.training_child FOLDER``."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import torch

from engine.evaluation.speed import PeakMemory
from engine.models.loading import load_model
from engine.models.weight_files import TensorFile
from engine.recovery.local.distillation import distil
from engine.recovery.training import train
from engine.recovery.training_job import TrainingJob
from engine.recovery.training_request import TrainingRequest, TrainingWindows
from tests.benchmarks.recovery_training import Recording


def trained(job: TrainingJob, windows: TrainingWindows) -> dict[str, Any]:
    """Train on the CPU; return tokens, seconds, and the peak of the memory above that of the loaded model."""
    model, recording = load_model(Path(job.model), "cpu", getattr(torch, job.dtype)), Recording()
    request = TrainingRequest(job.removed, windows, job.settings, Path(job.folder), TensorFile(Path(job.folded)))
    work = distil if job.settings.method == "local" else train
    started, began = time.process_time(), time.perf_counter()
    with PeakMemory(torch.device("cpu")) as peak:
        result = work(model, request, recording, lambda: None)
    return {
        "tokens": recording.tokens,
        "cpu": time.process_time() - started,
        "seconds": time.perf_counter() - began,
        "peak": peak.bytes,
        "validation": result.validation_kl_after,
    }


def main() -> None:
    """Train and print."""
    torch.set_num_threads(1)
    print(json.dumps(trained(*TrainingJob.read(Path(sys.argv[1])))))


if __name__ == "__main__":
    main()
