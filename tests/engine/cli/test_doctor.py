"""The doctor: everything is looked at, each fault comes with what to do, and a broken check breaks nothing."""

import http.server
import importlib.metadata
import io
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants
from packaging.requirements import Requirement
from rich.console import Console

from engine.api import window_libraries
from engine.api.events import DeviceFound
from engine.cli import doctor
from engine.cli.doctor import Finding
from engine.models import devices

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A server in the Hub's place; the list holds the status that it answers with."""
    status = [200]

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield status
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def unused_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that does not exist yet."""
    folder = tmp_path / "not" / "yet"
    monkeypatch.setenv("LAYERSWARM_CACHE", str(folder))
    return folder


@pytest.mark.usefixtures("hub", "unused_cache")
def test_everything_is_looked_at() -> None:
    findings = doctor.diagnose()
    subjects = [finding.subject for finding in findings]
    for subject in ("Python", "Device cpu", "Window", "Cache", "Hub", "Hub token"):
        assert subject in subjects
    assert all(finding.advice for finding in findings if finding.level != "ok")


def test_a_token_kept_in_the_keyring_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str | None] = [None]
    monkeypatch.setattr("engine.sources.hub.token.get_token", lambda: None)
    monkeypatch.setattr("keyring.get_password", lambda *_names: kept[0])
    assert [finding.detail for finding in doctor.check_token()] != ["present"]
    kept[0] = "hf_kept"
    assert list(doctor.check_token()) == [Finding("ok", "Hub token", "present")]


def test_an_installed_package_in_the_range_is_fine() -> None:
    version = importlib.metadata.version("msgspec")
    assert doctor.check_package(Requirement(f"msgspec=={version}")) == Finding("ok", "msgspec", version)


def test_a_package_outside_the_range_is_a_warning() -> None:
    finding = doctor.check_package(Requirement("msgspec>=999"))
    assert finding.level == "warning"
    assert ">=999" in finding.detail
    assert "Install LayerSwarm again" in finding.advice


def test_a_package_that_is_not_there_is_missing() -> None:
    finding = doctor.check_package(Requirement("no-such-package-at-all>=1"))
    assert (finding.level, finding.subject) == ("missing", "no-such-package-at-all")


def test_the_dependencies_of_the_tests_are_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["msgspec>=0.1", 'ruff>=999; extra == "dev"', 'msgspec>=999; python_version < "3"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda _name: wanted)
    assert [finding.level for finding in doctor.check_packages()] == ["ok"]


def test_a_broken_check_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(name: str) -> list[str]:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", not_installed)
    monkeypatch.setattr(doctor, "check_devices", lambda: 1 / 0)
    monkeypatch.setattr(doctor, "check_hub", list)
    found = {finding.subject: finding for finding in doctor.diagnose()}
    assert "PackageNotFoundError" in found["Packages"].detail
    assert "ZeroDivisionError" in found["Devices"].detail
    assert not doctor.is_ready(found.values())


def test_missing_libraries_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(window_libraries, "can_load", lambda library: library != "libxcb-cursor.so.0")
    monkeypatch.setenv("DISPLAY", ":0")
    (finding,) = doctor.check_window()
    assert (finding.level, finding.detail) == ("missing", "not found: libxcb-cursor.so.0")
    assert "apt-get install libxcb-cursor0." in finding.advice


def test_without_a_screen_the_command_line_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(window_libraries, "can_load", lambda _library: True)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    libraries, screen = doctor.check_window()
    assert (libraries.level, screen.level) == ("ok", "warning")


def test_a_library_is_looked_for_as_the_loader_does() -> None:
    assert not window_libraries.can_load("libno-such-library.so.9")


def test_the_libraries_are_those_that_the_setup_installs() -> None:
    text = (ROOT / "packaging" / "system-packages.txt").read_text()
    lines = re.findall(r"^(\S+)\s+(lib\S+\.so\.\d+)", text, flags=re.MULTILINE)
    assert [library for _, library in lines] == list(window_libraries.WINDOW_LIBRARIES)
    for names, library in lines:
        assert all(name in window_libraries.WINDOW_LIBRARIES[library] for name in names.split("|"))


def test_the_cache_is_measured(unused_cache: Path) -> None:
    (finding,) = doctor.check_cache()
    assert str(unused_cache) in finding.detail
    assert "0 B used" in finding.detail
    (unused_cache / "model").mkdir(parents=True)
    (unused_cache / "model" / "weights").write_bytes(b"12345")
    (unused_cache / "link").symlink_to(unused_cache / "model" / "weights")
    assert doctor.size_of(unused_cache) == 5


def test_the_hub_that_answers_is_fine(hub: list[int]) -> None:
    assert [finding.level for finding in doctor.check_hub()] == ["ok"]
    hub[0] = 503
    (finding,) = doctor.check_hub()
    assert finding.level == "warning"
    assert "503" in finding.detail


@pytest.mark.usefixtures("hub")
def test_a_hub_out_of_reach_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    (finding,) = doctor.check_hub()
    assert finding.level == "warning"
    assert "cannot be reached" in finding.detail
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    (finding,) = doctor.check_hub()
    assert "HF_HUB_OFFLINE" in finding.detail


def test_a_gpu_that_torch_cannot_use_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = DeviceFound(name="cpu", label="CPU, 2 cores", memory_total=8 * 10**9, memory_free=10**9)
    monkeypatch.setattr(devices, "list_devices", lambda: [cpu])
    monkeypatch.setattr(doctor, "nvidia_gpus", lambda: ["NVIDIA H100"])
    little_memory, unused_gpu = doctor.check_devices()
    assert little_memory.level == "warning"
    assert "1.0 GB of 8.0 GB free" in little_memory.detail
    assert (unused_gpu.level, unused_gpu.subject) == ("warning", "NVIDIA GPU")
    assert "CUDA" in unused_gpu.advice


def test_the_findings_are_printed_with_what_to_do() -> None:
    console = Console(file=io.StringIO(), width=100)
    findings = [Finding("ok", "Python", "3.11"), Finding("missing", "Window", "no [b]libEGL", "Install it.")]
    doctor.print_findings(findings, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert re.search(r"missing +Window +no \[b\]libEGL", printed)
    assert "Install it." in printed
    assert "1 missing; 0 warnings." in printed
