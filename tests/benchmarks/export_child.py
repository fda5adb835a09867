"""Export a model without some layers and print what each step took: ``python -m tests.benchmarks.export_child``."""

import json
import sys
import time

import msgspec

from engine.api.commands import PruneModel
from engine.api.control import Control
from engine.api.event import Event
from engine.api.events import ExportVerified, RunFinished, StageProgressed
from engine.pipeline.start import perform
from tests.benchmarks.streaming_child import PeakMemory


class Steps:
    """Adds up the seconds of each step by its message."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.checks: dict[str, bool] = {}
        self.ending = ""
        self._step, self._since = "Starting", time.perf_counter()

    def __call__(self, event: Event) -> None:
        match event:
            case StageProgressed():
                self._enter(event.message)
            case ExportVerified():
                self.checks[event.check] = event.passed
            case RunFinished():
                self._enter("")
                self.ending = event.message

    def _enter(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[self._step] = self.seconds.get(self._step, 0.0) + now - self._since
        self._step, self._since = step, now


def exported(source: str, removed: tuple[int, ...], target: str) -> Steps:
    """Export and verify, and return the steps."""
    steps = Steps()
    perform(PruneModel(source=source, removed=removed, folder=target, formats=("safetensors",)), steps, Control())
    return steps


def main() -> None:
    """Export and print."""
    peak = PeakMemory()
    peak.start()
    source, removed, target = sys.argv[1:]
    steps = exported(source, msgspec.json.decode(removed, type=tuple[int, ...]), target)
    figures = {"seconds": steps.seconds, "checks": steps.checks, "ending": steps.ending}
    print(json.dumps({**figures, "peak": 1000 * peak.kilobytes}))


if __name__ == "__main__":
    main()
