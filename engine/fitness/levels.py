"""Sizes of the racing levels, in calibration windows."""

from engine.api.search_settings import RacingSettings, automatic_first_share


def nested_levels(windows: int, parameters: int, racing: RacingSettings) -> tuple[int, ...]:
    """Return ascending numbers of windows that end with all of them, each about the same multiple of the previous.

    Args:
        windows: Number of calibration windows.
        parameters: Number of parameters of the dense model; a large model has a smaller first level by default.
        racing: Number of levels and share of the first level.
    """
    share = racing.first_share or automatic_first_share(parameters)
    steps = racing.levels - 1
    smaller = (round(windows * share ** (1.0 - level / steps)) for level in range(steps))
    return (*sorted({count for each in smaller if (count := max(each, 1)) < windows}), windows)
