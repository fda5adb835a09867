"""Mouse and keyboard input to an X server through its XTEST extension: the window receives real X events."""

from Xlib import XK, X, display
from Xlib.ext import xtest

_WHEEL_DOWN, _WHEEL_UP = 5, 4
_DRAG_STEPS = 12
_NAMED = {" ": "space", "-": "minus", ".": "period", "/": "slash", "_": "underscore"}


class InputDevice:
    """Moves the pointer, clicks, drags, turns the wheel and types."""

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)

    def close(self) -> None:
        """Close the connection."""
        self._display.close()

    def picture(self) -> tuple[int, int, bytes]:
        """Return the screen: width, height, and 4 bytes per pixel (blue, green, red, unused)."""
        root = self._display.screen().root
        size = root.get_geometry()
        image = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        return size.width, size.height, image.data

    def focus(self, window: int) -> None:
        """Give a window the keyboard focus, as a window manager would."""
        self._display.create_resource_object("window", window).set_input_focus(X.RevertToParent, X.CurrentTime)
        self._display.sync()

    def has_focus(self, window: int) -> bool:
        """Return whether a window has the keyboard focus."""
        return bool(getattr(self._display.get_input_focus().focus, "id", 0) == window)

    def click(self, place: tuple[int, int]) -> None:
        """Click with the left button."""
        self._move(place)
        self._button(1)

    def drag(self, begin: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in small steps, release."""
        self._move(begin)
        self._fake(X.ButtonPress, 1)
        for step in range(1, _DRAG_STEPS + 1):
            self._move(
                (
                    begin[0] + (end[0] - begin[0]) * step // _DRAG_STEPS,
                    begin[1] + (end[1] - begin[1]) * step // _DRAG_STEPS,
                )
            )
        self._fake(X.ButtonRelease, 1)

    def turn_wheel(self, place: tuple[int, int], down: bool) -> None:
        """Turn the wheel by one notch."""
        self._move(place)
        self._button(_WHEEL_DOWN if down else _WHEEL_UP)

    def press(self, *keys: str) -> None:
        """Press keys together, by their X names: ``press("Control_L", "z")``."""
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(key)) for key in keys]
        for code in codes:
            self._fake(X.KeyPress, code)
        for code in reversed(codes):
            self._fake(X.KeyRelease, code)

    def type(self, text: str) -> None:
        """Type letters, digits and a few other characters."""
        for sign in text:
            key = _NAMED.get(sign, sign)
            code = self._display.keysym_to_keycode(XK.string_to_keysym(key))
            shifted = self._display.keycode_to_keysym(code, 0) != XK.string_to_keysym(key)
            self.press(*(["Shift_L", key] if shifted else [key]))

    def _move(self, place: tuple[int, int]) -> None:
        xtest.fake_input(self._display, X.MotionNotify, x=place[0], y=place[1])
        self._display.sync()

    def _button(self, number: int) -> None:
        self._fake(X.ButtonPress, number)
        self._fake(X.ButtonRelease, number)

    def _fake(self, kind: int, detail: int) -> None:
        xtest.fake_input(self._display, kind, detail)
        self._display.sync()
