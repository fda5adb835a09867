"""Install LayerSwarm and what it needs into the virtual environment whose Python runs this file.

    install_packages.py [EXTRA]      EXTRA: formats, for use (the default), or dev, for the tests as well

torch comes first: PyPI's build for Linux brings several gigabytes of CUDA libraries along, which a machine without an
NVIDIA GPU has no use for. uv installs the rest, on all cores; pip does where uv cannot be had. Nothing is done when the
pins and pyproject.toml are as they were the last time.
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
VERSION_FILE = ROOT / "engine" / "__init__.py"
STAMP = Path(sys.prefix) / "layerswarm-installed"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
FOR_USE, FOR_TESTS = "formats", "dev"
EXTRAS = {FOR_USE: "engine,tasks,formats"}
"""What a group for use consists of in pyproject.toml; that for the tests includes everything itself."""
PATIENCE = ["--timeout", "15", "--retries", "1"]


def main(extra: str = FOR_USE) -> int:
    """Install what is missing and return the exit code.

    Args:
        extra: The group to install: FOR_USE or FOR_TESTS. The latter includes the former.
    """
    satisfying = {fingerprint(name) for name in (extra, FOR_TESTS)}
    if STAMP.exists() and STAMP.read_text() in satisfying:
        return 0
    STAMP.unlink(missing_ok=True)
    started = time.monotonic()
    ensure_pip()
    if not (install_torch() and install_rest(extra)):
        print("The installation stopped; the last lines above say why. Run the same command again to go on.")
        return 1
    STAMP.write_text(fingerprint(extra))
    print(f"LayerSwarm is installed ({time.monotonic() - started:.0f} s)", flush=True)
    return 0


def fingerprint(extra: str) -> str:
    """Return a digest of everything that decides what is installed, and where."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wishes = [EXTRAS.get(extra, extra), project["project"], project["build-system"], project["tool"]["setuptools"]]
    content = [
        json.dumps(wishes, sort_keys=True),
        VERSION_FILE.read_text(),
        CONSTRAINTS.read_text(),
        sys.version,
        str(ROOT),
    ]
    return hashlib.sha256("\0".join(content).encode()).hexdigest()


def pip(*arguments: str) -> bool:
    """Run pip, with its progress bars where a person watches; true when it succeeded."""
    quiet = [] if sys.stdout.isatty() else ["-qq"]  # errors are still shown
    command = [sys.executable, "-m", "pip", *arguments, *quiet, "--disable-pip-version-check", "--no-input"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


def uv(*arguments: str) -> bool:
    """Run uv with the package sources that are set for pip; false where it fails or is not there."""
    sys.path.insert(0, str(ROOT))
    try:
        from uv import find_uv_bin

        from engine.environment.package_sources import uses_no_index, uv_variables

        command = [find_uv_bin(), *arguments, "--python", sys.executable]
    except (ImportError, FileNotFoundError):
        return False
    finally:
        sys.path.remove(str(ROOT))
    command += ["--no-index"] * uses_no_index()
    quiet = [] if sys.stdout.isatty() else ["--quiet"]  # errors are still shown
    environment = os.environ | uv_variables()
    return subprocess.run([*command, *quiet], env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0


def ensure_pip() -> None:
    """Bring pip and make it current, and uv; an older pip alone does as well where nothing newer can be had."""
    subprocess.run([sys.executable, "-m", "ensurepip"], capture_output=True, check=False)
    say("Updating pip")
    pip("install", "--upgrade", "pip", *PATIENCE)
    pip("install", "--constraint", str(CONSTRAINTS), "uv", "platformdirs", *PATIENCE)


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


def install_rest(extra: str) -> bool:
    """Install the project itself, editable, with the packages of one extra."""
    say("Installing LayerSwarm and what it needs")
    wishes = ("--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}[{EXTRAS.get(extra, extra)}]")
    return uv("pip", "install", "--compile-bytecode", *wishes) or pip("install", *wishes)


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
    sys.exit(main(*sys.argv[1:]))
