"""What a setup is to make, and whether it can begin."""

from dataclasses import dataclass, field
from pathlib import Path

from engine.api.disk import free_disk
from engine.api.errors import BadInput
from engine.api.interpreter import own_python
from engine.api.message import worded
from engine.environment.builds import Build, fitting_build, offered_builds
from engine.environment.inspection import inspect_python
from engine.environment.machine import Machine
from engine.environment.parts import CHOSEN, PARTS, check_parts
from engine.environment.program import EngineState, has_engine_here
from engine.environment.record import default_place, foreign_name, read_record


@dataclass(frozen=True)
class Plan:
    """What to make."""

    build: Build
    parts: tuple[str, ...] = ()
    place: Path = field(default_factory=default_place)
    python: str = ""
    """The interpreter that the environment is made with; empty for a fitting one."""
    wheels: str = ""
    """Folder of wheels that everything is taken from; empty for the package index."""

    @property
    def download(self) -> int:
        """Bytes to download, about."""
        return self.build.download + sum(part.download for part in PARTS if part.key in self.parts)

    @property
    def disk(self) -> int:
        """Bytes that the environment takes, about."""
        return self.build.disk + sum(part.disk for part in PARTS if part.key in self.parts)


def plan_as_before(state: EngineState, machine: Machine) -> Plan:
    """Return the plan that makes an environment anew; the usual one where none was made.

    Args:
        state: Where the engine is now.
        machine: This computer, whose GPU may have changed.
    """
    fitting = fitting_build(machine).build
    place = Path(state.choice.place) if state.choice.place else default_place()
    if state.record is None:
        return Plan(build=fitting, parts=CHOSEN, place=place)
    offered = {build.key: build for build in offered_builds(machine)}
    wheels = state.record.wheels if Path(state.record.wheels).is_dir() else ""
    build = offered.get(state.record.build, fitting)
    return Plan(build=build, parts=state.record.parts, place=place, wheels=wheels)


def check_plan(plan: Plan) -> None:
    """Check what can be checked before anything is downloaded.

    Raises:
        BadInput: The place, the Python or the folder of wheels cannot be used, or the disk has too little room.
    """
    if has_engine_here():
        raise BadInput(worded("The Python of LayerSwarm, {0}, has the engine already.", own_python()))
    check_parts(plan.parts)
    if plan.python and Path(plan.python).is_absolute():
        inspect_python(Path(plan.python))
    if plan.wheels and not any(Path(plan.wheels).glob("*.whl")):
        raise BadInput(worded("There are no wheels (*.whl) in {0}; name the folder that holds them.", plan.wheels))
    if plan.place.exists() and not plan.place.is_dir():
        raise BadInput(worded("{0} is a file; choose a folder.", plan.place))
    if (other := foreign_name(plan.place)) and read_record(plan.place) is None:
        raise BadInput(worded("{0} holds other things, such as {1}; choose a new or empty folder.", plan.place, other))
    free = free_disk(plan.place)
    if free < plan.disk:
        raise BadInput(
            worded(
                "The engine needs about {0:.1f} GB, but {1} has {2:.1f} GB free; choose a folder on another disk.",
                plan.disk / 1e9,
                plan.place,
                free / 1e9,
            )
        )
