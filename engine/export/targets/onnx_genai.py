"""Write ONNX by the model builder of ONNX Runtime GenAI, for the families that it supports."""

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import util
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.api.interpreter import python_module
from engine.api.message import worded
from engine.api.temporary import ScratchFolder
from engine.export.child_process import run_process
from engine.export.runtimes.compare import RuntimeModel
from engine.export.targets.gguf import ignored_window
from engine.export.targets.runtime_checks import equal, runtime_checks
from engine.export.targets.target import ExportJob, Plan
from engine.export.targets.text_part import text_folder
from engine.export.targets.trial import Trial, try_out, written_and_checked
from engine.export.text_decoder import text_config
from engine.model_files.folder_content import read_json
from engine.models.folder import ModelFolder

_NEEDED = ("onnxruntime_genai", "onnx", "onnx_ir")
_PACKAGES = ("onnxruntime-genai", "onnxruntime", "onnx", "onnx-ir")
_INSTALL = worded("ONNX needs more packages: pip install 'layerswarm[onnx]'")
_RUNTIME = "ort_genai"


class OnnxGenAi:
    """Writes a folder that ONNX Runtime GenAI runs unchanged."""

    def missing(self, _precision: str, _llama_cpp: str) -> str:
        """Require the builder, which is part of the runtime."""
        return _INSTALL if any(util.find_spec(name) is None for name in _NEEDED) else ""

    def unverifiable(self) -> str:
        """Require the same packages: the runtime itself writes the folder."""
        return self.missing("", "")

    def refused(self, source: ModelFolder, _llama_cpp: str) -> str:
        """Refuse architectures that the builder does not name; a rehearsal shows whether it reads the others right."""
        config = source.config()
        with suppress(BadInput):  # it consists of its text decoder only, or the builder must support the whole
            config = text_config(config)
        architecture = str(next(iter(config.get("architectures") or ()), ""))
        known = _known_architectures()
        if known and architecture not in known:
            return worded(
                "ONNX Runtime GenAI's builder does not know {0}; choose onnx or openvino.",
                architecture or worded("this model"),
            )
        return ""

    def rehearse(self, plan: Plan, precision: str) -> None:
        """Build and run a miniature in 32 bits, and build it again where fewer bits are wanted."""
        try_out(Trial("onnx_genai", _PACKAGES, "fp32", written_and_checked(self), self.write), plan, precision)

    def write(self, job: ExportJob) -> None:
        """Run the builder."""
        with text_folder(job) as model, ScratchFolder(job.folder.parent) as scratch:
            command = python_module("onnxruntime_genai.models.builder", "-m", "none", "-i", str(model))
            command += ["-o", str(job.folder), "-p", job.precision.key, "-e", "cpu", "-c", str(scratch)]
            if job.precision.key == "int4":
                command += ["--extra_options", "algo_config=k_quant_mixed", "block_size=32"]
            run_process(command, worded("Building the ONNX model"), job.report)

    def verify(self, job: ExportJob) -> Iterator[ExportVerified]:
        """Check the layers that the runtime's config states, then the runtime's predictions."""
        decoder = read_json(job.folder / "genai_config.json")["model"]["decoder"]
        yield equal("layers", decoder.get("num_hidden_layers"), len(job.facts.removal.kept), worded("layers"))
        window = ignored_window(job.facts.source)
        yield from runtime_checks(job, RuntimeModel(_RUNTIME, job.folder, "ONNX Runtime GenAI"), longest=window)


def _known_architectures() -> frozenset[str]:
    """Return the architectures that the builder's source names; none where they are kept elsewhere.

    The builder has no function that lists them, and importing it takes seconds.
    """
    package = util.find_spec("onnxruntime_genai")
    folders = package.submodule_search_locations if package is not None else None
    builder = Path(next(iter(folders or ()), "")) / "models" / "builder.py"
    return (
        frozenset(re.findall(r'"(\w+For\w+)"', builder.read_text(encoding="utf-8")))
        if builder.is_file()
        else frozenset()
    )
