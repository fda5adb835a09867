"""The state of a download."""

from dataclasses import dataclass
from typing import Literal


@dataclass
class Download:
    """A running or stopped download; sizes in bytes."""

    source: str
    revision: str
    done: int = 0
    total: int = 0
    speed: float = 0.0
    remaining: float | None = None
    state: Literal["working", "paused", "failed"] = "working"
    problem: str = ""
    wanted: bool = True
    """Whether the project should use the model once it is downloaded."""
