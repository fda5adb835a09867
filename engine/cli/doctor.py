"""``layerswarm doctor``: check the installation and advise on what is missing."""

import importlib.metadata
import os
import platform
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import Literal

import msgspec
from packaging.requirements import Requirement
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.api.disk import existing_folder, free_disk
from engine.api.errors import in_one_line
from engine.api.locations import cache_folder
from engine.api.plurals import counted
from engine.api.socket_guard import is_offline
from engine.api.tied_process import run_tied
from engine.api.window_libraries import WINDOW_LIBRARIES, missing_libraries, packages_advice
from engine.cli.console import plain
from engine.environment.machine import find_machine
from engine.environment.program import SET_UP, EngineProgram, engine_program, engine_state, has_engine_here
from engine.results.figures import format_bytes

Level = Literal["ok", "warning", "missing"]

OLDEST_PYTHON = (3, 11)
REINSTALL = "Install LayerSwarm again; in a checkout: make setup."
REPAIR = "Run: layerswarm engine repair; in a checkout: make setup."
LITTLE_MEMORY = 2 * 10**9
LITTLE_DISK = 5 * 10**9
HUB_TIMEOUT = 4.0
"""Timeout for the Hub in seconds."""

_STYLES: dict[Level, str] = {"ok": "green", "warning": "yellow", "missing": "bold red"}


@dataclass(frozen=True)
class Finding:
    """The result of one check. ``advice`` is empty where nothing needs to be done."""

    level: Level
    subject: str
    detail: str
    advice: str = ""


Checks = dict[str, Callable[[], Iterable[Finding]]]


def diagnose() -> list[Finding]:
    """Check everything that LayerSwarm needs; takes a few seconds, most of them to import torch."""
    checks: Checks = {
        "Python": check_python,
        "Packages": check_packages,
        "Engine": check_engine,
        "Window": check_window,
        "Cache": check_cache,
    }
    return findings_of({**checks, **(engine_checks() if has_engine_here() else {})})


def engine_checks() -> Checks:
    """Return the checks that need the engine's packages."""
    return {
        "Engine's packages": check_engine_packages,
        "Devices": check_devices,
        "Hub": check_hub,
        "Hub token": check_token,
    }


def findings_of(checks: Checks) -> list[Finding]:
    """Return what checks find."""
    return [finding for subject, check in checks.items() for finding in _carefully(subject, check)]


def is_ready(findings: Iterable[Finding]) -> bool:
    """Return whether nothing that LayerSwarm needs is missing."""
    return all(finding.level != "missing" for finding in findings)


def print_findings(findings: list[Finding], console: Console) -> None:
    """Print the findings as a table, followed by a one-sentence summary."""
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        words = Text(finding.detail)
        if finding.advice:
            words.append(f"\n{finding.advice}", style="dim")
        table.add_row(Text(finding.level, style=_STYLES[finding.level]), Text(finding.subject), words)
    console.print(table)
    missing, warnings = (sum(finding.level == level for finding in findings) for level in ("missing", "warning"))
    verdict = "Everything that LayerSwarm needs is present" if not missing else f"{missing} missing"
    console.print(f"\n{verdict}; {counted(warnings, 'warning')}.")


def check_python() -> Iterator[Finding]:
    """Check the version of the interpreter."""
    detail = f"{platform.python_version()} on {platform.platform()}"
    if sys.version_info < OLDEST_PYTHON:
        yield Finding("missing", "Python", detail, "LayerSwarm needs Python 3.11 or newer.")
    else:
        yield Finding("ok", "Python", detail)


def check_packages() -> Iterator[Finding]:
    """Check the installed version of every direct dependency against pyproject.toml."""
    yield from map(check_package, _required(""))


def check_engine_packages() -> Iterator[Finding]:
    """Check the packages that only the engine needs."""
    always = [*_required("")]
    yield from (check_package(each, REPAIR) for each in _required("engine") if each not in always)


def _required(extra: str) -> Iterator[Requirement]:
    for text in importlib.metadata.requires("layerswarm") or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def check_engine() -> Iterator[Finding]:
    """Check the environment that the engine runs in, and run the engine's own checks there."""
    state = engine_state()
    if state.problem is not None:
        yield Finding("missing", "Engine", str(state.problem), f"Run: {SET_UP}")
        return
    where = "in the Python of LayerSwarm" if state.is_here else f"ready: {state.python}"
    if state.is_outdated:
        yield Finding("warning", "Engine", f"{where}, made with other versions of packages", f"Run: {SET_UP}")
    else:
        yield Finding("ok", "Engine", where)
    if not state.is_here:
        yield from _checked_in(engine_program())


