"""Refuse internet sockets of this process while ``LAYERSWARM_OFFLINE`` is set.

An audit hook sees every socket that Python code opens, whatever library asks for it. Python processes that the engine
starts install the same hook (``resources/offline/sitecustomize.py``), so this module imports nothing but the standard
library and stands alone.
"""

import errno
import os
import socket
import sys

VARIABLE = "LAYERSWARM_OFFLINE"
LOOPBACK = "LAYERSWARM_LOOPBACK"
"""Set for processes that train together: they may open sockets to each other on this computer, and no others."""
OFF = ("", "0", "false", "no", "off")
_INTERNET = (socket.AF_INET, socket.AF_INET6)
_LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_ADDRESSED = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_HERE = ("localhost", "::1", "", "::", "0.0.0.0")

refused: list[str] = []
"""The events that were refused, for tests."""


def is_offline() -> bool:
    """Return whether this process and those that it starts stay offline."""
    return os.environ.get(VARIABLE, "").strip().lower() not in OFF


def install() -> None:
    """Install the hook once; it does nothing while the process is not offline."""
    if not getattr(sys, "_layerswarm_guard", False):
        sys._layerswarm_guard = True  # type: ignore[attr-defined]
        sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket.") or not is_offline() or _is_allowed(event, arguments):
        return
    refused.append(event)
    raise ConnectionRefusedError(errno.ENETUNREACH, "offline: LayerSwarm opens no internet connection now")


def _is_allowed(event: str, arguments: tuple[object, ...]) -> bool:
    loopback = sys.platform == "win32" or bool(os.environ.get(LOOPBACK))  # Windows has no other local sockets
    if event == "socket.__new__":
        return arguments[1] not in _INTERNET or loopback
    if event in _LOOKED_UP:
        return loopback and _is_here(arguments[0])
    if event in _ADDRESSED:
        return _is_local(arguments[0]) or (loopback and _is_here(_host(arguments[1])))
    return True


def _is_local(opened: object) -> bool:
    """Return whether a socket cannot leave this computer, such as a Unix socket."""
    return getattr(opened, "family", socket.AF_INET) not in _INTERNET


def _host(address: object) -> object:
    return address[0] if isinstance(address, tuple) and address else address


def _is_here(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else "" if host is None else str(host)
    return name in _HERE or name.startswith("127.") or name == socket.gethostname()
