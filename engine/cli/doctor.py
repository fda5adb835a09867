"""``layerswarm doctor``: what is here, what is missing, and what to do about it."""

import ctypes
import importlib.metadata
import os
import platform
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.api.locations import cache_folder

Level = Literal["ok", "warning", "missing"]

OLDEST_PYTHON = (3, 11)
REINSTALL = "Run: make setup, or: pip install -c packaging/constraints.txt -e ."
LITTLE_MEMORY = 2 * 10**9
LITTLE_DISK = 5 * 10**9
HUB_TIMEOUT = 4.0
"""Seconds to wait for the Hub."""

WINDOW_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0t64 (libglib2.0-0 before Debian 13 and Ubuntu 24.04)",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads on Linux to show a window, and the Debian package that has it; as in packaging/system-packages.txt."""

_STYLES: dict[Level, str] = {"ok": "green", "warning": "yellow", "missing": "bold red"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``advice`` says what to do, and is empty when all is well."""

    level: Level
    subject: str
    detail: str
    advice: str = ""


def diagnose() -> list[Finding]:
    """Look at everything that LayerSwarm needs; takes a few seconds, most of them to import torch."""
    checks: dict[str, Callable[[], Iterable[Finding]]] = {
        "Python": check_python,
        "Packages": check_packages,
        "Devices": check_devices,
        "Window": check_window,
        "Cache": check_cache,
        "Hub": check_hub,
        "Hub token": check_token,
    }
    return [finding for subject, check in checks.items() for finding in _carefully(subject, check)]


def is_ready(findings: Iterable[Finding]) -> bool:
    """Whether nothing that LayerSwarm needs is missing."""
    return all(finding.level != "missing" for finding in findings)


def print_findings(findings: list[Finding], console: Console) -> None:
    """Print the findings as a table, then one sentence that sums them up."""
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        words = Text(finding.detail)
        if finding.advice:
            words.append(f"\n{finding.advice}", style="dim")
        table.add_row(Text(finding.level, style=_STYLES[finding.level]), Text(finding.subject), words)
    console.print(table)
    missing, warnings = (sum(finding.level == level for finding in findings) for level in ("missing", "warning"))
    verdict = "Everything that LayerSwarm needs is here" if not missing else f"{missing} missing"
    console.print(f"\n{verdict}; {warnings} warning{'' if warnings == 1 else 's'}.")


def check_python() -> Iterator[Finding]:
    """The interpreter's version."""
    detail = f"{platform.python_version()} on {platform.platform()}"
    if sys.version_info < OLDEST_PYTHON:
        yield Finding("missing", "Python", detail, "LayerSwarm needs Python 3.11 or newer.")
    else:
        yield Finding("ok", "Python", detail)


def check_packages() -> Iterator[Finding]:
    """Every direct dependency: what is installed against what pyproject.toml asks for."""
    for text in importlib.metadata.requires("layerswarm") or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield check_package(requirement)


def check_package(requirement: Requirement) -> Finding:
    """One dependency."""
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return Finding("missing", requirement.name, f"not installed; needed: {requirement.specifier}", REINSTALL)
    if not requirement.specifier.contains(version, prereleases=True):
        return Finding("warning", requirement.name, f"{version}, but needed: {requirement.specifier}", REINSTALL)
    return Finding("ok", requirement.name, version)


def check_devices() -> Iterator[Finding]:
    """Every device that torch can use, and NVIDIA GPUs that it cannot."""
    from engine.models.devices import list_devices  # imports torch, which takes seconds

    devices = list_devices()
    for device in devices:
        detail = f"{device.label}; {_gb(device.memory_free)} of {_gb(device.memory_total)} free"
        if device.memory_free < LITTLE_MEMORY:
            yield Finding("warning", f"Device {device.name}", detail, "Close other programs to free memory.")
        else:
            yield Finding("ok", f"Device {device.name}", detail)
    gpus = nvidia_gpus()
    if gpus and not any(device.name.startswith("cuda") for device in devices):
        advice = "Install a torch built for CUDA, as https://pytorch.org/get-started shows, and a driver that fits it."
        yield Finding("warning", "NVIDIA GPU", f"{', '.join(gpus)}: here, but torch cannot use it", advice)


def nvidia_gpus() -> list[str]:
    """The GPUs that the NVIDIA driver knows of, whatever torch sees; empty without a driver."""
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return []
    try:
        handles = map(pynvml.nvmlDeviceGetHandleByIndex, range(pynvml.nvmlDeviceGetCount()))
        return [str(pynvml.nvmlDeviceGetName(handle)) for handle in handles]
    finally:
        pynvml.nvmlShutdown()


def check_window() -> Iterator[Finding]:
    """The system libraries that Qt needs on Linux, and a screen to show a window on."""
    if sys.platform != "linux":
        return
    missing = [library for library in WINDOW_LIBRARIES if not can_load(library)]
    if missing:
        packages = " ".join(WINDOW_LIBRARIES[library] for library in missing)
        advice = f"On Debian and Ubuntu: sudo apt-get install {packages}. The command line works without."
        yield Finding("missing", "Window", f"not found: {', '.join(missing)}", advice)
    else:
        yield Finding("ok", "Window", f"all {len(WINDOW_LIBRARIES)} system libraries found")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        advice = "Start the window from a desktop session; the command line works here."
        yield Finding("warning", "Screen", "neither DISPLAY nor WAYLAND_DISPLAY is set", advice)


def can_load(library: str) -> bool:
    """Whether the system finds a shared library by its name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def check_cache() -> Iterator[Finding]:
    """The cache folder: where, how large, and how much room is left beside it."""
    folder = cache_folder()
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{folder}: {_gb(size_of(folder))} used, {_gb(free)} free on the disk"
    if not os.access(existing, os.W_OK):
        yield Finding("missing", "Cache", f"{detail}; not writable", "Name another folder: LAYERSWARM_CACHE=/path.")
    elif free < LITTLE_DISK:
        yield Finding("warning", "Cache", detail, "Free some space, or name another folder: LAYERSWARM_CACHE=/path.")
    else:
        yield Finding("ok", "Cache", detail)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder; links are not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def check_hub() -> Iterator[Finding]:
    """Whether the Hugging Face Hub answers."""
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        yield Finding("warning", "Hub", "switched off by HF_HUB_OFFLINE", "Unset it to fetch models from the Hub.")
        return
    request = urllib.request.Request(constants.ENDPOINT, method="HEAD", headers={"User-Agent": "layerswarm"})
    advice = "Models that are on this computer work: folders, GGUF files, and what the cache holds."
    try:
        with urllib.request.urlopen(request, timeout=HUB_TIMEOUT):
            yield Finding("ok", "Hub", f"{constants.ENDPOINT} answers")
    except urllib.error.HTTPError as error:
        yield Finding("warning", "Hub", f"{constants.ENDPOINT} answers with status {error.code}", advice)
    except OSError as error:
        reason = getattr(error, "reason", error)
        yield Finding("warning", "Hub", f"{constants.ENDPOINT} cannot be reached ({reason})", advice)


def check_token() -> Iterator[Finding]:
    """Whether there is a token for the Hub; it is neither shown nor sent."""
    from engine.sources.hub.token import find_token

    if find_token():
        yield Finding("ok", "Hub token", "present")
    else:
        yield Finding("ok", "Hub token", "none; only private and gated models need one: hf auth login")


def _carefully(subject: str, check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """A check's findings. One that breaks is a finding too: this command is run where things are broken."""
    try:
        return list(check())
    except Exception as error:
        return [Finding("missing", subject, f"could not be looked at: {type(error).__name__}: {error}", REINSTALL)]


def _gb(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
