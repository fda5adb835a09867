"""Calibrate: the token windows on which everything is compared."""

from engine.api.events import CalibrationPrepared
from engine.api.settings import CalibrationSettings
from engine.pipeline.workspace import Workspace


def calibrate(workspace: Workspace) -> None:
    """Make or load the windows.

    Raises:
        BadInput: the text source cannot be used or is too short.
    """
    windows = workspace.windows
    workspace.emit(
        CalibrationPrepared(
            source=_source(workspace.settings.calibration),
            windows=len(windows.calibration),
            heldout_windows=len(windows.heldout),
            recovery_windows=len(windows.recovery),
            window_length=windows.calibration.shape[1],
            digest=windows.digest,
            preview=windows.preview,
        )
    )


def _source(settings: CalibrationSettings) -> str:
    """Where the windows come from; a mix is spelled out."""
    return f"mix: {', '.join(settings.mix)}" if settings.source == "mix" else settings.source
