"""Metadata of a setting: meaning and unit for the tooltip, bounds for the spin box."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import msgspec

from engine.api.editing import FieldInfo, describe_settings
from engine.api.settings import Settings
from gui.words.translation import engine_text


@dataclass(frozen=True)
class Bounds:
    """Smallest and largest value that a setting accepts."""

    low: float
    high: float


@cache
def _described() -> dict[str, FieldInfo]:
    return {info.key: info for info in describe_settings()}


def info(key: str) -> FieldInfo:
    """Return the metadata of one setting."""
    return _described()[key]


def keys_below(prefix: str) -> list[str]:
    """Return the settings directly below a section such as ``search.pso``, in their order."""
    return [key for key in _described() if key.rpartition(".")[0] == prefix]


def keys_except(prefix: str, shown: Collection[str]) -> list[str]:
    """Return the settings directly below a section, without those whose names are in ``shown``."""
    return [key for key in keys_below(prefix) if key.rpartition(".")[2] not in shown]


def tooltip(key: str) -> str:
    """Return the meaning of one setting, with its name on the command line."""
    unit = f" ({unit_of(key)})" if unit_of(key) else ""
    return f"{meaning_of(key)}{unit}\n{key}"


def meaning_of(key: str) -> str:
    """Return the meaning of one setting in the window's language."""
    return engine_text(info(key).meaning)


def unit_of(key: str) -> str:
    """Return the unit of one setting in the window's language; empty if it has none."""
    unit = info(key).unit
    return engine_text(unit) if unit else ""


def bounds(key: str) -> Bounds:
    """Return the bounds of a numeric setting."""
    return _bounds_of(_number_type(_type_of(key)))


def _bounds_of(kind: msgspec.inspect.IntType | msgspec.inspect.FloatType) -> Bounds:
    low = kind.ge if kind.ge is not None else kind.gt if kind.gt is not None else 0
    high = kind.le if kind.le is not None else kind.lt if kind.lt is not None else 2**31 - 1
    return Bounds(float(low), float(high))


def may_be_left_out(described: FieldInfo) -> bool:
    """Return whether a setting may be left to the engine."""
    return any(isinstance(kind, msgspec.inspect.NoneType) for kind in described.kinds)


def is_number(key: str) -> bool:
    """Return whether a setting is a number, or may be one."""
    return any(isinstance(kind, msgspec.inspect.IntType | msgspec.inspect.FloatType) for kind in info(key).kinds)


def is_whole(key: str) -> bool:
    """Return whether a setting is a whole number, or a list of them."""
    kinds = [_item_of(kind) for kind in info(key).kinds]
    return any(isinstance(kind, msgspec.inspect.IntType) for kind in kinds)


def _item_of(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """Return the kind of the items of a list, and any other kind as it is."""
    while isinstance(kind, msgspec.inspect.VarTupleType | msgspec.inspect.Metadata):
        kind = kind.item_type if isinstance(kind, msgspec.inspect.VarTupleType) else kind.type
    return kind


def numbers_in(key: str) -> Bounds | None:
    """Return the bounds of each number of a setting that is a list of numbers; None for other settings."""
    kinds = [kind for kind in info(key).kinds if isinstance(kind, msgspec.inspect.VarTupleType)]
    item = _item_of(kinds[0]) if kinds else None
    return _bounds_of(item) if isinstance(item, msgspec.inspect.IntType | msgspec.inspect.FloatType) else None


@cache
def _settings_type() -> msgspec.inspect.Type:
    return msgspec.inspect.type_info(Settings)


def _type_of(key: str) -> msgspec.inspect.Type:
    kind = _settings_type()
    for name in key.split("."):
        assert isinstance(kind, msgspec.inspect.StructType)
        kind = next(field.type for field in kind.fields if field.name == name)
    return kind


def _number_type(kind: msgspec.inspect.Type) -> msgspec.inspect.IntType | msgspec.inspect.FloatType:
    if isinstance(kind, msgspec.inspect.Metadata):
        return _number_type(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        return _number_type(next(each for each in kind.types if not isinstance(each, msgspec.inspect.NoneType)))
    assert isinstance(kind, msgspec.inspect.IntType | msgspec.inspect.FloatType)
    return kind
