"""The version of LayerSwarm, and the commit that it was built from."""

from importlib.resources import files
from pathlib import Path
from subprocess import DEVNULL, PIPE, TimeoutExpired

from engine import __version__
from engine.api.interpreter import HOME, child_environment
from engine.api.locations import program_on_path
from engine.api.tied_process import run_tied

VERSION = __version__
_BAKED = Path(str(files("resources"))) / "commit.txt"
"""Written by ``setup.py`` into built packages."""
_GIT_SECONDS = 5.0


def commit() -> str:
    """Return the commit that this was built from, shortened, or that of the checkout; empty where it is unknown."""
    if _BAKED.is_file():
        return _BAKED.read_text(encoding="ascii").strip()
    git = program_on_path("git")
    if git is None or not (HOME / ".git").exists():
        return ""
    command = [git, "-C", str(HOME), "rev-parse", "--short", "HEAD"]
    try:
        answer = run_tied(command, timeout=_GIT_SECONDS, env=child_environment(), stdout=PIPE, stderr=DEVNULL)
    except (OSError, TimeoutExpired):
        return ""
    return answer.stdout.decode("ascii", "replace").strip() if answer.returncode == 0 else ""


def version_and_commit() -> str:
    """Return a text such as "0.1.0 (commit 1a2b3c4)"."""
    found = commit()
    return f"{VERSION} (commit {found})" if found else VERSION
