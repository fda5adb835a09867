"""Word why the value of a setting cannot be used, by the kinds of value that the setting takes."""

import json
import re
from collections.abc import Iterator

import msgspec
from msgspec import inspect

from engine.api.errors import in_one_line, quoted
from engine.api.message import NO_WORDS, Message, Template, joined, worded
from engine.api.plurals import any_of

_LONGEST = 80
"""Characters of a value that are shown."""
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")
"""One step of a path such as ``$.evaluation.batch_sizes[2]``."""
_LARGEST = 2**31 - 1
"""A limit that only says that numbers are not boundless."""


def refusal_of(error: msgspec.ValidationError, tree: object, whole: type[msgspec.Struct]) -> Message:
    """Return one sentence on the value that was refused, and one on what the setting means.

    Args:
        error: What ``msgspec.convert`` raised.
        tree: What it was given.
        whole: What it was to become.
    """
    text, _, path = str(error).partition(" - at `$")
    value, kind, meaning = tree, inspect.type_info(whole), ""
    for name, place in _STEP.findall(path.rstrip("`")):
        value = _part(value, name, place)
        kind, meaning = _kind_of(kind, name), meaning or _meaning_of(kind, name)
    takes = any_of([*dict.fromkeys(filter(None, map(_taken, _plain(kind))))])
    if not path or not takes:
        return worded("The settings cannot be used ({0}); correct them.", quoted(text))
    key = path.rstrip("`").lstrip(".")
    sentence = worded("{0} cannot be {1}: it takes {2}.", key, _shown(value), takes)
    return joined(sentence, Message.of(Template(text=meaning)) if meaning else NO_WORDS)


def _part(value: object, name: str, place: str) -> object:
    if isinstance(value, dict) and name:
        return value.get(name)
    if isinstance(value, list | tuple) and place and int(place) < len(value):
        return value[int(place)]
    return None


def _kind_of(kind: inspect.Type, name: str) -> inspect.Type:
    """Return the kind of a field of a struct, or of the items of a list."""
    for each in _plain(kind):
        if isinstance(each, inspect.StructType):
            return next((field.type for field in each.fields if field.encode_name == name), inspect.AnyType())
        if isinstance(each, inspect.VarTupleType) and not name:
            return each.item_type
    return inspect.AnyType()


def _meaning_of(kind: inspect.Type, name: str) -> str:
    for each in _plain(kind):
        if isinstance(each, inspect.StructType):
            found = next((field.type for field in each.fields if field.encode_name == name), None)
            return _described(found) if found is not None else ""
    return ""


def _described(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.Metadata):
        return str((kind.extra_json_schema or {}).get("description", "")) or _described(kind.type)
    return max(map(_described, kind.types)) if isinstance(kind, inspect.UnionType) else ""


def _plain(kind: inspect.Type) -> Iterator[inspect.Type]:
    """Yield the kinds that a kind is made of."""
    if isinstance(kind, inspect.Metadata):
        yield from _plain(kind.type)
    elif isinstance(kind, inspect.UnionType):
        for part in kind.types:
            yield from _plain(part)
    else:
        yield kind


def _taken(kind: inspect.Type) -> Message:
    """Return which values a kind takes; empty for nothing at all, which only leaves a setting out."""
    match kind:
        case inspect.BoolType():
            return worded("true or false")
        case inspect.IntType() | inspect.FloatType():
            return _numbers(kind)
        case inspect.LiteralType():
            return any_of([str(each) for each in kind.values])
        case inspect.StrType(pattern=None):
            return worded("text")
        case inspect.StrType():
            return worded("text of a certain form")
        case inspect.VarTupleType():
            return worded("a list that is not empty") if kind.min_length else worded("a list")
        case inspect.StructType():
            return worded("a group of settings")
    return NO_WORDS


def _numbers(kind: inspect.IntType | inspect.FloatType) -> Message:
    noun = worded("a whole number") if isinstance(kind, inspect.IntType) else worded("a number")
    highest = None if kind.le is None or kind.le >= _LARGEST else _short(kind.le)
    if kind.ge is not None and highest is not None:
        return worded("{0} from {1:,} to {2:,}", noun, _short(kind.ge), highest)
    if kind.ge is not None:
        noun = worded("{0} from {1:,}", noun, _short(kind.ge))
    elif kind.gt is not None:
        noun = worded("{0} above {1:,}", noun, _short(kind.gt))
    if highest is not None:
        return worded("{0} and at most {1:,}", noun, highest)
    return noun if kind.lt is None else worded("{0} and below {1:,}", noun, _short(kind.lt))


def _short(number: float) -> float:
    """Return a whole number without decimals."""
    return int(number) if number == int(number) else number


def _shown(value: object) -> str:
    """Return a value as it would be written in a file of settings."""
    if isinstance(value, str):
        text = f'"{value}"'
    else:
        try:
            text = json.dumps(value)
        except (TypeError, ValueError, RecursionError):
            text = str(value)
    line = in_one_line(text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
