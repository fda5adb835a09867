"""Translate the window with Qt Linguist's files, ``resources/translations``.

``make translations`` collects the sentences (lupdate) and compiles the translations (lrelease). English has a file too,
for its plural forms.
"""

from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gui.look.theme import RESOURCES

LanguageChoice = Literal["system", "en", "de"]
TRANSLATED = ("de",)

translate = QCoreApplication.translate
"""Return a sentence in the window's language, by its context; ``QObject.tr`` does it by the name of the class."""


def engine_text(text: str) -> str:
    """Return a sentence of the engine's records and results in the window's language."""
    return translate("engine", text)


def language_of(choice: LanguageChoice) -> str:
    """Return the language that a choice means on this computer."""
    if choice != "system":
        return choice
    wanted = QLocale.system().uiLanguages()
    return next((language for name in wanted for language in ("en", *TRANSLATED) if name.startswith(language)), "en")


def install_translators(application: QCoreApplication, choice: LanguageChoice) -> list[QTranslator]:
    """Translate everything that is created from now on, the buttons and dialogs of Qt included.

    Returns:
        The installed translators, owned by the application; remove them before it ends.
    """
    language = language_of(choice)
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    files = {f"layerswarm_{language}": str(RESOURCES / "translations"), f"qtbase_{language}": qt}
    installed = []
    for name, folder in files.items():
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed
