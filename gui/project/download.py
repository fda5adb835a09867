"""What the window knows of a download."""

from dataclasses import dataclass
from typing import Literal


@dataclass
class Download:
    """A download, at work or at rest; sizes in bytes."""

    source: str
    revision: str
    done: int = 0
    total: int = 0
    speed: float = 0.0
    remaining: float | None = None
    state: Literal["working", "paused", "failed"] = "working"
    problem: str = ""
    wanted: bool = True
    """Whether the project shall use the model once it is here."""
