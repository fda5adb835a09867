"""Declare which settings name something on this computer, and resolve the relative paths among them in one way.

A relative path in a project's files is relative to the project's folder, wherever the program is started; one on the
command line is relative to the working folder.
"""

import os
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from engine.api.locations import given_path
from engine.api.text_mix import mix_part

Leads = Literal["code", "data", "source", "mix", "installed", "network", "words"]
"""Where the text of a setting leads.

``code``: to a file or folder that an interpreter reads or that is run as a program. The person must trust it
(``engine.api.trust``). ``network``: to other computers that can run code here, which the person must trust too.
``data``: to a file or folder that is only read. ``source``: to a file or folder that is only read, or to a name on the
Hub. ``mix``: the same, with a weight. ``installed``: to a record of a package that is installed. ``words``: to nothing
outside the settings.
"""
_PATHS: tuple[Leads, ...] = ("code", "data", "source", "mix")
_NEVER_PATHS = ("demo", "self", "wikitext", "web", "instructions")
"""Names that mean something else, even where a file has the same name."""


def leads_to(what: Leads) -> dict[str, str]:
    """Return the value for a field's ``Meta(extra=...)``."""
    return {"leads_to": what}


@cache
def text_settings(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return where each setting of text leads, by dotted key; ``""`` where its declaration is missing."""
    return dict(_walked(kind, ""))


def settings_that_lead_to(kind: type[msgspec.Struct], what: Leads) -> tuple[str, ...]:
    """Return the dotted keys of all settings that lead to ``what``."""
    return tuple(key for key, leads in text_settings(kind).items() if leads == what)


def located(tree: dict[str, Any], kind: type[msgspec.Struct], folder: Path, keys: Collection[str] = ()) -> Any:
    """Return plain settings with every relative path made absolute.

    Args:
        tree: The settings as sections of plain values; sections and settings may be missing.
        kind: The struct of the settings.
        folder: Where relative paths begin.
        keys: The only settings to change, by dotted key; empty for all.
    """
    return _with_texts(tree, kind, keys, lambda text, leads: _absolute(text, leads, folder.absolute()))


def portable(tree: dict[str, Any], kind: type[msgspec.Struct], folder: Path) -> Any:
    """Return plain settings with the paths inside ``folder`` made relative to it, so that the folder can be moved."""
    return _with_texts(tree, kind, (), lambda text, leads: _relative(text, leads, folder.absolute()))


def _walked(kind: type[msgspec.Struct], prefix: str) -> Any:
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    for field in info.fields:
        if isinstance(field.type, msgspec.inspect.StructType):
            yield from _walked(field.type.cls, f"{prefix}{field.name}.")
        elif _holds_text(field.type):
            yield f"{prefix}{field.name}", _declared(field.type)


def _holds_text(kind: msgspec.inspect.Type) -> bool:
    """Return whether a field takes free text, alone or in a list; a choice of words is none."""
    match kind:
        case msgspec.inspect.Metadata():
            return _holds_text(kind.type)
        case msgspec.inspect.UnionType():
            return any(map(_holds_text, kind.types))
        case msgspec.inspect.VarTupleType() | msgspec.inspect.ListType() | msgspec.inspect.SetType():
            return _holds_text(kind.item_type)
        case msgspec.inspect.DictType():
            return _holds_text(kind.key_type) or _holds_text(kind.value_type)
    return isinstance(kind, msgspec.inspect.StrType | msgspec.inspect.BytesType | msgspec.inspect.AnyType)


def _declared(kind: msgspec.inspect.Type) -> str:
    match kind:
        case msgspec.inspect.Metadata():
            return str((kind.extra or {}).get("leads_to", "")) or _declared(kind.type)
        case msgspec.inspect.UnionType():
            return next(filter(None, map(_declared, kind.types)), "")
    return ""


def _with_texts(
    tree: dict[str, Any], kind: type[msgspec.Struct], keys: Collection[str], change: Callable[[str, str], str]
) -> Any:
    """Return the settings with ``change(text, leads)`` in place of every text that may be a path."""
    changed = {name: dict(part) if isinstance(part, dict) else part for name, part in tree.items()}
    for key, leads in text_settings(kind).items():
        section, _, name = key.rpartition(".")
        part = changed.get(section)
        if leads not in _PATHS or (keys and key not in keys) or not isinstance(part, dict) or name not in part:
            continue
        value = part[name]
        if isinstance(value, str):
            part[name] = change(value, leads)
        elif isinstance(value, list | tuple):
            part[name] = [change(each, leads) if isinstance(each, str) else each for each in value]
    return changed


def _absolute(text: str, leads: str, folder: Path) -> str:
    name, weight = _name_and_weight(text, leads)
    if not name.strip() or "\0" in name or given_path(name).is_absolute():
        return text
    path = folder / given_path(name)
    if leads in ("source", "mix"):
        is_path = name.startswith(("./", "../", ".\\", "..\\")) or name in (".", "..")
        if name in _NEVER_PATHS or not (is_path or _exists(path)):
            return text
    return os.path.normpath(path) + weight


def _relative(text: str, leads: str, folder: Path) -> str:
    name, weight = _name_and_weight(text, leads)
    try:
        inside = Path(name).relative_to(folder)
    except ValueError:
        return text
    # the leading dot keeps a name such as org/name from being read as one on the Hub
    return (f"./{inside.as_posix()}" if leads in ("source", "mix") else inside.as_posix()) + weight


def _name_and_weight(text: str, leads: str) -> tuple[str, str]:
    """Return the name, and the weight as written behind it in a mix."""
    if leads != "mix":
        return text, ""
    name, _, weight = text.rpartition(":")
    try:
        is_weight = bool(name) and float(weight) >= 0
        named = mix_part(text)[0] if is_weight else text
    except Exception:  # refused with a sentence where the mix is read
        return text, ""
    return named, text[len(named) :]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
