"""Put the documents that the Help menu shows into the built package; everything else is in pyproject.toml."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

DOCUMENTS = ("guide.md", "glossary.md")


class BuildWithDocuments(build_py):
    """Copy the documents beside the other resources."""

    def run(self) -> None:
        """Build the packages, then copy the documents; an editable installation reads them where they are."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "resources", "help")
            self.mkpath(str(target))
            for name in DOCUMENTS:
                self.copy_file(str(Path("docs", name)), str(target / name))


setup(cmdclass={"build_py": BuildWithDocuments})
