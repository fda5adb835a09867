"""Run the engine's worker against a local Hub: send commands and collect events."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from safetensors.numpy import save_file

from engine.api.commands import Command, StopMode, StopRun, encode_command
from engine.api.events import Event, RunFinished, decode_event
from tests.engine.sources.local_hub import LocalHub, hub_environment
from tests.warm_process import WarmPopen

E = TypeVar("E", bound=Event)
_WITHOUT_BACK_OFF = "import tests.engine.sources.without_back_off; from engine.worker import main; main()"
"""The engine's worker, with a Hub library that tries again at once."""
_PRELOADED = ("engine.worker", "engine.api.hub_events", "httpx2", "filelock", "tqdm", "yaml", "asyncio")
"""Not the Hub's library, which reads the environment when it is imported."""


def put_model(hub: LocalHub, repo: str, megabytes: float = 3.0, **card: Any) -> Path:
    """Add a repository with random weights of ``megabytes`` (10^6 bytes)."""
    folder = hub.root / repo
    folder.mkdir(parents=True)
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "num_hidden_layers": 4}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n")
    noise = np.random.default_rng(0).integers(0, 256, round(1e6 * megabytes), dtype=np.uint8)
    save_file({"noise": noise}, folder / "model.safetensors")
    (folder / ".hub.json").write_text(json.dumps(card))
    return folder


class HubWorker:
    """Starts a worker for each job, in the environment of a local Hub."""

    def __init__(self, hub: LocalHub, tmp_path: Path) -> None:
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("HF_", "LAYERSWARM_"))
        } | hub_environment(hub, tmp_path)
        self.cache = tmp_path / "hf" / "hub"

    def start(self, command: Command) -> WarmPopen:
        """Start a worker and send it ``command``."""
        worker = WarmPopen(
            [sys.executable, "-c", _WITHOUT_BACK_OFF],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment,
            preloaded=_PRELOADED,
        )
        assert worker.stdin is not None
        worker.stdin.write(encode_command(command) + b"\n")
        worker.stdin.flush()
        return worker

    def answers(self, command: Command) -> list[Event]:
        """Return all events of a worker until the end of the job."""
        worker = self.start(command)
        try:
            return list(events_of(worker))
        finally:
            end(worker)

    def partials(self) -> list[Path]:
        """Return the unfinished files in the cache."""
        return sorted(self.cache.rglob("*.incomplete"))


def events_of(worker: WarmPopen) -> Iterator[Event]:
    """Yield the events of a worker as it emits them."""
    assert worker.stdout is not None
    for line in worker.stdout:
        yield decode_event(line)


def stop(worker: WarmPopen, mode: StopMode) -> None:
    """Send a stop command to a worker."""
    assert worker.stdin is not None
    worker.stdin.write(encode_command(StopRun(mode=mode)) + b"\n")
    worker.stdin.flush()


def end(worker: WarmPopen) -> None:
    """Kill the worker and close its pipes."""
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        assert pipe is not None
        pipe.close()


def only(kind: type[E], events: list[Event]) -> E:
    """Return the only event of a kind."""
    (event,) = [event for event in events if isinstance(event, kind)]
    return event


def ending(events: list[Event]) -> RunFinished:
    """Return the event that ended the job."""
    return only(RunFinished, events)
