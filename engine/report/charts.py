"""Draw the charts of a report from the state of a run; each function returns empty text where it has no data."""

import math
import statistics
from collections.abc import Iterable

from engine.api.evaluation_events import VARIANT_TITLES
from engine.api.run_state import RunState
from engine.api.settings import OBJECTIVE_WORDS
from engine.report.svg import LEFT, RIGHT, WIDTH, Plot, Point, drawing, rectangle, text, ticks
from engine.results.analysis_note import estimated_words
from engine.results.figures import format_number
from engine.results.overview import QUALITY_NAMES, Overview, OverviewPoint
from engine.results.smoothing import smoothed_loss

_STRIP_HEIGHT = 58.0
_TALLEST = 4.0
"""Height above which a bar is cut off, as a multiple of the median: one costly layer would dwarf the others."""


def quality_picture(shown: Overview, against_speed: bool = False) -> str:
    """Draw the quality of each model against its size, or against its decode speed with the spread of its repeats."""
    points = [each for each in (*shown.others, *shown.points) if not against_speed or each.model.decode is not None]
    if not any(not each.run for each in points):
        return ""
    places = [_place(each, against_speed) for each in points]
    spread = [pace for each in points if against_speed for pace in each.spread]
    across, up = _around([*(x for x, _ in places), *spread]), _around([y for _, y in places])
    x_label = "decode speed (tokens/s)" if against_speed else "size (MB)"
    plot = Plot(across, up, x_label, QUALITY_NAMES[shown.kind])
    plot.axes(ticks(*across, 8))
    plot.line([place for each, place in zip(points, places, strict=True) if not each.run], "raw")
    for each, (x, y) in zip(points, places, strict=True):
        if against_speed and not each.run:
            plot.line([(pace, y) for pace in each.spread], "mean")
        name = "" if each.run else VARIANT_TITLES[each.model.variant]
        plot.named_dot((x, y), name, each.words(), is_faint=bool(each.run))
    return plot.drawn(f"Quality against {x_label}. {shown.text()}")


def _place(point: OverviewPoint, against_speed: bool) -> Point:
    decode = point.model.decode
    return (decode.median if against_speed and decode is not None else point.model.bytes / 1e6), point.quality


def _around(values: list[float]) -> Point:
    """Return a range that leaves room for names around the points."""
    low, high = min(values), max(values)
    room = 0.14 * (high - low) or 0.1 * abs(high) or 1.0
    return low - room, high + room


def layer_strip(state: RunState) -> str:
    """Draw every decoder layer in a row: kept, removed or protected."""
    if state.model is None or state.search is None:
        return ""
    removed = set(state.search.removed)
    protected = set(state.budget.protected) if state.budget is not None else set()
    layers = state.model.layers
    step = (WIDTH - 2) / layers
    parts = []
    for layer in range(layers):
        kind = "removed" if layer in removed else "protected" if layer in protected else "kept"
        parts.append(rectangle(1 + layer * step, 2, step * 0.86, 34, kind, f"Layer {layer}: {kind}"))
        if layer % _label_every(layers) == 0:
            parts.append(text(1 + (layer + 0.43) * step, 51, str(layer)))
    return drawing(f"{len(removed)} of {layers} layers are removed", parts, _STRIP_HEIGHT)


def layer_costs(state: RunState) -> str:
    """Draw the KL to the dense model that removing each layer alone costs."""
    if not state.layers:
        return ""
    costs = {layer: event.kl for layer, event in sorted(state.layers.items())}
    finite = [kl for kl in costs.values() if math.isfinite(kl)]
    if not finite or max(finite) <= 0:
        return ""
    top = min(max(finite), _TALLEST * statistics.median(finite)) or max(finite)
    removed = set(state.search.removed) if state.search is not None else set()
    protected = set(state.budget.protected) if state.budget is not None else set()
    first, last = min(costs), max(costs)
    plot = Plot((first - 0.5, last + 0.5), (0.0, top * 1.12), "layer", "KL when removed alone")
    every = _label_every(last - first + 1)
    plot.axes([layer for layer in costs if layer % every == 0])
    width = 0.76 * (WIDTH - LEFT - RIGHT) / (last - first + 1)
    for layer, kl in costs.items():
        kind = "removed" if layer in removed else "protected" if layer in protected else "kept"
        beyond = not kl <= top
        up_to = plot.y(top * 1.04 if beyond else kl)
        hint = f"Layer {layer}: KL {format_number(kl)}{estimated_words(state.layers[layer])}, {kind}"
        plot.parts.append(rectangle(plot.x(layer) - width / 2, up_to, width, plot.y(0) - up_to, kind, hint))
        if beyond:  # cut off: print its value above it
            plot.parts.append(
                text(plot.x(layer), up_to - 3, format_number(kl, 2) if math.isfinite(kl) else "∞", kind="cut")
            )
    return plot.drawn("KL to the dense model when each layer alone is removed")


