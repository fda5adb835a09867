"""Word the errors of reading and writing projects."""

from PySide6.QtCore import QCoreApplication

from engine.api.errors import LayerSwarmError
from gui.words.messages import message_words


def words_for(error: Exception) -> str:
    """Return one sentence about an error."""
    if isinstance(error, LayerSwarmError):
        return message_words(error.sentence)
    reason = getattr(error, "strerror", None) or error
    return QCoreApplication.translate("Session", "The project cannot be read or written: {0}.").format(reason)
