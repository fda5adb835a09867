"""ONNX through the model builder of ONNX Runtime GenAI, for the families that it knows."""

import tempfile
from collections.abc import Iterator
from importlib import util

from engine.api.events import ExportVerified
from engine.export.child_process import python_module, run_process
from engine.export.targets.checks import equal, runtime_checks
from engine.export.targets.gguf import ignored_window
from engine.export.targets.target import Job
from engine.models.folder import ModelFolder, read_json

ARCHITECTURES = frozenset(
    {
        "Ernie4_5ForCausalLM",
        "Gemma2ForCausalLM",
        "GemmaForCausalLM",
        "GptOssForCausalLM",
        "GraniteForCausalLM",
        "LlamaForCausalLM",
        "MistralForCausalLM",
        "NemotronForCausalLM",
        "OlmoForCausalLM",
        "Phi3ForCausalLM",
        "PhiForCausalLM",
        "Qwen2ForCausalLM",
        "Qwen3ForCausalLM",
    }
)
"""What the builder reads rightly from a config of transformers 5; it fails on Gemma 3 and SmolLM3."""
_NEEDED = ("onnxruntime_genai", "onnx", "onnx_ir")
_INSTALL = "ONNX needs more packages: pip install 'layerswarm[onnx]'"
_RUNTIME = "ort_genai"


class OnnxGenAi:
    """A folder that ONNX Runtime GenAI runs as it is."""

    def missing(self, _precision: str, _llama_cpp: str) -> str:
        """The builder, which comes with the runtime."""
        return _INSTALL if any(util.find_spec(name) is None for name in _NEEDED) else ""

    def unverifiable(self) -> str:
        """The runtime is what writes it."""
        return self.missing("", "")

    def refused(self, source: ModelFolder) -> str:
        """Architectures that the builder does not know, and windows that it ignores."""
        config = source.config()
        architecture = str(next(iter(config.get("architectures") or ()), ""))
        if architecture not in ARCHITECTURES:
            return (
                f"ONNX Runtime GenAI's builder does not know {architecture or 'this model'}; choose onnx or openvino."
            )
        return ""

    def write(self, job: Job) -> None:
        """Run the builder."""
        with tempfile.TemporaryDirectory(dir=job.folder.parent, prefix=".onnx-") as scratch:
            command = python_module("onnxruntime_genai.models.builder", "-m", "none", "-i", str(job.model))
            command += ["-o", str(job.folder), "-p", job.precision, "-e", "cpu", "-c", scratch]
            if job.precision == "int4":
                command += ["--extra_options", "algo_config=k_quant_mixed", "block_size=32"]
            run_process(command, "Building the ONNX model", job.tell)

    def verify(self, job: Job) -> Iterator[ExportVerified]:
        """Layers as the runtime's config states them; then what it answers."""
        decoder = read_json(job.folder / "genai_config.json")["model"]["decoder"]
        yield equal("layers", decoder.get("num_hidden_layers"), len(job.facts.removal.kept), "layers")
        window = ignored_window(job.facts.source)
        yield from runtime_checks(job, _RUNTIME, job.folder, "ONNX Runtime GenAI", longest=window)
