"""One window per user: a second start passes its project to the first window and exits."""

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1500
_LONGEST = 64 * 1024
"""Maximum size of a message in bytes; a path is far shorter."""


class SingleInstance(QObject):
    """Listens on a local socket that only this user can access."""

    second_start = Signal(object)
    """Emitted when LayerSwarm is started again, with the path of a project or None."""

    def __init__(self, place: Path) -> None:
        """Identify the instance by ``place``, the path of the preferences file."""
        super().__init__()
        identity = f"{getpass.getuser()}:{place.absolute()}"
        self.name = "layerswarm-" + hashlib.sha256(identity.encode()).hexdigest()[:16]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def forward(self, project: Path | None) -> bool:
        """Send the project to a window that is already open; return False if there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(str(project.absolute()).encode() + b"\n" if project else b"\n")
        taken = socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(_PATIENCE_MS)
        socket.disconnectFromServer()
        return bool(taken)

    def listen(self) -> bool:
        """Become the first instance, taking over a socket that a crashed window left behind."""
        QLocalServer.removeServer(self.name)
        return self._server.listen(self.name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_ready_read)
            socket.disconnected.connect(socket.deleteLater)
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
        text = bytes(socket.readLine().data()).decode("utf-8", "replace").rstrip("\n")
        socket.write(b"taken\n")
        socket.flush()
        self.second_start.emit(Path(text) if text else None)
