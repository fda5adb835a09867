"""The user's own prices, from which the savings are computed."""

from typing import Annotated

from msgspec import Meta, Struct

from engine.api.paths_in_settings import leads_to
from engine.api.units import unit


class SavingsSettings(Struct, frozen=True, kw_only=True):
    """The cost of running a model where it is used; the defaults are examples to replace."""

    currency: Annotated[
        str,
        Meta(description="Currency of all prices, as a sign or a name.", min_length=1, extra=leads_to("words")),
    ] = "USD"
    hardware_price: Annotated[
        float, Meta(description="Price of the computer that runs the model; 0 for none.", ge=0.0, le=1e9)
    ] = 2000.0
    hardware_years: Annotated[
        float,
        Meta(
            description="Years over which the price of the computer is written off.",
            gt=0.0,
            le=100.0,
            extra=unit("years"),
        ),
    ] = 4.0
    busy_percent: Annotated[
        float,
        Meta(
            description="Share of the time during which the computer generates text.", gt=0.0, le=100.0, extra=unit("%")
        ),
    ] = 50.0
    watts: Annotated[
        float, Meta(description="Power consumption while generating text.", ge=0.0, le=1e6, extra=unit("W"))
    ] = 150.0
    electricity_price: Annotated[float, Meta(description="Price of electricity per kilowatt-hour.", ge=0.0, le=1e3)] = (
        0.3
    )
    cloud_price: Annotated[
        float, Meta(description="Price of a rented computer per hour; 0 for none.", ge=0.0, le=1e6)
    ] = 0.0
    tokens_per_month: Annotated[
        float,
        Meta(description="Tokens generated per month.", gt=0.0, le=1e6, extra=unit("million tokens")),
    ] = 100.0
