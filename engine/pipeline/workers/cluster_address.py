"""Check that a Ray cluster answers at an address, since Ray itself would try for minutes."""

import os
import re
import socket
from importlib import import_module

from engine.api.errors import BadInput
from engine.api.message import worded

CLIENT = "ray://"
_ADDRESS = re.compile(r"(?P<client>ray://)?(?P<host>[^\s/]+):(?P<port>\d{1,5})")
_SECONDS = 5.0
_NOT_RAY = "what listens there does not answer as Ray does"
_STORE, _CLIENT_SERVER = "/ray.rpc.NodeInfoGcsService/CheckAlive", "/ray.rpc.RayletDriver/ClusterInfo"
"""What the two kinds of address answer; whatever they say, they know the method."""


def check_address(address: str) -> None:
    """Check that the kind of server that an address names answers there.

    Args:
        address: ``auto``, ``ray://HOST:10001`` or ``HOST:6379``.

    Raises:
        BadInput: It is no address, nobody answers, or the other kind of server does.
        OSError: Nobody listens there.
    """
    if address == "auto":
        return
    parts = _ADDRESS.fullmatch(address)
    if parts is None or int(parts["port"]) > 65535:
        raise BadInput(worded("'{0}' is no address of a cluster; use auto, ray://HOST:10001 or HOST:6379.", address))
    socket.create_connection((parts["host"], int(parts["port"])), timeout=_SECONDS).close()
    if os.environ.get("RAY_USE_TLS", "0") not in ("", "0"):
        return  # it answers only who has its certificates
    place = f"{parts['host']}:{parts['port']}"
    own, other = (_CLIENT_SERVER, _STORE) if parts["client"] else (_STORE, _CLIENT_SERVER)
    if _knows(place, own):
        return
    if not _knows(place, other):
        raise OSError(_NOT_RAY)
    if parts["client"]:
        words = worded(
            "At {0} the cluster itself answers, not its server for clients; write {0} without ray://.", place
        )
    else:
        words = worded("At {0} the cluster's server for clients answers; write ray://{0}.", place)
    raise BadInput(words)


def _knows(place: str, method: str) -> bool:
    """Return whether a server knows a method.

    Raises:
        OSError: It does not answer as such a server does.
    """
    try:
        grpc = import_module("grpc")
    except ImportError:
        return True  # Ray without its client; it will try for itself
    with grpc.insecure_channel(place) as channel:
        try:
            channel.unary_unary(method)(b"", timeout=_SECONDS)
        except grpc.RpcError as error:
            if error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
                raise OSError(_NOT_RAY) from None
            return bool(error.code() != grpc.StatusCode.UNIMPLEMENTED)
    return True
