"""How an export is used, as its own model card says it, with the paths filled in."""

import re
from pathlib import Path

_TRANSFORMERS = """from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained("path/to/this/folder")
tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")"""
_FIRST_CODE = re.compile(r"^## Use\n.*?^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def loading_snippet(folder: Path) -> str:
    """The first piece of code of the card's Use section; that for transformers where there is no card."""
    try:
        found = _FIRST_CODE.search((folder / "README.md").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    code = found[1].rstrip() if found else _TRANSFORMERS
    if "FILE.gguf" in code:
        files = sorted(file for file in folder.glob("*.gguf") if not file.name.startswith("."))
        file = next(iter(files), folder / "FILE.gguf")
        code = code.replace("FILE.gguf", f'"{file}"')
    return code.replace("path/to/this/folder", folder.as_posix())
