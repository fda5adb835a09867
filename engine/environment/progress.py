"""Follow a setup by what uv prints: ``Downloading torch (175.2MiB)``, then `` Downloaded torch``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.api.message import Message, worded

Step = Literal["python", "packages", "test"]
_UNITS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_BEGUN = re.compile(r"\s*Downloading (?P<name>\S+) \((?P<size>[\d.]+)(?P<unit>[KMG]iB)\)")
_ENDED = re.compile(r"\s*Downloaded (?P<name>\S+)")
_PREPARED = re.compile(r"Prepared \d+ packages?")


@dataclass(frozen=True)
class Progress:
    """How far a setup is."""

    step: Step
    sentence: Message
    done: int = 0
    """Bytes that were downloaded."""
    total: int = 0
    """Bytes to download, as far as they are known; 0 where there are none or the size is not known."""


Report = Callable[[Progress], None]


class Downloads:
    """Turns lines of uv into progress."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._sizes: dict[str, int] = {}
        self._ended: set[str] = set()

    def follow(self, line: str) -> None:
        """Take in one line, and report if it changes anything."""
        if found := _BEGUN.match(line):
            self._sizes[found["name"]] = round(float(found["size"]) * _UNITS[found["unit"]])
            self._tell(worded("Downloading {0}", found["name"]))
        elif found := _ENDED.match(line):
            self._ended.add(found["name"])
            waiting = [name for name in self._sizes if name not in self._ended]
            largest = max(waiting, key=self._sizes.__getitem__, default="")
            self._tell(worded("Downloading {0}", largest) if largest else worded("Unpacking"))
        elif _PREPARED.match(line):
            self._ended = {*self._sizes}
            self._tell(worded("Putting the packages into place"))

    def _tell(self, sentence: Message) -> None:
        done = sum(size for name, size in self._sizes.items() if name in self._ended)
        self._report(Progress("packages", sentence, done, sum(self._sizes.values())))
