"""What the smaller model saves, computed from measured speeds and the user's prices; each figure with its formula."""

from collections.abc import Iterable, Iterator

import msgspec

from engine.api.edge_devices import EDGE_DEVICES, EdgeDevice
from engine.api.evaluation_events import FootprintMeasured, SpeedMeasured, Variant
from engine.api.run_state import RunState
from engine.api.savings_settings import SavingsSettings
from engine.results.edge_fit import KV_BITS
from engine.results.figures import (
    NARROW_SPACE,
    Translate,
    format_amount,
    format_count,
    format_duration,
    format_whole,
    typeset,
    untranslated,
)
from engine.results.rows import Sentence
from engine.results.speed_notes import differ, is_busy

_HOURS_PER_YEAR = 365.25 * 24
_DAYS_PER_MONTH = 365.25 / 12
_SECONDS_PER_DAY = 24 * 3600
_BITS = (16, 8, 4)
_DAYS, _MILLIONS = "days", "million tokens"
AT_A_TIME, TOKENS = "{0} at a time", "{0} tokens"

FITS_AS_BEFORE = "The smaller model fits {0} of {1} devices, as the dense one does."
FITS_MORE = "The smaller model fits {0} of {1} devices, the dense one {2}."
WITHIN_SPREAD = "No saving is stated: the speeds of both models differ by no more than their repeats."
WHILE_BUSY = "No saving is stated: other programs kept the computer busy while the speeds were measured."
FIT_SENTENCES = (
    "the dense model does not fit, the smaller one does in {0} bit",
    "{0} instead of {1} bit for each weight",
    "in {0} bit",
    "does not fit",
)


class SavingsFigure(msgspec.Struct, frozen=True):
    """A figure, the formula behind it in words, and the same formula with its numbers."""

    name: str
    variant: Variant | None
    """The model that the figure describes; None where it describes the change from dense to smaller."""
    value: float
    unit: str
    formula: str
    numbers: str
    at_a_time: int = 0
    """How many texts the model wrote at a time when its speed was measured; 0 where that does not matter."""

    @property
    def title(self) -> Sentence:
        """The name of the figure, with the model that it describes."""
        name = Sentence(self.name)
        return Sentence("{0}, {1}", (name, Sentence(self.variant))) if self.variant else name

    def words(self, translate: Translate = untranslated) -> str:
        """Return the value with its unit."""
        if self.unit == _DAYS:
            return format_duration(self.value * _SECONDS_PER_DAY, translate)
        if self.unit == _MILLIONS:
            return translate(TOKENS).format(format_count(round(self.value * 1e6), translate))
        return f"{format_amount(self.value, translate)}{NARROW_SPACE}{translate(self.unit)}"

    def formula_lines(self, translate: Translate = untranslated) -> tuple[str, str]:
        """Return the formula in words and in numbers."""
        together = Sentence(AT_A_TIME, (self.at_a_time,)).words(translate) if self.at_a_time else ""
        numbers = typeset(self.numbers, translate)
        return f"= {translate(self.formula)}", f"= {numbers}" + (f"; {together}" if together else "")


class DeviceFit(msgspec.Struct, frozen=True):
    """The most bits per weight at which a model and its KV cache fit a device; 0 where no precision fits."""

    device: str
    usable: int
    """Bytes of the device's memory that a model may take."""
    dense_bits: int
    smaller_bits: int

    @property
    def gained(self) -> bool:
        """Whether the smaller model fits where the dense one does not, or at more bits."""
        return self.smaller_bits > self.dense_bits

    @property
    def gain(self) -> Sentence:
        """What the smaller model gains on this device."""
        if self.dense_bits == 0:
            return Sentence(FIT_SENTENCES[0], (self.smaller_bits,))
        return Sentence(FIT_SENTENCES[1], (self.smaller_bits, self.dense_bits))


class Savings(msgspec.Struct, frozen=True):
    """What the smaller model - the best of the run - saves over the dense one."""

    smaller: Variant
    figures: tuple[SavingsFigure, ...]
    devices: tuple[DeviceFit, ...]
    fit_formula: str
    """The condition under which a model counts as fitting a device."""
    silence: str = ""
    """Why the speeds allow no saving to be stated; empty where they do."""

    @property
    def gained(self) -> tuple[DeviceFit, ...]:
        """The devices that take the smaller model better than the dense one."""
        return tuple(fit for fit in self.devices if fit.gained)

    @property
    def device_count(self) -> Sentence:
        """How many devices have room for each model, in any precision."""
        dense, smaller = (
            sum(bits > 0 for bits in each)
            for each in zip(*((fit.dense_bits, fit.smaller_bits) for fit in self.devices), strict=True)
        )
        if dense == smaller:
            return Sentence(FITS_AS_BEFORE, (smaller, len(self.devices)))
        return Sentence(FITS_MORE, (smaller, len(self.devices), dense))


def fit_words(bits: int) -> Sentence:
    """Return how a model fits a device, by the most bits per weight."""
    return Sentence(FIT_SENTENCES[2], (bits,)) if bits else Sentence(FIT_SENTENCES[3])


def savings(state: RunState, prices: SavingsSettings, devices: Iterable[EdgeDevice] = EDGE_DEVICES) -> Savings | None:
    """Return costs, break-even and which devices fit; None before both models have been measured."""
    smaller = state.best_variant if state.best_variant in state.evaluated else "pruned"
    paces = {variant: pace for variant in ("dense", smaller) if (pace := _pace(state, variant)) is not None}
    if len(paces) < 2:
        return None
    silence = _silence(paces["dense"], paces[smaller])
    figures = _figures(state, prices, smaller, paces, silence)
    return Savings(smaller, tuple(figures), tuple(_fits(state, devices, smaller)), _fit_formula(state), silence)


def _silence(dense: SpeedMeasured, smaller: SpeedMeasured) -> str:
    """Return why no saving can be stated; empty where the smaller model was measured to be faster or slower."""
    if is_busy(dense) or is_busy(smaller):
        return WHILE_BUSY
    return "" if differ(dense, smaller) else WITHIN_SPREAD


def _pace(state: RunState, variant: Variant) -> SpeedMeasured | None:
    """Return the fastest decoding that was measured."""
    found = [speed for (each, _, _), speed in state.speeds.items() if each == variant]
    return max(found, key=lambda speed: speed.decode.median, default=None)


def _figures(
    state: RunState, prices: SavingsSettings, smaller: Variant, paces: dict[Variant, SpeedMeasured], silence: str
) -> Iterator[SavingsFigure]:
    hour = _own_hour(prices)
    yield hour
    places = [("Own computer", hour.value), *([("Cloud", prices.cloud_price)] if prices.cloud_price else [])]
    for where, price in places:
        cost = {each: _per_million(each, price, pace, where, prices) for each, pace in paces.items()}
        yield from cost.values()
        yield _run_cost(state, prices, where, price)
        if not silence:
            yield from _break_even(state, prices, smaller, where, cost, price)


def _own_hour(prices: SavingsSettings) -> SavingsFigure:
    busy = prices.busy_percent / 100
    value = prices.hardware_price / (prices.hardware_years * _HOURS_PER_YEAR * busy)
    value += prices.watts / 1000 * prices.electricity_price
    return SavingsFigure(
        name="Own computer, an hour of writing",
        variant=None,
        value=value,
        unit=f"{prices.currency}/h",
        formula="hardware price / (years × hours a year × busy share) + kilowatts × price of a kilowatt hour",
        numbers=f"{prices.hardware_price:g} / ({prices.hardware_years:g} × {_HOURS_PER_YEAR:g} × {busy:g}) + "
        f"{prices.watts / 1000:g} × {prices.electricity_price:g}",
    )


