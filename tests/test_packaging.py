"""The setup: which system packages it names or installs, and which build of torch it takes, on machines unlike ours."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("bash", "awk", "grep", "paste", "dirname", "uname", "cat")
OFFSCREEN = (
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libgssapi-krb5-2",
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the setup of system packages is for Linux")


class Machine:
    """A computer of which the scripts see only what is given: an account, package tools, a library list."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "apt.log"
        self.log.touch()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None
            (self.bin / tool).symlink_to(found)
        self.command("id", "echo 1000")

    def command(self, name: str, body: str) -> None:
        """Give the machine a command."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/usr/bin/env bash\n{body}\n")
        path.chmod(0o755)

    def debian(self, installed: Sequence[str], offered: Sequence[str], install_fails: bool = False) -> None:
        """Make it a Debian with some packages installed and some on offer."""
        self.command("dpkg-query", f'case " {" ".join(installed)} " in *" ${{@: -1}} "*) echo -n installed;; esac')
        self.command("apt-cache", f'case " {" ".join(offered)} " in *" ${{@: -1}} "*) exit 0;; esac; exit 100')
        self.command("apt-get", f'echo "$@" >>"{self.log}"; {"exit 100" if install_fails else "exit 0"}')

    def run(self, *groups: str) -> str:
        """Run the script; what it said."""
        ran = subprocess.run(
            [ROOT / "packaging" / "system_packages.sh", *groups],
            env={"PATH": str(self.bin)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    def apt_calls(self) -> list[str]:
        """What apt-get was asked for."""
        return self.log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_nothing_is_said_where_nothing_is_missing(machine: Machine) -> None:
    machine.debian(installed=OFFSCREEN, offered=())
    assert machine.run("offscreen") == ""
    assert machine.apt_calls() == []


def test_without_root_the_missing_packages_are_named_in_one_sentence(machine: Machine) -> None:
    machine.debian(installed=OFFSCREEN[:4], offered=OFFSCREEN)
    first, second = machine.run("offscreen").splitlines()
    assert first == (
        "LayerSwarm's window needs these Debian packages: "
        "sudo apt-get install libdbus-1-3 libfontconfig1 libgssapi-krb5-2"
    )
    assert "the command line works" in second
    assert machine.apt_calls() == []


def test_root_installs_them_from_fresh_lists_without_questions(machine: Machine) -> None:
    machine.command("id", "echo 0")
    machine.debian(installed=OFFSCREEN[1:], offered=OFFSCREEN)
    machine.run("offscreen")
    update, install = machine.apt_calls()
    assert update.startswith("update")
    assert install.startswith("install -y")
    assert install.endswith(" libglib2.0-0")


@pytest.mark.parametrize(("release", "name"), [("older", "libglib2.0-0"), ("newer", "libglib2.0-0t64")])
def test_a_package_goes_by_the_name_that_the_release_knows(machine: Machine, release: str, name: str) -> None:
    machine.debian(installed=OFFSCREEN[1:], offered=[name])
    assert machine.run("offscreen").splitlines()[0].endswith(f"install {name}"), release
    machine.debian(installed=(*OFFSCREEN[1:], name), offered=[name])
    assert machine.run("offscreen") == ""


def test_a_failed_installation_does_not_stop_the_setup(machine: Machine) -> None:
    machine.command("id", "echo 0")
    machine.debian(installed=(), offered=OFFSCREEN, install_fails=True)
    assert "could not be installed; going on" in machine.run("offscreen")


def test_the_window_needs_more_than_its_tests_and_the_virtual_screen_is_for_them_alone(machine: Machine) -> None:
    machine.debian(installed=(), offered=())
    without_groups, window = machine.run().splitlines()[0].split(), machine.run("window").splitlines()[0].split()
    assert "libegl1" in without_groups
    assert "libxcb-cursor0" in without_groups
    assert "xvfb" not in without_groups
    assert "libegl1" not in window
    screen = machine.run("screen").splitlines()[0].partition(" install ")[2].split()
    assert {"xvfb", "openbox", "desktop-file-utils", "at-spi2-core"} <= set(screen)
    assert not set(screen) & {*without_groups, *window} - {"sudo", "apt-get", "install"}


def test_another_system_is_told_the_libraries(machine: Machine) -> None:
    machine.command("ldconfig", "echo 'libEGL.so.1 (libc6,x86-64) => /usr/lib/libEGL.so.1'")
    (said,) = machine.run("offscreen").splitlines()
    assert "libdbus-1.so.3" in said
    assert "libEGL.so.1" not in said
    assert "apt-get" not in said


@pytest.fixture
def setup() -> ModuleType:
    """packaging/install_packages.py, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("install_packages", ROOT / "packaging" / "install_packages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recording(calls: list[tuple[str, ...]], refused: str = "") -> Callable[..., bool]:
    """A pip that keeps what it is asked for, and fails where ``refused`` is among the arguments."""

    def pip(*arguments: str) -> bool:
        calls.append(arguments)
        return refused not in arguments

    return pip


@pytest.fixture
def pip_calls(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What pip is asked for, on a Linux machine without torch and without a GPU whose pip offers the CUDA build."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.delenv("LAYERSWARM_TORCH_INDEX", raising=False)
    monkeypatch.setattr(setup, "pip", recording(calls))
    monkeypatch.setattr(setup, "uv", lambda *_arguments: False)
    monkeypatch.setattr(setup, "is_installed", lambda _pin: False)
    monkeypatch.setattr(setup, "has_nvidia_gpu", lambda: False)
    monkeypatch.setattr(setup, "brings_cuda", lambda _pin: True)
    return calls


def test_without_a_gpu_the_cpu_build_is_asked_for(setup: ModuleType, pip_calls: list[tuple[str, ...]]) -> None:
    assert setup.install_torch()
    (call,) = pip_calls
    assert call[:3] == ("install", "--no-deps", f"torch=={_pinned_torch()}")
    assert setup.CPU_INDEX in call


def test_a_cpu_build_among_pips_own_sources_is_taken(
    setup: ModuleType, pip_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "brings_cuda", lambda _pin: False)
    assert setup.install_torch()
    assert pip_calls == [("install", f"torch=={_pinned_torch()}")]


def test_a_gpu_gets_the_usual_build(
    setup: ModuleType, pip_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_nvidia_gpu", lambda: True)
    assert setup.install_torch()
    assert pip_calls == [("install", f"torch=={_pinned_torch()}")]


def test_where_the_cpu_builds_are_out_of_reach_the_usual_one_is_taken_and_said_to_be_bigger(
    setup: ModuleType,
    pip_calls: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(setup, "pip", recording(pip_calls, refused="--index-url"))
    assert setup.install_torch()
    assert pip_calls[-1] == ("install", f"torch=={_pinned_torch()}")
    assert "several gigabytes more" in capsys.readouterr().out


def test_an_index_that_the_person_names_is_used(
    setup: ModuleType, pip_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERSWARM_TORCH_INDEX", "https://example.org/rocm")
    assert setup.install_torch()
    assert pip_calls == [("install", f"torch=={_pinned_torch()}", "--index-url", "https://example.org/rocm")]


def test_a_torch_that_is_there_is_left_alone(
    setup: ModuleType, pip_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "is_installed", lambda _pin: True)
    assert setup.install_torch()
    assert pip_calls == []


@pytest.mark.parametrize(
    ("requirements", "cuda"),
    [
        (["filelock", "nvidia-cudnn-cu13==9.19; platform_system == 'Linux'"], True),
        (["cuda-toolkit[cublas]==13.0; platform_system == 'Linux'"], True),
        (["filelock", "sympy>=1.13.3"], False),
        (None, False),
    ],
)
def test_a_cuda_build_is_known_by_what_it_requires(setup: ModuleType, requirements: object, cuda: bool) -> None:
    assert setup.needs_cuda({"name": "torch", "requires_dist": requirements}) is cuda


def test_nothing_is_installed_twice(
    setup: ModuleType, pip_calls: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "ensure_pip", lambda: None)
    assert setup.main() == 0
    assert len(pip_calls) == 2
    assert setup.main() == 0
    assert len(pip_calls) == 2
    changed = tmp_path / "constraints.txt"
    changed.write_text(setup.CONSTRAINTS.read_text().replace("msgspec==", "msgspec==9."))
    monkeypatch.setattr(setup, "CONSTRAINTS", changed)
    assert setup.main() == 0
    assert len(pip_calls) == 4


def test_an_environment_for_tests_serves_for_use_and_not_the_other_way_round(
    setup: ModuleType, pip_calls: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "ensure_pip", lambda: None)
    setup.main("formats")
    setup.main("dev")
    setup.main("formats")
    installed = [call[-1].partition("[")[2] for call in pip_calls if "--editable" in call]
    assert installed == ["engine,tasks,formats]", "dev]"]


def test_a_failed_installation_is_tried_again_the_next_time(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "ensure_pip", lambda: None)
    for tool in ("pip", "uv"):
        monkeypatch.setattr(setup, tool, lambda *_arguments: False)
    assert setup.main() == 1
    assert not (tmp_path / "stamp").exists()


def test_uv_installs_all_but_torch_and_pip_does_where_it_cannot(
    setup: ModuleType, pip_calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    uv_calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup, "uv", recording(uv_calls))
    assert setup.install_rest("dev")
    assert pip_calls == []
    monkeypatch.setattr(setup, "uv", recording(uv_calls, refused="pip"))
    assert setup.install_rest("dev")
    (by_pip,), (by_uv, _) = pip_calls, uv_calls
    assert by_pip[-1] == by_uv[-1] == f"{ROOT}[dev]"
    assert "--compile-bytecode" in by_uv, "modules are compiled once, not by each process that imports them"


def test_uv_has_the_sources_of_pip(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    before = list(sys.path)
    assert not setup.uv("pip", "install", "--dry-run", "no-such-package")
    assert "no-such-package was not found in the provided package locations" in capfd.readouterr().err
    assert sys.path == before


def test_a_python_that_is_too_old_is_refused_with_a_sentence(machine: Machine, tmp_path: Path) -> None:
    machine.command("python3", 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi')
    ran = subprocess.run(
        [ROOT / "packaging" / "setup_venv.sh", tmp_path / "venv"],
        env={"PATH": str(machine.bin)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "Python 3.9.2; install Python 3.11 or newer" in ran.stderr
    assert not (tmp_path / "venv").exists()


def test_a_python_without_the_venv_module_has_its_package_named(machine: Machine, tmp_path: Path) -> None:
    machine.command("python3", 'case "$2" in *"import ensurepip"*) exit 1;; *print*) echo python3.12-venv;; esac')
    ran = subprocess.run(
        [ROOT / "packaging" / "setup_venv.sh", tmp_path / "venv"],
        env={"PATH": str(machine.bin)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "sudo apt-get install python3.12-venv" in ran.stdout
    assert "cannot make a virtual environment" in ran.stderr


def test_the_scripts_are_executable() -> None:
    for name in ("setup_venv.sh", "system_packages.sh"):
        assert os.access(ROOT / "packaging" / name, os.X_OK)


def _pinned_torch() -> str:
    lines = (ROOT / "packaging" / "constraints.txt").read_text().splitlines()
    return next(line.removeprefix("torch==") for line in lines if line.startswith("torch=="))
