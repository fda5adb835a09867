"""The builds of torch, and which of them fits a machine.

The names of the indexes are those of uv's ``--torch-backend``
(https://docs.astral.sh/uv/guides/integration/pytorch/#automatic-backend-selection).
"""

from dataclasses import dataclass

from engine.api.errors import BadInput
from engine.api.message import Message, worded
from engine.environment.machine import Gpu, Machine
from engine.results.figures import format_bytes

_CUDA_13, _CUDA_12 = (13, 0), (12, 0)
_FIRST_OF_CUDA_13 = (7, 5)
"""Turing; CUDA 13 has no code for older GPUs (https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/)."""
_FIRST_OF_CUDA_12, _LAST_OF_CUDA_12_6 = (5, 0), (9, 0)


@dataclass(frozen=True)
class Build:
    """A build of torch, with the rest of the engine."""

    key: str
    """As on the command line."""
    title: Message
    backend: str
    """The index of torch, by uv's name; empty for the one that all other packages come from."""
    download: int
    """Bytes that are downloaded, with all that the engine needs."""
    disk: int
    """Bytes that they take unpacked."""


CPU = Build("cpu", worded("CPU only"), "cpu", 330_000_000, 1_200_000_000)
"""Measured with torch 2.13 on Linux, as is the download of CUDA 13; the others are estimates."""
CUDA = Build("cuda", worded("NVIDIA GPU (CUDA 13)"), "cu130", 2_900_000_000, 7_000_000_000)
CUDA_ON_LINUX = Build("cuda", worded("NVIDIA GPU (CUDA 13)"), "", 2_900_000_000, 7_000_000_000)
"""On Linux this build is the one of the package index, which mirrors have too."""
CUDA_12 = Build("cuda12", worded("Older NVIDIA GPU (CUDA 12.6)"), "cu126", 2_900_000_000, 7_000_000_000)
ROCM = Build("rocm", worded("AMD GPU (ROCm 7.2)"), "rocm7.2", 5_000_000_000, 16_000_000_000)
XPU = Build("xpu", worded("Intel GPU (XPU)"), "xpu", 1_500_000_000, 5_000_000_000)
APPLE = Build("apple", worded("Mac (Apple GPU and CPU)"), "", 300_000_000, 1_200_000_000)


@dataclass(frozen=True)
class Fit:
    """The build that fits a machine, and why."""

    build: Build
    reason: Message


def offered_builds(machine: Machine) -> tuple[Build, ...]:
    """Return the builds that exist for a machine's system, whether it has such a GPU or not."""
    if machine.system == "macos":
        return (APPLE,)
    if machine.system == "windows":
        return (CPU, CUDA, CUDA_12, XPU)
    if machine.processor in ("x86_64", "AMD64"):
        return (CPU, CUDA_ON_LINUX, CUDA_12, ROCM, XPU)
    return (CPU, CUDA_ON_LINUX)


def build_named(key: str, machine: Machine) -> Build:
    """Return the build with a key.

    Raises:
        BadInput: None that exists for this machine's system has it.
    """
    offered = offered_builds(machine)
    found = next((build for build in offered if build.key == key), None)
    if found is None:
        keys = ", ".join(build.key for build in offered)
        raise BadInput(worded("There is no build '{0}' for this computer; choose one of {1}.", key, keys))
    return found


def fitting_build(machine: Machine) -> Fit:
    """Return the build that makes most of a machine."""
    if nvidia := machine.of("nvidia"):
        return _for_nvidia(machine, max(nvidia, key=lambda gpu: gpu.capability))
    if machine.system == "macos":
        return Fit(APPLE, _found(machine.of("apple")))
    offered = {build.key: build for build in offered_builds(machine)}
    if (amd := machine.of("amd")) and ROCM.key in offered:
        return Fit(ROCM, _found(amd))
    if (intel := machine.of("intel")) and XPU.key in offered:
        return Fit(XPU, _found(intel))
    return Fit(CPU, worded("This computer has no GPU that the engine can use; it works on the CPU."))


def _for_nvidia(machine: Machine, gpu: Gpu) -> Fit:
    offered = {build.key: build for build in offered_builds(machine)}
    if machine.cuda >= _CUDA_13 and gpu.capability >= _FIRST_OF_CUDA_13:
        return Fit(offered[CUDA.key], _found([gpu], machine.driver))
    fits_12 = machine.cuda >= _CUDA_12 and _FIRST_OF_CUDA_12 <= gpu.capability <= _LAST_OF_CUDA_12_6
    if fits_12 and CUDA_12.key in offered:
        return Fit(CUDA_12, _found([gpu], machine.driver))
    if gpu.capability < _FIRST_OF_CUDA_12:
        return Fit(CPU, worded("{0} is too old for the engine, which works on the CPU.", gpu.name))
    return Fit(
        CPU,
        worded(
            "The driver {0} of {1} is too old, so the engine works on the CPU; update it to 580 or newer and set the "
            "engine up again.",
            machine.driver,
            gpu.name,
        ),
    )


def _found(gpus: list[Gpu], driver: str = "") -> Message:
    """Return a sentence on the GPU that decides."""
    if not gpus:
        return worded("This computer has no GPU that the engine can use; it works on the CPU.")
    gpu = gpus[0]
    if gpu.vendor != "nvidia":
        memory = f" ({format_bytes(gpu.memory)})" if gpu.memory else ""
        return worded("Found: {0}.", f"{gpu.name}{memory}")
    return worded(
        "Found: {0} with {1}, compute capability {2}.{3}, driver {4}.",
        gpu.name,
        format_bytes(gpu.memory),
        *gpu.capability,
        driver,
    )
