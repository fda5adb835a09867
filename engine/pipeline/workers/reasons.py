"""Why a worker cannot go on, as it travels to the run; needs no model library."""

import msgspec

from engine.api.message import Message, Template

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Template] = msgspec.msgpack.Decoder(Template)


def encoded_reason(words: Message) -> bytes:
    """Return why a worker cannot go on as bytes."""
    return _encoder.encode(words.template)


def decoded_reason(content: bytes) -> Message:
    """Read why a worker cannot go on.

    Raises:
        msgspec.MsgspecError: It is none.
    """
    return Message.of(_decoder.decode(content))
