"""Which build of torch fits a machine, which packages belong to it, and where they come from."""

import importlib.metadata
import os
import shutil
import sys
from pathlib import Path

import pytest

from engine.api.errors import BadInput
from engine.api.interpreter import HOME, child_environment, is_beside_packages
from engine.environment import machine as machines
from engine.environment import own_code
from engine.environment.builds import build_named, fitting_build, offered_builds
from engine.environment.machine import Gpu, Machine, System, Vendor, find_machine
from engine.environment.package_sources import uv_variables
from engine.environment.parts import check_parts, requirements, version_faults
from engine.environment.record import python_of
from engine.environment.uv_process import explained, uv_program


def nvidia(capability: tuple[int, int], cuda: tuple[int, int], system: System = "linux") -> Machine:
    return Machine(system, "x86_64", (Gpu("nvidia", "A card", 8 * 10**9, capability),), "1.0", cuda)


def other(vendor: Vendor, system: System = "linux") -> Machine:
    return Machine(system, "arm64" if vendor == "apple" else "x86_64", (Gpu(vendor, "A card"),))


@pytest.mark.parametrize(
    ("machine", "build", "backend"),
    [
        (Machine("linux", "x86_64"), "cpu", "cpu"),
        (Machine("windows", "AMD64"), "cpu", "cpu"),
        (nvidia((8, 9), (13, 0)), "cuda", ""),
        (nvidia((8, 9), (13, 0), "windows"), "cuda", "cu130"),
        (nvidia((6, 1), (13, 0)), "cuda12", "cu126"),
        (nvidia((8, 9), (12, 4)), "cuda12", "cu126"),
        (nvidia((12, 0), (12, 8)), "cpu", "cpu"),
        (nvidia((8, 9), (11, 8)), "cpu", "cpu"),
        (nvidia((3, 5), (11, 4)), "cpu", "cpu"),
        (other("amd"), "rocm", "rocm7.2"),
        (other("intel"), "xpu", "xpu"),
        (other("apple", "macos"), "apple", ""),
        (Machine("macos", "x86_64"), "apple", ""),
    ],
)
def test_the_build_that_fits_a_machine(machine: Machine, build: str, backend: str) -> None:
    fit = fitting_build(machine)
    assert (fit.build.key, fit.build.backend) == (build, backend)
    assert fit.build in offered_builds(machine)
    assert fit.reason.endswith(".")


def test_a_driver_that_is_too_old_is_named_with_what_to_do() -> None:
    assert "update it to 580 or newer" in fitting_build(nvidia((12, 0), (12, 8))).reason


def test_only_builds_of_the_system_can_be_chosen() -> None:
    with pytest.raises(BadInput, match="no build 'rocm' for this computer; choose one of cpu, cuda, cuda12, xpu"):
        build_named("rocm", Machine("windows", "AMD64"))


def test_cards_of_amd_and_intel_are_those_whose_driver_torch_can_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for card, vendor, driver in (("card0", "0x1002", "amdgpu"), ("card1", "0x8086", "xe"), ("card2", "0x8086", "i915")):
        device = tmp_path / card / "device"
        device.mkdir(parents=True)
        (device / "vendor").write_text(f"{vendor}\n")
        (device / "mem_info_vram_total").write_text("17163091968\n")
        (tmp_path / driver).mkdir()
        (device / "driver").symlink_to(tmp_path / driver)
    (tmp_path / "card0-HDMI-A-1").mkdir()
    kfd = tmp_path / "kfd"
    monkeypatch.setattr(machines, "_DRM", tmp_path)
    monkeypatch.setattr(machines, "_KFD", kfd)
    monkeypatch.setattr(machines.sys, "platform", "linux")
    monkeypatch.setattr(machines, "_nvidia", lambda: ([], "", (0, 0)))
    assert [gpu.vendor for gpu in find_machine().gpus] == ["intel"]
    kfd.touch()
    found = find_machine().gpus
    assert [gpu.vendor for gpu in found] == ["amd", "intel"]
    assert found[0].memory == 17163091968


def test_nvidias_driver_is_asked_for_cards_and_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {
        "nvmlInit": None,
        "nvmlShutdown": None,
        "nvmlSystemGetCudaDriverVersion": 13010,
        "nvmlSystemGetDriverVersion": "590.1",
        "nvmlDeviceGetCount": 1,
        "nvmlDeviceGetHandleByIndex": 0,
        "nvmlDeviceGetCudaComputeCapability": (9, 0),
        "nvmlDeviceGetMemoryInfo": type("Memory", (), {"total": 141 * 10**9})(),
        "nvmlDeviceGetName": "NVIDIA H200",
    }
    for name, answer in answers.items():
        monkeypatch.setattr(machines.pynvml, name, lambda *_given, answer=answer: answer)
    assert machines._nvidia() == ([Gpu("nvidia", "NVIDIA H200", 141 * 10**9, (9, 0))], "590.1", (13, 1))


