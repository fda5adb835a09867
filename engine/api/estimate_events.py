"""Events of the estimate before a run."""

from engine.api.event import Event


class EstimateMade(Event, frozen=True, kw_only=True):
    """Estimated needs of a run on one device."""

    device: str
    memory: dict[str, int]
    """Bytes by part; search and recovery do not need theirs at the same time."""
    memory_needed: int
    memory_free: int
    disk_needed: int
    disk_free: int
    seconds: dict[str, float]
    """Seconds by stage, with the evaluation's tasks and texts listed separately."""
    layers: int
    """Layers that the budget removes."""
    result_parameters: int
    result_bytes: int
    streamed_layers: int = 0
    """Layers that do not fit on the device and are fetched each time that they are applied."""
    streamed_bytes: int = 0
    """Bytes of these layers, which each iteration of the search reads once."""
    read_seconds: float = 0.0
    """Seconds to read them once."""
    plan: int = 0
    """Which plan of the command this is about: 0 for its settings, from 1 for the others in their order."""
    fits_with: tuple[str, ...] = ()
    """Settings of the recovery with which a plan that does not fit would, such as ``recovery.method=local``."""
    faster_with: tuple[str, ...] = ()
    """Settings of the recovery with which a plan that takes long would take less than half as long."""
    faster_seconds: float = 0.0
    """Seconds of the whole run with these."""
