"""Fuzz with atheris, which keeps the inputs that reach new code: ``python -m tests.fuzzing`` uses it where installed.

Atheris takes over the process, so each reader is fuzzed in one of its own.
"""

import argparse
import logging
import random
import subprocess
import sys
import tempfile
from pathlib import Path

_OFTEN = 100
"""Inputs after which the figures are written."""


def main() -> None:
    """Fuzz all readers for the given time, each for its share, or one in this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--here", type=Path, help="Fuzz the reader of --only in this process; a file for its figures.")
    given = parser.parse_args()
    if given.here:
        _fuzz(given.only, given.minutes * 60, given.seed, given.here)
        return
    from tests.fuzzing.readers import READERS

    names = [given.only] if given.only else list(READERS)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(names):
            figures = Path(folder) / str(number)
            words = ["--only", name, "--here", str(figures), "--minutes", str(given.minutes / len(names))]
            command = [sys.executable, "-m", "tests.fuzzing.guided", *words, "--seed", str(given.seed)]
            done = subprocess.run(command, check=False, stderr=subprocess.PIPE)
            faults += done.returncode != 0
            print(figures.read_text() if figures.exists() else f"{name}: no input was read", flush=True)
            if done.returncode:
                print(f"{name}: ended with {done.returncode}", done.stderr.decode(errors="replace")[-3000:], flush=True)
    sys.exit(min(faults, 1))


def _fuzz(name: str, seconds: float, seed: int, kept: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["engine"]):
        from tests.fuzzing.__main__ import Figures, try_one
        from tests.fuzzing.mutations import damaged
        from tests.fuzzing.readers import READERS

    logging.disable(logging.CRITICAL)
    figures, reader = Figures(), READERS[name]
    place = tempfile.TemporaryDirectory()
    folder, corpus = Path(place.name) / "file", Path(place.name) / "corpus"
    folder.mkdir()
    corpus.mkdir()
    for number, content in enumerate(reader.seeds):
        (corpus / str(number)).write_bytes(content)

    def mutated(content: bytes, most: int, number: int) -> bytes:
        """Alternate between our own damage, which knows JSON, and that of libFuzzer."""
        draw = random.Random(number)
        return damaged(content, draw)[:most] if number % 2 else bytes(atheris.Mutate(content, most))

    def read(content: bytes) -> None:
        try_one(name, bytes(content), folder, figures)
        if figures.inputs % _OFTEN == 0:  # libFuzzer ends the process without a chance to do so later
            kept.write_text(figures.words(name))

    options = [f"-max_total_time={round(seconds)}", f"-seed={seed}", "-max_len=20000", "-timeout=60", "-verbosity=0"]
    atheris.Setup(
        [sys.argv[0], *options, "-rss_limit_mb=3000", str(corpus)],
        read,
        custom_mutator=mutated,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
