"""The window fits the screen, whatever the screen is."""

import pytest
from PySide6.QtCore import QMargins, QRect, QSize

from gui.shell.window_size import first_size, is_usual, moved_inside, smallest_size

SCREENS = [(800, 480), (960, 540), (1024, 700), (1366, 768), (1920, 1080), (2560, 1440), (3840, 2160)]
FRAME = QMargins(6, 34, 6, 6)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_window_and_the_smallest_one_are_inside_the_screen_with_their_frames(screen: tuple[int, int]) -> None:
    room = QSize(*screen)
    for size in (first_size(room), smallest_size(room)):
        outer = size.grownBy(FRAME)
        assert outer.width() <= room.width()
        assert outer.height() <= room.height()


def test_a_large_screen_is_used_for_two_columns() -> None:
    assert first_size(QSize(1920, 1080)).width() >= 1500


def test_a_usual_screen_has_room_for_the_comfortable_size() -> None:
    assert first_size(QSize(1440, 900)) == QSize(1224, 800)


def test_the_smallest_window_is_one_at_which_no_page_scrolls_sideways() -> None:
    assert smallest_size(QSize(1024, 700)) == QSize(940, 520)
    assert smallest_size(QSize(3840, 2160)) == QSize(940, 520)


def test_a_thick_title_bar_is_noticed() -> None:
    assert is_usual(QMargins(1, 22, 1, 5))
    assert is_usual(QMargins(0, 0, 0, 0))
    assert not is_usual(QMargins(4, 60, 4, 4))


@pytest.mark.parametrize(
    "window",
    [
        QRect(100, 100, 800, 500),
        QRect(-300, -200, 800, 500),  # the title bar is above the screen
        QRect(900, 600, 800, 500),  # the buttons are below the screen
        QRect(0, 0, 1180, 800),  # larger than the screen
    ],
)
def test_a_window_is_moved_to_where_its_frame_is_seen(window: QRect) -> None:
    room = QRect(0, 24, 1024, 676)
    moved = moved_inside(window, FRAME, room)
    assert room.contains(moved.marginsAdded(FRAME))
    if room.contains(window.marginsAdded(FRAME)):
        assert moved == window
