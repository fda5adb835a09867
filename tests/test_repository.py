"""What must hold of the repository itself: its pins, its layout, its promises to a newcomer."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 300
MODEL_LIBRARIES = {"torch", "transformers", "peft", "accelerate", "datasets", "lm_eval", "safetensors", "PySide6"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LISTED = (*PROJECT["dependencies"], *(name for extra in PROJECT["optional-dependencies"].values() for name in extra))
DIRECT = [Requirement(text) for text in LISTED if not text.startswith("layerswarm[")]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "SECURITY.md",
    *(ROOT / "docs").glob("*.md"),
]
NAMED_BY_PYTHON = {"__init__.py", "__main__.py"}


def pins() -> dict[str, str]:
    """The versions of packaging/constraints.txt by name, in its order."""
    lines = (ROOT / "packaging" / "constraints.txt").read_text().splitlines()
    pairs = [line.partition("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in pairs}


def files() -> list[Path]:
    """Every file that belongs to the repository."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no list of the repository's files")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def modules() -> list[Path]:
    """Every module of the product."""
    return [path for folder in ("engine", "gui") for path in (ROOT / folder).rglob("*.py")]


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: requirement.name)
def test_every_direct_dependency_is_pinned_within_its_range(requirement: Requirement) -> None:
    version = pins().get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement.name} is not in packaging/constraints.txt"
    assert requirement.specifier.contains(version)


def test_torch_is_pinned_first() -> None:
    assert next(iter(pins())) == "torch"


def test_no_module_is_longer_than_two_should_be() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    assert len(lengths) > 10
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_package_has_two_modules_of_one_name() -> None:
    names = Counter((_package(path), path.name) for path in modules() if path.name not in NAMED_BY_PYTHON)
    assert [f"{package}: {name}" for (package, name), count in names.items() if count > 1] == []


def _package(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0] if parts[0] == "gui" else "/".join(parts[:2])


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    own_path = re.compile(rb"(?<![\w./~])/(?:home|Users|work|opt|root|tmp/bash)/\w|" + re.escape(os.fsencode(ROOT)))
    named = {str(path.relative_to(ROOT)): found.group() for path in files() if (found := own_path.search(_text(path)))}
    assert named == {}


def _text(path: Path) -> bytes:
    content = path.read_bytes()
    return b"" if b"\0" in content else content


def test_the_api_is_imported_without_the_model_libraries_and_without_qt() -> None:
    names = sorted(f"engine.api.{path.stem}" for path in (ROOT / "engine" / "api").glob("*.py"))
    code = f"import sys, {', '.join(names)}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    code = code.replace("engine.api.__init__", "engine.api")
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = set(ran.stdout.split())
    assert "engine" in imported
    assert imported & MODEL_LIBRARIES == set()


def test_the_commands_that_the_readme_shows_are_in_the_makefile() -> None:
    shown = set(re.findall(r"^(?:\$ )?make ([\w-]+)", (ROOT / "README.md").read_text(), flags=re.MULTILINE))
    made = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert {"demo", "test"} <= shown <= made


def test_what_the_documents_link_to_is_there() -> None:
    links = [
        (document.name, target, document.parent / target)
        for document in DOCUMENTS
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
    ]
    assert links
    assert [f"{name}: {target}" for name, target, path in links if not path.exists()] == []


def test_the_tests_that_the_documents_run_by_a_word_exist() -> None:
    command = re.compile(r"-m pytest (\S+) -k ([a-z_]+)$", re.MULTILINE)
    found = [match for document in DOCUMENTS for match in command.findall(document.read_text())]
    assert found, "CONTRIBUTING.md shows how to run one test"
    for folder, word in found:
        texts = [path.read_text() for path in (ROOT / folder).rglob("test_*.py")]
        assert any(re.search(rf"^ *def test_\w*{word}", text, re.MULTILINE) for text in texts), f"{folder} -k {word}"


def test_the_paths_that_the_documents_name_are_there() -> None:
    path = re.compile(r"`((?:engine|gui|tests|resources|packaging|docs)/[\w/.-]+)`")
    named = [(document.name, name) for document in DOCUMENTS for name in path.findall(document.read_text())]
    assert len(named) > 20
    assert [f"{document}: {name}" for document, name in named if not (ROOT / name).exists()] == []


def test_continuous_integration_runs_make_test() -> None:
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "set -euo pipefail" in run.read_text()
    assert "make test" in run.read_text()


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_folder_of_setup_files_does_not_hide_the_package_of_the_same_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
