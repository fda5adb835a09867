"""Open a project whose file is damaged: keep what is good in it, and set the file aside."""

import copy
import json
import os
from pathlib import Path
from typing import Any

from engine.api.editing import describe_settings, settings_from
from engine.api.errors import BadInput
from engine.api.files import write_atomically
from engine.api.journal import free_name
from engine.api.message import worded, worded_count
from engine.api.project import FORMAT_VERSION, PROJECT_FILE, Project
from engine.api.project_file import read_project_file
from engine.api.settings import BudgetSettings, Settings

_BUDGET = ["budget"]
"""The section of which exactly one setting is given."""


def open_or_mend(path: Path) -> tuple[Project, str]:
    """Open a project; if its file is damaged, keep its usable settings, else those of its latest run.

    The damaged file is kept as ``project.damaged.layerswarm``.

    Returns:
        The project, and a sentence on what was mended; empty where nothing was.

    Raises:
        BadInput: There is no project, it cannot be read at all, or a newer version wrote it.
    """
    try:
        return Project.open(path), ""
    except BadInput as error:
        file = path / PROJECT_FILE if path.is_dir() else path
        if not file.is_file() or file.name != PROJECT_FILE or not os.access(file, os.R_OK):
            raise
        return _mended(file, error)


def _mended(file: Path, error: BadInput) -> tuple[Project, str]:
    content = _content(file)
    version = content.get("format", FORMAT_VERSION)
    if type(version) is int and version > FORMAT_VERSION:
        raise error
    settings, lost = usable_settings(content.get("settings"))
    kept = (
        worded_count(
            len(lost),
            "{0} setting got the default again ({1})",
            "{0} settings got the default again ({1})",
            ", ".join(lost),
        )
        if lost
        else worded("it was written anew")
    )
    if not isinstance(content.get("settings"), dict):
        latest = next(filter(None, (run.known_settings for run in reversed(Project.runs_of(file.parent)))), None)
        settings = latest or settings
        kept = (
            worded("the settings of its latest run were taken")
            if latest
            else worded("all settings are at their defaults")
        )
    aside = free_name(file)
    try:
        os.rename(file, aside)
        unknown = {key: value for key, value in content.items() if key not in ("format", "settings")}
        write_atomically(file, json.dumps({**unknown, "format": FORMAT_VERSION, "settings": {}}).encode())
        project = Project.open(file)
        project.save(settings)
    except OSError:
        raise error from None
    return project, worded("{0} was damaged, so {1}; the damaged file is kept as {2}.", file, kept, aside.name)


def _content(file: Path) -> dict[str, Any]:
    """Return the content of a project's file; empty where it is no JSON object."""
    try:
        content = read_project_file(file)
    except BadInput:
        return {}
    return content if isinstance(content, dict) else {}


def usable_settings(tree: object) -> tuple[Settings, list[str]]:
    """Return the settings of ``tree`` that can be used, with defaults for the others, and the keys of those."""
    kept: dict[str, Any] = {}
    lost = []
    for field in describe_settings():
        *sections, name = field.key.split(".")
        found: Any = tree
        for section in sections:
            found = found.get(section) if isinstance(found, dict) else None
        if not isinstance(found, dict) or name not in found or (sections == _BUDGET and found[name] is None):
            continue
        tried = copy.deepcopy(kept)
        inner = tried
        for section in sections:
            inner = inner.setdefault(
                section, dict.fromkeys(BudgetSettings.__struct_fields__) if sections == _BUDGET else {}
            )
        inner[name] = found[name]
        try:
            settings_from(tried)
        except BadInput:
            lost.append(field.key)
        else:
            kept = tried
    return settings_from(kept), lost
