"""Translate the window with Qt Linguist's files, ``resources/translations``.

``make translations`` collects the sentences (lupdate) and compiles the translations (lrelease). English has a file too,
for its plural forms.
"""

from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.results.figures import POINT
from gui.look.theme import RESOURCES

LanguageChoice = Literal["system", "en", "de"]
TRANSLATED = ("de",)


def tr(text: str, comment: str = "", number: int = -1) -> str:
    """Return a sentence in the window's language, outside of classes; lupdate reads those within by ``self.tr``.

    Args:
        text: The sentence in English, a literal. ``%n`` stands for a number.
        comment: A hint for translators.
        number: The number, which chooses among plural forms.
    """
    return QCoreApplication.translate("", text, comment, number)


def engine_text(text: str) -> str:
    """Return a sentence of the engine's records and results in the window's language, or its decimal point."""
    return QLocale().decimalPoint() if text == POINT else QCoreApplication.translate("engine", text)


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


def install_translators(application: QCoreApplication, choice: LanguageChoice) -> list[QTranslator]:
    """Translate everything that is created from now on, and write numbers and dates as the language does.

    Returns:
        The installed translators, Qt's own included, which the application owns; remove them before it ends.
    """
    language = language_of(choice)
    QLocale.setDefault(locale_of(language))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    files = {f"layerswarm_{language}": str(RESOURCES / "translations"), f"qtbase_{language}": qt}
    installed = []
    for name, folder in files.items():
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed
