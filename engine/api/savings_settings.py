"""A person's own prices, from which the savings are reckoned."""

from typing import Annotated

from msgspec import Meta, Struct

from engine.api.units import unit


class SavingsSettings(Struct, frozen=True, kw_only=True):
    """What running a model costs where it is used; the figures given here are examples to be replaced."""

    currency: Annotated[str, Meta(description="Sign or name of the currency of all prices.", min_length=1)] = "USD"
    hardware_price: Annotated[
        float, Meta(description="Price of the computer that the model runs on; 0 for none.", ge=0.0, le=1e9)
    ] = 2000.0
    hardware_years: Annotated[
        float, Meta(description="Years over which that price is spread.", gt=0.0, le=100.0, extra=unit("years"))
    ] = 4.0
    busy_percent: Annotated[
        float, Meta(description="Share of the time in which it writes.", gt=0.0, le=100.0, extra=unit("%"))
    ] = 50.0
    watts: Annotated[float, Meta(description="Electric power while it writes.", ge=0.0, le=1e6, extra=unit("W"))] = (
        150.0
    )
    electricity_price: Annotated[float, Meta(description="Price of a kilowatt hour.", ge=0.0, le=1e3)] = 0.3
    cloud_price: Annotated[
        float, Meta(description="Price of a rented computer for an hour; 0 for none.", ge=0.0, le=1e6)
    ] = 0.0
    tokens_per_month: Annotated[
        float,
        Meta(description="Tokens that are written in a month.", gt=0.0, le=1e6, extra=unit("million tokens")),
    ] = 100.0