def _per_million(
    variant: Variant, hour: float, pace: SpeedMeasured, where: str, prices: SavingsSettings
) -> SavingsFigure:
    return SavingsFigure(
        name=f"{where}, a million tokens",
        variant=variant,
        value=hour * 1e6 / (pace.decode.median * 3600),
        unit=prices.currency,
        formula="price of an hour × 1\u202f000\u202f000 / (tokens/s × 3\u202f600)",
        numbers=f"{hour:.4g} × 1,000,000 / ({pace.decode.median:.4g} × 3,600)",
        at_a_time=pace.batch_size,
    )


def _hours(state: RunState) -> float:
    return sum(stage.seconds for stage in state.stages_finished.values()) / 3600


def _run_cost(state: RunState, prices: SavingsSettings, where: str, hour: float) -> SavingsFigure:
    hours = _hours(state)
    return SavingsFigure(
        name=f"{where}, this run",
        variant=None,
        value=hours * hour,
        unit=prices.currency,
        formula="hours of all stages × price of an hour",
        numbers=f"{hours:.4g} × {hour:.4g}",
    )


def _break_even(
    state: RunState,
    prices: SavingsSettings,
    smaller: Variant,
    where: str,
    cost: dict[Variant, SavingsFigure],
    hour: float,
) -> Iterator[SavingsFigure]:
    hours = _hours(state)
    saved = cost["dense"].value - cost[smaller].value
    yield SavingsFigure(
        name=f"{where}, saved by a million tokens",
        variant=None,
        value=saved,
        unit=prices.currency,
        formula="a million tokens of the dense model \u2212 a million of the smaller one",
        numbers=f"{cost['dense'].value:.4g} - {cost[smaller].value:.4g}",
    )
    if saved <= 0:
        return
    tokens = hours * hour / saved
    yield SavingsFigure(
        name=f"{where}, paid back after",
        variant=None,
        value=tokens,
        unit=_MILLIONS,
        formula="price of this run / saved by a million tokens",
        numbers=f"{hours * hour:.4g} / {saved:.4g}",
    )
    yield SavingsFigure(
        name=f"{where}, paid back in",
        variant=None,
        value=tokens / prices.tokens_per_month * _DAYS_PER_MONTH,
        unit=_DAYS,
        formula="million tokens until then / million tokens in a month × days of a month",
        numbers=f"{tokens:.4g} / {prices.tokens_per_month:g} × {_DAYS_PER_MONTH:.4g}",
    )


def _fits(state: RunState, devices: Iterable[EdgeDevice], smaller: Variant) -> Iterator[DeviceFit]:
    dense, small = state.footprints.get("dense"), state.footprints.get(smaller)
    if dense is None or small is None:
        return
    caches = [_cache_bytes(state, found) for found in (dense, small)]
    for device in devices:
        bits = [_most_bits(found, device.usable - cache) for found, cache in zip((dense, small), caches, strict=True)]
        yield DeviceFit(device.name, device.usable, *bits)


def _cache_bytes(state: RunState, found: FootprintMeasured) -> int:
    """Return the size of the KV cache as runtimes keep it, whatever number format the run measured in."""
    if found.cache_elements:
        return found.cache_elements * KV_BITS // 8
    wide = state.device is not None and state.device.dtype == "float32"
    return found.cache_bytes * KV_BITS // (32 if wide else 16)


def _most_bits(found: FootprintMeasured, usable: int) -> int:
    sizes = {16: found.bytes_16bit, 8: found.bytes_8bit, 4: found.bytes_4bit}
    return next((bits for bits in _BITS if sizes[bits] <= usable), 0)


def _fit_formula(state: RunState) -> str:
    dense = state.footprints.get("dense")
    context = dense.context if dense is not None else 0
    return (
        f"weights + KV cache of {format_whole(context)} tokens in 16 bit <= memory - what the system keeps; "
        "in 8 and 4 bit only the matrices of the decoder layers are smaller, with a 16-bit scale for 32 numbers"
    )
