"""ONNX and OpenVINO through transformers' own exporters, which trace the model itself and so know every family."""

from collections.abc import Iterator
from importlib import util

from engine.api.events import ExportVerified
from engine.export.child_process import python_module, run_process
from engine.export.targets.checks import runtime_checks
from engine.export.targets.target import Job
from engine.models.folder import ModelFolder


class TransformersExporter:
    """A traced graph with the cache as inputs and outputs.

    Args:
        kind: ``onnx`` or ``openvino``.
        name: What the runtime is called.
        needed: Packages that must be there; for some precisions more.
        install: The sentence that says how to get them.
    """

    def __init__(self, kind: str, name: str, needed: tuple[str, ...], quantiser: tuple[str, ...], install: str) -> None:
        self._kind, self._name, self._install = kind, name, install
        self._needed, self._quantiser = needed, quantiser

    def missing(self, precision: str, _llama_cpp: str) -> str:
        """The exporter's packages, and for fewer bits the quantiser's."""
        needed = self._needed if precision in ("", "fp32") else (*self._needed, *self._quantiser)
        return self._install if any(util.find_spec(name) is None for name in needed) else ""

    def unverifiable(self) -> str:
        """The runtime is among what writing needs."""
        return self.missing("", "")

    def refused(self, _source: ModelFolder) -> str:
        """Nothing: any model that transformers runs can be traced, or tells why not."""
        return ""

    def write(self, job: Job) -> None:
        """Trace the model in a process of its own: it takes memory that must come back."""
        command = python_module(
            "engine.export.targets.trace", self._kind, job.precision, str(job.model), str(job.folder)
        )
        run_process(command, f"Tracing the model for {self._name}", job.tell)

    def verify(self, job: Job) -> Iterator[ExportVerified]:
        """What the runtime answers, token by token with the cache."""
        yield from runtime_checks(job, self._kind, job.folder, self._name)


ONNX = TransformersExporter(
    "onnx",
    "ONNX Runtime",
    ("onnx", "onnxruntime", "onnxscript", "onnx_ir"),
    (),
    "ONNX needs more packages: pip install 'layerswarm[onnx]'",
)
OPENVINO = TransformersExporter(
    "openvino",
    "OpenVINO",
    ("openvino",),
    ("nncf",),
    "OpenVINO needs more packages: pip install 'layerswarm[openvino]'",
)
