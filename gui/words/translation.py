"""Translation of the window by a catalogue of whole sentences, ``resources/translations/de.json``."""

import json
from functools import cache
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from gui.look.theme import RESOURCES

LanguageChoice = Literal["system", "en", "de"]
TRANSLATED = ("de",)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the English sentences and their translations into ``language``."""
    path = RESOURCES / "translations" / f"{language}.json"
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return words


class CatalogueTranslator(QTranslator):
    """Answers Qt from a catalogue. A sentence has the same translation everywhere."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._words = catalogue(language)

    def isEmpty(self) -> bool:
        """Return whether the catalogue is empty."""
        return not self._words

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _number: int = -1) -> str | None:  # type: ignore[override]  # None: Qt asks the next one, or takes the source text
        """Return the translated sentence, or None."""
        return self._words.get(text)


def language_of(choice: LanguageChoice) -> str:
    """Return the language that a choice means on this computer."""
    if choice != "system":
        return choice
    wanted = QLocale.system().uiLanguages()
    return next((language for name in wanted for language in ("en", *TRANSLATED) if name.startswith(language)), "en")


def locale_of(language: str) -> QLocale:
    """Return the locale of a language: this computer's where it has that language, with its own habits."""
    system, wanted = QLocale.system(), QLocale(language)
    return system if system.language() == wanted.language() else wanted


def install_translator(application: QCoreApplication, choice: LanguageChoice) -> QTranslator | None:
    """Translate everything that is created from now on, and write numbers and dates as the language does.

    The caller must keep the returned translator alive.
    """
    language = language_of(choice)
    QLocale.setDefault(locale_of(language))
    if language not in TRANSLATED:
        return None
    translator = CatalogueTranslator(language)
    translator.setParent(application)
    application.installTranslator(translator)
    return translator
