"""Names and texts that a terminal or a label might obey, and journals full of them."""

from collections.abc import Iterable
from functools import cache

import msgspec

from engine.api.events import AnyEvent

OBEYED = "\x1b]0;title\x07\x1b[31m\x9b2J\x08\x7f\u202eevil\u2066\u2028\ufeff"
"""A window title, a colour, an erased screen, a rubbed out letter, and a text from right to left."""
MARKUP = "<b>bold</b><img src='x.png'><a href='file:///x'>link</a>"
HOSTILE = f"{MARKUP}{OBEYED}"
FORBIDDEN = frozenset("\x1b\x07\x08\x7f\x9b\u202e\u2066\u2028\ufeff")
"""Characters of ``OBEYED`` that must never be shown."""
_NAMES_OF_THINGS = ("run", "folder", "algorithm", "number_format", "device", "file", "format", "objective")
"""Fields that the program looks something up by."""


def hostile_events(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """Return events with hostile text in every field that may hold any text."""
    return [_hostile(event) for event in events]


def _hostile(event: AnyEvent) -> AnyEvent:
    changes = {name: _spoilt(getattr(event, name)) for name in _free_texts(type(event))}
    return msgspec.structs.replace(event, **changes)


def _spoilt(value: object) -> object:
    if isinstance(value, str):
        return f"{value}{HOSTILE}"
    return tuple(map(_spoilt, value)) if isinstance(value, tuple) else value


@cache
def _free_texts(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    return tuple(field.name for field in info.fields if field.name not in _NAMES_OF_THINGS and _takes_text(field.type))


def _takes_text(kind: msgspec.inspect.Type) -> bool:
    match kind:
        case msgspec.inspect.Metadata():
            return _takes_text(kind.type)
        case msgspec.inspect.UnionType():
            return any(map(_takes_text, kind.types))
        case msgspec.inspect.VarTupleType():
            return _takes_text(kind.item_type)
    return isinstance(kind, msgspec.inspect.StrType) and kind.pattern is None
