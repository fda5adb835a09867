"""What a run and the processes that train for it on a cluster exchange: msgpack, as in ``messages``."""

import msgspec

from engine.api.events import Outcome
from engine.api.message import Template
from engine.recovery.checkpoints import CHECKPOINT
from engine.recovery.merge import MERGED

FOLDED, TRAINING = "folded.safetensors", "training"
"""The compensated weights, and the training's own folder, among the files that are sent to a process."""
RETURNED = (CHECKPOINT, MERGED)
"""Files of a training that the run keeps."""


class TrainingOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What each process needs to know, beside the files of a ``TrainingJob``."""

    device: str
    """Kind of the devices: ``cuda`` or ``cpu``."""
    versions: dict[str, str]
    """What ``own_versions`` must find there."""
    models: dict[str, str]
    """Folder of the dense model on each node, by Ray's number of the node."""
    shared: str = ""
    """Folder of the job's files where all nodes see the run's disk; empty where the files are sent."""


class Reported(msgspec.Struct, frozen=True, tag=True):
    """An event, as a line of JSON."""

    line: bytes


class FilePart(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The next bytes of a file that the training has written for the run."""

    name: str
    content: bytes
    last: bool


class PartEnded(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A process has ended its part."""

    outcome: Outcome
    message: str = ""
    template: Template | None = None
    """What the message was made from."""
    out_of_memory: bool = False


Report = Reported | FilePart | PartEnded

_encoder = msgspec.msgpack.Encoder()
_reports: msgspec.msgpack.Decoder[Report] = msgspec.msgpack.Decoder(Report)


def encoded_report(message: Report) -> bytes:
    """Return a message to the run as bytes."""
    return _encoder.encode(message)


def decoded_report(content: bytes) -> Report:
    """Read a message to the run.

    Raises:
        msgspec.MsgspecError: It is none.
    """
    return _reports.decode(content)
