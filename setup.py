"""Put into built packages what the checkout keeps elsewhere; everything else is in pyproject.toml.

The documents that the Help menu shows, the pins that the engine is installed by, and the commit of the checkout.
"""

import subprocess
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ADDED = {
    "docs/guide.md": "help/guide.md",
    "docs/glossary.md": "help/glossary.md",
    "packaging/constraints.txt": "engine/constraints.txt",
}
"""Files of the checkout, and where they are put below ``resources``."""
COMMIT = Path("resources", "commit.txt")


def commit_of_checkout() -> str:
    """Return the shortened commit, or that of the checkout that the source distribution was made from; may be empty."""
    if COMMIT.is_file():
        return COMMIT.read_text(encoding="ascii")
    if not Path(".git").exists():
        return ""
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout if answer.returncode == 0 else ""


class BuildWithAdditions(build_py):
    """Copy the additions beside the other resources."""

    def run(self) -> None:
        """Build the packages, then copy; an editable installation reads the files where they are."""
        super().run()
        if self.editable_mode:
            return
        resources = Path(self.build_lib, "resources")
        for source, name in ADDED.items():
            target = resources / name
            self.mkpath(str(target.parent))
            self.copy_file(str(Path(source)), str(target))
        if found := commit_of_checkout():
            Path(self.build_lib, COMMIT).write_text(found, encoding="ascii")


class SourcesWithCommit(sdist):
    """Note the commit, which is not known any more where the sources are built."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Copy the files, then write the commit beside the resources."""
        super().make_release_tree(base_dir, files)
        if found := commit_of_checkout():
            Path(base_dir, COMMIT).write_text(found, encoding="ascii")


setup(cmdclass={"build_py": BuildWithAdditions, "sdist": SourcesWithCommit})
