"""The calibration stage: prepare the token windows on which candidates are compared."""

from engine.api.events import CalibrationPrepared
from engine.calibration.places import source_words
from engine.calibration.prepare import learnt_windows
from engine.pipeline.workspace import Workspace


def calibrate(workspace: Workspace) -> None:
    """Prepare or load the windows, but not those to learn from where the model writes them: they come after the search.

    Raises:
        BadInput: The text source cannot be used or is too short.
    """
    windows = workspace.windows
    workspace.emit(
        CalibrationPrepared(
            source=windows.source or source_words(workspace.settings.calibration),
            windows=len(windows.calibration),
            heldout_windows=len(windows.heldout),
            recovery_windows=learnt_windows(workspace.settings) if windows.awaits_learning else len(windows.recovery),
            window_length=windows.calibration.shape[1],
            digest=windows.digest,
            preview=windows.preview,
        )
    )
