"""The light and the dark theme: palettes with one accent colour, and the style sheet generated from them."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

ThemeChoice = Literal["system", "light", "dark"]
RESOURCES = Path(str(files("resources")))

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
_GENERIC_FAMILIES = ("", "sans", "sans serif", "sans-serif")
_PREFERRED_FAMILIES = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "DejaVu Sans")


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The colours of one scheme, as ``#rrggbb``."""

    name: Literal["light", "dark"]
    window: str
    surface: str
    sunken: str
    border: str
    strong_border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    kept: str
    protected: str
    series: str
    good: str
    bad: str
    warn: str


@cache
def load_theme(name: Literal["light", "dark"]) -> Theme:
    """Read one scheme from ``resources/theme``."""
    return msgspec.json.decode((RESOURCES / "theme" / f"{name}.json").read_bytes(), type=Theme)


def current_theme() -> Theme:
    """Return the scheme of the application's current palette, for widgets that paint themselves."""
    return load_theme("dark" if is_dark(QGuiApplication.palette()) else "light")


def is_dark(palette: QPalette) -> bool:
    """Return whether text on this palette's window is lighter than the window."""
    return (
        palette.color(QPalette.ColorRole.Window).lightness() < palette.color(QPalette.ColorRole.WindowText).lightness()
    )


def palette_of(theme: Theme) -> QPalette:
    """Return the Qt palette of a scheme."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.sunken,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.bad,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Accent: theme.accent,
        role.Light: theme.surface,
        role.Midlight: theme.border,
        role.Mid: theme.strong_border,
        role.Dark: theme.muted,
        role.Shadow: theme.sunken,
    }
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.muted))
    return palette


def style_sheet(theme: Theme) -> str:
    """Return the window's style sheet in the colours of ``theme``."""
    template = Template((RESOURCES / "theme" / "window.qss").read_text(encoding="utf-8"))
    return template.substitute(msgspec.structs.asdict(theme), icons=(RESOURCES / "icons").as_posix())


def application_font() -> QFont:
    """Return the desktop's font, or a good installed one if there is none, with digits of equal width."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if font.family().lower() in _GENERIC_FAMILIES or QGuiApplication.platformName() in ("offscreen", "xcb"):
        installed = set(QFontDatabase.families())
        family = next((name for name in _PREFERRED_FAMILIES if name in installed), font.family())
        font.setFamily(family)
    if font.pointSizeF() < 9.5:
        font.setPointSizeF(10)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class ThemeManager(QObject):
    """Applies the user's choice and follows the desktop when the choice is ``system``."""

    def __init__(self, application: QApplication, choice: ThemeChoice = "system") -> None:
        super().__init__()
        self._application = application
        self._desktop_is_dark = is_dark(application.palette())
        self._choice: ThemeChoice = choice
        application.setStyle("Fusion")
        application.setFont(application_font())
        application.styleHints().colorSchemeChanged.connect(self._follow_desktop)
        self.choose(choice)

    @property
    def choice(self) -> ThemeChoice:
        """The user's choice."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Apply a scheme, regardless of the platform's support for it."""
        self._choice = choice
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._apply()

    def _wanted(self) -> Theme:
        if self._choice != "system":
            return load_theme(self._choice)
        scheme = self._application.styleHints().colorScheme()
        dark = self._desktop_is_dark if scheme == Qt.ColorScheme.Unknown else scheme == Qt.ColorScheme.Dark
        return load_theme("dark" if dark else "light")

    def _apply(self) -> None:
        """Set the palette directly, because several platforms silently ignore ``setColorScheme``."""
        theme = self._wanted()
        self._application.setPalette(palette_of(theme))
        self._application.setStyleSheet(style_sheet(theme))

    @Slot()
    def _follow_desktop(self) -> None:
        if self._choice == "system":
            self._apply()
