"""Random events of every kind, for the tests of what reads and writes them."""

import typing

import msgspec
from hypothesis import strategies as st

from engine.api.events import AnyEvent, Event, Heartbeat
from engine.api.journal_check import JournalCheck

KINDS: tuple[type[Event], ...] = typing.get_args(AnyEvent)


def events() -> st.SearchStrategy[Event]:
    """Any event that a journal may hold, with infinite and undefined numbers among the others."""
    built = st.one_of([st.builds(kind, **_fields(kind)) for kind in KINDS if kind is not Heartbeat])
    return built.map(_possible).filter(lambda event: JournalCheck().passes(event))


def _possible(event: Event) -> Event:
    """Return the event with ascending removal sets, with lists of one length, and with figures above zero."""
    lists = {name: value for name in event.__struct_fields__ if isinstance(value := getattr(event, name), tuple)}
    shortest = min(map(len, lists.values()), default=0)
    ascending = {name: tuple(map(_possible_part, value[:shortest])) for name, value in lists.items()}
    for name in ("removed", "best_removed"):
        if name in ascending and not any(isinstance(part, tuple) for part in ascending[name]):
            ascending[name] = tuple(sorted(set(ascending[name])))
    figures = {name: abs(value) for name in event.__struct_fields__ if isinstance(value := getattr(event, name), float)}
    return msgspec.structs.replace(event, **figures, **ascending)


def _possible_part(part: object) -> object:
    if isinstance(part, tuple):
        return tuple(sorted(set(part)))
    return abs(part) if isinstance(part, float) else part


def _fields(kind: type[msgspec.Struct]) -> dict[str, st.SearchStrategy[object]]:
    hints = typing.get_type_hints(kind)
    return {name: _values(hints[name]) for name in kind.__struct_fields__ if name not in ("seq", "time", "elapsed")}


def _values(hint: object) -> st.SearchStrategy[object]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return st.lists(_values(arguments[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(_values(arguments[0]), _values(arguments[1]), max_size=3)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return st.builds(hint, **_fields(hint))  # hypothesis takes the mark of a default that is made anew for a value
    if hint is str:
        return st.text(max_size=8)
    if hint is int:
        return st.one_of(st.integers(0, 40), st.integers(0, 2**53 - 1))
    return st.from_type(typing.cast("type[object]", hint))
