"""Word the errors of reading and writing projects."""

from engine.api.errors import LayerSwarmError
from gui.words.translation import translate


def words_for(error: Exception) -> str:
    """Return one sentence about an error."""
    if isinstance(error, LayerSwarmError):
        return str(error)
    reason = getattr(error, "strerror", None) or error
    return translate("Session", "The project cannot be read or written: {0}.").format(reason)
