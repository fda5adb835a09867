"""Print on the terminal."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from engine.api.safe_text import LONGEST, safe_json, safe_line, safe_text
from engine.results.figures import MINUS, NARROW_SPACE

_TYPESET = str.maketrans({NARROW_SPACE: " ", MINUS: "-"})
_POWER = re.compile(" × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def plain_console(stderr: bool = False) -> Console:
    """Return a console that prints text verbatim: rich would read ``[x]`` in a name as markup and ``:cat:`` as emoji.

    Characters that the terminal would obey are replaced. Text that is to be bold or dim is given a style, or is a
    ``Text``.
    """
    return _SafeConsole(stderr=stderr, markup=False, emoji=False, highlight=False)


class _SafeConsole(Console):
    """Replaces in all text, however it is laid out, what a terminal would obey; rich's own control codes pass."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a string as a text; replaced here too, so that its width is that of what is printed."""
        return super().render_str(safe_text(text), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the pieces of whatever is printed."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(safe_text(piece.text), piece.style)


def in_line(text: str) -> str:
    """Return a sentence as one line: the name of a file may hold line breaks."""
    return safe_line(text, LONGEST)


def print_json(value: object) -> None:
    """Print JSON on standard output, with escapes for characters that a terminal would obey."""
    print(safe_json(json.dumps(value, indent=2, ensure_ascii=False)))


def plain(text: str) -> str:
    """Return a figure in characters that every terminal has and that can be searched for: ``-13.2 %``, ``2.4e-6``."""
    text = _POWER.sub(lambda found: f"e{found[1].translate(_SUPERSCRIPTS)}", text)
    return text.translate(_TYPESET)


def print_pairs(console: Console, pairs: Sequence[tuple[str, str]]) -> None:
    """Print label and value on a line; the terminal wraps a long value, so that a path can be copied."""
    width = max((len(label) for label, _ in pairs), default=0)
    for label, value in pairs:
        console.print(in_line(f"{label:{width}}   {value}"), soft_wrap=True)
