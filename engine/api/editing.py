"""Read and change settings by dotted name (``search.seed``), with a one-sentence error for a wrong value."""

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from engine.api.algorithms import search_algorithm
from engine.api.edge_devices import edge_devices
from engine.api.errors import BadInput, not_unicode, quoted
from engine.api.export_targets import read_formats
from engine.api.message import worded
from engine.api.setting_refusal import refusal_of
from engine.api.settings import BudgetSettings, Settings
from engine.api.text_mix import mix_part


class FieldInfo(msgspec.Struct, frozen=True):
    """Description of one setting: dotted key, meaning, unit, default and accepted kinds of value."""

    key: str
    meaning: str
    unit: str
    default: object
    kinds: tuple[msgspec.inspect.Type, ...]
    """Accepted kinds without bounds; an optional setting has ``NoneType`` among them."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The accepted words; empty for a free value."""
        return tuple(
            str(word) for kind in self.kinds if isinstance(kind, msgspec.inspect.LiteralType) for word in kind.values
        )


@cache
def describe_settings() -> tuple[FieldInfo, ...]:
    """Return all settings, depth first, in the order of declaration."""
    return tuple(_described(Settings, ""))


def _described(kind: type[msgspec.Struct], prefix: str) -> Iterator[FieldInfo]:
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    for field in info.fields:
        key = f"{prefix}{field.name}"
        if isinstance(field.type, msgspec.inspect.StructType):
            yield from _described(field.type.cls, f"{key}.")
        else:
            kinds = tuple(_plain_kinds(field.type))
            yield FieldInfo(key, *_meaning_and_unit(field.type), default=field.default, kinds=kinds)


def _plain_kinds(kind: msgspec.inspect.Type) -> Iterator[msgspec.inspect.Type]:
    """Yield the kinds of value that a field accepts, without bounds."""
    if isinstance(kind, msgspec.inspect.Metadata):
        yield from _plain_kinds(kind.type)
    elif isinstance(kind, msgspec.inspect.UnionType):
        for part in kind.types:
            yield from _plain_kinds(part)
    else:
        yield kind


def _meaning_and_unit(kind: msgspec.inspect.Type) -> tuple[str, str]:
    if isinstance(kind, msgspec.inspect.Metadata):
        inner_meaning, inner_unit = _meaning_and_unit(kind.type)
        meaning = (kind.extra_json_schema or {}).get("description", inner_meaning)
        return meaning, (kind.extra or {}).get("unit", inner_unit)
    if isinstance(kind, msgspec.inspect.UnionType):
        return max(map(_meaning_and_unit, kind.types))
    return "", ""


def with_values(settings: Settings, values: Mapping[str, object]) -> Settings:
    """Return ``settings`` with the dotted keys of ``values`` changed, validated as a whole.

    Text values are parsed by the setting's kind: text stays as it is, a list may be written ``1,2`` or ``[1, 2]``, and
    numbers and booleans are written as in JSON. Setting one budget clears the others, so the last one counts.

    Raises:
        BadInput: A key is unknown (the nearest one is named), a value is out of bounds, or the search algorithm or an
            export format is not installed. Settings that are read may name such a one: their project opens, and only
            its searches or exports are refused.
    """
    if isinstance(algorithm := values.get("search.algorithm"), str) and algorithm:
        search_algorithm(algorithm)
    tree: dict[str, Any] = msgspec.to_builtins(settings)
    kinds = {field.key: field.kinds for field in describe_settings()}
    for key, value in values.items():
        section, name = _section_of(tree, key)
        if section is tree["budget"]:
            section.update(dict.fromkeys(BudgetSettings.__struct_fields__))
        section[name] = _read_as(kinds[key], value)
    settings = settings_from(tree)
    if "export.formats" in values:
        read_formats(settings.export.formats)
    return settings


def settings_from(tree: object) -> Settings:
    """Read settings from plain JSON values and check constraints that span several fields.

    Raises:
        BadInput: A value is wrong; the message names the field.
    """
    try:
        settings = msgspec.convert(tree, Settings, strict=False)
        msgspec.json.encode(settings)
    except msgspec.ValidationError as error:
        raise BadInput(refusal_of(error, tree, Settings)) from None
    except UnicodeEncodeError as error:
        raise not_unicode(error.object) from None
    except (OverflowError, RecursionError, TypeError, ValueError) as error:
        raise BadInput(worded("The settings cannot be used ({0}); correct them.", quoted(error, 200))) from None
    _check_together(settings)
    return settings


def value_of(settings: Settings, key: str) -> object:
    """Return the value of a dotted key."""
    section, name = _section_of(msgspec.to_builtins(settings), key)
    return section[name]


def _section_of(tree: dict[str, Any], key: str) -> tuple[dict[str, Any], str]:
    *path, name = key.split(".")
    section: Any = tree
    for part in path:
        section = section.get(part) if isinstance(section, dict) else None
    if not isinstance(section, dict) or name not in section or isinstance(section[name], dict):
        near = difflib.get_close_matches(key, [field.key for field in describe_settings()], n=1, cutoff=0.4)
        hint = worded(" Did you mean '{0}'?", near[0]) if near else ""
        raise BadInput(worded("There is no setting '{0}'.{1}", key, hint))
    return section, name


def _read_as(kinds: tuple[msgspec.inspect.Type, ...], value: object) -> object:
    if any(isinstance(kind, msgspec.inspect.VarTupleType) for kind in kinds):
        return _read_sequence(value)
    is_text = any(isinstance(kind, msgspec.inspect.StrType | msgspec.inspect.LiteralType) for kind in kinds)
    return _parsed(value) if isinstance(value, str) and not is_text else value


def _read_sequence(value: object) -> object:
    """Read a list, also one without brackets, as in ``--set evaluation.tasks=piqa,arc_easy``."""
    if isinstance(value, str):
        value = _parsed(value) if value.startswith("[") or value == "null" else value.split(",")
    if value is None:
        return None
    parts = value if isinstance(value, list | tuple) else [value]
    return [part.strip() if isinstance(part, str) else part for part in parts if part != ""]


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # too many digits or brackets raise errors other than JSONDecodeError
        return text


def _check_together(settings: Settings) -> None:
    edge_devices(settings.edge.devices)
    given = [name for name in BudgetSettings.__struct_fields__ if getattr(settings.budget, name) is not None]
    if len(given) != 1:
        raise BadInput(
            worded(
                "Give exactly one of budget.layers, budget.percent, budget.megabytes and budget.speedup; {0} are "
                "given.",
                len(given),
            )
        )
    for name, part in (("calibration", settings.calibration), ("recovery", settings.recovery)):
        if part.source == "file" and not part.path:
            raise BadInput(worded("{0}.source is 'file' but {0}.path is empty; name the text file.", name))
        if part.source == "dataset" and not part.dataset:
            raise BadInput(worded("{0}.source is 'dataset' but {0}.dataset is empty; name the Hub data set.", name))
        for text in part.mix:
            mix_part(text)
