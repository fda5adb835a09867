"""What to do with an export: the commands or the code of each program that reads it, from its own model card."""

import json
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from engine.api.export_targets import export_targets

CARD_FILE = "README.md"
_MOST_CHARACTERS = 1 << 20
"""Length up to which a card is read."""
_USE = re.compile(r"^## Use\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^### (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FOLDER, _FILE, _MODELFILE, _NAME = "path/to/this/folder", "FILE.gguf", "-f Modelfile", "MODEL"


@dataclass(frozen=True)
class NextStep:
    """How one program uses an export."""

    program: str
    """Empty where the card names none."""
    code: str
    """Commands or code with the paths of this export."""
    note: str = ""
    """What the card adds to it."""


def next_steps(folder: Path, file_format: str = "safetensors") -> list[NextStep]:
    """Return the steps that the card of an export names, or those of its format where it has no card.

    Args:
        folder: Where the export is.
        file_format: Such as ``gguf:q8_0``.
    """
    target = next((each for each in export_targets() if each.key == file_format.partition(":")[0]), None)
    usage = _usage_in(folder / CARD_FILE) or (target.usage if target is not None else "")
    parts = _HEADING.split(usage)
    named = [(target.title if target is not None else "", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    steps = (_step(program, text, folder) for program, text in named)
    return [step for step in steps if step is not None]


def _usage_in(card: Path) -> str:
    """Return the text below the card's heading "Use"; empty where there is none."""
    try:
        with card.open(encoding="utf-8") as file:
            found = _USE.search(file.read(_MOST_CHARACTERS))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def _step(program: str, text: str, folder: Path) -> NextStep | None:
    found = _CODE.search(text)
    if found is None:
        return None
    note = " ".join(_CODE.sub("", text).split()).replace("`", "")
    return NextStep(program.strip(), _filled(found[1].rstrip(), folder), note)


def _filled(code: str, folder: Path) -> str:
    """Return code with the paths of this export."""
    if _FILE in code or _MODELFILE in code:
        files = sorted(file for file in folder.glob("*.gguf") if not file.name.startswith("."))
        file = next(iter(files), folder / _FILE)
        code = re.sub(rf"\b{_NAME}\b", lambda _: _model_name(file), code)
        code = code.replace(_MODELFILE, f"-f {_in_shell(str(folder / 'Modelfile'))}")
        code = code.replace(_FILE, _in_shell(str(file)))
    in_quotes = json.dumps(folder.as_posix(), ensure_ascii=False)[1:-1]  # for Python, a quote in a name ends no string
    return code.replace(_FOLDER, in_quotes)


def _model_name(file: Path) -> str:
    """Return a name that Ollama accepts: letters, digits, dots, hyphens."""
    return re.sub(r"[^a-z0-9.]+", "-", file.stem.lower()).strip("-.") or "model"


def _in_shell(path: str) -> str:
    """Return a path for a command; double quotes, which every shell has, keep some characters special."""
    return shlex.quote(path) if set('"$`\\!\n') & set(path) and os.name == "posix" else f'"{path}"'
