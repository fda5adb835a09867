"""The packages that pages of the documentation show, written out and installed by pip."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.warm_process import WarmPopen

ROOT = Path(__file__).resolve().parents[2]
_FILE = re.compile(
    r"^```(?:toml|python)\n# (?P<name>\S+\.(?:toml|py))\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL
)


def documented_files(page: str) -> dict[str, str]:
    """Return the files that ``docs/page`` shows, by the name in the comment of their first line."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return {match["name"]: match["content"] for match in _FILE.finditer(text)}


def install_documented_package(page: str, folder: Path) -> Path:
    """Install the package of a page as a user does, and return the folder that Python must search.

    Args:
        page: Name of the page within ``docs``.
        folder: An empty folder for the sources and the installation.
    """
    source, installed = folder / "source", folder / "installed"
    for name, content in documented_files(page).items():
        file = source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    done = run_python("-m", "pip", "install", *options, "--target", str(installed), str(source), searched=installed)
    assert done.returncode == 0, done.stderr
    return installed


def run_python(*arguments: str, searched: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a Python process that finds LayerSwarm and the packages installed in ``searched``."""
    command, variables = [sys.executable, *arguments], _variables(searched, environment)
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


def run_warm_python(*arguments: str, searched: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run such a process that starts with the model libraries imported."""
    command, variables = [sys.executable, *arguments], _variables(searched, environment)
    with (
        tempfile.TemporaryFile() as errors,
        WarmPopen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        printed = process.stdout.read().decode()
        code = process.wait()
        errors.seek(0)
        return subprocess.CompletedProcess(command, code, printed, errors.read().decode())


def _variables(searched: Path, further: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, searched))), **further}
