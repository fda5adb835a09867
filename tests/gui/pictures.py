"""Small PNG files of a window: windows have few colours, so a palette of 256 loses nothing visible."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

_COLOURS = 256
_FREQUENT = 128


def save_small(picture: QImage, path: Path) -> None:
    """Write ``picture`` with a palette of its own."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    flags = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    small = plain.convertToFormat(QImage.Format.Format_Indexed8, _table_for(plain), flags)
    small.save(str(path), "PNG", 0)  # type: ignore[call-overload]  # the stub wants bytes, Qt for Python wants text


def _table_for(picture: QImage) -> list[int]:
    """Return the most frequent colours, 0xffRRGGBB, then repeatedly the one farthest from all chosen so far."""
    pixels = np.frombuffer(picture.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels | np.uint32(0xFF000000), return_counts=True)
    colours = colours[np.argsort(-counts)]
    channels = np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)], axis=1).astype(np.int32)
    chosen = list(range(min(_FREQUENT, len(colours))))
    distance = np.min([_distance(channels, place) for place in chosen], axis=0)
    while len(chosen) < min(_COLOURS, len(colours)):
        chosen.append(int(distance.argmax()))
        distance = np.minimum(distance, _distance(channels, chosen[-1]))
    return [int(colours[place]) for place in chosen]


def _distance(channels: NDArray[np.int32], place: int) -> NDArray[np.int32]:
    """Return the squared distance of every colour [colours, 3] to one of them."""
    distance: NDArray[np.int32] = np.square(channels - channels[place]).sum(axis=1, dtype=np.int32)
    return distance