def convergence(state: RunState) -> str:
    """Draw best, mean and worst fitness of each iteration whose sets have as many layers as the answer.

    Sets of fewer layers, from which some searches build up their answer, are dots: their scores do not compare.
    """
    every = [state.iterations[place] for place in sorted(state.iterations)]
    if not every:
        return ""
    size = len(state.search.removed) if state.search is not None else max(len(each.best_removed) for each in every)
    rounds = [each for each in every if len(each.best_removed) == size]
    fewer = [(each.iteration + 1.0, each.best_fitness) for each in every if len(each.best_removed) < size]
    best, mean, worst = (
        [(each.iteration + 1.0, getattr(each, field)) for each in rounds]
        for field in ("best_fitness", "mean_fitness", "worst_fitness")
    )
    bounds = _bounds([best, mean, fewer])
    if bounds is None:
        return ""
    low, high = bounds
    worst_top = max((y for _, y in worst if math.isfinite(y)), default=high)
    high = min(max(high, worst_top), low + 2.5 * (high - low))
    first, last = every[0].iteration + 1.0, every[-1].iteration + 1.0
    words = f"fitness ({OBJECTIVE_WORDS[every[-1].objective]})"
    plot = Plot((first, max(last, first + 1)), (low, high), "iteration", words)
    plot.axes(_whole_ticks(first, max(last, first + 1)))
    plot.line(worst, "worst")
    plot.line(mean, "mean")
    plot.line(best, "best")
    plot.dots(best, "best", "best")
    plot.dots(fewer, "mean", "best of fewer layers")
    return plot.drawn("Fitness of the best, the mean and the worst candidate of each iteration")


def recovery_curve(state: RunState) -> str:
    """Draw the training loss of each step, its trailing mean, and the KL on the validation windows."""
    steps = [state.steps[step] for step in sorted(state.steps)]
    if not steps:
        return ""
    loss: list[Point] = [(each.step, each.loss) for each in steps]
    measured: list[Point] = [(each.step, each.validation_kl) for _, each in sorted(state.validations.items())]
    bounds = _bounds([loss, measured])
    if bounds is None:
        return ""
    first = min(loss[0][0], *(x for x, _ in measured)) if measured else loss[0][0]
    last = max(loss[-1][0], first + 1)
    compared = "distance to the dense model" if state.trains_locally else "KL to the dense model"
    plot = Plot((first, last), bounds, "step", compared)
    plot.axes(_whole_ticks(first, last))
    plot.line(loss, "raw")
    smooth = smoothed_loss([x for x, _ in loss], [y for _, y in loss], steps[-1].steps)
    plot.line([(x, float(y)) for (x, _), y in zip(loss, smooth, strict=True)], "mean")
    plot.line(measured, "best")
    plot.dots(measured, "best", "validation KL")
    return plot.drawn("Training loss and KL on the validation windows")


def _bounds(series: Iterable[list[Point]]) -> Point | None:
    """Return least and greatest value with some margin; None where no value is finite."""
    values = [y for points in series for _, y in points if math.isfinite(y)]
    if not values:
        return None
    low, high = min(values), max(values)
    room = 0.06 * (high - low) or 0.05 * abs(high) or 0.5
    return (0.0 if 0 <= low < room else low - room), high + room


def _whole_ticks(first: float, last: float) -> list[float]:
    return [value for value in ticks(first, last, 8) if value == int(value)]


def _label_every(layers: int) -> int:
    return next(every for every in (1, 2, 5, 10, 20, 50, 100, 1000) if layers / every <= 16)
