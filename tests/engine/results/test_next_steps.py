"""What to copy after an export names its files, whatever they are called, and the programs that read its format."""

import ast
import shlex
from pathlib import Path

import pytest

from engine.api.export_targets import BUILT_IN, export_target
from engine.results.next_steps import NextStep, next_steps

NAMES = ['a"); import os; print("', "$(touch x)", "`touch x`", "it's \\ mine", "plain"]


def gguf_export(folder: Path) -> Path:
    """Make a folder as a GGUF export has it."""
    folder.mkdir(exist_ok=True)
    for name in ("My Model_27L-q8_0.gguf", "._My Model_27L-q8_0.gguf", "Modelfile"):
        (folder / name).touch()
    (folder / "README.md").write_text(f"# m\n\n## Use\n\n{export_target('gguf').usage}\n\n## Repeat\n```\nno\n```\n")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_code(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (step,) = next_steps(folder)
    loads = [node for node in ast.walk(ast.parse(step.code)) if isinstance(node, ast.Constant)]
    assert {node.value for node in loads} == {str(folder)}
    file = str(gguf_export(folder) / "My Model_27L-q8_0.gguf")
    assert {step.program: shlex.split(step.code) for step in next_steps(folder, "gguf:q8_0")} == {
        "llama.cpp": ["llama-cli", "-m", file, "-p", "Once upon a time"],
        "Ollama": [
            *("ollama", "create", "my-model-27l-q8-0", "-f", str(folder / "Modelfile")),
            *("ollama", "run", "my-model-27l-q8-0"),
        ],
        "LM Studio": ["lms", "import", "--copy", file],
    }


def test_each_format_names_the_programs_that_read_it(tmp_path: Path) -> None:
    programs = {target.key: [step.program for step in next_steps(tmp_path, target.key)] for target in BUILT_IN}
    assert programs == {
        "safetensors": ["transformers"],
        "safetensors_text": ["transformers"],
        "gguf": ["llama.cpp", "Ollama", "LM Studio"],
        "gguf_in_place": ["llama.cpp", "Ollama", "LM Studio"],
        "onnx_genai": ["ONNX Runtime GenAI"],
        "onnx": ["ONNX Runtime"],
        "openvino": ["OpenVINO"],
    }
    notes = {step.program: step.note for step in next_steps(tmp_path, "gguf")}
    assert notes["LM Studio"] == "It is then listed among the models. Without --copy the file is moved."


def test_a_card_of_an_earlier_version_names_the_format_alone(tmp_path: Path) -> None:
    (tmp_path / "m-q8_0.gguf").touch()
    card = '# m\n\n## Use\n\n```\nllama-cli -m FILE.gguf -p "Once"\n```\n\nA note.\n\n## Repeat\n```\nno\n```\n'
    (tmp_path / "README.md").write_text(card)
    command = f'llama-cli -m "{tmp_path / "m-q8_0.gguf"}" -p "Once"'
    assert next_steps(tmp_path, "gguf:q8_0") == [NextStep("GGUF", command, "A note.")]


def test_a_format_that_is_no_longer_installed_has_its_card_alone(tmp_path: Path) -> None:
    assert next_steps(tmp_path, "gone:q8") == []
    (tmp_path / "README.md").write_text("## Use\n\n```python\nimport gone\n```\n")
    assert next_steps(tmp_path, "gone:q8") == [NextStep("", "import gone", "")]
