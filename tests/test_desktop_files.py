"""What the desktop is told of LayerSwarm: entry, kind of file, description for software centres, installer."""

import configparser
import os
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from engine.api.project import PROJECT_FILE

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "packaging" / "desktop"
ENTRY = FILES / "layerswarm.desktop"
METAINFO = FILES / "io.github.layerswarm.metainfo.xml"
MIME = FILES / "layerswarm-mime.xml"
KIND = "application/x-layerswarm-project"


def read_entry(path: Path) -> dict[str, str]:
    """The keys of a desktop entry."""
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return dict(parser["Desktop Entry"])


def test_the_entry_opens_a_project_with_the_command_that_is_installed() -> None:
    entry = read_entry(ENTRY)
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    command, argument = entry["Exec"].split()
    assert command in scripts
    assert argument == "%f"
    assert entry["MimeType"] == f"{KIND};"
    assert (ROOT / "resources" / "icons" / f"{entry['Icon']}.svg").is_file()


def test_the_kind_of_file_is_that_of_projects() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ET.parse(MIME).getroot().find(f"{space}mime-type")
    assert kind is not None
    assert kind.get("type") == KIND
    pattern = kind.find(f"{space}glob")
    assert pattern is not None
    assert Path(PROJECT_FILE).match(pattern.get("pattern", ""))


def test_the_description_belongs_to_the_entry() -> None:
    root = ET.parse(METAINFO).getroot()
    assert root.findtext("launchable") == ENTRY.name
    assert root.findtext("provides/mediatype") == KIND
    assert root.findtext("project_license") == "Apache-2.0"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("desktop-file-validate", [str(ENTRY)]),
        ("appstreamcli", ["validate", "--no-net", str(METAINFO)]),
    ],
)
def test_the_desktops_own_validators_have_nothing_against_them(tool: str, arguments: list[str]) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    ran = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="desktop entries are for Linux")
def test_they_are_installed_below_a_prefix_with_the_command_that_is_meant(tmp_path: Path) -> None:
    command = tmp_path / "with space" / "layerswarm"
    command.parent.mkdir()
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    ran = subprocess.run(
        [FILES / "install.sh", tmp_path / "prefix"],
        env=os.environ | {"COMMAND": str(command)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    share = tmp_path / "prefix" / "share"
    entry = read_entry(share / "applications" / "layerswarm.desktop")
    assert entry["Exec"] == f'"{command}" %f'
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / "layerswarm.svg").is_file()
    assert (share / "mime" / "packages" / "layerswarm.xml").is_file()
    if shutil.which("update-mime-database"):
        assert KIND in (share / "mime" / "globs2").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="desktop entries are for Linux")
def test_in_the_portable_archive_they_name_the_program_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "layerswarm-0.1.0"
    shutil.copytree(FILES, folder / "desktop")
    shutil.copy(ROOT / "resources" / "icons" / "layerswarm.svg", folder / "desktop")
    (folder / "layerswarm").write_text("#!/bin/sh\n")
    (folder / "layerswarm").chmod(0o755)
    subprocess.run([folder / "desktop" / "install.sh", tmp_path / "prefix"], capture_output=True, check=True)
    share = tmp_path / "prefix" / "share"
    assert read_entry(share / "applications" / "layerswarm.desktop")["Exec"] == f'"{folder / "layerswarm"}" %f'
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / "layerswarm.svg").is_file()
