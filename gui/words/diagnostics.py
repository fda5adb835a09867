"""Information about this computer for a bug report, read from package metadata so that no model library is loaded."""

import importlib.metadata
import os
import platform
from collections.abc import Iterable

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from engine.api.events import DeviceFound
from engine.api.locations import cache_folder
from engine.api.version import version_and_commit
from gui.words.formatting import format_bytes

PACKAGES = (
    "torch",
    "transformers",
    "peft",
    "accelerate",
    "huggingface-hub",
    "safetensors",
    "tokenizers",
    "datasets",
    "lm-eval",
    "gguf",
    "numpy",
    "PySide6-Essentials",
    "pyqtgraph",
)


def version_of(package: str) -> str:
    """Return the installed version, or "not installed"."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def diagnostics(devices: Iterable[DeviceFound], project: str, preferences: str) -> str:
    """Return lines of ``name: value``, in English for whoever reads the report."""
    screens = [
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}x"
        for screen in QGuiApplication.screens()
    ]
    lines = [
        f"layerswarm: {version_and_commit()}",
        f"System: {platform.platform()}, {os.cpu_count()} processors",
        f"Python: {platform.python_version()}",
        f"Qt: {qVersion()} on {QGuiApplication.platformName()}; screens: {', '.join(screens)}",
        *(f"{package}: {version_of(package)}" for package in PACKAGES),
        *(
            f"Device {device.name}: {device.label}, {format_bytes(device.memory_free)} of "
            f"{format_bytes(device.memory_total)} free"
            for device in devices
        ),
        f"Project: {project or 'none'}",
        f"Preferences: {preferences}",
        f"Cache: {cache_folder()}",
    ]
    return "\n".join(lines)
