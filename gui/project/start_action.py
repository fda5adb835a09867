"""What Start does with a project, by the engine's own rule."""

from typing import Literal

from engine.api.events import Stage
from engine.api.project import result_settings
from engine.api.settings import Settings

LAST_STAGE: Stage = "evaluate"
"""The last stage of a run that the window starts; exporting is a separate step there."""
StartAction = Literal["start", "continue", "again"]


def start_action_of(latest: Settings | None, settings: Settings, complete: bool) -> StartAction:
    """Return whether a run is started, the latest one is continued, or it is repeated.

    Args:
        latest: The settings of the latest run; None if there is none.
        settings: The project's present settings.
        complete: Whether the latest run is complete.
    """
    if latest is None or result_settings(latest) != result_settings(settings):
        return "start"
    return "again" if complete else "continue"
