"""Word the errors of reading and writing projects."""

from PySide6.QtCore import QCoreApplication

from engine.api.errors import LayerSwarmError


def words_for(error: Exception) -> str:
    """Return one sentence about an error."""
    if isinstance(error, LayerSwarmError):
        return str(error)
    reason = getattr(error, "strerror", None) or error
    return QCoreApplication.translate("Session", "The project cannot be read or written: {0}.").format(reason)