def _checked_in(program: EngineProgram) -> list[Finding]:
    command = program.command("engine.cli.doctor_in_engine")
    answer = run_tied(command, env=program.environment(), stdin=DEVNULL, stdout=PIPE, stderr=PIPE)
    try:
        return msgspec.json.decode(answer.stdout.strip().splitlines()[-1], type=list[Finding])
    except (IndexError, msgspec.MsgspecError):
        reason = in_one_line(answer.stderr.decode("utf-8", "replace").strip()[-300:])
        return [Finding("missing", "Engine", f"could not be checked: {reason}", "Run: layerswarm engine repair")]


def check_package(requirement: Requirement, advice: str = REINSTALL) -> Finding:
    """Check the installed version of one dependency."""
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return Finding("missing", requirement.name, f"not installed; needed: {requirement.specifier}", advice)
    if not requirement.specifier.contains(version, prereleases=True):
        return Finding("warning", requirement.name, f"{version}, but needed: {requirement.specifier}", advice)
    return Finding("ok", requirement.name, version)


def check_devices() -> Iterator[Finding]:
    """List devices that torch can use, and NVIDIA GPUs that it cannot."""
    from engine.models.devices import list_devices  # imported here because torch takes seconds

    devices = list_devices()
    for device in devices:
        free, total = format_bytes(device.memory_free), format_bytes(device.memory_total)
        detail = f"{device.label}; {plain(free)} of {plain(total)} free"
        if device.memory_free < LITTLE_MEMORY:
            yield Finding("warning", f"Device {device.name}", detail, "Close other programs to free memory.")
        else:
            yield Finding("ok", f"Device {device.name}", detail)
    gpus = nvidia_gpus()
    if gpus and not any(device.name.startswith("cuda") for device in devices):
        advice = f"Set up a CUDA build of torch: {SET_UP}; or update the driver."
        yield Finding("warning", "NVIDIA GPU", f"{', '.join(gpus)}: present, but torch cannot use it", advice)


def nvidia_gpus() -> list[str]:
    """Return the GPUs known to the NVIDIA driver, whether torch sees them or not; empty without a driver."""
    return [gpu.name for gpu in find_machine().of("nvidia")]


def check_window() -> Iterator[Finding]:
    """Check the system libraries that Qt needs on Linux, and for a screen."""
    if sys.platform != "linux":
        return
    missing = missing_libraries()
    if missing:
        advice = f"{packages_advice(missing)} The command line does not need them."
        yield Finding("missing", "Window", f"not found: {', '.join(missing)}", advice)
    else:
        yield Finding("ok", "Window", f"all {len(WINDOW_LIBRARIES)} system libraries found")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        advice = "Start the window from a desktop session; the command line works here."
        yield Finding("warning", "Screen", "neither DISPLAY nor WAYLAND_DISPLAY is set", advice)


def check_cache() -> Iterator[Finding]:
    """Check size, free disk space and permissions of the cache folder."""
    folder = cache_folder()
    existing, free = existing_folder(folder), free_disk(folder)
    detail = f"{folder}: {plain(format_bytes(size_of(folder)))} used, {plain(format_bytes(free))} free on the disk"
    if not os.access(existing, os.W_OK):
        yield Finding("missing", "Cache", f"{detail}; not writable", "Name another folder: LAYERSWARM_CACHE=/path.")
    elif free < LITTLE_DISK:
        yield Finding("warning", "Cache", detail, "Free some space, or name another folder: LAYERSWARM_CACHE=/path.")
    else:
        yield Finding("ok", "Cache", detail)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder, without following links."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def check_hub() -> Iterator[Finding]:
    """Check whether the Hugging Face Hub answers."""
    from huggingface_hub import constants

    if is_offline():
        yield Finding("ok", "Hub", "offline: the Hub is not asked", "Models on this computer work.")
        return
    if constants.HF_HUB_OFFLINE:
        yield Finding("warning", "Hub", "switched off by HF_HUB_OFFLINE", "Unset it to fetch models from the Hub.")
        return
    request = urllib.request.Request(constants.ENDPOINT, method="HEAD", headers={"User-Agent": "layerswarm"})
    advice = "Models on this computer work: folders, GGUF files and cached models."
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
    """Return a check's findings; a failing check is a finding too, since users run this on broken installations."""
    try:
        return list(check())
    except Exception as error:
        return [Finding("missing", subject, f"could not be checked: {type(error).__name__}: {error}", REINSTALL)]
