"""The system libraries that Qt loads on Linux, and the sentence on those that are missing."""

import ctypes

WINDOW_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0t64 (libglib2.0-0 before Debian 13 and Ubuntu 24.04)",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Libraries by file name, with their Debian packages; as in packaging/system-packages.txt."""


def missing_libraries() -> list[str]:
    """Return the libraries that the system does not have."""
    return [library for library in WINDOW_LIBRARIES if not can_load(library)]


def can_load(library: str) -> bool:
    """Return whether the system can load a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def packages_advice(libraries: list[str]) -> str:
    """Return how to install libraries on Debian and Ubuntu."""
    packages = " ".join(WINDOW_LIBRARIES[library] for library in libraries)
    return f"On Debian and Ubuntu: sudo apt-get install {packages}."
