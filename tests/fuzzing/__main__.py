"""Fuzz the readers for long: ``python -m tests.fuzzing --minutes 20``.

With the package ``atheris`` installed the inputs are led by the code that they reach, otherwise they are seeded damage.
Prints how many inputs each reader got, how many it refused, and its slowest answer; ends at the first fault, with the
file that caused it.
"""

import argparse
import importlib.util
import itertools
import logging
import random
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.fuzzing.mutations import damaged
from tests.fuzzing.readers import READERS


@dataclass
class Figures:
    """What happened to the inputs of one reader."""

    inputs: int = 0
    refused: int = 0
    slowest: float = 0.0

    def words(self, name: str) -> str:
        """Return the figures as a line."""
        refused = f"{self.refused:,} refused in a sentence"
        return f"{name}: {self.inputs:,} inputs, {refused}, slowest {self.slowest:.2f} s"


def main() -> None:
    """Fuzz all readers for the given time, each for its share."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=READERS)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    names = [given.only] if given.only else list(READERS)
    for name in names:
        seconds = given.minutes * 60 / len(names)
        with tempfile.TemporaryDirectory() as folder:
            figures = _fuzz(name, seconds, given.seed, Path(folder))
        print(figures.words(name), flush=True)


def _fuzz(name: str, seconds: float, seed: int, folder: Path) -> Figures:
    figures, end, reader = Figures(), time.monotonic() + seconds, READERS[name]
    for number in itertools.count():
        if time.monotonic() > end:
            return figures
        draw = random.Random(f"{seed}/{number}")
        try_one(name, damaged(draw.choice(reader.seeds), draw), folder, figures)
    raise AssertionError


def try_one(name: str, content: bytes, folder: Path, figures: Figures) -> None:
    """Read one input and count the answer; end the program at a fault."""
    started = time.monotonic()
    try:
        refusal = READERS[name].answers(content, folder)
    except Exception:
        kept = Path.cwd() / f"fault-{name.replace(' ', '-')}"
        kept.write_bytes(content)
        traceback.print_exc()
        sys.exit(f"{name}: the input in {kept} is neither read nor refused in a sentence.")
    figures.inputs += 1
    figures.refused += bool(refusal)
    figures.slowest = max(figures.slowest, time.monotonic() - started)


if __name__ == "__main__":
    if importlib.util.find_spec("atheris") is not None:
        from tests.fuzzing import guided

        guided.main()
    else:
        main()
