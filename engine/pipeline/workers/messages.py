"""What a run and its workers say to each other: msgpack, in which every number arrives as it was sent.

Nothing is pickled, and no message holds a token of a person's accounts.
"""

import msgspec
import torch
from torch import Tensor

from engine.api.message import Template
from engine.api.settings import Settings
from engine.fitness.pieces import Cut, Piece, Walked


class StartWorker(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The first message: load a model."""

    folder: str
    """Folder of the dense model on the worker's machine."""
    digest: str
    """What ``folder_digest`` must find there."""
    settings: Settings
    device: str
    dtype: str
    """Number format of the weights in memory, such as ``bfloat16``."""
    beside: int
    """Bytes that the work needs on the device beside the weights."""
    devices: tuple[str, ...] = ()
    """All devices of the worker where several hold the model together, ``device`` first."""
    sharing: int = 1
    """Processes of the worker's machine that may keep layers in its main memory."""
    threads: int = 0
    """Threads of a CPU; 0 leaves them as they are."""
    versions: dict[str, str] = msgspec.field(default_factory=dict)


class PrepareItems(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Take the items of a calibration set, under a name."""

    name: str
    """``windows``, or the objective's task."""
    digest: str = ""
    """What ``questions_digest`` must find for a task; empty for windows."""
    windows: bytes = b""
    """Token windows as ``packed`` writes them; empty for a task."""
    states_bytes: int
    """Memory limit for hidden states."""


class WalkPieces(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Walk pieces of a calibration set."""

    items: str
    cut: Cut
    pieces: tuple[Piece, ...]


class WriteBlocks(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Write consecutive blocks of a stream of the model's own text."""

    stream: str
    blocks: tuple[int, ...]
    count: int


Request = StartWorker | PrepareItems | WalkPieces | WriteBlocks


class WorkerReady(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The worker has done what was asked, and its device's memory is this, in bytes."""

    host: str = ""
    label: str = ""
    """Vendor's name of the device."""
    identity: str = ""
    """Identifies the device beyond this process; empty for a CPU."""
    memory_used: int = 0
    memory_total: int = 0


class PiecesWalked(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the pieces come to, in their order."""

    walked: tuple[Walked, ...]
    memory_used: int = 0


class BlocksWritten(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The windows of the blocks, one after the other, as ``packed`` writes them."""

    windows: bytes


class WorkerFailed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The worker cannot do what was asked."""

    out_of_memory: bool
    """Whether it can be asked for less at once."""
    reason: Template | None = None
    """Why, as the end of a sentence about the worker; None where memory has run out."""


Answer = WorkerReady | PiecesWalked | BlocksWritten | WorkerFailed
_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def encoded(message: Request | Answer) -> bytes:
    """Return a message as bytes."""
    return _encoder.encode(message)


def decoded_request(content: bytes) -> Request:
    """Read a message to a worker.

    Raises:
        msgspec.MsgspecError: It is none.
    """
    return _requests.decode(content)


def decoded_answer(content: bytes) -> Answer:
    """Read a message of a worker.

    Raises:
        msgspec.MsgspecError: It is none.
    """
    return _answers.decode(content)


def packed(windows: Tensor) -> bytes:
    """Return token windows [windows, length] as bytes: the length, then all tokens, in 32 bits each."""
    head = torch.tensor([windows.shape[1]], dtype=torch.int32)
    return bytes(torch.cat([head, windows.cpu().flatten().to(torch.int32)]).numpy().astype("<i4").tobytes())


def unpacked(content: bytes) -> Tensor:
    """Return the token windows [windows, length] that ``packed`` wrote."""
    length, *_ = numbers = torch.frombuffer(bytearray(content), dtype=torch.int32)
    return numbers[1:].to(torch.int64).reshape(-1, int(length))
