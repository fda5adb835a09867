"""A plot as inline SVG: axes, lines, points and bars, coloured by classes of the page's style sheet."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 720.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 14.0, 12.0, 40.0
Point = tuple[float, float]


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers from ``low`` to ``high``, about ``wanted`` of them, 1, 2 or 5 times a power of ten apart."""
    if not high > low:
        return [low]
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((1, 2, 5, 10), key=lambda each: abs(math.log(each * power / rough))) * power
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def tick_text(value: float) -> str:
    """A number at an axis, without needless zeros."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:.3g}"


def text(x: float, y: float, words: str, anchor: str = "middle", kind: str = "tick") -> str:
    """Words at a place."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(words)}</text>'


def rectangle(x: float, y: float, width: float, height: float, kind: str, hint: str = "") -> str:
    """A filled rectangle with a hint for the mouse."""
    inner = f"<title>{html.escape(hint)}</title>" if hint else ""
    box = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{max(height, 0.0):.2f}"'
    return f'<rect class="{kind}" {box} rx="1.5">{inner}</rect>'


def drawing(name: str, parts: Sequence[str], height: float = HEIGHT) -> str:
    """A whole picture with a name for those who do not see it."""
    head = f'<svg role="img" aria-label="{html.escape(name)}" viewBox="0 0 {WIDTH:.0f} {height:.0f}">'
    return "\n".join((head, *parts, "</svg>"))


def standing_alone(picture: str, style: str) -> str:
    """A drawing as a file of its own, of its own size and with its own style sheet."""
    _, _, width, height = picture.partition('viewBox="')[2].partition('"')[0].split()
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    return picture.replace("<svg ", head, 1).replace(">", f">\n<style>{style}</style>", 1)


@dataclass
class Plot:
    """Data coordinates on a drawing of ``WIDTH`` by ``HEIGHT``."""

    x_range: Point
    y_range: Point
    x_label: str
    y_label: str
    parts: list[str] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Where a value stands across."""
        low, high = self.x_range
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Where a value stands downwards."""
        low, high = self.y_range
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def axes(self, x_ticks: Sequence[float]) -> None:
        """Both axes, fine lines at the heights that have a number, and the labels."""
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
        """Points drawn together; what has no end or lies above the plot ends a stretch."""
        stretch: list[str] = []
        for x, y in [*points, (math.nan, math.nan)]:
            if math.isfinite(y) and y <= self.y_range[1]:
                stretch.append(f"{self.x(x):.1f},{self.y(y):.1f}")
                continue
            if len(stretch) > 1:
                self.parts.append(f'<polyline class="line {kind}" points="{" ".join(stretch)}"/>')
            stretch = []

    def dots(self, points: Sequence[Point], kind: str, words: str) -> None:
        """A dot for each point, with its value for the mouse."""
        for x, y in points:
            if math.isfinite(y) and y <= self.y_range[1]:
                hint = html.escape(f"{self.x_label} {tick_text(x)}: {words} {y:.4g}")
                place = f'cx="{self.x(x):.1f}" cy="{self.y(y):.1f}"'
                self.parts.append(f'<circle class="dot {kind}" {place} r="2.8"><title>{hint}</title></circle>')

    def drawn(self, name: str) -> str:
        """The picture."""
        return drawing(name, self.parts)
