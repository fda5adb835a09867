"""How many calibration windows each level of a race has."""

from engine.api.settings import RacingSettings

_LARGE_MODEL = 10**9
_FIRST_SHARE, _FIRST_SHARE_LARGE = 0.125, 0.0625


def nested_levels(windows: int, parameters: int, racing: RacingSettings) -> tuple[int, ...]:
    """Rising numbers of windows that end with all of them, each about the same multiple of the one before.

    Args:
        windows: all calibration windows.
        parameters: of the dense model; the larger it is, the less its first level has, unless a share is given.
        racing: number of levels and share of the first.
    """
    default = _FIRST_SHARE if parameters < _LARGE_MODEL else _FIRST_SHARE_LARGE
    share = racing.first_share or default
    steps = racing.levels - 1
    smaller = (round(windows * share ** (1.0 - level / steps)) for level in range(steps))
    return (*sorted({count for each in smaller if (count := max(each, 1)) < windows}), windows)
