"""ONNX and OpenVINO through transformers' own exporters, which trace the model itself and so know every family."""

from collections.abc import Iterator
from importlib import util

import msgspec

from engine.api.events import ExportVerified
from engine.export.child_process import python_module, run_process
from engine.export.runtimes.answers import Answers
from engine.export.runtimes.compare import question
from engine.export.targets.checks import answer_checks, runtime_checks
from engine.export.targets.target import Job, Plan
from engine.export.targets.text_part import text_folder
from engine.export.targets.trial import Trial, try_out
from engine.models.folder import ModelFolder

_PLAIN = "fp32"
"""The precision in which a model is traced."""


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
        needed = self._needed if precision in ("", _PLAIN) else (*self._needed, *self._quantiser)
        return self._install if any(util.find_spec(name) is None for name in needed) else ""

    def unverifiable(self) -> str:
        """The runtime is among what writing needs."""
        return self.missing("", "")

    def refused(self, _source: ModelFolder, _llama_cpp: str) -> str:
        """Nothing: any model that transformers runs can be traced, or tells why not."""
        return ""

    def rehearse(self, plan: Plan, precision: str) -> None:
        """Trace and run a miniature in 32 bits, and compress it where fewer bits are wanted."""
        try_out(Trial(self._kind, self._needed, _PLAIN, self._tried, self._compress), plan, precision)

    def write(self, job: Job) -> None:
        """Trace the model in a process of its own, and compress it in another: they take memory that must come back."""
        self._trace(job)
        if job.precision not in ("", _PLAIN):
            self._compress(job)

    def _trace(self, job: Job, question: bytes = b"") -> bytes:
        with text_folder(job) as model:
            command = python_module("engine.export.targets.trace", self._kind, str(model), str(job.folder))
            return run_process(command, f"Tracing the model for {self._name}", job.tell, given=question)

    def _tried(self, job: Job) -> Iterator[ExportVerified]:
        """Trace the model and run it in the same process."""
        texts = job.reference.texts()
        said = self._trace(job, question(self._kind, job.folder, texts, job.reference.plain))
        yield from answer_checks(job, self._name, msgspec.json.decode(said, type=Answers), texts)

    def _compress(self, job: Job) -> None:
        command = python_module("engine.export.targets.compress", job.precision, str(job.folder))
        run_process(command, f"Compressing the model to {job.precision}", job.tell)

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