def test_parts_add_their_packages_through_the_extras_that_they_name() -> None:
    names = {each.name for each in requirements(("formats",))}
    assert {"torch", "pip", "gguf", "onnx", "xllamacpp"} <= names
    assert "lm-eval" not in names
    assert check_parts(["tasks", "formats", "tasks"]) == ("formats", "tasks")
    with pytest.raises(BadInput, match="no part 'games'"):
        check_parts(["games"])


def test_missing_and_unfit_packages_are_named() -> None:
    installed = {each.name.lower(): "0.1" if each.name == "torch" else "999" for each in requirements(())}
    del installed["peft"]
    faults = version_faults(installed, ())
    assert "peft is missing" in faults
    assert "torch is 0.1, but >=2.13 is needed" in faults


def test_uv_uses_the_sources_that_pip_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.environment.package_sources._site_folders", list)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "pip").mkdir(parents=True)
    (tmp_path / "config" / "pip" / "pip.conf").write_text(
        "[global]\nindex-url = https://mirror.example.org/simple\ntrusted-host = a.example.org\n  b.example.org\n"
        "proxy = http://proxy.example.org:3128\n[install]\nfind-links = /a /b\n"
    )
    found = uv_variables({"PIP_CERT": "/ca.pem", "PIP_EXTRA_INDEX_URL": "https://more.example.org/simple"})
    assert found == {
        "UV_DEFAULT_INDEX": "https://mirror.example.org/simple",
        "UV_EXTRA_INDEX_URL": "https://more.example.org/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_INSECURE_HOST": "a.example.org b.example.org",
        "UV_FIND_LINKS": "/a,/b",
        "SSL_CERT_FILE": "/ca.pem",
        "HTTPS_PROXY": "http://proxy.example.org:3128",
        "HTTP_PROXY": "http://proxy.example.org:3128",
    }
    own = uv_variables({"UV_INDEX_URL": "https://own.example.org", "HTTPS_PROXY": "x", "PIP_CONFIG_FILE": os.devnull})
    assert own == {}


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("invalid peer certificate: UnknownIssuer for https://a.example.org/x", "certificate of https://a.example.org"),
        ("HTTP status client error (403 Forbidden) for url (https://a.example.org/x)", "https://a.example.org refuses"),
        ("error: failed to create directory\n  Caused by: Permission denied (os error 13)", "may not be written to"),
        (
            "  × No solution found:\n  ╰─▶ Because there is no version of torch",
            "do not have",
        ),
        ("Network connectivity is disabled, but the requested data wasn't found in the cache", "works offline"),
    ],
)
def test_what_uv_prints_becomes_one_sentence(output: str, words: str) -> None:
    assert words in explained(output)


def test_another_python_gets_a_copy_of_our_packages_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = tmp_path / "site-packages"
    for name in ("engine", "resources", "numpy"):
        (packages / name).mkdir(parents=True)
        (packages / name / "__init__.py").write_text(f"# {name}")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(own_code, "is_beside_packages", lambda: True)
    monkeypatch.setattr(own_code, "_source", lambda name: packages / name)
    first = own_code.code_folder()
    assert sorted(each.name.partition("-")[0] for each in first.iterdir()) == ["engine", "layerswarm", "resources"]
    assert own_code.code_folder() == first
    (metadata,) = first.glob("*.dist-info/METADATA")
    found = importlib.metadata.distribution("layerswarm")
    assert metadata.read_text(encoding="utf-8") in (found.read_text("METADATA"), found.read_text("PKG-INFO")), (
        "Debian 12's Python cannot write it once it has parsed it"
    )
    assert importlib.metadata.Distribution.at(metadata.parent).requires == found.requires
    (packages / "engine" / "new.py").touch()
    second = own_code.code_folder()
    assert second != first
    own_code.remove_other_copies(second)
    assert [*own_code.copies_folder().iterdir()] == [second]
    shutil.rmtree(second)


@pytest.mark.skipif(sys.platform == "win32", reason="environments have another form there")
@pytest.mark.parametrize(
    ("names", "found"), [(["python", "python3"], "python"), (["python3"], "python3"), ([], "python")]
)
def test_the_python_of_a_folder_is_looked_for_where_this_system_has_it(
    tmp_path: Path, names: list[str], found: str
) -> None:
    (tmp_path / "bin").mkdir()
    for name in names:
        (tmp_path / "bin" / name).touch()
    assert python_of(str(tmp_path)) == tmp_path / "bin" / found


@pytest.mark.parametrize("frozen", [False, True])
def test_a_packaged_window_finds_uv_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    bundled = tmp_path / ("uv.exe" if sys.platform == "win32" else "uv")
    bundled.touch()
    monkeypatch.setattr("engine.environment.uv_process.HOME", tmp_path)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert (uv_program() == bundled) is frozen


def test_a_packaged_windows_folder_is_no_place_to_import_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert is_beside_packages()
    assert str(HOME) not in child_environment()["PYTHONPATH"].split(os.pathsep)
