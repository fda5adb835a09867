"""What an estimate means for the person who is about to start a run: whether it fits, and whether to ask first."""

from collections.abc import Mapping
from typing import Literal

from engine.api.events import EstimateMade
from engine.api.message import Message, joined, worded
from engine.api.plurals import all_of
from engine.results.figures import format_bytes, format_duration

Fit = Literal["fits", "tight", "too_large"]

LONG_SECONDS = 24 * 3600.0
"""A run that takes longer is worth a question before it starts."""
_COMFORT = 0.85
"""Share of the free memory up to which a run counts as fitting rather than tight."""


def chosen_estimate(estimates: Mapping[str, EstimateMade], device: str) -> EstimateMade | None:
    """Return the estimate for a device; for ``auto``, the first one that fits, as the engine chooses."""
    if device in estimates:
        return estimates[device]
    fitting = [each for each in estimates.values() if each.memory_needed <= each.memory_free]
    return next(iter(fitting or estimates.values()), None)


def fit_of(estimate: EstimateMade) -> Fit:
    """Classify an estimate by memory and disk; tight means that it needs most of the free memory."""
    if estimate.memory_needed > estimate.memory_free or estimate.disk_needed > estimate.disk_free:
        return "too_large"
    return "tight" if estimate.memory_needed > _COMFORT * estimate.memory_free else "fits"


def total_seconds(estimate: EstimateMade) -> float:
    """Return the time of the whole run."""
    return sum(estimate.seconds.values())


def doubts_about(estimate: EstimateMade) -> Message | None:
    """Return what a person should know before starting a run that does not fit or takes more than a day; else None."""
    found: list[str] = []
    if total_seconds(estimate) > LONG_SECONDS:
        found.append(worded("This plan takes about {0} by the estimate.", format_duration(total_seconds(estimate))))
    if estimate.memory_needed > estimate.memory_free:
        found.append(
            worded(
                "This plan needs about {0} of memory on {1}, and {2} are free.",
                format_bytes(estimate.memory_needed),
                estimate.device,
                format_bytes(estimate.memory_free),
            )
        )
    if estimate.fits_with:
        fitting = all_of(estimate.fits_with)
        found.append(worded("With {0}, which holds only a few layers for training, it fits.", fitting))
    elif estimate.faster_with:
        found.append(
            worded(
                "With {0}, which trains only the layers around each gap, it takes about {1}.",
                all_of(estimate.faster_with),
                format_duration(estimate.faster_seconds),
            )
        )
    if estimate.disk_needed > estimate.disk_free:
        found.append(
            worded(
                "This plan needs about {0} on the disk, and {1} are free.",
                format_bytes(estimate.disk_needed),
                format_bytes(estimate.disk_free),
            )
        )
    return joined(*found) if found else None
