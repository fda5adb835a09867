"""Word the engine's messages in the window's language."""

import re
import string
from typing import Any

from engine.api.message import Template, template_of
from engine.api.system_errors import system_words
from engine.results.figures import NARROW_SPACE
from gui.words.formatting import localised
from gui.words.translation import engine_text

_GLUE = re.compile(r"(\{\d+\}|[\s:;,.()])*")
"""Templates that only join others."""
_FIGURE = re.compile(r"[+\u2212-]?\d[\d\u202f]*(\.\d+)?([\u202f ]?(%|[kMGTP]?B|[kMBT]|s))?")
"""A figure that the engine has worded, such as ``64.4 GB``."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


class _Untranslated(Exception):
    """Raised where a part of a message has no translation."""


class _LocalFormatter(string.Formatter):
    """Fills gaps with numbers as the window's language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return the text that fills a gap."""
        text = str(super().format_field(value, format_spec))
        return localised(text) if isinstance(value, int | float) or _FIGURE.fullmatch(text) else text


def message_words(message: str, template: Template | None = None) -> str:
    """Return a sentence of the engine in the window's language; as it is where that has no translation.

    Args:
        message: The sentence in English.
        template: What it was made of, where an event carries that.
    """
    template = template or template_of(message)
    try:
        return message if template is None else _filled(template)
    except (_Untranslated, IndexError, KeyError, ValueError, AttributeError):
        # in English, or from a journal that is damaged or of another version
        return _THOUSANDS.sub(NARROW_SPACE, message)


def system_reason(error: OSError) -> str:
    """Return the system's reason for an error in the window's language, as part of a sentence."""
    return message_words(system_words(error))


def _filled(template: Template) -> str:
    """Return a template filled in the window's language.

    Templates come from journals, too, which may hold anything: none is filled that is not in the catalogue.
    """
    words = engine_text(template.text)
    if words == template.text and not _GLUE.fullmatch(words):
        raise _Untranslated
    filled = [_filled(each) if isinstance(each, Template) else each for each in template.values]
    return _LocalFormatter().vformat(words, filled, {})
