"""What make packages writes: what belongs into the window's folder, and archives that hold nothing of this computer."""

import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from engine.api import tie, window_libraries

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "packaging" / "app"


def loaded(name: str) -> ModuleType:
    """A module of packaging/app, which is in no package."""
    spec = importlib.util.spec_from_file_location(f"packages_{name}", APP / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def listed(file: Path) -> dict[str, Requirement]:
    """The pins of a file by name."""
    lines = (line for line in file.read_text().splitlines() if line and not line.startswith("#"))
    return {canonicalize_name(each.name): each for each in map(Requirement, lines)}


def test_the_window_is_packaged_with_the_versions_that_are_tested() -> None:
    tested, packaged = listed(ROOT / "packaging" / "constraints.txt"), listed(APP / "requirements.txt")
    direct = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {canonicalize_name(Requirement(text).name) for text in direct} <= packaged.keys()
    both = tested.keys() & packaged.keys()
    assert [name for name in both if tested[name].specifier != packaged[name].specifier] == []
    assert all(len(each.specifier) == 1 for each in packaged.values())


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/wayland-decoration-client/libadwaita.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6\\\\Qt6Qml.dll", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("libxcb-cursor.so.0", True),
        ("libpython3.11.so.1.0", True),
        ("libstdc++.so.6", False),
        ("libglib-2.0.so.0", False),
        ("numpy.libs/libgfortran-040039e1.so.5.0.0", True),
        ("layerswarm-0.1.0.dist-info/METADATA", True),
        ("layerswarm-0.1.0.dist-info/RECORD", False),
        ("resources/icons/layerswarm.svg", True),
    ],
)
def test_the_folder_holds_what_the_window_uses_and_not_the_systems_own(name: str, wanted: bool) -> None:
    assert loaded("contents").is_wanted(name) is wanted


def test_the_engines_source_files_are_among_the_contents() -> None:
    files = dict(loaded("contents").resource_files("engine"))
    assert files[str(ROOT / "engine" / "worker.py")] == "engine"
    assert files[str(ROOT / "engine" / "api" / "tie.py")] == str(Path("engine", "api"))
    assert not any("__pycache__" in name for name in files)


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    write_tar = loaded("archives").write_tar
    made = []
    for number, names in enumerate((("b", "a"), ("a", "b"))):
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700)
        for name in names:
            (folder / name).write_text(name)
            os.utime(folder / name, (number, number))
        (folder / "a").chmod(0o755)
        (folder / "link").symlink_to("a")
        made.append(tmp_path / f"{number}.tar.gz")
        write_tar(made[-1], [(folder, "top")], epoch=1_700_000_000)
    assert made[0].read_bytes() == made[1].read_bytes()
    with tarfile.open(made[0]) as tar:
        found = {each.name: (each.mode, each.mtime) for each in tar if not each.issym()}
    time = 1_700_000_000
    assert found == {"top": (0o755, time), "top/a": (0o755, time), "top/b": (0o644, time)}


def test_the_program_gives_what_it_starts_the_environment_of_its_own_start() -> None:
    variables = {
        "LD_LIBRARY_PATH": "/folder",
        "LD_LIBRARY_PATH_ORIG": "/before",
        "DYLD_LIBRARY_PATH": "/folder",
        "QT_PLUGIN_PATH": "/folder/plugins",
        "_PYI_APPLICATION_HOME_DIR": "/folder",
        "HOME": "/somewhere",
    }
    loaded("start").restore(variables)
    assert variables == {"LD_LIBRARY_PATH": "/before", "HOME": "/somewhere"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_the_program_becomes_another_one_where_a_tie_is_asked_for() -> None:
    command = [sys.executable, str(APP / "start.py"), tie.ARGUMENT, str(os.getpid()), "echo", "at work"]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert ran.stdout == "at work\n"


def test_the_debian_package_needs_what_the_folder_leaves_to_the_system() -> None:
    control = (ROOT / "packaging" / "deb" / "control").read_text()
    (needed,) = re.findall("^Depends: (.*)$", control, re.MULTILINE)
    is_wanted = loaded("contents").is_wanted
    for library, packages in window_libraries.WINDOW_LIBRARIES.items():
        if not is_wanted(library):
            assert packages.split()[0] in needed, library
    assert "python3 (>= 3.11)" in control, "uv makes the engine's environment with it"


def test_the_manual_names_commands_that_exist() -> None:
    from engine.cli.main import app

    manual = (ROOT / "packaging" / "deb" / "layerswarm.1").read_text()
    named = {name for name in re.findall(r'^\.BI? "?([a-z]+)(?: "|$)', manual, re.MULTILINE) if name != "layerswarm"}
    assert {"new", "run", "export", "demo", "doctor"} <= named
    assert named <= {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
