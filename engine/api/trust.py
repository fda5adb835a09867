"""Run code that a project names only where the person has allowed it, by path and by content.

A project that somebody else has made may name folders whose files run as programs: lm-eval tasks, a llama.cpp checkout.
Such settings are wishes. What this person allows on this computer is kept in the configuration folder, with a digest of
everything in the folder that could run, so that changed content is asked about again.
"""

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from engine.api.editing import value_of
from engine.api.errors import BadInput
from engine.api.files import write_atomically
from engine.api.locations import config_folder, given_path, real_path
from engine.api.message import Message, worded
from engine.api.paths_in_settings import settings_that_lead_to
from engine.api.regular_files import open_regular
from engine.api.settings import Settings
from engine.api.system_errors import system_words

_FILE = "trusted-code.json"
_PYTHON = (".py", ".pyw", ".pyc", ".pyd", ".pyx", ".pth", ".zip", ".whl", ".egg")
_PROGRAMS = (".so", ".dll", ".dylib", ".exe", ".bat", ".cmd", ".ps1", ".sh")
_RUNS = frozenset((*_PYTHON, *_PROGRAMS, ".yaml", ".yml", ".jinja", ".j2"))
"""Endings of files that an interpreter or the system runs, and of the definitions that name functions."""
_REACHED = "address"
"""What stands for the content of another computer, of which nothing can be known."""
_SKIPPED = (".git", "__pycache__")
"""Folders that are not run: ``own_bytecode`` keeps Python from reading compiled files out of the second one."""
_MOST_FILES = 50_000


class UntrustedCode(BadInput):
    """A setting leads to code that this person has not allowed."""


class CodePlace(msgspec.Struct, frozen=True):
    """A file, folder or cluster that a setting names and whose content would run."""

    setting: str
    name: str
    """Its path, or the address of a cluster."""
    digest: str
    """Digest of everything in it that could run."""


class _Trusted(msgspec.Struct, frozen=True):
    digest: str
    since: str


def settings_that_need_trust() -> tuple[str, ...]:
    """Return the dotted keys of the settings that lead to code here, or to a computer that can run code here."""
    return (*settings_that_lead_to(Settings, "code"), *settings_that_lead_to(Settings, "network"))


def code_place(setting: str, named: str) -> CodePlace | None:
    """Return the place that a setting names; None where there is nothing of that name, and so nothing to run.

    Raises:
        BadInput: It cannot be read, or is not a folder or a regular file.
    """
    if not named.strip() or "\0" in named:
        return None
    if setting in settings_that_lead_to(Settings, "network"):
        return CodePlace(setting, named, _REACHED)
    path = given_path(named)
    try:
        path = real_path(path)
        return CodePlace(setting, str(path), _digest(path)) if path.exists() else None
    except OSError as error:
        raise BadInput(
            worded("{0} names {1}, which cannot be read ({2}).", setting, path, system_words(error))
        ) from None


def names_code(settings: Settings) -> bool:
    """Return whether any setting names a place of code, without looking at the place."""
    return any(str(value_of(settings, key)).strip() for key in settings_that_need_trust())


def code_places(settings: Settings) -> tuple[CodePlace, ...]:
    """Return the places of all settings that lead to code.

    Raises:
        BadInput: One of them cannot be read.
    """
    named = ((key, str(value_of(settings, key))) for key in settings_that_need_trust())
    return tuple(place for key, text in named if (place := code_place(key, text)) is not None)


def untrusted(settings: Settings) -> tuple[CodePlace, ...]:
    """Return the places that lead to code and that the person has not allowed as they are now."""
    return tuple(place for place in code_places(settings) if not is_trusted(place))


def is_trusted(place: CodePlace) -> bool:
    """Return whether the person has allowed exactly this content at this path."""
    known = _trusted().get(place.name)
    return known is not None and known.digest == place.digest


def trust(*places: CodePlace) -> None:
    """Remember that the person allows these places.

    Raises:
        OSError: The configuration folder cannot be written.
    """
    if not places:
        return
    now = datetime.now(UTC).isoformat(timespec="seconds")
    known = {**_trusted(), **{place.name: _Trusted(place.digest, now) for place in places}}
    content = json.dumps(msgspec.to_builtins(known), indent=2, ensure_ascii=True)
    write_atomically(config_folder() / _FILE, content.encode())


def ensure_trusted(setting: str, named: str) -> None:
    """Check that what a setting names may run; called wherever it is about to.

    Raises:
        UntrustedCode: The person has not allowed it, or it has changed since then.
    """
    place = code_place(setting, named)
    if place is not None and not is_trusted(place):
        raise UntrustedCode(_refusal(place))


def ensure_settings_trusted(settings: Settings, *keys: str) -> None:
    """Check that what the settings name may run, before any work begins.

    Args:
        settings: The settings.
        keys: The only settings to check, by dotted key; all that lead to code by default.

    Raises:
        UntrustedCode: The person has not allowed a place, or it has changed since then.
    """
    for place in untrusted(settings):
        if not keys or place.setting in keys:
            raise UntrustedCode(_refusal(place))


@contextmanager
def own_bytecode(folder: Path) -> Iterator[None]:
    """Keep Python from reading and writing compiled files beside the sources, which the digest leaves out.

    Args:
        folder: A folder of ours for the compiled files.
    """
    before, sys.pycache_prefix = sys.pycache_prefix, str(folder)
    try:
        yield
    finally:
        sys.pycache_prefix = before


def _refusal(place: CodePlace) -> Message:
    if place.digest == _REACHED:
        return worded(
            "{0} leads to the cluster {1}, which you have not allowed; it gets the model and can run code here, so "
            "allow it once with --trust or in the window if it is yours, or clear the setting.",
            place.setting,
            place.name,
        )
    has_changed = place.name in _trusted()
    why = worded("has changed since you allowed it") if has_changed else worded("you have not allowed to run code")
    return worded(
        "{0} leads to {1}, which {2}; look at what is in it, then allow it once with --trust or in the "
        "window, or clear the setting.",
        place.setting,
        place.name,
        why,
    )


def _trusted() -> dict[str, _Trusted]:
    """Return what is allowed, by path; nothing where the file is missing or damaged."""
    try:
        return msgspec.json.decode((config_folder() / _FILE).read_bytes(), type=dict[str, _Trusted])
    except (OSError, msgspec.MsgspecError, RecursionError):
        return {}


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    files = [path] if not path.is_dir() else sorted(_files_that_run(path))
    for file in files:
        with open_regular(file) as stream:
            content = hashlib.file_digest(stream, "sha256").digest()
        digest.update(os.fsencode(file.relative_to(path)) + b"\0" + content)
    return digest.hexdigest()


def _files_that_run(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that could run, each folder once, even where a link leads back to it."""
    seen: set[tuple[int, int]] = set()
    count = 0
    for here, folders, names in os.walk(folder, followlinks=True, onerror=_raise):
        found = os.stat(here)
        if (found.st_dev, found.st_ino) in seen:
            folders.clear()
            continue
        seen.add((found.st_dev, found.st_ino))
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        count += len(names)
        if count > _MOST_FILES:
            raise OSError(f"it holds more than {_MOST_FILES} files; name a smaller folder")
        yield from (path for name in names if _could_run(path := Path(here) / name))


def _could_run(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:  # a link that leads nowhere
        return False
    by_name = path.suffix.lower() in _RUNS or ".so." in path.name.lower()
    is_program = os.name == "posix" and bool(mode & 0o111)
    return not stat.S_ISDIR(mode) and (by_name or is_program)


def _raise(error: OSError) -> None:
    raise error
