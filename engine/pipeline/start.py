"""Start a job on a model or a project: only then are the model libraries imported, which takes seconds."""

import gc
import sys

from engine.api.commands import AnyCommand
from engine.api.control import Control
from engine.api.events import Emit


def perform(command: AnyCommand, emit: Emit, control: Control) -> int:
    """Import the jobs, do one as ``engine.pipeline.jobs.perform`` does, and return the exit code.

    The import creates half a million objects that stay, so no garbage is looked for among them, then or later: that
    would take a fifth of the time.

    Raises:
        ImportError: A library is missing or broken.
    """
    is_first = "engine.pipeline.jobs" not in sys.modules
    if is_first:
        gc.disable()
    try:
        from engine.pipeline import jobs
    finally:
        if is_first:
            gc.freeze()
            gc.enable()
    return jobs.perform(command, emit, control)
