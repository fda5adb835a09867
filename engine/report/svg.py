"""Draw plots as inline SVG: axes, lines, points and bars, coloured by classes of the page's style sheet."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.api.safe_text import safe_text
from engine.report.thinning import lowest, thinned
from engine.results.figures import typeset

WIDTH, HEIGHT = 720.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 14.0, 12.0, 40.0
_MOST_POINTS, _MOST_DOTS = 2000, 300
Point = tuple[float, float]


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Return about ``wanted`` round numbers from ``low`` to ``high``, 1, 2 or 5 times a power of ten apart."""
    if not high > low:
        return [low]
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((1, 2, 5, 10), key=lambda each: abs(math.log(each * power / rough))) * power
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def tick_text(value: float) -> str:
    """Return the label of a tick, without needless zeros."""
    return typeset(f"{value:,.6g}" if abs(value) < 1e6 else f"{value:.3g}")


def escaped(words: str) -> str:
    """Return text for a drawing, without characters that a browser reads as markup or obeys."""
    return html.escape(safe_text(words))


def text(x: float, y: float, words: str, anchor: str = "middle", kind: str = "tick") -> str:
    """Return a text element."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escaped(words)}</text>'


def rectangle(x: float, y: float, width: float, height: float, kind: str, hint: str = "") -> str:
    """Return a filled rectangle with a tooltip."""
    inner = f"<title>{escaped(hint)}</title>" if hint else ""
    box = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{max(height, 0.0):.2f}"'
    return f'<rect class="{kind}" {box} rx="1.5">{inner}</rect>'


def drawing(name: str, parts: Sequence[str], height: float = HEIGHT) -> str:
    """Return a complete picture with a label for screen readers."""
    head = f'<svg role="img" aria-label="{escaped(name)}" viewBox="0 0 {WIDTH:.0f} {height:.0f}">'
    return "\n".join((head, *parts, "</svg>"))


def standing_alone(picture: str, style: str) -> str:
    """Return a drawing as a stand-alone file with its size and style sheet."""
    _, _, width, height = picture.partition('viewBox="')[2].partition('"')[0].split()
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    return picture.replace("<svg ", head, 1).replace(">", f">\n<style>{style}</style>", 1)


@dataclass
class Plot:
    """Maps data coordinates onto a drawing of ``WIDTH`` by ``HEIGHT``."""

    x_range: Point
    y_range: Point
    x_label: str
    y_label: str
    parts: list[str] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Return the horizontal position of a value."""
        low, high = self.x_range
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return the vertical position of a value."""
        low, high = self.y_range
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def axes(self, x_ticks: Sequence[float]) -> None:
        """Draw both axes with their labels, and a grid line at each vertical tick."""
        for value in ticks(*self.y_range):
            y = self.y(value)
            self.parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            self.parts.append(text(LEFT - 7, y + 3.5, tick_text(value), "end"))
        floor = HEIGHT - BOTTOM
        self.parts.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{floor}" y2="{floor}"/>')
        self.parts += [text(self.x(value), floor + 15, tick_text(value)) for value in x_ticks]
        self.parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, self.x_label, kind="label"))
        middle = (TOP + floor) / 2
        self.parts.append(
            f'<g transform="rotate(-90 12 {middle:.1f})">{text(12, middle, self.y_label, kind="label")}</g>'
        )

    def line(self, points: Sequence[Point], kind: str) -> None:
        """Draw a line through points, interrupted at points that are not finite or lie above the plot.

        Of more points than the drawing can show, the peaks are drawn.
        """
        stretch: list[str] = []
        for x, y in [*thinned(points, _MOST_POINTS), (math.nan, math.nan)]:
            if math.isfinite(y) and y <= self.y_range[1]:
                stretch.append(f"{self.x(x):.1f},{self.y(y):.1f}")
                continue
            if len(stretch) > 1:
                self.parts.append(f'<polyline class="line {kind}" points="{" ".join(stretch)}"/>')
            stretch = []

    def dots(self, points: Sequence[Point], kind: str, words: str) -> None:
        """Draw a dot for each point, with its value as a tooltip; of very many points, for the lowest ones."""
        for x, y in lowest(points, _MOST_DOTS):
            if math.isfinite(y) and y <= self.y_range[1]:
                hint = escaped(f"{self.x_label} {tick_text(x)}: {words} {y:.4g}")
                place = f'cx="{self.x(x):.1f}" cy="{self.y(y):.1f}"'
                self.parts.append(f'<circle class="dot {kind}" {place} r="2.8"><title>{hint}</title></circle>')

    def named_dot(self, point: Point, name: str, hint: str, is_faint: bool) -> None:
        """Draw a dot with its name beside it, on the side with more room, and a tooltip."""
        x, y = self.x(point[0]), self.y(point[1])
        kind = "dot other" if is_faint else "dot"
        self.parts.append(
            f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"><title>{escaped(hint)}</title></circle>'
        )
        if name:
            is_right = x > (LEFT + WIDTH - RIGHT) / 2
            self.parts.append(text(x + (-9 if is_right else 9), y - 6, name, "end" if is_right else "start", "label"))

    def drawn(self, name: str) -> str:
        """Return the finished picture."""
        return drawing(name, self.parts)
