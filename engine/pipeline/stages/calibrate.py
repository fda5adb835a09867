"""The calibration stage: prepare the token windows on which candidates are compared."""

from engine.api.events import CalibrationPrepared
from engine.calibration.places import source_words
from engine.pipeline.workspace import Workspace


def calibrate(workspace: Workspace) -> None:
    """Prepare or load the windows.

    Raises:
        BadInput: The text source cannot be used or is too short.
    """
    windows = workspace.windows
    workspace.emit(
        CalibrationPrepared(
            source=windows.source or source_words(workspace.settings.calibration),
            windows=len(windows.calibration),
            heldout_windows=len(windows.heldout),
            recovery_windows=len(windows.recovery),
            window_length=windows.calibration.shape[1],
            digest=windows.digest,
            preview=windows.preview,
        )
    )
