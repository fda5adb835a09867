"""Installs LayerSwarm and what it needs into the virtual environment whose Python runs this file.

torch comes first: PyPI's build for Linux brings several gigabytes of CUDA libraries along, which a machine without an
NVIDIA GPU has no use for. Nothing is done when the pins and pyproject.toml are as they were the last time.
``LAYERSWARM_TORCH_INDEX`` names another package index for torch, for example one with builds for AMD GPUs.
"""

import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
STAMP = Path(sys.prefix) / "layerswarm-installed"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PATIENCE = ["--timeout", "15", "--retries", "1"]


def main() -> int:
    """Install what is missing; returns the exit code."""
    fingerprint = fingerprint_of_wishes()
    if STAMP.exists() and STAMP.read_text() == fingerprint:
        return 0
    STAMP.unlink(missing_ok=True)
    started = time.monotonic()
    ensure_pip()
    if not (install_torch() and install_rest()):
        print("The installation stopped; pip's last lines above say why. Run the same command again to go on.")
        return 1
    STAMP.write_text(fingerprint)
    print(f"LayerSwarm is installed ({time.monotonic() - started:.0f} s)", flush=True)
    return 0


def fingerprint_of_wishes() -> str:
    """A digest of all that decides what is installed, and where."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wishes = [project["project"], project["build-system"], project["tool"]["setuptools"]]
    content = [json.dumps(wishes, sort_keys=True), CONSTRAINTS.read_text(), sys.version, str(ROOT)]
    return hashlib.sha256("\0".join(content).encode()).hexdigest()


def pip(*arguments: str) -> bool:
    """Run pip, with its progress bars where a person watches; true when it succeeded."""
    quiet = [] if sys.stdout.isatty() else ["-qq"]  # errors are still told
    command = [sys.executable, "-m", "pip", *arguments, *quiet, "--disable-pip-version-check", "--no-input"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


def ensure_pip() -> None:
    """Bring pip and make it current; an older one does as well where no newer one can be had."""
    subprocess.run([sys.executable, "-m", "ensurepip"], capture_output=True, check=False)
    say("Updating pip")
    pip("install", "--upgrade", "pip", *PATIENCE)


def install_torch() -> bool:
    """Install the pinned torch: the CPU build on a Linux machine without an NVIDIA GPU, where pip can get it."""
    pin = next(line for line in CONSTRAINTS.read_text().splitlines() if line.startswith("torch=="))
    if is_installed(pin):
        return True
    named = os.environ.get("LAYERSWARM_TORCH_INDEX")
    if named:
        say(f"Installing {pin} from {named}")
        return pip("install", pin, "--index-url", named)
    if sys.platform != "linux" or has_nvidia_gpu():
        say(f"Installing {pin}")
        return pip("install", pin)
    if not brings_cuda(pin):
        say(f"Installing {pin}, the CPU build")
        return pip("install", pin)
    say(f"No NVIDIA GPU here: installing the CPU build of {pin} from {CPU_INDEX}")
    if pip("install", "--no-deps", pin, "--index-url", CPU_INDEX, *PATIENCE):
        return True
    say(f"{CPU_INDEX} cannot be reached: installing the CUDA build, several gigabytes more that also works on a CPU")
    return pip("install", pin)


def install_rest() -> bool:
    """Install the project itself, editable, and everything it and its tests need."""
    say("Installing LayerSwarm and what it needs")
    return pip("install", "--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}[dev,formats]")


def is_installed(pin: str) -> bool:
    """Whether this very version is there; a local label such as +cpu does not count."""
    name, version = pin.split("==")
    try:
        return importlib.metadata.version(name).partition("+")[0] == version
    except importlib.metadata.PackageNotFoundError:
        return False


def has_nvidia_gpu() -> bool:
    """Whether the NVIDIA driver answers with a GPU."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return False
    answer = subprocess.run([tool, "--list-gpus"], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and "GPU" in answer.stdout


def brings_cuda(pin: str) -> bool:
    """Whether the build that pip would choose from its own sources needs CUDA, or pip has none to offer."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet"]
    command += ["--report", "-", "--disable-pip-version-check", "--no-input", pin]
    answer = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        return True
    return any(needs_cuda(build["metadata"]) for build in json.loads(answer.stdout)["install"])


def needs_cuda(metadata: dict[str, object]) -> bool:
    """Whether a build's requirements name CUDA libraries."""
    requirements = metadata.get("requires_dist")
    return isinstance(requirements, list) and any(re.match(r"nvidia-|cuda-", str(each)) for each in requirements)


def say(sentence: str) -> None:
    """One line on what happens now."""
    print(f"  {sentence} ...", flush=True)


if __name__ == "__main__":
    sys.exit(main())
