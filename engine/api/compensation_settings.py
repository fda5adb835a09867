"""Settings of the compensation."""

from typing import Annotated

from msgspec import Meta, Struct

from engine.api.units import unit

Ridge = Annotated[float, Meta(gt=0.0, le=1000.0)]


class CompensationSettings(Struct, frozen=True, kw_only=True):
    """What removed layers did is folded into the layer before each gap by ridge regression, without training."""

    enabled: Annotated[bool, Meta(description="Fold what the removed layers did into the layers beside them.")] = True
    windows: Annotated[
        int,
        Meta(
            description="Windows to fit on, of recovery's text; recovery trains on them too.",
            ge=1,
            le=2**24,
            extra=unit("windows"),
        ),
    ] = 128
    ridges: Annotated[
        tuple[Ridge, ...],
        Meta(
            description="Strengths of the ridge to choose from on the validation windows, relative to the mean square "
            "of the layer's activations; a layer that none of them helps stays as it is.",
            min_length=1,
        ),
    ] = (0.03, 0.1, 0.3, 1.0)
    refitted_layers: Annotated[
        int,
        Meta(
            description="Layers behind each gap whose weights are fitted too, with the rest of the layer before it; "
            "0 fits one weight before each gap.",
            ge=0,
            le=256,
            extra=unit("layers"),
        ),
    ] = 2
    candidates: Annotated[
        int,
        Meta(
            description="Best removal sets of the search that are folded and scored again, since the order changes; "
            "1 keeps the search's own answer.",
            ge=1,
            le=4096,
            extra=unit("sets"),
        ),
    ] = 12
    candidate_windows: Annotated[
        int,
        Meta(
            description="Windows that each of these sets is fitted on, at most those of the final fit.",
            ge=1,
            le=2**24,
            extra=unit("windows"),
        ),
    ] = 64
    widest: Annotated[
        int,
        Meta(
            description="Most inputs of a linear layer for which its weight itself is fitted, which takes 24 bytes "
            "times their square; a wider one is multiplied by a fitted matrix of the hidden size.",
            ge=1,
            le=2**20,
            extra=unit("inputs"),
        ),
    ] = 16384
