"""The code to copy names the folder, whatever the folder is named."""

import ast
import shlex
from pathlib import Path

import pytest

from gui.words.loading_snippet import loading_snippet

NAMES = ['a"); import os; print("', "$(touch x)", "`touch x`", "it's \\ mine", "plain"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_code(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    loads = [node for node in ast.walk(ast.parse(loading_snippet(folder))) if isinstance(node, ast.Constant)]
    assert {node.value for node in loads} == {str(folder)}
    (folder / "model.gguf").touch()
    (folder / "README.md").write_text("## Use\n\n```\nllama-cli -m FILE.gguf -p Once\n```\n")
    words = shlex.split(loading_snippet(folder))
    assert words == ["llama-cli", "-m", str(folder / "model.gguf"), "-p", "Once"]
