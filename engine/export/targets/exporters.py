"""Write ONNX and OpenVINO by transformers' own exporters, which trace the model and so support every family."""

from collections.abc import Iterator
from importlib import util

import msgspec

from engine.api.events import ExportVerified
from engine.api.interpreter import python_module
from engine.api.message import worded
from engine.export.child_process import run_process
from engine.export.runtimes.answers import Answers
from engine.export.runtimes.compare import RuntimeModel, question
from engine.export.targets.runtime_checks import answer_checks, runtime_checks
from engine.export.targets.target import ExportJob, Plan
from engine.export.targets.text_part import text_folder
from engine.export.targets.trial import Trial, try_out
from engine.models.folder import ModelFolder

_PLAIN = "fp32"
"""Precision in which a model is traced."""


class TransformersExporter:
    """Writes a traced graph with the cache as inputs and outputs.

    Args:
        kind: ``onnx`` or ``openvino``.
        name: Name of the runtime.
        needed: Packages that tracing needs.
        quantiser: Packages that fewer bits need as well.
        install: A sentence with the command that installs them.
    """

    def __init__(self, kind: str, name: str, needed: tuple[str, ...], quantiser: tuple[str, ...], install: str) -> None:
        self._kind, self._name, self._install = kind, name, install
        self._needed, self._quantiser = needed, quantiser

    def missing(self, precision: str, _llama_cpp: str) -> str:
        """Require the exporter's packages, and for fewer bits the quantiser's."""
        needed = self._needed if precision in ("", _PLAIN) else (*self._needed, *self._quantiser)
        return self._install if any(util.find_spec(name) is None for name in needed) else ""

    def unverifiable(self) -> str:
        """Require the same packages: the runtime is among them."""
        return self.missing("", "")

    def refused(self, _source: ModelFolder, _llama_cpp: str) -> str:
        """Refuse no model at once: tracing one that cannot be exported raises its own error."""
        return ""

    def rehearse(self, plan: Plan, precision: str) -> None:
        """Trace and run a miniature in 32 bits, and compress it where fewer bits are wanted."""
        try_out(Trial(self._kind, self._needed, _PLAIN, self._try, self._compress), plan, precision)

    def write(self, job: ExportJob) -> None:
        """Trace the model in one process and compress it in another, so that the memory of each is freed."""
        self._trace(job)
        if job.precision.key not in ("", _PLAIN):
            self._compress(job)

    def _trace(self, job: ExportJob, question: bytes = b"") -> bytes:
        with text_folder(job) as model:
            command = python_module("engine.export.targets.trace", self._kind, str(model), str(job.folder))
            return run_process(command, worded("Tracing the model for {0}", self._name), job.report, given=question)

    def _try(self, job: ExportJob) -> Iterator[ExportVerified]:
        """Trace the model and run it in the same process."""
        texts = job.reference.texts()
        printed = self._trace(job, question(self._runtime(job), texts, job.reference.plain))
        yield from answer_checks(job, self._name, msgspec.json.decode(printed, type=Answers), texts)

    def _runtime(self, job: ExportJob) -> RuntimeModel:
        return RuntimeModel(self._kind, job.folder, self._name)

    def _compress(self, job: ExportJob) -> None:
        command = python_module("engine.export.targets.compress", job.precision.key, str(job.folder))
        run_process(command, worded("Compressing the model to {0}", job.precision.key), job.report)

    def verify(self, job: ExportJob) -> Iterator[ExportVerified]:
        """Compare the runtime's predictions, token by token with the cache."""
        yield from runtime_checks(job, self._runtime(job))


ONNX = TransformersExporter(
    "onnx",
    "ONNX Runtime",
    ("onnx", "onnxruntime", "onnxscript", "onnx_ir"),
    (),
    worded("ONNX needs more packages: pip install 'layerswarm[onnx]'"),
)
OPENVINO = TransformersExporter(
    "openvino",
    "OpenVINO",
    ("openvino",),
    ("nncf",),
    worded("OpenVINO needs more packages: pip install 'layerswarm[openvino]'"),
)
