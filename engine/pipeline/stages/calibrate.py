"""Calibrate: the token windows on which everything is compared."""

from engine.api.events import CalibrationPrepared
from engine.pipeline.workspace import Workspace


def calibrate(workspace: Workspace) -> None:
    """Make or load the windows.

    Raises:
        BadInput: the text source cannot be used or is too short.
    """
    windows = workspace.windows
    workspace.emit(
        CalibrationPrepared(
            source=workspace.settings.calibration.source,
            windows=len(windows.calibration),
            heldout_windows=len(windows.heldout),
            recovery_windows=len(windows.recovery),
            window_length=windows.calibration.shape[1],
            digest=windows.digest,
            preview=windows.preview,
        )
    )
