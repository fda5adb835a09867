"""The text decoder of a multimodal model as a plain safetensors folder."""

import json
from collections.abc import Iterator
from dataclasses import replace

from engine.api.errors import BadInput
from engine.api.events import ExportVerified
from engine.api.files import write_atomically
from engine.export.targets.checks import equal
from engine.export.targets.target import Job
from engine.export.text_part import text_config, text_tensors, write_text_part
from engine.export.verify import compare_generation, compare_logits, logits_of, sample_windows
from engine.models.architecture import find_decoder
from engine.models.folder import ModelFolder
from engine.models.loading import load_model, load_stock
from engine.models.older_readers import write_for_older_readers


class TextPart:
    """The pruned text decoder without the towers around it, for programs that load causal language models only."""

    def missing(self, _precision: str, _llama_cpp: str) -> str:
        """Nothing."""
        return ""

    def unverifiable(self) -> str:
        """Nothing: transformers, which it is for, is here."""
        return ""

    def refused(self, source: ModelFolder) -> str:
        """Models without another part, and text decoders that no class of transformers reads alone."""
        try:
            text_tensors(source.path, text_config(source.config()))
        except BadInput as error:
            return f"{source.name} cannot leave as its text part alone: {str(error).rstrip('.')}."
        return ""

    def write(self, job: Job) -> None:
        """Copy the text decoder's tensors under their names in the smaller model."""
        job.tell("Copying the text decoder")
        config = write_text_part(replace(job.facts.source, path=job.model, untied=False), job.folder)
        content = json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n"
        write_atomically(job.folder / "config.json", content)
        write_for_older_readers(job.folder)

    def verify(self, job: Job) -> Iterator[ExportVerified]:
        """Reload it with stock transformers and compare it with the whole model on the same text."""
        whole = load_model(job.model)
        windows = sample_windows(whole)
        expected = logits_of(whole, windows)
        del whole
        alone = load_stock(job.folder)
        yield ExportVerified(check="reload", passed=True, detail=f"loaded as {type(alone).__name__}")
        yield equal("layers", len(find_decoder(alone).layers), len(job.facts.removal.kept), "layers")
        yield compare_logits(logits_of(alone, windows), expected)
        yield compare_generation(alone, windows)
