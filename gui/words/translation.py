"""The window in another language: a catalogue of whole sentences, ``resources/translations/de.json``."""

import json
from functools import cache
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from gui.look.theme import RESOURCES

LanguageChoice = Literal["system", "en", "de"]
TRANSLATED = ("de",)


@cache
def catalogue(language: str) -> dict[str, str]:
    """English sentences and what they are in ``language``."""
    path = RESOURCES / "translations" / f"{language}.json"
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return words


class CatalogueTranslator(QTranslator):
    """Answers Qt from a catalogue. One sentence has one translation, wherever it stands."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._words = catalogue(language)

    def isEmpty(self) -> bool:
        """It holds something."""
        return not self._words

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _number: int = -1) -> str | None:  # type: ignore[override]  # None: Qt asks the next one, or takes the source text
        """The sentence in the language, or None."""
        return self._words.get(text)


def language_of(choice: LanguageChoice) -> str:
    """The language that a choice means on this computer."""
    if choice != "system":
        return choice
    wanted = QLocale.system().uiLanguages()
    return next((language for name in wanted for language in ("en", *TRANSLATED) if name.startswith(language)), "en")


def install_translator(application: QCoreApplication, choice: LanguageChoice) -> QTranslator | None:
    """Have everything that is made from now on said in the chosen language. The caller keeps the answer alive."""
    language = language_of(choice)
    if language not in TRANSLATED:
        return None
    translator = CatalogueTranslator(language)
    translator.setParent(application)
    application.installTranslator(translator)
    return translator
