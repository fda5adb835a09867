"""One window per user: a second start passes its project to the first window and exits."""

import getpass
import hashlib
import os
import socket as sockets
import stat
import struct
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1500
"""For everything that a second start waits for; then it opens a window of its own."""
_LONGEST = 64 * 1024
"""Maximum size of a message in bytes; a path is far shorter."""
_LONGEST_SOCKET_PATH = 100
"""Bytes; a little less than the systems allow."""
_TAKEN = b"taken\n"


class SingleInstance(QObject):
    """Listens on a local socket that only this user can access."""

    second_start = Signal(object)
    """Emitted when LayerSwarm is started again, with the path of a project or None."""

    def __init__(self, place: Path) -> None:
        """Identify the instance by ``place``, the path of the preferences file."""
        super().__init__()
        identity = f"{getpass.getuser()}:{place.absolute()}"
        self.name = socket_name("layerswarm-" + hashlib.sha256(identity.encode()).hexdigest()[:16])
        """Path or name of the socket; empty where no place is safe, so that each start opens a window."""
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def forward(self, project: Path | None) -> bool:
        """Send the project to a window that is already open; return False if there is none, or it does not answer."""
        if not self.name:
            return False
        until = time.monotonic() + _PATIENCE_MS / 1000

        def left() -> int:
            return max(int(1000 * (until - time.monotonic())), 1)

        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(left()) or not _is_of_this_user(socket):
            return False
        socket.write(str(project.absolute()).encode(errors="surrogateescape") + b"\n" if project else b"\n")
        is_sent = socket.waitForBytesWritten(left())
        while is_sent and socket.bytesAvailable() < len(_TAKEN) and socket.waitForReadyRead(left()):
            pass
        answer = bytes(socket.read(len(_TAKEN)).data())
        socket.abort()
        return answer == _TAKEN

    def listen(self) -> bool:
        """Become the first instance, taking over a socket that a crashed window left behind."""
        if not self.name:
            return False
        QLocalServer.removeServer(self.name)
        return self._server.listen(self.name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            if not _is_of_this_user(socket):
                socket.abort()
                continue
            socket.readyRead.connect(self._on_ready_read)
            if socket.canReadLine():
                self._read_message(socket)

    @Slot()
    def _on_ready_read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read_message(socket)

    def _read_message(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        text = bytes(socket.readLine().data()).decode("utf-8", "surrogateescape").rstrip("\n")
        socket.write(_TAKEN)
        socket.flush()
        self.second_start.emit(Path(text) if text and "\0" not in text else None)


def socket_name(name: str) -> str:
    """Return the path of a socket in a folder that only this user can write to; on Windows its name alone.

    Returns:
        An empty text where there is no such folder: somebody else could wait there under our name.
    """
    if os.name != "posix":
        return name
    places = [Path(tempfile.gettempdir()) / f"layerswarm-{os.getuid()}"]
    if given := os.environ.get("XDG_RUNTIME_DIR"):
        places.insert(0, Path(given))
    paths = (str(place / name) for place in places if _is_private(place))
    return next((path for path in paths if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH), "")


def _is_private(folder: Path) -> bool:
    """Return whether a folder, created where it is missing, is this user's and closed to all others."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def _is_of_this_user(socket: QLocalSocket) -> bool:
    """Return whether the process at the other end runs as this user, where the system can tell."""
    option = getattr(sockets, "SO_PEERCRED", None)
    if option is None:  # the folder of the socket is this user's own
        return True
    try:
        with sockets.socket(fileno=os.dup(int(socket.socketDescriptor()))) as same:
            _, user, _ = struct.unpack("3i", same.getsockopt(sockets.SOL_SOCKET, option, struct.calcsize("3i")))
    except OSError:
        return False
    return bool(user == os.getuid())
