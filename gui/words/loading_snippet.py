"""Code that loads an export, taken from its model card with the paths filled in."""

import json
import os
import re
import shlex
from pathlib import Path

_TRANSFORMERS = """from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained("path/to/this/folder")
tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")"""
_FIRST_CODE = re.compile(r"^## Use\n.*?^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def loading_snippet(folder: Path) -> str:
    """Return the first code block of the card's Use section, or the one for transformers if there is no card."""
    try:
        found = _FIRST_CODE.search((folder / "README.md").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    code = found[1].rstrip() if found else _TRANSFORMERS
    if "FILE.gguf" in code:
        files = sorted(file for file in folder.glob("*.gguf") if not file.name.startswith("."))
        file = next(iter(files), folder / "FILE.gguf")
        code = code.replace("FILE.gguf", _in_shell(str(file)))
    in_quotes = json.dumps(folder.as_posix(), ensure_ascii=False)[1:-1]  # for Python, a quote in a name ends no string
    return code.replace("path/to/this/folder", in_quotes)


def _in_shell(path: str) -> str:
    """Return a path for a command; double quotes, which every shell has, keep some characters special."""
    return shlex.quote(path) if set('"$`\\!\n') & set(path) and os.name == "posix" else f'"{path}"'
