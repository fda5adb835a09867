"""Stand-in for the engine that emits the events of a long run at a steady rate, run as a child process.

Usage: flood.py --iterations N --rate EVENTS_PER_SECOND
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from engine.api import events
from engine.api.settings import Settings
from tests.benchmarks.window.journals import long_run


def main() -> None:
    """Read the command, then emit; the event after a late one follows at once, so that the rate holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--iterations", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True)
    arguments = parser.parse_args()
    sys.stdin.buffer.readline()
    begun = time.monotonic()
    for place, event in enumerate(long_run(Settings(), "0001-pso", arguments.iterations)):
        os.write(1, events.encode_event(event) + b"\n")
        time.sleep(max(begun + (place + 1) / arguments.rate - time.monotonic(), 0.0))
    os.write(1, events.encode_event(events.RunFinished(outcome="finished", message="Done.")) + b"\n")


if __name__ == "__main__":
    main()
