"""The Python that the engine runs in, and the commands that start it."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from engine.api.errors import LayerSwarmError
from engine.api.interpreter import child_environment, is_frozen, own_python, paths
from engine.api.message import Message, joined, worded
from engine.environment.own_code import code_folder
from engine.environment.parts import pins_digest, version_faults
from engine.environment.record import Choice, Record, python_in, read_choice, read_record

_NEEDED_HERE = ("torch", "transformers", "peft", "accelerate", "safetensors", "huggingface_hub")
SET_UP = "layerswarm engine setup"


class EngineMissing(LayerSwarmError):
    """There is no engine yet, or it cannot be used."""


@dataclass(frozen=True)
class EngineProgram:
    """An interpreter that has what the engine needs."""

    python: Path
    code: Path | None
    """Folder with the engine's code; None for this interpreter, which finds it by itself."""

    def command(self, module: str, *arguments: str) -> list[str]:
        """Return the command that runs a module; use it with ``environment``."""
        return [str(self.python), "-m", module, *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of its processes; see ``child_environment``."""
        if self.code is None:
            return child_environment(**more)
        variables = child_environment(**more)
        return {**variables, "PYTHONPATH": paths(str(self.code), variables["PYTHONPATH"])}


@dataclass(frozen=True)
class EngineState:
    """Where the engine is, and whether it can be used."""

    choice: Choice
    is_here: bool = False
    """Whether the Python that LayerSwarm runs in has the engine itself."""
    record: Record | None = None
    """The record of the environment, where LayerSwarm has made it."""
    problem: Message | None = None
    """Why it cannot be used; None if it can."""

    @property
    def is_outdated(self) -> bool:
        """Whether it was made with other versions of packages than LayerSwarm is tested with now."""
        return self.record is not None and self.record.pins != pins_digest()

    @property
    def python(self) -> Path | None:
        """The interpreter; None where there is none."""
        if self.is_here:
            return own_python()
        if self.choice.python:
            return Path(self.choice.python)
        return python_in(Path(self.choice.place) / self.record.folder) if self.record is not None else None


def has_engine_here() -> bool:
    """Return whether the Python that LayerSwarm runs in has what the engine needs."""
    return not is_frozen() and all(importlib.util.find_spec(name) is not None for name in _NEEDED_HERE)


def engine_state() -> EngineState:
    """Return where the engine is; nothing is started for it."""
    if has_engine_here():
        return EngineState(Choice(), is_here=True)
    choice = read_choice()
    if choice.python:
        state = EngineState(choice)
        exists = Path(choice.python).is_file()
        return state if exists else EngineState(choice, problem=worded("There is no Python at {0}.", choice.python))
    if not choice.place:
        return EngineState(choice, problem=worded("The engine is not set up yet."))
    record = read_record(Path(choice.place))
    if record is None:
        return EngineState(choice, problem=worded("There is no whole environment in {0}.", choice.place))
    state = EngineState(choice, record=record)
    if state.python is None or not state.python.is_file():
        return EngineState(choice, record=record, problem=worded("The environment in {0} is gone.", choice.place))
    if faults := version_faults(record.packages, record.parts):
        words = worded("The engine must be updated: {0}.", joined(*faults, between=", "))
        return EngineState(choice, record=record, problem=words)
    return state


def engine_program() -> EngineProgram:
    """Return the program that runs the engine.

    Raises:
        EngineMissing: There is none that can be used.
    """
    state = engine_state()
    if state.problem is not None or state.python is None:
        advice = worded("Set it up with '{0}', or in the window.", SET_UP)
        raise EngineMissing(joined(state.problem or worded("The engine is not set up yet."), advice))
    return EngineProgram(state.python, None if state.is_here else code_folder())
