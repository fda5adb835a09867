"""Parse arguments of the command line."""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.api.editing import settings_from, value_of, with_values
from engine.api.locations import given_path, real_path
from engine.api.paths_in_settings import located, settings_that_lead_to
from engine.api.project import PROJECT_FILE, Project
from engine.api.settings import Settings
from engine.api.trust import code_place, settings_that_need_trust, trust, untrusted
from engine.cli.wrong_usage import WrongUsage

_RANGE = re.compile(r"([0-9]+)(?:[-–]([0-9]+))?")  # ranges are shown with an en dash
_HIGHEST = 4096
"""Far above the layers of any model, yet small enough to list a range in full."""


def layer_numbers(text: str, option: str = "--remove") -> tuple[int, ...]:
    """Parse ``3,7,13-18`` into sorted numbers: layer indices, or numbers of layers.

    Raises:
        BadInput: The value of ``option`` is not a list of numbers and ranges, or names a number twice.
    """
    found: set[int] = set()
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise WrongUsage(f"{option} takes layer numbers and ranges such as 3,7,13-18; '{part.strip()}' is neither.")
        first, last = _number(match[1], option), _number(match[2] or match[1], option)
        if last < first:
            raise WrongUsage(f"The range {part.strip()} of {option} runs backwards; write {last}-{first}.")
        named = range(first, last + 1)
        twice = next((layer for layer in named if layer in found), None)
        if twice is not None:
            raise WrongUsage(f"{option} names layer {twice} twice; name each layer once.")
        found.update(named)
    return tuple(sorted(found))


def _number(digits: str, option: str) -> int:
    # check the length first: Python refuses numbers of thousands of digits
    number = int(digits) if len(digits) <= len(str(_HIGHEST)) else _HIGHEST + 1
    if number > _HIGHEST:
        shown = digits if len(digits) <= 20 else f"{digits[:20]}…"
        raise WrongUsage(f"{option} names {shown}, which no model has; it takes numbers up to {_HIGHEST}.")
    return number


def changed(settings: Settings, assignments: Sequence[str]) -> Settings:
    """Return the settings after applying each ``KEY=VALUE``.

    A relative path begins at the working folder, as everywhere on the command line. What a person names there may run.

    Raises:
        BadInput: An assignment has another form, names no setting, or has a value that cannot be used.
    """
    values: dict[str, object] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals:
            raise WrongUsage(f"--set takes KEY=VALUE, such as --set budget.layers=6; '{assignment}' has no '='.")
        values[key.strip()] = value
    if not values:
        return settings
    tree = msgspec.to_builtins(with_values(settings, values))
    after = settings_from(located(tree, Settings, Path.cwd(), values.keys()))
    for key in values.keys() & {*settings_that_need_trust()}:
        named_code(key, str(value_of(after, key)))
    return after


def named_code(setting: str, path: str) -> str:
    """Return the absolute path of code that a person names on the command line, and so allows to run.

    Args:
        setting: The setting that it stands for, by dotted key.
        path: As given; may be empty.
    """
    if not path.strip():
        return path
    named = absolute(path) if setting in settings_that_lead_to(Settings, "code") else path
    if place := code_place(setting, named):
        trust(place)
    return named


def allow(settings: Settings, wanted: bool) -> None:
    """Allow the code that a project names to run, if the person wants that (``--trust``)."""
    if wanted:
        trust(*untrusted(settings))


def absolute(path: str) -> str:
    """Return an absolute path."""
    return str(real_path(given_path(path)))


def list_of(text: str) -> tuple[str, ...]:
    """Split names separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def lists_of(texts: Sequence[str] | None) -> tuple[str, ...]:
    """Split all values of an option that may be given more than once, each with several names."""
    return tuple(name for text in texts or () for name in list_of(text))


def settings_of(subject: str, assignments: Sequence[str]) -> Settings:
    """Return the settings of a project, or the defaults for a model source, with assignments applied.

    Raises:
        BadInput: The project cannot be read, or an assignment cannot be used.
    """
    path = given_path(subject)
    is_project = path.name == PROJECT_FILE or (path / PROJECT_FILE).is_file()
    settings = Project.open(path).settings if is_project else changed(Settings(), [f"model.source={subject}"])
    return changed(settings, assignments)
