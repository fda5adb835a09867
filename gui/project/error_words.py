"""Word the errors of reading and writing projects."""

from pathlib import Path

from engine.api.errors import LayerSwarmError
from gui.words.messages import message_words, system_reason
from gui.words.translation import tr


def words_for(error: Exception) -> str:
    """Return one sentence about an error."""
    sentence = tr("The project cannot be read or written: {0}.")
    return _own_words(error) or sentence.format(_reason(error))


def words_for_journal(journal: Path, error: Exception) -> str:
    """Return one sentence about an error while the journal of a run was read."""
    sentence = tr("The journal {0} cannot be read: {1}.")
    return _own_words(error) or sentence.format(journal, _reason(error))


def _own_words(error: Exception) -> str:
    return message_words(error.sentence) if isinstance(error, LayerSwarmError) else ""


def _reason(error: Exception) -> object:
    return system_reason(error) if isinstance(error, OSError) else error
