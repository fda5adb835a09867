"""Work on the engine's environment as the window and the command do it: started with ``run``, ended with ``stop``."""

import shutil
from pathlib import Path
from typing import Protocol

from engine.api.errors import LayerSwarmError
from engine.api.locations import config_folder, usual_cache_folder
from engine.api.message import Message, worded
from engine.environment.inspection import Process, check_packages, inspect_python, self_test
from engine.environment.own_code import code_folder, remove_empty, remove_other_copies
from engine.environment.program import EngineProgram
from engine.environment.progress import Progress, Report
from engine.environment.record import Choice, default_place, forget_choice, python_of, read_choice, write_choice
from engine.environment.setting_up import remove_environment
from engine.environment.uv_process import STOPPED, Interrupted


class Work(Protocol):
    """Something that takes a while."""

    def run(self) -> Message:
        """Do it, and return a sentence on what was done.

        Raises:
            Interrupted: ``stop`` was called.
            LayerSwarmError: It cannot be done; the sentence holds what to do.
        """

    def stop(self) -> None:
        """Stop soon; called from another thread."""


class UseEnvironment:
    """Check an environment that the person has, and choose it. Nothing is installed into it.

    Args:
        given: Its folder, or its Python.
        report: Receives the progress, in the thread of ``run``.
    """

    def __init__(self, given: str, report: Report) -> None:
        self._python = python_of(given)
        self._report = report
        self._testing: Process | None = None
        self._stopped = False

    def run(self) -> Message:
        """Check, test and choose it; see ``Work``."""
        self._report(Progress("packages", worded("Looking at its packages")))
        check_packages(inspect_python(self._python), self._python)
        self._report(Progress("test", worded("Testing the engine")))
        try:
            found = self_test(EngineProgram(self._python, code_folder()), self._watch)
        except LayerSwarmError:
            if self._stopped:
                raise Interrupted(STOPPED) from None
            raise
        write_choice(Choice(python=str(self._python)))
        return worded("The engine runs in {0}: {1}.", self._python, found)

    def stop(self) -> None:
        """End the test."""
        self._stopped = True
        if self._testing is not None:
            self._testing.terminate()

    def _watch(self, process: Process) -> None:
        self._testing = process
        if self._stopped:
            process.terminate()


class RemoveEnvironment:
    """Remove what LayerSwarm has made, or choose an own environment no longer.

    Args:
        everything: Whether to remove caches, preferences and presets too: all that is no project and no export.
    """

    def __init__(self, everything: bool = False) -> None:
        self._everything = everything

    def run(self) -> Message:
        """Remove it; see ``Work``."""
        choice = read_choice()
        for place in {Path(choice.place) if choice.place else default_place(), default_place()}:
            remove_environment(place)  # also what a setup that has never ended well has left
        forget_choice()
        remove_other_copies()
        remove_empty(default_place().parent)
        if self._everything:
            shutil.rmtree(config_folder(), ignore_errors=True)
            shutil.rmtree(usual_cache_folder(), ignore_errors=True)
            return worded("What LayerSwarm kept for you is removed; your projects, exports and models stay.")
        if choice.place:
            return worded("The engine in {0} is removed.", choice.place)
        return worded("No environment is chosen now.")

    def stop(self) -> None:
        """Do nothing: what is half removed is never used, and the rest goes with the next setup."""
